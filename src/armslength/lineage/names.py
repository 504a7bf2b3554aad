"""Names as they are looked up.

In:  a name. Out: the same name, folded. Never: decides that two names are one body.
"""

from __future__ import annotations

import re

_NOT_WORD = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """A name to look up: no case, no punctuation, no article."""
    words = _NOT_WORD.sub(" ", name.casefold()).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)
