"""Numbers too exact to be arrived at twice by chance: relayed without a source, grafted onto another measure, or with the same wrong date.

In:  claims with quantities, who publishes what.
Out: `Figures`, the one table of the case that this needs; edges between passages that share such a number.
Never: takes a round number for such a one; takes an earlier passage for a relay of a later one.

`Figures` is cheap to keep: for each exact number, each measure and each day, the documents that give it. A fact depends on it only through
its own number, so a new document concerns only the facts with a number that it gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from armslength.lineage.cast import Cast
from armslength.lineage.edges import make_edge
from armslength.lineage.releases import is_later, is_own_page, not_before
from armslength.lineage.routes import Route
from armslength.model.claims import Claim, Quantity
from armslength.model.evidence import Span
from armslength.model.facts import LineageEdge
from armslength.model.ontology import load as load_ontology

DIGITS = 3
"""Digits before the last zeros from which a number is exact: 412 and 2,350, not 400 or 23,000. As for facts (`resolve/quantities.py`),
where it makes two passages one count."""
_GENERIC = frozenset({"things", "persons", "duration", "share", "money"})
"""Measures that say too little about what is counted for another measure to be a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Where a number is given for one measure, or for one day."""

    documents: frozenset[str]
    own: bool
    """A body gives it on a page of its own."""
    since: str
    """When a page of known date first gives it; empty where no page has a date."""
    first: Span
    """One place, the same in whatever order documents came."""

    def outweighs(self, other: Given) -> bool:
        """Whether the other reading departs from this one: this stands on a body's own page, or was printed first; and no page has both.

        How many print either does not matter: a copy must not make an error right.
        """
        if other.own or self.documents & other.documents:
            return False
        return self.own or is_later(other.since, self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Exact numbers of a case."""

    measures: Mapping[float, Mapping[str, Given]] = field(default_factory=dict)
    """Number, then measure."""
    days: Mapping[tuple[float, str], Mapping[str, Given]] = field(default_factory=dict)
    """Number and measure, then the day it holds for, where a text states one."""


NO_FIGURES = Figures()


def is_exact(quantity: Quantity | None) -> bool:
    """Whether a number is too exact to be arrived at twice by chance."""
    if quantity is None or quantity.value is None or quantity.measure == "duration":
        return False
    return float(quantity.value).is_integer() and len(str(abs(int(quantity.value))).rstrip("0")) >= DIGITS


def list_figures(claims: Iterable[Claim], cast: Cast) -> Figures:
    """The table, from all claims of a case."""
    measures: dict[float, dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    days: dict[tuple[float, str], dict[str, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        figure = figure_of(claim)
        if figure:
            measures[figure[0]][figure[1]].append(claim)
            if _day(claim):
                days[figure][_day(claim)].append(claim)
    return Figures(
        measures={value: {name: _given(rows, cast) for name, rows in row.items()} for value, row in measures.items()},
        days={key: {day: _given(rows, cast) for day, rows in row.items()} for key, row in days.items()},
    )


def _given(claims: Sequence[Claim], cast: Cast) -> Given:
    first = min(claims, key=lambda claim: (claim.doc, claim.start, claim.id))
    docs = frozenset(claim.doc for claim in claims)
    dates = [date for doc in docs if (date := cast.texts[doc].published)]
    own = any(is_own_page(doc, cast) for doc in docs)
    return Given(documents=docs, own=own, since=min(dates, default=""), first=number_at(first))


def number_at(claim: Claim) -> Span:
    """Where a claim gives its number."""
    quantity = claim.quantity
    if quantity is None or not claim.start <= quantity.start < quantity.end <= claim.end:
        return Span(doc=claim.doc, start=claim.start, end=claim.end, quote=claim.quote)
    start, end = quantity.start - claim.start, quantity.end - claim.start
    return Span(doc=claim.doc, start=quantity.start, end=quantity.end, quote=claim.quote[start:end])


def figure_of(claim: Claim) -> tuple[float, str] | None:
    """The exact number of a claim with its measure, if it gives one."""
    quantity = claim.quantity
    if quantity is None or quantity.value is None or not is_exact(quantity):
        return None
    return float(quantity.value), quantity.measure


def relayed_from(route: Route, giving: Iterable[Route], cast: Cast) -> Iterator[LineageEdge]:
    """The edge from a passage that names no source to the first passage that gave its exact number before, with a source.

    `giving`: passages with that number and a source, the first printed first.
    """
    document = cast.texts[route.claim.doc]
    for other in giving:
        one_moment = len({_moment(route.claim), _moment(other.claim)} - {""}) < 2
        if other.claim.doc != document.id and one_moment and not_before(document, cast.texts[other.claim.doc]):
            yield _figure_edge(route, other, "It gives the same exact number, later and without a source, as a passage that has one.", cast)
            return


def same_figures(loose: Iterable[Route]) -> Iterator[list[Route]]:
    """Passages that give one exact number of one measure, of one moment as far as they say, each list in the order given."""
    found: dict[tuple[float, str], list[Route]] = defaultdict(list)
    for route in loose:
        figure = figure_of(route.claim)
        if figure:
            found[figure].append(route)
    for rows in found.values():
        moments = sorted({_moment(row.claim) for row in rows} - {""})
        open_rows = [row for row in rows if not _moment(row.claim)]
        if len(moments) == 1:
            yield rows
        else:
            yield from (part for part in (open_rows, *([row for row in rows if _moment(row.claim) == day] for day in moments)) if part)


def figure_edge(one: Route, two: Route, cast: Cast) -> LineageEdge:
    """The edge between two passages with one exact number, neither of which names a source."""
    why = "Both give the same exact number, and neither names a source; so exact a number is hardly arrived at twice."
    return _figure_edge(one, two, why, cast)


def _figure_edge(one: Route, two: Route, why: str, cast: Cast) -> LineageEdge:
    return make_edge("relayed_figure", one, two, why, cast, evidence=(number_at(one.claim), number_at(two.claim)))


def _moment(claim: Claim) -> str:
    """The moment at which the text itself says that a number held; not the day its page came out, by which readers date the rest."""
    dated = claim.as_of
    return dated.edtf if dated is not None and (dated.start is not None or dated.basis == "stated") else ""


def shared_mistakes(routes: Sequence[Route], figures: Figures) -> Iterator[tuple[list[Route], Mistake]]:
    """Passages of several documents that give an exact number to the wrong thing, or for the wrong day, each list with its mistake."""
    found: dict[tuple[str, str], tuple[list[Route], Mistake]] = {}
    for route in routes:
        for key, mistake in _mistakes(route.claim, figures):
            found.setdefault(key, ([], mistake))[0].append(route)
    for _, (members, mistake) in sorted(found.items(), key=lambda row: row[0]):
        if len({route.claim.doc for route in members}) > 1:
            yield members, mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """What is wrong with a number, and where it is given right."""

    why: str
    right: Span
    dated: bool
    """It is the day that is wrong, not what is counted."""


def _mistakes(claim: Claim, figures: Figures) -> Iterator[tuple[tuple[str, str], Mistake]]:
    figure = figure_of(claim)
    if figure is None:
        return
    value, measure = figure
    by_measure = figures.measures.get(value, {})
    for other, given in sorted(by_measure.items()):
        if _differs_in_kind(measure, other) and given.outweighs(by_measure[measure]):
            why = "Both give this exact number for something else than the page that gave it first; both make the same mistake."
            yield ("measure", measure), Mistake(why=why, right=given.first, dated=False)
            break
    day, by_day = _day(claim), figures.days.get((value, measure), {})
    for other, given in sorted(by_day.items()):
        if day and _one_part_off(day, other) and given.outweighs(by_day[day]):
            why = "Both give this exact number for a day one slip away from that of the page that gave it first; the same mistake in both."
            yield ("day", day), Mistake(why=why, right=given.first, dated=True)
            break


def mistake_edge(one: Route, two: Route, mistake: Mistake, cast: Cast) -> LineageEdge:
    """The edge between two passages that share a mistake: their words, and where the case has it right."""
    shown = _day_at if mistake.dated else number_at
    sides = tuple(shown(route.claim) for route in (one, two))
    return make_edge("shared_error", one, two, mistake.why, cast, evidence=(*sides, mistake.right))


def _day_at(claim: Claim) -> Span:
    """Where a claim states its day, if inside its own words; else the passage."""
    dated = claim.as_of
    if dated is None or dated.start is None or dated.end is None or not claim.start <= dated.start < dated.end <= claim.end:
        return Span(doc=claim.doc, start=claim.start, end=claim.end, quote=claim.quote)
    return Span(doc=claim.doc, start=dated.start, end=dated.end, quote=claim.quote[dated.start - claim.start : dated.end - claim.start])


def _day(claim: Claim) -> str:
    """The day for which the text itself states the number, or empty."""
    dated = claim.as_of
    return dated.edtf if dated is not None and dated.basis == "stated" and _is_day(dated.edtf) else ""


def _is_day(edtf: str) -> bool:
    try:
        date.fromisoformat(edtf)
    except ValueError:
        return False
    return len(edtf) == len("2022-09-01")


def _one_part_off(one: str, two: str) -> bool:
    """Whether two days differ in the year, the month or the day alone."""
    return sum(a != b for a, b in zip(one.split("-"), two.split("-"), strict=True)) == 1


def _differs_in_kind(one: str, two: str) -> bool:
    """Whether two measures count different kinds of things, so that one number for both is no matter of wording."""
    ontology = load_ontology()
    if {one, two} & _GENERIC or not all(ontology.has(code, scheme="measures") for code in (one, two)):
        return False
    first, second = ontology.measure(one), ontology.measure(two)
    return first.kind != second.kind and not set(first.units) & set(second.units)
