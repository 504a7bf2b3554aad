"""Many ranges of one text, asked many times whether one of them holds or touches another.

In:  ranges. Out: yes or no, by a search instead of a look at each: a report of ten thousand sentences has as many claims.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate

from armslength.base.offsets import Range


class Ranges:
    """Ranges in the order of their starts, with how far those up to each reach."""

    __slots__ = ("_reach", "_starts")

    def __init__(self, ranges: Iterable[Range]) -> None:
        ordered = sorted(ranges)
        self._starts = tuple(start for start, _ in ordered)
        self._reach = tuple(accumulate((end for _, end in ordered), max))

    def holds(self, start: int, end: int) -> bool:
        """Whether one of them runs from `start` or before to `end` or behind."""
        at = bisect_right(self._starts, start)
        return at > 0 and self._reach[at - 1] >= end

    def touches(self, start: int, end: int) -> bool:
        """Whether one of them has a character between `start` and `end`."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1] > start
