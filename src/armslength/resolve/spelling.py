"""Slips of the pen in names of bodies, and acronyms that a document spells out.

In:  keys of bodies; mentions.
Out: pairs of keys that are one, with the reason; acronyms with what they stand for.
Never: looks at names of persons; takes two real words for each other (`Austria`, `Australia`); compares every name with every other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import OSA

from armslength.resolve.keys import COLLECTIVE, Key
from armslength.resolve.mentions import Mention
from armslength.resolve.names import fold, initials, is_acronym

_SHORTEST = 7
"""Letters a word must have for one wrong letter to be a slip. Names of states, some of which are one letter apart, are always right."""


def find_slips(keys: Iterable[Key], settled: frozenset[str]) -> list[tuple[Key, Key]]:
    """Pairs of bodies whose names differ by one letter in one long word. `settled`: words and names that are right as they are.

    A wrong letter leaves the first or the last three letters of the word alone; only names that share them are compared.
    """
    by_block: dict[tuple[object, ...], list[Key]] = defaultdict(list)
    for key in sorted(set(keys)):
        if key[0] == "body" and len(key) == 2 and key[1] not in settled:
            for block in blocks(key[1].split()):
                by_block[block].append(key)
    found = {pair for members in by_block.values() for pair in _pairs(members, settled)}
    return sorted(found)


def blocks(words: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """What a name shares with each name that is a slip of it."""
    for place, word in enumerate(words):
        if len(word) >= _SHORTEST:
            rest = (place, *words[:place], None, *words[place + 1 :])
            yield (*rest, "begins", word[:3])
            yield (*rest, "ends", word[-3:])


def _pairs(members: Sequence[Key], settled: frozenset[str]) -> Iterator[tuple[Key, Key]]:
    for place, one in enumerate(members):
        for two in members[place + 1 :]:
            if is_slip(one[1].split(), two[1].split(), settled):
                yield one, two


def is_slip(one: Sequence[str], two: Sequence[str], settled: frozenset[str]) -> bool:
    """Whether two names of equally many words differ by one letter in one long word."""
    if len(one) != len(two):
        return False
    different = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
    if len(different) != 1:
        return False
    a, b = different[0]
    if min(len(a), len(b)) < _SHORTEST or (a in settled and b in settled) or any(c.isdigit() for c in a + b) or a[0] != b[0]:
        return False
    return OSA.distance(a, b, score_cutoff=1) <= 1


def find_expansions(
    mentions: Iterable[Mention], keys: Mapping[str, Key], brackets: frozenset[tuple[str, str]]
) -> dict[tuple[str, str], Key]:
    """(document, acronym) to the body it stands for there.

    It stands for a name of the same document that it abbreviates, if there is only one such name, or one that the text writes
    with the acronym in brackets behind it. `brackets`: (mention, acronym) where the text does.
    """
    by_doc: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind in COLLECTIVE:
            by_doc[mention.doc].append(mention)
    found: dict[tuple[str, str], Key] = {}
    for doc, here in by_doc.items():
        for short in (mention for mention in here if is_acronym(mention.name)):
            whole = {keys[m.id] for m in here if fold(short.name) in initials(m.name)}
            written = {keys[m.id] for m in here if not is_acronym(m.name) and (m.id, short.name) in brackets}
            chosen = written or whole
            if len(chosen) == 1:
                found[doc, fold(short.name)] = next(iter(chosen))
    return found
