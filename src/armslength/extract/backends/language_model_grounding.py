"""Only what stands in the text: a language model's claims checked word by word, and their values read by our own rules.

In:  a claim as the model gave it, the window it was shown. Out: a `Claim`, and in words what was refused of it; or only the latter.
The quote, each voice, number, date, place, code and party must be found in the text as the model wrote it. Numbers, bounds, dates and
places are then read from those words by the same rules that read them elsewhere; codes are taken where the ontology has them.
Never: takes a value, an offset or a confidence from the model; puts words of the model into a claim or into a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from armslength.base.offsets import Range, overlap
from armslength.extract.backends.language_model_answers import SaidClaim, SaidNumber, SaidParty, SaidVoice
from armslength.extract.backends.language_model_prompt import PARTY_KINDS, ROLES, VOICE_KINDS, code_names
from armslength.extract.backends.language_model_windows import Window
from armslength.extract.backends.language_model_words import find_words, nearest
from armslength.extract.details import Setting, dates_of
from armslength.extract.numbers import Figure, find_figures
from armslength.extract.places import find_places
from armslength.model.claims import Claim, Dated, Link, Party, Place, Quantity, claim_id, mention_id
from armslength.model.dates import find_dates
from armslength.model.evidence import Reader
from armslength.model.ontology import load
from armslength.model.ontology.rows import Measure

CONFIDENCE = 0.4
"""Low, and the same for all: a model does not say how sure it is in a way that means anything."""
LONGEST_QUOTE = 600
"""Code points. The longest of 1,004 claims coded by hand has 356."""
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "who", "him", "her", "them", "his", "their", "its", "one"})
_ARTICLES = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_ACTS_WITHOUT_WORDS = frozenset({"asserts", "reports", "quotes"})
"""Acts that a passage shows by having a voice, or by having none."""
_SCOPED = frozenset({"sites.worldwide", "sites.in_country", "sites.in_city"})


class RefusedError(Exception):
    """A claim, or a field of it, that is not in the text. Its message is the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a claim is looked for."""

    setting: Setting
    window: Window
    year: int | None = None
    """What a day without a year is told from, where the page has no date."""
    persons: frozenset[Range] = frozenset()
    """Where the parser's name recogniser sees a person."""


@dataclass(slots=True)
class _Findings:
    """What was found for one claim while it is checked, and what was not."""

    quote: Range
    around: Range
    """The sentences the quote stands in."""
    why: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grounded:
    """A claim that stands in the text, and what of it did not."""

    claim: Claim
    refused: tuple[str, ...]


def ground(said: SaidClaim, passage: Passage, reader: Reader, *, before: Sequence[Grounded] = ()) -> Grounded:
    """Check one claim against the text. `before`: the claims before it, which decide between places with the same words.

    Raises RefusedError, with a sentence, where nothing of it can be kept.
    """
    known = load()
    if not known.has(said.kind, scheme="kinds"):
        raise RefusedError("The language model gave a claim a kind that the ontology does not have.")
    found = _findings(said, passage, before)
    links = (*passage.setting.page, *(_voice(v, passage, found) for v in said.voices))
    act, modality = _act(said, passage, found), _modality(said, passage, found)
    places = _places(said, passage, found)
    kind, quantity = _number(said, passage, found, places)
    dates = dates_of(kind, found.quote, _dates(said, passage, found), passage.setting)
    codes = _codes(said, passage, found)
    doc, (start, end) = passage.setting.doc, found.quote
    claim = Claim(
        id=claim_id(doc, start, end, kind, quantity),
        doc=doc,
        start=start,
        end=end,
        quote=passage.setting.text[start:end],
        kind=kind,
        speech_act=act,
        modality=modality,
        attribution=links,
        quantity=quantity,
        as_of=dates.as_of,
        event_date=dates.event,
        claimed_period=dates.period,
        places=places,
        methods=tuple(code for code in codes if known.has(code, scheme="methods")),
        codes=tuple(code for code in codes if not known.has(code, scheme="methods")),
        parties=tuple(p for p in (_party(one, passage, found) for one in said.parties) if p is not None),
        repeats=_repeats(found.quote, passage.setting),
        confidence=CONFIDENCE,
        why=tuple(dict.fromkeys(found.why)),
        reader=reader,
    )
    return Grounded(claim, tuple(dict.fromkeys(found.refused)))


def _findings(said: SaidClaim, passage: Passage, before: Sequence[Grounded]) -> _Findings:
    text, window = passage.setting.text, passage.window
    spots = find_words(text, said.quote, window.start, window.end)
    inside = [s for s in spots if any(a <= s[0] < b for a, b in window.sentences)]
    chosen = _next_place(inside, said.kind, before)
    if chosen is None:
        if find_words(text, said.quote, window.before, window.after):
            raise RefusedError("The language model quoted words that were shown only as context, or are a heading.")
        raise RefusedError("The language model gave a quote that is not in the passage word for word.")
    if chosen[1] - chosen[0] > LONGEST_QUOTE:
        raise RefusedError("The language model gave a quote that is longer than one statement.")
    touched = [s for s in window.sentences if overlap(s, chosen)]
    found = _Findings(chosen, (min(chosen[0], touched[0][0]), max(chosen[1], touched[-1][1])))
    choice = "" if len(spots) == 1 else f"; they stand there {len(spots)} times, and the next one was taken"
    found.why.append(f"read by a language model; the quote was found in the passage word for word{choice}")
    found.why.append(f"the kind `{load().canonical(said.kind, scheme='kinds')}` is the model's choice from the ontology")
    return found


def _next_place(spots: Sequence[Range], kind: str, before: Sequence[Grounded]) -> Range | None:
    """Of several places with the same words the next one behind the claim before, as answers follow the text; one that is not taken yet."""
    here = before[-1].claim.start if before else 0
    taken = {(g.claim.start, g.claim.end) for g in before if g.claim.kind == kind}
    free = [s for s in spots if s not in taken] or spots
    return nearest([s for s in free if s[0] >= here], (here, here)) or nearest(free, (here, here))


def _near(words: str, passage: Passage, found: _Findings) -> Range | None:
    """Words in the sentences of the quote, the nearest to it."""
    return nearest(find_words(passage.setting.text, words, *found.around), found.quote)


def _voice(said: SaidVoice, passage: Passage, found: _Findings) -> Link:
    """A link of the chain. One that is not in the text takes the claim with it: a chain with a hole names the wrong originator."""
    text, window = passage.setting.text, passage.window
    spot = _near(said.words, passage, found)
    latent = spot is None
    if spot is None:
        spot = nearest(find_words(text, said.words, window.before, window.after), found.quote)
    if spot is None:
        raise RefusedError("The language model named a voice that is not in the text shown to it.")
    named = nearest(find_words(text, said.name, window.before, window.after), found.quote) if said.name.strip() else None
    if said.name.strip() and named is None:
        found.refused.append("The language model gave a voice a name that is not in the text shown to it.")
    low, high = named or spot
    name = " ".join(_ARTICLES.sub("", text[low:high], count=1).split()) or text[low:high]
    kind = _voice_kind(said.kind, (low, high), spot, passage, name)
    by = nearest(find_words(text, said.by, window.before, window.after), found.quote) if said.by.strip() else None
    if said.by.strip() and by is None:
        found.refused.append("The language model named a maker of a report that is not in the text shown to it.")
    found.why.append(f"a voice ({kind}) stands at characters {spot[0]}-{spot[1]}{', outside the sentence: latent' if latent else ''}")
    return Link(
        name=name,
        kind=kind,
        mention=mention_id(passage.setting.doc, kind, name),
        start=spot[0],
        end=spot[1],
        latent=latent,
        by=" ".join(text[by[0] : by[1]].split()) if by else "",
    )


def _voice_kind(said: str, named: Range, spot: Range, passage: Passage, name: str) -> str:
    """The model's word for what a voice is, unless the recogniser sees a person there: persons are protected (METHOD P1)."""
    if any(person in (named, spot) or overlap(person, named) == named[1] - named[0] for person in passage.persons):
        return "person"
    if said not in VOICE_KINDS or name.casefold() in _PRONOUNS:
        return "unnamed"
    return said


def _act(said: SaidClaim, passage: Passage, found: _Findings) -> str:
    plain = "reports" if said.voices else "asserts"
    if not load().has(said.act, scheme="speech_acts"):
        found.refused.append("The language model gave a speech act that the ontology does not have.")
        return plain
    if said.act in _ACTS_WITHOUT_WORDS:
        return said.act
    spot = _near(said.act_words, passage, found)
    if spot is None:
        found.refused.append("The language model gave a speech act without words in the sentence that show it.")
        return plain
    found.why.append(f"the speech act is shown by the words at characters {spot[0]}-{spot[1]}")
    return said.act


def _modality(said: SaidClaim, passage: Passage, found: _Findings) -> str:
    """A limit without words that show it takes the claim with it: `denied` read as `stated` would turn the passage round."""
    if not load().has(said.modality, scheme="modalities"):
        raise RefusedError("The language model gave a modality that the ontology does not have.")
    if said.modality == "stated":
        return said.modality
    spot = _near(said.modality_words, passage, found)
    if spot is None:
        raise RefusedError("The language model limited a claim without words in the sentence that show it.")
    found.why.append(f"the modality is shown by the words at characters {spot[0]}-{spot[1]}")
    return said.modality


def _number(said: SaidClaim, passage: Passage, found: _Findings, places: tuple[Place, ...]) -> tuple[str, Quantity | None]:
    """The claim's kind and quantity. A claim that is a number cannot do without it."""
    kind = load().canonical(said.kind, scheme="kinds")
    counting = kind.partition(".")[0] == "quantity"
    if said.number is None:
        if counting:
            raise RefusedError("The language model gave a number's claim without the number.")
        return kind, None
    if not counting:
        found.refused.append("The language model gave a number to a claim of a kind that has none.")
        return kind, None
    measure, quantity = _quantity(said.number, passage, found, places)
    found.why.append(f"the number was read by our own rules from the words at characters {quantity.start}-{quantity.end}")
    return measure.kind, quantity


def _quantity(said: SaidNumber, passage: Passage, found: _Findings, places: tuple[Place, ...]) -> tuple[Measure, Quantity]:
    known, text = load(), passage.setting.text
    spot = nearest(find_words(text, said.words, *found.quote), found.quote)
    if spot is None:
        raise RefusedError("The language model gave a number that is not in its quote.")
    figures = find_figures(text[found.around[0] : found.around[1]], found.around[0])
    figure = next((f for f in figures if overlap(f.core, spot)), None)
    if figure is None:
        raise RefusedError("The language model took something for a number that counts nothing: a year, a label, or no number at all.")
    counted = _near(said.counted, passage, found)
    if counted is None:
        raise RefusedError("The language model named something counted that is not in the sentence.")
    if not known.has(said.measure, scheme="measures"):
        raise RefusedError("The language model gave a measure that the ontology does not have.")
    measure = known.measure(said.measure)
    if not _measures(measure, text[counted[0] : counted[1]], figure):
        raise RefusedError("The language model gave a measure that does not count what the words name.")
    code = _scoped(measure, places)
    unit = " ".join(text[counted[0] : counted[1]].split())
    end = max(figure.end, counted[1] if counted[0] >= figure.start else figure.end)
    quantity = Quantity(
        measure=code, value=figure.value, comparator=figure.comparator, low=figure.low, high=figure.high,
        unit=unit, start=figure.start, end=end,
    )  # fmt: skip
    return measure, quantity


def _measures(measure: Measure, counted: str, figure: Figure) -> bool:
    """Whether a measure counts the noun that is named."""
    if figure.percent or measure.code == "share":
        return figure.percent and measure.code == "share"
    words = re.findall(r"[^\W\d_]+", counted.casefold())
    forms = {form for word in words for form in (word, word.removesuffix("s"), word.removesuffix("es"), re.sub("ies$", "y", word))}
    forms |= {{"men": "man", "women": "woman"}.get(word, word) for word in words}
    return any(set(unit.split()) <= forms for unit in measure.units)


def _scoped(measure: Measure, places: tuple[Place, ...]) -> str:
    """Sites are counted worldwide, in a country or in a city, by the places the quote names and not by what the model thinks."""
    if measure.code not in _SCOPED:
        return measure.code
    if not places:
        return "sites.worldwide"
    return "sites.in_city" if any(p.precision == "city" for p in places) else "sites.in_country"


def _dates(said: SaidClaim, passage: Passage, found: _Findings) -> list[Dated]:
    start, end = found.around
    read = [
        Dated(edtf=d.edtf, basis=d.basis, start=d.start + start, end=d.end + start)
        for d in find_dates(passage.setting.text[start:end], published=passage.setting.published, context_year=passage.year)
    ]
    kept: list[Dated] = []
    for words in said.dates:
        spot = _near(words, passage, found)
        dated = [d for d in read if spot is not None and overlap((d.start or 0, d.end or 0), spot)]
        if not dated:
            found.refused.append("The language model gave a date that is not in the sentence, or is none to our rules.")
        kept += [d for d in dated if d not in kept]
    found.why.extend(f"the date at characters {d.start}-{d.end} was read by our own rules" for d in kept)
    return kept


def _places(said: SaidClaim, passage: Passage, found: _Findings) -> tuple[Place, ...]:
    start, end = found.around
    read = find_places(passage.setting.text[start:end], start)
    kept: list[Place] = []
    for words in said.places:
        spot = _near(words, passage, found)
        here = [p for p in read if spot is not None and overlap((p.start or 0, p.end or 0), spot)]
        if not here:
            found.refused.append("The language model gave a place that is not in the sentence, or that the gazetteer does not have.")
        kept += [p for p in here if p not in kept]
    return tuple(sorted(kept, key=lambda p: p.start or 0))


def _codes(said: SaidClaim, passage: Passage, found: _Findings) -> list[str]:
    kept: list[str] = []
    for one in said.codes:
        if one.code not in code_names():
            found.refused.append("The language model gave a code that the ontology does not have.")
        elif (spot := _near(one.words, passage, found)) is None:
            found.refused.append("The language model gave a code without words in the sentence that show it.")
        else:
            kept.append(one.code)
            found.why.append(f"the code `{one.code}` is shown by the words at characters {spot[0]}-{spot[1]}")
    return list(dict.fromkeys(kept))


def _party(said: SaidParty, passage: Passage, found: _Findings) -> Party | None:
    spot = _near(said.words, passage, found)
    if spot is None or said.role not in ROLES or said.kind not in PARTY_KINDS:
        found.refused.append("The language model named a party that is not in the sentence, or none that may be named.")
        return None
    if any(overlap(person, spot) for person in passage.persons):
        found.refused.append("The language model named a party that is a person; persons are never made parties.")
        return None
    name = " ".join(_ARTICLES.sub("", passage.setting.text[spot[0] : spot[1]], count=1).split())
    mention = mention_id(passage.setting.doc, said.kind, name)
    return Party(role=said.role, name=name, kind=said.kind, mention=mention, start=spot[0], end=spot[1])


def _repeats(span: Range, setting: Setting) -> tuple[Range, ...]:
    """Where the document says the same words again."""
    copies = [copy for copy in setting.copies if copy.of[0] <= span[0] and span[1] <= copy.of[1]]
    return tuple((span[0] + copy.start - copy.of[0], span[1] + copy.start - copy.of[0]) for copy in copies)


def without_copies(found: list[Grounded]) -> tuple[list[Grounded], list[Claim]]:
    """Claims once each, and those that say again what another one says: the same kind and number, and nearly the same words."""
    kept: list[Grounded] = []
    copies: list[Claim] = []
    for one in found:
        if any(_same(one.claim, other.claim) for other in kept):
            copies.append(one.claim)
        else:
            kept.append(replace(one))
    return kept, copies


def _same(a: Claim, b: Claim) -> bool:
    numbers = [(c.quantity.value, c.quantity.start) if c.quantity else None for c in (a, b)]
    shared = overlap((a.start, a.end), (b.start, b.end))
    return a.kind == b.kind and numbers[0] == numbers[1] and shared * 10 >= 9 * min(a.end - a.start, b.end - b.start)
