"""Small numbers: in one release, and between two.

In:  counts over what is shown, which of the counted rows are about somebody, what earlier releases showed.
Out: the counts that may be shown, how many may not and why, and a refusal where two releases laid over each other show few persons.
Never: leaves a suppressed number to be had by subtraction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.model.facts import Count
from armslength.publish.gate.rows import Change, Past, Refusal

_OVERLAPPING = frozenset({"methods", "overview", "coverage"})
"""Tables whose rows do not add up to a total, so that nothing can be had from them by subtraction."""


@dataclass(frozen=True, slots=True)
class Cells:
    """What came of looking at every number."""

    counts: tuple[Count, ...]
    changes: tuple[Change, ...]


def key_of(row: Count) -> str:
    """A cell's name, the same in every release."""
    return f"{row.table} / {row.row} / {row.unit} / {row.profile}"


def cells(counts: Iterable[Count], about: Collection[str], past: Sequence[Past], *, k: int) -> Cells:
    """Keep the counts that are about nobody, or about `k` or more. `about`: ids of rows that are about somebody."""
    rows = list(counts)
    small = {row.id for row in rows if _about(row, about) and row.value < k}
    near = {row.id for row in rows if row.id not in small and any(_gap(row, earlier.cells, about, k) for earlier in past)}
    hidden = small | near
    groups: dict[tuple[str, str, str], list[Count]] = defaultdict(list)
    for row in rows:
        if row.table not in _OVERLAPPING:
            groups[row.table, row.unit, row.profile].append(row)
    beside: set[str] = set()
    for group in groups.values():
        lost = [row for row in group if row.id in hidden]
        if lost and sum(row.value for row in lost) < k:
            for row in sorted((row for row in group if row.id not in hidden), key=lambda row: (row.value, row.id))[:1]:
                beside.add(row.id)
    changes = (
        Change(rule="small cells", what=f"counts of fewer than {k} left out", count=len(small)),
        Change(rule="small cells", what="counts left out because another could be had from them by subtraction", count=len(beside)),
        Change(rule="differences", what=f"counts left out that differ from an earlier release by fewer than {k}", count=len(near)),
    )
    return Cells(tuple(row for row in rows if row.id not in hidden | beside), changes)


def _about(row: Count, about: Collection[str]) -> bool:
    return any(one in about for one in row.supports)


def _gap(row: Count, earlier: Mapping[str, tuple[str, ...]], about: Collection[str], k: int) -> bool:
    """Whether this number and an earlier one differ by a few rows that are about somebody, of now or of then."""
    before = earlier.get(key_of(row))
    if before is None:
        return False
    different = set(before) ^ set(row.supports)
    return 0 < len(different) < k and any(one in about or one in before for one in different)


def differences(persons: Collection[str], past: Sequence[Past], *, k: int) -> list[Refusal]:
    """Refuse a release that, laid over an earlier one, shows that a few persons came or went."""
    found = []
    for earlier in past:
        if not earlier.persons:
            continue
        came, went = set(persons) - earlier.persons, earlier.persons - set(persons)
        for some, word in ((came, "more"), (went, "fewer")):
            if 0 < len(some) < k:
                found.append(
                    Refusal(
                        rule="differences",
                        what=f"Beside an earlier release this one shows {len(some)} protected person(s) {word}, fewer than {k}: "
                        "whoever has both knows which facts are about them.",
                        where=f"release {earlier.release[:12]} of {earlier.when[:10]}",
                        do=f"Wait until {k} have come or gone, or leave out with --without the facts that are about them.",
                    )
                )
    return found
