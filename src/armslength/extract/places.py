"""Places in prose, as far as they may be public: country, first-level region, city.

In:  a passage of English text. Out: `Place`s in order; the words for who belongs to a country, apart; the country of a name.
Never: an address or anything below a city (METHOD P4); a place out of a word, a surname or an organisation's name when it can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from armslength.extract.gazetteer import LARGE, Candidate, Gazetteer, first_word, gazetteer
from armslength.model.claims import Place

_WORD = re.compile(r"(?<![^\W_])(?:[A-ZÀ-ÖØ-Þ][^\W\d_]*|mainland)")
_SIDE = r"(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est)(?:ern)?"
_LED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]utside|[Ii]nside|[Aa]round|[Aa]cross|[Tt]hroughout|[Tt]o|[Ii]nto|[Vv]isit(?:ed|ing)|[Vv]ia"
    r"|(?:city|town|capital|suburbs?|outskirts|north|south|east|west|cent(?:re|er)|people|streets)\s+of|city)\s+(?:the\s+)?"
    rf"(?:(?:[Gg]reater|[Cc]entral|[Dd]owntown|[Ii]nner|[Oo]uter|[Mm]ainland|{_SIDE}(?:[- ]{_SIDE})?)\s+)?$"
)
_LIST = re.compile(r"\s?(?:,|,?\s+(?:and|or|as well as)|;)\s+")
_CAPITAL_BEFORE = re.compile(r"(?:^|[^\w.!?:;,\n“\"‘(])?\b([A-Z][\w.’'-]*)\s$")
_PART_OF_NAME_BEFORE = re.compile(
    r"\b(?:Universit(?:y|ies)|Bank|College|Institute|Church|Diocese|Duke|Earl|Bishop|Archbishop|Party|Academy|Federation|Museum|School|Voice|Gulf|Sea|Treaty"
    r"|Battle|Friends|Radio|Port|Bay)\s+(?:of|de|for)\s+(?:the\s+)?$|\banti-$|\bpro-$|\bSino-$"
)
_NAME_AFTER = re.compile(r"[ \u00a0](24\b|[A-ZÀ-ÖØ-Þ][\w’'-]+)")
_OFFICIAL = re.compile(
    r"(?:-\w|(?:['’]s)?(?:\s+[a-z][\w-]*){0,2}?\s+(?:[Gg]overnment|[Pp]olice|officials?|authorit(?:y|ies)|[Ee]mbass(?:y|ies)|[Cc]onsulates?|state|media|ministr(?:y|ies)|minister"
    r"|prosecut\w+|courts?|intelligence|president|regime|diplomats?|lawmakers?|citizens?|nationals?|dissidents?|[Ff]oreign\s+[Mm]inistry|security|officers?|agents?"
    r"|[Hh]ome\s+[Oo]ffice|[Dd]epartment|[Aa]mbassador|[Jj]ustice|[Ss]enat\w+|[Mm]inistry|[Pp]arliament|leaders?|lawyers?|students?|activists?|residents?)\b)"
)
_NEAR_AFTER = re.compile(
    r",\s(?:near|outside|north\s+of|south\s+of|east\s+of|west\s+of|a\s+(?:\w+\s+)?(?:suburb|city|town)|just\s+outside)\b"
)
_REGION_CODE = re.compile(r",\s([A-Z]{2})\b(?!\.)")
_NOT_ADJECTIVE = re.compile(r"\b(?:Latin|South|North|Native|African|Central|West|Asian|American|Equatorial|Papua New|Northern)[ -]$")
_CAPITAL_OF = re.compile(
    r"\b(?:the|that|its)\s(?P<people>[A-ZÀ-ÖØ-Þ][^\W\d_]+(?:\s[A-ZÀ-ÖØ-Þ][^\W\d_]+)?)\s(?P<capital>capital)\b(?!\s(?:flows?|punishment|markets?|gains|controls|invest\w+))"
)
_RIVAL = 20
"""How many times larger the most populous city of a name may be and still give way to one in a country that the passage names.

Chosen so that Birmingham, Alabama (1:6) is found in a text about the United States and London, Ontario (1:21) is not in one on Canada.
"""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A name of the gazetteer as it stands in a text."""

    start: int
    end: int
    name: str
    candidates: tuple[Candidate, ...]


def find_places(text: str, start: int = 0) -> list[Place]:
    """The places named in a passage, in order; `start` is where the passage begins in its document and is added to the spans.

    The name is the gazetteer's (`Britain` gives `United Kingdom`), the span is the text's. `Paris, France` is one place, the city.
    A country's name used for its organs (`US officials`, `China’s courts`) is not a place; see `find_demonyms`.
    """
    known = gazetteer()
    seen = [one for one in _names(text, known) if not _OFFICIAL.match(text, one.end) or not _is_country(one)]
    countries = frozenset(one.candidates[0].country for one in seen if _is_country(one))
    context = countries | {country for _, _, country in find_demonyms(text)}
    found: list[Place] = []
    last_end, skip_to = -1, -1
    for at, one in enumerate(seen):
        if one.start < skip_to:
            continue
        beside = _beside(text, seen, at)
        led = beside is not None or _is_led(text, one, last_end)
        if not _means_a_place(text, one, known, led=led, countries=countries):
            continue
        chosen, skip_to = beside or (_choose(one, known, context), one.end)
        found.append(
            Place(
                name=chosen.name, country=chosen.country, geonames=chosen.geonames, precision=chosen.precision,
                start=start + one.start, end=start + one.end,
            )
        )  # fmt: skip
        last_end = max(one.end, skip_to)
    return sorted([*found, *_capitals(text, start, known)], key=lambda place: (place.start or 0, place.end or 0))


def _capitals(text: str, start: int, known: Gazetteer) -> Iterator[Place]:
    """`the Freedonian capital`: the city is told from its country."""
    for match in _CAPITAL_OF.finditer(text):
        name = _longest(text, match.start("people"), known.people_by_word)
        city = _capital_cities().get(known.people.get(name, "")) if name == match["people"] else None
        if city is not None:
            span = (start + match.start("people"), start + match.end("capital"))
            yield Place(name=city.name, country=city.country, geonames=city.geonames, precision="city", start=span[0], end=span[1])


@cache
def _capital_cities() -> Mapping[str, Candidate]:
    """The capital of each country that has one."""
    return {c.country: c for found in gazetteer().places.values() for c in found if c.capital and c.precision == "city"}


def find_demonyms(text: str, start: int = 0) -> list[tuple[int, int, str]]:
    """Words for who or what belongs to a country, with its code: `Chinese`, `Spaniards`, and `US` or `China’s` before an organ's name."""
    known = gazetteer()
    found = []
    names = list(_names(text, known))
    inside = {at for one in names for at in range(one.start, one.end)}
    for match in _WORD.finditer(text):
        name = "" if match.start() in inside else _longest(text, match.start(), known.people_by_word)
        if name and not _NOT_ADJECTIVE.search(text, max(0, match.start() - 20), match.start()):
            found.append((start + match.start(), start + match.start() + len(name), known.people[name]))
    organs = (one for one in names if _is_country(one) and _OFFICIAL.match(text, one.end))
    found.extend((start + one.start, start + one.end, one.candidates[0].country) for one in organs)
    return sorted(set(found))


@lru_cache(maxsize=4096)
def country_of(name: str) -> str:
    """The country of a country's, people's, region's or well-known city's name (ISO 3166-1 alpha-2), or empty: `Spanish` gives `ES`."""
    known = gazetteer()
    plain = re.sub(r"(?:['’]s?)$", "", name.strip())
    for spelling in (plain, plain.removeprefix("the ").removeprefix("The ")):
        if spelling in known.people:
            return known.people[spelling]
        candidates = known.places.get(spelling, ())
        for precision in ("country", "capital", "admin1"):
            for one in candidates:
                if one.precision == precision or (precision == "capital" and one.capital and spelling not in known.guarded):
                    return one.country
        if candidates and spelling not in known.guarded:
            best = _largest(candidates, known.preferred.get(spelling))
            if best.people >= 3 * LARGE:
                return best.country
    return ""


def _names(text: str, known: Gazetteer) -> Iterator[_Seen]:
    """Every name of the gazetteer in the text, longest first at each place, none inside another."""
    end = -1
    for match in _WORD.finditer(text):
        if match.start() < end:
            continue
        name = _longest(text, match.start(), known.by_word) or _shouted(text, match, known)
        if name:
            end = match.start() + len(name)
            yield _Seen(match.start(), end, name, known.places[name])


def _longest(text: str, at: int, table: Mapping[str, tuple[str, ...]]) -> str:
    for name in table.get(first_word(text, at), ()):
        if text.startswith(name, at) and _ends(text, at + len(name)):
            return name
    return ""


def _shouted(text: str, match: re.Match[str], known: Gazetteer) -> str:
    """A name in capitals, as in a dateline: `LONDON (AP)`. Short words in capitals are abbreviations."""
    word = match[0]
    if len(word) < 5 or not word.isupper():
        return ""
    for name in known.by_word.get(word.title(), ()):
        if text[match.start() : match.start() + len(name)] == name.upper() and _ends(text, match.start() + len(name)):
            return name
    return ""


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or not (text[at].isalnum() or text[at] == "_")


def _is_country(one: _Seen) -> bool:
    return one.candidates[0].precision == "country"


def _is_led(text: str, one: _Seen, last_end: int) -> bool:
    """Whether the words around a name say that a place is meant: a preposition, a list of places, `, near Paris`."""
    return bool(
        _LED.search(text, max(0, one.start - 60), one.start)
        or (last_end >= 0 and _LIST.fullmatch(text[last_end : one.start]))
        or _NEAR_AFTER.match(text, one.end)
    )


def _means_a_place(text: str, one: _Seen, known: Gazetteer, *, led: bool, countries: frozenset[str]) -> bool:
    """Whether a name stands for a place here and is not a word, a person or a part of an organisation's name."""
    before = text[max(0, one.start - 40) : one.start]
    after = _NAME_AFTER.match(text, one.end)
    if _PART_OF_NAME_BEFORE.search(before) or (after and after[1] in known.organisations):
        return False
    capital = _CAPITAL_BEFORE.search(before)
    named = bool(
        capital and capital[1] not in known.before_place and capital[1].removesuffix(".") not in known.people and not before.endswith(". ")
    )
    if _is_country(one):
        return not (one.name in known.persons and (named or (after and after[1] not in known.after_place)))
    if named or (after and after[1] not in known.after_place and first_word(after[1]) not in known.by_word and not led):
        return False
    if led:
        return True
    large = any(c.precision == "admin1" or c.people >= LARGE or c.country in countries for c in one.candidates)
    return large and one.name not in known.guarded and len(one.name) > 3


def _beside(text: str, seen: Sequence[_Seen], at: int) -> tuple[Candidate, int] | None:
    """For `Paris, France`, `Atlanta, Georgia` and `Dublin, OH`: the first place, and where the second name ends."""
    one = seen[at]
    smaller = [c for c in one.candidates if c.precision != "country"]
    code = _REGION_CODE.match(text, one.end)
    if code:
        inside = [c for c in smaller if c.country == "US" and c.region == code[1]]
        return (_largest(inside, None), code.end()) if inside else None
    two = seen[at + 1] if at + 1 < len(seen) else None
    if two is None or not re.fullmatch(r",\s|\s\(", text[one.end : two.start]) or _goes_on(text, seen, at + 1):
        return None
    for outer in sorted(two.candidates, key=lambda c: c.precision != "admin1"):
        inside = [c for c in smaller if c.country == outer.country and _lies_in(c, outer)]
        if inside:
            return _largest(inside, None), two.end
    return None


def _lies_in(place: Candidate, outer: Candidate) -> bool:
    if outer.precision == "country":
        return True
    if outer.precision != "admin1" or place.precision != "city":
        return False
    # only for the US do the gazetteer's region codes agree with ISO 3166-2
    return place.country != "US" or outer.region == f"US-{place.region}"


def _goes_on(text: str, seen: Sequence[_Seen], at: int) -> bool:
    """Whether a list of countries goes on: `offices in London, Canada and Spain`."""
    one, two = seen[at], seen[at + 1] if at + 1 < len(seen) else None
    return two is not None and bool(_LIST.fullmatch(text[one.end : two.start])) and _is_country(one) and _is_country(two)


def _choose(one: _Seen, known: Gazetteer, context: frozenset[str]) -> Candidate:
    """The place that a name means: a country first, then what the passage's countries point to, then the usual one."""
    if _is_country(one):
        return one.candidates[0]
    regions = [c for c in one.candidates if c.precision == "admin1"]
    cities = [c for c in one.candidates if c.precision == "city"]
    if regions and (not cities or one.name in known.regions_first or max(c.people for c in cities) < LARGE):
        return regions[0]
    usual = _largest(cities, known.preferred.get(one.name))
    if usual.country in context:
        return _largest([c for c in cities if c.country == usual.country], None)
    rivals = [c for c in cities if c.country in context and c.people * _RIVAL >= usual.people]
    return _largest(rivals, None) if rivals else usual


def _largest(candidates: Sequence[Candidate], country: str | None) -> Candidate:
    inside = [c for c in candidates if c.country == country] or list(candidates)
    return max(inside, key=lambda c: (c.capital, c.people, -(c.geonames or 0)))
