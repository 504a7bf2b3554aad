"""Responses: what one authority did or said about the matter.

In:  readings of claims about responses of governments.
Out: `Response` rows; every field says which claim it rests on.
Never: makes a response of what somebody thinks a government knows, or of governments not named; takes "not confirmed" for a denial.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from armslength.base.ids import digest
from armslength.model.ontology import AuthorityResponse, Ontology
from armslength.model.things import Response, Supported
from armslength.resolve.alike import alike_groups
from armslength.resolve.facts import Naming, most_common
from armslength.resolve.labels import label_of, place_words
from armslength.resolve.readings import Reading, Voices, split_by_time
from armslength.resolve.sayings import ONE_ACT, acting_state


def make_responses(readings: Iterable[Reading], voices: Voices, naming: Naming) -> list[Response]:
    """Responses by state, code and time, sorted by id."""
    by_code: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for row in readings:
        country = acting_state(row, voices)
        if row.claim.family != "govt_response" or row.opinion or row.reality != "real" or not country:
            continue
        by_code[country, response_code(row, naming.ontology)].append(row)
    found = [
        _response(sorted(run, key=lambda row: row.id), country, code, voices, naming)
        for (country, code), rows in by_code.items()
        for group in ([rows] if code in ONE_ACT else alike_groups(rows))
        for run in split_by_time(group, {row.id: row.period for row in group})
    ]
    return sorted(found, key=lambda row: row.id)


def response_code(row: Reading, ontology: Ontology) -> str:
    """The response a claim tells of: the code it carries, else the only code of its kind, else unspecified."""
    carried = sorted(code for code in row.claim.codes if code.startswith("GR."))
    if carried:
        return carried[0]
    entries = [entry for entry in ontology.schemes["responses"].entries if isinstance(entry, AuthorityResponse)]
    same_kind = [entry.code for entry in entries if entry.kind == row.claim.kind]
    return same_kind[0] if len(same_kind) == 1 else "GR.unspecified"


def authority_of(row: Reading, voices: Voices) -> str:
    """The authority that acted or spoke, as an entity; empty where the text names none."""
    named = [party.mention for party in row.claim.parties if party.role == "authority"]
    if not named and row.claim.originator.kind in {"government", "court"}:
        named = [row.claim.originator.mention]
    return voices.entity(named[0]) if named else ""


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
