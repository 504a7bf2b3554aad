"""Which states the case is about: the accused, whose own publications count as their own word only (METHOD C4).

In:  claims and entities.
Out: ids of governments.
Never: makes a person or an organisation an interested party.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from armslength.model.claims import Claim
from armslength.model.things import Entity

ACTING = frozenset({"perpetrator", "operator", "actor"})
_SHARE = 0.25
"""A second state counts as accused too when it acts in at least a quarter as many claims as the first. Set by hand, so that a case
about two states keeps both and a single misread party names nobody."""


def accused_governments(claims: Iterable[Claim], entities: Mapping[str, Entity], roots: Mapping[str, str]) -> frozenset[str]:
    """The government that most often acts as perpetrator or operator or denies something, and others that come near it.

    `roots`: entity to what answers for it in the end.
    """
    government = {
        mention: roots[row.id] for row in entities.values() if entities[roots[row.id]].kind == "government" for mention in row.mentions
    }
    votes: Counter[str] = Counter()
    for claim in claims:
        named = {government.get(party.mention, "") for party in claim.parties if party.role in ACTING}
        if claim.family == "denial":
            named |= {government.get(party.mention, "") for party in claim.parties if party.role == "denier"}
            named.add(government.get(claim.originator.mention, ""))
        votes.update(named - {""})
    most = max(votes.values(), default=0)
    return frozenset(found for found, count in votes.items() if count >= most * _SHARE)
