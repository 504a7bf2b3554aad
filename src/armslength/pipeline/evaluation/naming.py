"""Which voice of the gold a voice of a reader is.

In:  the gold's entities, the reader's links and the texts. Out: parties of the gold.
A voice is known by its name, by the words it stands on, or, where both are a pronoun, by what its mention is called elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from armslength.extract.places import country_of
from armslength.model.claims import Claim, Link
from armslength.pipeline.evaluation.gold import GoldEntity

_PERSON = "per:"
_COMMON = (
    "a an the of and or in on by to for from at its his her their this that s mr mrs ms dr report reports study group groups organization "
    "organisation ngo authorities authority government officials official police news article articles video document documents data press "
    "media state new latest source sources party regime embassy human rights statement release notice law researchers authors author us u"
)
"""Words that are in many names and tell none of them from another; so do the names of countries and peoples."""


@cache
def _names_nobody(word: str) -> bool:
    return word in _COMMON.split() or bool(country_of(word.title()))


def folded(name: str | None) -> str:
    """A name without case, marks, a leading article and the possessive `s`."""
    words = re.sub(r"[\W_]+", " ", (name or "").casefold().replace("’", "'")).split()
    while words and words[0] in {"the", "a", "an"}:
        words.pop(0)
    return " ".join(word for word in words if word != "s")


class GoldNames:
    """The gold's entities by name."""

    __slots__ = ("_by_name", "_party")

    def __init__(self, entities: Iterable[GoldEntity]) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._party: dict[str, str] = {}
        for entity in entities:
            self._party[entity.id] = entity.party or entity.organisation or entity.id
            for name in (entity.name, *entity.aliases):
                if folded(name):
                    self._by_name[folded(name)].add(entity.id)

    def party(self, entity: str) -> str:
        return self._party.get(entity, entity)

    def parties(self, entities: Iterable[str]) -> set[str]:
        return {self.party(entity) for entity in entities}

    def called(self, name: str | None) -> set[str]:
        """Parties that a name can stand for: the same name, else the longest that lies within it or that it lies within."""
        own = folded(name)
        if not own:
            return set()
        if own in self._by_name:
            return self.parties(self._by_name[own])
        hits = list(self._near(set(own.split())))
        named = [hit for hit in hits if hit[1] and any(entity.startswith(_PERSON) for entity in hit[2])]
        hits = named or hits  # "the founder of X, Jane Doe" is Jane Doe
        longest = max((hit[0] for hit in hits), default=0)
        return self.parties(entity for length, _, entities in hits if length == longest for entity in entities)

    def _near(self, words: set[str]) -> Iterable[tuple[int, bool, set[str]]]:
        for name, entities in self._by_name.items():
            other = set(name.split())
            if other <= words and (len(other) > 1 or not all(map(_names_nobody, other))):
                yield len(other), True, entities
            elif words <= other and not all(map(_names_nobody, words)):
                yield len(words), False, entities


class ReadVoices:
    """A reader's links as parties of the gold."""

    __slots__ = ("_mentions", "_names")

    def __init__(self, names: GoldNames, read: Iterable[tuple[str, Sequence[Claim]]]) -> None:
        """`read`: each document's text and claims."""
        self._names = names
        seen: dict[str, Counter[str]] = defaultdict(Counter)
        for text, claims in read:
            for link in (link for claim in claims for link in claim.attribution):
                for name in {folded(link.name), folded(_words(link, text))}:
                    seen[link.mention].update(names.called(name))
        self._mentions = _told_apart(seen)

    def of(self, link: Link, text: str) -> set[str]:
        """The parties a link stands for; none where nothing tells."""
        found = self._names.called(link.name) or self._names.called(_words(link, text))
        known = self._mentions.get(link.mention)
        return found or ({known} if known else set())


def _words(link: Link, text: str) -> str:
    return text[link.start : link.end] if link.start is not None and link.end is not None else ""


def _told_apart(seen: Mapping[str, Counter[str]]) -> dict[str, str]:
    """What a mention is called most; nothing where no name has more than half: a mention that lumps voices together stands for none."""
    best = {mention: counts.most_common(1)[0] for mention, counts in seen.items() if counts}
    return {mention: party for mention, (party, count) in best.items() if count * 2 > sum(seen[mention].values())}
