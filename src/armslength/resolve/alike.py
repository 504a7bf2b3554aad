"""Whether two passages say the same in much the same words.

In:  two readings that already agree on what holds facts apart.
Out: yes or no.
Never: takes a shared topic for a shared statement: terms that every passage of a case has weigh little.
"""

from __future__ import annotations

from armslength.resolve.readings import Reading
from armslength.resolve.terms import contained, jaccard, own, terms, weight

STRONG = 0.5
"""Weighted Jaccard overlap of terms at which two passages say the same in the same words. Set by hand on made-up paraphrases: rewording
of one sentence lies at .4 to .8, two sentences on one topic below .3."""
SAME_VOICE = 0.35
"""The same for two passages that rest on one report or voice."""
SHORTER = 0.6
"""For two such passages also: the share of the shorter that the longer holds. What is passed on is shortened."""
FEWEST = 2.0
"""Weight of the terms they must share at least, so that two short phrases are not alike by chance."""

OF_ITS_OWN = 2
"""Terms from which on a passage says something of its own. Set by hand."""


def alike(one: Reading, two: Reading) -> bool:
    """Whether two passages share enough of their terms, given what they rest on."""
    if one.terms == two.terms and one.terms:
        return True
    shared = one.terms & two.terms
    if weight(shared) < FEWEST or not own(shared):
        return False
    if jaccard(one.terms, two.terms) >= STRONG:
        return True
    if not one.rests_on & two.rests_on:
        return False
    return jaccard(one.terms, two.terms) >= SAME_VOICE or contained(one.terms, two.terms) >= SHORTER


def unlike(one: Reading, two: Reading) -> bool:
    """Whether both passages say things of their own, beside the place, and none of them is shared: two sites of one town, two lists."""
    places = frozenset(word for row in (one, two) for place in row.claim.places for word in terms(place.name))
    first, second = (frozenset(term for term in own(row.terms) if not term.isdigit()) - places for row in (one, two))
    return min(len(first), len(second)) >= OF_ITS_OWN and not first & second
