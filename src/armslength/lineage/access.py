"""Whether a voice had access of its own to what it tells: words in the text that show it, bound to their place (METHOD C3).

In:  a claim, its deepest voice, who is who.
Out: an `Access` with the words that show it, or None.
Never: takes a voice's word for first-hand without words that say so; lets a finding of others' documents pass for a visit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from armslength.base.offsets import Range, paragraphs, trim
from armslength.lineage.cast import Cast
from armslength.model.claims import Claim, Link
from armslength.model.evidence import Document, Span
from armslength.model.facts import Access

OWN = frozenset({"author", "publisher"})
"""The page's own voice, and that of the page it republishes."""
_COMMON_WORDS = (
    "official officials ministry minister office agency agencies state government governments other some western democratic local the and "
    "for researchers activists experts residents witnesses lawyers critics sources authorities police prosecutors prosecution service "
    "public authority analysts campaigners dissidents victims organisations organizations groups"
)
COMMON = frozenset(_COMMON_WORDS.split())
"""Words that name nobody even where a sentence begins with them."""
OWN_ACT = "tells of its own act"
LOOKED = "went and looked"
_ACTS = frozenset({"govt_response", "legal", "admission", "law_policy"})
"""Families in which an authority speaks of what it does itself."""
_SELF = frozenset({"denial", "no_comment"})
"""Families in which whoever speaks is the source, of the denial and of nothing else (METHOD C3)."""
_COUNTED = re.compile(
    r"\b(?:counted|tallied|own (?:counts?|tally|surveys?|fieldwork|observations?|visits?|inspections?)|visited|interviewed|inspected|"
    r"surveyed|photographed|observed|on the ground|site visits?|first[- ]hand|field ?work|eye ?witness(?:es|ed)?)\b",
    re.IGNORECASE,
)
"""Words that show that a voice went and looked. `Found`, `identified`, `documented` and `revealed` are not among them: they are as often
said of reading what others published."""
_HEARSAY = re.compile(
    r"\b(?:citing|cited|cites|according to|based on|drawn from|drawing on|relying on|taken from|quoting|quoted|referring to|reported by|"
    r"published by|compiled from|official (?:data|documents?|records?)|state media|open sources?|public records?)\b",
    re.IGNORECASE,
)
"""Words that say the voice has it from elsewhere; they undo the first kind."""
_NOT = re.compile(r"\b(?:not|never|no|nor|neither|without|nobody|unable|cannot|could\s*n[o’']t|did\s*n[o’']t)\b", re.IGNORECASE)
_WE = re.compile(r"\b(?:we|our|ourselves)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s|[。！？]")


def find_access(claim: Claim, last: Link, voice: str, cast: Cast, *, binds: bool) -> Access | None:
    """How the deepest voice comes to know, as far as the passage and what stands around it show. `binds`: it is no mere relay."""
    if last.kind == "unnamed":
        return None
    if last.kind in OWN and not binds:
        return _went(claim, last, cast) if claim.kind == "site.observation" else None
    if claim.family in _SELF:
        return _by_itself(claim, "speaks for itself") if last.kind != "media" else None
    if claim.family == "admission" or (claim.family in _ACTS and last.kind in {"government", "court"}):
        return _by_itself(claim, OWN_ACT) if _own_act(claim, voice, cast) else None
    if last.kind == "person" and (claim.family == "testimony" or claim.speech_act == "testifies"):
        return _by_itself(claim, "tells what it saw or lived through")
    return _went(claim, last, cast)


def _by_itself(claim: Claim, how: str) -> Access:
    """The passage itself shows it."""
    return Access(claim=claim.id, how=how, shown=Span(doc=claim.doc, start=claim.start, end=claim.end, quote=claim.quote))


def _own_act(claim: Claim, voice: str, cast: Cast) -> bool:
    """Whether an authority speaks of its own state: no other state's authority or place is named."""
    country = next((found for entity in cast.above(voice) if entity in cast.by_id and (found := cast.by_id[entity].country)), "")
    authorities = [
        cast.by_mention[party.mention] for party in claim.parties if party.role == "authority" and party.mention in cast.by_mention
    ]
    acting = {entity.country for entity in authorities} - {""}
    named = acting or {place.country for place in claim.places if place.country}
    return not country or not named or country in named


def _went(claim: Claim, last: Link, cast: Cast) -> Access | None:
    """Where the claim's sentence says that the voice went and looked, or a sentence nearby does and names it.

    Hearsay in the claim's own sentence undoes it, wherever the going and looking is told.
    """
    document = cast.texts[claim.doc]
    own = sentence_at(document, claim.start, claim.end)
    words = document.text[slice(*own)].replace(last.name, " ")
    if _HEARSAY.search(words):
        return None
    if _shows(words):
        return _looked(claim, own, cast)
    about = [word[:5].casefold() for word in re.split(r"[\W_]+", last.name) if len(word) > 4 and word.casefold() not in COMMON]
    for start, end in _sentences_near(document, claim.start):
        sentence = document.text[start:end]
        if last.kind in OWN:
            named = bool(_WE.search(sentence))
        else:
            named = any(word.startswith(stem) for stem in about for word in sentence.casefold().split())
        if named and _shows(sentence) and not _HEARSAY.search(sentence):
            return _looked(claim, (start, end), cast)
    return None


def _looked(claim: Claim, where: Range, cast: Cast) -> Access:
    start, end = trim(cast.texts[claim.doc].text, *where)
    return Access(claim=claim.id, how=LOOKED, shown=cast.span(claim.doc, start, end))


def _shows(sentence: str) -> bool:
    found = _COUNTED.search(sentence)
    return found is not None and not _NOT.search(sentence, 0, found.start())


def _sentences_near(document: Document, position: int) -> Iterator[Range]:
    """The sentences of the paragraph of a position, of the one before and the one after."""
    found = _paragraphs(document)
    here = next((place for place, (start, end) in enumerate(found) if start <= position < end), 0)
    for start, end in found[max(0, here - 1) : here + 2]:
        before = start
        for stop in _SENTENCE_END.finditer(document.text, start, end):
            yield before, stop.end()
            before = stop.end()
        yield before, end


def _paragraphs(document: Document) -> list[Range]:
    """Paragraphs as the page has them; its lines where blocks are not marked."""
    return [(block.start, block.end) for block in document.blocks] or list(paragraphs(document.text))


def sentence_at(document: Document, start: int, end: int) -> Range:
    """The sentence or sentences a span stands in, within its paragraph."""
    low, high = next(((a, b) for a, b in _paragraphs(document) if a <= start < b), (start, end))
    text, before = document.text, low
    for found in _SENTENCE_END.finditer(text, low, start):
        before = found.end()
    after = _SENTENCE_END.search(text, max(start, end - 1), max(high, end))
    return before, after.end() if after else max(high, end)
