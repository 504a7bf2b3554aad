"""Hides names in text behind blocks of the same length, so that every offset still holds (METHOD P3).

In:  the names of protected persons; a text, or an address or file name.
Out: where they stand, however they are written there, and the text with those stretches as blocks.
Never: changes the length of a text in code points; decides who is protected.

A name is looked for by its words, folded: case, accents and invisible characters do not matter. Hidden are the whole name in either
order and with anything between its words that is not a letter; each of its words alone where it is written as a name is, with a capital
or in a script that has none; initials beside it; a gloss in another script in brackets behind it. Rather a word too many than a name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from urllib.parse import unquote

BLOCK = "\u2588"
_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset(
    """mr mrs ms miss mx dr prof professor sir dame judge comrade captain lawyer attorney officer detective""".split()  # noqa: SIM905 - prose
)
_CAREFUL = frozenset(
    """a abd abu ad ag al am an and are as at au be ben bin but by can da das de del della den der des di do dos du el for from go had has
    have he her him his how ibn if il in is it its la las le lo los may me my no not of off oh on one or our out she so ten than that the
    them then they this to too un und up us van vom von was we were what when where who will with you your
    january february march april june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    agent ambassador chair chairman chief commissioner consul deputy director general governor mayor minister ministry officer official
    police precinct president person reporter secretary senator spokesman spokesperson spokeswoman state city north south east west
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
"""Particles, short names that are words of English too, and what a reader at times takes for a name: hidden beside another word of the
name or behind a title, not alone."""
_SHORTEST_HANDLE = 6
"""Letters from which on a name written as one word, as in an e-mail address, is looked for: shorter ones are words of many languages."""
_SHORTEST_IN_ADDRESS = 3
_GAP = 4
"""Signs that may stand between two words of one name, none of them a letter: `Lau, Finn`, `Finn%20Lau` is unquoted first."""
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
"""Scripts that write a name without a space, so that it has no edges to look for."""
_BETWEEN = re.compile(r"(?!\s*\n\s*\n)[^;:!?()]*")
_CLOSE = re.compile(r"[\s.'’\u00b7\u2010_-]*")
_HYPHENATED = re.compile(r"[-\u2010\u00ad]\s*\n\s*")
_GLOSS = re.compile(r"\s*[(\uff08]([^()\uff08\uff09A-Za-z0-9]{1,40})[)\uff09]")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?\s+(?=(\w[\w'’-]+(?: \w[\w'’-]+){0,2}))")
_NO_NAMES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof"})
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae", "œ": "oe"})
_BARRED = {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "a", "œ": "o", "ß": "s"}


@dataclass(frozen=True, slots=True)
class _Folded:
    """A text as it is searched in, and where each of its characters stands in the text itself."""

    text: str
    places: list[int] | None
    """None where every character has its place."""

    def span(self, start: int, end: int, length: int) -> tuple[int, int]:
        if self.places is None:
            return start, end
        return self.places[start], self.places[end] if end < len(self.places) else length


@dataclass(frozen=True, slots=True)
class Protected:
    """Names to hide, ready to be looked for."""

    sequences: Mapping[tuple[str, str], tuple[tuple[str, ...], ...]]
    """First two words to whole names, in both orders: of a hundred thousand people, thousands share a first name."""
    words: frozenset[str]
    """Every word of a name."""
    handles: frozenset[str]
    """Whole names written as one word."""
    unspaced: re.Pattern[str] | None = None

    def __bool__(self) -> bool:
        return bool(self.words or self.unspaced)


class _Letters(dict[int, str]):
    """Folds one character at a time; remembers what it has folded."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter) in {"Mn", "Cf"}:
            found = ""
        else:
            lower = letter.casefold()[:1]
            plain = unicodedata.normalize("NFKD", lower)[:1].casefold()[:1]
            found = _BARRED.get(lower, plain if plain.isascii() and plain.isalnum() else lower)
        self[code] = found
        return found


_LETTERS = _Letters()


def protect(names: Iterable[str]) -> Protected:
    """Prepare names to be looked for. Words that name nobody, and names without a capital, are passed over."""
    sequences: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    words: set[str] = set()
    handles: set[str] = set()
    unspaced: set[str] = set()
    for name in sorted(set(names)):
        if UNSPACED.search(name):
            unspaced |= set(_unspaced_forms(name))
            continue
        if name.islower():
            continue
        for spelled in {name, name.casefold().translate(_SPELLED)}:
            parts = tuple(word for word in _WORD.findall(_fold(spelled).text) if word not in _TITLES)
            words |= set(parts)
            if len(parts) > 1:
                for order in {parts, (parts[-1], *parts[:-1]), (parts[0], parts[-1])}:
                    sequences.setdefault(order[:2], set()).add(order)
                    handles |= {"".join(order)} if sum(map(len, order)) >= _SHORTEST_HANDLE else set()
    pattern = re.compile("|".join(map(re.escape, sorted(unspaced, key=lambda form: (-len(form), form))))) if unspaced else None
    ordered = {first: tuple(sorted(found, key=lambda one: (-len(one), one))) for first, found in sequences.items()}
    return Protected(ordered, frozenset(word for word in words if len(word) > 1), frozenset(handles), pattern)


def folded(text: str) -> tuple[str, list[int] | None]:
    """A text as names are looked for in it, and where each of its characters stands in the text; None where each has its place."""
    found = _fold(text)
    return found.text, found.places


def forms(names: Protected) -> frozenset[str]:
    """All that is looked for, one text each: words, whole names, names written as one word, names of scripts without spaces."""
    whole = (" ".join(sequence) for sequences in names.sequences.values() for sequence in sequences)
    unspaced = names.unspaced.pattern.split("|") if names.unspaced else ()
    return frozenset({*names.words, *whole, *names.handles, *unspaced})


def spans(text: str, names: Protected) -> list[tuple[int, int]]:
    """Where names stand in a text, in order, without overlap."""
    if not names:
        return []
    found = list(_Search(text, names).found())
    found += _glosses(text, merged(found))
    return merged(found)


def mask(text: str, names: Protected) -> str:
    """A text with names as blocks; as long as it was."""
    return cover(text, spans(text, names))


def mask_address(address: str, names: Protected) -> str:
    """A web address or file name: words count in small letters too, and what is percent-encoded is read. As long as it was."""
    found = list(_Search(address, names, small=True).found()) if names else []
    plain = unquote(address)
    if plain != address and list(_Search(plain, names, small=True).found()):
        return BLOCK * len(address)
    return cover(address, merged(found))


def cover(text: str, found: Iterable[tuple[int, int]]) -> str:
    """Blocks over stretches of a text."""
    out, at = [], 0
    for start, end in found:
        out += [text[at:start], BLOCK * (end - start)]
        at = end
    return "".join([*out, text[at:]]) if out else text


def titled(text: str) -> set[str]:
    """Names behind a title (`Ms Aune Veld`) in a text: persons whom no claim need name."""
    found = (takewhile(lambda word: not word[0].islower() and word not in _NO_NAMES, match[1].split()) for match in _TITLED.finditer(text))
    return {name for words in found if (name := " ".join(words))}


@dataclass(slots=True)
class _Search:
    """Looks for names in one text."""

    text: str
    names: Protected
    small: bool = False
    """Words in small letters count, as in addresses."""
    folded: _Folded = field(init=False)
    words: list[tuple[int, int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.folded = _fold(self.text)
        self.words = [(*found.span(), found.group()) for found in _WORD.finditer(self.folded.text)]

    def found(self) -> Iterator[tuple[int, int]]:
        """Stretches of the text, in no order; they may overlap."""
        hit = self._hits()
        for start, end in _runs(hit):
            place = self.folded.span(self.words[start][0], self.words[end][1], len(self.text))
            yield place
        if self.names.unspaced is not None:
            for match in self.names.unspaced.finditer(self.folded.text):
                yield self.folded.span(*match.span(), len(self.text))

    def _hits(self) -> dict[int, bool]:
        """Numbers of the words that are hidden; with whether the next one belongs to the same stretch."""
        hit: dict[int, bool] = {}
        for at, (_, _, word) in enumerate(self.words):
            if word in self.names.handles or (word in self.names.words and self._alone(at, word)):
                hit.setdefault(at, False)
            if at + 1 == len(self.words):
                break
            for sequence in self.names.sequences.get((word, self.words[at + 1][2]), ()):
                if self._stands(at, sequence):
                    hit |= dict.fromkeys(range(at, at + len(sequence) - 1), True)
                    hit.setdefault(at + len(sequence) - 1, False)
            if self._broken(at):
                hit |= {at: True, at + 1: hit.get(at + 1, False)}
        self._spread(hit)
        return hit

    def _alone(self, at: int, word: str) -> bool:
        """Whether a word of a name, alone, is written as a name here."""
        if self.small:
            return word not in _CAREFUL and len(word) >= _SHORTEST_IN_ADDRESS
        if word in _CAREFUL:
            return at > 0 and self.words[at - 1][2] in _TITLES and self._near(at - 1)
        return not self._letter(at).islower()

    def _stands(self, at: int, sequence: tuple[str, ...]) -> bool:
        end = at + len(sequence)
        return tuple(word for _, _, word in self.words[at:end]) == sequence and all(self._near(place) for place in range(at, end - 1))

    def _near(self, at: int) -> bool:
        """Whether a word and the next one can belong to one name: nothing much stands between them, and no new paragraph."""
        end, start = self.words[at][1], self.words[at + 1][0]
        return start - end <= _GAP and _BETWEEN.fullmatch(self.folded.text, end, start) is not None

    def _close(self, at: int) -> bool:
        """Whether a word and the next one stand together as given name and surname do."""
        return self._near(at) and _CLOSE.fullmatch(self.folded.text, self.words[at][1], self.words[at + 1][0]) is not None

    def _broken(self, at: int) -> bool:
        """Whether a word of a name is broken over the end of a line."""
        (_, end, word), (start, _, rest) = self.words[at], self.words[at + 1]
        return word + rest in self.names.words and _HYPHENATED.fullmatch(self.folded.text, end, start) is not None

    def _spread(self, hit: dict[int, bool]) -> None:
        """Hide what stands beside a hidden word and belongs to it: initials, particles, other words of names."""
        for step, order in ((1, sorted(hit)), (-1, sorted(hit, reverse=True))):
            for begun in order:
                at = begun + step
                while 0 <= at < len(self.words) and at not in hit and self._close(min(at, at - step)) and self._belongs(at):
                    hit[at] = False
                    at += step
        for one, other in pairwise(sorted(hit)):
            if other == one + 1 and self._near(one):
                hit[one] = True

    def _belongs(self, at: int) -> bool:
        start, end, word = self.words[at]
        if word in self.names.words and not (word in _CAREFUL and self._letter(at).islower() and not self.small):
            return True
        initial = end - start == 1 and word.isalpha() and self._letter(at).isupper()
        return initial and self.folded.text[end : end + 1] == "."

    def _letter(self, at: int) -> str:
        """The first letter of a word, as the text has it."""
        start, _ = self.folded.span(self.words[at][0], self.words[at][1], len(self.text))
        return self.text[start]


def _fold(text: str) -> _Folded:
    if text.isascii():
        return _Folded(text.lower(), None)
    folded = text.translate(_LETTERS)
    if len(folded) == len(text):
        return _Folded(folded, None)
    return _Folded(folded, [place for place, letter in enumerate(text) if _LETTERS[ord(letter)]])


def _unspaced_forms(name: str) -> Iterator[str]:
    """A name of a script without spaces: whole, and without the family name where enough is left to be a name."""
    whole = "".join(_fold(name).text.split())
    if len(whole) > 1:
        yield whole
    if len(whole) > 2:
        yield whole[1:]


def _runs(hit: Mapping[int, bool]) -> Iterator[tuple[int, int]]:
    """First and last of the words that are hidden together."""
    begun: int | None = None
    for at in sorted(hit):
        begun = at if begun is None else begun
        if not (hit[at] and at + 1 in hit):
            yield begun, at
            begun = None


def _glosses(text: str, hidden: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Names in another script in brackets behind a hidden one, and everywhere else where they stand."""
    forms = {found[1].strip() for _, end in hidden if (found := _GLOSS.match(text, end)) and any(c.isalpha() for c in found[1])}
    for form in forms:
        for found in re.finditer(re.escape(form), text):
            yield found.span()


def merged(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that touch or overlap as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
