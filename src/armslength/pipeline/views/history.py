"""The history of a fact: everything that came and everything that was decided, and what was known after each step.

In:  a reading of a case, a fact's id; the step to look at.
Out: `HistoryView`: the steps, and the fact as it stood at one of them.
Never: shows a step's count where it cannot be made again from the rows of that time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement, told
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.pipeline.pending import CARRIED_OUT
from armslength.pipeline.views import words
from armslength.pipeline.views.cited import cited, refs_of
from armslength.pipeline.views.passages import Passage
from armslength.pipeline.views.related import first_passages
from armslength.pipeline.views.standing import judgement_view, said_in
from armslength.pipeline.views.then import FactThen, Past, fact_then, past_of
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
    """Whether counts of earlier moments can be made again."""
    day: str
    """Day of the step, `YYYY-MM-DD`: for what was known from publications by then."""


def history_view(reader: Reader, fact_id: str, *, at: int | None = None, step: int | None = None) -> HistoryView | None:
    """The history of a fact, at the log entry `at` or the step `step`; else now. None for no such fact or step."""
    fact = reader.get(Fact, fact_id)
    if fact is None:
        return None
    past = past_of(reader, fact)
    steps = _steps(reader, past)
    left, steps = max(0, len(steps) - MOST), steps[-MOST:]
    place = step if step is not None else len(steps) - 1 if at is None else _at(steps, at)
    if not steps or not 0 <= place < len(steps):
        return None
    last, _ = reader.exact().head()
    return HistoryView(
        fact=fact.id,
        label=fact.label,
        steps=tuple(steps),
        left_out=left,
        at=place,
        then=_then(reader, fact_then(past, last if place == len(steps) - 1 else steps[place].seq)),
        now=_then(reader, fact_then(past, last), quoted=0),
        exact=past.exact,
        day=_times(reader, [steps[place].seq]).get(steps[place].seq, "")[:10],
    )


def _at(steps: Sequence[StepView], seq: int) -> int:
    """The last step that a log entry has behind it; -1 where it lies before all."""
    return max((place for place, step in enumerate(steps) if step.seq <= seq), default=-1)


def _times(reader: Reader, entries: Iterable[int]) -> dict[int, str]:
    return {entry.seq: entry.time for entry in reader.exact().all(LogEntry, seq=sorted(set(entries)))}


def _steps(reader: Reader, past: Past) -> list[StepView]:
    own = set(past.fact.documents)
    found = [*_came(reader, {doc: seq for doc, seq in past.came.items() if doc in own})]
    judged = list(_judged(reader, past))
    found += judged
    found += _counted(reader, [row.seq for row in judged])
    found += _remade(reader, past.fact)
    return sorted(found, key=lambda row: (row.seq, row.what))


def _came(reader: Reader, came: Mapping[str, int]) -> Iterator[StepView]:
    times = _entries(reader, came.values())
    refs = refs_of(reader, cited(reader, came.keys()))
    for doc in sorted(refs):
        ref, entry = refs[doc], times[came[doc]]
        by = f", {ref.publisher}" if ref.publisher else ""
        yield _step(entry, "came", f"“{ref.title}”{by} came into the case.", who=entry.actor)


def _entries(reader: Reader, seqs: Iterable[int]) -> dict[int, LogEntry]:
    return {entry.seq: entry for entry in reader.exact().all(LogEntry, seq=sorted(set(seqs)))}


def _step(entry: LogEntry, what: str, says: str, *, who: str, reason: str = "", judgement: str = "") -> StepView:
    return StepView(seq=entry.seq, when=words.moment(entry.time), what=what, says=says, who=who, reason=reason, judgement=judgement)


def _judged(reader: Reader, past: Past) -> Iterator[StepView]:
    """Everything that was decided about the fact, its passages, its voices, or what ties them."""
    rows = [row for row in said_in(reader).rows if row.id in past.judgements]
    mine = [row for row, concerns in zip(rows, _concerning(past, rows), strict=True) if concerns] if rows else []
    entries = _entries(reader, (past.judgements[row.id] for row in mine))
    for row in mine:
        shown = judgement_view(reader, row)
        entry = entries[past.judgements[row.id]]
        yield _step(entry, "judged", _deed(row), who=shown.who, reason=shown.reason, judgement=row.id)


def _concerning(past: Past, rows: Sequence[Judgement]) -> Iterator[bool]:
    fact, own = past.fact, set(past.fact.claims)
    claims = [claim for claim in past.claims if claim.id in own]
    named = {fact.id, *fact.claims, *(link.mention for claim in claims for link in claim.attribution)}
    named |= {party.mention for claim in claims for party in claim.parties}
    ends = sorted({*fact.claims, *fact.documents})
    named |= {edge.id for edge in past.reader.all(LineageEdge, from_id=ends) if edge.to_id in set(ends)}
    reached = {row.target for row in rows if not named.isdisjoint(_spoken(row))}
    proposed = {row.id for row in rows if row.target in reached}
    for row in rows:
        yield row.target in reached or told(row).get("finding") in proposed


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
    for entry in reader.exact().all(LogEntry, event=CARRIED_OUT):
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
