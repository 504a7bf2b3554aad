"""To whom somebody spoke: `told The Quay`, `in an interview with the Morning Ledger`, `told this newspaper`.

In:  the route of a claim.
Out: the medium and the words that say so.
Never: takes a medium that is named otherwise for one that was spoken to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from armslength.lineage.access import sentence_at
from armslength.lineage.cast import Cast
from armslength.lineage.names import fold
from armslength.lineage.routes import Route
from armslength.model.evidence import Span

_SPOKEN = (
    r"\b(?:told|interview(?:ed)?\s+(?:with|by|to|for|given\s+to)|spoke(?:n)?\s+(?:to|with)|speaking\s+(?:to|with)|talk(?:ed|ing)\s+(?:to|with)"
    r"|in\s+(?:comments|remarks)\s+to)\s+"
)
_NAMED = re.compile(_SPOKEN + r"(?P<name>(?:[Tt]he\s+)?[A-Z][\w’'-]*(?:\s+(?:(?:of|and|de|la|du)\s+)?[A-Z][\w’'-]*){0,4})")
_HERE = re.compile(
    _SPOKEN
    + r"(?:us|me|(?:this|our)\s+(?:newspaper|paper|newsroom|magazine|website|site|station|programme|program|reporters?|correspondent))\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Whom a medium has it from at first hand."""

    medium: str
    """Entity."""
    said: Span


def interview_of(route: Route, cast: Cast) -> Interview | None:
    """The medium that the source of a claim spoke to, as the claim's sentence says, or the one that introduces the source."""
    claim, document = route.claim, cast.texts[route.claim.doc]
    places = [sentence_at(document, claim.start, claim.end)]
    if claim.originator.start is not None and claim.originator.end is not None:
        places.append(sentence_at(document, claim.originator.start, claim.originator.end))
    for low, high in places:
        here = _HERE.search(document.text, low, high)
        if here and cast.publisher(claim.doc):
            return Interview(medium=cast.publisher(claim.doc), said=cast.span(claim.doc, *here.span()))
        for match in _NAMED.finditer(document.text, low, high):
            medium, end = _medium(match["name"], match.start("name"), cast)
            if medium:
                return Interview(medium=medium, said=cast.span(claim.doc, match.start(), end))
    return None


def _medium(name: str, start: int, cast: Cast) -> tuple[str, int]:
    """The medium of a name, or of as many of its first words as are one: `The Quay Monday`; with where it ends."""
    while name:
        entity = cast.by_name.get(fold(name), "")
        if entity and cast.by_id[entity].kind in {"media", "publisher"}:
            return entity, start + len(name)
        name = name.rpartition(" ")[0].rstrip()
    return "", start
