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
from armslength.base.engine import silent
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.lineage.documents import ONE_TEXT
from armslength.lineage.judged import ADD, STATES, edge_id
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.pipeline.cataloguing import catalogue
from armslength.pipeline.engines import engine_for
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.runner import run_stages
from armslength.pipeline.signing import Hand, judge
from armslength.pipeline.stages import STAGES
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
class Changed:
    """A fact whose origins are counted otherwise now: (min, max, unknown)."""

    fact: str
    label: str
    before: tuple[int, int, int]
    after: tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A judgement and what came of it."""

    judgement: Judgement
    changed: tuple[Changed, ...]


def judge_edge(folder: Path, edge: str, *, decision: str, reason: str, hand: Hand, clock: Clock) -> Decided:
    """Confirm (`accept`) or dispute (`dispute`) an edge, named by the first characters of its id, and count again what hangs on it."""
    if decision not in STATES:
        raise InputError(f"{decision!r} is no decision about an edge; it can be {', '.join(STATES)}.")
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        found = find_by_prefix(writer.read, LineageEdge, edge, word="edge")
        return _decide(writer, hand, target=found.id, decision=decision, reason=reason, value="", clock=clock)


def add_edge(folder: Path, ends: tuple[str, str], *, level: str, kind: str, reason: str, hand: Hand, clock: Clock) -> Decided:
    """Add an edge between two claims or documents that only people know of. Its evidence is the passages themselves."""
    if kind not in KINDS.get(level, ()):
        known = "; ".join(f"{name}: {', '.join(kinds)}" for name, kinds in KINDS.items())
        raise InputError(f"There is no edge {kind!r} between {level}s. Kinds are, by level: {known}.")
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        one, two = (find_by_prefix(writer.read, LEVELS[level], end, word=level) for end in ends)
        if one.id == two.id:
            raise InputError(f"Both ends are the same {level}; an edge needs two.")
        evidence = [[row.doc, row.start, row.end, row.quote] for row in (one, two) if isinstance(row, Claim)]
        high, low = max(one.id, two.id), min(one.id, two.id)
        value = json.dumps({"level": level, "kind": kind, "from": high, "to": low, "evidence": evidence}, ensure_ascii=False)
        target = edge_id(level, kind, one.id, two.id)
        return _decide(writer, hand, target=target, decision=ADD, reason=reason, value=value, clock=clock)


def _decide(writer: Writer, hand: Hand, *, target: str, decision: str, reason: str, value: str, clock: Clock) -> Decided:
    before = _counts(writer.read)
    row = judge(writer, hand, target=target, decision=decision, reason=reason, clock=clock, value=value)
    carry_out(writer)
    after = _counts(writer.read)
    labels = {fact.id: fact.label for fact in writer.read.all(Fact)}
    changed = (Changed(fact=fact, label=labels[fact], before=before[fact], after=after[fact]) for fact in sorted(after.keys() & before))
    return Decided(judgement=row, changed=tuple(one for one in changed if one.before != one.after))


def carry_out(writer: Writer) -> None:
    """Make everything that rests on judgements anew."""
    settings = Settings()
    with engine_for(settings) as engine:
        run_stages(writer, engine=engine, settings=settings, progress=silent, stages=STAGES)
    catalogue(writer)


def _counts(reader: Reader) -> dict[str, tuple[int, int, int]]:
    return {row.id: (row.min, row.max, row.unknown) for row in reader.all(Origins)}
