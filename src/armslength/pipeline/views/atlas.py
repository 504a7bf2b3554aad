"""Every site and incident of a case with the place it is drawn at: worked out once, and anew for what stages have written since.

In:  a reading of a case.
Out: `Atlas`: things, each at its city, at its country, or nowhere with the reason.
Never: a person; anything finer than a city (METHOD P4) or a month (METHOD N3); a thing that people rejected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import itemgetter

from armslength.base.ids import digest
from armslength.model.claims import Claim
from armslength.model.facts import Relation
from armslength.model.things import Incident, Site
from armslength.model.verdicts import REJECTED
from armslength.pipeline.locating import locate
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.moment import Moment, moment
from armslength.pipeline.views.since import Followed
from armslength.publish.placing import Placed, coarse, placed
from armslength.store.read import Reader

SITE, INCIDENT = "site", "incident"
_SOME = 2_000
"""Things that are placed at a time."""
_UNKNOWN = "SITE.ty.unknown"
_CLOSED = frozenset({"SITE.st.ordered_closed", "SITE.st.reported_closed"})
_UNHELD = frozenset({"SITE.st.denied", "SITE.st.misidentified"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """A site or incident, and where it is drawn."""

    id: str
    what: str
    """`site` or `incident`."""
    codes: tuple[str, ...]
    """Type of a site, methods of an incident: codes of the ontology."""
    kind: str
    """The same in words."""
    spot: str
    """Key of the place: the same for all that is drawn at one point. Empty where nothing can be drawn."""
    place: str
    """As the texts name it: a city, a region, or empty."""
    country: str
    precision: str
    """`city`, `country`, or empty."""
    point: tuple[float, float] | None
    missing: str
    """Why there is no point."""
    periods: tuple[str, ...]
    """When, in EDTF, no finer than a month."""
    states: tuple[str, ...]
    """States of a site: codes of the ontology."""
    denied: bool
    """Somebody denies it, or what is told of it."""
    closed: bool
    """It is said to be closed, or ordered to."""
    judged: str
    """`machine`, `accepted` or `contested`."""
    claims: tuple[str, ...]
    methods: tuple[str, ...]
    """Codes of the methods of an incident, or that the passages about a site tell of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """All that has a place, or is known to have none."""

    things: tuple[Placing, ...]
    rejected: int
    """Sites and incidents that people rejected: not drawn."""


def atlas_of(reader: Reader) -> Atlas:
    """The atlas of a case, rows as they are stored. What is shown of it goes through `Reader.hidden`."""
    return _atlas(moment(reader))


@lru_cache(maxsize=4)
def _known(case: str, folder: str) -> Followed[tuple[Sequence[object], Placing]]:
    """Every thing of one case with its place in the order, as if nobody denied anything."""
    del case, folder
    return Followed((Site, Incident), _placings, rests_on=lambda made: made[1].claims)


@lru_cache(maxsize=4)
def _atlas(now: Moment) -> Atlas:
    known = _known(now.case, now.folder).now(now.reader)
    things = [row for _, row in sorted(known.values(), key=itemgetter(0))]
    kept = [row for row in things if row.judged != REJECTED]
    denied = denied_claims(now.reader)
    return Atlas(
        things=tuple(row if row.denied or denied.isdisjoint(row.claims) else replace(row, denied=True) for row in kept),
        rejected=len(things) - len(kept),
    )


def _placings(reader: Reader, ids: Sequence[str]) -> Iterator[tuple[str, tuple[Sequence[object], Placing]]]:
    """Things as they are placed by the claims they rest on, some thousands at a time."""
    for start in range(0, len(ids), _SOME):
        some = ids[start : start + _SOME]
        rows: list[Site | Incident] = [*reader.all(Site, id=some), *reader.all(Incident, id=some)]
        told = sorted({claim for row in rows for claim in _telling(row)})
        claims = {row.id: row for row in reader.all(Claim, id=told)} if told else {}
        for row in rows:
            found = _placing(row, {claim: claims[claim] for claim in _telling(row) if claim in claims})
            yield row.id, (_order(found), found)


def _order(row: Placing) -> tuple[object, ...]:
    return (country_of(row.country), row.place, row.what != SITE, row.kind, row.periods, row.id)


def _telling(row: Site | Incident) -> Sequence[str]:
    """The claims that say where and when it is: of an incident those its place rests on."""
    found = [one.claim for one in row.fields if one.field == "place"]
    return row.claims if isinstance(row, Site) or not found else found


def denied_claims(reader: Reader) -> frozenset[str]:
    """The claims that stand in a fact which another fact denies."""
    return reader.claims_of({row.other for row in reader.all(Relation, type="denies")})


def _placing(row: Site | Incident, claims: Mapping[str, Claim]) -> Placing:
    at = placed(row, claims, locate)
    states = tuple(sorted({one.value for one in row.fields if one.field == "state"})) if isinstance(row, Site) else ()
    codes = (row.type,) if isinstance(row, Site) else row.methods
    return Placing(
        id=row.id,
        what=SITE if isinstance(row, Site) else INCIDENT,
        codes=codes,
        kind=_kind(row),
        spot=spot_of(row.country, at),
        place=row.place,
        country=row.country,
        precision=at.precision,
        point=at.point,
        missing=at.missing,
        periods=_periods(row, claims),
        states=states,
        denied=not _UNHELD.isdisjoint(states),
        closed=not _CLOSED.isdisjoint(states),
        judged=row.state,
        claims=row.claims,
        methods=_methods(row, claims),
    )


def _methods(row: Site | Incident, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    if isinstance(row, Incident):
        return row.methods
    return tuple(sorted({code for claim in row.claims if claim in claims for code in claims[claim].methods}))


def _kind(row: Site | Incident) -> str:
    if isinstance(row, Site):
        return "Site, kind not stated" if row.type == _UNKNOWN else label_of(row.type)
    return ", ".join(label_of(code) for code in row.methods) or "Incident, method not stated"


def spot_of(country: str, at: Placed) -> str:
    """Key of a place: a country's code, or for a city that and twelve signs of a digest of its name."""
    if at.point is None:
        return ""
    return country if at.precision == "country" else f"{country}-{digest('spot', country, at.name, at.geonames or 0)[:12]}"


def _periods(row: Site | Incident, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    if isinstance(row, Incident):
        return (coarse(row.period),) if row.period else ()
    told = (date for claim in row.claims if claim in claims for date in (claims[claim].event_date, claims[claim].claimed_period))
    return tuple(sorted({coarse(date.edtf) for date in told if date is not None and date.edtf}))
