"""Who is protected, what they are called, where documents name them, and which passages concern them.

In:  the rows of a case, its ledger, names from the vault.
Out: `Persons`, and for documents and claims who is named in or near them.
Never: takes somebody for public because a source prints the name (METHOD P1, P5).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from armslength.base.ids import digest
from armslength.base.offsets import Range, merge, overlap, paragraphs
from armslength.model.claims import Claim, Link, Party
from armslength.model.evidence import Document
from armslength.model.ledger import Ledger
from armslength.publish.attack.folding import any_of
from armslength.publish.attack.forms import parts_of
from armslength.publish.attack.runs import AROUND
from armslength.publish.content import Content
from armslength.publish.gate.strangers import known_words, strangers

PERSONAL = frozenset({"incident", "testimony", "method", "legal", "person", "victim_category"})
"""Families of claims that are about what was done to, or by, somebody."""
NEAR = 240
"""Characters on each side of a passage that count as near it where its paragraph is shorter: two lines of a PDF, a sentence of news."""
_WORD = re.compile(r"\w+")
_IDEOGRAPHS = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Persons:
    """Who must not be given away, and who may be named."""

    protected: Mapping[str, tuple[str, ...]]
    """Entity (a mention, where there is none) to every name it goes by."""
    public: Mapping[str, str]
    """Disclosed person to the fullest name."""
    entity_of: Mapping[str, str]
    authors: tuple[str, ...] = ()
    """Names under which texts were published: sought, but not what a passage is about."""
    words: re.Pattern[str] = field(default=re.compile(r"(?!)"))
    signs: re.Pattern[str] = field(default=re.compile(r"(?!)"))
    called: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """A name, or the last word of one, in lower case, to those who go by it."""

    def of(self, voice: Link | Party) -> str:
        """The entity, or the mention, of a voice or party."""
        return self.entity_of.get(voice.mention, voice.mention)

    def voices(self, claim: Claim) -> frozenset[str]:
        """Protected persons who speak in a claim or are a party to it."""
        return frozenset(who for who in map(self.of, voices_of(claim)) if who in self.protected)

    def mentions(self, text: str) -> list[tuple[Range, frozenset[str]]]:
        """Where a text names protected persons, and whom."""
        spans = [match for match in self.words.finditer(text) if _capital(match.group())]
        found = [(match.span(), self.called.get(match.group().lower(), frozenset())) for match in (*spans, *self.signs.finditer(text))]
        return sorted(found, key=lambda one: one[0])


def persons_of(content: Content, ledger: Ledger, *, names: Mapping[str, Sequence[str]], restricted: Collection[str]) -> Persons:
    """Read who is who out of a case. `restricted`: entities that a court forbids to name; they count as protected."""
    rows = {row.id: row for row in content.entities}
    found: dict[str, set[str]] = {who: set(given) for who, given in names.items()}
    for claim in content.claims:
        for voice in voices_of(claim):
            who = content.entity_of.get(voice.mention, voice.mention)
            row = rows.get(who)
            if voice.kind == "person" or (row is not None and row.protected) or who in restricted:
                found.setdefault(who, set()).add(voice.name)
    for who in restricted:
        if who in rows:
            found.setdefault(who, set()).update((rows[who].label, *rows[who].aliases))
    for name in _unread(content):
        found.setdefault(digest("somebody named", name), set()).add(name)
    public = {who: max(found[who], key=lambda name: (len(name), name)) for who in ledger.public() if who in found and who not in restricted}
    protected = {who: tuple(sorted(given)) for who, given in sorted(found.items()) if who not in public and given}
    seen = {appearance.byline for document in content.documents for appearance in document.appearances if appearance.byline}
    return _compiled(Persons(protected, public, content.entity_of, tuple(sorted(_authors(seen, public.values())))))


def _unread(content: Content) -> Iterator[str]:
    """What may be the names of persons near passages about somebody, where no reader found them."""
    known = known_words(content)
    near: dict[str, list[Range]] = {}
    for claim in content.claims:
        if claim.family in PERSONAL:
            near.setdefault(claim.doc, []).append((max(0, claim.start - NEAR), claim.end + NEAR))
    for document in content.documents:
        for start, end in strangers(document.text, known, within=merge(near.get(document.id, ()))):
            yield document.text[start:end].removesuffix("'s").removesuffix("’s")


def voices_of(claim: Claim) -> tuple[Link | Party, ...]:
    """Everybody who speaks in a claim or is a party to it."""
    return (*claim.attribution, *claim.parties)


def _authors(bylines: Iterable[str], public: Collection[str]) -> Iterator[str]:
    for byline in bylines:
        for name in re.split(r"\s*(?:,|;|&|\band\b)\s*", byline):
            if len(parts_of(name)) > 1 and name not in public:
                yield name


def _compiled(persons: Persons) -> Persons:
    called: dict[str, set[str]] = {}
    public_words = {part for name in persons.public.values() for part in name.lower().split()}
    for who, names in persons.protected.items():
        for name in names:
            called.setdefault(name.lower(), set()).add(who)
            last = name.split()[-1].lower() if name.split() else ""
            if len(last) >= _SHORTEST and last not in public_words:
                called.setdefault(last, set()).add(who)
    words = [name for name in called if not _IDEOGRAPHS.search(name)]
    signs = [name for name in called if _IDEOGRAPHS.search(name) and len(name) > 1]
    return Persons(
        persons.protected,
        persons.public,
        persons.entity_of,
        persons.authors,
        re.compile(rf"(?<!\w)(?:{any_of(words)})(?!\w)", re.IGNORECASE),
        re.compile(any_of(signs)),
        {name: frozenset(who) for name, who in called.items()},
    )


def _capital(found: str) -> bool:
    """Whether what was found begins like a name. Scripts without capitals always do."""
    return not found[0].islower() or " " in found


@dataclass(frozen=True, slots=True)
class Named:
    """Where one document names protected persons."""

    mentions: tuple[tuple[Range, frozenset[str]], ...]
    lines: tuple[Range, ...]
    around: tuple[Range, ...]
    """For each mention the stretch of words around it."""

    def near(self, start: int, end: int) -> frozenset[str]:
        """Who is named in the paragraph of a passage, or within `NEAR` characters of it."""
        low, high = start - NEAR, end + NEAR
        for line in self.lines:
            if overlap(line, (start, end)):
                low, high = min(low, line[0]), max(high, line[1])
        return frozenset(who for span, whom in self.mentions if overlap(span, (low, high)) for who in whom)


def named_in(document: Document, persons: Persons) -> Named:
    """Find the protected persons in a document's text."""
    mentions = persons.mentions(document.text)
    words = [match.span() for match in _WORD.finditer(document.text)] if mentions else []
    return Named(tuple(mentions), tuple(paragraphs(document.text)) if mentions else (), tuple(_around(mentions, words)))


def _around(mentions: Iterable[tuple[Range, frozenset[str]]], words: Sequence[Range]) -> Iterator[Range]:
    """Stretches of `AROUND` words on both sides of each mention. Chinese characters count one by one, as the runs of words do."""
    starts = [start for start, _ in words]
    for (start, end), _ in mentions:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        yield starts[max(0, first - AROUND)], words[min(len(words) - 1, last + AROUND)][1]
