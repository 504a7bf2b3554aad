"""A real PostgreSQL server for the length of a test run: started by hand in a temporary folder, on a Unix socket only."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

PLACES = ("/usr/lib/postgresql/15/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/17/bin", "/usr/local/bin", "/usr/bin")
SPEED = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "shared_buffers=32MB")
PATIENCE_SECONDS = 60


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """URL of a running server. Skips where no server is installed."""
    found = find_binaries()
    if found is None:
        pytest.skip("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    return start(found)


def find_binaries() -> Path | None:
    """The folder that holds `initdb` and `postgres`."""
    on_path = shutil.which("initdb")
    for place in (*PLACES, *([str(Path(on_path).parent)] if on_path else [])):
        if (Path(place) / "initdb").exists() and (Path(place) / "postgres").exists():
            return Path(place)
    return None


@cache
def start(binaries: Path) -> str:
    """Start one server for this process; it ends with the process. Texts sort by English rules, unlike anything SQLite does."""
    home = Path(tempfile.mkdtemp(prefix="al-pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = home / "data"
    _initialise([*as_user, str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"], home)
    with (home / "server.log").open("wb") as out:
        # The server itself, not pg_ctl: it must be a child of ours, to be ended with us.
        server = subprocess.Popen(
            [*as_user, str(binaries / "postgres"), "-D", str(data), "-k", str(home), "-c", "listen_addresses=", *SPEED],
            stdout=out,
            stderr=out,
            cwd=home,
        )
    atexit.register(_end(server, home))
    url = f"postgresql+psycopg://postgres@/postgres?host={home}"
    _wait(server, home)
    return url


def _initialise(command: list[str], home: Path) -> None:
    icu = ["--locale-provider=icu", "--icu-locale=en-US"]
    first = subprocess.run([*command, *icu], capture_output=True, cwd=home, check=False)
    if first.returncode:
        shutil.rmtree(home / "data", ignore_errors=True)
        subprocess.run([*command, "--locale=C.UTF-8"], capture_output=True, cwd=home, check=True)


def _wait(server: subprocess.Popen[bytes], home: Path) -> None:
    import psycopg

    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((home / "server.log").read_text()) from None
            time.sleep(0.05)
        else:
            return


def _end(server: subprocess.Popen[bytes], home: Path) -> Callable[[], None]:
    def end() -> None:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
        shutil.rmtree(home, ignore_errors=True)

    return end
