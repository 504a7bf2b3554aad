"""What a decision did to a count: how it was, how it is, or that it is being counted again.

In:  a reading of a case, a fact's id, how it was counted before.
Out: `RecountView`.
Never: calls a count new before everything that was decided is carried out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from armslength.model.facts import Fact, Origins
from armslength.pipeline.pending import is_anything_pending
from armslength.pipeline.views import words
from armslength.store.read import Reader

_WAS = re.compile(r"\d{1,6}\.\d{1,6}\.\d{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecountView:
    """What became of a count."""

    waiting: bool
    """It is being counted again."""
    changed: bool
    says: str


def recount_view(reader: Reader, fact: Fact, was: str) -> RecountView | None:
    """How a fact is counted now, against `was` (`1.3.0`: least, most, unknown). None where nothing was decided and nothing is open."""
    exact = reader.exact()
    if is_anything_pending(exact):
        return RecountView(waiting=True, changed=False, says="Being counted again: what was decided is not in these numbers yet.")
    found = exact.get(Origins, fact.id)
    if not _WAS.fullmatch(was) or found is None:
        return None
    low, high, unknown = (int(part) for part in was.split("."))
    before, now = words.origins(low, high), words.origins(found.min, found.max)
    if (low, high, unknown) == (found.min, found.max, found.unknown):
        return RecountView(waiting=False, changed=False, says=f"Counted again: still {now}.")
    if before == now:
        return RecountView(waiting=False, changed=True, says=f"Counted again: {now}; of other passages the origin is unknown now.")
    return RecountView(waiting=False, changed=True, says=f"{now[:1].upper()}{now[1:]} now, was {before}.")
