"""Passages that say the same in much the same words, found without comparing each with each.

In:  readings that already agree on kind, codes and place.
Out: groups of them.
Never: joins two passages on a shared topic: they must share their words, or a report and many of them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from armslength.resolve.readings import Reading
from armslength.resolve.union import Union

STRONG = 0.5
"""Jaccard overlap of content words at which two passages say the same in the same words. Set by hand on made-up paraphrases: rewording
of one sentence lies at .4 to .8, two sentences on one topic below .3."""
SAME_REPORT = 0.35
"""The same for two passages that both rest on one report or one voice."""
FEWEST = 3
"""Content words they must share at least, so that two short phrases are not alike by chance."""


def alike_groups(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Groups joined by pairs that are alike, each in the order given."""
    union: Union[int] = Union()
    for one, two in _candidates(readings):
        if alike(readings[one], readings[two]):
            union.join(one, two)
    groups: dict[int, list[Reading]] = defaultdict(list)
    for place, row in enumerate(readings):
        groups[union.top(place)].append(row)
    return list(groups.values())


def alike(one: Reading, two: Reading) -> bool:
    """Whether two passages share enough words, given what they rest on."""
    shared = len(one.words & two.words)
    if shared < FEWEST:
        return one.words == two.words and bool(one.words)
    overlap = shared / len(one.words | two.words)
    same = bool(one.reports & two.reports) or (one.originator != "" and one.originator == two.originator)
    return overlap >= (SAME_REPORT if same else STRONG)


def _candidates(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """Pairs that may reach the lower threshold: they share one of their rarest words (prefix filter, Chaudhuri et al. 2006)."""
    counts = Counter(word for row in readings for word in row.words)
    index: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(readings):
        ordered = sorted(row.words, key=lambda word: (counts[word], word))
        keep = len(ordered) - math.ceil(SAME_REPORT * len(ordered)) + 1
        earlier = {other for word in ordered[:keep] for other in index[word]}
        for other in sorted(earlier):
            yield other, place
        for word in ordered[:keep]:
            index[word].append(place)
