"""Numbers that add up: a total that a body's other numbers make together, `30 + 24 = 54` (METHOD C6).

In:  facts that give exact numbers, their claims.
Out: `derives` relations from the total to each part, with the sum written out.
Never: takes small numbers for a sum, since two and three make five by chance; adds what different bodies counted, or different things.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from armslength.base.ids import digest
from armslength.lineage.cast import Cast
from armslength.model.claims import COMPARED, Claim
from armslength.model.facts import Fact, Relation

LEAST = 20
"""A total below this is no sum worth telling: two and three make five by chance."""
PARTS = 4
"""Parts a sum has at most."""
TRIED = 12
"""Numbers tried as parts of one total, the nearest: a table of hundreds has too many sums to mean anything."""
REACH = 600
"""Code points from the first to the last number of a sum: about three sentences of news. Set by hand. In 20,000 made-up pages of 3,000
code points with six numbers from 1 to 100, chance makes such a sum on 3 of 100 pages within this reach, and on 32 of 100 anywhere."""
_TOLD = re.compile(
    r"\b(?:total(?:s|l?ing)?|altogether|in all|overall|together|combined|of (?:which|these|them|those)|includ(?:es?|ing)|plus|additional|"
    r"another|further|more|new|respectively|remaining|rest|others?|sum|bring(?:s|ing)|brought|adds? up)\b",
    re.IGNORECASE,
)
"""Words that say that numbers are parts of a whole."""
_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s|\n")
_NOT_REAL = frozenset({"negated", "future", "hypothetical"})


@dataclass(frozen=True, slots=True)
class _Given:
    """A number where it stands."""

    fact: Fact
    claim: Claim
    value: float
    place: int


def sums(facts: Sequence[Fact], claims: Mapping[str, Claim], cast: Cast) -> list[Relation]:
    """Every total that two to four other numbers of one body add up to near by, in a document that gives them all. Sorted by id."""
    found: dict[str, Relation] = {}
    for numbers in _by_page(facts, claims).values():
        ordered = sorted(numbers, key=lambda one: (one.place, one.fact.id))
        for total in ordered:
            parts = _parts(total, ordered, cast.texts[total.claim.doc].text)
            for part in parts:
                row = _relation(total, part, parts)
                found.setdefault(row.id, row)
    return sorted(found.values(), key=lambda row: row.id)


def _by_page(facts: Sequence[Fact], claims: Mapping[str, Claim]) -> Mapping[tuple[str, str, str], list[_Given]]:
    """Numbers by document, body and what they count."""
    pages: dict[tuple[str, str, str], list[_Given]] = defaultdict(list)
    for fact in facts:
        if fact.value is None or fact.opinion or fact.comparator not in {"=", ">=", "approx"}:
            continue
        for claim in (claims[name] for name in fact.claims):
            if claim.quantity is not None and claim.modality not in _NOT_REAL:
                key = (claim.doc, fact.counter or claim.originator.mention, fact.measure.partition(".")[0])
                pages[key].append(_Given(fact, claim, fact.value, claim.quantity.start))
    return pages


def _parts(total: _Given, numbers: Sequence[_Given], text: str) -> tuple[_Given, ...]:
    """The fewest numbers near a total that add up to it; none where several choices would, since then chance may have a hand in it."""
    if total.value < LEAST:
        return ()
    near = [one for one in numbers if one.fact.id != total.fact.id and one.value < total.value and abs(one.place - total.place) <= REACH]
    nearest = sorted(near, key=lambda one: (abs(one.place - total.place), one.fact.id))
    by_fact = list({one.fact.id: one for one in nearest}.values())[:TRIED]
    for size in range(2, PARTS + 1):
        sets = combinations(by_fact, size)
        fitting = [chosen for chosen in sets if sum(one.value for one in chosen) == total.value and _told(total, chosen, text)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else ()
    return ()


def _told(total: _Given, chosen: Sequence[_Given], text: str) -> bool:
    """Whether total and parts stand together, in one sentence or with a word between them that says they are parts of a whole."""
    places = sorted((total.place, *(one.place for one in chosen)))
    between = text[places[0] : places[-1]]
    return places[-1] - places[0] <= REACH and (not _SENTENCE.search(between) or _TOLD.search(between) is not None)


def _relation(total: _Given, part: _Given, parts: Sequence[_Given]) -> Relation:
    added = " + ".join(f"{one.value:,}" for one in sorted(parts, key=lambda one: one.place))
    bound = COMPARED.get(total.fact.comparator, "")
    reason = f"{added} = {bound}{total.value:,}: numbers of one body for one kind of thing, in one passage, that add up."
    return Relation(
        id=digest("relation", "derives", total.fact.id, part.fact.id), type="derives", fact=total.fact.id, other=part.fact.id, reason=reason
    )
