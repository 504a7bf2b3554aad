"""Says which generated file is not what its script would make today.

In:  every script under `scripts/` and `examples/` that takes `--check`: it then writes nothing and exits with 1 if its file is stale.
Out: what they print; exit code 1 if one of them says so.
Never: writes a file.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def writers() -> list[Path]:
    """Scripts that write a file of the project and can check it."""
    scripts = sorted([*ROOT.glob("scripts/*.py"), *ROOT.glob("examples/*.py")])
    return [script for script in scripts if script != Path(__file__) and "--check" in script.read_text(encoding="utf-8")]


def main() -> int:
    failed = 0
    for script in writers():
        result = subprocess.run([sys.executable, str(script), "--check"], cwd=ROOT, check=False)
        if result.returncode:
            sys.stderr.write(f"{script.relative_to(ROOT).as_posix()} --check: its file is stale.\n")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
