"""What people decide about the edges between passages and texts, and what it changes.

In:  a case, an edge or the two ends of a new one, a decision with its reason and the reviewer's hand.
Out: the judgement, kept and logged; the facts whose count of origins it changed, before and after.
Never: decides anything itself; edits an earlier judgement: a later one supersedes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.lineage.documents import ONE_TEXT
from armslength.lineage.judged import STATES, edge_id
from armslength.model.claims import Claim
from armslength.model.decisions import ADD, Judgement
from armslength.model.evidence import Document
from armslength.model.facts import LineageEdge
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.remaking import Changed, compared
from armslength.pipeline.signing import Hand, Said, signed_row
from armslength.store.case import open_case
from armslength.store.read import Reader
from armslength.store.write import Writer, writing

LEVELS: Mapping[str, type[Claim | Document]] = {"claim": Claim, "document": Document}
KINDS = {
    "claim": (
        "quotation",
        "citation",
        "same_speaker",
        "same_interview",
        "same_organisation",
        "same_owner",
        "press_release",
        "relayed_figure",
        "shared_error",
        "common_source",
    ),
    "document": tuple(sorted(ONE_TEXT)),
}
"""Kinds of edges that people may add, by level: those of documents make two documents one text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A judgement and what came of it."""

    judgement: Judgement
    changed: tuple[Changed, ...]


def judge_edge(folder: Path, edge: str, *, decision: str, reason: str, hand: Hand, clock: Clock) -> Decided:
    """Confirm (`accept`) or dispute (`dispute`) an edge, named by the first characters of its id, and count again what hangs on it."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        return _decide(writer, hand, said_of_edge(writer.read, edge, decision=decision), reason=reason, clock=clock)


def add_edge(folder: Path, ends: tuple[str, str], *, level: str, kind: str, reason: str, hand: Hand, clock: Clock) -> Decided:
    """Add an edge between two claims or documents that only people know of. Its evidence is the passages themselves."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        return _decide(writer, hand, said_of_new_edge(writer.read, ends, level=level, kind=kind), reason=reason, clock=clock)


def said_of_edge(reader: Reader, edge: str, *, decision: str) -> Said:
    """What is said of an edge. Raises InputError for one that is not there, and for what cannot be said."""
    if decision not in STATES:
        raise InputError(f"{decision!r} is no decision about an edge; it can be {', '.join(STATES)}.")
    return Said(target=find_by_prefix(reader, LineageEdge, edge, word="edge").id, decision=decision)


def said_of_new_edge(reader: Reader, ends: tuple[str, str], *, level: str, kind: str) -> Said:
    """What is said of an edge that only people know of. Raises InputError for a kind or ends that cannot be."""
    if kind not in KINDS.get(level, ()):
        known = "; ".join(f"{name}: {', '.join(kinds)}" for name, kinds in KINDS.items())
        raise InputError(f"There is no edge {kind!r} between {level}s. Kinds are, by level: {known}.")
    one, two = (find_by_prefix(reader, LEVELS[level], end, word=level) for end in ends)
    if one.id == two.id:
        raise InputError(f"Both ends are the same {level}; an edge needs two.")
    evidence = [[row.doc, row.start, row.end, row.quote] for row in (one, two) if isinstance(row, Claim)]
    high, low = max(one.id, two.id), min(one.id, two.id)
    value = json.dumps({"level": level, "kind": kind, "from": high, "to": low, "evidence": evidence}, ensure_ascii=False)
    return Said(target=edge_id(level, kind, one.id, two.id), decision=ADD, value=value)


def _decide(writer: Writer, hand: Hand, said: Said, *, reason: str, clock: Clock) -> Decided:
    row = signed_row(writer, said, hand=hand, reason=reason, clock=clock)
    return Decided(judgement=row, changed=compared(writer, row).changed)
