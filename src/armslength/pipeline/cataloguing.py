"""Brings the catalogue and the index up to date with the case: after a build, after a judgement, after a change of whose names are hidden.

In:  a writer; its log says what stages wrote since.
Out: the catalogue and the index as they would be if they were made at once.
Never: writes a row that stands for anything by itself, or an entry of the log; puts a text in before names are hidden in it.

What is made anew: facts whose row, origins, relations, passages or passages' documents changed; documents that came, changed, gave other
claims or hold a name that is hidden now and was not, or the other way round. Everything, where the program or its words changed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from armslength.base.engine import Progress, silent
from armslength.base.ids import digest
from armslength.base.masking import BLOCK, cover, forms
from armslength.base.offsets import read_spans
from armslength.base.tokens import mark
from armslength.model.catalogue import DatedEntry, FactEntry
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Fact, Origins
from armslength.model.masking import RowMask, hidden_spans, not_known
from armslength.model.ontology import load as load_ontology
from armslength.model.outcome import Rejected
from armslength.model.things import Incident, Response
from armslength.pipeline.catalogue_entries import (
    OPINION,
    dated_entry,
    document_entry,
    document_number,
    fact_entry,
    fact_number,
    key_text,
    place_code,
    reason_id,
    refused_entry,
    source_entry,
    tags_of,
)
from armslength.pipeline.indexing import PARTS, Forms, document_marks, document_units, fact_words, looked_for
from armslength.pipeline.masking import mask_for, mask_stamp
from armslength.pipeline.views.dated import is_denial, said_on
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.lines import FactLine, fact_lines, heads_of
from armslength.pipeline.views.passages import document_ref
from armslength.pipeline.views.source import DocumentLine, plain_source_lines
from armslength.store import search
from armslength.store.catalogue_write import CatalogueWriter, Runs
from armslength.store.read import Reader
from armslength.store.write import Writer

VERSION = "2"
_DOCUMENTS = 100
"""Documents read at a time."""
_FACTS = 500
_OF_FACTS = ("count:", "denial:")
"""How ids of dated entries begin that stand for facts."""
T = TypeVar("T")


def catalogue(writer: Writer, *, progress: Progress = silent) -> bool:
    """Bring the catalogue up to date; whether anything had to be done."""
    with writer.together():
        kept = writer.catalogue
        known = kept.state()
        hide = replace(mask_for(writer.read), hidden_in=not_known)
        stamp = digest(VERSION, load_ontology().fingerprint, str(bool(hide.names or hide.gone)))
        if known.get("version") != stamp:
            kept.empty()
            search.drop_tables(kept.connection)
            known = {}
        search.make_tables(kept.connection)
        since = int(known.get("seq", 0))
        now, before = forms(hide.names), frozenset(json.loads(known.get("names", "[]")))
        runs, sources = kept.runs_since(since), kept.sources_since(since)
        state = {
            "version": stamp,
            "seq": str(kept.head()),
            "mask": mask_stamp(writer.read),
            "names": json.dumps(sorted(now), ensure_ascii=False),
        }
        quiet = since and not runs and not sources and now == before
        if not quiet:
            work = _Work(writer=writer, kept=kept, hide=hide, runs=runs, progress=progress)
            _make(work, sources, _Renamed(come=Forms(now - before), gone=Forms(before - now), looked=now - before) if since else None)
            kept.settle()
        kept.note_state(state)
        return not quiet


def is_behind(reader: Reader) -> bool:
    """Whether stages have written since the catalogue was made, or other names are hidden now."""
    kept = reader.catalogue
    return kept.behind() or kept.state("mask") != mask_stamp(reader)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Renamed:
    """Forms of names that are hidden now and were not, and the other way round."""

    come: Forms
    gone: Forms
    looked: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What every step works with."""

    writer: Writer
    kept: CatalogueWriter
    hide: RowMask
    runs: Runs
    progress: Progress
    told: dict[str, str] = field(default_factory=dict)
    """Places by name, and their codes: looked up again and again."""

    def places_of(self, claim: Claim) -> Iterator[str]:
        """Codes of the towns and regions that a claim names; none for one that is called as somebody is."""
        for place in claim.places:
            if place.precision != "country" and place.name:
                if place.name not in self.told:
                    self.told[place.name] = place_code(place.name) if self.hide.text(place.name) == place.name else ""
                if self.told[place.name]:
                    yield self.told[place.name]

    @property
    def connection(self) -> Any:
        return self.kept.connection


def _make(work: _Work, sources: set[str], renamed: _Renamed | None) -> None:
    docs, facts = _renamed(work, renamed)
    come, gone = work.kept.documents(work.runs)
    told = work.kept.docs_of_claims_under(work.runs)
    docs = (docs | come | (told or set())) & set(work.kept.stamps(Document, docs | come | (told or set())))
    facts |= work.kept.facts_in(docs) if work.runs is not None else set()
    _documents(work, sorted(docs), gone)
    _facts(work, facts)
    _happened(work, renamed)
    _refused(work)
    _sources(work, sources, renamed)


def _renamed(work: _Work, renamed: _Renamed | None) -> tuple[set[str], set[str]]:
    """Documents and facts that hold a name which is hidden now and was not, or the other way round."""
    docs: set[str] = set()
    facts: set[str] = set()
    if renamed is None:
        return docs, facts
    for form in sorted(renamed.looked):
        wanted = looked_for(form)
        if wanted.all_of and all(words for words, _ in wanted.all_of):
            found = search.find(work.connection, search.DOCUMENTS, wanted, limit=-1)
            docs |= work.kept.numbered("document", {number // PARTS for number in found})
            facts |= work.kept.numbered("fact", search.find(work.connection, search.FACTS, wanted, limit=-1))
    if renamed.gone:
        for some in _cut(work.kept.documents_that_hide(), _DOCUMENTS):
            hidden = work.kept.hidden_in(some)
            for row in work.writer.read.all(Document, id=some):
                under = (row.text[start:end] for start, end in read_spans(hidden[row.id]))
                if any(renamed.gone.may_stand_in(words) for words in under):
                    docs.add(row.id)
    docs |= set(_shown_otherwise(work, "document", renamed))
    facts |= work.kept.facts_in(docs) | {
        row.partition(":")[2] for row in _shown_otherwise(work, "dated", renamed) if row.startswith(_OF_FACTS)
    }
    return docs, facts


def _shown_otherwise(work: _Work, of: str, renamed: _Renamed | None) -> Iterator[str]:
    """Entries in whose words a name may be hidden now that was not, or the other way round."""
    if renamed is None or not (renamed.come or renamed.gone):
        return
    for row_id, body in list(work.kept.bodies(of)):
        if (renamed.gone and BLOCK in body) or renamed.come.may_stand_in(body):
            yield row_id


def _documents(work: _Work, docs: Sequence[str], gone: Collection[str]) -> None:
    numbers = work.kept.take_documents({*docs, *gone})
    search.take(work.connection, search.DOCUMENTS, [(no * PARTS, (no + 1) * PARTS) for no in numbers])
    work.kept.put_dated([], [f"document:{doc}" for doc in gone])
    done = 0
    for some in _cut(docs, _DOCUMENTS):
        rows = work.writer.read.all(Document, id=some)
        claims: dict[str, list[Claim]] = {}
        for claim in work.writer.read.all(Claim, doc=some):
            claims.setdefault(claim.doc, []).append(claim)
        stamps = work.kept.stamps(Document, some)
        free = work.kept.free("document", {row.id: document_number(row.published or "", row.id) for row in rows})
        entries, dated, units = [], [], list[tuple[int, list[str]]]()
        for row in rows:
            hidden = hidden_spans(row.text, work.hide.names) if work.hide.names or work.hide.gone else []
            mine = claims.get(row.id, [])
            line = document_line(row, claims=len(mine), hide=work.hide)
            dated.append(_dated_document(line, stamps[row.id]))
            marks = document_marks(row, mine, year=dated[-1].year, places_of=work.places_of)
            entries.append(document_entry(row, line, no=free[row.id], stamp=stamps[row.id], hidden=hidden, marks=marks))
            title = line.ref.title if line.ref.titled else ""
            units += document_units(free[row.id], title, cover(row.text, hidden), marks)
        search.put(work.connection, search.DOCUMENTS, units)
        work.kept.put_documents(entries)
        work.kept.put_dated(dated, ())
        done += len(some)
        work.progress("listing documents", done, len(docs))


def document_line(row: Document, *, claims: int, hide: RowMask) -> DocumentLine:
    """A document in one line of a list, names hidden."""
    line = DocumentLine(ref=document_ref(row), claims=claims, length=len(row.text), appearances=len(row.appearances))
    return hide.row(line)


def _dated_document(line: DocumentLine, stamp: tuple[str, str]) -> DatedEntry:
    label = f"{line.ref.publisher}: {line.ref.title}" if line.ref.publisher else line.ref.title
    return dated_entry("document", line.ref.id, edtf=line.ref.published_edtf, label=label, link=f"/documents/{line.ref.id}", stamp=stamp)


def _facts(work: _Work, more: set[str]) -> None:
    kept = work.kept
    come, gone = kept.facts(work.runs)
    new, old = kept.relations(work.runs)
    ends = {end for row in (*new, *old) for end in (row.fact, row.other)}
    near = {end for pair in kept.supersessions(come | gone | more) for end in pair}
    kept.put_relations(new, [row.id for row in old])
    redo = come | more | ends
    redo |= kept.bearing_on(redo | gone)
    redo &= set(kept.stamps(Fact, redo))
    numbers = kept.take_facts({*redo, *gone})
    search.take(kept.connection, search.FACTS, [(no, no + 1) for no in numbers])
    kept.put_dated([], [f"{lane}{fact}" for fact in gone | redo for lane in _OF_FACTS])
    done, ordered = 0, sorted(redo)
    for some in _cut(ordered, _FACTS):
        _some_facts(work, some)
        done += len(some)
        work.progress("listing facts", done, len(ordered))
    _heads(kept, redo | ends | near)


def _some_facts(work: _Work, ids: Sequence[str]) -> None:
    read = work.writer.read
    facts = read.all(Fact, id=ids)
    claims = {row.id: row for row in read.all(Claim, id=sorted({claim for fact in facts for claim in fact.claims}))}
    hidden = work.kept.hidden_in({row.doc for row in claims.values()})
    quick = _Quick(hide=work.hide, hidden={doc: read_spans(spans) for doc, spans in hidden.items()})
    lines = fact_lines(read.hiding(quick.row), [work.hide.row(fact) for fact in facts])
    stamps, origins = work.kept.stamps(Fact, ids), work.kept.stamps(Origins, ids)
    free = work.kept.free("fact", {fact.id: fact_number(fact) for fact in facts})
    denials = [fact for fact in facts if is_denial(fact)]
    published = read.published({claims[row].doc for fact in denials for row in fact.claims if row in claims})
    entries, units, dated = [], [], list[DatedEntry]()
    for fact, line in zip(facts, lines, strict=True):
        mine = [claims[row] for row in fact.claims if row in claims]
        tags = tags_of(line.family, mine, places_of=work.places_of)
        counted = origins.get(fact.id, ("", ""))[1]
        entries.append(fact_entry(fact, line, mine, no=free[fact.id], stamp=stamps[fact.id], origins=counted, tags=tags))
        quotes = (quick.row(row).quote for row in mine)
        units.append((entries[-1].no, fact_words(line.label, quotes, _marks(entries[-1], line))))
        dated += _dated_fact(fact, line, claims, published, stamp=stamps[fact.id])
    work.kept.put_facts(entries)
    work.kept.put_dated(dated, ())
    search.put(work.connection, search.FACTS, units)


def _dated_fact(
    fact: Fact, line: FactLine, claims: Mapping[str, Claim], published: Mapping[str, str], *, stamp: tuple[str, str]
) -> Iterator[DatedEntry]:
    """A number by what it holds for, a denial by when it was said."""
    link = f"/facts/{fact.id}"
    if fact.measure and fact.as_of and not fact.opinion:
        yield dated_entry("count", fact.id, edtf=fact.as_of, label=line.label, link=link, stamp=stamp)
    if is_denial(fact):
        edtf, basis = said_on(fact, claims, published)
        yield dated_entry("denial", fact.id, edtf=edtf, label=line.label, link=link, stamp=stamp, country=fact.country, code=basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quick:
    """Hides names in rows as `RowMask` does, but takes a document's hidden stretches from the catalogue, where they stand already."""

    hide: RowMask
    hidden: Mapping[str, Sequence[tuple[int, int]]]

    def row(self, row: Any) -> Any:
        if isinstance(row, Claim) and row.doc in self.hidden:
            inside = ((max(start, row.start), min(end, row.end)) for start, end in self.hidden[row.doc])
            return replace(row, quote=cover(row.quote, [(start - row.start, end - row.start) for start, end in inside if start < end]))
        return self.hide.row(row)


def _marks(entry: FactEntry, line: FactLine) -> set[str]:
    """What a fact is chosen by."""
    found = {mark("kind", entry.kind), mark("section", entry.section), mark("origins", number_of_origins(line))}
    found |= {mark("country", entry.country)} if entry.country else set()
    found |= {mark("year", str(entry.year))} if entry.year else set()
    return found | {mark(scheme, code) for scheme, code in entry.tags}


def number_of_origins(line: FactLine) -> str:
    """How many independent origins a fact is shown to have: `0`, `1`, `2` for two or more, `apart` where they are not counted."""
    return str(min(line.min, 2)) if line.counted else "apart"


def _heads(kept: CatalogueWriter, facts: set[str]) -> None:
    """Which fact stands for each of these and of all that they supersede or are superseded by."""
    around, edges, ask = set(facts), set[tuple[str, str]](), set(facts)
    while ask:
        found = set(kept.supersessions(ask))
        edges |= found
        ask = {end for pair in found for end in pair} - around
        around |= ask
    there = {fact for fact, (section, _) in kept.sections(around).items() if section != OPINION}
    kept.put_heads({**dict.fromkeys(there, ""), **heads_of(there, edges)})


def _happened(work: _Work, renamed: _Renamed | None) -> None:
    """Incidents and responses."""
    told = set(_shown_otherwise(work, "dated", renamed))
    kinds: tuple[tuple[str, type[Incident | Response]], ...] = (("incident", Incident), ("response", Response))
    for lane, kind in kinds:
        come, gone = work.kept.happened(lane, work.runs)
        come |= {row.partition(":")[2] for row in told if row.startswith(f"{lane}:")} - gone
        work.kept.put_dated([], [f"{lane}:{row}" for row in gone])
        for some in _cut(sorted(come), _FACTS):
            work.kept.put_dated(list(_dated_things(work, kind, some)), ())


def _dated_things(work: _Work, kind: type[Incident | Response], ids: Sequence[str]) -> Iterator[DatedEntry]:
    rows = work.writer.read.all(kind, id=ids)
    facts = work.writer.read.facts_of({claim for row in rows for claim in row.claims})
    stamps = work.kept.stamps(kind, ids)
    for row in map(work.hide.row, rows):
        mine = sorted({fact for claim in row.claims for fact in facts.get(claim, [])})
        link = f"/facts/{mine[0]}" if mine else ""
        if isinstance(row, Incident):
            place = f" ({row.place or country_of(row.country)})" if row.country else ""
            yield dated_entry(
                "incident", row.id, edtf=row.period, label=row.label + place, link=link, stamp=stamps[row.id], country=row.country
            )
        else:
            where = f"{country_of(row.country)}: " if row.country else ""
            label = where + label_of(row.code)
            yield dated_entry(
                "response", row.id, edtf=row.date, label=label, link=link, stamp=stamps[row.id], country=row.country, code=row.code
            )


def _refused(work: _Work) -> None:
    come, gone = work.kept.refused(work.runs)
    work.kept.put_refused([], {}, gone)
    for some in _cut(sorted(come), _FACTS):
        rows = work.writer.read.all(Rejected, id=some)
        stamps = work.kept.stamps(Rejected, some)
        names = {row.id: row.first.file for row in work.writer.read.all(Document, id=sorted({row.doc for row in rows if row.doc}))}
        entries = []
        for row in rows:
            hidden = work.hide.row(replace(row, doc=names.get(row.doc, row.doc)))
            entries.append(refused_entry(row, file=hidden.doc, stamp=stamps[row.id]))
        reasons = {reason_id(row): (row.stage, key_text(work.hide.text(row.reason), None)) for row in rows}
        work.kept.put_refused(entries, reasons, ())


def _sources(work: _Work, sources: set[str], renamed: _Renamed | None) -> None:
    told = {*sources, *_shown_otherwise(work, "source", renamed)} if renamed is not None else work.kept.everything("sources")
    for some in _cut(sorted(told), _FACTS):
        work.kept.put_sources([source_entry(line) for line in plain_source_lines(work.writer.read.hiding(work.hide.row), some)])


def _cut(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
