"""Serving a case to a benchmark: the application in a process of its own, on a port of 127.0.0.1 that was free.

In:  a case, and how its application is made.
Out: where it is served, and how much processor time it took.
Never: outlives the benchmark.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    port: int
    process: int

    def seconds(self) -> float:
        """Processor time that it has taken so far."""
        parts = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(parts[11]) + int(parts[12])) / _TICKS

    def memory(self) -> float:
        """Most memory that it ever held, in MB."""
        lines = Path(f"/proc/{self.process}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM"))


@contextmanager
def served(make: Callable[..., Any], *given: Any) -> Iterator[Served]:
    """Serve what `make(*given)` makes, until the block ends. `make` runs in the server's process."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.bind(("127.0.0.1", 0))
    bound.listen(512)
    ready = multiprocessing.get_context("spawn").Event()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(bound, ready, make, given))
    process.start()
    try:
        while not ready.wait(1):
            if not process.is_alive():
                raise SystemExit("The server ended before it had begun.")
        yield Served(port=bound.getsockname()[1], process=process.pid or 0)
    finally:
        process.terminate()
        process.join()
        bound.close()


def _serve(bound: socket.socket, ready: Any, make: Callable[..., Any], given: tuple[Any, ...]) -> None:
    import uvicorn

    from armslength.cli.serve import KEEP_ALIVE

    application = make(*given)
    ready.set()
    config = uvicorn.Config(
        application, log_level="critical", access_log=False, server_header=False, lifespan="off", ws="none", timeout_keep_alive=KEEP_ALIVE
    )
    uvicorn.Server(config).run(sockets=[bound])
