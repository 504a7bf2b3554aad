"""From figures to quantities: what is counted, where, and within what bounds (METHOD C5).

In:  a parsed sentence, its clauses, the word classes found in it. Out: quantities with the ontology's measure and the clause they stand in.
Never: a figure without a noun it counts, a number inside a name, or a noun the ontology has no measure for in this company.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from armslength.base.offsets import Range
from armslength.extract.clauses import Clause
from armslength.extract.lexicon import load_data
from armslength.extract.numbers import Figure, find_figures
from armslength.extract.parsed import Parse, Word
from armslength.model.claims import Place, Quantity
from armslength.model.ontology import load
from armslength.model.ontology.rows import Measure

# measures that are read; the others of the ontology (money, durations, things) are context, not claims of the matter
_SITES = "quantity.site_count"
_LEFT_OUT = {"money", "duration", "things", "persons", "organisations", "hearings", "sites.new", "sites.operator", "sites.domestic"}
_NEEDS_SITES = {"countries", "cities", "continents"}
"""What sites are spread over: without sites in the sentence, such a number counts something else."""
_NEEDS_MATTER = {
    "applications",
    "share",
    "cases",
    "incidents",
    "agents",
    "officers",
    "victims",
    "relatives",
    "countries.investigating",
}
_OF = {"of", "such", "these", "those", "them", "more"}


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


@cache
def _measures() -> tuple[Measure, ...]:
    entries = load().schemes["measures"].entries
    return tuple(m for m in entries if isinstance(m, Measure) and m.code not in _LEFT_OUT)


def read_quantities(
    text: str, parse: Parse, parts: Sequence[Clause], places: Sequence[Place], *, matter: bool, sites: bool, origin: str, city: Place | None
) -> list[Counted]:
    """Every quantity of a sentence.

    `matter`: the sentence speaks of sites, returns or pressure, `sites`: of sites; `origin`: the acting state's key, whose own country is
    not where its sites are counted; `city`: the last city named before, which "in the city" points back to.
    """
    found: list[Counted] = []
    every = ((f, _word_at(parse, f.core[1] - 1)) for f in find_figures(text[parse.start : parse.end], parse.start))
    figures = [(f, w) for f, w in every if w is not None and not _in_name(parse, f) and not _is_base(parse, w)]
    for number, (figure, last) in enumerate(figures):
        clause = next((c for c in parts if last.index in c.own), None)
        if clause is None:
            continue
        end = figures[number + 1][0].start if number + 1 < len(figures) else clause.range[1]
        region = (figure.start if found and found[-1].clause is clause else clause.range[0], max(figure.end, min(end, clause.range[1])))
        where = [p for p in places if _within(p, region) and p.country and p.country != origin and not _in_subject(parse, clause, p)]
        if not where and city is not None and _points_back(parse, clause):
            where = [replace(city, start=None, end=None)]
        total = _TOTAL.search(text, max(parse.start, figure.start - 40), figure.start) is not None
        if found and (total or _elliptic(parse, last)):
            found.append(_again(text, found[-1], figure, clause, region, where))
            continue
        unit = _unit(parse, last)
        measure = _measure(parse, unit, clause, figure, matter=matter, sites=sites) if unit is not None else None
        if unit is not None and measure is not None:
            code = _scoped(parse, measure, clause, where)
            if code == "sites.worldwide" and any(w.lemma in _ADDED for w in parse.words[last.index - 1 : unit.index]):
                code = "sites.new"  # `48 more stations` are added to a count, and are not the count
            quantity = Quantity(
                measure=code, value=figure.value, comparator=figure.comparator, low=figure.low, high=figure.high,
                unit=unit.text, start=figure.start, end=max(figure.end, unit.end),
            )  # fmt: skip
            why = f"number `{text[figure.start : figure.end]}` counts `{unit.text}`"
            found.append(Counted(quantity, load().measure(code).kind, clause, region, tuple(where), why))
    return found


def _points_back(parse: Parse, clause: Clause) -> bool:
    """`in the city`, `in the capital`, `there`: the place was named before."""
    own = sorted(clause.whole | set(clause.own))
    texts = [parse.words[i].text.casefold() for i in own]
    return any(texts[n : n + 2] == ["in", "the"] and texts[n + 2] in {"city", "capital", "town"} for n in range(len(texts) - 2))


def _within(place: Place, region: Range) -> bool:
    return place.start is not None and region[0] <= place.start < region[1]


def _in_subject(parse: Parse, clause: Clause, place: Place) -> bool:
    """`Some group, based in Lisbon, listed two`: where the subject comes from is not where things are counted. `Italy has the most` is."""
    if clause.subject is None or place.start is None:
        return False
    subject = parse.words[clause.subject]
    first, last = parse.edges[subject.index]
    return parse.words[first].start <= place.start < parse.words[last].end and place.start != subject.start


_TOTAL = re.compile(r"\btotal\s+(?:\w+\s+){0,2}(?:to|of|at)\s+(?:the\s+)?$", re.IGNORECASE)
_ADDED = {"more", "additional", "further", "another", "new", "newly", "extra"}


def _elliptic(parse: Parse, number: Word) -> bool:
    """`two stations in Lisbon, three in Vienna`, `38 stations, two of them in Lisbon`: a number that counts what the one before it did."""
    after = parse.words[number.index + 1] if number.index + 1 < len(parse.words) else None
    if after is not None and after.lemma == "of" and number.index + 2 < len(parse.words):
        return parse.words[number.index + 2].text.casefold() in {"them", "which", "these", "those"}
    return number.dep != "nummod" and after is not None and after.text.casefold() in {"in", "at", "near"}


def _again(text: str, before: Counted, figure: Figure, clause: Clause, region: Range, where: Sequence[Place]) -> Counted:
    code = before.quantity.measure
    if load().measure(code).kind == _SITES and code != "sites.closed":
        code = _by_place(where) if where else "sites.worldwide" if code == "sites.new" else code
    quantity = replace(
        before.quantity, measure=code, value=figure.value, comparator=figure.comparator, low=figure.low, high=figure.high,
        start=figure.start, end=figure.end,
    )  # fmt: skip
    why = f"number `{text[figure.start : figure.end]}` counts `{quantity.unit}`, named before"
    return Counted(quantity, before.kind, clause, region, tuple(where), why)


def _word_at(parse: Parse, position: int) -> Word | None:
    return next((w for w in parse.words if w.start <= position < w.end), None)


def _in_name(parse: Parse, figure: Figure) -> bool:
    """`110 Overseas Centers`: a bare number before a capitalised name, after another number, an article or an opening quotation mark."""
    last = _word_at(parse, figure.core[1] - 1)
    if last is None or last.index + 1 >= len(parse.words) or figure.comparator != "=":
        return False
    after = parse.words[last.index + 1]
    if not (after.pos == "PROPN" and after.text[:1].isupper() and last.text.isdigit()):
        return False
    before = parse.words[last.index - 1] if last.index else None
    proper = [w for w in parse.words[last.index + 1 : last.index + 4] if w.pos == "PROPN"]
    return before is not None and (before.is_mark or before.pos == "NUM" or before.lemma in {"a", "the"}) and len(proper) >= 2


def _is_base(parse: Parse, number: Word) -> bool:
    """`two of the three stations`: the three are what the two are taken from, not what is said of them."""
    noun = parse.words[number.head]
    of = parse.words[noun.head]
    whole = parse.words[of.head]
    return number.dep == "nummod" and of.lemma == "of" and _is_number(whole) and whole.lemma != "one"


def _unit(parse: Parse, number: Word) -> Word | None:
    """The noun a number counts: the one it modifies, or what stands after `of`."""
    seen, here = 0, number
    while seen < 4:
        seen += 1
        if here.index != number.index and here.pos in {"NOUN", "PROPN"} and not _is_number(here):
            return here
        of = next((k for k in parse.kids(here.index, "prep") if k.lemma == "of"), None)
        inner = parse.kid(of.index, "pobj", "pcomp") if of is not None else None
        if inner is not None and _is_number(here):
            here = (
                inner
                if inner.pos in {"NOUN", "PROPN"}
                else next(
                    (
                        parse.words[i]
                        for i in parse.subtree(inner.index)
                        if parse.words[i].dep in {"oprd", "dobj", "attr"} and parse.words[i].pos in {"NOUN", "PROPN"}
                    ),
                    inner,
                )
            )
        elif (
            here.dep in {"nummod", "quantmod", "amod", "compound", "nmod", "advmod", "npadvmod", "det", "poss"} and here.head != here.index
        ):
            here = parse.words[here.head]
        else:
            break
    follows = parse.words[number.index + 1 : number.index + 5]
    return next((w for w in follows if w.pos == "NOUN" and w.dep != "compound"), None) if follows and not follows[0].is_mark else None


def _is_number(word: Word) -> bool:
    return word.pos == "NUM" or word.lemma in {"dozen", "score", "ten", "hundred", "thousand", "million", "most", "more", "%", "percent"}


def _measure(parse: Parse, unit: Word, clause: Clause, figure: Figure, *, matter: bool, sites: bool) -> Measure | None:
    """The ontology's measure for this noun in this company. One that asks for words nearby goes before one that does not."""
    nouns = {unit.lemma, unit.text.casefold(), unit.text.casefold().removesuffix("s")}
    if unit.dep == "pobj" and parse.words[unit.head].dep == "agent":
        return None  # `attacked by three men`: who did it is not what is counted
    around = {f for i in clause.own for f in (parse.words[i].lemma, parse.words[i].text.casefold())}
    names_site = bool(around & {"police", "service", "overseas", "secret", "station", "liaison", "contact", "outpost"})
    best: tuple[int, Measure] | None = None
    for measure in _measures():
        if figure.percent != (measure.code == "share"):
            continue
        if not figure.percent and not nouns & set(measure.units):
            continue
        cued = bool(measure.cues) and any(all(w in around for w in cue.split()) for cue in measure.cues)
        if measure.cues and not cued:
            continue
        if (measure.code in _NEEDS_MATTER and not matter) or (measure.code in _NEEDS_SITES and not sites):
            continue
        if measure.kind == _SITES and not (matter or names_site):
            continue
        rank = 2 if cued else 1
        if best is None or rank > best[0]:
            best = (rank, measure)
    harmed = nouns & set(load().measure("persons").units) and around & _harm()
    return best[1] if best else load().measure("victims") if harmed else None


@cache
def _harm() -> frozenset[str]:
    """Words for what is done to people: persons counted beside one of them are victims."""
    lexicon = load_data("lexicon.yaml")
    return frozenset(
        w.strip().lstrip("!~") for name in ("abduct", "vanish", "assault", "follow") for w in lexicon[name].replace("\n", " ").split(",")
    )


def _scoped(parse: Parse, measure: Measure, clause: Clause, where: Sequence[Place]) -> str:
    """Sites are counted worldwide, in a country or in a city: one is never the other."""
    if measure.kind != _SITES or measure.code == "sites.closed":
        return measure.code
    words = {parse.words[i].lemma for i in clause.whole | set(clause.own)}
    if not where or (words & {"worldwide", "globally", "world", "global", "continent"} and len({p.country for p in where}) > 1):
        return "sites.worldwide"
    return _by_place(where)


def _by_place(where: Sequence[Place]) -> str:
    return "sites.in_city" if any(p.precision == "city" for p in where) else "sites.in_country"
