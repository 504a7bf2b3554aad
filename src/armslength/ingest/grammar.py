"""The patterns that tell a page's furniture from its report, read from the YAML beside this file.

In:  `data/furniture.yaml` and `data/dates.yaml`, shipped inside the package.
Out: compiled patterns and word tables.
Never: knows a sentence of any real page; every pattern is general and has its own examples, run by the test suite.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One kind of furniture, and how it is known."""

    id: str
    kind: str
    scope: str
    where: str
    longest: int
    pattern: re.Pattern[str]
    finds: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWords:
    """Words that date lines are made of."""

    months: Mapping[str, int]
    weekdays: tuple[str, ...]
    published: tuple[str, ...]
    updated: tuple[str, ...]
    outlets: tuple[str, ...]


@cache
def furniture(scope: str) -> tuple[Pattern, ...]:
    """The patterns of one scope (`line`, `sentence`, `opening`), in the order of the file."""
    return tuple(pattern for pattern in every_pattern() if pattern.scope == scope)


@cache
def every_pattern() -> tuple[Pattern, ...]:
    """All patterns, in the order of the file."""
    return tuple(_pattern(entry) for entry in _load("furniture.yaml"))


@cache
def date_words() -> DateWords:
    """Month names to their number, weekdays, and what introduces a date."""
    raw = _load("dates.yaml")
    months = {name: int(number) for number, names in raw["months"].items() for name in names}
    return DateWords(
        months=months,
        weekdays=tuple(raw["weekdays"]),
        published=tuple(raw["published"]),
        updated=tuple(raw["updated"]),
        outlets=tuple(raw["outlets"]),
    )


def matches(pattern: Pattern, text: str) -> re.Match[str] | None:
    """How a pattern applies to one line, sentence or paragraph, or None."""
    if len(text) > pattern.longest and pattern.scope != "opening":
        return None
    match pattern.scope:
        case "line":
            return pattern.pattern.fullmatch(text)
        case "opening":
            return pattern.pattern.match(text)
        case _:
            return pattern.pattern.search(text)


def _pattern(entry: Mapping[str, Any]) -> Pattern:
    return Pattern(
        id=entry["id"],
        kind=entry["kind"],
        scope=entry["scope"],
        where=entry.get("where", "any"),
        longest=entry.get("longest", 600),
        pattern=re.compile(entry["pattern"], re.IGNORECASE | re.DOTALL),
        finds=tuple(entry["finds"]),
        leaves=tuple(entry["leaves"]),
    )


def _load(name: str) -> Any:
    return yaml.safe_load(files("armslength.ingest").joinpath("data", name).read_text(encoding="utf-8"))
