"""Whether a claim falls under a scope profile.

In:  a profile's code and a claim.
Out: yes or no.
Never: changes a claim or stores the answer; scope is a question, not a fact (METHOD C11).
"""

from __future__ import annotations

from collections.abc import Collection

from armslength.model.claims import Claim
from armslength.model.ontology.lookup import Ontology
from armslength.model.ontology.rows import Method, Profile


def takes_in(ontology: Ontology, profile: Profile, claim: Claim) -> bool:
    """Whether a claim passes every rule that the profile gives. A claim that does not say cannot pass a rule about it."""
    return passes(ontology, profile, methods_of(ontology, profile), claim)


def passes(ontology: Ontology, profile: Profile, allowed: Collection[str] | None, claim: Claim) -> bool:
    """The same, where it is known already which methods the profile lets through (`methods_of`)."""
    if profile.kinds and claim.kind not in profile.kinds:
        return False
    if allowed is not None and not any(ontology.canonical(code, scheme="methods") in allowed for code in claim.methods):
        return False
    if profile.hosts and not any(place.country in profile.hosts for place in claim.places):
        return False
    return not profile.perpetrators or any(code in profile.perpetrators for code in claim.codes)


def methods_of(ontology: Ontology, profile: Profile) -> frozenset[str] | None:
    """The method codes a profile lets through, or None where it has no rule about methods."""
    if not (profile.methods or profile.groups or profile.crosswalk):
        return None
    return frozenset(
        entry.code
        for entry in ontology.schemes["methods"].entries
        if isinstance(entry, Method) and not entry.group and _named(profile, entry)
    )


def _named(profile: Profile, method: Method) -> bool:
    walks = {walk.scheme for walk in method.crosswalks}
    return method.code in profile.methods or method.parent in profile.groups or profile.crosswalk in walks
