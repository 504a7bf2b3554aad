"""A sheet is looked at before it is taken in, its earlier version is set aside, and both can be taken back."""

import io
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from armslength.base.clock import FixedClock
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.evidence import Document, Source
from armslength.model.facts import Fact
from armslength.model.outcome import Rejected
from armslength.model.things import Entity
from armslength.pipeline.building import NewCase, init_case
from armslength.pipeline.importing import import_sheet, mapping_of, plan_import, set_aside
from armslength.store.case import open_case
from armslength.store.read import reading
from pipeline.reviewer_hands import hand

CLOCK = FixedClock(at=datetime(2026, 1, 2, tzinfo=UTC))
MAPPING = "name: Harbour log\nkind: incident.case\nkey: no\nquote: [what]\ndate: on\ncountry: in\nmethods: {column: how, words: {beating: A2}}\npersons: [who]\n"
FIRST = [
    ["no", "what", "on", "in", "how", "who"],
    ["1", "He was hit.", "2023-05", "Norway", "beating", "Ada Ferrer"],
    ["2", "She fled.", "2023", "", "", ""],
]
SECOND = [
    FIRST[0],
    ["1", "He was hit.", "2023-06", "Norway", "beating", "Ada Ferrer"],
    ["3", "They came.", "", "", "", ""],
    ["4", "Odd.", "", "", "kick", ""],
]


@pytest.fixture
def case(tmp_path):
    init_case(tmp_path / "case", new=NewCase(secret=bytes(32)), clock=CLOCK, actor="t")
    (tmp_path / "map.yaml").write_text(MAPPING)
    return tmp_path / "case"


def written(folder, rows, name="log.csv"):
    path = folder.parent / name
    if name.endswith("xlsx"):
        book = Workbook()
        for row in rows:
            book.active.append(row)
        out = io.BytesIO()
        book.save(out)
        path.write_bytes(out.getvalue())
    else:
        path.write_text("".join(",".join(row) + "\r\n" for row in rows))
    return path


def take(case, rows, name="log.csv"):
    mapping = mapping_of(str(case.parent / "map.yaml"))
    return import_sheet(
        case, written(case, rows, name), mapping, reason="From the archive.", settings=Settings(), clock=CLOCK, hand=hand(case)
    )[0]


def rows(case, kind):
    with reading(open_case(case)) as reader:
        return reader.all(kind)


def test_a_dry_run_changes_nothing(case):
    plan = plan_import(case, written(case, FIRST), mapping_of(str(case.parent / "map.yaml")), settings=Settings())
    assert [(line.state, line.key, line.words) for line in plan.lines] == [("new", "1", "He was hit."), ("new", "2", "She fled.")]
    assert rows(case, Source) == []


@pytest.mark.parametrize("name", ["log.csv", "log.xlsx"])
def test_rows_become_claims_and_persons_are_protected(case, name):
    take(case, FIRST, name)
    claims = rows(case, Claim)
    (document,) = rows(case, Document)
    assert sorted(claim.quote for claim in claims) == ["He was hit.", "She fled."]
    assert all(document.text[claim.start : claim.end] == claim.quote for claim in claims)
    (person,) = [row for row in rows(case, Entity) if row.kind == "person"]
    assert person.protected
    assert "Ferrer" not in person.label
    assert rows(case, Fact)


def test_a_newer_version_is_compared_and_takes_the_place_of_the_earlier(case):
    first = take(case, FIRST)
    plan = take(case, SECOND)
    assert plan.counts == {"new": 1, "changed": 1, "same": 0, "gone": 1, "refused": 1}
    assert plan.replaces == (first.source,)
    assert sorted(claim.quote for claim in rows(case, Claim)) == ["He was hit.", "They came."]
    assert any("“kick”" in row.reason for row in rows(case, Rejected))
    assert len(rows(case, Source)) == 2, "the earlier bytes stay"


def test_an_import_is_taken_back_and_the_earlier_version_brought_back(case):
    first = take(case, FIRST)
    before = rows(case, Claim), rows(case, Fact)
    second = take(case, SECOND)
    set_aside(case, second.source, reason="Wrong file.", hand=hand(case), clock=CLOCK)
    assert rows(case, Claim) == []
    set_aside(case, first.source, reason="It was right.", hand=hand(case), clock=CLOCK, back=True)
    assert (rows(case, Claim), rows(case, Fact)) == before
    with pytest.raises(InputError, match="is not set aside"):
        set_aside(case, first.source, reason="Again.", hand=hand(case), clock=CLOCK, back=True)


def test_a_sheet_without_the_columns_is_refused_before_anything_changes(case):
    with pytest.raises(InputError, match=r"has no column what, .* it has a, b"):
        take(case, [["a", "b"], ["1", "2"]])
    assert rows(case, Source) == []


def test_a_workbook_of_two_sheets_says_what_to_do(case, tmp_path):
    book = Workbook()
    book.active.append(["what"])
    book.create_sheet("Second").append(["x"])
    book.save(tmp_path / "two.xlsx")
    with pytest.raises(InputError, match=r"2 sheets .* save each as a file of its own"):
        plan_import(case, tmp_path / "two.xlsx", mapping_of(str(tmp_path / "map.yaml")), settings=Settings())
