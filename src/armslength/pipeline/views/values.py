"""A value over time: a fact, what it supersedes and what supersedes it, what contradicts it, and when it was denied.

In:  a reading of a case and a fact.
Out: `ValueStory`: the same for a picture and for a table.
Never: leaves a contradicting value out of the picture; gives a day where only a year is known; draws `at least` as a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from armslength.model.edtf import bounds, is_valid
from armslength.model.evidence import Document
from armslength.model.facts import Fact, Origins, Relation
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import label_of
from armslength.store.read import Reader

MOST = 40
"""Values of one story: a count that is made every month for three years. Further ones are said to be left out."""
THIS, LATER, EARLIER, AGAINST = "this", "later", "earlier", "contradicts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePoint:
    """One fact of the story."""

    fact: str
    label: str
    role: str
    """`this`, `later` (it supersedes), `earlier` (it is superseded) or `contradicts`."""
    reason: str
    """Why it supersedes, is superseded or contradicts."""
    value: str
    """In words, with its comparator; empty for what is no number."""
    low: float | None
    """Least it can be; None: open."""
    high: float | None
    """Most it can be; None: open."""
    at: float | None
    """The number that is said."""
    as_of: str
    """In words; empty where not stated."""
    start: str
    """First day it can hold for; empty where not known."""
    end: str
    min: int
    max: int
    counted: bool
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialMark:
    """When this fact, or another of the story, was denied."""

    fact: str
    label: str
    denies: str
    """Label of what it denies."""
    on: str
    """In words."""
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueStory:
    """A value over time."""

    unit: str
    points: tuple[ValuePoint, ...]
    """By date, those without one last."""
    denials: tuple[DenialMark, ...]
    left_out: int = 0

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw: a number with a date, and another or a denial beside it."""
        dated = [row for row in self.points if row.start and row.at is not None]
        return bool(dated) and len(dated) + len([row for row in self.denials if row.start]) > 1


def value_story(reader: Reader, fact: Fact) -> ValueStory:
    """Everything that the value of a fact has been, is said to be otherwise, or is denied to be."""
    roles, left = _roles(reader, fact)
    facts = {row.id: row for row in reader.all(Fact, id=sorted(roles))}
    origins = {row.id: row for row in reader.exact().all(Origins, id=sorted(roles))}
    points = [_point(facts[row], how, origins.get(row)) for row, how in roles.items() if row in facts]
    labels = {row.id: row.label for row in facts.values()}
    return ValueStory(
        unit=label_of(fact.measure) if fact.measure else "",
        points=tuple(sorted(points, key=lambda row: (not row.start, row.start, row.end, row.at or 0, row.fact))),
        denials=_denials(reader, labels),
        left_out=left,
    )


def _roles(reader: Reader, fact: Fact) -> tuple[dict[str, tuple[str, str]], int]:
    """Fact to its part in the story, and why: along what supersedes, in both directions, and what contradicts this one."""
    found = {fact.id: (THIS, "")}
    for role in (LATER, EARLIER):
        queue = [fact.id]
        while queue and len(found) <= MOST:
            if role == LATER:
                near = {row.fact: row.reason for row in reader.all(Relation, type="supersedes", other=queue)}
            else:
                near = {row.other: row.reason for row in reader.all(Relation, type="supersedes", fact=queue)}
            queue = sorted(near.keys() - found.keys())
            found |= {row: (role, near[row]) for row in queue}
    rows = [*reader.all(Relation, type="contradicts", fact=fact.id), *reader.all(Relation, type="contradicts", other=fact.id)]
    for row in rows:
        found.setdefault(row.other if row.fact == fact.id else row.fact, (AGAINST, row.reason))
    return dict(list(found.items())[:MOST]), max(0, len(found) - MOST)


def _point(fact: Fact, how: tuple[str, str], origins: Origins | None) -> ValuePoint:
    start, end = days(fact.as_of)
    open_above, open_below = fact.comparator in {">=", ">"}, fact.comparator in {"<=", "<"}
    value = None if fact.value is None else float(fact.value)
    return ValuePoint(
        fact=fact.id,
        label=fact.label,
        role=how[0],
        reason=how[1],
        value=words.valued(fact.value, fact.comparator, low=fact.low, high=fact.high),
        low=None if open_below else _least(fact.low, value),
        high=None if open_above else _most(fact.high, value),
        at=value if value is not None else _least(fact.low, None),
        as_of=words.dated(fact.as_of),
        start=start,
        end=end,
        min=origins.min if origins else 0,
        max=origins.max if origins else 0,
        counted=origins is not None and not fact.opinion,
        state=fact.state,
    )


def _least(low: float | None, value: float | None) -> float | None:
    return float(low) if low is not None else value


def _most(high: float | None, value: float | None) -> float | None:
    return float(high) if high is not None else value


def days(edtf: str) -> tuple[str, str]:
    """The first and the last day that a date can mean, as `YYYY-MM-DD`; empty where it has none."""
    if not edtf or not is_valid(edtf):
        return "", ""
    first, last = bounds(edtf)
    start, end = first or last, last or first
    return (start.isoformat(), end.isoformat()) if start and end else ("", "")


def _denials(reader: Reader, labels: dict[str, str]) -> tuple[DenialMark, ...]:
    rows = reader.exact().all(Relation, type="denies", other=sorted(labels))
    facts = {row.id: row for row in reader.all(Fact, id=sorted({row.fact for row in rows}))} if rows else {}
    found = [_denial(reader, facts[row.fact], labels[row.other]) for row in rows if row.fact in facts]
    return tuple(sorted(found, key=lambda row: (not row.start, row.start, row.fact, row.denies)))


def _denial(reader: Reader, fact: Fact, denies: str) -> DenialMark:
    edtf = fact.as_of or _first_published(reader, fact.documents)
    start, end = days(edtf)
    return DenialMark(fact=fact.id, label=fact.label, denies=denies, on=words.dated(edtf), start=start, end=end)


def _first_published(reader: Reader, documents: Sequence[str]) -> str:
    """The earliest date on which any of the documents was published."""
    return _earliest(row.published for row in reader.exact().all(Document, id=list(documents[:MOST])))


def _earliest(dates: Iterable[str | None]) -> str:
    return min((edtf for edtf in dates if edtf and days(edtf)[0]), key=days, default="")
