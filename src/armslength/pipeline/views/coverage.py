"""Who searched what, where, in which language, when, found or not; and what nobody has searched for yet (METHOD U1).

In:  a reading of a case: its ledger, its sites and incidents, its documents.
Out: `CoverageView`.
Never: takes "not found" for "did not happen"; says that something was covered which nobody entered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from armslength.model.ledger import Ledger
from armslength.model.worklog import FOUND, SavedView, Searched
from armslength.pipeline.views import words
from armslength.pipeline.views.atlas import SITE, atlas_of
from armslength.pipeline.views.kinds import country_of
from armslength.pipeline.views.languages import language_of, spoken_in
from armslength.pipeline.worklog import worklog_of
from armslength.store.read import Reader

SHOWN = 100
"""Searches on one page."""
NOT_FOUND_WORDS = "Not found is not the same as did not happen."


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchLine:
    """One search."""

    judgement: str
    who: str
    what: str
    words: str
    language: str
    """In words."""
    lang: str
    """Its code."""
    country: str
    """In words; empty for no one country."""
    code: str
    day: str
    date: str
    """The day in words."""
    covered: str
    """The period, in words."""
    found: bool
    added: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something is told of a country, and nobody has searched in a language that is written there."""

    country: str
    code: str
    sites: int
    incidents: int
    languages: tuple[str, ...]
    """Languages of the country in which nobody has searched for it, in words."""
    searched: tuple[str, ...]
    """Those in which somebody has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Who looked where, in which language, until when, in short."""

    searches: int
    found: int
    people: tuple[str, ...]
    """Pseudonyms of those who searched."""
    places: tuple[str, ...]
    """Databases, sites and archives."""
    languages: tuple[tuple[str, int], ...]
    """In words, with how many searches."""
    countries: tuple[str, ...]
    since: str
    until: str
    """Days in words; empty where nobody has searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """The coverage of a case."""

    card: Card
    lines: tuple[SearchLine, ...]
    gaps: tuple[Gap, ...]
    languages: tuple[tuple[str, str], ...]
    """Code and words of every language that was searched in."""
    countries: tuple[tuple[str, str], ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLine:
    """A saved view."""

    judgement: str
    name: str
    address: str
    who: str
    when: str
    """In words."""


def coverage_view(reader: Reader, *, language: str = "", country: str = "", page: int = 1) -> CoverageView | None:
    """The searches that were asked for, newest first, with the card and gaps of them all; None for a page that is not there."""
    now = worklog_of(reader)
    rows = sorted(now.of(Searched), key=lambda row: (row.date, now.judgements[row.judgement].when, row.judgement), reverse=True)
    kept = [row for row in rows if language in {"", row.language} and country in {"", row.country}]
    pages = max(1, -(-len(kept) // SHOWN))
    if not 1 <= page <= pages:
        return None
    languages = sorted({row.language for row in rows}, key=language_of)
    countries = sorted({row.country for row in rows if row.country}, key=country_of)
    return CoverageView(
        card=card_of(now),
        lines=tuple(_line(row, now) for row in kept[(page - 1) * SHOWN : page * SHOWN]),
        gaps=gaps(reader, rows),
        languages=tuple((code, language_of(code)) for code in languages),
        countries=tuple((code, country_of(code)) for code in countries),
        found=len(kept),
        page=page,
        pages=pages,
    )


def search_lines(reader: Reader) -> list[SearchLine]:
    """Every search that stands, the newest first."""
    now = worklog_of(reader)
    rows = sorted(now.of(Searched), key=lambda row: (row.date, row.judgement), reverse=True)
    return [_line(row, now) for row in rows]


def view_lines(reader: Reader) -> tuple[ViewLine, ...]:
    """Every saved view, by name."""
    now = worklog_of(reader)
    rows = sorted(now.of(SavedView), key=lambda row: (row.name.casefold(), row.judgement))
    return tuple(
        ViewLine(
            judgement=row.judgement,
            name=row.name,
            address=f"{row.page}?{row.query}" if row.query else row.page,
            who=now.judgements[row.judgement].who,
            when=words.moment(now.judgements[row.judgement].when),
        )
        for row in rows
    )


def card_of(now: Ledger) -> Card:
    """The searches of a case in short."""
    rows = now.of(Searched)
    days = sorted(row.date for row in rows)
    languages: dict[str, int] = defaultdict(int)
    for row in rows:
        languages[language_of(row.language)] += 1
    return Card(
        searches=len(rows),
        found=sum(row.result == FOUND for row in rows),
        people=tuple(sorted({now.judgements[row.judgement].who for row in rows})),
        places=tuple(sorted({row.what for row in rows}, key=str.casefold)),
        languages=tuple(sorted(languages.items(), key=lambda row: (-row[1], row[0]))),
        countries=tuple(sorted({country_of(row.country) for row in rows if row.country})),
        since=words.dated(days[0]) if days else "",
        until=words.dated(days[-1]) if days else "",
    )


def gaps(reader: Reader, rows: Iterable[Searched]) -> tuple[Gap, ...]:
    """Countries that something is told of, with the languages written there that nobody has searched in; those with most first.

    A search about no one country counts for every country: it may have brought up any.
    """
    searched: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        searched[row.country].add(row.language)
    told: dict[str, list[bool]] = defaultdict(list)
    for thing in atlas_of(reader).things:
        if thing.country:
            told[thing.country].append(thing.what == SITE)
    found = [_gap(code, things, searched[code] | searched[""]) for code, things in told.items()]
    return tuple(sorted((row for row in found if row.languages), key=lambda row: (-row.sites - row.incidents, row.country)))


def _gap(code: str, things: Sequence[bool], searched: Iterable[str]) -> Gap:
    done = set(searched)
    spoken = spoken_in(code)
    return Gap(
        country=country_of(code),
        code=code,
        sites=sum(things),
        incidents=len(things) - sum(things),
        languages=tuple(language_of(lang) for lang in spoken if lang not in done),
        searched=tuple(language_of(lang) for lang in spoken if lang in done),
    )


def _line(row: Searched, now: Ledger) -> SearchLine:
    judgement = now.judgements[row.judgement]
    return SearchLine(
        judgement=row.judgement,
        who=judgement.who,
        what=row.what,
        words=row.words,
        language=language_of(row.language),
        lang=row.language,
        country=country_of(row.country) if row.country else "",
        code=row.country,
        day=row.date,
        date=words.dated(row.date),
        covered=words.dated(row.covered),
        found=row.result == FOUND,
        added=row.added,
        reason=judgement.reason,
    )
