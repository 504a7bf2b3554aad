"""When the names to hide are prepared anew: at once where a name or a disclosure came, and for no other reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from armslength.base.masking import Protected
from armslength.base.settings import Settings
from armslength.model.evidence import Document
from armslength.model.ledger import Disclosure, LegalStatus, Protection
from armslength.model.things import Entity
from armslength.pipeline import masking
from armslength.pipeline.building import build
from armslength.pipeline.ledgers import enter
from armslength.pipeline.masking import looking, names_of, warm
from armslength.store.case import open_case
from armslength.store.read import reading
from pipeline.reviewer_hands import Ticking, hand, reviewed_case

PAGES = {"one.txt": 'A talk\n\n"At least 12 police stations operate abroad," Mirela Dosk, a baker in Oslo, told The Quay.\n'}
SECOND = 'Another talk\n\n"At least 14 police stations operate abroad," Jorun Haldis, a cook in Oslo, told The Quay.\n'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed_case(tmp_path_factory.mktemp("names"), PAGES)


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "c")
    return tmp_path / "c" / "case"


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Each list of names that was prepared, since the test began."""
    found: list[list[str]] = []
    masking._names.cache_clear()
    real = masking.protect

    def protect(names: list[str]) -> Protected:
        found.append(sorted(names))
        return real(names)

    monkeypatch.setattr(masking, "protect", protect)
    return found


def told(case: Path) -> str:
    with looking(open_case(case)) as reader:
        return " ".join(row.text for row in reader.all(Document))


def person(case: Path) -> str:
    with reading(open_case(case)) as reader:
        return next(row.id for row in reader.all(Entity, kind="person") if row.mentions)


def disclose(case: Path, clock: Ticking) -> None:
    for who in ("heron", "finch"):
        said = Disclosure(judgement="", person=person(case), role="minister", key="")
        enter(case, said, reason="In office.", hand=hand(case, who), clock=clock)


def test_what_bears_on_no_name_prepares_none(case, prepared):
    warm(open_case(case))
    assert "Mirela Dosk" not in told(case)
    assert prepared == [["Mirela Dosk"]]
    said = LegalStatus(judgement="", person=person(case), charge="fraud", forum="Crown Court", status="charged", date="2026-01")
    enter(case, said, reason="Read in the register.", hand=hand(case), clock=Ticking())
    assert "Mirela Dosk" not in told(case)
    assert len(prepared) == 1


def test_a_disclosure_takes_effect_at_once_and_so_does_its_end(case, prepared):
    clock = Ticking()
    assert "Mirela Dosk" not in told(case)
    disclose(case, clock)
    assert "Mirela Dosk" in told(case)
    enter(case, Protection(judgement="", person=person(case), ground="child"), reason="A child.", hand=hand(case), clock=clock)
    assert "Mirela Dosk" not in told(case)
    assert prepared == [["Mirela Dosk"], [], ["Mirela Dosk"]][: len(prepared)]


def test_a_name_that_a_build_brings_is_hidden_at_once(case, prepared, tmp_path):
    assert "Jorun" not in told(case)
    (tmp_path / "two.txt").write_text(SECOND, "utf-8")
    build(case, [tmp_path / "two.txt"], settings=Settings(), clock=Ticking())
    text = told(case)
    assert "a cook in Oslo" in text
    assert "Jorun" not in text
    assert "Mirela" not in text
    assert prepared[-1] == ["Jorun Haldis", "Mirela Dosk"]


def test_many_readers_at_once_prepare_them_once(case, prepared):
    from concurrent.futures import ThreadPoolExecutor

    def read(_: int) -> Protected:
        with reading(open_case(case)) as reader:
            return names_of(reader)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, range(8)))
    assert len(prepared) == 1
    assert all(one is found[0] for one in found)


def test_a_case_that_cannot_be_read_is_no_reason_not_to_start(case):
    opened = open_case(case)
    (case / "case.db").write_bytes(b"")
    warm(opened)
