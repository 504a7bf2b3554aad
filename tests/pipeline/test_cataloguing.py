"""The catalogue says what the rows say, however they came about, and never a name that is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from armslength.base.clock import FixedClock
from armslength.base.masking import BLOCK
from armslength.model.catalogue import Chosen
from armslength.model.codec import from_json
from armslength.model.evidence import Document
from armslength.model.facts import Fact, Relation
from armslength.model.outcome import StageRun, rejected
from armslength.model.things import Incident, Response
from armslength.pipeline.cataloguing import catalogue, is_behind
from armslength.pipeline.masking import looking, mask_for
from armslength.pipeline.views.lines import FactLine, fact_lines, folded
from armslength.pipeline.views.listing import FactsAsked, chosen_by, facts_view
from armslength.pipeline.views.rejected import refused_view
from armslength.pipeline.views.search import SearchAsked, search_view
from armslength.pipeline.views.source import documents_view, sources_view
from armslength.pipeline.views.timeline import CODES
from armslength.store.case import Case, case_engine, create_case
from armslength.store.catalogue_tables import CATALOGUE_TABLES, STATE
from armslength.store.search import SPACES
from armslength.store.verify import verify_case
from armslength.store.write import Writer, writing
from store.postgres import postgres_url
from web import web_samples

__all__ = ["postgres_url"]

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))
DOCS = web_samples.articles()
CLAIMS = web_samples.claims(DOCS)
FACTS = web_samples._facts(CLAIMS)
LINEAGE = web_samples._lineage(DOCS, CLAIMS, FACTS)
THINGS = [row for row in web_samples._things(CLAIMS) if isinstance(row, Incident | Response)]
ENTITIES = [row for row in web_samples._things(CLAIMS) if not isinstance(row, Incident | Response)]


def run(name: str) -> StageRun:
    return StageRun(id=name, version="1", input_hash="0" * 64, output_hash="")


def snapshot(case: Case) -> dict[str, list[str]]:
    """Everything the catalogue and the index hold, but for which log entry they are made up to."""
    with case_engine(case).connect() as connection:
        found = {table.name: sorted(map(repr, connection.execute(select(table)))) for table in CATALOGUE_TABLES if table is not STATE}
        key = "rowid" if connection.dialect.name == "sqlite" else "no"
        return found | {name: sorted(map(repr, connection.execute(text(f"SELECT {key}, words FROM {name}")))) for name in SPACES}


def made_at_once(case: Case) -> dict[str, list[str]]:
    with writing(case, clock=CLOCK, actor="heron") as writer:
        with writer.together():
            writer.catalogue.note_state({})
        assert catalogue(writer)
        assert not catalogue(writer), "nothing is left to do"
    return snapshot(case)


def lines_in(case: Case) -> tuple[list[FactLine], list[FactLine]]:
    """Lines as the catalogue has them, and as they are made from the rows; what is superseded folded."""
    with looking(case) as reader:
        facts = reader.all(Fact)
        supersessions = [(row.fact, row.other) for row in reader.all(Relation, type="supersedes")]
        whole = fact_lines(reader, facts)
        tops = [*folded([line for line in whole if not line.opinion], supersessions), *(line for line in whole if line.opinion)]
        bodies = reader.catalogue.lines([fact.id for fact in facts])
        kept = {row_id: from_json(FactLine, body) for row_id, body in bodies.items()}
        under: dict[str, list[FactLine]] = {}
        for head, row_id, _ in reader.catalogue.under([line.id for line in whole]):
            under.setdefault(head, []).append(kept.pop(row_id))
        listed = [replace(line, older=tuple(sorted(under.get(line.id, ()), key=lambda one: one.id))) for line in kept.values()]
        shown = [replace(line, older=tuple(sorted(line.older, key=lambda one: one.id))) for line in tops]
        assert reader.catalogue.total("all", "facts") == len(facts)
    return sorted(listed, key=lambda line: line.id), sorted(shown, key=lambda line: line.id)


@pytest.fixture(params=["sqlite", "encrypted", pytest.param("postgresql", marks=pytest.mark.postgres)])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Case]:
    from armslength.store.locks import in_key_file

    database = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    lock = in_key_file if request.param == "encrypted" else None
    return lambda name: create_case(tmp_path / name, name="Harbours", clock=CLOCK, actor="heron", database=database, lock=lock)


def put(writer: Writer, docs: Iterable[str], facts: dict[str, str], links: Iterable[int], things: Iterable[int]) -> None:
    """Rows of the sample case: some documents, facts in some state, relations and things."""
    docs = set(docs)
    claims = {name: row for name, row in CLAIMS.items() if row.doc in {DOCS[doc].id for doc in docs}}
    held = {row.id for row in claims.values()}
    there = {}
    for name, state in facts.items():
        mine = tuple(row for row in FACTS[name].claims if row in held)
        if mine:
            of = tuple(doc for doc in FACTS[name].documents if doc in {row.doc for row in claims.values()})
            there[FACTS[name].id] = replace(FACTS[name], claims=mine, documents=of, state=state)
    lineage = [LINEAGE[number] for number in sorted(set(links))]
    relations = [row for row in lineage if isinstance(row, Relation) and {row.fact, row.other} <= there.keys()]
    counted = [row for row in LINEAGE if type(row).__name__ == "Origins" and row.id in there]
    for stage, rows in {
        "ingest": [*(DOCS[doc] for doc in sorted(docs)), rejected("ingest", "It is damaged.", doc=f"{len(docs)}.pdf")],
        "extract": [*claims.values(), *(rejected("extract", "Nothing.", doc=DOCS[doc].id) for doc in sorted(docs))],
        "resolve": [*there.values(), *ENTITIES, *(THINGS[number] for number in sorted(set(things)))],
        "lineage": [*relations, *counted],
    }.items():
        writer.put(run(stage), rows)


STEPS = st.tuples(
    st.sets(st.sampled_from(sorted(DOCS)), min_size=1),
    st.dictionaries(st.sampled_from(sorted(FACTS)), st.sampled_from(["machine", "accepted", "rejected"])),
    st.sets(st.integers(0, len(LINEAGE) - 1)),
    st.sets(st.integers(0, len(THINGS) - 1)),
)


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(STEPS, min_size=1, max_size=4))
def test_step_by_step_and_at_once_are_the_same_and_say_what_the_rows_say(make: Callable[[str], Case], steps: list[Any]) -> None:
    case = make(f"case-{datetime.now(UTC).timestamp()}")
    for docs, facts, links, things in steps:
        with writing(case, clock=CLOCK, actor="heron") as writer:
            put(writer, docs, facts, links, things)
            catalogue(writer)
        kept, shown = lines_in(case)
        assert kept == shown
    assert snapshot(case) == made_at_once(case)


@pytest.fixture
def case(make: Callable[[str], Case]) -> Case:
    made = make("case")
    with writing(made, clock=CLOCK, actor="heron") as writer:
        put(writer, DOCS, dict.fromkeys(FACTS, "machine"), range(len(LINEAGE)), range(len(THINGS)))
        catalogue(writer)
    return made


def test_filters_choose_and_totals_count_the_same_facts(case: Case) -> None:
    with looking(case) as reader:
        for asked in (
            FactsAsked(),
            FactsAsked(about="numbers"),
            FactsAsked(origins="repeated"),
            FactsAsked(origins="one", sort="newest"),
            FactsAsked(country="NL", about="answers"),
            FactsAsked(kind="quantity.site_count", state="machine"),
            FactsAsked(since=2024, until=2024, sort="oldest"),
            FactsAsked(method="D1"),
            FactsAsked(method="D1", country="NL", sort="newest"),
            FactsAsked(method="D1", kind="denial"),
        ):
            view = facts_view(reader, asked)
            assert view is not None
            assert view.found == len(view.lines), asked
        assert [line.documents for line in facts_view(reader, FactsAsked()).lines][:2] == [5, 1]  # type: ignore[union-attr]
        assert facts_view(reader, FactsAsked(about="nothing")) is None
        assert facts_view(reader, FactsAsked(), page=2) is None
        assert chosen_by(FactsAsked(sort="by name")) is None
        assert reader.catalogue.count_facts(Chosen(kind="no.such")) == 0


def test_lists_of_documents_sources_and_refused_units(case: Case) -> None:
    with looking(case) as reader:
        documents = documents_view(reader)
        assert documents is not None
        assert documents.found == len(documents.lines) == len(DOCS)
        dates = [line.ref.published_edtf or "9999" for line in documents.lines]
        assert dates == sorted(dates)
        assert {line.ref.id: line.claims for line in documents.lines}[DOCS["herald"].id] == sum(
            row.doc == DOCS["herald"].id for row in CLAIMS.values()
        )
        chinese = documents_view(reader, lang="zh")
        assert chinese is not None
        assert [line.ref.id for line in chinese.lines] == [DOCS["chinese"].id]
        assert documents_view(reader, lang="xx") is None
        assert sources_view(reader) is not None
        refused = refused_view(reader)
        assert refused is not None
        assert refused.total == len(DOCS) + 1
        group = refused.stages[-1][1][0]
        only = refused_view(reader, reason=group.id)
        assert only is not None
        assert len(only.stages[0][1][0].items) == group.total == len(DOCS)
        assert refused_view(reader, reason="none") is None


def test_what_is_dated_is_counted_by_month_and_country(case: Case) -> None:
    with looking(case) as reader:
        assert sum(n for *_, n in reader.catalogue.months()) == len(
            reader.catalogue.dated_between(lanes=CODES, first=(0, 0), last=(9999, 12), limit=100)
        )
        assert sum(n for _, _, lane, n in reader.catalogue.months() if lane == "document") == len(DOCS)
        found = reader.catalogue.dated_between(lanes=("incident",), first=(2023, 0), last=(2023, 12), limit=9)
        assert [row.label for row in found] == ["Threat to a relative (Rotterdam)"]


def test_rows_that_go_leave_nothing_behind(case: Case) -> None:
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.drop(["ingest", "extract", "resolve", "lineage"])
        assert catalogue(writer)
    left = {name: rows for name, rows in snapshot(case).items() if rows}
    assert left == {}


def test_it_is_behind_when_a_stage_has_written_and_only_then(case: Case) -> None:
    with looking(case) as reader:
        assert not is_behind(reader)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.record("access.served", case.id, {})
        assert not is_behind(writer.read)
        writer.put(run("review"), [rejected("review", "Nothing to apply to.")])
        assert is_behind(writer.read)


def test_the_case_still_verifies_and_an_emptied_catalogue_is_filled_again(case: Case) -> None:
    assert verify_case(case).problems == ()
    before = snapshot(case)
    with case_engine(case, writing=True).begin() as connection:
        for table in CATALOGUE_TABLES:
            connection.execute(text(f"DELETE FROM {table.name}"))
        for name in SPACES:
            connection.execute(text(f"DROP TABLE {name}"))
    with looking(case) as reader:
        view = search_view(reader, SearchAsked(words="offices"))
        assert view is not None
        assert not view.ready
        assert not reader.catalogue.made()
    with writing(case, clock=CLOCK, actor="heron") as writer:
        assert catalogue(writer)
    assert snapshot(case) == before
    assert verify_case(case).problems == ()


def test_hidden_stretches_that_are_known_hide_the_same(case: Case) -> None:
    with looking(case) as reader:
        exact = reader.exact()
        known = mask_for(reader)
        plain = replace(known, hidden_in=lambda _: None)
        assert known.hidden_in(DOCS["herald"].id)
        for row in exact.all(Document):
            assert known.row(row) == plain.row(row)


# Names


def found_with(case: Case, words: str, **more: Any) -> Any:
    with looking(case) as reader:
        return search_view(reader, SearchAsked(words=words, **more))


NAMES = ("Marit Solheim", "marit solheim", "Solheim", '"Marit Solheim"', "Solheim Marit", "maritsolheim", "Solheim offices", "Soh* Solh*")


@pytest.mark.parametrize("name", NAMES)
def test_a_protected_name_is_answered_as_words_that_stand_nowhere(case: Case, name: str) -> None:
    there, nowhere = found_with(case, name), found_with(case, "Zebulon Hartwicke")
    assert replace(there, asked=nowhere.asked) == nowhere


def test_excluding_a_name_tells_nothing(case: Case) -> None:
    for name in ("Solheim", '"Marit Solheim"', "Hartwicke"):
        assert replace(found_with(case, f"offices -{name}"), asked=SearchAsked()) == replace(
            found_with(case, "offices"), asked=SearchAsked()
        )
    assert found_with(case, "-Solheim") == replace(found_with(case, "-Hartwicke"), asked=SearchAsked(words="-Solheim"))


def test_no_place_is_asked_for_by_a_name(case: Case) -> None:
    there, nowhere = found_with(case, "offices", place="Marit Solheim"), found_with(case, "offices", place="Nowhere")
    assert replace(there, asked=nowhere.asked) == nowhere


def test_the_catalogue_and_the_index_hold_no_name(case: Case) -> None:
    whole = repr(snapshot(case)).casefold()
    assert "solheim" not in whole
    assert BLOCK in whole


def test_who_is_named_later_is_taken_out_of_the_index_and_comes_back_when_nobody_hides_it(make: Callable[[str], Case]) -> None:
    case = make("later")
    some = {name: row for name, row in CLAIMS.items() if name != "threat"}

    def write(writer: Writer, claims: Any) -> None:
        writer.put(run("ingest"), DOCS.values())
        writer.put(run("extract"), claims.values())
        writer.put(run("resolve"), [fact for fact in FACTS.values() if set(fact.claims) <= {row.id for row in claims.values()}])

    with writing(case, clock=CLOCK, actor="heron") as writer:
        write(writer, some)
        catalogue(writer)
    assert found_with(case, "Solheim").documents_total == 1
    with writing(case, clock=CLOCK, actor="heron") as writer:
        write(writer, CLAIMS)
    assert found_with(case, "Solheim").documents_total == 0, "hidden at once, before the index follows"
    with writing(case, clock=CLOCK, actor="heron") as writer:
        catalogue(writer)
    assert found_with(case, "Solheim").documents_total == 0
    assert "solheim" not in repr(snapshot(case)).casefold()
    assert snapshot(case) == made_at_once(case)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        write(writer, some)
        catalogue(writer)
    assert found_with(case, "Solheim").documents_total == 1
    assert snapshot(case) == made_at_once(case)


def test_chinese_is_found_by_two_signs_and_by_one(case: Case) -> None:
    assert found_with(case, "联络站").documents_total == 1
    assert found_with(case, "联").documents_total == 1
    assert found_with(case, "站联").documents_total == 0


def test_searching_shows_where_what_was_asked_for_stands(case: Case) -> None:
    view = found_with(case, '"contact offices"')
    assert view.facts_total == 3
    assert view.facts[0].line.label == "At least 54 contact offices abroad"
    passage = view.facts[0].passage
    assert passage is not None
    assert passage.snippet is not None
    assert [passage.snippet.text[start:end] for start, end in passage.snippet.marks] == ["contact offices"]
    for found in view.documents:
        assert found.snippet is not None
        assert all(found.snippet.text[start:end].casefold() == "contact offices" for start, end in found.snippet.marks)
    assert view.documents_total == len(view.documents) == 3


def test_a_passage_that_may_be_about_a_person_is_not_quoted_in_a_list(case: Case) -> None:
    view = found_with(case, '"lose his pension"')
    assert [found.line.label for found in view.facts] == ["A threat to a relative of a person in the Netherlands"]
    assert view.facts[0].passage is not None
    assert view.facts[0].passage.snippet is None


@pytest.mark.parametrize(
    ("more", "facts"),
    [
        ({"kind": "quantity.site_count"}, 2),
        ({"country": "NL"}, 0),
        ({"origins": "1"}, 3),
        ({"origins": "2"}, 0),
        ({"since": 2024, "until": 2024}, 2),
        ({"since": 2025}, 0),
        ({"method": "D1"}, 0),
    ],
)
def test_a_search_can_be_narrowed(case: Case, more: dict[str, Any], facts: int) -> None:
    wide = found_with(case, "", **more)
    narrow = found_with(case, '"contact offices"', **more)
    assert narrow.facts_total == facts
    assert wide.facts_total >= narrow.facts_total


def test_pages_of_results_follow_each_other(case: Case) -> None:
    with looking(case) as reader:
        assert search_view(reader, SearchAsked(words="offices", what="facts"), page=2) is None
        assert search_view(reader, SearchAsked(words="offices", what="people")) is None
        assert search_view(reader, SearchAsked(words="offices", origins="9")) is None
        only = search_view(reader, SearchAsked(words="offices", what="documents"))
        assert only is not None
        assert only.facts == ()
        assert only.facts_total > 0


def test_what_was_asked_is_not_kept(case: Case) -> None:
    with closing(case_engine(case).connect()) as connection:
        before = connection.execute(text("SELECT count(*) FROM log")).scalar()
    found_with(case, "offices")
    with closing(case_engine(case).connect()) as connection:
        assert connection.execute(text("SELECT count(*) FROM log")).scalar() == before
