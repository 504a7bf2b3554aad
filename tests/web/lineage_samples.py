"""Lineages made by hand, as large as wanted. Every name is invented."""

from __future__ import annotations

import random

from armslength.base.ids import digest
from armslength.pipeline.views.lineage import GroupView, LineageView, Strand, Tie, VoiceRef
from armslength.pipeline.views.passages import DocumentRef

_HEADLINES = (
    "Number of contact offices doubles in new count",
    "What are the Karst offices, and who pays for the people who sit in them day after day?",
    "一座城市里的联络站",
    "Karst",
)


def paper(place: int) -> DocumentRef:
    """A document."""
    return DocumentRef(
        id=digest("paper", place),
        title=f"{_HEADLINES[place % 4]} {place}",
        titled=True,
        publisher=f"The {('Harbour', 'Northern', 'Daily', 'Quay')[place % 4]} Herald No. {place % 37}",
        published="12 September 2024",
        published_edtf="2024-09-12",
        lang="en",
        file=f"{place}.html",
        source=digest("source", place),
        url="",
    )


def lineage(documents: int, voices: int, origins: int, *, established: int = 3, seed: int = 7) -> LineageView:
    """So many documents, each with one passage that goes through one or two voices to one origin; the last ones to none."""
    chance = random.Random(seed)
    papers = [paper(place) for place in range(documents)]
    names = [f"Voice of the {('Society', 'Office', 'Institute', 'Bureau')[place % 4]} {place}" for place in range(voices)]
    strands = []
    for place, one in enumerate(papers):
        end = 0 if place % 29 == 28 else chance.randint(1, origins)
        through = tuple(dict.fromkeys(names[(end * 3 + step * chance.randint(1, 2)) % voices] for step in range(chance.randint(0, 2))))
        strands.append(
            Strand(number=place + 1, claim=digest("claim", place), document=one.id, voices=through if voices else (), origin=end)
        )
    ties = tuple(
        Tie(
            id=digest("tie", place),
            kind="near copy",
            level="document",
            documents=(papers[place].id, papers[max(0, place - chance.randint(1, 9))].id),
            passages=(),
            state=("machine", "confirmed", "disputed")[place % 3],
        )
        for place in range(1, documents, 2)
    )
    groups = tuple(group(number, strands, established=number <= established) for number in range(1, origins + 1))
    known = {name for strand in strands for name in strand.voices}
    return LineageView(
        fact="f" * 64,
        label="At least 54 contact offices abroad",
        articles=f"{documents} articles",
        origins=f"{established} to {origins} origins",
        strands=tuple(strands),
        documents=tuple(papers),
        voices=tuple(
            VoiceRef(name=name, kind="organisation", interested=place % 5 == 0) for place, name in enumerate(names) if name in known
        ),
        groups=groups,
        ties=ties,
    )


def group(number: int, strands: list[Strand], *, established: bool) -> GroupView:
    """One origin with the passages that go back to it."""
    mine = tuple(strand.number for strand in strands if strand.origin == number)
    return GroupView(
        number=number,
        label=f"Interior ministry of Karst, department {number}",
        interested=number % 2 == 0,
        primary_seen=False,
        passages=mine,
        documents=(),
        in_documents=len(mine),
        established=established,
        known=True,
    )
