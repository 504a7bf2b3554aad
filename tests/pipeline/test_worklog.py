"""Searches and kept views: entered, refused with a protected name, taken back; what they say of coverage."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from armslength.base.errors import InputError
from armslength.model.decisions import Judgement
from armslength.model.ledger import Ledger
from armslength.model.worklog import SavedView, Searched
from armslength.pipeline.desk import Desk
from armslength.pipeline.ledgers import enter, ledger_of
from armslength.pipeline.masking import looking
from armslength.pipeline.views.coverage import CoverageView, coverage_view, view_lines
from armslength.pipeline.views.languages import is_language, language_of, spoken_in
from armslength.pipeline.views.ledgers import entry_lines
from armslength.pipeline.worklog import canonical, of_the_worklog, worklog_of
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from pipeline import mapped_samples
from pipeline.reviewer_hands import Ticking, hand


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worklog")
    mapped_samples.mapped_case(folder / "case")
    hand(folder / "case")
    hand(folder / "case", "finch")
    return folder


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "c")
    return tmp_path / "c" / "case"


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


def searched(**given: str) -> Searched:
    told = {"what": "Court register", "words": "contact office", "language": "nl", "date": "2026-01-14", "result": "not_found", **given}
    return Searched(judgement="", **told)


def put(case: Path, clock: Ticking, entry: Searched | SavedView, who: str = "heron") -> str:
    return enter(case, entry, reason="Entered by hand.", hand=hand(case, who), clock=clock).judgement.id


def now(case: Path) -> Ledger:
    with reading(open_case(case)) as reader:
        return worklog_of(reader)


def seen(case: Path, **asked: str) -> CoverageView:
    with looking(open_case(case)) as reader:
        found = coverage_view(reader, **asked)
    assert found is not None
    return found


def test_a_search_is_signed_and_in_the_log(case, clock):
    row = put(case, clock, searched(country="NL", covered="2019/2024", added="Two judgments."))
    (entry,) = now(case).of(Searched)
    assert (entry.judgement, entry.country, entry.covered) == (row, "NL", "2019/2024")
    assert verify_case(open_case(case)).ok
    with reading(open_case(case)) as reader:
        assert ledger_of(reader).of(Searched) == now(case).of(Searched), "read alone, it is what the whole ledger says"
        (line,) = entry_lines(reader, day="2026-02-01")
    assert line.says == "searched Court register for “contact office” in Dutch about The Netherlands, for 2019 to 2024: not found"


@pytest.mark.parametrize("field", ["what", "words", "added"])
def test_a_protected_name_is_refused(case, clock, field):
    with pytest.raises(InputError, match="name of a protected person"):
        put(case, clock, searched(**{field: "the flat of Marit Solheim"}))
    assert now(case).entries == ()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"language": "klingon"}, "no language code"),
        ({"country": "Holland"}, "no country"),
        ({"date": "2026"}, "which day"),
        ({"date": "soon"}, "no date in EDTF"),
        ({"covered": "since long"}, "no date in EDTF"),
        ({"result": "maybe"}, "no result"),
        ({"words": " "}, "words that were looked for"),
        ({"words": "x" * 501}, "too long"),
    ],
)
def test_what_is_no_search_is_refused_in_a_sentence(case, clock, given, says):
    with pytest.raises(InputError, match=says):
        put(case, clock, searched(**given))


def test_the_card_says_who_looked_where_in_which_language_until_when(case, clock):
    put(case, clock, searched())
    put(case, clock, searched(what="Press archive", language="de", date="2026-01-20", result="found"), who="finch")
    card = seen(case).card
    assert (card.searches, card.found, card.people, card.places) == (2, 1, ("finch", "heron"), ("Court register", "Press archive"))
    assert card.languages == (("Dutch", 1), ("German", 1))
    assert (card.since, card.until) == ("14 January 2026", "20 January 2026")
    assert [row.what for row in seen(case, language="de").lines] == ["Press archive"]


def test_gaps_are_countries_without_a_search_in_their_languages(case, clock):
    before = {row.country: row.languages for row in seen(case).gaps}
    assert before["The Netherlands"] == ("Dutch",)
    assert before["Austria"] == ("German",)
    put(case, clock, searched(country="AT", language="de"))
    put(case, clock, searched(country="NL", language="en"))
    after = {row.country: row.languages for row in seen(case).gaps}
    assert "Austria" not in after
    assert after["The Netherlands"] == ("Dutch",), "English was searched, and Dutch was not"
    put(case, clock, searched(country="", language="nl"))
    assert "The Netherlands" not in {row.country for row in seen(case).gaps}, "a search about no one country counts for all"


def test_a_view_is_a_page_and_its_questions(case, clock):
    put(case, clock, SavedView(judgement="", name="One origin", page="/facts", query=canonical("origins=repeated&about=&page=3")))
    with looking(open_case(case)) as reader:
        (line,) = view_lines(reader)
    assert (line.name, line.address, line.who) == ("One origin", "/facts?origins=repeated", "heron")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"page": "/facts/3f9c2e"}, "not of one fact"),
        ({"page": "//evil.invalid"}, "not of one fact"),
        ({"query": "b=1&a=2"}, "cannot be read"),
        ({"name": ""}, "Give the view a name"),
        ({"name": "What Marit Solheim said"}, "name of a protected person"),
        ({"query": "words=Marit+Solheim"}, "name of a protected person"),
        ({"query": "words=Marit%20Solheim"}, "cannot be read"),
    ],
)
def test_a_view_holds_no_person_and_no_single_row(case, clock, given, says):
    told = {"name": "Mine", "page": "/facts", "query": "", **given}
    with pytest.raises(InputError, match=says):
        put(case, clock, SavedView(judgement="", **told))
    assert now(case).entries == ()


def test_an_entry_is_taken_back_and_stays_in_the_log(case, clock):
    row = put(case, clock, searched())
    with reading(open_case(case)) as reader:
        assert of_the_worklog(reader, row[:12]) == row
    Desk(open_case(case), clock).withdraw(row, hand=hand(case), reason="Entered twice.")
    assert now(case).entries == ()
    with reading(open_case(case)) as reader:
        assert [found.decision for found in reader.all(Judgement) if found.target == reader.get(Judgement, row).target] != []


def test_another_judgement_is_no_entry_of_the_log_of_work(case):
    with reading(open_case(case)) as reader:
        other = next(row.id for row in reader.all(Judgement) if row.decision == "reviewer")
        with pytest.raises(InputError, match="no search and no saved view"):
            of_the_worklog(reader, other)


def test_the_same_search_entered_again_takes_the_place_of_the_first(case, clock):
    put(case, clock, searched())
    put(case, clock, searched(result="found"))
    assert [row.result for row in now(case).of(Searched)] == ["found"]


def test_languages_are_told_by_code():
    assert language_of("zh") == "Chinese"
    assert language_of("zz") == "zz"
    assert spoken_in("CH") == ("de", "gsw", "fr", "it")
    assert spoken_in("XX") == ()
    assert is_language("ug")
    assert not is_language("uyghur")
