"""Makes the lock files, `requirements*.lock`, from `pyproject.toml`.

In:  the path of `uv` as the only argument.
Out: the files: every platform, a hash for every package, no host. The build backend is in the first two, so that the package itself
     can be installed without a download that no lock names. All hold the same version of whatever is in several.
Never: names an index; where packages come from is the affair of whoever installs them.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
HEAD = "# Made by `make lock`; do not edit. Install with: pip install --require-hashes -r {name}\n"


def build_backend() -> str:
    """What an editable install builds with: `build-system.requires`, and what the backend adds for editable installs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return "\n".join([*project["build-system"]["requires"], "editables"])


def write_lock(uv: str, name: str, *options: str) -> None:
    """Resolve for every platform and write one lock file."""
    command = [uv, "pip", "compile", "--universal", "--generate-hashes", "--no-header", "--quiet", *options, "pyproject.toml", "-"]
    made = subprocess.run(command, cwd=ROOT, check=True, input=build_backend(), capture_output=True, text=True).stdout
    text = made.replace("-r -", "the build backend")
    (ROOT / name).write_text(HEAD.format(name=name) + text, encoding="utf-8")


def write_slow_lock(uv: str, name: str) -> None:
    """The packages of the extra `slow` alone: what they name as needed would be compiled for minutes, and the tests do without it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = "\n".join(project["project"]["optional-dependencies"]["slow"])
    command = [uv, "pip", "compile", "--universal", "--generate-hashes", "--no-header", "--no-deps", "--quiet", "-"]
    made = subprocess.run(command, cwd=ROOT, check=True, input=wanted, capture_output=True, text=True).stdout
    text = made.replace("-r -", "pyproject.toml")
    (ROOT / name).write_text(HEAD.format(name=f"{name} --no-deps") + text, encoding="utf-8")


def write_interop_lock(uv: str, name: str) -> None:
    """The packages of the extra `interop` and what they need, at the versions that the tests' tools have already."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = "\n".join(project["project"]["optional-dependencies"]["interop"])
    options = ["--python-version", "3.11", "--constraint", "requirements-dev.lock"]
    command = [uv, "pip", "compile", "--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet", *options, "-"]
    made = subprocess.run(command, cwd=ROOT, check=True, input=wanted, capture_output=True, text=True).stdout
    (ROOT / name).write_text(HEAD.format(name=name) + made, encoding="utf-8")


def main() -> None:
    uv = str(Path(sys.argv[1]).resolve())
    write_lock(uv, "requirements.lock")
    write_lock(uv, "requirements-dev.lock", "--extra", "dev", "--constraint", "requirements.lock")
    write_slow_lock(uv, "requirements-slow.lock")
    write_interop_lock(uv, "requirements-interop.lock")


if __name__ == "__main__":
    main()
