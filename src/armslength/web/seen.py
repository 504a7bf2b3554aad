"""Text of sources as it may be shown: controls that reorder or hide text become visible.

In:  any text.
Out: the same text with each such character written as its code: `⟨U+202E⟩`.
Never: drops a character. A right-to-left override in a title could make a page say what its source does not.
"""

from __future__ import annotations

_REORDERING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HIDING = (0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0xE0000, 0xE0080), *range(0xFFF9, 0xFFFC))
_CONTROLS = (*(code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)), *range(0x7F, 0xA0), *range(0xD800, 0xE000))

_TABLE = {code: f"⟨U+{code:04X}⟩" for code in (*_REORDERING, *_HIDING, *_CONTROLS)}


def visible(text: str) -> str:
    """Write out reordering, hiding and control characters. Joiners stay: Persian and many emoji need them."""
    return text.translate(_TABLE)
