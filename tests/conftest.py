"""What holds for every test: no network but this machine, the same run every time, no silent absence in CI."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
from collections.abc import Callable, Generator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest

from armslength.base.clock import FixedClock

HERE_ONLY = ["127.0.0.1", "::1", "localhost"]
NEEDS_A_SERVICE = ("postgres", "browser")

hypothesis.settings.register_profile(
    "armslength",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=50,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("armslength")


_KEYS = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
"""Where the tests' cases keep their keys: not in the folder of whoever runs the tests."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let pytest-socket refuse every connection that would leave this machine, whatever the command line says.

    It lets names be looked up, which would send them to a name server; so look-ups are refused here.
    """
    config.option.allow_hosts = HERE_ONLY
    config.option.allow_unix_socket = True
    config.stash[_KEYS] = tempfile.TemporaryDirectory(prefix="armslength-keys-")
    os.environ["ARMSLENGTH_KEYS"] = config.stash[_KEYS].name
    socket.getaddrinfo = _look_up_here_only(socket.getaddrinfo)


def _look_up_here_only(look_up: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in HERE_ONLY and host is not None and not _is_address(host):
            raise RuntimeError(f"A test tried to look up the name {host!r} over a socket.")
        return look_up(host, *args, **kwargs)

    return guarded


def _is_address(host: Any) -> bool:
    try:
        ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host)
    except ValueError:
        return False
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On a desk a test without its service is skipped with a reason; in CI the same absence is a failure."""
    report = yield
    needed = [name for name in NEEDS_A_SERVICE if item.get_closest_marker(name)]
    if needed and report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped in CI, where {' and '.join(needed)} must be there: {report.longrepr}"
    return report


@pytest.fixture
def clock() -> FixedClock:
    """A clock that stands still."""
    return FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))
