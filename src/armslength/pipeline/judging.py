"""What people decide about the edges between passages and texts, and what it changes.

In:  a case, an edge or the two ends of a new one, a decision with its reason and the reviewer's pseudonym.
Out: the judgement, kept and logged; the facts whose count of origins it changed, before and after.
Never: decides anything itself; edits an earlier judgement: a later one supersedes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from armslength.base.clock import Clock, stamp
from armslength.base.engine import silent
from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.base.settings import Settings
from armslength.lineage.documents import ONE_TEXT
from armslength.lineage.judged import ADD, STATES, edge_id
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement, standing
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.pipeline.engines import engine_for
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.runner import run_stages
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


def judge_edge(folder: Path, edge: str, *, decision: str, reason: str, settings: Settings, clock: Clock) -> Decided:
    """Confirm (`accept`) or dispute (`dispute`) an edge, named by the first characters of its id, and count again what hangs on it."""
    if decision not in STATES:
        raise InputError(f"{decision!r} is no decision about an edge; it can be {', '.join(STATES)}.")
    with writing(open_case(folder, clock=clock, actor=settings.collector), clock=clock, actor=settings.collector) as writer:
        found = find_by_prefix(writer.read, LineageEdge, edge, word="edge")
        return _decide(writer, judgement_row(writer, found.id, decision, reason, "", settings, clock), settings)


def add_edge(folder: Path, ends: tuple[str, str], *, level: str, kind: str, reason: str, settings: Settings, clock: Clock) -> Decided:
    """Add an edge between two claims or documents that only people know of. Its evidence is the passages themselves."""
    if kind not in KINDS.get(level, ()):
        known = "; ".join(f"{name}: {', '.join(kinds)}" for name, kinds in KINDS.items())
        raise InputError(f"There is no edge {kind!r} between {level}s. Kinds are, by level: {known}.")
    with writing(open_case(folder, clock=clock, actor=settings.collector), clock=clock, actor=settings.collector) as writer:
        one, two = (find_by_prefix(writer.read, LEVELS[level], end, word=level) for end in ends)
        if one.id == two.id:
            raise InputError(f"Both ends are the same {level}; an edge needs two.")
        evidence = [[row.doc, row.start, row.end, row.quote] for row in (one, two) if isinstance(row, Claim)]
        high, low = max(one.id, two.id), min(one.id, two.id)
        value = json.dumps({"level": level, "kind": kind, "from": high, "to": low, "evidence": evidence}, ensure_ascii=False)
        target = edge_id(level, kind, one.id, two.id)
        return _decide(writer, judgement_row(writer, target, ADD, reason, value, settings, clock), settings)


def judgement_row(writer: Writer, target: str, decision: str, reason: str, value: str, settings: Settings, clock: Clock) -> Judgement:
    """A judgement about a target, in the place of the one that stood. Raises InputError where no reason is given."""
    if not reason.strip():
        raise InputError("A judgement needs a reason: it is read by whoever disputes it.")
    before = next((row for row in standing(writer.read.all(Judgement, target=target))), None)
    when = stamp(clock.now())
    return Judgement(
        id=digest("judgement", target, decision, reason, settings.collector, when, before.id if before else ""),
        target=target,
        decision=decision,
        reason=reason.strip(),
        who=settings.collector,
        when=when,
        value=value,
        supersedes=before.id if before else "",
    )


def _decide(writer: Writer, row: Judgement, settings: Settings) -> Decided:
    before = _counts(writer.read)
    writer.decide(row)
    with engine_for(settings) as engine:
        run_stages(writer, engine=engine, settings=settings, progress=silent, stages=STAGES)
    after = _counts(writer.read)
    labels = {fact.id: fact.label for fact in writer.read.all(Fact)}
    changed = (Changed(fact=fact, label=labels[fact], before=before[fact], after=after[fact]) for fact in sorted(after.keys() & before))
    return Decided(judgement=row, changed=tuple(one for one in changed if one.before != one.after))


def _counts(reader: Reader) -> dict[str, tuple[int, int, int]]:
    return {row.id: (row.min, row.max, row.unknown) for row in reader.all(Origins)}
