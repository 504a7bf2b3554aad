"""Incidents as tables in the manner of the field's data sets: Freedom House and the Authoritarian Actions Abroad Database.

In:  incidents and claims of the export contract, and the ontology's crosswalks.
Out: one table each: a row for an incident and a term of the other codebook, with whether anybody read that term in the codebook itself.
Never: a target's name, role or pseudonym; a date finer than a month; an incident squeezed into a term that no crosswalk gives: it is
       left out and counted.

The other codebooks were not seen whole (the crosswalks say so). These tables help to compare; they are not submissions to those data sets.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from armslength.model.ontology import Method, Ontology, load
from armslength.publish.csv import BYTE_ORDER_MARK, SEPARATOR, safe
from armslength.publish.exchange.losses import WHOLE, Exchange, Loss, Tables, lost
from armslength.publish.jsonl import Row
from armslength.publish.placing import coarse

_COLUMNS = (
    "incident", "year", "period", "origin_country", "host_country", "type", "method", "crosswalk_read_in_codebook", "outcomes", "passages",
    "documents",
)  # fmt: skip


def write(tables: Tables, *, scheme: str, file: str) -> Iterator[tuple[str, Iterator[str]]]:
    """The one table."""
    yield file, _lines(tables, scheme)


def _lines(tables: Tables, scheme: str) -> Iterator[str]:
    claims = {str(row["id"]): row for row in tables["claims"]}
    countries = {str(row["id"]): row["country"] for row in tables["entities"]}
    yield BYTE_ORDER_MARK + _line(_COLUMNS)
    for row in tables["incidents"]:
        for method in terms(row, scheme, load()):
            yield _line([safe(cell) for cell in _cells(row, method, scheme, claims, countries)])


def _line(cells: object) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)  # type: ignore[arg-type]
    return out.getvalue()


def terms(row: Row, scheme: str, ontology: Ontology) -> list[Method]:
    """Methods of an incident that the other codebook has a term for."""
    codes: Any = row["methods"]
    known = [ontology.method(code) for code in codes if ontology.has(code, scheme="methods")]
    return [method for method in known if any(found.scheme == scheme for found in method.crosswalks)]


def _cells(row: Row, method: Method, scheme: str, claims: Mapping[str, Row], countries: Mapping[str, object]) -> list[object]:
    term = next(found for found in method.crosswalks if found.scheme == scheme)
    period, mine = coarse(str(row["period"] or "")), [claims[claim] for claim in _ids(row) if claim in claims]
    origin = {countries.get(str(party["entity"])) for claim in mine for party in _parties(claim) if party["role"] == "perpetrator"}
    outcomes: Any = row["outcomes"]
    documents = {str(claim["doc"]) for claim in mine}
    return [
        row["id"],
        period[:4],
        period,
        SEPARATOR.join(sorted(str(found) for found in origin if found)),
        row["country"],
        term.term,
        method.code,
        "yes" if term.verified else "no",
        SEPARATOR.join(outcomes),
        len(mine),
        len(documents),
    ]


def _ids(row: Row) -> list[str]:
    found: Any = row["claims"]
    return list(found)


def _parties(claim: Row) -> list[dict[str, object]]:
    found: Any = claim["parties"]
    return list(found)


def read(files: Mapping[str, str], *, file: str) -> dict[str, list[Row]]:
    """Incidents back from the table: which there are, and where."""
    rows = csv.DictReader(io.StringIO(files[file].removeprefix(BYTE_ORDER_MARK), newline=""))
    found: dict[str, Row] = {row["incident"]: {"id": row["incident"], "country": row["host_country"] or None} for row in rows}
    return {"incidents": list(found.values())}


def keeps(table: str, row: Row, *, scheme: str) -> str:
    """Why a row is left out whole, or empty."""
    if table == "incidents" and not terms(row, scheme, load()):
        return "None of its methods has a term in that codebook."
    return ""


def _losses() -> Iterator[Loss]:
    for table in ("documents", "claims", "facts", "lineage", "entities", "sites", "responses", "rejected", "judgements"):
        yield from lost(table, "The table holds incidents only; passages and documents are counted, not carried.", WHOLE)
    yield from lost("incidents", "Labels are words that could name a target.", "label")
    yield from lost("incidents", "A date is not given finer than a month, and a place not finer than the country.", "period", "place")
    yield from lost("incidents", "The other codebook's term stands beside each code it has one for; others are left out.", "methods")
    yield from lost("incidents", "Codes stand side by side in one cell.", "outcomes")
    yield from lost("incidents", "What each value rests on is not carried, nor what people said of it.", "claims", "fields", "state")


def _table(name: str, scheme: str, file: str) -> Exchange:
    return Exchange(
        name=name,
        write=partial(write, scheme=scheme, file=file),
        read=partial(read, file=file),
        losses=tuple(_losses()),
        keeps=partial(keeps, scheme=scheme),
    )


FREEDOM_HOUSE = _table("Freedom House style table", "fh", "incidents_freedom_house.csv")
AAAD = _table("AAAD style table", "aaad", "incidents_aaad.csv")
