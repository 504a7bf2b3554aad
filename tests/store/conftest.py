"""The store's tests run on both engines: whoever asks for `case` or `make_case` is run twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import CLOCK

from armslength.store.case import Case, create_case
from store.postgres import postgres_url

__all__ = ["postgres_url"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> str | None:
    """What to give `create_case`: nothing for SQLite, a server's URL for PostgreSQL."""
    return None if request.param == "sqlite" else request.getfixturevalue("postgres_url")


@pytest.fixture
def make_case(tmp_path: Path, database: str | None) -> Callable[[str], Case]:
    def make(name: str) -> Case:
        return create_case(tmp_path / name, name=f"Case {name}", clock=CLOCK, actor="heron", database=database)

    return make


@pytest.fixture
def case(make_case: Callable[[str], Case]) -> Case:
    return make_case("harbours")


@pytest.fixture
def sqlite_case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "harbours", name="Case harbours", clock=CLOCK, actor="heron")
