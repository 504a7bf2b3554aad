"""Claims that people add: what a passage says and the program missed, or what it says in the place of what the program read.

In:  judgements `add` whose value holds a claim whole.
Out: the claims, as rows that say who added them.
Never: adds a claim of two judgements that were made apart and do not agree; lets a claim that takes another's place stand beside it: it
holds only as long as the other is rejected.

The judgement's target is not the claim's own id: what people say *of* an added claim (accept, reject, edit) has that for its target, and is
taken back without taking back the claim.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from armslength.base.errors import ArmslengthError
from armslength.base.ids import digest
from armslength.model.claims import NO_READER, Claim, Dated
from armslength.model.codec import from_json, to_json
from armslength.model.decisions import Judgement, heads, in_force, is_added_claim, told
from armslength.model.evidence import Reader
from armslength.model.verdicts import ADDED, NO_VERDICTS, REJECTED, verdicts

BY_A_PERSON = "a person"
"""The name of the reader of a claim that somebody added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A claim that somebody added and that holds."""

    claim: Claim
    judgement: Judgement
    replaces: str = ""
    """The claim whose place it takes, if any."""


def added_id(claim: Claim) -> str:
    """Name an added claim by where it stands and what it says; who is said to say it may change, and how."""
    number = claim.quantity
    parts = (number.measure, repr(number.value), number.comparator, number.start, number.end) if number else ()
    dates = tuple(_edtf(one) for one in (claim.as_of, claim.event_date, claim.claimed_period))
    places = tuple((place.name, place.country) for place in claim.places)
    parties = tuple((party.role, party.mention) for party in claim.parties)
    said = (claim.kind, parts, dates, places, parties, claim.methods, claim.codes)
    return digest("claim", ADDED, claim.doc, claim.start, claim.end, *said)


def _edtf(date: Dated | None) -> str:
    return date.edtf if date else ""


def target_of(claim: str) -> str:
    """The target of the judgement that adds a claim, by the claim's id."""
    return digest("added claim", claim)


def value_of(claim: Claim, *, replaces: str = "") -> str:
    """What the judgement says: the claim whole, as canonical JSON."""
    bare = replace(claim, flags=tuple(flag for flag in claim.flags if flag != ADDED), why=(), reader=NO_READER)
    more = f',"replaces":"{replaces}"' if replaces else ""
    return f'{{"claim":{to_json(bare)},"level":"claim"{more}}}'


def added(judgements: Iterable[Judgement]) -> tuple[list[Added], list[Judgement]]:
    """The claims that people added and that hold, by id; and the judgements that add one and stand, and hold no claim that can be read, or
    one that waits for the place of another that is not rejected (any more).
    """
    rows = in_force(judgements)
    adding = {row.target for row in rows if is_added_claim(row)}
    stands = heads(row for row in rows if row.target in adding).values() if adding else ()
    standing = [found[-1] for found in stands if is_added_claim(found[-1]) and len({row.value for row in found}) == 1]
    claims = [(row, _added(row)) for row in standing]
    said = verdicts(rows) if any(one and one.replaces for _, one in claims) else NO_VERDICTS
    holding = [one for _, one in claims if one and (not one.replaces or said.state_of_claim(one.replaces) == REJECTED)]
    kept = {one.judgement.id for one in holding}
    return sorted(holding, key=lambda one: one.claim.id), [row for row, _ in claims if row.id not in kept]


def _added(row: Judgement) -> Added | None:
    given = told(row)
    replaces = str(given.get("replaces", ""))
    try:
        found = from_json(Claim, json.dumps(given["claim"], ensure_ascii=False))
    except ArmslengthError:
        return None
    marks = (("judgement", row.id), ("who", row.who), *((("replaces", replaces),) if replaces else ()))
    claim = replace(
        found,
        flags=(*found.flags, ADDED),
        why=(f"Added by a reviewer ({row.who}): {row.reason}",),
        reader=Reader(name=BY_A_PERSON, version="", parameters=marks),
    )
    return Added(claim=claim, judgement=row, replaces=replaces)


def added_by(claim: Claim) -> Mapping[str, str]:
    """Of a claim that somebody added: `judgement`, `who`, and what it `replaces`. Empty for one that the program read."""
    return dict(claim.reader.parameters) if claim.reader.name == BY_A_PERSON else {}
