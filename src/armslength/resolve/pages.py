"""Who speaks in each document, under which key, and what answers for it: documents that share nothing do not touch one another.

In:  the mentions of some documents, and what all other documents of the case tell that bears on their keys.
Out: one `Page` a document: its voices with their keys, what it tells other documents, what it asks of them.
Never: reads another document. What it needs of others is asked for by word (a `Cell`), so that a build can find whom a change concerns.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from armslength.model.claims import Claim
from armslength.model.codec import from_json, to_json
from armslength.model.entries import Entries, Entry, number
from armslength.model.evidence import Document
from armslength.resolve.keys import (
    COLLECTIVE,
    Key,
    acronym_keys,
    body_key,
    collective_key,
    named_states,
    person_keys,
    report_author,
    report_bucket,
    report_maker,
    state_by_name,
    state_key,
)
from armslength.resolve.known import Known
from armslength.resolve.mentions import Mention, find_mentions
from armslength.resolve.names import fold, is_acronym, names_somebody
from armslength.resolve.reports import month, report_dates, report_key, runs
from armslength.resolve.spelling import blocks, find_expansions

SPACE = "page"
Cell = str
"""A question that documents put to one another, as text; several documents may tell something in answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A mention with the key that says whose it is."""

    mention: Mention
    key: Key
    owner: Key = ()
    """The key of what answers for it, as this document says."""
    called: str = ""
    """How what answers for it is called here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The voices of one document."""

    id: str
    voices: tuple[Voice, ...]
    told: tuple[tuple[Cell, str], ...] = ()
    asks: tuple[Cell, ...] = ()


@dataclass(slots=True, kw_only=True)
class Draft:
    """A page while it is made."""

    doc: str
    publisher: str | None
    month: str
    mentions: Sequence[Mention]
    dates: Mapping[str, set[str]]
    """Mention of a report to the months in which the document says it came out."""
    written: frozenset[tuple[str, str]]
    """(mention, acronym): the text writes the acronym in brackets behind the name."""
    keys: dict[str, Key] = field(default_factory=dict)
    told: set[tuple[Cell, str]] = field(default_factory=set)
    asks: set[Cell] = field(default_factory=set)
    buckets: dict[str, Key] = field(default_factory=dict)
    heard: dict[Cell, frozenset[str]] = field(default_factory=dict)

    def again(self) -> Draft:
        """The same, not begun yet."""
        return Draft(
            doc=self.doc, publisher=self.publisher, month=self.month, mentions=self.mentions, dates=self.dates, written=self.written
        )

    def names(self, kind: str) -> frozenset[str]:
        """Names of bodies that were told in answer to this document."""
        return frozenset(name for cell, values in self.heard.items() if cell.startswith(f'["{kind}"') for name in values)


def cell(*parts: str | int | Sequence[str]) -> Cell:
    """The text of a question."""
    return json.dumps(parts, ensure_ascii=False)


def draft(document: Document, claims: Sequence[Claim]) -> Draft:
    """What one document gives, without its text."""
    mentions = find_mentions(claims, [document])
    shorts = {mention.name for mention in mentions if mention.kind in COLLECTIVE and is_acronym(mention.name)}
    return Draft(
        doc=document.id,
        publisher=document.publisher,
        month=month(document.published),
        mentions=mentions,
        dates=report_dates(claims, [mention for mention in mentions if mention.kind == "report"]),
        written=frozenset((m.id, short) for m in mentions for short in shorts if f"{m.name} ({short})" in document.text),
    )


def make_pages(drafts: Sequence[Draft], kept: Entries, known: Known) -> list[Page]:
    """Pages of documents. `kept` holds the pages of all other documents and none of these."""
    for one in drafts:
        _local(one, known)
    _hear(drafts, kept)
    for one in drafts:
        one.keys |= named_states(one.mentions, one.keys, one.names("state"))
        _spell_out(one)
    _hear(drafts, kept)
    for one in drafts:
        readings = {word: one.heard.get(cell("short", word), frozenset()) for word in {fold(m.name) for m in one.mentions}}
        expansions = find_expansions(one.mentions, one.keys, one.written)
        one.keys |= acronym_keys(one.mentions, one.keys, expansions, {word: _keys(told) for word, told in readings.items() if told})
        _name(one)
    _hear(drafts, kept)
    for one in drafts:
        _sort_reports(one, known)
    _hear(drafts, kept)
    return [_page(one, known) for one in drafts]


def entry_of(page: Page, known: Known) -> Entry:
    """How a page is noted: by its voices' keys, by what answers for them, by what it tells and asks."""
    keys = {(number("told", where), number(*sorted(values))) for where, values in _told([page]).items()}
    keys |= {(number("asks", where), 0) for where in page.asks}
    keys |= {(number("voice", voice.key), 0) for voice in page.voices}
    keys |= {(number("mention", voice.mention.id), 0) for voice in page.voices}
    keys |= {(number("owned", owner), 0) for voice in page.voices if voice.owner for owner in chain(voice.owner, known)}
    return Entry(space=SPACE, id=page.id, doc=page.id, keys=tuple(sorted(keys)), body=to_json(page))


def page_of(entry: Entry) -> Page:
    """The page that was noted."""
    return from_json(Page, entry.body)


def concerned(old: Sequence[Page], new: Sequence[Page], kept: Entries) -> set[str]:
    """Other documents whose questions are answered differently now. `kept` holds the pages of all other documents."""
    before, after = _told(old), _told(new)
    moved = {
        where: before[where] ^ after[where]
        for where in {*before, *after}
        if before[where] != after[where] and not where.startswith('["letters"')
    }
    others = answers(moved, kept)
    asked: set[Cell] = set()
    for where, values in moved.items():
        if values <= others.get(where, frozenset()):
            continue
        kind, *bucket = json.loads(where)
        if kind == "month":
            first, second = (runs(others.get(where, frozenset()) | told[where]) for told in (before, after))
            asked |= {cell("run", *bucket, when) for when in {*first, *second} if first.get(when) != second.get(when)}
        else:
            asked.add(where)
    return {row.id for row in kept.of_keys(SPACE, [number("asks", where) for where in asked])}


def chain(owner: Key, known: Known) -> Iterator[Key]:
    """What answers for a key, and what is known to answer for that in turn."""
    seen: set[Key] = set()
    while owner and owner not in seen:
        seen.add(owner)
        yield owner
        owner = known_owner(owner, known)


def known_owner(key: Key, known: Known) -> Key:
    """What is known beforehand to answer for a key; empty for nothing."""
    body = known.bodies.get(key[1]) if key[0] == "body" else None
    if key[0] == "state" and key[2]:
        return state_key(key[1])
    return ("body", fold(body.owner)) if body and body.owner else ()


def near(name: str, kind: str) -> list[Cell]:
    """The questions in which the name that a state's adjective begins with would be told."""
    folded = fold(name)
    return [cell(kind, folded[: size - 1], size) for size in range(max(4, len(folded) - 3), len(folded) + 1)]


def letters(name: str) -> list[Cell]:
    """Under what a name is told, so that slips of it are found."""
    return [cell("letters", json.dumps(block, ensure_ascii=False)) for block in blocks(name.split())]


def _tell_name(name: str, kind: str) -> tuple[Cell, str]:
    return cell(kind, name[:-1], len(name)), name


def _told(pages: Iterable[Page]) -> defaultdict[Cell, set[str]]:
    found: defaultdict[Cell, set[str]] = defaultdict(set)
    for page in pages:
        for where, value in page.told:
            found[where].add(value)
    return found


def answers(cells: Collection[Cell], kept: Entries) -> dict[Cell, frozenset[str]]:
    """What other documents tell."""
    numbers = {number("told", where): where for where in cells}
    found: dict[Cell, set[str]] = defaultdict(set)
    for key, row in kept.heads(SPACE, numbers):
        found[numbers[key]] |= {value for where, value in page_of(row).told if where == numbers[key]}
    return {where: frozenset(values) for where, values in found.items()}


def _hear(drafts: Sequence[Draft], kept: Entries) -> None:
    """Answer the questions that are still open, from these documents and all others."""
    asked = {where for one in drafts for where in one.asks if where not in one.heard}
    mine: dict[Cell, set[str]] = defaultdict(set)
    for one in drafts:
        for where, value in one.told:
            if where in asked:
                mine[where].add(value)
    others = answers(asked, kept)
    whole = {where: frozenset(mine[where]) | others.get(where, frozenset()) for where in asked}
    for one in drafts:
        one.heard |= {where: whole[where] for where in one.asks if where in whole}


def _local(one: Draft, known: Known) -> None:
    """Keys that the document alone decides."""
    for mention in one.mentions:
        if mention.kind == "author":
            one.keys[mention.id] = ("author", mention.doc)
        elif mention.kind == "unnamed":
            one.keys[mention.id] = ("unnamed", fold(mention.name), mention.doc)
        elif mention.kind in COLLECTIVE:
            one.keys[mention.id] = collective_key(mention, known)
    one.keys |= person_keys(mention for mention in one.mentions if mention.kind == "person")
    one.told |= {_tell_name(key[1], "state") for key in one.keys.values() if key[0] == "body"}
    for mention in one.mentions:
        if mention.kind in {"government", "court"} and one.keys[mention.id][0] == "body" and mention.by and names_somebody(mention.by):
            one.asks |= set(near(mention.by, "state"))


def _spell_out(one: Draft) -> None:
    """Acronyms: what the document spells out, and which it wants to know of others."""
    for (_, word), key in find_expansions(one.mentions, one.keys, one.written).items():
        one.told.add((cell("short", word), json.dumps(key, ensure_ascii=False)))
    shorts = {m for m in one.mentions if is_acronym(m.name) and one.keys.get(m.id, ("",))[0] == "body"}
    one.asks |= {cell("short", fold(mention.name)) for mention in shorts}


def _keys(told: Iterable[str]) -> set[Key]:
    return {tuple(json.loads(value)) for value in told}


def _name(one: Draft) -> None:
    """Names of bodies that speak, or that a report or speaker is said to belong to."""
    named = {fold(mention.by) for mention in one.mentions if mention.by and names_somebody(mention.by)}
    named |= {key[1] for key in one.keys.values() if key[0] == "body"}
    one.told |= {_tell_name(name, "body") for name in named}
    for mention in one.mentions:
        if mention.kind in {"government", "court"} and one.keys[mention.id][0] == "body" and mention.by and names_somebody(mention.by):
            one.asks |= set(near(mention.by, "body"))
        elif mention.kind == "report" and not mention.by and (name := fold(report_maker(mention.name))):
            one.asks.add(_tell_name(name, "body")[0])


def _sort_reports(one: Draft, known: Known) -> None:
    """Which reports could be one, and when they came out."""
    for mention in one.mentions:
        if mention.kind != "report":
            continue
        bucket = one.buckets[mention.id] = report_bucket(mention, report_author(mention, known, one.names("body")), known)
        dates = one.dates.get(mention.id, set())
        one.told |= {(cell("dates", bucket), date) for date in dates if len(dates) == 1}
        one.told |= {(cell("month", bucket), one.month)} if one.month else set()
        one.asks |= {cell("dates", bucket), cell("run", bucket, one.month)}
        one.heard[cell("run", bucket, one.month)] = frozenset()
        one.asks.add(cell("month", bucket))


def _page(one: Draft, known: Known) -> Page:
    for mention, bucket in one.buckets.items():
        known_dates, months = (one.heard.get(cell(kind, bucket), frozenset()) for kind in ("dates", "month"))
        one.keys[mention] = report_key(bucket, one.doc, one.dates.get(mention, set()), one.month, sorted(known_dates), runs(months))
    for key in one.keys.values():
        if key[0] == "body" and len(key) == 2:
            one.told |= {(where, key[1]) for where in letters(key[1])}
    asks = tuple(sorted(where for where in one.asks if not where.startswith('["month"')))
    voices = tuple(_voice(mention, one, known) for mention in one.mentions)
    return Page(id=one.doc, voices=voices, told=tuple(sorted(one.told)), asks=asks)


def _voice(mention: Mention, one: Draft, known: Known) -> Voice:
    """A mention with what answers for it: publisher for page, body for report or speaker, government for office, owner for medium."""
    key, bodies = one.keys[mention.id], one.names("body")
    by = {"author": one.publisher, "report": report_author(mention, known, bodies), "person": mention.by}.get(mention.kind)
    body = known.body(mention.name) if mention.kind in COLLECTIVE else None
    owner: Key = ()
    called = ""
    if key[0] == "state" and key[2]:
        owner = state_key(key[1])
    elif mention.kind in {"government", "court"} and key[0] == "body" and mention.by and names_somebody(mention.by):
        owner, called = state_by_name(mention.by, bodies), mention.by
    elif key[0] == "report" and key[1:3] == ("by", "state"):
        owner = state_key(key[3])
    elif by:
        owner, called = _owner_key(by, mention, known), by
    elif body and body.owner:
        owner, called = ("body", fold(body.owner)), body.owner
    return Voice(mention=mention, key=key, owner=owner, called=called)


def _owner_key(by: str, mention: Mention, known: Known) -> Key:
    country, office = known.speaks_for(by)
    if mention.kind == "author" or known.body(by) or not country:
        return body_key(by, mention.doc, known)
    return state_key(country, office)
