"""Sites: places of activity, each at one definite place.

In:  readings of claims of the site family, and of responses that say what became of one site.
Out: `Site` rows; every field says which claim it rests on.
Never: makes a site of a number of sites, of sites in general, or of a country; shows more of an address than the city (METHOD P4).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from armslength.base.ids import digest
from armslength.model.claims import Place
from armslength.model.entries import Entry, number
from armslength.model.things import Site, Supported
from armslength.resolve.facts import Naming, most_common
from armslength.resolve.judged import People, Undone, regroup
from armslength.resolve.labels import label_of, place_words
from armslength.resolve.names import fold
from armslength.resolve.readings import Reading

SITES = "site"
_UNKNOWN = "SITE.ty.unknown"
_TYPES = "SITE.ty."


def decide_sites(readings: Iterable[Reading], naming: Naming, *, people: People) -> tuple[list[Site], list[Undone]]:
    """Sites by place and type, as people want them where they said so; and the judgements that have nothing to apply to."""
    placed = {row.id: (row, place) for row in readings if (place := definite_place(row)) is not None}
    towns = _towns(place for _, place in placed.values())

    def group(ids: Sequence[str]) -> list[list[str]]:
        at: dict[tuple[str, object], list[str]] = defaultdict(list)
        for claim in ids:
            at[towns[_name(placed[claim][1])]].append(claim)
        return [part for found in at.values() for part in _by_type(found, {claim: type_of(placed[claim][0]) for claim in found})]

    groups, undone = regroup(list(placed), group, people.about("site"), bar=lambda _one, _two: "")
    taken: set[str] = set()
    sites: list[Site] = []
    for found in groups:
        site = _site([placed[claim] for claim in found], naming)
        if site.id in taken:  # people took it out of a site of the same town and type
            site = replace(site, id=digest("site", site.id, "apart", min(found)))
        taken.add(site.id)
        sites.append(site)
    return sorted(sites, key=lambda site: site.id), undone


def site_entries(readings: Iterable[Reading]) -> list[Entry]:
    """How claims about a site are looked up: by the town's name and by its number."""
    found = []
    for row in readings:
        if (place := definite_place(row)) is not None:
            keys = {number(SITES, *_name(place))} | (
                {number(SITES, place.country, place.geonames)} if place.geonames is not None else set()
            )
            found.append(Entry(space=SITES, id=row.id, doc=row.claim.doc, keys=tuple((key, 0) for key in sorted(keys))))
    return found


def _name(place: Place) -> tuple[str, str]:
    return place.country, fold(place.name)


def _towns(places: Iterable[Place]) -> dict[tuple[str, str], tuple[str, object]]:
    """Country and name to what the town is told by: its number in the gazetteer, so that two names of one town are one town."""
    found: dict[tuple[str, str], tuple[str, object]] = {}
    for place in sorted(places, key=lambda place: (place.country, place.name, place.geonames or 0)):
        if place.geonames is not None or _name(place) not in found:
            found[_name(place)] = (place.country, place.geonames if place.geonames is not None else fold(place.name))
    return found


def _by_type(claims: Sequence[str], types: Mapping[str, str]) -> list[list[str]]:
    """Claims of one town by type. Those that name no type go to the only type known there; where there are two, they stay by themselves."""
    known = sorted(set(types.values()) - {_UNKNOWN})
    if len(known) < 2:
        return [list(claims)]
    return [part for code in (*known, _UNKNOWN) if (part := [claim for claim in claims if types[claim] == code])]


def definite_place(row: Reading) -> Place | None:
    """The one city a site claim is about; None where it is about sites in general, several places or a whole country."""
    claim = row.claim
    about = claim.family == "site" or any(code.startswith("SITE.st.") for code in claim.codes)
    if not about or claim.quantity is not None or row.opinion or row.reality != "real":
        return None
    cities = {(place.country, fold(place.name)): place for place in claim.places if place.precision == "city"}
    return next(iter(cities.values())) if len(cities) == 1 else None


def type_of(row: Reading) -> str:
    """The type a claim gives, or unknown."""
    found = sorted(code for code in row.claim.codes if code.startswith(_TYPES))
    return found[0] if len(found) == 1 else _UNKNOWN


def _site(members: Sequence[tuple[Reading, Place]], naming: Naming) -> Site:
    members = sorted(members, key=lambda pair: pair[0].id)
    code = most_common(found for row, _ in members if (found := type_of(row)) != _UNKNOWN) or _UNKNOWN
    claims = tuple(row.id for row, _ in members)
    names = Counter(place.name for _, place in members)
    name = min(names, key=lambda found: (-names[found], found))
    place = next(place for _, place in members if place.name == name)
    kind = "Site" if code == _UNKNOWN else label_of(code, naming.ontology)
    fields = [Supported(field="place", value=place.name, claim=row.id) for row, place in members]
    fields += [Supported(field="type", value=code, claim=row.id) for row, _ in members if type_of(row) == code != _UNKNOWN]
    for row, _ in members:
        prefixes = {"SITE.fn.": "function", "SITE.st.": "state"}
        fields += [Supported(field=prefixes[c[:8]], value=c, claim=row.id) for c in row.claim.codes if c[:8] in prefixes]
        fields += [Supported(field="flag", value=c, claim=row.id) for c in row.claim.codes if c == "SITE.cover"]
    return Site(
        id=digest("site", place.country, fold(name), code),
        label=f"{kind}, {place_words(place.name, place.country, naming.countries)}",
        type=code,
        country=place.country,
        place=place.name,
        geonames=place.geonames,
        claims=claims,
        fields=tuple(sorted(set(fields), key=lambda found: (found.field, found.value, found.claim))),
    )
