"""Tries to find out who stands behind a pseudonym, from what the release says and what the sources say.

In:  the claims of a release, the claims of the whole case, who is named where.
Out: a hit for each passage, and for each pseudonym over all its passages, that fits exactly one of those whom the sources tell of.
Never: uses what only the case knows: kind, place, time and method as released, and the sources' own passages, are all it has.

Somebody who reads the same public pages can do this with a pencil. The gate should have made it come to nothing; this looks whether it has.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from armslength.model.claims import Claim
from armslength.publish.attack.rows import Hit

Whom = Callable[[Claim], frozenset[str]]
"""Who a passage of the sources is about: persons, or where none is named something that stands for somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One released passage about somebody."""

    claim: Claim
    """As released."""
    pseudonyms: frozenset[str]
    """Labels in it."""


class _Says(NamedTuple):
    """What a passage tells that somebody could be known by."""

    kind: str
    places: frozenset[tuple[str, str]]
    methods: frozenset[str]
    codes: frozenset[str]
    dates: frozenset[str]

    @property
    def something(self) -> bool:
        return bool(self.places or self.methods or self.codes or self.dates)


def reidentify(told: Iterable[Told], sources: Iterable[Claim], whom: Whom) -> Iterator[Hit]:
    """Hits, by label or by shown id."""
    known = _alike(sources, whom)
    found: dict[_Says, frozenset[str]] = {}
    behind: dict[str, list[frozenset[str]]] = {}
    for row in told:
        says = _says(row.claim)
        if not says.something:
            continue
        if says not in found:
            found[says] = frozenset(who for other, some in known.get(says.kind, {}).items() if _could_be(says, other) for who in some)
        if len(found[says]) == 1:
            yield _hit(f"passage {row.claim.id[:12]}", "place, time and method of one passage", "somebody not named")
        for label in row.pseudonyms:
            behind.setdefault(label, []).append(found[says])
    for label, all_fits in sorted(behind.items()):
        if len(frozenset.intersection(*all_fits)) == 1:
            yield _hit(f"pseudonym {label}", "place, time and method of all passages under one pseudonym", label)


def _alike(sources: Iterable[Claim], whom: Whom) -> dict[str, dict[_Says, set[str]]]:
    """Kind to what passages of it say, and of whom: passages that say the same are compared once."""
    known: dict[str, dict[_Says, set[str]]] = {}
    for claim in sources:
        known.setdefault(claim.kind, {}).setdefault(_says(claim), set()).update(whom(claim))
    return known


def _hit(where: str, what: str, about: str) -> Hit:
    return Hit(where=where, channel="re-identification", how=f"{what} fit one only of those whom the sources tell of", about=about)


def _says(claim: Claim) -> _Says:
    return _Says(
        claim.kind,
        frozenset((place.country, place.name) for place in claim.places),
        frozenset(claim.methods),
        frozenset(claim.codes),
        frozenset(date.edtf for date in (claim.event_date, claim.claimed_period, claim.as_of) if date and date.edtf),
    )


def _could_be(row: _Says, source: _Says) -> bool:
    countries = {country for country, _ in source.places}
    return (
        all((country, name) in source.places if name else country in countries for country, name in row.places)
        and row.methods <= source.methods
        and row.codes <= source.codes
        and all(any(_within(date, other) for other in source.dates) for date in row.dates)
    )


def _within(released: str, source: str) -> bool:
    """Whether a released date may be a source's date made coarser: `2025-03` of `2025-03-14`."""
    ends, others = released.split("/"), source.split("/")
    others = others if len(others) == len(ends) else others * len(ends)
    return len(others) == len(ends) and all(other.startswith(end.rstrip("?~%")) for end, other in zip(ends, others, strict=True))


def whom_of(near: Callable[[Claim], frozenset[str]], facts: Mapping[str, str]) -> Whom:
    """Who passages are about: the persons named in or near them; else the fact that they tell, which stands for somebody nobody names."""

    def whom(claim: Claim) -> frozenset[str]:
        return near(claim) or frozenset({facts.get(claim.id, claim.id)})

    return whom
