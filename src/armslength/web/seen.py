"""Text of sources as it may be shown: controls that reorder or hide text become visible.

In:  any text.
Out: the same text with each such character written as its code: `⟨U+202E⟩`.
Never: drops a character, or hides how many there were where people choose words by their place.

A right-to-left override in a title could make a page say what its source does not.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_REORDERING = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HIDING = (0x00AD, 0x200B, 0x2060, 0xFEFF, *range(0xE0000, 0xE0080), *range(0xFFF9, 0xFFFC))
_CONTROLS = (*(code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)), *range(0x7F, 0xA0), *range(0xD800, 0xE000))

_TABLE = {code: f"⟨U+{code:04X}⟩" for code in (*_REORDERING, *_HIDING, *_CONTROLS)}


def visible(text: str) -> str:
    """Write out reordering, hiding and control characters. Joiners stay: Persian and many emoji need them."""
    return text.translate(_TABLE)


_SPECIAL = re.compile("[" + "".join(re.escape(chr(code)) for code in (*_TABLE, 0x0D)) + "]")


def counted(text: str) -> Markup:
    """Text in which places are counted: what is written out, and what a browser changes, says how many characters it stands for."""
    return Markup(_SPECIAL.sub(_counted, str(escape(text))))  # noqa: S704 - escaped, and put together with codes only


def _counted(found: re.Match[str]) -> str:
    """A carriage return is a line end to a browser, or nothing before one: it is there, and is not shown."""
    return f'<i data-n="1">{visible(found[0]) if found[0] != chr(13) else ""}</i>'
