"""Says which batch something happened in, by number and row id. Never shows what a row says: error reports travel."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def name_batch(work: Callable[..., object], number: int, batch: Sequence[object]) -> str:
    """`in batch 3 of read_documents (16 rows, the first is 9f2c41d07ab3)`."""
    inner = getattr(work, "func", work)  # a functools.partial is named by what it wraps
    name = getattr(inner, "__name__", type(inner).__name__)
    first = getattr(batch[0], "id", None) if len(batch) else None
    which = f", the first is {first[:12]}" if isinstance(first, str) else ""
    return f"in batch {number} of {name} ({len(batch)} rows{which})"
