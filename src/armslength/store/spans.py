"""Whether rows say only what their documents say: the check that stands behind "no quote, no claim".

In:  a row, and a way to get a document's text.
Out: what is wrong, in words.
Never: repairs anything.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator

from armslength.base.ids import digest_text
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import LineageEdge

TextOf = Callable[[str], str | None]
"""A document's text by its id; None when there is no such document."""


def check_row(row: object, text_of: TextOf) -> Iterator[str]:
    """What a row says that its documents do not bear out."""
    match row:
        case Document():
            yield from _check_document(row)
        case Claim():
            yield from _check_claim(row, text_of(row.doc))
        case LineageEdge():
            for span in row.evidence:
                yield from _check_quote("its evidence", span.start, span.end, span.quote, span.doc, text_of(span.doc))
        case _:
            return


def _check_document(row: Document) -> Iterator[str]:
    if digest_text(row.text) != row.id:
        yield "its id is not the SHA-256 of its text"
    if not row.appearances:
        yield "it names no source"
    ranges = [(b.start, b.end) for b in row.blocks] + [(c.start, c.end) for c in row.duplicates] + list(row.boilerplate)
    for start, end in ranges + [copy.of for copy in row.duplicates]:
        if not 0 <= start <= end <= len(row.text):
            yield f"the range {start}-{end} marked in it lies outside its text"


def _check_claim(row: Claim, text: str | None) -> Iterator[str]:
    yield from _check_quote("its quote", row.start, row.end, row.quote, row.doc, text)
    if not row.attribution:
        yield "it names nobody who says it"
    if text is None:
        return
    for what, start, end in _parts(row):
        if not (0 <= start <= end <= len(text)):
            yield f"the span {start}-{end} of {what} lies outside the document"


def _parts(row: Claim) -> Iterator[tuple[str, int, int]]:
    """Every span inside a claim beside its quote."""
    spans: list[tuple[str, int | None, int | None]] = [(f"the {link.kind} in its chain", link.start, link.end) for link in row.attribution]
    spans += [(f"its {party.role}", party.start, party.end) for party in row.parties]
    spans += [("a place", place.start, place.end) for place in row.places]
    spans += [("a date", date.start, date.end) for date in (row.as_of, row.event_date, row.claimed_period) if date]
    spans += [("a repetition", start, end) for start, end in row.repeats]
    if row.quantity:
        spans.append(("its quantity", row.quantity.start, row.quantity.end))
    for what, start, end in spans:
        if start is not None or end is not None:
            yield what, -1 if start is None else start, -1 if end is None else end


def _check_quote(what: str, start: int, end: int, quote: str, doc: str, text: str | None) -> Iterator[str]:
    if text is None:
        yield f"{what} is from the document {doc}, which is not in the case"
    elif not (0 <= start < end <= len(text)) or text[start:end] != quote:
        yield f"{what} is not what the document {doc} says at {start}-{end}"


class TextShelf:
    """The texts last asked for, so that each is read once or a few times. Holds at most `room` code points, whatever the case's size."""

    __slots__ = ("_fetch", "_held", "_kept", "_room")

    def __init__(self, fetch: TextOf, *, room: int = 20_000_000) -> None:
        self._fetch = fetch
        self._kept: OrderedDict[str, str | None] = OrderedDict()
        self._room = room
        self._held = 0

    def __call__(self, doc: str) -> str | None:
        if doc not in self._kept:
            text = self._fetch(doc)
            self._kept[doc] = text
            self._held += len(text or "")
            while self._held > self._room and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._held -= len(dropped or "")
        self._kept.move_to_end(doc)
        return self._kept[doc]
