"""Which names of a document are persons', where passages or the recogniser disagree (METHOD P1).

In:  every voice that the document names, what its grammar takes them up with, its text. Out: one kind for each name.
A person shown as a body is worse than a body shown as a person: what nothing in the document calls a body is a person. Never: looks at how
a name sounds, at a list of persons' names, or outside the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from armslength.extract.bodies import NAMED_AS_BODY
from armslength.extract.phrases import Voice, nouns

_SURE = 100
"""Votes of a passage that says what a name is, against one for the recogniser's label of it."""
_TAKEN_UP = 10
_GUESS = 0.5
"""Weight of a label that nothing else bears out, against one by a word or a role."""
_BODY = "body"
"""What `it` and `which` tell: no person, whatever else."""
_SHORT = 5
_DECIDED = {"person", "organisation", "media", "government"}
_STATE = (
    r"(?:['’]s)?\s+(?:[a-z]+\s+){0,2}"
    r"(?:government|ministr|police|embass|consul|president|parliament|state|authorit|capital|officials|court)"
)
_INSIDE = r"\b(?:in|into|inside|within|across|throughout|outside|government\s+of|republic\s+of|city\s+of|province\s+of)\s+(?:the\s+)?"


def settled(voices: Sequence[Voice], taken_up: Iterable[tuple[str, str]], text: str) -> dict[str, str]:
    """One kind for each name. Whoever is a Mr or Ms anywhere is a person, and so is the surname of anybody named in full; what is named
    as a body ("the group X") is one, and what `it` or `which` takes up; else the kind most passages give it. A draw is a person, and so
    is a single name that only the recogniser takes for a body.
    """
    titled = {v.name.split()[-1] for v in voices if v.kind == "person" and v.role.startswith("titled")}
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    known: dict[str, bool] = {}
    for voice in voices:
        if voice.kind in _DECIDED:
            named = voice.role.startswith(NAMED_AS_BODY)
            called = voice.kind == "person" and bool(set(re.findall(r"[a-z-]+", voice.role.casefold())) & nouns("role"))
            weight = _SURE if named or called else _GUESS if voice.guessed else 1
            votes[voice.name][voice.kind] += weight
            known[voice.name] = known.get(voice.name, False) or named or (voice.kind != "person" and not voice.guessed)
        elif voice.kind == "unnamed" and voice.name[:1].isupper() and _a_name(voice.name, text):
            votes[voice.name]["person"] += _GUESS
    for name, kind in taken_up:
        votes[name][kind if kind == "person" else _BODY] += _TAKEN_UP
        known[name] = known.get(name, False) or kind != "person"
    for name in [n for n in votes if " " in n and not known.get(n, False)]:
        if {
            name.split()[0],
            name.split()[-1],
        } & votes.keys():  # `Sunniva Gard` and `Gard`: bodies go by the half of their names hardly ever
            votes[name]["person"] += _TAKEN_UP
    first = {name: _of_most(name, count, text, known=known.get(name, False), titled=titled) for name, count in votes.items()}
    surnames = {word.casefold() for name, kind in first.items() if kind == "person" and " " in name for word in name.split()}
    return {
        name: "person" if " " not in name and name.casefold() in surnames and not _named(votes[name]) else kind
        for name, kind in first.items()
    }


def _named(count: Mapping[str, float]) -> bool:
    """Whether passages say outright that a name is a body's."""
    return sum(count[kind] for kind in count if kind != "person") >= _SURE


def _of_most(name: str, count: Mapping[str, float], text: str, *, known: bool, titled: set[str]) -> str:
    """The kind of one name by its votes."""
    kinds = sorted((kind for kind in count if kind not in {"person", _BODY}), key=lambda kind: (-count[kind], kind))
    kinds += ["organisation"] if _BODY in count and not kinds else []
    if name.rsplit(maxsplit=1)[-1] in titled or not kinds:
        return "person"
    place = kinds[0] == "government" and is_place(name, text)
    alone = " " not in name and not acronym(name)
    if alone and not known and not place:
        return "person"
    most = sum(count[kind] for kind in count if kind != "person")
    return kinds[0] if most > count.get("person", 0) or (place and most == count.get("person", 0)) else "person"


def acronym(name: str) -> bool:
    """Letters of a body's name: `CSIS`; not a surname set in capitals, as far as its length tells."""
    return name.isupper() and len(name) <= _SHORT


def is_place(name: str, text: str) -> bool:
    """Whether the text uses a name as a place's or state's: `in Norland`, `Norland’s embassy`; nobody stands in a person."""
    own = re.escape(name)
    return (
        re.search(rf"{_INSIDE}{own}\b(?![-’']?\s[A-Z]\w+\s(?:said|told|says))", text) is not None
        or re.search(rf"\b{own}{_STATE}", text) is not None
    )


def _a_name(name: str, text: str) -> bool:
    """Whether a capitalised word that no list knows is a name: it stands so inside a sentence, and nowhere in small letters."""
    if " " in name or name.casefold() in nouns("unnamed") | nouns("role"):
        return False
    inside = re.search(rf"[a-z,;]\s{re.escape(name)}\b", text) is not None
    return inside and re.search(rf"\b{re.escape(name[:1].lower() + name[1:])}\b", text) is None
