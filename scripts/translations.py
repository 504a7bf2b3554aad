"""Keeps the catalogues of `src/armslength/locale` in step with the sentences in the code.

In:  templates, Python files, and the labels of the ontology.
Out: with --write, every `.po` with what the code says today, and its `.mo`; with --new LANG, a language begun; with --check, exit code 1
     and a sentence for each catalogue that is stale or not complete.
Never: takes a translation away: one that nothing says any more is kept at the end of its `.po`, marked obsolete.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "armslength"
LOCALE = PACKAGE / "locale"
METHODS = [
    ("base/**.py", "python"),
    ("model/**.py", "python"),
    ("pipeline/**.py", "python"),
    ("web/**.py", "python"),
    ("web/templates/**.html", "jinja2"),
]
KEYWORDS = {"say": None, "marked": None, "count": (1, 2), "both": (1, 2), "_": None, "gettext": None, "ngettext": (1, 2)}
DEFINED = frozenset({"methods", "standards_of_proof"})
"""Schemes whose definitions stand on pages."""
OPTIONS = {"web/templates/**.html": {"newstyle_gettext": "true", "trimmed": "false"}}


def extracted() -> Catalog:
    """What the code says, in the order of files and lines; no line numbers, so that a moved line changes no catalogue."""
    found = Catalog(project="armslength", charset="utf-8", fuzzy=False)
    rows = extract_from_dir(str(PACKAGE), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=("For translators:",))
    for name, _, message, comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
        found.add(message, None, [(name, 0)], auto_comments=comments, context=context)
    for name, label in labels():
        found.add(label, None, [(name, 0)])
    return found


def labels() -> Iterator[tuple[str, str]]:
    """The labels of the ontology, and the definitions that pages show, each with the file it stands in."""
    for path in sorted((PACKAGE / "model" / "ontology").glob("*.yaml")):
        scheme = yaml.safe_load(path.read_text(encoding="utf-8"))
        shown = ("label", "definition") if path.stem in DEFINED else ("label",)
        yield from ((path.relative_to(PACKAGE).as_posix(), entry[name]) for entry in scheme["entries"] for name in shown)


def languages() -> Iterator[Path]:
    """The `.po` of each language."""
    yield from sorted(LOCALE.glob("*/LC_MESSAGES/armslength.po"))


def updated(path: Path, template: Catalog) -> tuple[bytes, bytes, list[str]]:
    """What a `.po` and its `.mo` should hold, and the sentences that nobody has translated."""
    with path.open("rb") as file:
        catalog = read_po(file, locale=path.parent.parent.name)
    catalog.update(template, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
    left = [str(message.id) for message in catalog if message.id and not all(_texts(message.string))]
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=140, include_lineno=False, omit_header=False)
    write_mo(mo, catalog)
    return po.getvalue(), mo.getvalue(), left


def _texts(found: object) -> tuple[object, ...]:
    return tuple(found) if isinstance(found, tuple | list) else (found,)


def begin(language: str) -> None:
    path = LOCALE / language / "LC_MESSAGES" / "armslength.po"
    if path.exists():
        raise SystemExit(f"{path.relative_to(ROOT)} is there already.")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, Catalog(locale=language, project="armslength", charset="utf-8", fuzzy=False), width=140)


def main() -> int:
    parser = argparse.ArgumentParser(description="Keep the catalogues in step with the code.")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--new", metavar="LANG")
    asked = parser.parse_args()
    if asked.new:
        begin(asked.new)
    template, failed = extracted(), 0
    for path in languages():
        po, mo, left = updated(path, template)
        compiled = path.with_suffix(".mo")
        if asked.write or asked.new:
            path.write_bytes(po)
            compiled.write_bytes(mo)
        elif path.read_bytes() != po or not compiled.is_file() or compiled.read_bytes() != mo:
            sys.stderr.write(f"{path.relative_to(ROOT)} is stale. Run: python scripts/translations.py --write\n")
            failed = 1
        for sentence in left:
            sys.stderr.write(f"{path.parent.parent.name}: not translated: {sentence[:120]}\n")
            failed = failed or int(asked.check)
    return failed


if __name__ == "__main__":
    sys.exit(main())
