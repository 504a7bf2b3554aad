"""Where a person stands before the law, in words that say no more than that (METHOD F1).

In:  a legal status.
Out: a predicate and a sentence; the ontology's code.
Never: writes `is an agent`, `spied` or any other verb of guilt: a charge is named as a charge until a court has decided, and what a court
decided is said of the court.
"""

from __future__ import annotations

from collections.abc import Mapping

STATES: Mapping[str, tuple[str, str]] = {
    "alleged": ("LEG.alleged", "is alleged in reporting to have been involved in {charge}; no authority is recorded to have acted"),
    "investigated": ("LEG.investigated", "is under investigation over {charge}, which is not a charge"),
    "arrested": ("LEG.arrested", "was arrested over {charge}, which is not a charge"),
    "charged": ("LEG.charged", "has been charged with {charge}, which is not a conviction"),
    "on_trial": ("LEG.trial", "is on trial, charged with {charge}, and has not been convicted"),
    "pleaded_guilty": ("LEG.pleaded_guilty", "pleaded guilty to {charge}"),
    "convicted": ("LEG.convicted", "was convicted of {charge}; an appeal is possible"),
    "convicted_final": ("LEG.convicted_final", "was convicted of {charge}; no appeal is open"),
    "acquitted": ("LEG.acquitted", "was acquitted of {charge}"),
    "dismissed": ("LEG.dismissed", "was charged with {charge}; the case was dismissed or withdrawn, without a conviction"),
    "closed_without_charge": ("LEG.no_charge", "was investigated over {charge}; the investigation was closed without a charge"),
    "overturned": ("LEG.overturned", "was convicted of {charge}; the conviction was set aside"),
    "misidentified": ("LEG.misidentified", "was wrongly identified in connection with {charge}"),
}
"""Status to the ontology's code and to the predicate that may be written."""

CLEARED = frozenset({"acquitted", "dismissed", "closed_without_charge", "overturned", "misidentified"})
"""States after which nothing may be left standing that reads as an accusation."""
GUILTY = frozenset({"pleaded_guilty", "convicted", "convicted_final"})
"""States in which a court, or the person before a court, has said that it was so."""


def status_words(status: str, charge: str, *, forum: str = "", date: str = "") -> str:
    """The predicate for a status: `has been charged with fraud (District Court, 2026-03), which is not a conviction`.

    Raises KeyError for a status that is none.
    """
    where = ", ".join(part for part in (forum, date) if part)
    named = f"{charge} ({where})" if where else charge
    return STATES[status][1].format(charge=named)
