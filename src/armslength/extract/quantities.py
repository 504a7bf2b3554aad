"""From figures to quantities: what is counted, where, and within what bounds (METHOD C5).

In:  a parsed sentence, its clauses, the word classes found in it, the last count before it. Out: quantities with the ontology's measure and
the clause they stand in.
Never: a figure without something it counts, named here or just before; a number inside a name; a total given as a place's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from armslength.base.offsets import Range
from armslength.extract.clauses import Clause
from armslength.extract.number_asides import is_evidence, is_of_a_deed, is_rhetorical
from armslength.extract.number_atoms import words_value
from armslength.extract.number_ellipsis import ADDED, SPREAD, by_place, elliptic, part_of, quantity_of, scoped
from armslength.extract.number_labels import phrases_of
from armslength.extract.number_regions import Counted, Passage, described_to, gap_start, places_in, region_of, word_at
from armslength.extract.numbers import Figure, find_numbers
from armslength.extract.parsed import Parse, Word
from armslength.extract.places import country_of
from armslength.extract.units import SITES, is_telling, measure_of, noun_of
from armslength.model.claims import Place, Quantity
from armslength.model.ontology import load

_MATTER = (
    "return bring_back persuade pressure press_hard detain assault kill abduct vanish follow watch lure deportation hand_over"
    " extradition interpol notice_abuse red_notice passport revoke stateless exit_ban spyware phishing smear bounty recruit"
    " inform_coerced silence_third targeting target_group protected_target one_target relatives investigate arrest charge convict"
    " sentence expel sanction raid protect complaint dissident_role journalist_role agent_noun"
)
COUNTED_MATTER = frozenset(_MATTER.split())
"""Classes of the lexicon beside which a number counts something of the matter."""
_REACH = 3
"""Sentences over which a count is gone on with; further back another thing is being told. Set by hand."""
_OF_A_STORY = frozenset({"persons", "relatives", "agents", "officers"})
"""Measures of which a small plain number is no claim of its own: it says how many the deed of its clause was done to."""
_DEFINITE = frozenset({"the", "his", "her", "their", "its", "my", "our", "your", "these", "those", "both"})
SPREADING = frozenset({"in", "across", "over", "throughout"})
_PEOPLE = frozenset({"persons", "victims", "agents", "officers", "relatives"})
_SOME = frozenset({"half", "most", "some", "many", "none", "one", "each", "all", "few", "any", "both", "quarter", "third", "majority"})
_ALIKE = frozenset({"such", "similar", "comparable", "alike", "like"})
"""Before a noun: it is of the kind that the page is about."""
_KINDS = frozenset({"count", "share", "money"})


def read_quantities(passage: Passage) -> list[Counted]:
    """Every quantity of a sentence."""
    text, parse, parts = passage.text, passage.parse, passage.parts
    numbers = (f for f in find_numbers(text[parse.start : parse.end], parse.start) if f.kind in _KINDS)
    every = ((f, word_at(parse, f.core[1] - 1)) for f in numbers)
    figures = [(f, w) for f, w in every if w is not None and not _in_name(parse, f, w) and not _is_base(parse, w)]
    found: list[Counted] = []
    for number, (figure, last) in enumerate(figures):
        clause = next((c for c in parts if last.index in c.own), None)
        if clause is None:
            continue
        end = _next_start(parse, figures[number + 1]) if number + 1 < len(figures) else clause.range[1]
        region = region_of(passage, figure, clause, end, again=bool(found and found[-1].clause is clause))
        found += _each(passage, _counted(passage, figure, last, clause, region, found))
    return found


def _next_start(parse: Parse, after: tuple[Figure, Word]) -> int:
    """Where the words of the next number begin."""
    figure, last = after
    unit = noun_of(parse, last)
    gap = gap_start(parse, word_at(parse, figure.start) or last) if unit is None or _starts_next(parse, last, unit) else None
    return gap if gap is not None else figure.start


def carried_count(counts: Sequence[tuple[int, Quantity]], position: int, parse: Parse | None = None) -> Quantity | None:
    """The count that a sentence goes on with: the one it takes up (`of the 88`), else the first one of the nearest sentence before it that
    has any. Countries are no such count.
    """
    taken = (
        {words_value(w.text) for w in parse.words if w.pos == "NUM" and w.index and _points_at(parse, w)} if parse is not None else set()
    )
    named = next((q for _, q in reversed(counts) if q.value is not None and q.value in taken and q.measure not in SPREAD), None)
    if named is not None:
        return named
    near = [(at, quantity) for at, quantity in counts if position - at <= _REACH and quantity.measure not in SPREAD]
    return next((quantity for at, quantity in near if at == near[-1][0]), None)


def _counted(passage: Passage, figure: Figure, last: Word, clause: Clause, region: Range, found: Sequence[Counted]) -> Counted | None:
    """One number: with its own noun, or going on with the last count."""
    where = places_in(passage, figure, clause, region)
    flags = (*((f"number not read: {figure.flaw}",) if figure.flaw else ()), *part_of(passage, figure))
    if figure.kind == "money":
        told = passage.matter and is_telling(figure) and not is_of_a_deed(passage.parse, last, clause)
        return _sum_of_money(passage, figure, clause, region, where) if told else None
    unit = noun_of(passage.parse, last)
    if unit is None or _starts_next(passage.parse, last, unit) or _is_no_unit(passage.parse, last, unit):
        return elliptic(passage, figure, last, clause, region, where, found, flags)
    code = _code_of(passage, figure, last, unit, clause, where, spread=bool(found) and found[-1].clause is clause)
    if not code or _is_known(passage.parse, figure, last) or (figure.value == 1 and load().measure(code).kind != SITES):
        return None
    own = (is_telling(figure) or code not in _OF_A_STORY) and not is_evidence(passage.parse, unit, code)
    if not own and unit.dep == "nsubj":
        return None  # `two men waited`: who did something is not whom it was done to
    why = f"number `{passage.text[figure.start : figure.end]}` counts `{unit.text}`"
    quantity = quantity_of(code, figure, unit.text, max(figure.end, unit.end))
    region = (region[0], max(region[1], described_to(passage, unit, clause)))
    return Counted(quantity, load().measure(code).kind, clause, region, tuple(where), why, own, flags)


def _code_of(passage: Passage, figure: Figure, last: Word, unit: Word, clause: Clause, where: Sequence[Place], *, spread: bool) -> str:
    """The measure of a number with its noun, or empty."""
    parse = passage.parse
    between = {w.lemma.casefold() for w in parse.words[max(0, last.index - 1) : unit.index]}
    first = word_at(parse, figure.start) or last
    spread = spread and parse.words[first.index - 1].text.casefold() in SPREADING
    measure = measure_of(
        parse, unit, clause, figure, matter=passage.matter or bool(between & _ALIKE), sites=passage.sites or spread,
        placed=passage.about_sites and bool(where),
    )  # fmt: skip
    if measure is None:
        before = passage.before
        same = before is not None and load().measure(before.measure).kind == SITES and passage.about_sites and "of" in between
        return before.measure if same and before is not None and unit.lemma in phrases_of("vague_sites") else ""
    if measure.code == "countries" and not is_telling(figure) and _is_origin_of(parse, last):
        return ""
    if measure.code == "things" and is_rhetorical(parse, last):
        return ""
    if not is_telling(figure) and parse.words[first.index - 1].text.casefold() == "by" and measure.code in _PEOPLE:
        return ""  # `beaten by five men`: who did it
    code = scoped(parse, measure.code, clause, where)
    return "sites.new" if code == "sites.worldwide" and between & ADDED else code  # `48 more stations` are added to a count


def _sum_of_money(passage: Passage, figure: Figure, clause: Clause, region: Range, where: list[Place]) -> Counted:
    unit = re.sub(r"[\d.,\s]+", " ", passage.text[figure.start : figure.end]).strip() or "money"
    follows = re.match(r"\s?(?:US\s|[A-Z][a-z]+\s)?[a-z]+", passage.text[figure.end : figure.end + 24])
    unit = follows[0].strip() if follows and unit.isalpha() is False and "$" not in unit and "€" not in unit and "£" not in unit else unit
    quantity = quantity_of("money", figure, unit, figure.end)
    why = f"number `{passage.text[figure.start : figure.end]}` is a sum of money"
    return Counted(quantity, load().measure("money").kind, clause, region, tuple(where), why)


def _starts_next(parse: Parse, number: Word, noun: Word) -> bool:
    """Whether a noun behind a number belongs to another one: a verb or a clause mark lies between."""
    return any(w.pos in {"AUX", "SCONJ"} or w.text in {",", ";", ":"} for w in parse.words[number.index + 1 : noun.index])


def _is_no_unit(parse: Parse, number: Word, noun: Word) -> bool:
    """`22 Cambodian`, `134 last year`: a word behind a number that it does not count."""
    dated = noun.lemma in {"year", "month", "week"} and parse.words[noun.index - 1].lemma in {"last", "this", "next"}
    return (dated and noun.index == number.index + 2) or (bool(country_of(noun.text)) and not noun.text.endswith("s"))


def _is_origin_of(parse: Parse, number: Word) -> bool:
    """`exiles from nine countries`: where people come from, not where something is."""
    return any(w.text.casefold() == "from" for w in parse.words[max(0, number.index - 3) : number.index])


def _points_at(parse: Parse, number: Word) -> bool:
    """`of the 88`, `the 42 exiles`: a number said before."""
    return parse.words[number.index - 1].text.casefold() in _DEFINITE and number.text.isdecimal()


def _is_known(parse: Parse, figure: Figure, number: Word) -> bool:
    """`the two offices`, `his two brothers`: a few that were named before, and no count of them."""
    return not is_telling(figure) and any(w.text.casefold() in _DEFINITE for w in parse.words[max(0, number.index - 2) : number.index])


def _each(passage: Passage, counted: Counted | None) -> Iterator[Counted]:
    """`three each in France and Canada` is three in each of them."""
    if counted is None:
        return
    last = word_at(passage.parse, counted.quantity.end - 1)
    after = [w.text.casefold() for w in passage.parse.words[last.index + 1 : last.index + 3]] if last is not None else []
    if "each" not in after or len(counted.places) < 2:
        yield counted
        return
    for place in counted.places:
        code = by_place([place]) if counted.kind == SITES else counted.quantity.measure
        region = (counted.region[0], place.end or counted.region[1])
        yield replace(counted, quantity=replace(counted.quantity, measure=code), places=(place,), region=region)


# ---------------------------------------------------------------- where


def _in_name(parse: Parse, figure: Figure, last: Word) -> bool:
    """`110 Overseas Centers`: a bare number before a capitalised name, after another number, an article or an opening quotation mark."""
    if last.index + 1 >= len(parse.words) or figure.comparator != "=":
        return False
    after = parse.words[last.index + 1]
    if not (after.pos == "PROPN" and after.text[:1].isupper() and last.text.isdigit()):
        return False
    before = parse.words[last.index - 1] if last.index else None
    proper = [w for w in parse.words[last.index + 1 : last.index + 4] if w.pos == "PROPN"]
    return before is not None and (before.is_mark or before.pos == "NUM" or before.lemma in {"a", "the"}) and len(proper) >= 2


def _is_base(parse: Parse, number: Word) -> bool:
    """`two of the three stations`: the three are what the two are taken from, not what is said of them."""
    before = parse.words[max(0, number.index - 3) : number.index]
    if (
        len(before) == 3
        and before[1].text == "of"
        and before[2].text.casefold() in _DEFINITE
        and (before[0].pos == "NUM" or before[0].lemma in _SOME)
    ):
        return True
    noun = parse.words[number.head]
    of = parse.words[noun.head]
    whole = parse.words[of.head]
    return number.dep == "nummod" and of.lemma == "of" and whole.pos == "NUM" and whole.lemma != "one"
