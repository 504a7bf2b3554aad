"""How facts bear on each other: supersedes, contradicts, refines, derives, denies (METHOD C6).

In:  facts with their claims, who is who, the claims' routes.
Out: `Relation` rows, each with its reason in a sentence.
Never: overwrites anything; takes "not confirmed" or no comment for a denial; calls a later count by the same counter a contradiction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from armslength.base.ids import digest
from armslength.lineage.cast import Cast
from armslength.lineage.denials import denied_facts
from armslength.lineage.latest import called_later
from armslength.model.claims import COMPARED, PART, Claim
from armslength.model.edtf import bounds, is_valid
from armslength.model.facts import Fact, Relation
from armslength.model.scopes import is_example, regions_of

Scope = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Number:
    """A fact that gives a number, with when it holds and for what."""

    fact: Fact
    scope: Scope
    first: date | None
    last: date | None
    stated: bool
    """The moment is the text's own, and not only the day of the article."""
    claims: tuple[Claim, ...]
    later: str
    """The words by which a passage calls the number later than others, if any does."""

    @property
    def known(self) -> bool:
        return self.first is not None and self.last is not None

    def before(self, other: _Number) -> bool:
        return self.last is not None and other.first is not None and self.last < other.first


def between_numbers(facts: Sequence[Fact], claims: Mapping[str, Claim], cast: Cast) -> list[Relation]:
    """Supersedes, contradicts and refines: among the facts that `number_key` gives the same."""
    found: list[Relation] = []
    buckets: dict[tuple[object, ...], list[_Number]] = defaultdict(list)
    for fact in facts:
        key = number_key(fact, claims, cast)
        if key:
            buckets[key].append(_number(fact, claims, cast))
    for members in buckets.values():
        newer = list(_supersedes(members, cast))
        found += [*newer, *_contradicts(members, cast), *_refines(members, {(row.fact, row.other) for row in newer})]
    return found


def denials(facts: Sequence[Fact], claims: Mapping[str, Claim], cast: Cast) -> list[Relation]:
    """What each denial denies."""
    return [_relation("denies", denial, denied, reason) for denial, denied, reason in denied_facts(facts, claims, cast)]


def number_key(fact: Fact, claims: Mapping[str, Claim], cast: Cast) -> tuple[str, Scope, str] | tuple[()]:
    """What facts with a number must have alike to bear on each other by it; empty for one that cannot."""
    if not fact.measure or fact.opinion:
        return ()
    number = _number(fact, claims, cast)
    if any(claim.modality in {"negated", "future", "hypothetical"} for claim in number.claims):
        return ()
    return fact.measure, number.scope, _unit(number)


def _number(fact: Fact, claims: Mapping[str, Claim], cast: Cast) -> _Number:
    rows = tuple(claims[claim] for claim in fact.claims)
    first, last = bounds(fact.as_of) if fact.as_of and is_valid(fact.as_of) else (None, None)
    given = {dated.edtf: dated.basis for row in rows if (dated := row.as_of)}
    stated = first is not None and last is not None and not given.get(fact.as_of, "").startswith("publication date")
    if first is None or last is None:
        published = sorted(day for doc in fact.documents if (day := cast.texts[doc].published) and is_valid(day) and all(bounds(day)))
        first, last = bounds(published[0]) if published else (None, None)
    periods = sorted({row.claimed_period.edtf for row in rows if row.claimed_period and row.claimed_period.edtf})
    named = [place for row in rows for place in row.places if not is_example(row, place)] if fact.country else []
    places = {(place.country, place.name if place.precision != "country" else "") for place in named}
    areas = {("region", name) for row in rows for name in regions_of(row) if not named}
    part = {("part", row.quote) for row in rows if PART in row.flags and not places}
    scope = (*sorted(places | areas | part), *(("period", period) for period in periods))
    later = min((words for row in rows if (words := called_later(row, cast.texts[row.doc].text))), default="")
    return _Number(fact=fact, scope=scope, first=first, last=last, stated=stated, claims=rows, later=later)


def _unit(number: _Number) -> str:
    """The noun counted, for measures that take any noun."""
    units = {row.quantity.unit.casefold() for row in number.claims if row.quantity}
    return min(units, default="") if number.fact.measure in {"things", "persons", "money", "share", "duration", "organisations"} else ""


def _supersedes(members: Sequence[_Number], cast: Cast) -> Iterator[Relation]:
    """Of one counter, each number supersedes the one before it in time. Numbers of one moment, or of no known moment, do not."""
    by_counter: dict[str, list[_Number]] = defaultdict(list)
    for number in members:
        if number.fact.counter and number.fact.value is not None:
            by_counter[number.fact.counter].append(number)
    for counter, rows in sorted(by_counter.items()):
        yield from _by_words(counter, rows, cast)
        ordered = sorted((row for row in rows if row.known), key=lambda row: (row.last or date.max, row.first or date.max, row.fact.id))
        for old, new in pairwise(ordered):
            if old.before(new) and old.fact.value != new.fact.value:
                when = "" if old.stated and new.stated else " (by the date of the article, where the text gives no other)"
                reason = (
                    f"{cast.label(counter)} gives {_written(new.fact)} as of {new.last:%Y-%m-%d} after {_written(old.fact)} as of "
                    f"{old.last:%Y-%m-%d}{when}: the same counter, a later count."
                )
                yield _relation("supersedes", new.fact.id, old.fact.id, reason)


def _by_words(counter: str, rows: Sequence[_Number], cast: Cast) -> Iterator[Relation]:
    """A count that its words call later than others supersedes those of no known moment that are not called so.

    It must be the only one that is, or the last of those with a date: which of several an undated one came before cannot be said.
    """
    undated = [row for row in rows if not row.known and not row.later]
    called = [row for row in rows if row.later]
    newest = called if len(called) == 1 else []
    if len(called) > 1 and all(row.known for row in called):
        newest = [max(called, key=lambda row: (row.last or date.min, row.fact.id))]
    for new in newest:
        if any(new.before(row) for row in rows):
            continue
        for old in undated:
            if old.fact.value != new.fact.value:
                reason = (
                    f"{cast.label(counter)} gives {_written(new.fact)} (“{new.later}”) and, with no date, {_written(old.fact)}: "
                    "the same counter, a count that its words call the later one."
                )
                yield _relation("supersedes", new.fact.id, old.fact.id, reason)


def _contradicts(members: Sequence[_Number], cast: Cast) -> Iterator[Relation]:
    """Two counters, one scope, numbers that cannot both be true at times that the texts do not tell apart.

    The day of an article is not the moment of a count: at one definite place such days hold nothing apart, elsewhere they do.
    """
    rows = [row for row in members if row.known and _counts_for_many(row.fact.counter, cast) and row.fact.value is not None]
    ordered = sorted(rows, key=lambda row: (row.first or date.max, row.fact.id))
    for place, one in enumerate(ordered):
        for two in ordered[place + 1 :]:
            told_apart = one.before(two) and (not one.scope or (one.stated and two.stated))
            if not one.scope and one.before(two):
                break
            if one.fact.counter != two.fact.counter and not told_apart and _disjoint(one.fact, two.fact):
                reason = (
                    f"{cast.label(one.fact.counter)} gives {_written(one.fact)} and {cast.label(two.fact.counter)} {_written(two.fact)} "
                    "of the same thing, and no text says that they speak of different times: both cannot be right."
                )
                yield _relation("contradicts", min(one.fact.id, two.fact.id), max(one.fact.id, two.fact.id), reason)


def _counts_for_many(counter: str, cast: Cast) -> bool:
    """A body counts; a person who gives a number mostly gives a body's."""
    return counter in cast.by_id and cast.by_id[counter].kind in {"organisation", "government", "court", "media"}


def _refines(members: Sequence[_Number], newer: set[tuple[str, str]]) -> Iterator[Relation]:
    """A number that lies inside a vague count, or a little above a lower bound by the same counter at a time that is not told apart."""
    for outer in members:
        for inner in members:
            pair = (inner.fact.id, outer.fact.id)
            if inner is outer or inner.fact.value is None or pair in newer or not _inside(inner.fact, outer.fact):
                continue
            if outer.fact.value is None or (_bound_near(inner, outer) and not inner.before(outer) and not outer.before(inner)):
                reason = f"{_written(inner.fact)} lies inside {_written(outer.fact)} and says it more exactly."
                yield _relation("refines", inner.fact.id, outer.fact.id, reason)


def _bound_near(inner: _Number, outer: _Number) -> bool:
    """Whether a lower bound could be the same count said less exactly: the same counter, and at most half as much again."""
    low, value = outer.fact.value, inner.fact.value
    if low is None or value is None or outer.fact.comparator not in {">=", ">"} or inner.fact.counter != outer.fact.counter:
        return False
    return low < value <= 1.5 * low


def _inside(inner: Fact, outer: Fact) -> bool:
    low = outer.low is None or (inner.low is not None and inner.low >= outer.low)
    high = outer.high is None or (inner.high is not None and inner.high <= outer.high)
    return low and high and (outer.low is not None or outer.high is not None)


def _disjoint(one: Fact, two: Fact) -> bool:
    under = one.high is not None and two.low is not None and one.high < two.low
    over = two.high is not None and one.low is not None and two.high < one.low
    return under or over


def _written(fact: Fact) -> str:
    if fact.value is None:
        limits = (f"{fact.low:,} or more" if fact.low is not None else "", f"{fact.high:,} or fewer" if fact.high is not None else "")
        return f"a vague count ({', '.join(part for part in limits if part) or 'no limits'})"
    return f"{COMPARED.get(fact.comparator, '')}{fact.value:,}"


def _relation(kind: str, fact: str, other: str, reason: str) -> Relation:
    return Relation(id=digest("relation", kind, fact, other), type=kind, fact=fact, other=other, reason=reason)
