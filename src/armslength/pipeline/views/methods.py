"""Methods of transnational repression, as far as the case tells of them: a row each, in the groups of the ontology.

In:  a reading of a case.
Out: `MethodsView`.
Never: adds facts up into incidents; sums methods, for one incident may have several; gives a number without its scope (METHOD C11).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from armslength.model.catalogue import MethodTotal
from armslength.model.ontology import Method, Ontology, load
from armslength.model.ontology.scope import methods_of
from armslength.pipeline.views.atlas import INCIDENT, SITE, Placing, atlas_of
from armslength.pipeline.views.counted import Profiled, everything
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.lines import FactLine
from armslength.pipeline.views.moment import Moment, moment
from armslength.pipeline.views.told import told_lines
from armslength.store.read import Reader

SHOWN = 50
"""Facts on one page of a method's list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodRow:
    """One method."""

    code: str
    label: str
    definition: str
    incidents: int
    sites: int
    facts: int
    documents: int
    """Documents that the fact of it which is told most often stands in."""
    countries: tuple[str, ...]
    """In words."""
    low: int
    """Independent origins shown of the fact of it that has most: not a sum, for two facts may go back to one origin."""
    high: int
    """The same, if all that is unknown were independent."""
    denied: int
    """Facts of it that somebody denies."""
    profiles: tuple[str, ...]
    """Scope profiles that take the method in, in words; those that take in everything are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodGroup:
    """A group of methods."""

    code: str
    label: str
    rows: tuple[MethodRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodsView:
    """The table, and the facts of one method."""

    groups: tuple[MethodGroup, ...]
    method: str
    """The method whose facts are listed, or empty."""
    label: str
    lines: tuple[FactLine, ...]
    found: int
    page: int
    pages: int
    counted: tuple[Profiled, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What the facts of a method amount to."""

    facts: int = 0
    documents: int = 0
    countries: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    denied: int = 0


_NOTHING = Tally()


def methods_view(reader: Reader, *, method: str = "", page: int = 1) -> MethodsView | None:
    """The table of methods, and a page of the facts of one; None for a method or page that is not there."""
    known = tallies(reader)
    if method and method not in known:
        return None
    found = known[method].facts if method else 0
    pages = max(1, -(-found // SHOWN))
    if not 1 <= page <= pages:
        return None
    facts = reader.catalogue.facts_of_method(method, limit=SHOWN, offset=(page - 1) * SHOWN) if method else []
    lines = told_lines(reader, facts)
    return MethodsView(
        groups=_table(moment(reader)),
        method=method,
        label=label_of(method) if method else "",
        lines=tuple(lines[fact] for fact in facts if fact in lines),
        found=found,
        page=page,
        pages=pages,
        counted=(
            everything("incidents", sum(row.what == INCIDENT for row in atlas_of(reader).things)),
            everything("facts", _facts_told(moment(reader))),
        ),
    )


@lru_cache(maxsize=4)
def _table(now: Moment) -> tuple[MethodGroup, ...]:
    return _groups(load(), _tallies(now), _incidents(atlas_of(now.reader).things), sites_of(now.reader))


def tallies(reader: Reader) -> Mapping[str, Tally]:
    """Method to what its facts amount to, from the catalogue: the one place from which the table is read."""
    return _tallies(moment(reader))


@lru_cache(maxsize=4)
def _tallies(now: Moment) -> Mapping[str, Tally]:
    by_code: dict[str, list[MethodTotal]] = defaultdict(list)
    for row in now.reader.catalogue.methods():
        by_code[row.code].append(row)
    return {code: _tally(rows) for code, rows in by_code.items()}


@lru_cache(maxsize=4)
def _facts_told(now: Moment) -> int:
    """Facts that tell of any method."""
    return now.reader.catalogue.facts_with_methods()


def _tally(rows: Sequence[MethodTotal]) -> Tally:
    low, high = max((row.min, row.max) for row in rows)
    return Tally(
        facts=sum(row.facts for row in rows),
        documents=max(row.documents for row in rows),
        countries=tuple(row.country for row in rows if row.country),
        low=low,
        high=high,
        denied=sum(row.denied for row in rows),
    )


def sites_of(reader: Reader) -> Mapping[str, int]:
    """Method to how many sites it is told of."""
    return Counter(code for row in atlas_of(reader).things if row.what == SITE for code in row.methods)


def _incidents(things: Iterable[Placing]) -> Mapping[str, list[Placing]]:
    found: dict[str, list[Placing]] = defaultdict(list)
    for row in things:
        for code in row.codes if row.what == INCIDENT else ():
            found[code].append(row)
    return found


def _groups(
    ontology: Ontology, known: Mapping[str, Tally], incidents: Mapping[str, list[Placing]], sites: Mapping[str, int]
) -> tuple[MethodGroup, ...]:
    """Groups that have anything, in the order of the ontology; codes that are in no group last."""
    entries = [entry for entry in ontology.schemes["methods"].entries if isinstance(entry, Method)]
    parents = {entry.code: entry.parent for entry in entries if not entry.group}
    scopes = _scopes(ontology)
    told = {*known, *incidents, *sites}
    order = [code for code in parents if code in told]
    rest = sorted(told - parents.keys())
    groups = [*((entry.code, entry.label) for entry in entries if entry.group), ("", _REST)]

    def row(code: str) -> MethodRow:
        return _row(code, known.get(code, _NOTHING), incidents.get(code, []), sites.get(code, 0), scopes)

    found = []
    for group, label in groups:
        mine = [code for code in order if parents[code] == group] if group else rest
        if mine:
            found.append(MethodGroup(code=group, label=label, rows=tuple(row(code) for code in mine)))
    return tuple(found)


_REST = "Terms of other codebooks"
"""Codes that a text was read by and that stand in no group of methods."""


def _scopes(ontology: Ontology) -> list[tuple[str, frozenset[str]]]:
    """Profiles that have a rule about methods, with the methods they let through."""
    profiles = [ontology.profile(code) for code in ontology.codes("profiles")]
    return [(profile.label, allowed) for profile in profiles if (allowed := methods_of(ontology, profile)) is not None]


def _row(code: str, tally: Tally, incidents: Sequence[Placing], sites: int, scopes: Iterable[tuple[str, frozenset[str]]]) -> MethodRow:
    countries = {*tally.countries, *(row.country for row in incidents if row.country)}
    known = load().has(code, scheme="methods")
    return MethodRow(
        code=code,
        label=label_of(code),
        definition=load().method(code).definition if known else "",
        incidents=len(incidents),
        sites=sites,
        facts=tally.facts,
        documents=tally.documents,
        countries=tuple(sorted(country_of(country) for country in countries)),
        low=tally.low,
        high=tally.high,
        denied=tally.denied,
        profiles=tuple(label for label, allowed in scopes if code in allowed),
    )
