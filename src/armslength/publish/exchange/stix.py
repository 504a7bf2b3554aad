"""Organisations, sites, incidents and facts as STIX 2.1 (OASIS, 10 June 2021), for threat-intelligence platforms.

In:  rows of the export contract.
Out: one bundle, one object a line: identities of bodies, locations of sites, incidents, a note for each fact.
Never: a person. STIX identities are made to be matched and watched for; persons, and what would be joined to them, stay out (METHOD N1-N3).

Ids are UUIDs of version 5 over the row's own id, under the name space the standard gives for such ids, so that two exports agree.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from armslength.publish.exchange.losses import WHOLE, Exchange, Loss, Tables, lost
from armslength.publish.jsonl import Row

FILE = "bundle.json"
_SPACE = uuid.UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""STIX 2.1, section 2.9: the name space for deterministic ids."""
_WHEN = "2021-06-10T00:00:00.000Z"
"""STIX wants the time at which an object was made; a derived row has none that would be the same twice. This is the standard's date."""
_BODIES = {"organisation": "organization", "government": "organization", "court": "organization", "media": "organization"}


def _id(kind: str, row: object) -> str:
    return f"{kind}--{uuid.uuid5(_SPACE, f'{kind}:{row}')}"


def keeps(table: str, row: Row) -> str:
    """Why a row is left out whole, or empty."""
    if table != "entities":
        return ""
    if row["protected"] or row["kind"] == "person":
        return "Persons are not exported to a format made for matching."
    return "" if row["kind"] in _BODIES else "Only organisations, media and authorities are identities."


def write(tables: Tables) -> Iterator[tuple[str, Iterator[str]]]:
    """The one bundle."""
    about = _about(tables)
    objects = [
        _MAKER,
        *map(_identity, tables["entities"]),
        *map(_location, tables["sites"]),
        *map(_incident, tables["incidents"]),
        *(_note(row, about) for row in tables["facts"]),
    ]
    ids = "".join(str(found["id"]) for found in objects)
    yield FILE, _bundle(_id("bundle", ids), objects)


def _bundle(bundle: str, objects: list[Row]) -> Iterator[str]:
    yield f'{{"type":"bundle","id":"{bundle}","objects":[\n'
    for number, found in enumerate(objects, start=1):
        yield json.dumps(found, ensure_ascii=False, separators=(",", ":")) + ("\n" if number == len(objects) else ",\n")
    yield "]}\n"


def _object(kind: str, row: Row, **fields: object) -> Row:
    """The fields every object has; empty lists and values are not allowed by the standard and are left out."""
    given = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    common: Row = {"type": kind, "spec_version": "2.1", "id": _id(kind, row["id"]), "created": _WHEN, "modified": _WHEN}
    return {**common, **given, "external_references": [{"source_name": "armslength", "external_id": row["id"]}]}


def _about(tables: Tables) -> Mapping[str, set[str]]:
    """Claim to the objects that rest on it."""
    found: dict[str, set[str]] = {}
    for table, kind in (("entities", "identity"), ("sites", "location"), ("incidents", "incident")):
        for row in tables[table]:
            for claim in row["claims"]:  # type: ignore[attr-defined]
                found.setdefault(claim, set()).add(_id(kind, row["id"]))
    return found


def _identity(row: Row) -> Row:
    return _object(
        "identity",
        row,
        name=row["label"],
        identity_class=_BODIES[str(row["kind"])],
        sectors=["government"] if row["kind"] in {"government", "court"} else None,
        roles=[row["kind"]],
        x_armslength_aliases=row["aliases"],
        x_armslength_country=row["country"],
    )


def _location(row: Row) -> Row:
    """A site. The standard wants a region, a country or a position: a site of which no country is known stands under `unknown`."""
    place: Row = {"country": row["country"]} if row["country"] else {"region": "unknown"}
    return _object(
        "location", row, name=row["label"], city=row["place"], x_armslength_type=row["type"], x_armslength_geonames=row["geonames"], **place
    )


def _incident(row: Row) -> Row:
    return _object(
        "incident",
        row,
        name=row["label"],
        x_armslength_country=row["country"],
        x_armslength_place=row["place"],
        x_armslength_period=row["period"],
        x_armslength_methods=row["methods"],
        x_armslength_outcomes=row["outcomes"],
    )


def _note(row: Row, about: Mapping[str, set[str]]) -> Row:
    """A fact, as a note about what rests on the same passages; where nothing does, about the maker: a note must be about something."""
    things: set[str] = set().union(*(about.get(claim, set()) for claim in row["claims"]))  # type: ignore[attr-defined]
    return _object(
        "note",
        row,
        abstract=row["label"],
        content=" ".join([str(row["source_summary"] or row["label"]), *_fairly(row)]),
        object_refs=sorted(things) or [_MAKER["id"]],
        x_armslength_kind=row["kind"],
        x_armslength_origins=row["origins"],
        x_armslength_denied_by=row["denied_by"],
        x_armslength_state=row["state"],
    )


def _fairly(row: Row) -> Iterator[str]:
    """What must stand beside a fact, without saying of whom: states of the right of reply and of legal status."""
    asked: Any = row["right_of_reply"]
    status: Any = row["legal_status"]
    for words, states in (("Right of reply", {one["state"] for one in asked}), ("Legal status", {one["status"] for one in status})):
        if states:
            yield f"{words}: {', '.join(sorted(states)).replace('_', ' ')}."
    if row["corrections"]:
        yield "Corrected."


_MAKER: Row = {
    "type": "identity",
    "spec_version": "2.1",
    "id": _id("identity", "armslength"),
    "created": _WHEN,
    "modified": _WHEN,
    "name": "armslength",
    "identity_class": "system",
}
_BACK = {
    "identity": ("entities", {"name": "label", "x_armslength_aliases": "aliases", "x_armslength_country": "country"}),
    "location": ("sites", {"name": "label", "city": "place", "x_armslength_type": "type", "country": "country"}),
    "incident": (
        "incidents",
        {"name": "label", **{f"x_armslength_{name}": name for name in ("country", "place", "period", "methods", "outcomes")}},
    ),
    "note": (
        "facts",
        {"abstract": "label", **{f"x_armslength_{name}": name for name in ("kind", "origins", "denied_by", "state")}},
    ),
}
_LISTS = frozenset({"aliases", "methods", "outcomes", "denied_by"})


def read(files: Mapping[str, str]) -> dict[str, list[Row]]:
    """Rows back from a bundle."""
    tables: dict[str, list[Row]] = {}
    for found in json.loads(files[FILE])["objects"][1:]:
        table, fields = _BACK[found["type"]]
        row: Row = {mine: found.get(theirs, [] if mine in _LISTS else None) for theirs, mine in fields.items()}
        row["id"] = found["external_references"][0]["external_id"]
        if table == "entities":
            row["kind"] = found["roles"][0]
        if table == "sites":
            row["geonames"] = found.get("x_armslength_geonames")
        tables.setdefault(table, []).append(row)
    return tables


def _losses() -> Iterator[Loss]:
    for table in ("documents", "claims", "lineage", "rejected", "judgements", "responses"):
        yield from lost(table, "STIX describes what is behind the words; words, their chains and what people decided have no place.", WHOLE)
    links = "The passages it rests on are not carried."
    yield from lost("entities", links, "claims", "why", "part_of", "interested", "protected")
    yield from lost("sites", links, "claims", "fields", "state")
    yield from lost("incidents", links, "claims", "fields", "state")
    number = "The number stands in the note's abstract only."
    yield from lost("facts", number, "measure", "value", "comparator", "interval", "as_of", "country", "counter", "opinion")
    yield from lost("facts", links, "claims", "documents", "apparent_sources", "relations", "source_summary")
    persons = "No persons: replies, legal status and corrections stand in the note's content as states, without saying of whom."
    yield from lost("facts", persons, "right_of_reply", "legal_status", "corrections", "fairness", "edited")


STIX = Exchange(name="STIX 2.1", write=write, read=read, losses=tuple(_losses()), keeps=keeps)
