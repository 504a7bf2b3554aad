"""Sites: places of activity, each at one definite place.

In:  readings of claims of the site family, and of responses that say what became of one site.
Out: `Site` rows; every field says which claim it rests on.
Never: makes a site of a number of sites, of sites in general, or of a country; shows more of an address than the city (METHOD P4).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from armslength.base.ids import digest
from armslength.model.claims import Place
from armslength.model.things import Site, Supported
from armslength.resolve.facts import Naming
from armslength.resolve.labels import label_of, place_words
from armslength.resolve.names import fold
from armslength.resolve.readings import Reading

_UNKNOWN = "SITE.ty.unknown"
_TYPES = "SITE.ty."


def make_sites(readings: Iterable[Reading], naming: Naming) -> list[Site]:
    """Sites by place and type, sorted by id. Claims that name no type go to the only type known at their place."""
    at: dict[tuple[str, str], list[tuple[Reading, Place]]] = defaultdict(list)
    for row in readings:
        place = definite_place(row)
        if place is not None:
            at[place.country, fold(place.name)].append((row, place))
    sites = []
    for found in at.values():
        types = sorted({type_of(row) for row, _ in found} - {_UNKNOWN})
        for code in types or [_UNKNOWN]:
            members = [pair for pair in found if type_of(pair[0]) == code or (type_of(pair[0]) == _UNKNOWN and len(types) == 1)]
            sites.append(_site(members, code, naming))
        if len(types) > 1 and (untyped := [pair for pair in found if type_of(pair[0]) == _UNKNOWN]):
            sites.append(_site(untyped, _UNKNOWN, naming))
    return sorted(sites, key=lambda site: site.id)


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


def _site(members: Sequence[tuple[Reading, Place]], code: str, naming: Naming) -> Site:
    members = sorted(members, key=lambda pair: pair[0].id)
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
