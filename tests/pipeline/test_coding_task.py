"""Making a task and writing codes: what may be written, and that it lies sealed; on a case whose documents name somebody."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime

import pytest

from armslength.base.clock import FixedClock
from armslength.base.errors import InputError
from armslength.model.coding import CODE, VARIABLES
from armslength.model.decisions import Judgement, told
from armslength.model.things import Entity
from armslength.pipeline.coding import Plan, check_codes, close_task, code, coding_of, codings_of, draw, make_task
from armslength.pipeline.merging import bring
from armslength.pipeline.views.ledgers import judgement_lines
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from pipeline.reviewer_hands import Ticking, hand, reviewed_case

LEAD = "Norland keeps secret police stations abroad to reach exiles, campaigners say.\n\n"
PAGES = {
    "one.txt": f"A year\n\n{LEAD}In 2019 Norland persuaded 230,000 people to return, said Ada Brandt, a researcher at the Lantern Institute.\n",
    "two.txt": "A page\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("coding"), PAGES)


@pytest.fixture
def case(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


def at(day):
    return FixedClock(at=datetime(2026, 5, day, tzinfo=UTC))


def task(case, **given):
    plan = {"title": "Pilot", "coders": ("heron", "finch"), "variables": ("is_claim", "kind"), "sample": 2}
    return make_task(case, Plan(**(plan | given)), reason="Try.", hand=hand(case), clock=at(1))


def read(case, name):
    with reading(open_case(case)) as reader:
        return coding_of(reader, name)


def test_names_of_the_documents_are_refused_in_titles_and_notes(case):
    with reading(open_case(case)) as reader:
        assert [row for row in reader.all(Entity) if row.kind == "person"]
    with pytest.raises(InputError, match="protected person"):
        task(case, title="What Ada Brandt said")
    made = task(case)
    unit = read(case, made.id).task.units[0].id
    with pytest.raises(InputError, match="protected person"):
        code(case, made.id, unit, {"kind": "quantity"}, note="Ada Brandt says so.", hand=hand(case), clock=at(2))
    assert read(case, made.id).coded == ()


@pytest.mark.parametrize("name", list(VARIABLES))
def test_no_variable_takes_a_name(name):
    with pytest.raises(InputError):
        check_codes({name: "Ada Brandt"}, [name])


def test_codes_lie_sealed_in_a_signed_judgement_that_verifies(case):
    made = task(case)
    unit = read(case, made.id).task.units[0].id
    row = code(case, made.id, unit, {"kind": "denial"}, note="A note of mine.", hand=hand(case), clock=at(2))
    assert set(told(row)) == {"task", "unit", "sealed"}
    assert "denial" not in json.dumps(told(row))
    assert read(case, made.id).of("heron")[unit].codes == {"kind": "denial"}
    assert read(case, made.id).of("heron")[unit].note == "A note of mine."
    assert verify_case(open_case(case)).problems == ()
    with reading(open_case(case)) as reader:
        lines = [line for line in judgement_lines(reader) if line.decision == CODE]
        assert [line.who for line in lines] == ["heron"]
        assert "denial" not in str(lines)


def test_two_laptops_bring_their_codes_together(case, tmp_path):
    made = task(case)
    other = tmp_path / "other"
    shutil.copytree(case.parent, other)
    for where, who in ((case, "heron"), (other / "case", "finch")):
        for unit in read(where, made.id).task.units:
            code(where, made.id, unit.id, {"kind": "quantity"}, hand=hand(where, who), clock=at(2))
        assert read(where, made.id).finished == (who,)
    bring(case, other / "case", trust=(), dry=False, reason="The other laptop.", hand=hand(case), clock=Ticking())
    assert read(case, made.id).open is False


def test_a_sample_is_the_same_for_the_same_seed_and_another_for_another(case):
    with reading(open_case(case)) as reader:
        for of in ("claims", "passages"):
            drawn = [draw(reader, Plan(title="x", coders=(), of=of, sample=1, seed=seed))[0] for seed in (1, 1, *range(2, 30))]
            assert drawn[0] == drawn[1]
            assert any(units != drawn[0] for units in drawn)
        whole, said = draw(reader, Plan(title="x", coders=(), sample=500))
        assert said == f"{len(whole)} of {len(whole)} claims, drawn at random with the seed 1."
        some, said = draw(reader, Plan(title="x", coders=(), sample=500, kind="quantity", documents=(whole[0].doc[:12],)))
        assert {unit.doc for unit in some} <= {whole[0].doc}
        assert "of the kind quantity of 1 documents" in said


def test_tasks_are_listed_newest_first_and_found_by_their_first_characters(case):
    first = task(case)
    second = make_task(case, Plan(title="B", coders=("heron", "finch"), sample=1), reason="Try.", hand=hand(case), clock=at(3))
    with reading(open_case(case)) as reader:
        assert [one.task.id for one in codings_of(reader)] == [second.id, first.id]
        assert coding_of(reader, first.id[:10]).task.title == "Pilot"
        for name in ("", "abc", "zzzz", next(row.id for row in reader.all(Judgement) if row.decision == "reviewer")):
            with pytest.raises(InputError):
                coding_of(reader, name)


def test_a_closed_task_stays_closed(case):
    made = task(case)
    close_task(case, made.id, reason="Ill.", hand=hand(case), clock=at(2))
    with pytest.raises(InputError, match="ended"):
        close_task(case, made.id, reason="Ill.", hand=hand(case), clock=at(3))
