"""What comes of one document: its claims, and a row for everything that was refused, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.extract.sentences import Sentence
from armslength.model.claims import Claim
from armslength.model.outcome import Rejected, rejected

STAGE = "extract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What came of one document. `taken` counts the sentences that were parsed, or 1 where the document was refused whole."""

    doc: str
    claims: tuple[Claim, ...]
    refused: tuple[Rejected, ...]
    taken: int
    kept: int
    settled: bool = True
    """False where reading failed for a reason that may pass, such as a server that was down: the next build tries again."""


def refused_whole(doc: str, why: str, *, settled: bool = True) -> Reading:
    """A document of which nothing was read."""
    return Reading(doc=doc, claims=(), refused=(rejected(STAGE, why, doc=doc),), taken=1, kept=0, settled=settled)


def refused_sentence(doc: str, sentence: Sentence, why: str) -> Rejected:
    """A sentence that gave no claim."""
    return rejected(STAGE, why, doc=doc, start=sentence.start, end=sentence.end)
