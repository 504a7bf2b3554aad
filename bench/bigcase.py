"""A large case, written row by row: `python bench/bigcase.py FOLDER [DOCUMENTS] [--encrypted | --database URL] [--resolved]`.

In:  how many documents; about ten times as many claims are told in them (`bigtold.py`). The same number gives the same rows.
Out: a case with sources, documents, claims, entities, sites, incidents, responses, facts, lineage, origins, relations and refused rows,
     as stages would have written them, so that every page has something to show and `verify` passes.
Never: reads a text, or stands for what a real case says: its facts are as many claims as were drawn. With `--resolved` the stages
     themselves make what stands behind the claims: slower, but such a case can be judged and made anew.

Half of the facts rest on one claim, most others on a few, one in five hundred on 80 to 400.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path
from unittest.mock import patch

from bigtold import CLAIMS, FORMS, Story, story, tell

from armslength.base.clock import FixedClock
from armslength.base.engine import silent
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.model.claims import Claim
from armslength.model.evidence import Collection, Document, Missing, Source, Span
from armslength.model.facts import Fact, LineageEdge, OriginGroup, Origins, Relation
from armslength.model.outcome import StageRun, rejected
from armslength.model.things import Entity, Incident, Response, Site
from armslength.pipeline.cataloguing import catalogue
from armslength.pipeline.engines.one_process import OneProcess
from armslength.pipeline.stages import STAGES
from armslength.store.case import Case, create_case
from armslength.store.locks import in_key_file
from armslength.store.write import Writer, writing

CLOCK = FixedClock(at=datetime(2026, 1, 1, tzinfo=UTC))
ACTOR = "bench"
BATCH = 1000
"""Documents, or facts, that stand under one run."""
DOCUMENTS = 100_000
_WIDEST = 400
_GROUPS = 6
_NEAR = 20_000
"""Claims among which the stories are shuffled: a story is told within two thousand documents."""

Passage = tuple[str, str, int, int, str]
"""A claim as far as the rows behind it need it: id, document, start, end, quote."""


@dataclass(slots=True)
class Told:
    """What was written so far, as far as the rows behind the claims need it."""

    of_story: dict[int, list[Passage]] = field(default_factory=lambda: defaultdict(list))
    """Story to its claims."""
    voices: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = field(default_factory=dict)
    """Kind and name of a voice to its mentions and claims."""
    publishers: dict[str, str] = field(default_factory=dict)
    """Document to its publisher."""
    joined: set[tuple[str, str]] = field(default_factory=set)
    """Documents that have an edge already."""

    def note(self, number: int, document: Document, claim: Claim) -> None:
        self.of_story[number].append((claim.id, claim.doc, claim.start, claim.end, claim.quote))
        for kind, name, mention in {
            *((row.kind, row.name, row.mention) for row in claim.attribution),
            *((row.kind, row.name, row.mention) for row in claim.parties),
        }:
            key = ("media", document.publisher or "") if kind == "author" else (kind, name)
            mentions, claims = self.voices.setdefault(key, ({}, {}))
            mentions[mention] = claims[claim.id] = None


def main() -> int:
    asked = argparse.ArgumentParser(description="A large case for benchmarks.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("documents", type=int, nargs="?", default=DOCUMENTS)
    asked.add_argument("--encrypted", action="store_true")
    asked.add_argument("--database")
    asked.add_argument("--resolved", action="store_true")
    said = asked.parse_args()
    start = time.perf_counter()
    case = make_case(said.folder, said.documents, database=said.database, encrypted=said.encrypted, resolved=said.resolved)
    print(f"{case.folder}: {said.documents:,} documents in {time.perf_counter() - start:.0f} s")
    return 0


def make_case(folder: Path, documents: int, *, database: str | None = None, encrypted: bool = False, resolved: bool = False) -> Case:
    """Write a case of so many documents into a new folder, or its rows into a PostgreSQL database."""
    lock = in_key_file if encrypted else None
    case = create_case(folder, name=f"A case of {documents:,} documents", clock=CLOCK, actor=ACTOR, database=database, lock=lock)
    # What can be made again need not outlive a power cut.
    with patch("os.fsync"), writing(case, clock=CLOCK, actor=ACTOR) as writer:
        told = fill(writer, documents)
        if resolved:
            resolve(writer)
        else:
            for name, rows in behind(told, documents):
                put(writer, name, rows)
        catalogue(writer)
    return case


def fill(writer: Writer, documents: int) -> Told:
    """Write sources, documents, claims and what was refused."""
    out = Told()
    drawn = iter(slots(documents))
    known: dict[int, Story] = {}
    for begun in range(0, documents, BATCH):
        rows: list[Document] = []
        claims: list[Claim] = []
        for number in range(begun, min(begun + BATCH, documents)):
            numbers = list(dict.fromkeys(islice(drawn, CLAIMS)))
            known |= {one: story(one, documents) for one in numbers if one not in known}
            document, found = tell(number, [known[one] for one in numbers], documents)
            rows.append(document)
            claims += found
            for one, claim in zip(numbers, found, strict=True):
                out.note(one, document, claim)
            out.publishers[document.id] = document.publisher or ""
        name = f"{begun // BATCH:04}"
        with writer.together():
            for document in rows:
                acquire(writer, document)
            put(writer, f"ingest:{name}", [*rows, rejected("ingest", "The file is damaged: it ends after 40 bytes.", doc=f"{name}.pdf")])
            put(writer, f"extract:{name}", [*claims, *refused(rows)])
        progress("documents", begun + len(rows), documents)
    return out


def slots(documents: int) -> list[int]:
    """The story that each claim tells, in the order of the documents. The sizes of stories are very uneven."""
    chance = random.Random(documents)
    total = documents * CLAIMS
    out: list[int] = []
    number = 0
    while len(out) < total:
        draw = chance.random()
        size = 1
        for floor, low, high in ((0.55, 2, 5), (0.85, 6, 20), (0.97, 20, 80), (0.998, 80, _WIDEST)):
            size = chance.randint(low, high) if draw >= floor else size
        out += [number] * (min(_WIDEST, documents // 2) if number == 0 else min(size, max(1, documents // 3)))
        number += 1
    del out[total:]
    return [one for start in range(0, total, _NEAR) for one in chance.sample(out[start : start + _NEAR], len(out[start : start + _NEAR]))]


def acquire(writer: Writer, document: Document) -> None:
    data = document.text.encode()
    first = document.first
    act = Collection(
        id=digest("collection", first.source),
        source=first.source,
        file=first.file,
        method="upload",
        collected_at="2026-01-01T00:00:00.000000Z",
        clock="fixed",
        collector=ACTOR,
        tool="bench",
        tool_version="1",
        title=first.title,
        publisher=first.publisher,
        missing=(Missing(field="requested_url", reason="the file was handed over, not fetched"),),
    )
    writer.add_source(data, source=Source(id=first.source, size=len(data), media_type="text/plain"), collection=act)


def put(writer: Writer, name: str, rows: Iterable[object]) -> None:
    writer.put(StageRun(id=name, version="1", input_hash="0" * 64, output_hash=""), rows)


def refused(rows: Iterable[Document]) -> Iterator[object]:
    """Two refused stretches a document."""
    for document in rows:
        for place, block in enumerate(document.blocks[1:3]):
            reason = ("A number that belongs to the page, not to the report.", "Nobody is named who says it, and the words are a wish.")[
                place
            ]
            yield rejected("extract", reason, doc=document.id, start=block.start, end=block.end)


def resolve(writer: Writer) -> None:
    """Let the stages behind the claims run."""
    for stage in STAGES:
        if stage.name not in {"ingest", "extract"}:
            stage.run(writer, engine=OneProcess(), settings=Settings(), progress=silent)
            progress(stage.name, 1, 1)


def behind(told: Told, documents: int) -> Iterator[tuple[str, Iterator[object]]]:
    """Name of a run and its rows: everything that stands on claims."""
    entities = {key: digest("entity", *key) for key in told.voices}
    yield "resolve:entities", _entities(told, entities)
    numbers = sorted(told.of_story)
    for begun in range(0, len(numbers), BATCH):
        mine = [(story(number, documents), told.of_story[number]) for number in numbers[begun : begun + BATCH]]
        yield f"resolve:{begun // BATCH:04}", _things(mine, entities)
        yield f"lineage:{begun // BATCH:04}", _lineage(mine, told)
        progress("facts", begun + len(mine), len(numbers))


def _entities(told: Told, ids: dict[tuple[str, str], str]) -> Iterator[object]:
    for place, ((kind, name), (mentions, claims)) in enumerate(told.voices.items()):
        hidden = kind == "person"
        label = f"Person {chr(65 + place % 26)}{place % 10}-{place}" if hidden else name
        yield Entity(
            id=ids[kind, name], kind=kind, label=label, aliases=(), protected=hidden, mentions=tuple(mentions), claims=tuple(claims),
            interested=kind == "government" and place % 2 == 0, why=("The same name in all of them.",),
        )  # fmt: skip


def fact_id(number: int) -> str:
    return digest("fact", number)


def _things(mine: list[tuple[Story, list[Passage]]], entities: dict[tuple[str, str], str]) -> Iterator[object]:
    for one, claims in mine:
        ids = tuple(row[0] for row in claims)
        kind, town = one.form.kind, one.town
        counted = kind == "quantity.site_count"
        yield Fact(
            id=fact_id(one.number), kind=kind, label=one.label, claims=ids, documents=tuple(sorted({row[1] for row in claims})),
            opinion=kind == "assessment", measure=one.measure if counted else "", value=one.value if counted else None,
            comparator=">=" if counted else "", low=one.value if counted else None, as_of=one.date, country=one.country,
            counter=entities[one.form.voice, one.voice] if counted else "", why=("The same kind, place and month.",),
        )  # fmt: skip
        name = digest("thing", one.number)
        if kind.startswith("incident"):
            yield Incident(
                id=name, label=one.label, country=one.country, place=town.name, period=one.date, methods=(one.method,),
                outcomes=("OUT.threatened",), claims=ids,
            )  # fmt: skip
        elif kind.startswith("govt_response"):
            authority = entities["government", one.voice]
            yield Response(id=name, label=one.label, code=one.code, country=one.country, authority=authority, date=one.date, claims=ids)
        elif kind.startswith("site"):
            yield Site(
                id=name, label=f"An office in {town.name}", type="SITE.ty.police", country=one.country, place=town.name,
                geonames=town.geonames, claims=ids,
            )  # fmt: skip


def _lineage(mine: list[tuple[Story, list[Passage]]], told: Told) -> Iterator[object]:
    for one, claims in mine:
        chance = random.Random(f"lineage {one.number}")
        ids = [row[0] for row in claims]
        size = min(chance.randint(1, _GROUPS), len(ids))
        groups = tuple(
            OriginGroup(label=f"{one.voice or 'source not named'} {place}", claims=tuple(ids[place::size])) for place in range(size)
        )
        opinion = one.form.kind == "assessment"
        publishers = len({told.publishers[row[1]] for row in claims})
        why = ("All of them name the same body as where it comes from.",) if len(ids) > 1 else ()
        yield Origins(
            id=fact_id(one.number), min=0 if opinion else chance.randint(1, size), max=0 if opinion else size, unknown=0,
            apparent=publishers, groups=() if opinion else groups, why=why,
        )  # fmt: skip
        yield from _relations(one, chance)
        for earlier, later in pairwise(claims):
            pair = (later[1], earlier[1])
            if earlier[1] != later[1] and chance.random() < 0.5:
                yield _edge(later, earlier, whole=pair not in told.joined and chance.random() < 0.2)
                told.joined.add(pair)


def _relations(one: Story, chance: random.Random) -> Iterator[Relation]:
    """To an earlier story of the kind that fits. The first stories are told by many, so that some facts have many relations."""
    kind = one.form.kind.partition(".")[0]
    type_, step = {"quantity": ("supersedes", len(FORMS)), "denial": ("denies", 1), "legal": ("contradicts", 2)}.get(kind, ("", 0))
    if not type_ or chance.random() < 0.6:
        return
    other = one.number - step * chance.randint(1, 3)
    if other >= 0:
        reason = "The same counter, for a later date." if type_ == "supersedes" else "It says that this is not so."
        yield Relation(
            id=digest("relation", type_, one.number, other), type=type_, fact=fact_id(one.number), other=fact_id(other), reason=reason
        )


def _edge(later: Passage, earlier: Passage, *, whole: bool) -> LineageEdge:
    a, b = (later[1], earlier[1]) if whole else (later[0], earlier[0])
    evidence = tuple(Span(doc=row[1], start=row[2], end=row[3], quote=row[4]) for row in (later, earlier))
    kind, why = ("rewrite", "Most words are the same.") if whole else ("common_source", "Both name the same body.")
    return LineageEdge(
        id=digest("edge", kind, a, b), from_id=a, to_id=b, level="document" if whole else "claim", kind=kind, evidence=evidence, why=why
    )


def progress(what: str, done: int, total: int) -> None:
    print(f"{what}: {done:,} of {total:,}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
