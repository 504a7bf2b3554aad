"""Drafts of a sentence that say what another draft of it says already.

In:  the drafts of one sentence. Out: those to keep, in order.
A denial, an admission or a call to act holds what is denied, granted or called for: that is said once, by the one who says it. What an
authority or a court did to a few is one claim, with the number in its reasons; what was done to many is a count.
Never: drops a number, or one of two drafts of which neither stands in the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from armslength.base.offsets import Range

if TYPE_CHECKING:
    from armslength.extract.drafts import Draft

_HOLDERS = frozenset({"denial", "admission", "recommendation", "no_comment", "govt_response.not_confirmed", "prediction"})
_HELD = frozenset(
    {"site", "org_link", "method", "assessment", "testimony", "victim_category", "prediction", "naming", "govt_response", "incident"}
)
"""Families that are only what is denied, granted or called for where a holder stands around them."""
_ACTS = frozenset({"legal", "govt_response"})
_COUNTS = frozenset(
    {
        "quantity.proceedings",
        "quantity.arrests",
        "quantity.people",
        "quantity.site_count",
        "quantity.closures",
        "quantity.agents",
        "quantity",
    }
)
"""What may be counted in telling of an act of an authority or a court."""
_FEW = 8
"""Up to so many are told of as those who were charged or expelled; of more the number is the news. So the two part in hand-coded text."""
_LOOSE = frozenset({"govt_response.unspecified", "govt_response.awareness", "govt_response.statement"})
"""Acts that say less than a number of sites in them does."""
_SLACK = 3  # code points by which the inner of two may stick out: marks and conjunctions at the edges


def without_doubles(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those that another holds."""
    told = _with_their_numbers(drafts)
    return [d for n, d in enumerate(told) if not any(_holds(o, d, later=m > n) for m, o in enumerate(told) if m != n)]


def _with_their_numbers(drafts: Sequence[Draft]) -> list[Draft]:
    """Acts and the numbers in them: `two employees were expelled` is one claim, and so is `police arrested 80 people`."""
    out = list(drafts)
    for count in drafts:
        if count.quantity is None or count.kind not in _COUNTS:
            continue
        act = next((d for d in out if d is not count and d.clause.head == count.clause.head and d.kind.partition(".")[0] in _ACTS), None)
        if act is None or act.kind in _HOLDERS:
            continue
        news = not _few(count) or (act.kind in _LOOSE and count.kind == "quantity.site_count")
        out.remove(act if news else count)
        if not news:
            out[out.index(act)] = replace(act, why=(*act.why, *count.why[:1]))
    return out


def _few(count: Draft) -> bool:
    return count.quantity is not None and isinstance(count.quantity.value, int) and count.quantity.value <= _FEW


def _holds(outer: Draft, inner: Draft, *, later: bool) -> bool:
    if inner.quantity is not None:
        return False
    if outer.quantity is not None and outer.kind.startswith("quantity"):
        same = outer.clause.head == inner.clause.head and inner.kind == "attribution_of_responsibility"
        return same or (inner.kind == "admission" and _within(outer.range, inner.range))  # what is boasted of is the number
    if not _within(inner.range, outer.range):
        return False
    if inner.kind == outer.kind:
        return not _within(outer.range, inner.range) or later
    return outer.kind in _HOLDERS and inner.kind not in _HOLDERS and inner.kind.partition(".")[0] in _HELD


def _within(inner: Range, outer: Range) -> bool:
    return outer[0] - _SLACK <= inner[0] and inner[1] <= outer[1] + _SLACK
