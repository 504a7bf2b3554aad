"""Names that nobody has decided about: of somebody whom no reader found, and who may be in danger all the same.

In:  documents, the names that are known to be nobody's (of organisations, places, publishers).
Out: stretches of capitalised words that may be a person's name.
Never: takes a name for harmless because no claim was read about it. Rather an organisation too many withheld than a person shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from armslength.base.offsets import Range
from armslength.publish.content import Content

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CAPITALS = re.compile(
    r"(?<![\w’'-])[^\W\d_a-z][\w’'-]+(?:[ \u00a0](?:(?:al|bin|da|de|del|den|der|di|dos|el|ibn|van|von)[ -])?[^\W\d_a-z][\w’'-]+)+"
)
"""Two words or more that begin with capitals, on one line, particles of names between them."""
_BODIES = frozenset(
    """academy agency association bank bureau center centre church club college commission committee company congress council court daily
    department embassy federation foundation front fund government group herald hospital hotel house institute institution journal league
    library ledger ministry movement museum network news newspaper office organisation organization parliament party police post press
    programme project review school senate service society station street times trust union university watch weekly world
    """.split()  # noqa: SIM905 - a list of words reads best as one
)
"""Words that the names of bodies and of newspapers hold."""


def known_words(content: Content) -> frozenset[str]:
    """Words that name nobody: of organisations, places and publishers, and whatever the documents write in small letters too."""
    names = [name for row in content.entities if not row.protected and row.kind != "person" for name in (row.label, *row.aliases)]
    names += [place.name for claim in content.claims for place in claim.places]
    names += [seen.publisher for row in content.documents for seen in row.appearances if seen.publisher]
    found = {word.lower() for name in names for word in _WORD.findall(name)}
    for document in content.documents:
        found.update(word for word in _WORD.findall(document.text) if word[0].islower())
    return frozenset(found)


def strangers(text: str, known: Collection[str], *, within: Iterable[Range] | None = None) -> Iterator[Range]:
    """Where a text may name somebody: two words or more with capitals, two of them unknown, none of them a body's."""
    for start, end in [(0, len(text))] if within is None else within:
        for found in _CAPITALS.finditer(text, start, end):
            words = [word.removesuffix("'s").removesuffix("’s").lower() for word in _WORD.findall(found.group())]
            if sum(word not in known for word in words) > 1 and not _BODIES.intersection(words):
                yield found.span()
