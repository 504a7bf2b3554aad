"""How each claim came to its page: who is its deepest voice, whom it passed through, and whether that voice had access of its own.

In:  claims, who is who.
Out: one `Route` a claim.
Never: takes a medium for an origin because it printed something; takes a voice's word for first-hand without words that show it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from armslength.base.offsets import paragraphs
from armslength.lineage.cast import Cast
from armslength.model.claims import Claim, Link
from armslength.model.evidence import Document

OWN = frozenset({"author", "publisher"})
"""The page's own voice, and that of the page it republishes."""
RELAYS = OWN | {"media"}
"""Kinds that carry what others say: passing through one of them makes two claims no more dependent than standing in the same newspaper."""

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
_COMMON_WORDS = (
    "official officials ministry minister office agency agencies state government governments other some western democratic local the and "
    "for researchers activists experts residents witnesses lawyers critics sources authorities police prosecutors prosecution service "
    "public authority analysts campaigners dissidents victims organisations organizations groups"
)
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that name nobody even where a sentence begins with them."""
_ACTS = frozenset({"govt_response", "legal", "admission", "law_policy"})
"""Families in which an authority speaks of what it does itself."""
OWN_ACT = "tells of its own act"
_SELF = frozenset({"denial", "no_comment"})
"""Families in which whoever speaks is the source, of the denial and of nothing else (METHOD C3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One claim's way to its page."""

    claim: Claim
    voice: str
    """Entity of the deepest voice; the page's publisher for its own words; empty where nobody is named."""
    party: str
    """What answers for that voice in the end."""
    known: bool
    """The deepest voice is named and is no mere relay. Else the lineage is unknown and counts as dependent."""
    access: str
    """How the voice comes to know of itself, in words; empty where nothing shows it. Independence is earned by this."""
    passed: frozenset[str]
    """Voices on the way, and what answers for them, that bind: whoever has it from them depends on them."""
    relays: frozenset[str]
    """Media and publishers on the way."""

    @property
    def id(self) -> str:
        return self.claim.id


def route_of(claim: Claim, cast: Cast) -> Route:
    """The route of one claim. Where the deepest voice has no name, the deepest that has one and is no relay answers for it."""
    depth = len(claim.attribution) - 1
    if not _names(claim, depth, cast):
        depth = next((place for place in range(depth - 1, -1, -1) if _binds(claim, place, cast) and _names(claim, place, cast)), depth)
    last = claim.attribution[depth]
    voice = _voice(last, claim, cast)
    binding: set[str] = set()
    relays: set[str] = set()
    for place, link in enumerate(claim.attribution[:depth]):
        entity = _voice(link, claim, cast)
        if _binds(claim, place, cast):
            binding |= {found for found in cast.above(entity) if not _is_owner(found, entity, cast)}
        else:
            relays |= {entity} - {""}
    access = _access(claim, last, voice, cast) if depth == len(claim.attribution) - 1 else ""
    known = _names(claim, depth, cast) and (_binds(claim, depth, cast) or bool(access))
    return Route(
        claim=claim,
        voice=voice,
        party=cast.root(voice),
        known=known,
        access=access if known else "",
        passed=frozenset(binding),
        relays=frozenset(relays),
    )


def _binds(claim: Claim, place: int, cast: Cast) -> bool:
    """Whether what passes through a link depends on it: not where a medium only carries it, unless it speaks for a state.

    A page that an organisation or authority publishes itself is that body's own word.
    """
    link = claim.attribution[place]
    if link.kind not in RELAYS:
        return True
    voice = _voice(link, claim, cast)
    own = link.kind in OWN and voice in cast.by_id and cast.by_id[voice].kind in {"organisation", "government", "court"}
    return own or _speaks_for_state(voice, cast)


def _names(claim: Claim, place: int, cast: Cast) -> bool:
    """Whether a link has a voice that could be told from others."""
    link = claim.attribution[place]
    voice = _voice(link, claim, cast)
    return bool(voice) and _is_named(link, voice, cast)


def _voice(link: Link, claim: Claim, cast: Cast) -> str:
    if link.kind == "author":
        return cast.own_voice(claim.doc)
    if link.kind == "unnamed":
        return ""
    entity = cast.by_mention.get(link.mention)
    return entity.id if entity else ""


def _is_owner(entity: str, below: str, cast: Cast) -> bool:
    """An owner of media binds its media as publishers, not as sources."""
    return entity != below and below in cast.by_id and cast.by_id[below].kind == "media" and not cast.by_id[entity].country


def _speaks_for_state(entity: str, cast: Cast) -> bool:
    return any(cast.by_id[found].country for found in cast.above(entity) if found in cast.by_id)


def _is_named(link: Link, voice: str, cast: Cast) -> bool:
    """Whether the voice could be told from others: a name of its own, a body that answers for it, or an authority said which."""
    if link.kind in OWN or voice not in cast.by_id:
        return bool(voice)
    entity = cast.by_id[voice]
    if entity.country or entity.part_of:
        return True
    words = [word for word in re.split(r"[\W_]+", link.name) if word]
    proper = [word for word in words if (word[0].isupper() or word[0].lower() == word[0].upper()) and word.casefold() not in _COMMON]
    if link.kind in {"government", "court"}:
        return bool(proper) or len([word for word in words if len(word) > 2 and word.casefold() not in _COMMON]) > 1
    return bool(proper)


def _access(claim: Claim, last: Link, voice: str, cast: Cast) -> str:
    """How the deepest voice comes to know, as far as the passage and what stands around it show."""
    if last.kind == "unnamed":
        return ""
    if last.kind in OWN and not _binds(claim, len(claim.attribution) - 1, cast):
        return _went(claim, last, cast) if claim.kind == "site.observation" else ""
    if claim.family in _SELF:
        return "speaks for itself" if last.kind != "media" else ""
    if claim.family == "admission" or (claim.family in _ACTS and last.kind in {"government", "court"}):
        return OWN_ACT if _own_act(claim, voice, cast) else ""
    if last.kind == "person" and (claim.family == "testimony" or claim.speech_act == "testifies"):
        return "tells what it saw or lived through"
    return _went(claim, last, cast)


def _own_act(claim: Claim, voice: str, cast: Cast) -> bool:
    """Whether an authority speaks of its own state: no other state's authority or place is named."""
    country = next((found for entity in cast.above(voice) if entity in cast.by_id and (found := cast.by_id[entity].country)), "")
    authorities = [
        cast.by_mention[party.mention] for party in claim.parties if party.role == "authority" and party.mention in cast.by_mention
    ]
    acting = {entity.country for entity in authorities} - {""}
    named = acting or {place.country for place in claim.places if place.country}
    return not country or not named or country in named


def _went(claim: Claim, last: Link, cast: Cast) -> str:
    """`went and looked`, where the sentence says so of the voice, or a sentence nearby does and names it; else empty.

    Hearsay in the claim's own sentence undoes it, wherever the going and looking is told.
    """
    document = cast.texts[claim.doc]
    own = sentence_of(document, claim.start, claim.end).replace(last.name, " ")
    if _HEARSAY.search(own):
        return ""
    if _shows(own):
        return "went and looked"
    about = [word[:5].casefold() for word in re.split(r"[\W_]+", last.name) if len(word) > 4 and word.casefold() not in _COMMON]
    for start, end in _nearby(document, claim.start):
        for sentence in re.split(r"(?<=[.!?])\s+", document.text[start:end]):
            if last.kind in OWN:
                named = bool(_WE.search(sentence))
            else:
                named = any(word.startswith(stem) for stem in about for word in sentence.casefold().split())
            if named and _shows(sentence) and not _HEARSAY.search(sentence):
                return "went and looked"
    return ""


def _shows(sentence: str) -> bool:
    found = _COUNTED.search(sentence)
    return found is not None and not _NOT.search(sentence, 0, found.start())


def _nearby(document: Document, position: int) -> list[tuple[int, int]]:
    """The paragraph of a position, the one before and the one after."""
    found = _paragraphs(document)
    here = next((place for place, (start, end) in enumerate(found) if start <= position < end), 0)
    return found[max(0, here - 1) : here + 2]


def _paragraphs(document: Document) -> list[tuple[int, int]]:
    """Paragraphs as the page has them; its lines where blocks are not marked."""
    return [(block.start, block.end) for block in document.blocks] or list(paragraphs(document.text))


def sentence_of(document: Document, start: int, end: int) -> str:
    """The sentence or sentences a span stands in, within its paragraph."""
    low, high = next(((a, b) for a, b in _paragraphs(document) if a <= start < b), (start, end))
    text, before = document.text, low
    for found in _SENTENCE_END.finditer(text, low, start):
        before = found.end()
    after = _SENTENCE_END.search(text, max(start, end - 1), max(high, end))
    return text[before : after.end() if after else max(high, end)]
