"""Says where the project's own files name a machine: a lock with a registry host, a path of somebody's home.

In:  the files that git knows or would add.
Out: one line a breach, exit code 1 if there is any.
Never: looks into binary files.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCK_WORDS = re.compile(r"https?://|--(?:extra-)?index-url|--find-links|--trusted-host|file:")
ANYWHERE = re.compile(r"(?<![\w.])/(?:home|root|Users)/[\w.-]+")
SELF = Path("scripts/check_words.py")


def project_files() -> list[Path]:
    """Files that git tracks or would add, as paths below the root."""
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True, text=True)
    return [Path(line) for line in sorted(set(listed.stdout.splitlines())) if (ROOT / line).is_file()]


def breaches(path: Path) -> Iterator[str]:
    """One sentence for each line that names a machine."""
    try:
        text = (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    is_lock = path.suffix == ".lock"
    for number, line in enumerate(text.splitlines(), start=1):
        if is_lock and LOCK_WORDS.search(line):
            yield f"{path}:{number}: a lock names no host; make it again with `make lock`."
        if path != SELF and (found := ANYWHERE.search(line)):
            yield f"{path}:{number}: names a folder of one machine: {found.group()}"


def main() -> int:
    found = [line for path in project_files() for line in breaches(path)]
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
