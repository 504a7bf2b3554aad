"""Reading a case as somebody may who has not unlocked its vault: protected persons' names are behind blocks (METHOD P3).

In:  an open case; its ledger says whom two reviewers disclosed.
Out: a reading whose rows hold no protected name. The surfaces read through this.
Never: hides what a stage computes with: stages read the case itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from threading import Lock

from armslength.base.errors import ArmslengthError
from armslength.base.ids import digest
from armslength.base.masking import Protected, mask, protect
from armslength.base.offsets import read_spans
from armslength.extract.sheets.reading import is_sheet, persons_named
from armslength.model.evidence import Document
from armslength.model.masking import RowMask, as_it_is, not_asked, not_known
from armslength.pipeline.ledgers import ledger_of
from armslength.pipeline.snapshots import Snapshot, as_logged
from armslength.store.case import Case
from armslength.store.read import Reader, reading

_TEXTS, _WORDS = 64, 4096
"""Masked texts of documents, and shorter ones, kept during one reading: a page shows passages of a few documents again and again."""
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


def warm(case: Case) -> None:
    """Prepare the names of a case, so that no page has to wait for it. What cannot be read is told about by whoever reads it."""
    with suppress(ArmslengthError), reading(case) as reader:
        names_of(reader)


def masked(reader: Reader, *, disclosed: frozenset[str] | None = None) -> Reader:
    """A reading with protected persons' names behind blocks."""
    hide = mask_for(reader, disclosed=disclosed)
    return reader.hiding(hide.row, ahead=hide.look_up, alike=hide.hidden_in is not not_known)


def mask_for(reader: Reader, *, disclosed: frozenset[str] | None = None, tell: Callable[[str], str] = as_it_is) -> RowMask:
    """What hides the protected persons of a case in its rows: all but those `disclosed`, by the case's own ledger if nothing is given."""
    exact = reader.exact()
    names, known = names_of(exact, disclosed=disclosed), _known(exact, disclosed)

    @lru_cache(maxsize=_TEXTS)
    def text_of(doc: str) -> str | None:
        document = exact.get(Document, doc)
        return None if document is None else made.document_text(document)

    made = RowMask(
        names=names,
        text_of=text_of,
        gone=frozenset(exact.destroyed()),
        hidden_in=known.hidden_in if known else not_known,
        ahead=known.look_up if known else not_asked,
        cover_text=lru_cache(maxsize=_WORDS)(partial(mask, names=names)),
        tell=tell,
    )
    return made


def mask_stamp(reader: Reader, *, disclosed: frozenset[str] | None = None) -> str:
    """Another one whenever other names are hidden, or the same ones came about otherwise."""
    exact = reader.exact()
    return digest(exact.names_token(), *sorted(_shown(exact, disclosed)))


@dataclass(slots=True)
class _Known:
    """Where names stand in texts, as the catalogue has it."""

    exact: Reader
    found: dict[str, list[tuple[int, int]] | None] = field(default_factory=dict)

    def look_up(self, docs: AbstractSet[str]) -> None:
        wanted = docs - self.found.keys()
        if wanted:
            told = self.exact.catalogue.hidden(wanted)
            self.found |= {doc: read_spans(told[doc]) if doc in told else None for doc in wanted}

    def hidden_in(self, doc: str) -> list[tuple[int, int]] | None:
        self.look_up({doc})
        return self.found[doc]


def _known(exact: Reader, disclosed: frozenset[str] | None) -> _Known | None:
    """What the catalogue knows of where names stand in texts, if it was made with the same names. A text's name is its hash, so what is
    known of it holds as long as the names do.
    """
    made_alike = exact.catalogue.state("mask") == mask_stamp(exact, disclosed=disclosed)
    return _Known(exact) if made_alike else None


def names_of(reader: Reader, *, disclosed: frozenset[str] | None = None) -> Protected:
    """The names of every person of the case but those `disclosed`, and names in bylines and in sheets' columns for persons.

    They are prepared once for all readings that see the same names and the same disclosures: 3 seconds for 100,000 names.
    """
    exact = reader.exact()
    shown = _shown(exact, disclosed)
    with _one_at_a_time(exact.case.id):
        return _names(Snapshot(case=exact.case.id, state=exact.names_token(), reader=exact), shown)


def _shown(exact: Reader, disclosed: frozenset[str] | None) -> frozenset[str]:
    """Mentions of persons who are public."""
    public = _public(as_logged(exact)) if disclosed is None else disclosed
    return frozenset(exact.mentions_of(public))


@lru_cache(maxsize=8)
def _one_at_a_time(case: str) -> Lock:
    """For each case: of many readers that find new names, one prepares them and the others wait."""
    del case
    return Lock()


@lru_cache(maxsize=8)
def _public(moment: Snapshot) -> frozenset[str]:
    return ledger_of(moment.reader).public()


@lru_cache(maxsize=4)
def _names(moment: Snapshot, shown: frozenset[str]) -> Protected:
    """All names but those that only mentions in `shown` bear; in sheets but those that any of these bears."""
    persons = moment.reader.persons()
    names = {name for mention, name in persons if mention not in shown}
    disclosed = {name for mention, name in persons if mention in shown}
    sheets = (row for row in moment.reader.all(Document, id=moment.reader.sheets()) if is_sheet(row))
    coded = {name for row in sheets for name in persons_named(row)} - disclosed
    return protect([*names, *byline_names(moment.reader.bylines()), *coded])


def byline_names(bylines: Iterable[str]) -> Iterator[str]:
    """Persons' names in bylines: two to four words, each with a capital or in a script without, none of them an outlet's."""
    for line in bylines:
        for piece in _BYLINE.split(line):
            words = piece.split()
            spaced = 1 < len(words) <= 4 and not any(word.casefold().strip(".") in _NO_NAME for word in words)
            if (spaced or (len(words) == 1 and not words[0].isascii())) and not words[0][0].islower():
                yield piece.strip()
