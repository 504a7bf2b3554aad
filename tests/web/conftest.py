"""The sample case, and a client for its pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import web_samples
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.store.case import Case
from armslength.web.app import create_app


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder: Path = tmp_path_factory.mktemp("web") / "case"
    return web_samples.sample_case(folder, FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)))


@pytest.fixture
def client(case: Case) -> Iterator[TestClient]:
    with TestClient(create_app(case), base_url="http://127.0.0.1") as client:
        yield client
