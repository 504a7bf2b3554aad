"""What can be chosen where people read a passage themselves: codes of the ontology with their words.

In:  the ontology.
Out: `Choices`, for selects; kinds and methods in groups.
Never: offers a code that was retired.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from armslength.model.ontology import load

VOICES = (
    ("organisation", "an organisation"),
    ("report", "a report"),
    ("media", "a news medium"),
    ("government", "an authority"),
    ("court", "a court"),
    ("person", "a person"),
    ("unnamed", "somebody who is not named"),
)
"""Kinds of voices that words of a text can stand for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One code."""

    code: str
    words: str
    about: str = ""
    """Its definition, where people need it to choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Codes that belong together."""

    words: str
    rows: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything that can be chosen of a claim."""

    kinds: tuple[Group, ...]
    methods: tuple[Group, ...]
    measures: tuple[Choice, ...]
    comparators: tuple[Choice, ...]
    speech_acts: tuple[Choice, ...]
    modalities: tuple[Choice, ...]
    voices: tuple[Choice, ...]


@cache
def choices() -> Choices:
    """Everything that can be chosen of a claim, in the order of the ontology."""
    return Choices(
        kinds=_kinds(),
        methods=_methods(),
        measures=_rows("measures"),
        comparators=_rows("comparators"),
        speech_acts=_rows("speech_acts"),
        modalities=_rows("modalities"),
        voices=tuple(Choice(code=code, words=said) for code, said in VOICES),
    )


def _rows(scheme: str) -> tuple[Choice, ...]:
    ontology = load()
    found = (ontology.entry(code, scheme=scheme) for code in ontology.codes(scheme))
    return tuple(Choice(code=entry.code, words=entry.label, about=entry.definition) for entry in found)


def _kinds() -> tuple[Group, ...]:
    groups: dict[str, list[Choice]] = {}
    for row in _rows("kinds"):
        groups.setdefault(row.code.partition(".")[0], []).append(row)
    ontology = load()
    return tuple(
        Group(words=ontology.label(family, scheme="kinds") if ontology.has(family, scheme="kinds") else family, rows=tuple(rows))
        for family, rows in groups.items()
    )


def _methods() -> tuple[Group, ...]:
    """Methods under the heading that stands before them."""
    ontology = load()
    groups: list[tuple[str, list[Choice]]] = []
    for code in ontology.codes("methods"):
        entry = ontology.method(code)
        if entry.group or not groups:
            groups.append((entry.label, []))
        if not entry.group:
            groups[-1][1].append(Choice(code=entry.code, words=entry.label, about=entry.definition))
    return tuple(Group(words=said, rows=tuple(rows)) for said, rows in groups if rows)
