"""The network is off in tests: a test that forgets this must fail, not quietly reach out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "2001:db8::1"])
def test_a_connection_that_leaves_this_machine_is_refused(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as far, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(RuntimeError, match="socket"):
            far.connect((address, 80))


def test_a_name_elsewhere_is_not_even_looked_up():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(RuntimeError, match="socket"):
            socket.create_connection(("armslength.invalid", 80), timeout=1)


def test_loopback_works():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            server.accept()[0].close()

        answers = threading.Thread(target=answer)
        answers.start()
        with socket.create_connection(server.getsockname(), timeout=5) as near:
            assert near.recv(1) == b""
        answers.join()


SKIPPED = """
import pytest

@pytest.mark.postgres
def test_needs_a_server():
    pytest.skip("no server")

def test_skips_for_another_reason():
    pytest.skip("not here")
"""


@pytest.mark.parametrize(("ci", "said"), [("true", "1 failed, 1 skipped"), ("", "2 skipped")])
def test_a_missing_service_is_a_failure_in_ci_and_a_skip_elsewhere(tmp_path, ci, said):
    (tmp_path / "conftest.py").write_text(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = postgres", encoding="utf-8")
    (tmp_path / "test_some.py").write_text(SKIPPED, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    ran = subprocess.run(command, cwd=tmp_path, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False)
    assert said in ran.stdout
