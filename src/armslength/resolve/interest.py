"""Which states the case is about: the accused, whose own publications count as their own word only (METHOD C4).

In:  claims; how often each government acts.
Out: mentions; ids of governments.
Never: makes a person or an organisation an interested party.
"""

from __future__ import annotations

from collections.abc import Mapping

from armslength.model.claims import Claim

ACTING = frozenset({"perpetrator", "operator", "actor"})
_SHARE = 0.25
"""A second state counts as accused too when it acts in at least a quarter as many claims as the first. Set by hand, so that a case
about two states keeps both and a single misread party names nobody."""


def acting_mentions(claim: Claim) -> frozenset[str]:
    """Who acts as perpetrator or operator in a claim, or denies something."""
    named = {party.mention for party in claim.parties if party.role in ACTING}
    if claim.family == "denial":
        named |= {party.mention for party in claim.parties if party.role == "denier"} | {claim.originator.mention}
    return frozenset(named)


def most_accused(votes: Mapping[str, int]) -> frozenset[str]:
    """The government that acts in most claims, and others that come near it. `votes`: government to claims it acts in."""
    most = max(votes.values(), default=0)
    return frozenset(found for found, count in votes.items() if count >= most * _SHARE)
