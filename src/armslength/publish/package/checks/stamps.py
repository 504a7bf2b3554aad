"""Time stamps (RFC 3161): that the release was in the log by a moment that somebody else's clock gives.

In:  the replies in `timestamps/`, the hashes of the log entries they are over, certificates of the authorities.
Out: what does not hold, and in words what was not checked.
Never: goes to the network; says that a time stamp holds without the `openssl` program and a certificate to start from.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from armslength.publish.package.checks.files import STAMPS, Package, hash_of
from armslength.publish.package.checks.plain import Problem, problem

ROOTS_FILE = f"{STAMPS}roots.pem"
_NAMED = re.compile(r"timestamps/([1-9][0-9]*)(?:-[0-9]+)?\.tsr")
_IMPRINT = re.compile(rb"\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20(.{32})", re.DOTALL)
"""DER of a SHA-256 message imprint (RFC 3161, 2.4.1; RFC 5754, 2.2)."""
_SECONDS = 60


class Stamps(NamedTuple):
    """What came of it."""

    problems: tuple[Problem, ...]
    accepted: tuple[str, ...]
    """Replies that openssl accepts."""
    unchecked: tuple[str, ...]
    """Replies over the right entry whose signature nobody looked at."""
    over: tuple[int, ...]
    """Numbers of the log entries that they are over."""


def check_stamps(package: Package, hashes: Mapping[int, str], received: Sequence[tuple[str, str]], roots: Path | None) -> Stamps:
    """Hold each reply against the entry it is named for, and have openssl check it. `received` is what the log says came in."""
    problems: list[Problem] = [
        problem("stamp.lost", f"{STAMPS}{file}")
        for file, reply in received
        if f"{STAMPS}{file}" not in package.sizes or hash_of(package, f"{STAMPS}{file}") != reply
    ]
    good: list[tuple[str, int]] = []
    for path in sorted(path for path in package.sizes if path.startswith(STAMPS) and path.endswith(".tsr")):
        name = _NAMED.fullmatch(path)
        if name is None or int(name[1]) not in hashes:
            problems.append(problem("stamp.entry", path))
        elif hashes[int(name[1])] not in {found.hex() for found in _IMPRINT.findall(package.read(path))}:
            problems.append(problem("stamp.over", path))
        else:
            good.append((path, int(name[1])))
    over = tuple(sorted({seq for _, seq in good}))
    if shutil.which("openssl") is None or (roots is None and ROOTS_FILE not in package.sizes):
        return Stamps(tuple(problems), (), tuple(path for path, _ in good), over)
    with tempfile.TemporaryDirectory() as folder:
        found = {path: _refused(package, path, hashes[seq], roots, Path(folder)) for path, seq in good}
    problems += [problem("stamp.wrong", path, why=why) for path, why in found.items() if why]
    return Stamps(tuple(problems), tuple(path for path, why in found.items() if not why), (), over)


def _refused(package: Package, path: str, digest: str, roots: Path | None, folder: Path) -> str:
    """What openssl says against a reply; nothing when it accepts it."""
    reply, certificates = folder / "reply.tsr", roots
    reply.write_bytes(package.read(path))
    if certificates is None:
        certificates = folder / "roots.pem"
        certificates.write_bytes(package.read(ROOTS_FILE))
    words = ["openssl", "ts", "-verify", "-digest", digest, "-in", str(reply), "-CAfile", str(certificates)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=_SECONDS, check=False, errors="replace")
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    if done.returncode == 0 and "Verification: OK" in done.stdout + done.stderr:
        return ""
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"exit code {done.returncode}"
