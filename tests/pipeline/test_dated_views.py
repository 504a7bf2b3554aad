"""The timeline, responses by country and methods: dates kept apart, uncertain ones as ranges, nothing without its denial."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from armslength.pipeline.masking import looking
from armslength.pipeline.views import timeline
from armslength.pipeline.views.dated import Wanted, begins, dated, dated_rows, tallies
from armslength.pipeline.views.methods import methods_view
from armslength.pipeline.views.responses import responses_view
from armslength.pipeline.views.timeline import TimelineAsked, item, timeline_view, whole_timeline
from armslength.store.case import Case
from armslength.store.catalogue import Catalogue
from armslength.store.read import Reader
from pipeline import mapped_samples


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return mapped_samples.mapped_case(tmp_path_factory.mktemp("dated") / "case")


@pytest.fixture
def reader(mapped: Case) -> Iterator[Reader]:
    with looking(mapped) as found:
        yield found


def test_each_kind_of_date_has_lanes_of_its_own(reader):
    view = whole_timeline(reader)
    bases = {row.lane: row.basis for row in view.marks}
    assert bases == {
        "incident": "when it is said to have happened",
        "response": "when it is said to have happened",
        "count": "the date it holds for",
        "denial": "when it was published",
        "document": "when it was published",
    }
    assert view.lanes == ("incident", "response", "count", "denial", "document")


def test_a_supersession_and_a_denial_are_lines_between_what_is_in_view(reader):
    view = whole_timeline(reader)
    labels = {row.id: row.label for row in view.marks}
    told = {(row.type, labels[row.fact], labels[row.other]) for row in view.bearings}
    assert told == {
        ("supersedes", "102 contact offices abroad", "At least 54 contact offices abroad"),
        ("denies", "The Karst embassy in The Hague denies that the offices exist", "At least 54 contact offices abroad"),
    }
    assert [row.denied for row in view.marks if row.label.startswith("At least 54")] == [True]


def test_years_and_lanes_are_asked_for(reader):
    view = timeline_view(reader, TimelineAsked(first=2024, last=2024))
    assert (view.first, view.last, view.undated) == (2024, 2024, 0)
    assert all(2024 <= row.begins < 2025 for row in view.items)
    assert {row.lane for row in timeline_view(reader, TimelineAsked(lane="count")).items} == {"count"}
    for wrong in (TimelineAsked(lane="person"), TimelineAsked(country="XX"), TimelineAsked(page=2), TimelineAsked(page=0)):
        assert timeline_view(reader, wrong) is None


def test_too_many_marks_are_drawn_as_how_many(reader, monkeypatch):
    monkeypatch.setattr(timeline, "DRAWN", 3)
    view = whole_timeline(reader)
    assert (view.marks, view.bearings) == ((), ())
    dated_rows = [row for row in view.items if row.begins]
    assert sum(row.count for row in view.heaps) == len(dated_rows)
    assert {row.month for row in view.heaps} == {0}, "over more than four years, by year"
    few = timeline_view(reader, TimelineAsked(first=2024, last=2024))
    assert {row.month for row in few.heaps} >= {9, 12}


@pytest.mark.parametrize(
    ("edtf", "year", "month"),
    [("2024", 2024, 0), ("2024-09", 2024, 9), ("2024-09-12", 2024, 9), ("202X", 2020, 0), ("../2022-07", 2022, 7), ("2021-04/2022", 2021, 4), ("", 0, 0), ("soon", 0, 0)],
)  # fmt: skip
def test_where_a_date_begins(edtf, year, month):
    assert begins(edtf) == (year, month)


@pytest.mark.parametrize(
    ("edtf", "begins", "ends", "uncertain", "is_open"),
    [
        ("2024", 2024.0, 2025.0, False, False),
        ("2024~", 2024.0, 2025.0, True, False),
        ("202X", 2020.0, 2030.0, True, False),
        ("2024-07/..", 2024.497, 2024.58, False, True),
    ],
)
def test_what_is_not_known_to_the_day_is_a_range(edtf, begins, ends, uncertain, is_open):
    row = item(dated("x", "count", edtf, "", "A number", link=""))
    assert row.begins == pytest.approx(begins, abs=0.01)
    assert row.ends == pytest.approx(ends, abs=0.01)
    assert (row.uncertain, row.open) == (uncertain, is_open)


def test_the_table_of_responses_leads_to_facts_with_their_origins(reader):
    view = responses_view(reader)
    (row,) = view.rows
    assert (row.country, [(cell.code, cell.count, cell.dates) for cell in row.cells]) == (
        "The Netherlands",
        [("GR.investigation_opened", 1, "September 2024"), ("GR.investigation_closed_no_charge", 1, "December 2024")],
    )
    one = responses_view(reader, country="NL", response="GR.investigation_opened")
    assert [line.facts[0].label for line in one.lines] == ["Netherlands: investigation opened"]
    assert [line.facts[0].origins for line in one.lines] == ["1 origin"]
    assert [row.sentence for row in view.counted] == ["2 responses (scope: Everything documented)"]
    for wrong in ({"country": "XX"}, {"response": "GR.person"}, {"page": 2}):
        assert responses_view(reader, **wrong) is None


def test_the_table_of_methods_counts_things_apart_and_prints_its_scope(reader):
    view = methods_view(reader)
    (group,) = view.groups
    (row,) = group.rows
    assert (row.code, row.incidents, row.facts, row.documents, row.low, row.high, row.denied) == ("D1", 4, 1, 1, 1, 1, 0)
    assert row.sites == 0
    assert {"The Netherlands", "Portugal", "China"} == set(row.countries)
    assert "All incidents" in row.profiles
    assert view.counted[0].sentence == "4 incidents (scope: Everything documented)"
    assert [line.kind for line in methods_view(reader, method="D1").lines]
    assert methods_view(reader, method="Solheim") is None


@pytest.mark.parametrize(
    "wanted", [{}, {"lanes": ("denial",)}, {"lanes": ("count", "denial")}, {"first": 2024, "last": 2024}, {"country": "NL"}]
)
def test_pages_of_the_timeline_are_all_of_it_in_order(reader, wanted):
    """Denials are put between the catalogue's rows: no page loses or repeats any, wherever it is cut."""
    asked = Wanted(**{"lanes": timeline.CODES, **wanted})
    every = dated_rows(reader, asked, limit=1000)
    assert len(every) == sum(count for *_, count in tallies(reader, asked))
    assert [row.year for row in every if row.year] == sorted(row.year for row in every if row.year)
    for size in (1, 2, 3, 7):
        pages = [dated_rows(reader, asked, limit=size, skip=skip) for skip in range(0, len(every), size)]
        assert [row.id for page in pages for row in page] == [row.id for row in every]


def test_a_case_whose_lists_were_never_made_shows_the_same(reader, monkeypatch):
    kept = dated_rows(reader, Wanted(lanes=timeline.CODES), limit=1000)
    monkeypatch.setattr(Catalogue, "made", lambda _: False)
    plain = dated_rows(reader, Wanted(lanes=timeline.CODES), limit=1000)
    assert {(row.lane, row.id, row.edtf, row.denied) for row in kept} <= {(row.lane, row.id, row.edtf, row.denied) for row in plain}
    assert {row.lane for row in kept} == {row.lane for row in plain}
