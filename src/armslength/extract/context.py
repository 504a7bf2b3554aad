"""Which sentences have to be parsed only because another needs them to tell who is meant by `he` or `the group`.

In:  the text, the sentences of a document's prose, those of them that are to be parsed. Out: these, with the sentence before each one that
points back.
Never: looks back further than one sentence, so that a document costs at most twice what its own sentences do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from armslength.extract.sentences import Sentence

_POINTS_BACK = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey)\b|^[“\"'‘«(]*(?:The|This|That|These|Those|His|Her|Its|Their|Another|Both)\b",
)


def with_context(text: str, every: Sequence[Sentence], chosen: Sequence[Sentence]) -> list[Sentence]:
    """The chosen sentences, and before each that points back the one it points to, in its paragraph or the one before."""
    wanted = {one.index for one in chosen}
    before = {b.index: a for a, b in pairwise(every)}
    for one in chosen:
        last = before.get(one.index)
        if last is not None and one.paragraph - last.paragraph <= 1 and _POINTS_BACK.search(text[one.start : one.end]):
            wanted.add(last.index)
    return [one for one in every if one.index in wanted]
