"""Read documents: from a text to its claims, by the steps of `steps.py`.

In:  documents. Out: their claims, and a `Rejected` row for each sentence that was parsed and gave none, each document that could not be
read: in another language, about another matter, too long in reading, or such that a step failed on it.
Never: reads two documents together; fails because of what a text contains; says in a reason what a text says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from armslength import __version__
from armslength.base.settings import Settings
from armslength.extract.backends import spacy_parser
from armslength.extract.limits import Limit, OutOfTimeError, within
from armslength.extract.reading import Reading, refused_whole
from armslength.extract.scan import is_relevant
from armslength.extract.steps import STEPS
from armslength.extract.working import Step, carry_out
from armslength.model.claims import NO_READER
from armslength.model.evidence import Appearance, Document, Reader

_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RuntimeError, StopIteration, TypeError, ValueError,
)  # fmt: skip
"""What a fault of ours looks like when it meets a text. A missing model, a broken data file or a full disk is none: it stops the build."""
_PER = 100_000
"""Characters that the time limit holds for; a longer document has as much more time. About 17,000 words: some five seconds' reading."""


def reader_version() -> str:
    """What a claim's reader field says, and part of the stage's version: our own version and the parser's."""
    return f"{__version__} ({spacy_parser.model_version()})"


def read_documents(batch: Sequence[Document], *, seconds: float = Settings().document_seconds) -> list[Reading]:
    """Read a batch of documents, one after the other and apart from each other."""
    return [read_document(document, seconds=seconds) for document in batch]


def read_document(document: Document, *, seconds: float = Settings().document_seconds, steps: Sequence[Step] = STEPS) -> Reading:
    """Read one document. Whatever it holds, the answer is a `Reading`. `seconds` are processor seconds for each 100,000 characters."""
    is_relevant("")  # loads the patterns: where they cannot be loaded, the build stops
    left_out = _guarded(document, seconds, lambda _limit, _begun: _left_out(document))
    if left_out is not None:
        return left_out
    _ready()
    reading = _guarded(document, seconds, lambda limit, begun: _read(document, steps, limit, begun))
    assert reading is not None
    return reading


@cache
def _ready() -> None:
    """Read a sentence of our own, once a process and unguarded.

    So the time that loading takes is no document's, and an installation that cannot read at all stops the build instead of refusing
    every document.
    """
    document = Document(
        id="0" * 64,
        text="“Police stations opened in Lisbon in May 2024,” said Maria Keller of the group Green Lantern, which counted 38.",
        lang="en",
        reader=NO_READER,
        appearances=(Appearance(source="0" * 64, file=""),),
    )
    carry_out(STEPS, {"document": document, "reader": NO_READER})


def _guarded(document: Document, seconds: float, work: Callable[[Limit, list[str]], Reading | None]) -> Reading | None:
    """What some work on a document gives, or the document refused whole, where it takes too long or fails."""
    allowed = seconds * (1 + len(document.text) // _PER)
    begun = ["scan of the document"]
    try:
        return within(allowed, lambda limit: work(limit, begun))
    except OutOfTimeError:
        why = (
            f"Reading took more than {allowed:g} seconds of processor time and was stopped at the step `{begun[-1]}`. "
            "The next build tries again."
        )
        return refused_whole(document.id, why, settled=False)
    except _FAULTS as fault:
        why = (
            f"The step `{begun[-1]}` failed on this document ({type(fault).__name__}), so nothing was read from it. "
            "This is a fault in armslength, not in the document; please report it."
        )
        return refused_whole(document.id, why)


def _left_out(document: Document) -> Reading | None:
    """A document that is not read on, with the reason; None for one that is."""
    if document.lang not in {"en", "und"}:
        why = f"The document is in `{document.lang}`; claims are read from English only so far. It still takes part in comparing documents."
        return refused_whole(document.id, why)
    if not is_relevant(document.text):
        return refused_whole(document.id, "Nothing in the document speaks of the matter (no trigger of the scan), so it was not parsed.")
    return None


def _read(document: Document, steps: Sequence[Step], limit: Limit, begun: list[str]) -> Reading:
    def before(name: str) -> None:
        begun.append(name)
        limit.check()

    given = {"document": document, "reader": Reader(name="armslength rules", version=reader_version())}
    reading: Reading = carry_out(steps, given, before=before)["reading"]
    return reading
