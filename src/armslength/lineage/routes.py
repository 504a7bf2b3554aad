"""How each claim came to its page: who is its deepest voice, whom it passed through, and whether that voice had access of its own.

In:  claims, who is who.
Out: one `Route` a claim.
Never: takes a medium for an origin because it printed something; takes a voice's word for first-hand without words that show it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from armslength.lineage.access import COMMON, OWN, find_access
from armslength.lineage.cast import Cast
from armslength.model.claims import Claim, Link
from armslength.model.facts import Access

RELAYS = OWN | {"media"}
"""Kinds that carry what others say: passing through one of them makes two claims no more dependent than standing in the same newspaper."""


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
    access: Access | None
    """How the voice comes to know of itself, with the words that show it; None where nothing does. Independence is earned by this."""
    passed: frozenset[str]
    """Voices on the way, and what answers for them, that bind: whoever has it from them depends on them. Without those that answer for the
    voice: a body that tells of its own count on its own page passes on nobody else's."""
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
            binding |= {found for found in cast.above(entity) if not cast.is_owner(found, entity)}
        else:
            relays |= {entity} - {""}
    access = find_access(claim, last, voice, cast, binds=_binds(claim, depth, cast)) if depth == len(claim.attribution) - 1 else None
    known = _names(claim, depth, cast) and (_binds(claim, depth, cast) or access is not None)
    return Route(
        claim=claim,
        voice=voice,
        party=cast.root(voice),
        known=known,
        access=access if known else None,
        passed=frozenset(binding) - set(cast.above(voice)),
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
    proper = [word for word in words if (word[0].isupper() or word[0].lower() == word[0].upper()) and word.casefold() not in COMMON]
    if link.kind in {"government", "court"}:
        return bool(proper) or len([word for word in words if len(word) > 2 and word.casefold() not in COMMON]) > 1
    return bool(proper)
