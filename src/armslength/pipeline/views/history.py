"""The history of a fact: everything that came and everything that was decided, and what was known after each step.

In:  a reading of a case, a fact; the step to look at.
Out: `HistoryView`: the steps, and the fact as it stood at one of them.
Never: shows a step's count where it cannot be made again from the rows of that time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.decisions import ADD, Judgement, level_of, told
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.pipeline.pending import CARRIED_OUT
from armslength.pipeline.snapshots import Snapshot, as_logged
from armslength.pipeline.views import words
from armslength.pipeline.views.cited import cited, refs_of
from armslength.pipeline.views.passages import Passage
from armslength.pipeline.views.related import first_passages
from armslength.pipeline.views.standing import judgement_view, said_in
from armslength.pipeline.views.then import FactThen, came_with, decided_in, fact_now, fact_then, past_of
from armslength.store.log import STAGE_RUN
from armslength.store.read import Reader

QUOTED = 12
"""Passages quoted of a moment; the others are counted."""
MOST = 400
"""Steps of one history; of a longer one the latest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """Something that happened to a fact."""

    seq: int
    """Number of the log entry."""
    when: str
    """In words, UTC."""
    what: str
    """`came`, `judged`, `counted` or `remade`."""
    says: str
    who: str
    reason: str
    judgement: str
    """Its id; empty for what is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThenView:
    """A fact as it stood."""

    label: str
    """Empty where there was no such fact."""
    value: str
    as_of: str
    state: str
    """In words."""
    passages: int
    documents: int
    counted: bool
    origins: str
    """In words."""
    groups: tuple[tuple[str, int, bool], ...]
    """(label of an origin, passages, shown to be independent)."""
    quotes: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryView:
    """What happened to a fact, and what it was at one step."""

    fact: str
    label: str
    steps: tuple[StepView, ...]
    """The earliest first."""
    left_out: int
    at: int
    """Which step is looked at, from 0."""
    then: ThenView
    now: ThenView
    exact: bool
    """Whether the count of this step is known: of the last one it is stored, those of earlier ones are made again, if they can be."""
    day: str
    """Day of the step, `YYYY-MM-DD`: for what was known from publications by then."""


def history_view(reader: Reader, fact: Fact, *, at: int | None = None, step: int | None = None) -> HistoryView | None:
    """The history of a fact, at the log entry `at` or the step `step`; else now, as it is stored. None where there is no such step."""
    steps = _steps(reader, fact)
    left, steps = max(0, len(steps) - MOST), steps[-MOST:]
    place = step if step is not None else len(steps) - 1 if at is None else _at(steps, at)
    if not steps or not 0 <= place < len(steps):
        return None
    now = fact_now(reader, fact)
    earlier = past_of(reader, fact) if place < len(steps) - 1 else None
    entry = reader.exact().get(LogEntry, steps[place].seq)
    return HistoryView(
        fact=fact.id,
        label=fact.label,
        steps=tuple(steps),
        left_out=left,
        at=place,
        then=_then(reader, fact_then(earlier, steps[place].seq) if earlier else now),
        now=_then(reader, now, quoted=0),
        exact=earlier is None or earlier.exact,
        day=entry.time[:10] if entry else "",
    )


def _at(steps: Sequence[StepView], seq: int) -> int:
    """The last step that a log entry has behind it; -1 where it lies before all."""
    return max((place for place, step in enumerate(steps) if step.seq <= seq), default=-1)


def _steps(reader: Reader, fact: Fact) -> list[StepView]:
    judged = list(_judged(reader, fact))
    found = [*_came(reader, fact), *judged, *_counted(reader, [row.seq for row in judged]), *_remade(reader, fact)]
    return sorted(found, key=lambda row: (row.seq, row.what))


def _came(reader: Reader, fact: Fact) -> Iterator[StepView]:
    documents = cited(reader, fact.documents)
    came, refs = came_with(reader, documents), refs_of(reader, documents)
    for doc in sorted(came):
        ref, entry = refs[doc], came[doc]
        by = f", {ref.publisher}" if ref.publisher else ""
        yield _step(entry, "came", f"“{ref.title}”{by} came into the case.", who=entry.actor)


def _step(entry: LogEntry, what: str, says: str, *, who: str, reason: str = "", judgement: str = "") -> StepView:
    return StepView(seq=entry.seq, when=words.moment(entry.time), what=what, says=says, who=who, reason=reason, judgement=judgement)


def _judged(reader: Reader, fact: Fact) -> Iterator[StepView]:
    """Everything that was decided about the fact, its passages, its voices, or what ties them."""
    entries = decided_in(reader).entries
    for row in _concerning(reader.exact(), fact):
        if row.id in entries:
            shown = judgement_view(reader, row)
            yield _step(entries[row.id], "judged", _deed(row), who=shown.who, reason=shown.reason, judgement=row.id)


def _concerning(reader: Reader, fact: Fact) -> list[Judgement]:
    spoken = _spoken_in(as_logged(reader))
    named = {fact.id, *fact.claims}
    if spoken.of_voices:
        claims = reader.all(Claim, id=fact.claims)
        named |= {link.mention for claim in claims for link in claim.attribution}
        named |= {party.mention for claim in claims for party in claim.parties}
    ends = {*fact.claims, *fact.documents}
    named |= {edge for edge, joined in spoken.edges.items() if joined <= ends}
    reached = {row.target for row, ids, _ in spoken.rows if not named.isdisjoint(ids)}
    proposed = {row.id for row, _, _ in spoken.rows if row.target in reached}
    return [row for row, _, finding in spoken.rows if row.target in reached or finding in proposed]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spoken:
    """What all judgements of a case speak of."""

    rows: tuple[tuple[Judgement, frozenset[str], str], ...]
    """Each with the ids that it names, and the finding that it agrees to."""
    edges: Mapping[str, frozenset[str]]
    """Edges that people judged or added, each with what it joins."""
    of_voices: bool
    """Whether any speaks of mentions."""


@lru_cache(maxsize=4)
def _spoken_in(moment: Snapshot) -> _Spoken:
    rows = said_in(moment.reader).rows
    of_edges = {row.target for row in rows if row.decision == ADD or (row.decision in _EDGE and level_of(row) == "edge")}
    edges = moment.reader.all(LineageEdge, id=of_edges)
    return _Spoken(
        rows=tuple((row, frozenset(_spoken(row)), str(told(row).get("finding", ""))) for row in rows),
        edges={edge.id: frozenset((edge.from_id, edge.to_id)) for edge in edges},
        of_voices=any(level_of(row) == "entity" for row in rows),
    )


def _spoken(row: Judgement) -> Iterator[str]:
    """Ids that a judgement names."""
    given = told(row)
    yield row.target
    for name in ("claims", "ids"):
        yield from (str(one) for one in given.get(name, ()) or ())
    for name in ("fact", "target"):
        yield str(given.get(name, ""))


_FINDING = {"finding": "A finding was proposed.", "second": "A second person agreed to a finding."}
_ONE = {"merge": "made one", "split": "taken apart", "withdraw": "given back to what the program and other judgements make of them"}
_ROW = {"accept": "accepted", "reject": "rejected", "edit": "read otherwise"}
_EDGE = {"accept": "confirmed", "dispute": "disputed", "reject": "disputed", "add": "added"}


def _deed(row: Judgement) -> str:
    """What a judgement did, in a sentence."""
    given = told(row)
    level = str(given.get("level", ""))
    if row.decision in _FINDING:
        return _FINDING[row.decision]
    if "ids" in given:
        things = {"fact": "facts", "entity": "voices", "site": "sites", "incident": "incidents"}.get(level, "things")
        return f"Two {things} were {_ONE.get(row.decision, row.decision)}."
    if row.decision in _EDGE and (not level or row.decision == "add"):
        return f"An edge was {_EDGE[row.decision]}."
    what = {"claim": "A passage", "fact": "The fact"}.get(level, "What was said of it" if row.decision == "withdraw" else "It")
    if row.decision == "withdraw":
        return f"{what} was taken back."
    return f"{what} was {_ROW.get(row.decision, row.decision)}."


def _counted(reader: Reader, judged: Sequence[int]) -> Iterator[StepView]:
    """For judgements, when they were carried out."""
    if not judged:
        return
    for entry in reader.exact().all(LogEntry, event=CARRIED_OUT, after=min(judged)):
        upto = int(json.loads(entry.entry)["data"].get("up_to", entry.seq))
        mine = [seq for seq in judged if seq <= upto]
        if mine:
            judged = [seq for seq in judged if seq > upto]
            yield _step(entry, "counted", f"Counted again after {words.plural(len(mine), 'judgement')}.", who="")


def _remade(reader: Reader, fact: Fact) -> Iterator[StepView]:
    """When another version of the program made lineage anew."""
    version = ""
    for entry in reader.exact().all(LogEntry, event=STAGE_RUN, subject=["lineage", f"lineage:{fact.id[:1]}", f"lineage:{fact.id[:2]}"]):
        found = str(json.loads(entry.entry)["data"].get("version", ""))
        if found != version and version:
            yield _step(entry, "remade", f"Made anew by another version of the program (lineage {found}, before {version}).", who="")
        version = found


def _then(reader: Reader, found: FactThen, *, quoted: int = QUOTED) -> ThenView:
    fact, origins = found.fact, found.origins
    counted = origins is not None and fact is not None and not fact.opinion
    made = ThenView(
        label=fact.label if fact else "",
        value=words.valued(fact.value, fact.comparator, low=fact.low, high=fact.high) if fact else "",
        as_of=words.dated(fact.as_of) if fact else "",
        state=words.state(fact.state) if fact else "",
        passages=len(found.claims),
        documents=len(found.documents),
        counted=counted,
        origins=words.origins(origins.min, origins.max) if origins and counted else "",
        groups=_groups(origins) if origins else (),
        quotes=(),
    )
    hidden = reader.hidden(made)
    passages = first_passages(reader, found.claims, most=quoted) if quoted and found.claims else ()
    return replace(hidden, quotes=passages)


def _groups(origins: Origins) -> tuple[tuple[str, int, bool], ...]:
    return tuple((group.label, len(group.claims), place < origins.min) for place, group in enumerate(origins.groups[:QUOTED]))
