"""What could be one is shown with the reason it was not made one, and persons by pseudonym."""

import pytest

from armslength.base.settings import Settings
from armslength.pipeline.building import build
from armslength.pipeline.sameness import merge
from armslength.pipeline.views.lookalikes import lookalike_lines
from armslength.store.case import open_case
from armslength.store.read import reading
from pipeline.reviewer_hands import hand

HERON = Settings(collector="heron")
LEAD = "Norland keeps secret police stations abroad to reach exiles, campaigners say.\n\n"


@pytest.fixture
def case(tmp_path, clock):
    folder = tmp_path / "in"
    folder.mkdir()
    pages = {
        "one.txt": "In 2019 Norland persuaded 230,000 people to return, said Ada Brandt, a researcher at the Lantern Institute.",
        "two.txt": "In 2021 Norland persuaded 230,000 people to return, said Ada Brandt, a researcher at the Lantern Institute.",
    }
    for name, text in pages.items():
        (folder / name).write_text(f"A page about stations\n\n{LEAD}{text}\n", "utf-8")
    build(tmp_path / "case", [folder], settings=HERON, clock=clock)
    return tmp_path / "case"


def lines(case):
    with reading(open_case(case)) as reader:
        return lookalike_lines(reader)


def test_what_could_be_one_is_listed_with_what_holds_it_apart(case):
    found = lines(case)
    facts = [row for row in found if row.kind == "fact"]
    assert any("times" in row.why and row.score is None for row in facts)
    (persons,) = [row for row in found if row.kind == "person"]
    assert persons.score == 1.0
    assert not any("Brandt" in label for row in found for label in row.labels)


def test_what_people_made_one_is_listed_no_more(case, clock):
    (pair,) = [row for row in lines(case) if row.kind == "person"]
    merge(case, (pair.one, pair.two), level="entity", reason="One speaker.", hand=hand(case), clock=clock)
    assert not [row for row in lines(case) if row.kind == "person"]
