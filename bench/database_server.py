"""A PostgreSQL server for the length of a benchmark: on a Unix socket only, with the safety that a real one has.

In:  nothing, or the URL of a server that is there.
Out: a URL.
Never: listens on the network; leaves its data behind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PLACES = ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin", "/usr/local/bin", "/usr/bin")
_PATIENCE = 60
_SETTINGS = ("-c", "listen_addresses=", "-c", "shared_buffers=256MB", "-c", "max_connections=200")


@contextmanager
def database_server(url: str = "") -> Iterator[str]:
    """The URL of a server that runs until the block ends; the one that was given, if one was."""
    if url:
        yield url
        return
    binaries = next((Path(place) for place in _PLACES if (Path(place) / "initdb").exists()), None)
    if binaries is None:
        raise SystemExit("No PostgreSQL server is installed (Debian: apt-get install postgresql). Or name one with --database.")
    home = Path(tempfile.mkdtemp(prefix="al-bench-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(home, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = home / "data"
    initialise = [*as_user, str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(initialise, check=True, capture_output=True, cwd=home)
    with (home / "server.log").open("wb") as out:
        command = [*as_user, str(binaries / "postgres"), "-D", str(data), "-k", str(home), *_SETTINGS]
        server = subprocess.Popen(command, stdout=out, stderr=out, cwd=home)
    try:
        _wait(server, home)
        yield f"postgresql+psycopg://postgres@/postgres?host={home}"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(home, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], home: Path) -> None:
    import psycopg

    until = time.monotonic() + _PATIENCE
    while True:
        try:
            psycopg.connect(host=str(home), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise SystemExit((home / "server.log").read_text()) from None
            time.sleep(0.1)
        else:
            return
