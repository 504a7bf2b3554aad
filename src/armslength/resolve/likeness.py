"""How alike two names are, across spellings and scripts: for warnings that two entities may be one, which people decide on.

In:  two names.
Out: a score from 0 to 1; pairs of names that are alike.
Never: merges anything. A name in another script is spelt out in Latin letters, roughly, which is enough to ask and too little to tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import yaml
from anyascii import anyascii
from rapidfuzz.distance import OSA

ALIKE = 0.75
"""Score from which two names may be one. On the 826 labelled pairs of a public benchmark for matching names (`bench/names.py`) the F1 lies
above .85 anywhere between .65 and .8; the middle was taken."""
CROWD = 400
"""Names with one sound beyond which the sound tells nothing: `limited`, `police`."""
_LIGHT, _INITIAL = 0.15, 0.4
"""What a small word and an initial weigh beside a word of a name. Set by hand."""
_FEW = 1.5
"""Weight of shared words below which a name with words of its own left over is another name: one shared word says little."""

_DIGITS = re.compile(r"\d+")
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("sch|sh", "s"),
        ("kh", "h"),
        ("zh|dz", "z"),
        ("hs", "x"),
        ("ts", "z"),
        ("ph", "f"),
        ("gh", "g"),
        ("ck|q", "k"),
        ("ch", "c"),
        ("th", "t"),
        ("dh", "d"),
        ("w", "v"),
        ("[yj]", "i"),
        (r"(.)\1+", r"\1"),
    )
)
"""Spellings of one sound in transcriptions of Arabic, Chinese, Persian and Slavic names."""


@cache
def _forms() -> Mapping[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((files("armslength.resolve") / "data" / "name_forms.yaml").read_text("utf-8"))
    return loaded


@cache
def _legal() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Legal forms, longest first."""
    forms = [(form.strip(), kind) for kind, row in _forms()["legal"].items() for form in row.split(",")]
    return tuple((re.compile(rf"\b{form}\b"), kind) for form, kind in sorted(forms, key=lambda row: (-len(row[0]), row[0])))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(_forms()[key].split())


@cache
def _sets(key: str) -> Mapping[str, frozenset[int]]:
    """Word to the sets of interchangeable words it is in."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, row in enumerate(_forms()[key].split(";")):
        for word in row.split():
            found[word].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def spelt(name: str) -> str:
    """A name in lower-case Latin letters and digits, words apart; `U.S.` and `Standard & Poor's` as `us` and `standard and poors`."""
    text = anyascii(unicodedata.normalize("NFKC", name)).lower()
    text = re.sub(r"['’`ʼ]", "", text)
    text = re.sub(r"\b(?:[a-z]\.){2,}", lambda found: found.group().replace(".", ""), text)
    return " ".join(re.findall(r"[a-z0-9]+", text.replace("&", " and ")))


def alike(one: str, two: str, *, person: bool) -> float:
    """How alike two names are, 0 to 1; 1 for the same words in any order."""
    return _persons(one, two) if person else _bodies(one, two)


def _persons(one: str, two: str) -> float:
    a, b = ([word for word in spelt(name).split() if word not in _words("titles")] for name in (one, two))
    if not a or not b:
        return 0.0
    joined = "".join(a), "".join(b)
    if joined[0] == joined[1] or sorted(a) == sorted(b):
        return 1.0
    if min(map(len, joined)) > 5 and OSA.distance(*joined, score_cutoff=1) <= 1:
        return 0.95
    return _aligned(a, b)


def _bodies(one: str, two: str) -> float:
    a, b = (_without_form(spelt(name)) for name in (one, two))
    if not a or not b:
        return float(spelt(one) == spelt(two) != "")
    joined = "".join(a), "".join(b)
    if joined[0] == joined[1] or sorted(a) == sorted(b):
        return 1.0
    if _DIGITS.findall(joined[0]) != _DIGITS.findall(joined[1]):
        return 0.9 if _same_numbers(a, b) else 0.3
    shortest = min(map(len, joined))
    slip = shortest >= 6 and OSA.distance(*joined) <= 1 + (shortest > 11)
    if slip or any(len(short) == 1 and len(short[0]) > 2 and short[0] == "".join(w[0] for w in long) for short, long in ((a, b), (b, a))):
        return 0.9
    pairs = _pairs(a, b, least=0.7)
    if len(pairs) < min(len(a), len(b)):
        return 0.3
    return sum(score for *_, score in pairs) / max(len(a), len(b))


def _without_form(name: str) -> list[str]:
    """The words of a body's name without its legal form and small words."""
    for form, _ in _legal():
        name = form.sub(" ", name)
    return [word for word in name.split() if word not in {"the", "and", "of", "for"}]


def _same_numbers(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two names are the same but for numbers written in figures or in words."""
    sets, none = _sets("numbers"), frozenset[int]()
    return len(one) == len(two) and all(a == b or sets.get(a, none) & sets.get(b, none) for a, b in zip(one, two, strict=True))


def _weight(word: str) -> float:
    return _LIGHT if word in _words("small") else _INITIAL if len(word) == 1 else 1.0


def _aligned(one: Sequence[str], two: Sequence[str]) -> float:
    """Word by word: what is shared, less what each has that the other contradicts. A word that only one has costs little."""
    pairs = _pairs(one, two, least=0.0)
    left = [
        sum(_weight(word) for place, word in enumerate(words) if place not in {row[side] for row in pairs})
        for side, words in ((0, one), (1, two))
    ]
    shared = sum(_weight(one[place]) for place, _, _ in pairs)
    if not shared or (shared < _FEW and max(left) > 0.5):
        return 0.3 if shared else 0.0
    scored = sum(_weight(one[place]) * score for place, _, score in pairs)
    return max(0.0, (scored - 1.2 * min(left)) / (shared + 0.35 * max(left)))


def _pairs(one: Sequence[str], two: Sequence[str], *, least: float) -> list[tuple[int, int, float]]:
    """Words of the two names that could be one, best first, each used once."""
    scored = ((_word(a, b), -abs(i - j), i, j) for i, a in enumerate(one) for j, b in enumerate(two))
    found: list[tuple[int, int, float]] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for score, _, i, j in sorted(scored, key=lambda row: (-row[0], -row[1], row[2], row[3])):
        if score > least and i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            found.append((i, j, score))
    return found


def _word(one: str, two: str) -> float:
    """How likely two words are spellings of one."""
    if one == two:
        return 1.0
    if _sets("short").get(one, frozenset()) & _sets("short").get(two, frozenset()):
        return 0.9
    if one.isdigit() or two.isdigit():
        return 0.0
    longest = max(len(one), len(two))
    if min(len(one), len(two)) == 1:
        return 0.8 if one[0] == two[0] else 0.0
    wrong = OSA.distance(one, two)
    if longest > 3 and (wrong <= 1 + (longest >= 9) or (longest > 6 and wrong <= 2 and one[0] == two[0])):
        return 1 - wrong / longest
    sound = _sound(one)
    return 0.75 if len(sound) > 1 and longest - wrong >= 2 and sound == _sound(two) else 0.0


@cache
def _sound(word: str) -> str:
    """A word's first letter and consonants, spellings of one sound alike."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word[:1] + re.sub("[aeiouh]", "", word[1:])


def sounds(name: str) -> tuple[str, ...]:
    """What two names must have one of in common to be compared: how their words begin to sound, or their initials."""
    words = spelt(name).split()
    return (*(_sound(word)[:3] for word in words if len(word) > 2 and word not in _words("small")), "".join(w[0] for w in words))


def lookalikes(names: Iterable[tuple[str, str]], *, person: bool) -> Iterator[tuple[str, str, float]]:
    """Pairs of keys whose names may be one, with the score. `names`: (key, name); a key may have several. Only names that share the
    sound of a word, or their initials, are compared.
    """
    blocks: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key, name in names:
        for sound in sounds(name):
            blocks[sound].add((key, name))
    best: dict[tuple[str, str], float] = {}
    for members in blocks.values():
        ordered = sorted(members) if len(members) <= CROWD else []
        for (one, first), (two, second) in combinations(ordered, 2):
            score = alike(first, second, person=person) if one != two else 0.0
            if score >= ALIKE:
                best[one, two] = max(score, best.get((one, two), 0.0))
    yield from ((one, two, score) for (one, two), score in sorted(best.items()))
