"""A case in one state, with a reading of it: for what is worked out once and looked at as long as the state is the same.

In:  a reading of a case.
Out: `Snapshot`, to be the key of a cache.
Never: equal to one of another case or state. The reading it holds is for working the thing out, and is over when its block ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Two of them are equal when they are of one case in one state, whichever reading they came from."""

    case: str
    state: str
    reader: Reader = field(compare=False, repr=False)


def as_logged(reader: Reader) -> Snapshot:
    """A case as its log stands: all that people decide is written with an entry of the log."""
    return Snapshot(case=reader.case.id, state=reader.head()[1], reader=reader)
