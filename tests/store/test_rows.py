"""Rows go in and come out the same, in order, and only with the words their documents have."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from store_samples import CLOCK, WORDS, add, claim, decisions, document, edge, entity, fact, fill, refusal, run, source

from armslength.base.errors import InputError, IntegrityError
from armslength.base.ids import digest
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.decisions import Finding, Judgement
from armslength.model.evidence import Collection, Document, Source
from armslength.model.facts import Count, Fact, LineageEdge
from armslength.model.outcome import Rejected, StageRun
from armslength.model.things import Entity
from armslength.store.case import Case
from armslength.store.read import reading
from armslength.store.schema import DERIVED, SHELVES
from armslength.store.write import Writer, writing


def count_row(number: int, table: str = "overview") -> Count:
    return Count(id=digest("count", table, number), table=table, row=str(number), unit="claims", value=number, profile="all", supports=())


def test_rows_come_back_as_they_went_in(case: Case) -> None:
    doc, claims = fill(case)
    with reading(case) as read:
        assert read.get(Document, doc.id) == doc
        assert read.all(Claim) == sorted(claims, key=lambda c: c.start)
        assert read.all(LineageEdge) == [edge(*claims)]
        assert read.all(Rejected) == [refusal(doc)]
        assert read.get(Source, source(WORDS.encode()).id) == source(WORDS.encode())
        assert {row.file for row in read.all(Collection)} == {"report.txt", "other.txt", "again.txt"}
        assert read.get(Claim, "nothing") is None
        assert [entry.seq for entry in read.all(LogEntry)] == list(range(1, read.count(LogEntry) + 1))
        assert read.get(LogEntry, 1).event == "case.created"
        assert read.entity_of([claims[0].attribution[0].mention, "nothing"]) == {claims[0].attribution[0].mention: entity([]).id}
        assert read.facts_of([claims[0].id, "nothing"]) == {claims[0].id: [fact(claims).id]}


def test_filters_find_by_indexed_columns(case: Case) -> None:
    _, claims = fill(case)
    with reading(case) as read:
        assert read.all(Claim, value=54) == [claims[0]]
        assert read.all(Claim, value=12.5) == [claims[1]]
        assert read.count(Claim, family="quantity", measure=["sites", "people"]) == 2
        assert read.count(Claim, kind=[]) == 0
        assert read.all(Document, publisher=None) == []
        assert read.count(Document, publisher=[None, "The Tide"]) == 1
        assert read.count(Entity, protected=False) == 1
        assert read.all(LogEntry, event="source.added", limit=2)[1].seq == 4
        for unknown in ("quote", "body"):
            with pytest.raises(TypeError, match="cannot be found by"):
                read.all(Claim, **{unknown: "x"})
        with pytest.raises(TypeError, match="not stored"):
            read.all(dict)


def test_long_lists_of_values_and_pages_keep_the_order(case: Case) -> None:
    rows = [count_row(number, "overview" if number % 2 else "timeline") for number in range(1300)]
    random.Random(7).shuffle(rows)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.put(run("analyse"), rows)
    wanted = sorted(row.id for row in rows)
    with reading(case) as read:
        assert [row.id for row in read.all(Count, id=wanted[:1100])] == wanted[:1100]
        assert [row.id for row in read.all(Count, id=set(wanted), limit=3)] == wanted[:3]
        assert read.count(Count, id=wanted, table="timeline") == 650
        assert read.count(Count, id=wanted, table=["timeline", "overview"]) == 1300
        seen: list[str] = []
        while page := read.all(Count, limit=400, after=seen[-1] if seen else None):
            seen += [row.id for row in page]
        assert seen == wanted


def test_claims_page_by_their_place_in_the_text(case: Case) -> None:
    doc = document("one two one two one two\n" * 9)
    places = range(0, 200, 4)
    claims = [
        replace(
            claim(doc, "one", kind=kind),
            id=digest("c", start, kind),
            start=start,
            end=start + 3,
            quote=doc.text[start : start + 3],
            parties=(),
        )
        for start in places
        for kind in ("denial", "admission")
    ]
    random.Random(3).shuffle(claims)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.put(run("ingest"), [doc])
        writer.put(run("extract"), claims)
    ordered = sorted(claims, key=lambda c: (c.doc, c.start, c.end, c.id))
    with reading(case) as read:
        assert read.all(Claim) == ordered
        last = ordered[10]
        assert read.all(Claim, after=(last.doc, last.start, last.end, last.id), limit=5) == ordered[11:16]


def test_putting_a_run_again_replaces_what_it_wrote(case: Case) -> None:
    doc, claims = fill(case)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        first = writer.run_of("extract:1")
        again = writer.put(run("extract:1"), reversed(claims), refused=[refusal(doc)])
        assert again == first
        fewer = writer.put(run("extract:1", "2"), claims[:1])
        assert fewer.output_hash != again.output_hash
        assert writer.read.all(Claim) == claims[:1]
        assert writer.read.count(Rejected) == 0
        writer.drop(["extract:1", "resolve", "never was"])
        assert writer.run_of("extract:1") is None
        assert writer.read.count(Claim) == writer.read.count(Fact) == writer.read.count(Entity) == 0
        assert writer.read.facts_of([claims[0].id]) == {}
        assert [entry.subject for entry in writer.read.all(LogEntry, event="stage.dropped")] == ["extract:1", "resolve"]


def test_the_output_hash_is_the_digest_of_what_was_written(case: Case) -> None:
    doc, claims = fill(case)
    from armslength.base.ids import digest_text
    from armslength.model.codec import to_json

    rows = [("claims", row.id, digest_text(to_json(row))) for row in claims]
    rows.append(("rejected", refusal(doc).id, digest_text(to_json(refusal(doc)))))
    with reading(case) as read:
        assert read.get(StageRun, "extract:1").output_hash == digest(*sorted(rows))
        assert read.get(StageRun, "analyse").output_hash == digest()


def broken_rows(doc: Document, good: Claim) -> list[object]:
    other = claim(doc, "12 cranes", value=12)
    span = edge(good, other)
    return [
        replace(good, quote=good.quote.upper()),
        replace(good, end=good.end + 1),
        replace(good, start=-3),
        replace(good, doc="0" * 64),
        replace(good, attribution=()),
        replace(good, attribution=(replace(good.attribution[0], start=5, end=5000),)),
        replace(good, parties=(replace(good.parties[0], end=5000),)),
        replace(good, quantity=replace(good.quantity, start=-1)),
        replace(good, repeats=((4, 2),)),
        replace(span, evidence=(replace(span.evidence[0], quote="other words"),)),
        replace(doc, text=doc.text + " "),
        replace(doc, boilerplate=((0, 5000),)),
    ]


@pytest.mark.parametrize("number", range(12))
def test_no_quote_no_claim(sqlite_case: Case, number: int) -> None:
    doc, claims = fill(sqlite_case)
    row = broken_rows(doc, claims[0])[number]
    with writing(sqlite_case, clock=CLOCK, actor="heron") as writer:
        before = writer.read.count(LogEntry)
        with pytest.raises(IntegrityError, match="cannot be stored"):
            writer.put(run("extract:1"), [row])
        assert writer.read.all(Claim) == claims
        assert writer.read.count(LogEntry) == before


def test_two_rows_of_one_name_are_refused_and_twins_are_one(case: Case) -> None:
    doc, claims = fill(case)
    with writing(case, clock=CLOCK, actor="heron") as writer:
        with pytest.raises(IntegrityError, match="two runs"):
            writer.put(run("extract:2"), [claims[0]])
        with pytest.raises(IntegrityError, match="Two different"):
            writer.put(run("analyse"), [count_row(1), replace(count_row(1), value=9)])
        far = [count_row(number) for number in range(1500)]
        with pytest.raises(IntegrityError, match="Two different"):
            writer.put(run("analyse"), [*far, replace(count_row(1), value=9)])
        writer.put(run("analyse"), [*far, count_row(1), count_row(1)])
        assert writer.read.count(Count) == 1500
        mention = claims[0].attribution[0].mention
        with pytest.raises(IntegrityError, match="two entities"):
            writer.put(run("resolve"), [entity([mention]), entity([mention], label="union")])
        assert writer.read.entity_of([mention]) == {mention: entity([]).id}
        assert writer.read.get(Document, doc.id) == doc


def test_a_stage_cannot_write_what_is_not_derived(case: Case) -> None:
    with writing(case, clock=CLOCK, actor="heron") as writer:
        for row in (source(b"x"), run("x")):
            with pytest.raises(InputError, match="not derived"):
                writer.put(run("ingest"), [row])


def test_together_is_all_or_nothing(case: Case) -> None:
    doc = document()
    with writing(case, clock=CLOCK, actor="heron") as writer:
        with pytest.raises(IntegrityError, match="cannot be stored"), writer.together():  # noqa: PT012 - the block is what is tested
            writer.put(run("ingest"), [doc])
            assert writer.read.all(Document) == [doc]
            writer.put(run("extract"), [replace(claim(doc, "54 harbours"), quote="55 harbours")])
        assert writer.read.count(Document) == 0
        with writer.together():
            writer.put(run("ingest"), [doc])
            writer.put(run("extract"), [claim(doc, "54 harbours", value=54)])
    with reading(case) as read:
        assert (read.count(Document), read.count(Claim)) == (1, 1)


def test_a_reader_sees_one_moment(case: Case) -> None:
    with reading(case) as read:
        before = read.count(LogEntry)
        with writing(case, clock=CLOCK, actor="heron") as writer:
            add(writer, b"later")
            assert writer.read.count(Source) == 1
        assert (read.count(LogEntry), read.count(Source)) == (before, 0)
    with reading(case) as read:
        assert read.count(Source) == 1


def test_text_no_column_can_hold_is_still_kept(case: Case) -> None:
    doc = document("nul \x00 inside", file="a\x00b.txt")
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.put(run("ingest"), [doc])
    with reading(case) as read:
        assert read.all(Document, file="a\ufffdb.txt") == [doc]


def test_decisions_are_kept_with_their_log_entry(case: Case) -> None:
    verdict = decisions()[0]
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.decide(verdict)
        entry = writer.read.all(LogEntry)[-1]
        assert (entry.event, entry.subject) == ("judgement.made", "j")
        with pytest.raises(InputError, match="already in the case"):
            writer.decide(replace(verdict, reason="changed"))
        assert writer.read.all(Judgement, target="t") == [verdict]
        assert writer.read.all(Finding, fact="t") == []


def test_every_indexed_column_can_be_filtered(sqlite_case: Case) -> None:
    with reading(sqlite_case) as read:
        for shelf in SHELVES:
            for name in set(shelf.table.c.keys()) - {"body", "hash", "entry", "signature"}:
                read.count(shelf.row, **{name: None})
    assert {shelf.row for shelf in DERIVED} < {shelf.row for shelf in SHELVES}


def fail_after(writer: Writer, row: Judgement) -> None:
    with writer.together():
        writer.decide(row)
        assert row in writer.read.all(Judgement)
        raise ZeroDivisionError


def test_all_judgements_are_those_of_the_moment_that_is_read(make_case: Callable[[str], Case]) -> None:
    first, other = make_case("harbours"), make_case("cranes")
    one, two = (replace(decisions()[0], id=name) for name in ("j1", "j2"))
    with writing(first, clock=CLOCK, actor="heron") as writer:
        writer.decide(one)
    with reading(first) as earlier:
        assert earlier.all(Judgement) == [one]
        with writing(first, clock=CLOCK, actor="heron") as writer:
            with pytest.raises(ZeroDivisionError):
                fail_after(writer, replace(one, id="j3"))
            assert writer.read.all(Judgement) == [one]
            writer.decide(two)
            assert writer.read.all(Judgement) == [one, two]
        assert earlier.all(Judgement) == [one]
    with reading(first) as later, reading(other) as elsewhere:
        assert later.all(Judgement) == [one, two]
        assert elsewhere.all(Judgement) == []
        assert later.hiding(lambda row: replace(row, reason="")).all(Judgement) == [replace(one, reason=""), replace(two, reason="")]
