"""Responses: what one authority did or said about the matter.

In:  readings of claims about responses of governments.
Out: `Response` rows; every field says which claim it rests on.
Never: makes a response of what somebody thinks a government knows, or of governments not named; takes "not confirmed" for a denial.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from armslength.base.ids import digest
from armslength.model.entries import Entry
from armslength.model.ontology import AuthorityResponse, Ontology
from armslength.model.things import Response, Supported
from armslength.resolve.clusters import Rules, entry_of
from armslength.resolve.facts import Naming, most_common
from armslength.resolve.labels import label_of, place_words
from armslength.resolve.meanings import acting_state, authority_of
from armslength.resolve.readings import Reading, Voices
from armslength.resolve.sayings import saying_rules

RESPONSES = "response"


def response_entries(readings: Sequence[Reading], voices: Voices) -> list[Entry]:
    """How claims about what an authority did are looked up, beside being looked up as facts."""
    about = [row for row in readings if row.claim.family == "govt_response" and row.reality == "real" and not row.opinion]
    rows = [row for row in about if acting_state(row, voices)]
    rules = saying_rules(rows, voices)
    return [entry_of(row, RESPONSES, "response", rules) for row in rows]


def response_rules(readings: Sequence[Reading], voices: Voices) -> Callable[[Reading], Rules]:
    """How such claims are compared: by what is said, whatever number goes with it."""
    sayings = saying_rules(readings, voices)
    return lambda _row: sayings


def responses_of(
    parts: Iterable[Iterable[Iterable[str]]], readings: Mapping[str, Reading], voices: Voices, naming: Naming
) -> list[Response]:
    """A response for each group, sorted by id."""
    found = []
    for group in (group for part in parts for group in part):
        rows = [readings[claim] for claim in sorted(group)]
        code = most_common(response_code(row, naming.ontology) for row in rows)
        country = most_common(acting_state(row, voices) for row in rows)
        found.append(_response(rows, country, code, voices, naming))
    return sorted(found, key=lambda row: row.id)


def response_code(row: Reading, ontology: Ontology) -> str:
    """The response a claim tells of: the code it carries, else the only code of its kind, else unspecified."""
    carried = sorted(code for code in row.claim.codes if code.startswith("GR."))
    if carried:
        return carried[0]
    entries = [entry for entry in ontology.schemes["responses"].entries if isinstance(entry, AuthorityResponse)]
    same_kind = [entry.code for entry in entries if entry.kind == row.claim.kind]
    return same_kind[0] if len(same_kind) == 1 else "GR.unspecified"


def _response(rows: Sequence[Reading], country: str, code: str, voices: Voices, naming: Naming) -> Response:
    dates = sorted({row.claim.event_date.edtf for row in rows if row.claim.event_date and row.claim.event_date.edtf})
    authority = most_common(authority_of(row, voices) for row in rows)
    fields = {Supported(field="country", value=country, claim=row.id) for row in rows}
    fields |= {Supported(field="code", value=code, claim=row.id) for row in rows}
    fields |= {Supported(field="authority", value=found, claim=row.id) for row in rows if (found := authority_of(row, voices))}
    fields |= {
        Supported(field="date", value=row.claim.event_date.edtf, claim=row.id)
        for row in rows
        if row.claim.event_date and row.claim.event_date.edtf
    }
    parts = (label_of(code, naming.ontology), place_words("", country, naming.countries), dates[0] if dates else "")
    return Response(
        id=digest("response", country, code, tuple(row.id for row in rows)),
        label=", ".join(part for part in parts if part),
        code=code,
        country=country,
        authority=authority,
        date=dates[0] if dates else "",
        claims=tuple(row.id for row in rows),
        fields=tuple(sorted(fields, key=lambda item: (item.field, item.value, item.claim))),
    )
