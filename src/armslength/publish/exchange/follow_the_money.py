"""Documents, bodies, sites, incidents and responses as FollowTheMoney entities, for Aleph and OpenAleph.

In:  rows of the export contract.
Out: one entity a line, in the library's own JSON form.
Never: a person. FollowTheMoney entities are made to be matched against other collections; pseudonyms would be matched as names (METHOD N1).

Only the stock model (4.x) is used, so that any instance can load it: sites are organisations with a classification, incidents and
responses are `Event`s with the ontology's codes as keywords, claims tie a document to what rests on it (`Documentation`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from armslength.publish.exchange.losses import WHOLE, Exchange, Loss, Tables, lost
from armslength.publish.jsonl import Row, line

FILE = "entities.ftm.json"
_SCHEMAS = {"organisation": "Organization", "government": "PublicBody", "court": "PublicBody", "media": "Organization"}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_SITE, _INCIDENT, _RESPONSE = "site", "incident", "response"


def keeps(table: str, row: Row) -> str:
    """Why a row is left out whole, or empty."""
    if table != "entities":
        return ""
    if row["protected"] or row["kind"] == "person":
        return "Persons are not exported to a format made for matching."
    return "" if row["kind"] in _SCHEMAS else "Only organisations, media and authorities have a schema there."


def write(tables: Tables) -> Iterator[tuple[str, Iterator[str]]]:
    """The one file, one entity a line."""
    yield FILE, (line(found) for found in _entities(tables))


def _entities(tables: Tables) -> Iterator[Row]:
    bodies = {str(row["id"]) for row in tables["entities"]}
    yield from map(_article, tables["documents"])
    yield from (_body(row, bodies) for row in tables["entities"])
    yield from map(_site, tables["sites"])
    docs = {str(row["id"]): str(row["doc"]) for row in tables["claims"]}
    yield from (_event(_INCIDENT, row, row["period"], row["methods"], docs) for row in tables["incidents"])
    yield from (_event(_RESPONSE, row, row["date"], [row["code"]], docs, bodies) for row in tables["responses"])
    owners = _owners(tables)
    for row in tables["claims"]:
        for owner in sorted(owners.get(str(row["id"]), ())):
            yield _documentation(row, owner)


def _entity(schema: str, key: str, **properties: object) -> Row:
    told = {name: _several(value) for name, value in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: value for name, value in told.items() if value}}


def _several(value: object) -> list[str]:
    values: list[Any] = value if isinstance(value, list) else [value]
    return [str(one) for one in values if one not in (None, "")]


def _article(row: Row) -> Row:
    dates = row["published"] if _DATE.fullmatch(str(row["published"])) else None
    return _entity(
        "Article",
        f"document-{row['id']}",
        title=row["title"],
        fileName=row["file"],
        publisher=row["publisher"],
        publishedAt=dates,
        bodyText=row["text"],
        notes=f"Published (EDTF): {row['published']}" if row["published"] and not dates else None,
    )


def _body(row: Row, bodies: set[str]) -> Row:
    above = str(row["part_of"])
    return _entity(
        _SCHEMAS[str(row["kind"])],
        f"entity-{row['id']}",
        name=row["label"],
        alias=row["aliases"],
        country=str(row["country"] or "").lower(),
        parent=f"entity-{above}" if above in bodies else None,
        classification=row["kind"],
    )


def _site(row: Row) -> Row:
    return _entity(
        "Organization",
        f"{_SITE}-{row['id']}",
        name=row["label"],
        country=str(row["country"] or "").lower(),
        address=row["place"],
        classification=f"site {row['type']}",
    )


def _event(kind: str, row: Row, date: object, codes: object, docs: Mapping[str, str], bodies: set[str] | None = None) -> Row:
    """An incident or response. FollowTheMoney takes no EDTF: the ends go where they are plain dates, the whole stands in the notes."""
    ends = str(date or "").split("/")
    first, last = ends[0], ends[-1]
    claims: Any = row["claims"]
    authority = str(row.get("authority"))
    return _entity(
        "Event",
        f"{kind}-{row['id']}",
        name=row["label"],
        country=str(row["country"] or "").lower(),
        location=row.get("place"),
        startDate=first if _DATE.fullmatch(first) else None,
        endDate=last if _DATE.fullmatch(last) else None,
        notes=f"EDTF: {date}" if date else None,
        keywords=codes,
        organizer=f"entity-{authority}" if bodies and authority in bodies else None,
        proof=sorted({f"document-{docs[claim]}" for claim in claims if claim in docs}),
    )


def _owners(tables: Tables) -> dict[str, set[str]]:
    """Claim to the entities, sites, incidents and responses that rest on it."""
    found: dict[str, set[str]] = {}
    for table, prefix in (("entities", "entity"), ("sites", _SITE), ("incidents", _INCIDENT), ("responses", _RESPONSE)):
        for row in tables[table]:
            claims: Any = row["claims"]
            for claim in claims:
                found.setdefault(claim, set()).add(f"{prefix}-{row['id']}")
    return found


def _documentation(row: Row, owner: str) -> Row:
    return _entity(
        "Documentation",
        f"claim-{row['id']}-{owner}",
        document=f"document-{row['doc']}",
        entity=owner,
        recordId=row["id"],
        summary=row["quote"],
        role=row["kind"],
    )


def read(files: Mapping[str, str]) -> dict[str, list[Row]]:
    """Rows back from entities."""
    tables: dict[str, list[Row]] = {}
    for told in map(json.loads, files[FILE].splitlines()):
        given: dict[str, list[str]] = told["properties"]
        one = {name: values[0] for name, values in given.items()}
        prefix, _, key = told["id"].partition("-")
        if prefix in _READ:
            table, fields = _READ[prefix]
            row: Row = {mine: one.get(theirs) for theirs, mine in fields.items()}
            if "country" in row:
                row["country"] = str(row["country"]).upper() if row["country"] else None
            tables.setdefault(table, []).append({**row, "id": key, **_more(prefix, one, given)})
        elif prefix == "claim":
            tables.setdefault("claims", []).append(
                {"id": one["recordId"], "doc": one["document"].partition("-")[2], "quote": one["summary"], "kind": one["role"]}
            )
    return tables


_READ = {
    "document": ("documents", {"title": "title", "fileName": "file", "publisher": "publisher", "bodyText": "text"}),
    "entity": ("entities", {"name": "label", "classification": "kind", "country": "country"}),
    _SITE: ("sites", {"name": "label", "country": "country", "address": "place"}),
    _INCIDENT: ("incidents", {"name": "label", "country": "country", "location": "place"}),
    _RESPONSE: ("responses", {"name": "label", "country": "country"}),
}


def _more(prefix: str, one: Mapping[str, str], given: Mapping[str, list[str]]) -> Row:
    """Fields that do not stand as they are."""
    edtf = one.get("notes", "").partition(": ")[2] or None
    match prefix:
        case "document":
            return {"published": one.get("publishedAt") or edtf}
        case "entity":
            return {"aliases": given.get("alias", [])}
        case "site":
            return {"type": one["classification"].partition(" ")[2]}
        case "incident":
            return {"period": edtf, "methods": given.get("keywords", [])}
        case _:
            return {"date": edtf, "code": one["keywords"]}


def _losses() -> Iterator[Loss]:
    for table in ("facts", "lineage", "rejected", "judgements"):
        yield from lost(table, "FollowTheMoney describes things, not what passages amount to together or what people decided.", WHOLE)
    what = "Only what the schema has a property for is carried."
    yield from lost("documents", what, "source", "lang", "missing", "boilerplate", "duplicates", "reader", "appearances")
    yield from lost("entities", what, "claims", "protected", "part_of", "interested", "why")
    yield from lost("sites", what, "claims", "geonames", "fields", "state")
    yield from lost("incidents", what, "claims", "outcomes", "fields", "state")
    yield from lost("responses", what, "claims", "authority", "fields")
    chain = "A passage is carried with its words and kind; its place, coding and attribution chain are not."
    yield from lost("claims", chain, *_CHAIN)


_CHAIN = (
    "start", "end", "speech_act", "modality", "measure", "value", "comparator", "interval", "unit", "as_of", "event_date",
    "claimed_period", "places", "methods", "codes", "parties", "attribution", "originator", "repeats", "flags", "confidence", "reader",
    "state", "edited",
)  # fmt: skip

FOLLOW_THE_MONEY = Exchange(name="FollowTheMoney", write=write, read=read, losses=tuple(_losses()), keeps=keeps)
