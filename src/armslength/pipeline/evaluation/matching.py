"""Which claim of a reader answers which claim of the gold: one each, chosen so that all together fit best.

In:  the gold claims and the reader's claims of one document. Out: pairs. Never: lets one claim answer for two.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence

from armslength.base.offsets import Range, overlap
from armslength.model.claims import Claim
from armslength.pipeline.evaluation.gold import GoldClaim

ENOUGH = 0.5
"""Overlap (F1 of code points) from which two spans are the same passage. Two people who code the same text reach .92 at this level."""
SENTENCE = 400
"""Code points; a longer quote is no answer to a clause inside it."""
_LEAST_GAIN = 1e-9


def pair(golds: Sequence[GoldClaim], claims: Sequence[Claim], text: str, *, chars: int | None) -> tuple[dict[int, int], set[int]]:
    """Gold claim to claim, by position; and the claims that touch a gold claim at all, paired or not."""
    fits: list[dict[int, float]] = []
    for gold in golds:
        spots = stands_at(gold, text, chars=chars)
        strengths = ((n, fit(gold, claim, spots)) for n, claim in enumerate(claims))
        fits.append({n: strength for n, strength in strengths if strength > 0})
    return best_pairs(fits), {n for row in fits for n in row}


def stands_at(gold: GoldClaim, text: str, *, chars: int | None) -> list[Range]:
    """Where a gold claim stands in the text as it was read: at its offsets, or, where the text came out otherwise, at its words."""
    if text[gold.start : gold.end] == gold.quote:
        return list(gold.spans)
    words = r"\s+".join(re.escape(word) for word in gold.quote.split())
    found = [match.span() for match in re.finditer(words, text)] if words else []
    scale = len(text) / chars if chars else 1.0
    return [min(found, key=lambda spot: abs(spot[0] - start * scale)) for start, _ in gold.spans] if found else list(gold.spans)


def fit(gold: GoldClaim, claim: Claim, spots: Sequence[Range]) -> float:
    """How well a claim answers a gold claim; 0: not at all. The span weighs most, then the value, then the kind."""
    span = (claim.start, claim.end)
    best = max(overlap_f1(spot, span) for spot in spots)
    extra = (0.4 if same_value(gold, claim) else 0.0) + (0.2 if same_kind(gold, claim) else 0.0)
    if best >= ENOUGH:
        return 1 + best + extra
    if best > 0 and same_value(gold, claim):
        return 0.4 + best / 2 + extra / 2
    holds = any(claim.start <= start and end <= claim.end for start, end in spots) and claim.end - claim.start <= SENTENCE
    return 0.1 + best / 2 if holds and same_kind(gold, claim) else 0.0


def overlap_f1(a: Range, b: Range) -> float:
    """Shared code points as a share of both lengths, 0 to 1."""
    return 2 * overlap(a, b) / ((a[1] - a[0]) + (b[1] - b[0])) if overlap(a, b) else 0.0


def same_value(gold: GoldClaim, claim: Claim) -> bool:
    return gold.value is not None and claim.quantity is not None and claim.quantity.value == gold.value


def same_kind(gold: GoldClaim, claim: Claim) -> bool:
    return claim.family in {gold.family, *gold.type_also}


def best_pairs(weights: Sequence[Mapping[int, float]]) -> dict[int, int]:
    """The pairing of rows with columns that weighs most, each used once at most.

    Rows are taken in one by one; each either takes a column or displaces another row along the path that gains most (the longest path
    by Bellman and Ford: a best pairing has no cycle that gains).
    """
    column_of: dict[int, int] = {}
    row_of: dict[int, int] = {}
    for first in range(len(weights)):
        came, end = _paths(first, weights, row_of)
        row, column = end
        if column is None and row == first:
            continue
        if column is None:
            column_of.pop(row)  # stays without a pair: what it had is worth more elsewhere on the path
            row, column = came[row]
        while True:
            column_of[row], row_of[column] = column, row
            if row == first:
                break
            row, column = came[row]
    return column_of


def _paths(
    first: int, weights: Sequence[Mapping[int, float]], row_of: Mapping[int, int]
) -> tuple[dict[int, tuple[int, int]], tuple[int, int | None]]:
    """By which step each row is reached when room is made for `first`, and where the best path ends."""
    gains: dict[int, float] = {first: 0.0}
    came: dict[int, tuple[int, int]] = {}
    waiting = deque([first])
    while waiting:
        row = waiting.popleft()
        for column, weight in weights[row].items():
            holder = row_of.get(column)
            if holder is None or holder == row:
                continue
            gain = gains[row] + weight - weights[holder][column]
            if gain > gains.get(holder, float("-inf")) + _LEAST_GAIN and holder != first:
                gains[holder], came[holder] = gain, (row, column)
                waiting.append(holder)
    ends: list[tuple[float, int, int | None]] = [(gain, row, None) for row, gain in gains.items()]  # `first` itself: 0, nothing changes
    for row, gain in gains.items():
        ends += [(gain + weight, row, column) for column, weight in weights[row].items() if column not in row_of]
    _, last, free = max(ends, key=lambda end: end[0])
    return came, (last, free)
