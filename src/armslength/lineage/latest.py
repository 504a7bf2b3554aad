"""Counts that their own words call later than others: `the latest report lists 102`, `had risen to 102`, `now 102`.

In:  a claim with a number, its document's text.
Out: the words that say so, or empty.
Never: takes `a new report` for the newest: every report is new when it is told of.
"""

from __future__ import annotations

import re

from armslength.model.claims import Claim

_SENTENCE = re.compile(r"[.!?][\"'”’)\]]*\s|\n")
_ANYWHERE = re.compile(
    r"\b(?:latest|newest|most recent|updated)\s+(?:\w+\s+){0,2}?"
    r"(?:report|study|list|count|tally|figures?|data|survey|research|investigation|update)\b",
    re.IGNORECASE,
)
"""What the sentence says of the source of the number."""
_OF_THE_NUMBER = re.compile(
    r"\b(?:(?:has|have|had)\s+(?:since\s+|now\s+)?(?:risen|grown|increased|climbed|swelled|jumped|doubled|fallen|dropped)\s+to"
    r"|(?:rose|grew|increased|climbed|swelled|jumped|fell|dropped)\s+to"
    r"|(?:brings?|bringing|brought|raises?|raising|raised)\s+(?:the|its|their)\s+(?:total|number|count|tally)\s+to"
    r"|now|by now)\s+(?:\w+\s+){0,4}?$",
    re.IGNORECASE,
)
"""What stands right before the number."""
_BEHIND = re.compile(r"^[^.;!?\n]{0,60}?\b(?:up|down)\s+from\b", re.IGNORECASE)


def called_later(claim: Claim, text: str) -> str:
    """The words by which a passage says that its count comes after others; empty for a claim without a number."""
    quantity = claim.quantity
    if quantity is None:
        return ""
    start = max((found.end() for found in _SENTENCE.finditer(text, 0, claim.start)), default=0)
    behind = _SENTENCE.search(text, claim.end)
    sentence = text[start : behind.start() if behind else len(text)]
    before, after = text[start : quantity.start], text[quantity.end : claim.end + 40]
    found = _OF_THE_NUMBER.search(before) or _BEHIND.search(after) or _ANYWHERE.search(sentence)
    return " ".join(found.group().split()) if found else ""
