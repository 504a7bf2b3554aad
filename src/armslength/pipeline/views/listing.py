"""Facts in pages: filters, an order, and the lines of one page, all from the catalogue.

In:  a reading of a case; what is asked for.
Out: `FactsView`.
Never: reads facts that are not on the page; takes a filter that the case does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.base.language import marked
from armslength.model.catalogue import Chosen
from armslength.model.codec import from_json
from armslength.model.facts import Fact
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.lines import SECTIONS, FactLine, fact_lines
from armslength.store.catalogue import ORDERS
from armslength.store.read import Reader

SHOWN = 100
"""Lines on one page: with more, a phone takes long to lay the page out."""
ALL_SECTIONS: tuple[tuple[str, str], ...] = (*((code, title) for code, title, _ in SECTIONS), ("opinion", marked("Opinion")))
COUNTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("repeated", marked("Several articles, one origin"), ("repeated", "repeated_maybe")),
    ("one", marked("One origin"), ("repeated", "one")),
    ("several", marked("Two or more origins"), ("several",)),
    ("none", marked("Origin not named"), ("unnamed",)),
)
"""Counts of origins that can be asked for: code, words, and how such facts stand."""
SORTS = dict(zip(ORDERS, (marked("Most repeated first"), marked("Newest first"), marked("Oldest first")), strict=True))
STATES = {"machine": "not judged yet", "accepted": "accepted", "contested": "contested", "rejected": "rejected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A value that can be asked for."""

    code: str
    words: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsAsked:
    """What was asked for; empty text for anything."""

    about: str = ""
    """Section."""
    origins: str = ""
    """Count of origins."""
    kind: str = ""
    method: str = ""
    country: str = ""
    state: str = ""
    since: int = 0
    until: int = 0
    """Years; 0 for any."""
    sort: str = ORDERS[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsView:
    """One page of facts."""

    asked: FactsAsked
    lines: tuple[FactLine, ...]
    found: int
    total: int
    page: int
    pages: int
    options: Mapping[str, tuple[Option, ...]]
    """What can be asked for, by filter: `kind`, `method`, `country`, `state`."""
    listed: bool
    """False where the catalogue of this case was never made."""


def facts_view(reader: Reader, asked: FactsAsked, *, page: int = 1) -> FactsView | None:
    """One page of facts; None for a filter, an order or a page that there is not."""
    chosen = chosen_by(asked)
    if chosen is None:
        return None
    kept = reader.catalogue
    found = kept.count_facts(chosen)
    pages = max(1, -(-found // SHOWN))
    if not 1 <= page <= pages:
        return None
    rows = kept.facts(chosen, order=asked.sort, limit=SHOWN, offset=(page - 1) * SHOWN)
    return FactsView(
        asked=asked,
        lines=read_lines(reader, rows),
        found=found,
        total=kept.total("all", "facts"),
        page=page,
        pages=pages,
        options=options_of(reader),
        listed=kept.made(),
    )


def chosen_by(asked: FactsAsked) -> Chosen | None:
    """What is asked for as the catalogue takes it; None for a section, count, state or order that there is not."""
    standings = {code: names for code, _, names in COUNTS}
    if asked.about not in {"", *(code for code, _ in ALL_SECTIONS)} or asked.origins not in {"", *standings}:
        return None
    if asked.state not in {"", *STATES} or asked.sort not in SORTS:
        return None
    return Chosen(
        section=asked.about or None,
        standings=standings.get(asked.origins),
        kind=asked.kind or None,
        country=asked.country or None,
        state=asked.state or None,
        since=asked.since or (1 if asked.sort == "oldest" else None),
        until=asked.until or None,
        method=asked.method or None,
    )


def options_of(reader: Reader) -> dict[str, tuple[Option, ...]]:
    """What facts can be asked for by, with how many there are, in order of the words."""
    kept = reader.catalogue
    found = {
        "kind": [Option(code=code, words=label_of(code), count=n) for code, n in kept.facts_by("kind")],
        "method": [Option(code=code, words=label_of(code), count=n) for code, n in kept.totals("method")],
        "country": [Option(code=code, words=country_of(code), count=n) for code, n in kept.facts_by("country") if code],
        "state": [Option(code=code, words=STATES.get(code, code), count=n) for code, n in kept.facts_by("state")],
    }
    return {name: tuple(sorted(rows, key=lambda row: (row.words.casefold(), row.code))) for name, rows in found.items()}


def read_lines(reader: Reader, rows: Sequence[tuple[str, str]]) -> tuple[FactLine, ...]:
    """Lines as the catalogue keeps them, in the order given; as the facts themselves say it where names are not hidden."""
    if not reader.hides:
        ids = [row_id for row_id, _ in rows]
        found = {line.id: line for line in fact_lines(reader, reader.all(Fact, id=ids))}
        return tuple(found[row_id] for row_id in ids if row_id in found)
    return tuple(_hidden_again(reader, from_json(FactLine, body)) for _, body in rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """The words of a line that come from documents."""

    label: str
    quote: str
    denied_by: tuple[tuple[str, str], ...]
    contradicted_by: tuple[tuple[str, str], ...]


def _hidden_again(reader: Reader, line: FactLine) -> FactLine:
    """A line without names that the catalogue does not know yet."""
    told = _Told(label=line.label, quote=line.quote, denied_by=line.denied_by, contradicted_by=line.contradicted_by)
    hidden = reader.hidden_since(told)
    if hidden is told:
        return line
    return replace(line, label=hidden.label, quote=hidden.quote, denied_by=hidden.denied_by, contradicted_by=hidden.contradicted_by)


def lines_of(reader: Reader, facts: Iterable[str]) -> dict[str, FactLine]:
    """Lines of facts by id, without reading the facts, their claims or documents; those the catalogue does not know are left out."""
    rows = list(reader.catalogue.lines(set(facts)).items())
    return {line.id: line for line in read_lines(reader, rows)}


def with_older(reader: Reader, lines: Iterable[FactLine]) -> tuple[FactLine, ...]:
    """Lines with what they supersede folded under them."""
    tops = tuple(lines)
    under: dict[str, list[tuple[str, str]]] = {line.id: [] for line in tops}
    for head, row_id, body in reader.catalogue.under(under.keys()):
        under[head].append((row_id, body))
    return tuple(replace(line, older=read_lines(reader, under[line.id])) if under[line.id] else line for line in tops)
