"""Sites and incidents as GeoJSON (RFC 7946), for maps.

In:  the content of a case, with a function that knows coordinates of cities and countries.
Out: two feature collections. A place without coordinates has a null geometry and says why.
Never: a person, or words that could hold one: no labels of incidents, no quotes, no parties; nothing finer than a city (METHOD P4),
       no date finer than a month (METHOD N3: whoever was where on which day is not for a map).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from armslength.model.things import Incident, Site
from armslength.publish.content import Content, Names, denials, fair_of, names_of
from armslength.publish.decided import fair_map_row
from armslength.publish.exchange.losses import WHOLE, Loss, lost
from armslength.publish.jsonl import Row
from armslength.publish.placing import Placed, coarse, placed

LOSSES: tuple[Loss, ...] = (
    *(
        loss
        for table in ("documents", "claims", "facts", "lineage", "entities", "responses", "rejected", "judgements")
        for loss in lost(table, "A map holds sites and incidents, with what their sources amount to; nothing else.", WHOLE)
    ),
    *lost("sites", "What each value rests on, and reviewers' words, stand in the JSON lines.", "fields"),
    *lost("incidents", "What each value rests on, and reviewers' words, stand in the JSON lines.", "fields"),
    *lost("incidents", "A label is words that could hold a person; a day is cut off.", "label", "period"),
)
"""What the map does not hold."""


def files(content: Content) -> Iterator[tuple[str, Iterator[str]]]:
    """File names of the export with their lines, one feature a line."""
    names = names_of(content)
    summaries, claims = _summaries(content, names), {claim.id: claim for claim in content.claims}
    fair, facts, denied = fair_of(content), _facts(content), denials(content)

    def feature(row: Site | Incident, properties: Row) -> Row:
        mine = sorted({fact for claim in row.claims for fact in facts.get(claim, ())})
        denials_of = sorted({one.fact for fact in mine for one in denied.get(fact, ())})
        beside = {"denied_by": denials_of, **fair_map_row([fair[fact] for fact in mine])}
        shared: Row = {"claims": sorted(row.claims), "source_summaries": _statements(row.claims, summaries), "state": row.state, **beside}
        return _feature(row, {**properties, **shared}, at=placed(row, claims, content.locate))

    yield "sites.geojson", _collection([feature(row, _site(row, names)) for row in sorted(content.sites, key=lambda row: row.id)])
    yield "incidents.geojson", _collection([feature(row, _incident(row)) for row in sorted(content.incidents, key=lambda row: row.id)])


def _collection(features: Sequence[Row]) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":[\n'
    last = len(features) - 1
    for number, feature in enumerate(features):
        yield json.dumps(feature, ensure_ascii=True, separators=(",", ":"), allow_nan=False) + ("\n" if number == last else ",\n")
    yield "]}\n"


def _site(row: Site, names: Names) -> Row:
    return {"what": "site", "label": names.masked(row.label), "type": row.type}


def _incident(row: Incident) -> Row:
    return {"what": "incident", "methods": list(row.methods), "outcomes": list(row.outcomes), "period": coarse(row.period) or None}


def _feature(row: Site | Incident, properties: Row, *, at: Placed) -> Row:
    """A feature at its city; where that is not known at its country; else nowhere, with the reason."""
    shown: Row = {
        **properties,
        "place": row.place or None,
        "country": row.country or None,
        "geonames": at.geonames,
        "precision": at.precision or None,
    }
    if at.point is None:
        shown["geometry_missing"] = at.missing
    geometry = {"type": "Point", "coordinates": list(at.point)} if at.point else None
    return {"type": "Feature", "id": row.id, "geometry": geometry, "properties": shown}


def _facts(content: Content) -> dict[str, list[str]]:
    """Claim to the facts it is part of."""
    found: dict[str, list[str]] = {}
    for fact in content.facts:
        for claim in fact.claims:
            found.setdefault(claim, []).append(fact.id)
    return found


def _summaries(content: Content, names: Names) -> dict[str, list[str]]:
    """Claim to the source summaries of the facts it is part of."""
    found: dict[str, list[str]] = {}
    for fact in sorted(content.facts, key=lambda row: row.id):
        if fact.id in content.summaries:
            for claim in fact.claims:
                found.setdefault(claim, []).append(names.masked(content.summaries[fact.id]))
    return found


def _statements(claims: Sequence[str], summaries: dict[str, list[str]]) -> list[str]:
    return sorted({summary for claim in claims for summary in summaries.get(claim, [])})
