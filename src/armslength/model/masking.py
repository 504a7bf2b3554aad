"""Rows with protected persons' names behind blocks (METHOD P3).

In:  rows, the names to hide, the texts of documents.
Out: the same rows, every text in them as long as it was; a quote is still what stands at its place in the masked document.
Never: lets a text through unmasked because nobody thought of its field: what may stay is listed, everything else is masked.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast

from armslength.base.masking import BLOCK, Protected, cover, mask, mask_address, merged, protect, spans, titled
from armslength.model.claims import Claim, Link, Party
from armslength.model.custody import LogEntry
from armslength.model.evidence import Collection, Document, Span
from armslength.model.facts import LineageEdge

Row = TypeVar("Row")
Documents = AbstractSet[str]
"""Ids of documents."""
PLAIN = frozenset(
    """access_kind actor clock code codes collected_at country created date decision direction documents edtf event fact facts from_id
    geonames hash head how id ids kind key lang level measure media_type mention mentions method methods comparator modality origin other
    outcomes period profile published reader released_by requested role run seq signature size source speech_act stage standard state
    supersedes supports target time to_id tool tool_version type unit version when claim claims evidence_for evidence_against
    input_hash output_hash blocks boilerplate duplicates repeats""".split()  # noqa: SIM905 - a list of words reads best as one
)
"""Fields that hold ids, codes, dates and numbers. A pseudonym is no name, so whoever acted stays readable."""
ADDRESSES = frozenset({"doc", "url", "requested_url", "final_url", "file", "subject", "entry", "http_headers"})
"""Fields in which a name can stand in small letters, joined by hyphens or percent-encoded. A row about a file that could not be read has
its name for a document."""


_OF_A_SOURCE = ("file", "title", "publisher", "requested_url", "final_url")
_FILE = re.compile(r'"file":"((?:[^"\\]|\\.)*)"')


def as_it_is(text: str) -> str:
    return text


def not_known(doc: str) -> None:
    del doc


def not_asked(docs: Documents) -> None:
    del docs


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMask:
    """Hides names in rows."""

    names: Protected
    text_of: Callable[[str], str | None]
    """A document's text, masked."""
    gone: frozenset[str] = frozenset()
    """Sources that were destroyed: what custody still says of them is hidden whole, for nobody knows any more whom it names."""
    hidden_in: Callable[[str], Sequence[tuple[int, int]] | None] = not_known
    """Stretches of a document's text that hold names, where that was worked out before; None where it has to be now."""
    ahead: Callable[[Documents], None] = not_asked
    """Looks that up for several documents at once."""
    cover_text: Callable[[str], str] | None = None
    """Hides names in a text that is not a document's, where what it did is remembered: a page says the same words again and again."""
    tell: Callable[[str], str] = as_it_is
    """Puts pseudonyms in the place of names in a generated sentence, before what is left of them is hidden."""

    def row(self, row: Row) -> Row:
        """A row with every name in it hidden."""
        return cast("Row", self._row(row)) if self.names or self.gone else row

    def document_text(self, row: Document) -> str:
        """A document's text with names hidden."""
        known = self.hidden_in(row.id)
        return mask_document(row.text, self.names) if known is None else cover(row.text, known)

    def text(self, text: str) -> str:
        """A text that is not a document's."""
        told = self.tell(text)
        return mask(told, self.names) if self.cover_text is None else self.cover_text(told)

    def look_up(self, rows: Iterable[object]) -> None:
        """Look up, all at once, where names stand in the documents that these rows quote."""
        docs = {doc for row in rows for doc in _quoted(row)}
        if docs and (self.names or self.gone):
            self.ahead(docs)

    def _row(self, row: Any) -> Any:
        if isinstance(row, Collection) and row.source in self.gone:
            told: dict[str, Any] = {name: BLOCK * len(value) for name in _OF_A_SOURCE if (value := getattr(row, name))}
            return replace(row, **told)
        if isinstance(row, LogEntry) and row.subject in self.gone:
            return replace(row, entry=_FILE.sub(lambda found: f'"file":"{BLOCK * len(found[1])}"', row.entry))
        if isinstance(row, Document):
            masked = self.document_text(row)
            return replace(row, text=masked, appearances=tuple(self._fields(one) for one in row.appearances))
        if isinstance(row, Claim | Span):
            return replace(self._fields(row, but="quote"), quote=self._quote(row))
        if isinstance(row, Link | Party) and row.kind == "person":
            return replace(self._fields(row, but="name"), name=BLOCK * len(row.name))
        return self._fields(row)

    def _quote(self, row: Claim | Span) -> str:
        """The words of a passage as they stand in the document with names hidden: a name may begin before them or end behind."""
        known = self.hidden_in(row.doc)
        if known is not None:
            inside = ((max(start, row.start) - row.start, min(end, row.end) - row.start) for start, end in known)
            return cover(row.quote, [(start, end) for start, end in inside if start < end])
        text = self.text_of(row.doc)
        return mask(row.quote, self.names) if text is None else text[row.start : row.end]

    def _fields(self, row: Any, *, but: str = "") -> Any:
        changed = {}
        for name in _masked_fields(cast("Hashable", type(row))):
            value = getattr(row, name)
            if name != but and (masked := self._value(value, address=name in ADDRESSES)) is not value:
                changed[name] = masked
        return replace(row, **changed) if changed else row

    def _value(self, value: Any, *, address: bool) -> Any:
        if isinstance(value, str):
            if not value:
                return value
            return mask_address(value, self.names) if address else self.text(value)
        if isinstance(value, tuple):
            return tuple(self._value(one, address=address) for one in value) if value else value
        return self._row(value) if dataclasses.is_dataclass(value) else value


def mask_document(text: str, names: Protected) -> str:
    """A document's text with names hidden, also those that a title tells (`Mr Pell`) and no claim has."""
    return cover(text, hidden_spans(text, names))


def hidden_spans(text: str, names: Protected) -> list[tuple[int, int]]:
    """The stretches of a document's text that `mask_document` hides."""
    found = spans(text, names)
    if more := titled(text):
        found = merged([*found, *spans(text, protect(more))])
    return found


def _quoted(row: object) -> Iterable[str]:
    """Documents whose words a row repeats."""
    if isinstance(row, Claim | Document):
        return (row.doc if isinstance(row, Claim) else row.id,)
    return (span.doc for span in row.evidence) if isinstance(row, LineageEdge) else ()


@cache
def _masked_fields(row_type: Hashable) -> tuple[str, ...]:
    return tuple(one.name for one in dataclasses.fields(cast("Any", row_type)) if one.name not in PLAIN)
