"""What authorities did and said, by country.

In:  responses of a case.
Out: countries in alphabetical order, each with its responses by date.
Never: reads silence as a response, or the opening of an investigation as its result.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from armslength.model.things import Entity, Response
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseLine:
    """One response."""

    id: str
    label: str
    kind: str
    code: str
    authority: str
    date: str
    edtf: str
    passages: int
    facts: tuple[str, ...]
    """Facts that the claims of this response belong to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryResponses:
    """The responses of one country."""

    code: str
    country: str
    responses: tuple[ResponseLine, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """What they are, once each."""
        return tuple(dict.fromkeys(row.kind for row in self.responses))


def responses_by_country(reader: Reader) -> tuple[CountryResponses, ...]:
    """Every response, by country."""
    rows = reader.all(Response)
    facts = reader.facts_of(sorted({claim for row in rows for claim in row.claims})) if rows else {}
    authorities = sorted({row.authority for row in rows if row.authority})
    names = {row.id: row.label for row in reader.all(Entity, id=authorities)} if authorities else {}
    by_country: dict[str, list[ResponseLine]] = defaultdict(list)
    for row in rows:
        mine = sorted({fact for claim in row.claims for fact in facts.get(claim, [])})
        by_country[row.country].append(
            ResponseLine(
                id=row.id,
                label=row.label,
                kind=label_of(row.code),
                code=row.code,
                authority=names.get(row.authority, ""),
                date=words.dated(row.date),
                edtf=row.date,
                passages=len(row.claims),
                facts=tuple(mine),
            )
        )
    found = [
        CountryResponses(
            code=code,
            country=country_of(code) if code else "Country not stated",
            responses=tuple(sorted(lines, key=lambda line: (line.edtf or "9999", line.label, line.id))),
        )
        for code, lines in by_country.items()
    ]
    return tuple(sorted(found, key=lambda row: (not row.code, row.country)))
