"""Reading a case as somebody may who has not unlocked its vault: protected persons' names are behind blocks (METHOD P3).

In:  an open case; its ledger says whom two reviewers disclosed.
Out: a reading whose rows hold no protected name. The surfaces read through this.
Never: hides what a stage computes with: stages read the case itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from armslength.base.ids import digest
from armslength.base.masking import Protected, forms, protect
from armslength.base.offsets import read_spans
from armslength.extract.sheets.reading import is_sheet, persons_named
from armslength.model.custody import LogEntry
from armslength.model.evidence import Document
from armslength.model.masking import RowMask, as_it_is, not_known
from armslength.pipeline.ledgers import ledger_of
from armslength.store.case import Case
from armslength.store.read import Reader, reading

_TEXTS = 64
"""Masked texts kept during one reading: a page shows passages of a few documents again and again."""
_BYLINE = re.compile(r"[,;/|&]|\band\b|\bund\b|\bet\b|\bby\b|\by\b")
_NO_NAME = frozenset(
    """the agency bureau by correspondent daily desk dispatch editor editorial editors gazette group herald journal magazine news newsroom
    office post press radio record reporter review special staff team times tribune tv university weekly wire writer
    """.split()  # noqa: SIM905 - a list of words reads best as one
)


@contextmanager
def looking(case: Case, *, unmasked: bool = False, disclosed: frozenset[str] | None = None) -> Iterator[Reader]:
    """Read one moment of a case, masked unless told otherwise."""
    with reading(case) as reader:
        yield reader if unmasked else masked(reader, disclosed=disclosed)


def masked(reader: Reader, *, disclosed: frozenset[str] | None = None) -> Reader:
    """A reading with protected persons' names behind blocks."""
    return reader.hiding(mask_for(reader, disclosed=disclosed).row)


def mask_for(reader: Reader, *, disclosed: frozenset[str] | None = None, tell: Callable[[str], str] = as_it_is) -> RowMask:
    """What hides the protected persons of a case in its rows: all but those `disclosed`, by the case's own ledger if nothing is given."""
    exact = reader.exact()
    moment = _Moment(case=exact.case.id, head=_head(exact), disclosed=disclosed, reader=exact)
    names, known = _names(moment), _known(exact, moment)

    @lru_cache(maxsize=_TEXTS)
    def text_of(doc: str) -> str | None:
        document = exact.get(Document, doc)
        return None if document is None else made.document_text(document)

    made = RowMask(names=names, text_of=text_of, gone=frozenset(exact.destroyed()), hidden_in=known, tell=tell)
    return made


def names_stamp(names: Protected) -> str:
    """Another one whenever other names are hidden."""
    return digest(*sorted(forms(names)))


def _known(exact: Reader, moment: _Moment) -> Callable[[str], Sequence[tuple[int, int]] | None]:
    """What the catalogue knows of where names stand in texts, if it was made with the same names. A text's name is its hash, so what is
    known of it holds as long as the names do.
    """
    if exact.catalogue.state("mask") != _stamp(moment):
        return not_known

    def hidden_in(doc: str) -> list[tuple[int, int]] | None:
        found = exact.catalogue.hidden(doc)
        return None if found is None else read_spans(found)

    return hidden_in


@dataclass(frozen=True, slots=True)
class _Moment:
    """A case as its log stood: as long as nothing is written, its names are the same."""

    case: str
    head: str
    disclosed: frozenset[str] | None
    reader: Reader = field(compare=False, repr=False)


@lru_cache(maxsize=4)
def _names(moment: _Moment) -> Protected:
    """Names of every person of the case that was not disclosed, and names in bylines and in sheets' columns for persons."""
    public = ledger_of(moment.reader).public() if moment.disclosed is None else moment.disclosed
    persons = moment.reader.persons()
    entities = moment.reader.entity_of(mention for mention, _ in persons) if public else {}
    names = {name for mention, name in persons if entities.get(mention) not in public}
    shown = {name for mention, name in persons if entities.get(mention) in public}
    sheets = (row for row in moment.reader.all(Document, id=moment.reader.sheets()) if is_sheet(row))
    coded = {name for row in sheets for name in persons_named(row)} - shown
    return protect([*names, *byline_names(moment.reader.bylines()), *coded])


@lru_cache(maxsize=4)
def _stamp(moment: _Moment) -> str:
    return names_stamp(_names(moment))


def byline_names(bylines: Iterable[str]) -> Iterator[str]:
    """Persons' names in bylines: two to four words, each with a capital or in a script without, none of them an outlet's."""
    for line in bylines:
        for piece in _BYLINE.split(line):
            words = piece.split()
            spaced = 1 < len(words) <= 4 and not any(word.casefold().strip(".") in _NO_NAME for word in words)
            if (spaced or (len(words) == 1 and not words[0].isascii())) and not words[0][0].islower():
                yield piece.strip()


def _head(reader: Reader) -> str:
    """The last log entry: every change to a case makes one."""
    number = reader.count(LogEntry)
    found = reader.get(LogEntry, number)
    return found.hash if found else ""
