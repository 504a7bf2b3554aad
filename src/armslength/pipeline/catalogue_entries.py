"""What the catalogue says of facts, documents, sources, dated things and refused units.

In:  rows of the case, and the lines that lists show of them, names hidden.
Out: entries of the catalogue.
Never: reads the case; orders facts by anything about a person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date

from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.base.masking import BLOCK
from armslength.base.offsets import write_spans
from armslength.base.tokens import tokens
from armslength.model.catalogue import DatedEntry, DocumentEntry, FactEntry, RefusedEntry, SourceEntry
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.edtf import bounds
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.model.outcome import Rejected
from armslength.pipeline.views.lines import FactLine
from armslength.pipeline.views.source import DocumentLine, SourceLine

OPINION = "opinion"
"""The section of facts that are only opinions."""
UNDATED = "9999"
"""Sorts behind every date."""
_TIE = 48
"""Letters of a label that order facts which are alike in everything else."""
_PLACELESS = frozenset({"person", "testimony", "legal", "victim_category"})
"""Families that are about persons: their facts cannot be asked for by place (METHOD N3)."""
_FIRST_YEAR = 1900
_DAYS = 2**17
_START = re.compile(r"(\d{4})(?:-(\d\d))?")


def fact_entry(
    fact: Fact, line: FactLine, claims: Collection[Claim], *, no: int, stamp: tuple[str, str], origins: str, tags: Iterable[tuple[str, str]]
) -> FactEntry:
    """One fact. `stamp` is the row's run and hash, `origins` the hash of its origins, `tags` its methods and places."""
    begins, ends = period_of(fact, claims)
    return FactEntry(
        no=no,
        id=fact.id,
        run=stamp[0],
        hash=stamp[1],
        origins=origins,
        section=OPINION if line.opinion else line.section,
        standing=standing_of(line),
        kind=fact.kind,
        country=fact.country,
        state=fact.state,
        year=int(begins[:4] or 0),
        rank=_rank(line),
        tie=key_text(line.label, _TIE),
        begins=begins,
        ends=ends,
        measure=fact.measure,
        value=None if fact.value is None else float(fact.value),
        documents=line.documents,
        passages=line.passages,
        apparent=line.apparent,
        min=line.min,
        max=line.max,
        unknown=line.unknown,
        gap=_gap(line),
        denied=bool(line.denied_by),
        contradicted=bool(line.contradicted_by),
        interested=line.interested,
        label=key_text(line.label, None),
        line=to_json(line),
        tags=tuple(sorted(set(tags))),
    )


def standing_of(line: FactLine) -> str:
    """How a fact stands by its origins: a code of `STANDINGS`."""
    if not line.counted:
        return "apart"
    if line.unnamed:
        return "unnamed"
    if line.min > 1:
        return "several"
    if line.max == 1 and line.documents > 1:
        return "repeated" if line.min == 1 else "repeated_maybe"
    if line.min == 1:
        return "one" if line.max == 1 else "widening"
    return "unknown"


def tags_of(family: str, claims: Iterable[Claim], *, places_of: Callable[[Claim], Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Methods and places that passages name. `places_of` gives the codes of places."""
    for claim in claims:
        yield from (("method", code) for code in claim.methods)
        if family not in _PLACELESS:
            yield from (("place", code) for code in places_of(claim))


def place_code(name: str) -> str:
    """A place as it is asked for: the words of its name, folded."""
    return key_text(" ".join(token.word for token in tokens(name) if token.word != BLOCK), _TIE)


def period_of(fact: Fact, claims: Iterable[Claim]) -> tuple[str, str]:
    """First and last day that a fact is about, as its passages say it: what it holds for, else when it happened."""
    said = [fact.as_of] if fact.as_of else [row.edtf for claim in claims for row in (claim.event_date, claim.claimed_period) if row]
    found = [days for days in map(_days, said) if days[0]]
    if not found:
        return "", ""
    return min(begun for begun, _ in found), max(ended or begun for begun, ended in found)


def _days(edtf: str) -> tuple[str, str]:
    try:
        first, last = bounds(edtf)
    except InputError:
        return "", ""
    return first.isoformat() if first else "", last.isoformat() if last else ""


def _rank(line: FactLine) -> int:
    """The order of a list as one number: opinion last, then most documents, sources and passages first."""
    number = int(line.opinion)
    for count in (line.documents, line.apparent, line.passages):
        number = (number << 20) + (2**20 - 1 - min(count, 2**20 - 1))
    return number


def _gap(line: FactLine) -> int:
    wide = line.counted and line.documents > 1 and line.min >= 1 and not line.unnamed
    return min(0, line.max - line.documents) if wide else 0


def _capped(count: int, bits: int, *, shift: int, seed: str, opinion: bool = False) -> int:
    """A number of at most 63 bits that is smaller the more there are, and otherwise anybody's guess."""
    most = (1 << bits) - 1
    noise = int(hashlib.sha256(seed.encode()).hexdigest()[:15], 16) % (1 << shift)
    return (int(opinion) << (bits + shift)) + ((most - min(count, most)) << shift) + noise


def fact_number(fact: Fact) -> int:
    """A number of at most 63 bits for a fact: those that stand in more documents have smaller ones, opinions the largest."""
    return _capped(len(fact.documents), 20, shift=42, opinion=fact.opinion, seed=fact.id)


def document_number(published: str, doc: str) -> int:
    """A number of at most 55 bits for a document: newer ones have smaller ones, those without a date the largest."""
    begun, _ = _days(published)
    day = (date.fromisoformat(begun) - date(_FIRST_YEAR, 1, 1)).days if begun else -1
    return _capped(max(0, day + 1), 17, shift=38, seed=doc)


def document_entry(
    document: Document,
    line: DocumentLine,
    *,
    no: int,
    stamp: tuple[str, str],
    hidden: Iterable[tuple[int, int]],
    marks: Iterable[str],
) -> DocumentEntry:
    """One document; `line` has names hidden, `hidden` says where they stand in its text."""
    found = _START.match(line.ref.published_edtf)
    return DocumentEntry(
        no=no,
        id=document.id,
        run=stamp[0],
        hash=stamp[1],
        begins=key_text(line.ref.published_edtf or UNDATED, _TIE),
        tie=key_text(line.ref.title, _TIE),
        lang=key_text(line.ref.lang, 16),
        year=int(found[1]) if found else 0,
        claims=line.claims,
        publisher=key_text(line.ref.publisher, 200),
        hidden=write_spans(hidden),
        marks=" ".join(sorted(set(marks))),
        body=to_json(line),
        sources=tuple(sorted({row.source for row in document.appearances})),
    )


def source_entry(line: SourceLine) -> SourceEntry:
    """One source; `line` has names hidden and no documents."""
    return SourceEntry(id=line.id, tie=key_text(line.file, 100), body=to_json(line))


def dated_entry(
    lane: str, row_id: str, *, edtf: str, label: str, link: str, stamp: tuple[str, str], country: str = "", code: str = ""
) -> DatedEntry:
    """Something with a date. A period is placed where it begins."""
    found = _START.match(edtf)
    month = int(found[2] or 0) if found else 0
    return DatedEntry(
        id=f"{lane}:{row_id}",
        run=stamp[0],
        hash=stamp[1],
        lane=lane,
        year=int(found[1]) if found else 0,
        month=month if 1 <= month <= 12 else 0,
        edtf=key_text(edtf, 64),
        country=country,
        code=code,
        label=key_text(label, None),
        link=link,
    )


def refused_entry(row: Rejected, *, file: str, stamp: tuple[str, str]) -> RefusedEntry:
    """One refused unit; `file` is where it stands, names hidden."""
    return RefusedEntry(
        id=row.id,
        run=stamp[0],
        hash=stamp[1],
        reason=reason_id(row),
        tie=key_text(file, 100),
        start=row.start if row.start is not None else -1,
    )


def reason_id(row: Rejected) -> str:
    """A name for a reason of a stage."""
    return digest("reason", row.stage, row.reason)[:16]


def key_text(text: str, most: int | None) -> str:
    """A text as a database's key can hold it."""
    if not text.isascii() or "\x00" in text:
        text = text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    return text if most is None else text[:most]
