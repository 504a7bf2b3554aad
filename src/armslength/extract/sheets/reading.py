"""Rows of a sheet as claims.

In:  a document handed over with a mapping.
Out: a `Reading`: a claim for each row, bound to the words of its cells; a refused row with its reason for each that gives none.
Never: reads more into a row than its columns say; lets a person named in it go unprotected.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from armslength import __version__
from armslength.base.offsets import trim
from armslength.extract.about import page_links
from armslength.extract.gazetteer import country_point
from armslength.extract.places import find_places
from armslength.extract.reading import STAGE, Reading, refused_whole
from armslength.extract.sheets.cells import Cell, Row, table_of
from armslength.extract.sheets.mapping import Coding, Mapping, kept
from armslength.model.claims import Claim, Dated, Link, Party, Place, Quantity, claim_id, mention_id
from armslength.model.dates import find_dates
from armslength.model.edtf import is_valid
from armslength.model.evidence import Document, Reader
from armslength.model.outcome import Rejected, rejected

_NAME = "sheet"


class _NoClaimError(ValueError):
    """Why a row gives no claim."""


def is_sheet(document: Document) -> bool:
    """Whether people handed the document over as a sheet that they coded."""
    return bool(document.mapping)


def read_sheet(document: Document) -> Reading:
    """Read every row."""
    mapping = kept(document.mapping)
    header, rows = table_of(document.text)
    if not set(mapping.quote) & set(header):
        return refused_whole(document.id, f"The sheet has none of the columns whose words claims are bound to: {', '.join(mapping.quote)}.")
    reader = Reader(name=_NAME, version=__version__, parameters=(("mapping", mapping.name),))
    claims: dict[str, Claim] = {}
    refused: list[Rejected] = []
    for row in rows:
        try:
            claim = _claim(document, row, mapping, reader)
        except _NoClaimError as error:
            refused.append(rejected(STAGE, str(error), doc=document.id, start=row.start, end=row.end))
        else:
            claims[claim.id] = claim
    return Reading(
        doc=document.id,
        claims=tuple(sorted(claims.values(), key=lambda claim: (claim.start, claim.end, claim.id))),
        refused=tuple(refused),
        taken=len(rows),
        kept=len(rows) - len(refused),
    )


def persons_named(document: Document) -> set[str]:
    """Names in the columns for persons, of rows that give no claim too: whoever is named there is protected."""
    mapping = kept(document.mapping)
    _, rows = table_of(document.text)
    cells = (cell for row in rows for column in mapping.persons if (cell := row.cells.get(column)))
    return {name for cell in cells for name in map(str.strip, cell.value.split(mapping.several)) if name}


def _claim(document: Document, row: Row, mapping: Mapping, reader: Reader) -> Claim:
    quoted = next((cell for column in mapping.quote if (cell := row.cells.get(column)) and cell.value.strip()), None)
    if quoted is None:
        raise _NoClaimError(f"The columns {', '.join(mapping.quote)} are empty: there are no words to bind a claim to.")
    (kind,) = _codes(row, mapping.kind, mapping) or [""]
    if not kind:
        raise _NoClaimError(f"The column {mapping.kind.column} is empty: nothing says what the row is.")
    start, end = trim(document.text, quoted.start, quoted.end, drop=" \t\r\n")
    quantity = _quantity(row, mapping)
    date = _dated(row, mapping)
    return Claim(
        id=claim_id(document.id, start, end, kind, quantity),
        doc=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        kind=kind,
        speech_act="reports",
        modality="stated",
        attribution=(*page_links(document), *_source(document, row, mapping)),
        quantity=quantity,
        as_of=date if quantity else None,
        event_date=None if quantity else date,
        places=tuple(_places(row, mapping)),
        methods=tuple(_codes(row, mapping.methods, mapping)),
        codes=tuple(_codes(row, mapping.codes, mapping)),
        parties=tuple(_persons(document, row, mapping)),
        confidence=1.0,
        why=(f"A row that people coded, read by the mapping {mapping.name}.",),
        reader=reader,
    )


def _codes(row: Row, coding: Coding, mapping: Mapping) -> list[str]:
    """The codes of a row, in order. Raises where a cell says what the mapping has no code for: a row is not kept by half."""
    found = [coding.always] if coding.always else []
    cell = row.cells.get(coding.column) if coding.column else None
    for word in cell.value.split(mapping.several) if cell else ():
        told = word.strip().casefold()
        if told and told not in coding.words:
            raise _NoClaimError(f"The column {coding.column} says “{word.strip()}”, for which the mapping {mapping.name} has no code.")
        found += [coding.words[told]] if told else []
    return list(dict.fromkeys(found))


def _quantity(row: Row, mapping: Mapping) -> Quantity | None:
    cell = row.cells.get(mapping.value) if mapping.value else None
    if cell is None or not cell.value.strip():
        return None
    try:
        number = float(cell.value.replace(",", "").replace("\u00a0", "").strip())
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _NoClaimError(f"The column {mapping.value} says “{cell.value.strip()}”, which is not a number.")
    value: float | int = int(number) if number.is_integer() else number
    return Quantity(measure=mapping.measure, value=value, comparator="=", low=value, high=value, unit="", start=cell.start, end=cell.end)


def _dated(row: Row, mapping: Mapping) -> Dated | None:
    cell = row.cells.get(mapping.date) if mapping.date else None
    if cell is None or not cell.value.strip():
        return None
    told = cell.value.strip().removesuffix("T00:00:00").removesuffix("T00:00")
    if is_valid(told):
        return Dated(edtf=told, basis="stated", start=cell.start, end=cell.end)
    found = find_dates(cell.value)
    if len(found) != 1:
        raise _NoClaimError(f"The column {mapping.date} says “{cell.value.strip()}”, which is not one date; write it as 2023-03-12.")
    return Dated(edtf=found[0].edtf, basis=found[0].basis, start=cell.start, end=cell.end)


def _places(row: Row, mapping: Mapping) -> Iterator[Place]:
    """The city, told from its namesakes by the country; else the country."""
    city, country = (_text(row, column) for column in (mapping.city, mapping.country))
    code = _country(country) if country else ""
    if city:
        named = find_places(f"{city.value.strip()}, {country.value.strip()}" if country and not code.isupper() else city.value.strip())
        fits = [place for place in named if place.precision == "city" and (not code or place.country == code)]
        first = fits[0] if fits else None
        name = first.name if first else city.value.strip()
        known = first.geonames if first else None
        yield Place(name=name, country=first.country if first else code, geonames=known, precision="city", start=city.start, end=city.end)
    elif country and code:
        yield Place(name=country.value.strip(), country=code, geonames=None, precision="country", start=country.start, end=country.end)


def _country(cell: Cell) -> str:
    told = cell.value.strip()
    if len(told) == 2 and country_point(told.upper()) is not None:
        return told.upper()
    return next((place.country for place in find_places(told) if place.precision == "country"), "")


def _text(row: Row, column: str) -> Cell | None:
    cell = row.cells.get(column) if column else None
    return cell if cell and cell.value.strip() else None


def _source(document: Document, row: Row, mapping: Mapping) -> Sequence[Link]:
    cell = _text(row, mapping.source)
    if cell is None:
        return ()
    name = cell.value.split(mapping.several)[0].strip()
    mention = mention_id(document.id, mapping.source_kind, name)
    return (Link(name=name, kind=mapping.source_kind, mention=mention, start=cell.start, end=cell.start + len(name)),)


def _persons(document: Document, row: Row, mapping: Mapping) -> Iterator[Party]:
    for column in mapping.persons:
        cell = _text(row, column)
        at = cell.start if cell else 0
        for name in map(str.strip, cell.value.split(mapping.several)) if cell else ():
            start = document.text.find(name, at) if name else -1
            if cell and 0 <= start < cell.end:
                at = start + len(name)
                yield Party(role="target", name=name, kind="person", mention=mention_id(document.id, "person", name), start=start, end=at)
