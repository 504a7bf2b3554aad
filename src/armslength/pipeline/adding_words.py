"""Where in a document the words stand that somebody names: a quote, a voice, a number, a place.

In:  a text; words, offsets, a number or the name of a place as somebody wrote it.
Out: offsets, and what stands there.
Never: guesses between two places in the text that are equally near; makes up a place: the packaged gazetteer knows it, or there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from armslength.base.errors import InputError
from armslength.extract.gazetteer import Candidate, gazetteer
from armslength.model.claims import Place

Span = tuple[int, int]
_SPAN = re.compile(r"\s*(\d{1,9})\s*-\s*(\d{1,9})\s*")
_IN_COUNTRY = re.compile(r"(.+?),\s*([A-Z]{2})")


def parse_span(told: str) -> Span:
    """`120-139` as two offsets. Raises InputError."""
    match = _SPAN.fullmatch(told)
    if match is None or int(match[1]) >= int(match[2]):
        raise InputError(f"{told!r} is no stretch of a document: write START-END, as 120-139.")
    return int(match[1]), int(match[2])


def read_span(told: str, length: int) -> Span:
    """`120-139` as offsets into a text of that length. Raises InputError."""
    start, end = parse_span(told)
    if end > length:
        raise InputError(f"{told!r} is no stretch of this document: its text has {length} characters.")
    return start, end


def find_words(text: str, words: str, *, near: Span | None = None) -> Span:
    """Where words stand. Without `near` they have to stand there once; with it the place inside counts, else the last before, else the
    next.

    Raises InputError where they do not stand there, or where it is not clear which place is meant.
    """
    wanted = words.strip()
    places = [match.span() for match in re.finditer(re.escape(wanted), text)] if wanted else []
    if not places:
        raise InputError("The document does not hold these words. Copy them exactly, or give their place as START-END.")
    if near is None:
        if len(places) > 1:
            shown = ", ".join(f"{start}-{end}" for start, end in places[:8])
            raise InputError(f"These words stand in {len(places)} places of the document ({shown}). Say which: START-END.")
        return places[0]
    inside = [place for place in places if near[0] <= place[0] and place[1] <= near[1]]
    before = [place for place in places if place[0] < near[0]]
    return inside[0] if inside else before[-1] if before else places[0]


def number_of(told: str, text: str, within: Span) -> tuple[int | float, Span]:
    """A number, and where it stands in the passage: its digits, else the passage as a whole. Raises InputError for what is no number."""
    plain = told.strip().replace(",", "").replace(" ", "")
    try:
        value = int(plain) if plain.lstrip("-").isdigit() else float(plain)
    except ValueError:
        raise InputError(f"{told!r} is no number.") from None
    if value - value != 0:
        raise InputError(f"{told!r} is no number.")
    for match in re.finditer(r"\d[\d,.\u00a0\u202f ]*", text[within[0] : within[1]]):
        digits = match.group().rstrip(",.\u00a0\u202f ")
        if re.sub(r"[,\s\u00a0\u202f]", "", digits) == plain:
            start = within[0] + match.start()
            return value, (start, start + len(digits))
    return value, within


def find_places_named(text: str, names: Iterable[str], within: Span) -> tuple[Place, ...]:
    """Places by name, `Rome` or `Rome, IT`, each with where the passage names it if it does. Raises InputError for one nobody knows."""
    return tuple(_place(text, name.strip(), within) for name in names if name.strip())


def _place(text: str, told: str, within: Span) -> Place:
    name, country = (match[1], match[2]) if (match := _IN_COUNTRY.fullmatch(told)) else (told, "")
    known = [one for one in gazetteer().places.get(name, ()) if not country or one.country == country]
    if not known:
        raise InputError(
            f"The gazetteer has no country, region or city called {told!r}. Write the name in English, and its country: Rome, IT."
        )
    best = max(known, key=_rank)
    spot = next(_named_in(text, name, within), None)
    return Place(
        name=best.name,
        country=best.country,
        geonames=best.geonames,
        precision=best.precision,
        start=spot[0] if spot else None,
        end=spot[1] if spot else None,
    )


def _rank(one: Candidate) -> tuple[bool, bool, int]:
    """Of several places of one name the country, the capital, the largest."""
    return one.precision == "country", one.capital, one.people


def _named_in(text: str, name: str, within: Span) -> Iterator[Span]:
    for match in re.finditer(re.escape(name), text[within[0] : within[1]]):
        yield within[0] + match.start(), within[0] + match.end()
