"""Claims without a number that say the same thing about the same thing.

In:  readings of claims that carry no quantity.
Out: groups, one a fact.
Never: joins on topic. Kind, codes, place, reality and the parties that matter must agree, and the words must too, except where the
code alone says what happened (one state, one response; one organisation's publication, one month).
"""

from __future__ import annotations

from collections.abc import Iterable

from armslength.model.edtf import coarsen, is_valid
from armslength.resolve.alike import alike_groups
from armslength.resolve.readings import Reading, Voices, group_by, split_by_time

ONE_ACT = frozenset(
    {
        "GR.inquiry",
        "GR.investigation_opened",
        "GR.investigation_closed_no_charge",
        "GR.investigation_closed_no_illegality",
        "GR.order_to_close",
        "GR.told_closed",
        "GR.summons",
    }
)
"""Responses of which a state gives one in a matter: two reports of it, in whatever words, mean the same one unless their dates differ."""

_BY_VOICE = frozenset(
    {"denial", "no_comment", "testimony", "admission", "assessment", "recommendation", "prediction", "legal_characterisation"}
)
"""Families in which two voices never make one fact: two deniers deny twice, two witnesses testify twice."""


def saying_groups(readings: Iterable[Reading], voices: Voices) -> list[list[Reading]]:
    """Groups that say the same."""
    rows = list(readings)
    groups: list[list[Reading]] = []
    for bucket in group_by(rows, {row.id: saying_key(row, voices) for row in rows}):
        whole = [bucket] if _says_itself(bucket[0], voices) else alike_groups(bucket)
        for members in whole:
            groups += split_by_time(members, {row.id: row.period for row in members})
    return groups


def saying_key(row: Reading, voices: Voices) -> tuple[object, ...]:
    """What two claims must have in common before their words are compared."""
    claim = row.claim
    work, when = publication(row, voices)
    if work and when:
        return (claim.kind, work, when)
    if acting_state(row, voices) and row.codes and set(row.codes) <= ONE_ACT and not row.opinion:
        return ("response", row.codes, acting_state(row, voices), row.reality)
    voice = speaker(row, voices) if claim.family in _BY_VOICE or row.opinion else ""
    return (claim.kind, row.opinion, row.reality, row.codes, row.scope, tuple(sorted(row.operators)), voice)


def publication(row: Reading, voices: Voices) -> tuple[str, str]:
    """Of a publication claim: who answers for the work, and the month it came out; each empty where the claim does not say."""
    claim = row.claim
    if claim.kind != "publication_event":
        return "", ""
    works = [party.mention for party in claim.parties if party.kind == "report"]
    makers = [party.mention for party in claim.parties if party.kind in {"organisation", "government", "media", "court"}]
    voiced = [link.mention for link in claim.attribution if link.kind in {"report", "organisation"}]
    roots = {voices.root(voices.entity(mention)) for mention in works or makers or voiced} - {""} or voices.named_in(claim.quote)
    edtf = claim.event_date.edtf if claim.event_date else ""
    when = coarsen(edtf, "month") if edtf and "/" not in edtf and is_valid(edtf) else ""
    return (min(roots) if len(roots) == 1 else "", when)


def acting_state(row: Reading, voices: Voices) -> str:
    """Which state responded: the authority's, else the one that speaks, else the only country of the claim. Empty where unclear."""
    claim = row.claim
    if claim.family != "govt_response":
        return ""
    authority = {voices.country(party.mention) for party in claim.parties if party.role == "authority"} - {""}
    speaking = voices.country(claim.originator.mention) if claim.originator.kind in {"government", "court"} else ""
    for found in (authority, {speaking} - {""}, row.countries):
        if found:
            return min(found) if len(found) == 1 else ""
    return ""


def speaker(row: Reading, voices: Voices) -> str:
    """The entity whose denial, testimony or opinion it is; a page's own voice counts as itself."""
    deniers = [party.mention for party in row.claim.parties if party.role == "denier"]
    return voices.entity(deniers[0]) if len(deniers) == 1 else row.originator


def _says_itself(row: Reading, voices: Voices) -> bool:
    return saying_key(row, voices)[0] == "response" or all(publication(row, voices))


def conflict(one: Reading, two: Reading) -> str:
    """Why two claims cannot be one fact, or empty. Clusters are made so that no pair in them conflicts; a test holds them to it."""
    if one.reality != two.reality:
        return "one says it is so, the other that it is not"
    if one.opinion != two.opinion:
        return "one is opinion"
    if one.countries and two.countries and not one.countries & two.countries:
        return "different countries"
    a, b = one.claim.quantity, two.claim.quantity
    if a and b and a.value != b.value:
        return "different values"
    return "different times" if _apart(one, two) else ""


def _apart(one: Reading, two: Reading) -> bool:
    (a, b), (c, d) = one.period, two.period
    return (b is not None and c is not None and b < c) or (d is not None and a is not None and d < a)
