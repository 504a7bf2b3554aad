"""Notices of republication: what the page says about where its text comes from.

In:  a document with blocks, its sentences. Out: the medium it republishes, and the provenance claims its notices make.
A notice speaks of the page itself ("this article", a line by itself, a wire agency's opening). What the page tells of somebody else's
report ("the study was first published by ...") is no notice. Never: takes a person's byline for a medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from armslength.extract.phrases import nouns
from armslength.extract.sentences import Sentence
from armslength.model.claims import Claim, Link, claim_id, mention_id
from armslength.model.evidence import Document, Reader

_WORD = r"[A-Z][\w.&’'-]*"
_NAME = rf"(?:[Tt]he\s+)?{_WORD}(?:\s+(?:of|the|and|for|de|la|el|der)\s+{_WORD}|\s+{_WORD}){{0,5}}"
_TAKEN = (
    r"(?:republished|published|republication|reprinted|reproduced|syndicated|cross-?posted|appears\s+here|reposted|used|shared|carried)"
)
_LEAVE = (
    r"(?:courtesy\s+of|(?:with|by)\s+(?:the\s+)?(?:kind\s+|express\s+)?permission\s+(?:of|from)|from|"
    r"under\s+(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?licen[cs]e\s+(?:from|by|of))"
)
_FIRST = (
    r"(?:originally|first|previously)\s+(?:published|appeared|reported|posted|printed|aired|ran|broadcast)\s+"
    r"(?:\w+\s+){0,2}?(?:in|on|by|at|with)"
)
_MADE = r"(?:produced|provided|supplied|written|distributed|translated)\s+(?:(?:and|by)\s+)?(?:\w+\s+)?(?:by|for|from)"
_NOTICE = re.compile(
    rf"(?:(?i:{_TAKEN})\s+(?:here\s+|in\s+full\s+)?{_LEAVE}|(?i:{_FIRST})|(?P<weak>{_MADE})|"
    r"(?P<label>\b(?:[Cc]ourtesy\s+of|[Ss]ource:|[Vv]ia:?)))"
    rf"\s+(?P<name>{_NAME})"
)
_OF_THE_PAGE = re.compile(
    r"\W*(?:(?:this|a\s+(?:longer\s+|shorter\s+)?version\s+of\s+this|the\s+original|an?\s+earlier\s+version\s+of\s+this)\s+"
    r"(?:article|story|piece|report|post|interview|text|essay|column|commentary|version|content|item|feature|dispatch|op-ed|transcript|"
    r"page|analysis|translation)?"
    r"\b[^.!?]{0,60})?",
    re.IGNORECASE,
)
_EDGE = 600
"""Characters from either end of a page within which `the article first appeared in` speaks of the page itself."""
_AT_EDGE = re.compile(r"\W*the\s+(?:article|story|piece|text|post|interview)\s+[^.!?]{0,40}", re.IGNORECASE)
_WIRE = re.compile(rf"^[^\S\n]*[A-Z][A-Z.'’ -]{{2,40}}(?:,\s[^()\n]{{2,30}})?\s?\((?P<wire>{_NAME})\)\s?[-–—]", re.MULTILINE)
_HELPED = re.compile(
    rf"(?P<who>{_NAME})\s+contributed\s+to\s+this\s+(?:report|article|story)|"
    rf"(?:[Ww]ith\s+)?(?:additional\s+)?(?:reporting|material|files)\s+(?:by|from)\s+(?P<from>{_NAME})"
)
_STOP = re.compile(r"\s+(?:Read|See|Click|Visit|Under|On|In|The original|It|This|All|Copyright)\b.*$")


def republished_from(document: Document) -> tuple[str, int, int] | None:
    """The medium that a notice or a wire agency's opening names as the text's origin, and where it names it; None without one."""
    for match in _notices(document.text):
        return _named(match, "name")
    wire = _WIRE.search(document.text)
    if wire is not None and wire["wire"].casefold() != (document.publisher or "").casefold():
        return _named(wire, "wire")
    return None


def _notices(text: str) -> Iterator[re.Match[str]]:
    """Notices that speak of the page itself, in order."""
    for match in _NOTICE.finditer(text):
        line = max(text.rfind("\n", 0, match.start()), text.rfind("\r", 0, match.start())) + 1
        begin = max(
            line, *(text.rfind(stop, line, match.start()) + 2 if text.rfind(stop, line, match.start()) >= 0 else line for stop in _STOPS)
        )
        before = text[begin : match.start()]
        alone = not before.strip(" \t(*[—–-•")
        known = _is_medium(match["name"])
        if match["label"] and not (alone and known):
            continue
        if match["weak"] and not (known and _OF_THE_PAGE.fullmatch(before) and before.strip()):
            continue
        edge = match.start() < _EDGE or len(text) - match.start() < _EDGE
        if _OF_THE_PAGE.fullmatch(before) or (edge and _AT_EDGE.fullmatch(before)):
            yield match


_STOPS = (". ", "! ", "? ", "; ")


def _is_medium(name: str) -> bool:
    """Whether a name is a medium's by the words in it."""
    fold = re.sub(r"^the\s+", "", name.casefold())
    return fold in nouns("media_names") or bool(set(re.findall(r"[\w’-]+", fold)) & nouns("media_words"))


def _named(match: re.Match[str], group: str) -> tuple[str, int, int]:
    name = _STOP.sub("", match.group(group)).rstrip(".,")
    lead = re.match(r"(?:the\s+)?", name, re.IGNORECASE)
    skip = lead.end() if lead is not None and lead.end() < len(name) else 0
    start = match.start(group)
    return name[skip:], start + skip, start + len(name)


def notice_claims(document: Document, every: Sequence[Sentence], reader: Reader) -> list[Claim]:
    """Each notice of republication, or of a medium's part in the text, is a claim of provenance by the page itself."""
    told = [_named(match, "name") for match in _notices(document.text)]
    for match in _HELPED.finditer(document.text):
        found = _named(match, "who" if match["who"] else "from")
        told += [found] if _is_medium(found[0]) else []
    own = Link(name=document.publisher or "the article", kind="author", mention=mention_id(document.id, "author", "the article"))
    claims: dict[int, Claim] = {}
    for name, start, _ in told:
        sentence = next((s for s in every if s.start <= start < s.end), None)
        if sentence is not None:
            claims.setdefault(sentence.start, _claim(document, sentence, name, own, reader))
    return list(claims.values())


def _claim(document: Document, sentence: Sentence, name: str, own: Link, reader: Reader) -> Claim:
    return Claim(
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
        why=(f"a notice names `{name}` as the origin of the text or of a part of it",),
        reader=reader,
    )
