"""A number's own stretch of a sentence, and the places in it: one sentence with five numbers gives five pairs.

In:  a sentence with its clauses and places. Out: from where to where the words of one number run; the places that are its own.
Never: where the subject comes from, or the acting state's own country, as the place of a count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from armslength.base.offsets import Range
from armslength.extract.clauses import Clause
from armslength.extract.numbers import Figure
from armslength.extract.parsed import Parse, Word
from armslength.model.claims import Place, Quantity

_OPENING = frozenset({"that", "whether", "which"})
_COUNTED_IN = re.compile(r"(?:\s+[^\s.,;:]+){0,5}\s+(?:in|across|throughout|near)\s+(?:the\s+)?")
"""Between a number and a place where it counts, even in the state that the page is mostly about."""
_BULLET = re.compile(r"[ \t]*[-–—:(|]?[ \t]*$")
_JOINED = re.compile(r"(?:\b(?:and|but|while|with)|[,;])\s+(?:the\s+)?$")
_ENDS = re.compile(r"\s*(?:[.,;:)”\"]|$)|\s+(?:and|but|while|each|in|so)\b")
"""What stands behind a number whose noun and verb were said before: `Canada has five stations and Australia three`."""
_LATER = frozenset({"since", "after", "by", "until", "with", "following", "in", "at"})
"""Words that open a time between two counts: `64 by September and, since the second batch of notices, 87`."""
_REMARK = 14
"""Words of such a time, at most."""
_GAP = 5
"""Words of a subject whose verb was said before."""
_SOME_OF_THEM = re.compile(
    r",\s+(?:(?:only|just|all\s+but|at\s+least)\s+)?(?:one|two|three|four|five|six|seven|eight|nine|ten|none|most|some|several|many|half|both"
    r"|each|the\s+(?:first|second|third|last|latest|latter|former|oldest|earliest|others?|rest))"
    r"(?=\s+(?:of|from|in|on|at|after|before|by|for|to|with|since|being|having|is|was|had)\b)"
    r"|,\s+(?:(?:nearly|almost|about|roughly|more\s+than|well\s+over)\s+)?(?:twice|thrice|double|triple|\w+\s+times|as\s+(?:many|few)|up|down|compared)\s"
)
"""Behind a number: a remark that tells some of those counted from the rest, or compares the number."""
_LONG = 160
"""Characters of a clause that says which ones are counted; a longer one tells a story of its own. Set by hand."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence while its numbers are read."""

    text: str
    parse: Parse
    parts: Sequence[Clause]
    places: Sequence[Place]
    matter: bool
    sites: bool
    about_sites: bool
    origin: str
    city: Place | None
    before: Quantity | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity, the clause it stands in and the kind of claim it makes."""

    quantity: Quantity
    kind: str
    clause: Clause
    region: Range
    """The stretch of the clause that is this number's."""
    places: tuple[Place, ...]
    """Where it counts."""
    why: str
    own: bool = True
    """Whether the number is a claim of its own, or only belongs to what its clause says."""
    flags: tuple[str, ...] = ()


def region_of(passage: Passage, figure: Figure, clause: Clause, end: int, *, again: bool) -> Range:
    """A number's own stretch: from where its clause or it begins to the next number; a place right before it is its own, too."""
    led = next((p for p in passage.places if p.end is not None and p.start is not None and leads(passage.text, p, figure)), None)
    start = figure.start if again else min(_begins(passage, clause), figure.start)
    if led is not None and led.start is not None:
        start = min(start, led.start) if not again else led.start
    trailing = next(
        (p for p in passage.places if p.end is not None and p.end <= end and passage.text[p.end : end].strip(" \t(:–—-|") == ""), None
    )
    if (
        trailing is not None
        and trailing.start is not None
        and trailing.start > figure.end
        and _BULLET.fullmatch(passage.text[trailing.end or end : end])
    ):
        end = trailing.start if end < clause.range[1] and _led_by_mark(passage.text, trailing.end or end, end) else end
    last = word_at(passage.parse, figure.core[1] - 1)
    if last is not None and last.dep == "nsubj" and last.head == clause.head and passage.parse.kid(clause.head, "ccomp") is not None:
        return start, passage.parse.range_of(sorted(clause.whole))[1]  # `61 said that ...`: what they said is what is counted
    start = max(start, _after_that(passage.parse, last, figure.start)) if last is not None else start
    end = min(end, _aside(passage.text, figure.end, end))
    return start, _before_next(passage.parse, clause, max(figure.end, min(end, clause.range[1])), figure.end)


def _after_that(parse: Parse, number: Word, start: int) -> int:
    """Where what is said of the number begins, behind the `that`, `which` or `whether` that opens it."""
    opening = [
        w for w in parse.words[: number.index] if w.end <= start and w.text.casefold() in _OPENING and w.tag != "DT" and w.dep != "dobj"
    ]
    inside = [w for w in opening if w.head == w.index or parse.edges[w.head][0] <= number.index <= parse.edges[w.head][1]]
    return inside[-1].end + 1 if inside else 0


def _begins(passage: Passage, clause: Clause) -> int:
    """Where a clause begins, without a subject that tells something of its own (`The list, compiled by a group, names two`)."""
    parse = passage.parse
    if clause.subject is None:
        return _behind_remark(parse, clause)
    first, last = parse.edges[clause.subject]
    inside = [parse.words[i] for i in range(first, last + 1)]
    told = any(w.dep in {"acl", "relcl"} for w in inside) and any(w.text == "," for w in inside)
    aside = next((w.start for w in inside if w.text == ","), inside[-1].end)
    named = any(p.start is not None and inside[0].start <= p.start < aside and p.country != passage.origin for p in passage.places)
    if not told or named or last + 1 >= len(parse.words) or last >= clause.head:
        return clause.range[0]
    behind = next((w for w in parse.words[last + 1 : clause.head + 1] if not w.is_mark), None)
    return behind.start if behind is not None else clause.range[0]


def _behind_remark(parse: Parse, clause: Clause) -> int:
    """The same where the parser took the verb for a noun: behind the remark between commas that follows the first noun."""
    remark = parse.kid(clause.head, "acl")
    first, last = parse.edges[remark.index] if remark is not None else (0, 0)
    last -= parse.words[last].text == ","  # the parser may hang the closing comma on the remark
    closed = first > 0 and last + 2 < len(parse.words) and parse.words[first - 1].text == parse.words[last + 1].text == ","
    if remark is None or not closed or parse.words[clause.head].pos not in {"NOUN", "PROPN"}:
        return clause.range[0]
    return parse.words[last + 2].start


def gap_start(parse: Parse, number: Word) -> int | None:
    """Where a number begins whose verb was said before: `..., the Forum's database 97`, `and Canada five`; None for any other."""
    at = number.index - 1
    if at > 0 and parse.words[at].text == "," and (later := later_start(parse, at)) is not None:
        return later
    at -= 1 if at > 0 and parse.words[at].text == "," else 0
    if at < 1 or parse.words[at].pos not in {"NOUN", "PROPN"}:
        return None
    first = at
    while first > 0 and at - first < _GAP and parse.words[first - 1].pos in {"NOUN", "PROPN", "ADJ", "DET", "PART", "NUM"}:
        first -= 1
    opening = parse.words[first - 1] if first else None
    return parse.words[first].start if opening is not None and opening.text in {",", ";", "and", "but", "while"} else None


def later_start(parse: Parse, comma: int) -> int | None:
    """Where `and, since the second batch of notices,` begins before a number; None where nothing of the kind stands there."""
    for word in reversed(parse.words[max(1, comma - _REMARK) : comma]):
        before = parse.words[word.index - 1].text.casefold()
        if word.text.casefold() in _LATER and before in {",", "and", "then", "but"}:
            return word.start
        if word.text == "," or word.pos == "NUM":
            return None
    return None


def _aside(text: str, start: int, end: int) -> int:
    """Where a remark about some of those counted begins: `two offices in the city, the first of them since March`."""
    remark = _SOME_OF_THEM.search(text, start, end)
    return remark.start() if remark is not None else end


def _before_next(parse: Parse, clause: Clause, end: int, least: int) -> int:
    """The end of a number's stretch without the comma, conjunction or preposition that leads to the next, and without a clause that
    describes at its end. One in its middle (`58 of those who returned were arrested`) stays.
    """
    kept = [w for w in parse.words if least <= w.start and w.end <= end]
    own = set(clause.own)
    last = max((n for n, w in enumerate(kept) if w.index in own and not w.is_mark), default=-1)
    opening = next((n for n, w in enumerate(kept) if w.tag in {"WDT", "WP", "WP$", "WRB"} and (n > last or w.index in own)), None)
    kept = kept if opening is None else kept[:opening]
    while kept and (kept[-1].is_mark or kept[-1].pos in {"CCONJ", "ADP", "SCONJ", "DET"}):
        kept.pop()
    return kept[-1].end if kept else least


def leads(text: str, place: Place, figure: Figure) -> bool:
    """`Spain - 9`, `Italy (11)`, `Spain: 9`, `and Spain nine`: the place stands right before its number."""
    if place.end is None or place.start is None or not 0 < figure.start - place.end <= 8:
        return False
    gap = text[place.end : figure.start].isspace() and _JOINED.search(text, max(0, place.start - 12), place.start)
    return _led_by_mark(text, place.end, figure.start) or (bool(gap) and _ENDS.match(text, figure.end) is not None)


def _led_by_mark(text: str, start: int, end: int) -> bool:
    return bool(re.fullmatch(r"[ \t]*(?:[-–—:(|=]|with|has|had|have)[ \t]*", text[start:end]))


def described_to(passage: Passage, unit: Word, clause: Clause) -> int:
    """Where the words end that say which ones are counted: `84 people who were arrested at the border`, `17 cases in which ...`."""
    words = passage.parse.words
    opening = [w.text.casefold() for w in words[unit.index + 1 : unit.index + 3]]
    at = unit.index + (2 if opening[:1] in (["in"], ["of"], ["by"]) and opening[1:] == ["which"] else 1)
    after = words[at] if at < len(words) else None
    if after is None or after.text.casefold() not in {"who", "whom", "whose", "which", "where"}:
        return 0
    inner = next((c for c in passage.parts if c.parent == clause.head and after.index in c.own), None)
    return inner.range[1] if inner is not None and inner.range[1] - after.start <= _LONG else 0


def points_back(parse: Parse, clause: Clause) -> bool:
    """`in the city`, `in the capital`, `there`: the place was named before."""
    own = sorted(clause.whole | set(clause.own))
    texts = [parse.words[i].text.casefold() for i in own]
    return any(texts[n : n + 2] == ["in", "the"] and texts[n + 2] in {"city", "capital", "town"} for n in range(len(texts) - 2))


def _in_subject(parse: Parse, clause: Clause, place: Place) -> bool:
    """`Some group, based in Lisbon, listed two`: where the subject comes from is not where things are counted. `Italy has the most` is."""
    if clause.subject is None or place.start is None:
        return False
    subject = parse.words[clause.subject]
    if subject.pos == "NUM" or any(parse.words[i].pos == "NUM" for i in parse.subtree(subject.index)):
        return False  # `two stations in Lisbon were closed`: the subject is what is counted
    first, last = parse.edges[subject.index]
    is_it = place.start <= subject.start < (place.end or subject.end)
    return parse.words[first].start <= place.start < parse.words[last].end and not is_it


def word_at(parse: Parse, position: int) -> Word | None:
    return next((w for w in parse.words if w.start <= position < w.end), None)


def places_in(passage: Passage, figure: Figure, clause: Clause, region: Range) -> list[Place]:
    where = [
        p for p in passage.places
        if p.start is not None
        and region[0] <= p.start < region[1]
        and p.country
        and (p.country != passage.origin or _COUNTED_IN.fullmatch(passage.text, figure.end, p.start))
        and not _in_subject(passage.parse, clause, p)
    ]  # fmt: skip
    if not where and passage.city is not None and points_back(passage.parse, clause):
        return [replace(passage.city, start=None, end=None)]
    return where
