"""The store's tests run on both engines, encrypted and not: whoever asks for `case` or `make_case` is run three times."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from store_samples import CLOCK

from armslength.store.case import Case, create_case
from armslength.store.locks import Lock, in_key_file
from store.postgres import postgres_url

__all__ = ["postgres_url"]


@pytest.fixture(params=["sqlite", "encrypted", pytest.param("postgresql", marks=pytest.mark.postgres)])
def kind(request: pytest.FixtureRequest) -> str:
    """What kind of case the test is about."""
    return str(request.param)


@pytest.fixture
def database(request: pytest.FixtureRequest, kind: str) -> str | None:
    """What to give `create_case`: nothing for SQLite, a server's URL for PostgreSQL."""
    return request.getfixturevalue("postgres_url") if kind == "postgresql" else None


@pytest.fixture
def lock(kind: str) -> Lock | None:
    """How the case's key is kept. On a server the sources and keys are encrypted, too: two kinds cover all there is."""
    return None if kind == "sqlite" else in_key_file


@pytest.fixture
def make_case(tmp_path: Path, database: str | None, lock: Lock | None) -> Callable[[str], Case]:
    def make(name: str) -> Case:
        return create_case(tmp_path / name, name=f"Case {name}", clock=CLOCK, actor="heron", database=database, lock=lock)

    return make


@pytest.fixture
def case(make_case: Callable[[str], Case]) -> Case:
    return make_case("harbours")


@pytest.fixture
def sqlite_case(tmp_path: Path) -> Case:
    return create_case(tmp_path / "harbours", name="Case harbours", clock=CLOCK, actor="heron")
