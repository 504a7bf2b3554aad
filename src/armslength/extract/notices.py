"""Notices of republication: what the page says about where its text comes from.

In:  a document with blocks, its sentences. Out: the medium it republishes, and the provenance claim the notice makes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from armslength.extract.sentences import Sentence
from armslength.model.claims import Claim, Link, claim_id, mention_id
from armslength.model.evidence import Document, Reader

_NAME = r"(?P<name>(?:the\s+)?[A-Z][\w.&’'-]*(?:\s+(?:of|the|and|for|de|la)\s+[A-Z][\w.&’'-]*|\s+[A-Z][\w.&’'-]*){0,5})"
_TAKEN = r"(?:republished|published|republication|reprinted|reproduced|syndicated|cross-?posted|appears here|reposted|used)"
_LEAVE = r"(?:courtesy\s+of|(?:with|by)\s+(?:the\s+)?(?:kind\s+)?permission\s+(?:of|from)|from|under\s+(?:a\s+)?licen[cs]e\s+from)"
_FIRST = r"(?:originally|first)\s+(?:published|appeared|reported|posted|printed)\s+(?:\w+\s+){0,2}?(?:in|on|by|at|with)"
_NOTICE = re.compile(rf"{_TAKEN}\s+(?:here\s+)?{_LEAVE}\s+{_NAME}|{_FIRST}\s+{_NAME.replace('name', 'first')}")
_STOP = re.compile(r"\s+(?:Read|See|Click|Visit|Under|On|In|The original)\b.*$")


def republished_from(document: Document) -> tuple[str, int, int] | None:
    """The medium that a notice names as the text's origin, and where it names it; None without a notice."""
    match = _NOTICE.search(document.text)
    if match is None:
        return None
    group = "name" if match.group("name") else "first"
    name = _STOP.sub("", match.group(group)).rstrip(".,")
    start = match.start(group)
    lead = len(re.match(r"(?:the\s+)?", name, re.IGNORECASE).group()) if name else 0  # type: ignore[union-attr]
    return name[lead:], start + lead, start + len(name)


def notice_claims(document: Document, every: Sequence[Sentence], reader: Reader) -> list[Claim]:
    """A republication notice is a claim of provenance by the page itself."""
    found = republished_from(document)
    if found is None:
        return []
    name, start, _ = found
    sentence = next((s for s in every if s.start <= start < s.end), None)
    if sentence is None:
        return []
    own = Link(name=document.publisher or "the article", kind="author", mention=mention_id(document.id, "author", "the article"))
    return [
        Claim(
            id=claim_id(document.id, sentence.start, sentence.end, "provenance", None),
            doc=document.id,
            start=sentence.start,
            end=sentence.end,
            quote=document.text[sentence.start : sentence.end],
            kind="provenance",
            speech_act="asserts",
            modality="stated",
            attribution=(own,),
            confidence=0.9,
            why=(f"a notice names `{name}` as the origin of the text",),
            reader=reader,
        )
    ]
