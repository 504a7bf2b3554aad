"""A case with one fact of five hundred nodes: four hundred documents, sixty voices, forty origins. Every name is invented."""

from __future__ import annotations

import random
from pathlib import Path

from web_samples import claim, document, fact, link, origins

from armslength.base.clock import FixedClock
from armslength.base.ids import digest
from armslength.model.claims import Dated
from armslength.model.evidence import Collection, Document, Source, Span
from armslength.model.facts import Fact, LineageEdge, OriginGroup
from armslength.model.outcome import StageRun
from armslength.store.case import Case, create_case
from armslength.store.write import writing

DOCUMENTS, VOICES, ORIGINS = 400, 60, 40
_PAPERS = ("Harbour Herald", "Northern Post", "Daily Ledger", "Quay Gazette", "Evening Mail")
_BODIES = ("Society for Open Harbours", "Institute of Port Studies", "Union of Dockers", "Office of Maritime Affairs")


def large_case(folder: Path, clock: FixedClock) -> Case:
    """Write it."""
    case = create_case(folder, name="Five hundred nodes", clock=clock, actor="tester")
    chance = random.Random(11)
    documents = [_document(place) for place in range(DOCUMENTS)]
    ends = [chance.randrange(ORIGINS) if place % 31 else -1 for place in range(DOCUMENTS)]
    claims = [_claim(doc, end, chance) for doc, end in zip(documents, ends, strict=True)]
    found = fact(
        "At least 54 contact offices abroad", "quantity.site_count", claims,
        measure="sites.worldwide", value=54, comparator=">=", low=54, as_of="2024-09",
    )  # fmt: skip
    groups = [
        OriginGroup(
            label=f"{_BODIES[number % 4]}, branch {number}",
            claims=tuple(row.id for row, end in zip(claims, ends, strict=True) if end == number),
            interested=number % 3 == 0,
        )
        for number in range(ORIGINS)
    ]
    hidden = tuple(row.id for row, end in zip(claims, ends, strict=True) if end < 0)
    counted = origins(found, 12, ORIGINS, groups, unknown=len(hidden), apparent=35)
    edges = [_edge(documents[place], documents[max(0, place - chance.randint(1, 30))]) for place in range(1, DOCUMENTS, 2)]
    with writing(case, clock=clock, actor="tester") as writer:
        for doc in documents:
            _acquire(writer, doc)
        for stage, rows in {"ingest": documents, "extract": claims, "resolve": [found], "lineage": [counted, *edges]}.items():
            writer.put(StageRun(id=stage, version="1", input_hash="0" * 64, output_hash=""), rows)
    return case


def the_fact(rows: list[Fact]) -> str:
    """Its id."""
    return rows[0].id


def _document(place: int) -> Document:
    body = _BODIES[place % 4]
    text = (
        f"The {body} told the {_PAPERS[place % 5]} what it had counted. There are at least 54 contact offices abroad, said the {body}, "
        f"branch {place % ORIGINS}, in its statement number {place}, which repeats what others had put online. No office answered."
    )
    publisher = f"The {_PAPERS[place % 5]} of Port {place % 7}"
    day = f"2024-09-{place % 28 + 1:02}"
    title = f"Contact offices abroad: the count, part {place}"
    return document(f"{place}.html", title, publisher, day, [("title", title), ("paragraph", text)])


def _claim(doc: Document, end: int, chance: random.Random) -> object:
    speakers = [(end * 2 + chance.randint(0, 3)) % VOICES for _ in range(chance.randint(0, 2))]
    names = [f"{_BODIES[number % 4]}, speaker {number}" for number in speakers]
    chain = [link(doc, name, "organisation", latent=True) for name in dict.fromkeys(names)] if end >= 0 else []
    return claim(
        doc,
        "There are at least 54 contact offices abroad",
        "quantity.site_count",
        chain,
        number=("sites.worldwide", 54, ">=", "offices"),
        as_of=Dated(edtf="2024-09", basis="stated"),
    )


def _edge(later: Document, earlier: Document) -> LineageEdge:
    spans = tuple(
        Span(doc=doc.id, start=doc.text.index("There are"), end=doc.text.index("abroad,"), quote=_words(doc)) for doc in (later, earlier)
    )
    return LineageEdge(
        id=digest("edge", later.id, earlier.id), from_id=later.id, to_id=earlier.id, level="document", kind="near_copy",
        evidence=spans, why="Nearly all words are the same.",
    )  # fmt: skip


def _words(doc: Document) -> str:
    return doc.text[doc.text.index("There are") : doc.text.index("abroad,")]


def _acquire(writer: object, doc: Document) -> None:
    data = doc.text.encode()
    source = Source(id=doc.first.source, size=len(data), media_type="text/html")
    act = Collection(
        id=digest("collection", source.id), source=source.id, file=doc.first.file, method="upload",
        collected_at="2026-01-02T03:04:05.000006Z", clock="fixed", collector="tester", tool="armslength", tool_version="0",
    )  # fmt: skip
    writer.add_source(data, source=source, collection=act)  # type: ignore[attr-defined]
