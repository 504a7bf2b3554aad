"""Makes `verify.py` and `verify.html` of the files they are written in, so that each rule is said once.

In:  the modules of `checks/` and `publish/recompute.py`; the scripts, style and frame in `page/`.
Out: two files that stand alone.
Never: changes a line of code: imports within the project are left out, the rest is copied.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from armslength.publish.package.checks import custody, files, plain, proofs, report
from armslength.publish.recompute import COUNT_SAYS, ONE_TEXT

_HERE = Path(__file__).parent
PARTS = (
    "package/checks/plain.py",
    "package/checks/tree.py",
    "package/checks/ed25519.py",
    "package/checks/files.py",
    "package/checks/custody.py",
    "package/checks/proofs.py",
    "recompute.py",
    "package/checks/stamps.py",
    "package/checks/report.py",
)
SCRIPTS = ("sha2.js", "ed25519.js", "json.js", "files.js", "custody.js", "proofs.js", "counts.js", "report.js", "page.js")
_HEAD = '''#!/usr/bin/env python3
"""Checks the armslength package that it lies in: python3 verify.py. Offline; Python 3.9 or newer; `openssl` only for time stamps.

It imports nothing but the standard library. In a package it is a copy: whoever does not trust the package takes the file from a
release of armslength instead, and compares (the SHA-256 of both is the same). docs/the-package.md says what is checked and how.

Copyright the armslength authors. Licensed under the Apache License, Version 2.0; http://www.apache.org/licenses/LICENSE-2.0
"""

from __future__ import annotations

'''
_TAIL = '\n\nif __name__ == "__main__":\n    sys.exit(main())\n'


@cache
def verify_py() -> str:
    """The text of `verify.py`."""
    plain_imports: set[str] = set()
    names: dict[str, set[str]] = {}
    bodies = []
    for part in PARTS:
        text = (_HERE.parent / part).read_text(encoding="utf-8")
        bodies.append(f"# {'-' * 8} {_body(text, plain_imports, names)}")
    imports = [*sorted(plain_imports), *(f"from {module} import {', '.join(sorted(found))}" for module, found in sorted(names.items()))]
    return _HEAD + "\n".join(imports) + "\n\n" + "\n\n\n".join(bodies) + _TAIL


def _body(text: str, plain_imports: set[str], names: dict[str, set[str]]) -> str:
    """A module without its docstring and imports, under its docstring's first line."""
    tree = ast.parse(text)
    lines = text.splitlines()
    first = (ast.get_docstring(tree) or "").split("\n")[0]
    drop: set[int] = set()
    for number, statement in enumerate(tree.body):
        if number == 0 or isinstance(statement, ast.Import | ast.ImportFrom):
            drop |= set(range(statement.lineno, (statement.end_lineno or 0) + 1))
        if isinstance(statement, ast.Import):
            plain_imports |= {f"import {name.name}" for name in statement.names}
        elif isinstance(statement, ast.ImportFrom) and statement.module not in {None, "__future__"}:
            module = str(statement.module)
            if not module.startswith("armslength."):
                names.setdefault(module, set()).update(name.name for name in statement.names)
    return first + "\n\n" + "\n".join(line for number, line in enumerate(lines, 1) if number not in drop).strip()


@cache
def verify_html() -> str:
    """The text of `verify.html`: one page, its script and style inside, and a rule that lets it load nothing else."""
    page = _HERE / "page"
    script = f"'use strict';\nconst RULES = {json.dumps(rules(), ensure_ascii=True)};\n"
    script += "\n".join((page / name).read_text(encoding="utf-8") for name in SCRIPTS)
    style = (page / "page.css").read_text(encoding="utf-8")
    frame = (page / "page.html").read_text(encoding="utf-8")
    policy = f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; form-action 'none'"
    return frame.replace("{{policy}}", policy).replace("{{style}}", style).replace("{{script}}", script)


def rules() -> Mapping[str, object]:
    """What both verifiers share as data: sentences, shapes, limits."""
    return {
        "version": files.VERSION,
        "says": {**plain.SAYS, **COUNT_SAYS},
        "tells": report.TELLS,
        "steps": report.STEPS,
        "shapes": plain.SHAPES,
        "any_row": plain.ANY_ROW,
        "marks": plain.MARKS,
        "seal": plain.SEAL,
        "entry": plain.ENTRY,
        "logged": plain.LOGGED,
        "signer": plain.SIGNER,
        "release_data": custody.RELEASE_DATA,
        "signatures": custody.SIGNATURES,
        "largest": {"table": files.LARGEST_TABLE, "list": files.LARGEST_LIST, "file": files.LARGEST_FILE},
        "needed": proofs.NEEDED,
        "unsealed": sorted(proofs.UNSEALED),
        "one_text": sorted(ONE_TEXT),
        "signers": report.SIGNERS,
        "lines": report.LINES,
    }


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
