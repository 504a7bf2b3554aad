"""What a judgement speaks of: the claims, mentions, documents and rows that what it changes can be told by.

In:  a reading of a case and a judgement.
Out: ids.
Never: reads more than what was decided about the same target, and the edge it is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from armslength.model.decisions import Judgement, told
from armslength.model.facts import LineageEdge
from armslength.store.read import Reader


def spoken_of(reader: Reader, row: Judgement) -> frozenset[str]:
    """Ids that a judgement, and whatever was decided about the same before, speaks of."""
    exact = reader.exact()
    rows = [row, *exact.all(Judgement, target=row.target)]
    found = {one for judged in rows for one in _named(judged)}
    edge = exact.get(LineageEdge, row.target)
    return frozenset(found | ({edge.from_id, edge.to_id} if edge else set()))


def _named(row: Judgement) -> Iterator[str]:
    given = told(row)
    yield row.target
    for name in ("claims", "ids", "into"):
        yield from given.get(name, ())
    for name in ("from", "to", "replaces"):
        if given.get(name):
            yield given[name]
    if isinstance(given.get("claim"), dict):
        yield given["claim"]["id"]
