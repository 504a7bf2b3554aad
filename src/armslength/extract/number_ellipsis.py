"""Numbers without a noun of their own, which go on counting what was counted before: `three in Vienna`, `38 of them`, `up from 71`.

In:  a sentence, a bare number in it and what was counted before it. Out: the count it goes on with, or nothing.
Never: a bare number that no word around it says to count on, or one that counts countries as sites.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from armslength.base.offsets import Range
from armslength.extract.clauses import Clause
from armslength.extract.number_asides import is_row
from armslength.extract.number_labels import phrases_of
from armslength.extract.number_regions import Counted, Passage, later_start, leads, points_back, word_at
from armslength.extract.numbers import Figure
from armslength.extract.parsed import Parse, Word
from armslength.extract.places import country_of
from armslength.extract.units import SITES, done_to_people, is_telling, measure_of, noun_of
from armslength.extract.voices import nouns
from armslength.model.claims import PART, Place, Quantity
from armslength.model.ontology import load

SPREAD = frozenset({"countries", "cities", "continents", "share"})
"""What a count is spread over: a later number without a noun (`14 in Italy`) never counts these."""
_IN = frozenset({"in", "at", "near", "across", "outside", "inside", "throughout", "around", "elsewhere", "on"})
_MOST = frozenset({"most", "number", "many", "large", "high", "great", "top", "lead"})
_OF_PEOPLE = ("persons", "victims", "returns", "relatives")
_MORE = frozenset({"more", "others", "other"})
ADDED = frozenset({"more", "additional", "further", "another", "new", "newly", "extra"})
_NUMBER_NOUN = re.compile(
    r"\b(?P<noun>number|numbers|total|totals|figure|count|tally|sum)\b(?:[^.;:!?\n]{0,90}?"
    r"\b(?:to|from|at|of|is|was|are|were|be|been|reached|reaches|hit|now|exceeds?|exceeded)\s+(?:the\s+|now\s+)?|(?<!number),\s+)$",
    re.IGNORECASE,
)
_NUMBER_NOUN_BEHIND = re.compile(r"\s+the\s+(?P<noun>number|total)\s+of\b")
_MONTHS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
)
_AFTER_COUNTED = frozenset(
    {".", ",", ";", "in", "more", "and", "”", '"', "so", "by", "until", "till", "before", "at", "when", "last", "this"}
)
"""What may follow the bare object of a verb of counting: `had counted 64 by September`."""
_TIMES = frozenset(
    {"year", "month", "week", "quarter", "round", "end", "beginning", "start", "spring", "summer", "autumn", "winter", "half"}
)
_LISTS = frozenset({"count", "list", "identify", "locate", "document", "record", "map", "register", "name", "find", "uncover", "discover"})
_COUNTERS = frozenset({"researcher", "author", "investigator", "we", "they", "it", "team", "list"})
_AGAIN = re.compile(r"\s+of\s+(?:them|those|these|whom)\b")
_KIN = frozenset(
    {"relative", "family", "parent", "mother", "father", "brother", "sister", "child", "wife", "husband", "kin", "colleague", "friend"}
)
_FROM_BEFORE = re.compile(
    r"\b(?:up|down|rising|grew|grown|grow|increase|increased|rose|risen|expanded|compared|doubled)\s+(?:sharply\s+)?(?:from|with|to)\s+(?:only\s+|just\s+)?$",
    re.IGNORECASE,
)

PART_BEFORE = re.compile(
    r"\bof\s+(?:which|whom|these|those|them|(?:the|its|these|those)\s+(?:total\s+of\s+)?\d[\d,.]*)\b[^.;:!?\n]{0,80}$", re.IGNORECASE
)
PART_BEHIND = re.compile(r"\s+(?:\w+\s+)?of\s+(?:which|whom|these|those|them|the\s+\d)", re.IGNORECASE)


def part_of(passage: Passage, figure: Figure) -> tuple[str, ...]:
    """A flag for a number that counts a part of what was counted before: `38 of the 102`, `of these, 38`."""
    text = passage.text
    behind = PART_BEHIND.match(text, figure.end)
    return (PART,) if behind or PART_BEFORE.search(text, max(passage.parse.start, figure.start - 120), figure.start) else ()


def quantity_of(code: str, figure: Figure, unit: str, end: int) -> Quantity:
    return Quantity(
        measure=code, value=figure.value, comparator=figure.comparator, low=figure.low, high=figure.high, unit=unit, start=figure.start,
        end=end,
    )  # fmt: skip


def elliptic(
    passage: Passage, figure: Figure, last: Word, clause: Clause, region: Range, where: list[Place], found: Sequence[Counted],
    flags: tuple[str, ...],
) -> Counted | None:  # fmt: skip
    """`three in Vienna`, `38 of them`, `the total to 102`, `up from 71`: a number that counts what the last count did."""
    source = next((c.quantity for c in reversed(found) if c.quantity.measure not in SPREAD), None)
    if source is not None and _is_spread(passage.parse, last):  # `97 in 44`
        quantity = quantity_of("countries", figure, "countries", figure.end)
        return Counted(
            quantity, load().measure("countries").kind, clause, region, (), "number behind `in` behind a count of sites", flags=flags
        )
    source = _source(passage, figure, last, clause, where, source)
    if source is None:
        return None
    code = _code(passage, figure, last, clause, where, source)
    quantity = quantity_of(code, figure, source.unit, figure.end)
    why = f"number `{passage.text[figure.start : figure.end]}` counts `{source.unit}`, named before"
    return Counted(quantity, load().measure(code).kind, clause, region, tuple(where), why, flags=flags)


def _source(
    passage: Passage, figure: Figure, last: Word, clause: Clause, where: Sequence[Place], source: Quantity | None
) -> Quantity | None:
    """What a bare number goes on counting: in this sentence (`source`), in one before it, by a noun such as `the number of`; or None."""
    if figure.percent and passage.matter:
        return quantity_of("share", figure, "%", figure.end)
    named = _NUMBER_NOUN.search(passage.text, max(passage.parse.start, figure.start - 110), figure.start)
    named = named or _NUMBER_NOUN_BEHIND.match(passage.text, figure.end)
    if named is not None and source is None:
        source = _named(passage, named.start("noun"), clause, figure)
    here = source is not None
    source = source or passage.before
    placed = passage.about_sites and (bool(where) or _counts_spread(passage.parse, last))
    if not here and is_row(passage.text, figure):
        return passage.before
    if not here and named is None and placed and source is not None:
        source = source if load().measure(source.measure).kind == SITES else None
    if named is None and not _goes_on(passage, figure, last, clause, where, here=here):
        return None
    following = passage.parse.words[min(last.index + 2, len(passage.parse.words) - 1)].text.casefold()
    if source is None and following in {"us", "you"} and is_telling(figure):
        return Quantity(measure="persons", value=None, comparator="=", low=None, high=None, unit="people", start=0, end=0)
    if source is None and (placed or (passage.about_sites and _found_by_counters(passage.parse, last))):
        return Quantity(measure="sites.worldwide", value=None, comparator="=", low=None, high=None, unit="sites", start=0, end=0)
    return source


def _code(passage: Passage, figure: Figure, last: Word, clause: Clause, where: Sequence[Place], source: Quantity) -> str:
    """The measure of a number that goes on: the one before, but what its own words say of it goes first (`11 had closed`)."""
    if figure.percent:
        return "share"
    words = passage.parse.words
    around = frozenset(f for i in clause.own for f in (words[i].lemma, words[i].text.casefold()))
    code = source.measure
    if load().measure(code).kind in {SITES, load().measure("sites.closed").kind}:
        people = done_to_people(around) if last.dep == "nsubjpass" and _AGAIN.match(passage.text, figure.end) else ""
        if people:
            return people  # `14 of them were abducted`: no sites
        code = "sites.closed" if around & _shutting() else by_place(where) if where else "sites.worldwide"
    elif _points_at_people(passage.parse, last) or source.measure.startswith(_OF_PEOPLE):
        code = done_to_people(around) or code
    added = words[min(last.index + 1, len(words) - 1)].lemma in ADDED
    return "sites.new" if code == "sites.worldwide" and added else code


@cache
def _shutting() -> frozenset[str]:
    return frozenset(load().measure("sites.closed").cues)


def _points_at_people(parse: Parse, number: Word) -> bool:
    """`58 of those who`, `three of whom`."""
    after = [w.text.casefold() for w in parse.words[number.index + 1 : number.index + 4]]
    return after[:2] == ["of", "whom"] or after == ["of", "those", "who"]


def _named(passage: Passage, position: int, clause: Clause, figure: Figure) -> Quantity | None:
    """`the number of such places ... to at least 96`: the noun stands before its number."""
    noun = word_at(passage.parse, position)
    unit = noun_of(passage.parse, noun) if noun is not None else None
    measure = measure_of(passage.parse, unit, clause, figure, matter=passage.matter, sites=passage.sites) if unit is not None else None
    return quantity_of(measure.code, figure, unit.text, figure.end) if unit is not None and measure is not None else None


def _goes_on(  # noqa: PLR0911 - one return a construction
    passage: Passage, figure: Figure, last: Word, clause: Clause, where: Sequence[Place], *, here: bool
) -> bool:
    """Whether the words around a bare number say that it counts on. `here`: the sentence itself has counted before."""
    parse = passage.parse
    after = [w.text.casefold() for w in parse.words[last.index + 1 : last.index + 5]]
    more = after[:1] and after[0] in _MORE and after[1:2] != ["than"]
    after = after[1:] if more else after[:3]
    first = word_at(parse, figure.start) or last
    before = [w.text.casefold() for w in parse.words[max(0, first.index - 2) : first.index]]
    if _of_whose_kin(parse, first):
        return False
    if after[:1] == ["of"]:
        again = after[1:2] == ["the"] and parse.words[min(last.index + 3, len(parse.words) - 1)].pos == "NUM"
        return len(after) > 1 and (after[1] in phrases_of("pointing") or again)
    if before[-1:] in (["the"], ["these"], ["those"], ["both"]):
        return False  # `of the 88`, `the two would be shut`: counted before
    if _is_led(passage, figure, where, before, here=here):
        return True
    if here and after and country_of(parse.words[last.index + 1].text):
        return True  # `31 were Vietnamese, 22 Cambodian`
    if after[:1] == ["from"] and here and where:
        return True
    if after[:1] and after[0] in _IN:
        if bool(where) or (here and _is_dated(after)) or _counts_spread(parse, last) or points_back(parse, clause):
            return True
        return _is_counted(parse, last) and _is_timed(parse, last)
    if after[:1] == ["each"] or after[:2] == ["more", "than"] or (here and _is_dated(["in", *after])):
        return True
    return _by_place_in_clause(passage, last, first, clause, where, after, before, here=here)


def _is_led(passage: Passage, figure: Figure, where: Sequence[Place], before: Sequence[str], *, here: bool) -> bool:
    """Whether what stands before a bare number makes it go on: `Spain - 9`, `of which 14`, `up from 71`, `a further 12`."""
    if list(before[:1]) == ["of"] and before[-1] in {"which", "whom", "these"}:
        return True
    if any(leads(passage.text, p, figure) for p in where):
        return True
    if _FROM_BEFORE.search(passage.text, max(passage.parse.start, figure.start - 30), figure.start):
        return True
    return here and before[-1:] in (["further"], ["additional"], ["another"])


def _is_dated(after: Sequence[str]) -> bool:
    """`71 in 2021, 96 in 2022 and 134 last year`."""
    following = after[1] if len(after) > 1 else ""
    return after[0] == "in" and (
        (len(following) == 4 and following.isdecimal()) or following in {"last", "this", "next"} or following in _MONTHS
    )


def _by_place_in_clause(
    passage: Passage, last: Word, first: Word, clause: Clause, where: Sequence[Place], after: Sequence[str], before: Sequence[str],
    *, here: bool,
) -> bool:  # fmt: skip
    """Whether a bare number goes on as the subject or object that it is."""
    parse = passage.parse
    if last.dep in {"nsubj", "nsubjpass"} and last.head == clause.head:
        return here or passage.before is not None or (bool(where) and last.index <= 2) or last.dep == "nsubjpass" or last.index == 0
    if here and after[:1] and after[0] in {".", ",", ";", "and"} and _behind_name(parse, first):
        return True
    if list(before[-1:]) == ["with"] and {w.lemma for w in (parse.words[i] for i in clause.own)} & _MOST:
        return True
    if _is_counted(parse, last):
        return not after or after[0] in _AFTER_COUNTED
    ends = not after or after[0] in {".", ",", ";"}
    if here and ends and parse.words[first.index - 1].text == "," and later_start(parse, first.index - 1) is not None:
        return True
    return last.dep == "pobj" and here and ends and list(before[-1:]) == ["on"]


def _is_counted(parse: Parse, number: Word) -> bool:
    """Whether a bare number is the object of a verb of counting: `identified 31`."""
    return number.dep in {"dobj", "attr"} and parse.words[number.head].lemma in phrases_of("counting")


def _found_by_counters(parse: Parse, number: Word) -> bool:
    """`The researchers had counted 64`: in a text about sites, what those who list them count without saying what."""
    subject = parse.kid(number.head, "nsubj")
    if subject is None or not _is_counted(parse, number) or parse.words[number.head].lemma not in _LISTS:
        return False
    return subject.lemma.casefold() in nouns("organisation") | nouns("report") | _COUNTERS


def _is_timed(parse: Parse, number: Word) -> bool:
    """`31 in the first year`, `40 at the end of June`."""
    return any(w.lemma.casefold() in _TIMES | _MONTHS for w in parse.words[number.index + 2 : number.index + 6])


def _of_whose_kin(parse: Parse, first: Word) -> bool:
    """`relatives of nine of them`: those are people, whatever was counted before."""
    of = parse.words[first.index - 1] if first.index > 1 else first
    return of.text.casefold() == "of" and parse.words[of.index - 1].lemma in _KIN


def _behind_name(parse: Parse, number: Word) -> bool:
    """`the Forum’s database 97`, `the other bureau, 15`: the verb of the clause before holds for another subject, too."""
    at = number.index - 1
    at -= 1 if at > 0 and parse.words[at].text == "," else 0
    before = parse.words[at]
    return at > 1 and before.pos in {"NOUN", "PROPN"} and parse.words[at - 1].dep in {"det", "compound", "poss", "case", "amod"}


def _counts_spread(parse: Parse, number: Word) -> bool:
    """`71 in 34 countries`."""
    following = parse.words[number.index + 1 : number.index + 8]
    if len(following) > 1 and following[0].text.casefold() == "in" and following[1].pos == "NUM" and not _is_year(following[1]):
        return True
    return (
        len(following) > 2
        and following[0].text.casefold() in _IN
        and any(w.lemma in {"country", "city", "continent", "nation", "state"} for w in following)
    )


def _is_spread(parse: Parse, number: Word) -> bool:
    """`97 in 44`: a number behind `in` behind a number is of countries."""
    before = parse.words[max(0, number.index - 2) : number.index]
    return len(before) == 2 and before[0].pos == "NUM" and before[1].text.casefold() == "in" and not _is_year(number)


def _is_year(word: Word) -> bool:
    return len(word.text) == 4 and word.text.isdecimal()


def scoped(parse: Parse, code: str, clause: Clause, where: Sequence[Place]) -> str:
    """Sites are counted worldwide, in a country or in a city: one is never the other."""
    if load().measure(code).kind != SITES or code == "sites.closed":
        return code
    words = {parse.words[i].lemma for i in clause.whole | set(clause.own)}
    if not where or (words & {"worldwide", "globally", "world", "global", "continent"} and len({p.country for p in where}) > 1):
        return "sites.worldwide"
    return by_place(where)


def by_place(where: Sequence[Place]) -> str:
    return "sites.in_city" if any(p.precision == "city" for p in where) else "sites.in_country"
