"""The ways one name can be written, and a matcher that finds any of them in any text.

In:  what is sought; words that are nobody's secret.
Out: for a text, whom it gives away and how.
Never: gives a name back. A single word of a name counts only where it cannot be taken for an ordinary word or a public name.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from armslength.publish.attack.folding import any_of, has_ideographs, plain, spellings, tokens, visible
from armslength.publish.attack.rows import Sought

_TITLES = frozenset(
    re.findall(
        r"\w+",
        "mr mrs ms miss dr prof professor sir dame lord lady judge minister president general colonel captain officer",
    )
)
_ALSO_WORDS = frozenset(
    re.findall(
        r"\w+",
        "abbey amber april august autumn baker banks bell berry bill bishop black brook brown bush carol case chance chase "
        "christian church clay cliff cole cook cross dale dawn day dean drew earl east faith field fish ford forest fox frank "
        "gene gill glen gold grace grant gray green grey hall harmony heath hill holly hope hunter iris ivy jack jade jasmine "
        "jean john joy june justice king lake lane law lily long love mark marsh mason may mercy miles mill moon moss noble "
        "north olive page park pat pearl penny pool pope price prince ray reed rich river rob robin rock rose ruby rush sage "
        "short smith south star stone storm sue summer sun swift temple thorn trinity union victor violet wade walker ward "
        "waters wells west white will wise wolf wood young china paris london berlin rome sofia geneva",
    )
)
"""Names that are ordinary words or cities: alone they give nobody away. The words of the documents are added by the caller."""
SHORTEST_ALONE = 4
"""Letters of a name's part that is sought alone: of three-letter parts (Lee, Kim, Ali) too many stand in other words and names."""
SHORTEST_SQUEEZED = 8
"""Letters of a name that is sought inside longer strings, as in `photo_mireladosk2`: shorter ones turn up inside ordinary words."""
SHORTEST_SOUNDING = 7
"""Letters and gaps of a name that is sought in how Chinese characters sound: `li wei` is also "reason" and "for" side by side."""
_SHORTEST_LOCATOR = 12
_LONGEST_LOCATOR = 20
"""Words of a locator that are compared; twenty are enough to tell pages apart."""
_SCHEME = re.compile(r"^https?://(?:www\.)?")
_TWO_FOR_ONE = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
_HEX = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{32,128}(?![0-9a-fA-F])")


@dataclass(frozen=True, slots=True)
class Found:
    """One match."""

    about: str
    how: str


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds what is sought. Made once for an attack; every look-up is a dictionary's."""

    spaced: re.Pattern[str]
    sounding: re.Pattern[str]
    """Of `spaced`, what is long enough to be sought in how Chinese characters sound."""
    squeezed: re.Pattern[str]
    written: re.Pattern[str]
    script: re.Pattern[str]
    by_form: Mapping[str, Found] = field(default_factory=dict)
    by_squeezed: Mapping[str, Found] = field(default_factory=dict)
    by_written: Mapping[str, Found] = field(default_factory=dict)
    by_script: Mapping[str, Found] = field(default_factory=dict)
    by_hex: Mapping[str, Found] = field(default_factory=dict)

    def find(self, text: str) -> Iterator[Found]:
        """Whom a text gives away."""
        return self.find_in(text, [(spelling, tokens(spelling)) for spelling in spellings(text)])

    def find_in(self, text: str, read: Iterable[tuple[str, list[str]]]) -> Iterator[Found]:
        """The same of a text whose spellings and their words are at hand."""
        for spelling, words in read:
            for match in self.spaced.finditer(" " + " ".join(words) + " "):
                yield self.by_form[match.group(1)]
            for match in self.squeezed.finditer("".join(words)):
                yield self.by_squeezed[match.group()]
            for match in self.written.finditer(spelling):
                yield self.by_written[match.group(1)]
        if not text.isascii():
            yield from self._in_scripts(text)
        for match in _HEX.finditer(text):
            found = self.by_hex.get(match.group().lower())
            if found:
                yield found

    def _in_scripts(self, text: str) -> Iterator[Found]:
        if has_ideographs(text):
            sounds = tokens(plain(text))
            for match in self.sounding.finditer(" " + " ".join(sounds) + " "):
                yield self.by_form[match.group(1)]
            for match in self.squeezed.finditer("".join(sounds)):
                yield self.by_squeezed[match.group()]
        for match in self.script.finditer(visible(text)):
            yield self.by_script[match.group()]

    def vocabulary(self, words: Collection[str]) -> Iterator[Found]:
        """Whom a list of words without order gives away, as the index of a search engine holds them."""
        known = {word for entry in words for spelling in spellings(entry) for word in tokens(spelling)}
        for form, found in self.by_form.items():
            parts = form.split()
            if found.how == FULL and len(parts) > 1 and known.issuperset(parts):
                yield Found(found.about, "every word of the full name in an index")


FULL = "the full name"


def matcher_of(sought: Iterable[Sought], *, ordinary: Collection[str] = (), public: Collection[str] = ()) -> Matcher:
    """Make a matcher. `ordinary`: words that documents use in lower case; `public`: names that the release may show."""
    plain_words = _ALSO_WORDS | {word.lower() for word in ordinary}
    shown = {word for name in public for word in tokens(plain(name))}
    shown_names = {" ".join(tokens(plain(name))) for name in public}
    forms: dict[str, Found] = {}
    squeezed: dict[str, Found] = {}
    written: dict[str, Found] = {}
    script: dict[str, Found] = {}
    hexes: dict[str, Found] = {}
    for one in sought:
        for name in (spelt for given in one.names for spelt in _respelt(given)):
            for form, how in _forms(name, plain_words, shown):
                if form not in shown_names:
                    forms.setdefault(form, Found(one.about, how))
            for form in _capitalised(name, plain_words):
                written.setdefault(form, Found(one.about, "part of the name"))
            for form in _joined(name):
                squeezed.setdefault(form, Found(one.about, "the name inside other signs"))
            if not name.isascii() and len(visible(name).strip()) > 1:
                script.setdefault(visible(name).strip(), Found(one.about, FULL))
            hexes.update({form: Found(one.about, "a plain hash of the name") for form in _hashes(name)})
        for locator in one.locators:
            form = " ".join(tokens(plain(_SCHEME.sub("", locator)))[:_LONGEST_LOCATOR])
            if len(form) >= _SHORTEST_LOCATOR:
                forms.setdefault(form, Found(one.about, "an address, title or file name that leads to a withheld document"))
        hexes.update({form.lower(): Found(one.about, "an id that can be computed from the source") for form in one.ids})
    return Matcher(
        spaced=re.compile(f"(?<= )({any_of(forms)})(?= )"),
        sounding=re.compile(f"(?<= )({any_of(form for form in forms if len(form) > SHORTEST_SOUNDING)})(?= )"),
        squeezed=re.compile(any_of(squeezed)),
        written=re.compile(f"(?<![A-Za-z])({any_of(written)})(?![A-Za-z])"),
        script=re.compile(any_of(script)),
        by_form=forms,
        by_squeezed=squeezed,
        by_written=written,
        by_script=script,
        by_hex=hexes,
    )


def parts_of(name: str) -> list[str]:
    """The words of a name in plain lower case, without titles and single letters."""
    return [part for part in tokens(plain(name)) if part not in _TITLES and len(part) > 1]


def _forms(name: str, ordinary: Collection[str], shown: Collection[str]) -> Iterator[tuple[str, str]]:
    """Token sequences in lower case, with how each is reported."""
    words = parts_of(name)
    if not words:
        return
    everything = tokens(plain(name))
    if len(words) == 1:
        if len(words[0]) >= SHORTEST_ALONE and words[0] not in ordinary and words[0] not in shown:
            yield words[0], FULL
        return
    yield " ".join(words), FULL
    yield " ".join(everything), FULL
    first, last = words[0], words[-1]
    yield " ".join((last, *words[:-1])), "the name, last word first"
    yield " ".join((*words[1:], first)), "the name, first word last"
    yield f"{first} {last}", "first and last word of the name"
    yield f"{last} {first}", "last and first word of the name"
    if not _syllables(name):
        for whole, short in ((last, first), (first, last)):
            if len(whole) >= SHORTEST_ALONE and whole not in ordinary and whole not in shown:
                yield whole, "part of the name"
                yield f"{short[0]} {whole}", "initial and part of the name"


def _capitalised(name: str, ordinary: Collection[str]) -> Iterator[str]:
    """Forms with an initial, in which capitals and a point tell a name from words: `A. Long`, not `a long`."""
    words = parts_of(name)
    if len(words) < 2 or _syllables(name):
        return
    first, last = words[0], words[-1]
    for whole, short in ((last, first), (first, last)):
        if len(whole) < SHORTEST_ALONE - 1:
            continue
        for gap in (". ", ".", " "):
            if gap != " " or whole not in ordinary:
                yield f"{short[0].upper()}{gap}{whole.capitalize()}"
                yield f"{short[0].upper()}{gap}{whole.upper()}"


def _respelt(name: str) -> tuple[str, ...]:
    """The name, and the name with two letters for one that other languages lack: `Møller`, `Moeller`."""
    other = name.translate(_TWO_FOR_ONE)
    return (name,) if other == name else (name, other)


def _joined(name: str) -> Iterator[str]:
    words = parts_of(name)
    orders = {"".join(words), "".join((words[-1], *words[:-1])), "".join((*words[1:], words[0]))} if words else set()
    yield from (form for form in sorted(orders) if len(form) >= SHORTEST_SQUEEZED and (len(words) > 1 or _syllables(name)))


def _syllables(name: str) -> bool:
    """Whether a name is written in characters that each stand for a syllable."""
    return any("\u2e80" <= letter <= "\u9fff" or letter >= "\U00020000" for letter in name)


def _hashes(name: str) -> Iterator[str]:
    for spelling in {name, name.lower(), name.upper(), name.replace(" ", ""), name.lower().replace(" ", "")}:
        data = spelling.encode("utf-8", "surrogatepass")
        for kind in (hashlib.md5, hashlib.sha1, hashlib.sha256):
            yield kind(data, usedforsecurity=False).hexdigest()
