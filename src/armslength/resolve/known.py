"""What is known of names beforehand: states, and bodies in public life with several names. Data beside this module; nothing about persons.

In:  `data/states.yaml`, `data/names.yaml`.
Out: `Known`, which tells what state a name speaks for and what body a name belongs to.
Never: guesses a state from a place. `Chinese embassy in London` speaks for China.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from armslength.base.ids import digest
from armslength.resolve.names import fold

ITSELF = frozenset(
    {"", "government", "governments", "authorities", "authority", "regime", "state", "officials", "leadership", "administration"}
)
"""What is left of a name, without its state, when the government as a whole speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body in public life."""

    name: str
    """The fullest name."""
    kind: str
    country: str
    state: bool
    """It speaks for the state of its country."""
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """States and bodies, by folded name."""

    bodies: Mapping[str, Body]
    states: Mapping[str, str]
    """Folded name, adjective or seat to country code."""
    seats: frozenset[str]
    labels: Mapping[str, str]
    """Country code to the state's usual name."""
    longest: int
    """Words in the longest name of a state."""

    def body(self, name: str) -> Body | None:
        """The body that goes by this name."""
        return self.bodies.get(fold(name))

    def state(self, name: str, *, seats: bool = False) -> str:
        """The state with exactly this name or adjective, or empty. `seats`: also by its capital."""
        folded = fold(name)
        return "" if folded in self.seats and not seats else self.states.get(folded, "")

    def speaks_for(self, name: str, by: str = "") -> tuple[str, str]:
        """(state, office): what state an authority speaks for and what is left of its name. `("CN", "embassy in london")`."""
        folded = fold(name)
        words = folded.split()
        for take in range(min(self.longest, len(words)), 0, -1):
            head = " ".join(words[:take])
            if head in self.states and (head not in self.seats or take == len(words)):
                return self.states[head], self._office(words[take:], self.states[head])
        for place, word in enumerate(words[:-1]):
            if word == "of":
                tail = [w for w in words[place + 1 :] if w != "the"]
                for take in range(min(self.longest, len(tail)), 0, -1):
                    head = " ".join(tail[:take])
                    if head in self.states and head not in self.seats:
                        return self.states[head], self._office([*words[:place], *tail[take:]], self.states[head])
        stated = (self.state(by, seats=True) or self.speaks_for(by)[0]) if by else ""
        known = self.bodies.get(folded)
        if known and known.state and stated in {"", known.country}:
            return known.country, fold(known.name)
        return stated, folded

    def _office(self, words: Iterable[str], country: str) -> str:
        """What is left of a name without its state, by the fullest name of that state's office."""
        left = " ".join(words)
        listed = self.bodies.get(left)
        if listed and listed.state and listed.country == country:
            return fold(listed.name)
        return "" if left in ITSELF else left


def read_states(lines: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str], dict[str, str]]:
    """States by folded name, which of these names are seats, and the usual name of each state."""
    names: dict[str, str] = {}
    seats: set[str] = set()
    labels: dict[str, str] = {}
    for code, line in lines.items():
        plain, adjectives, capitals = (part.split(",") for part in line.split("|"))
        labels[code] = plain[0].strip()
        for name in (*plain, *adjectives):
            names[fold(name)] = code
        for name in map(fold, adjectives):
            if name.endswith(("an", "i")):
                names.setdefault(f"{name}s", code)  # "the Norwegians opened an inquiry": a government by its people's name
        for name in filter(None, map(fold, capitals)):
            seats.add(name)
            names.setdefault(name, code)
    plain_names = {fold(name) for line in lines.values() for part in line.split("|")[:2] for name in part.split(",")}
    return names, frozenset(seats - plain_names), labels


def read_bodies(entries: Iterable[Mapping[str, Any]]) -> dict[str, Body]:
    """Bodies by each of their folded names."""
    found: dict[str, Body] = {}
    for entry in entries:
        body = Body(
            name=entry["names"][0],
            kind=entry["kind"],
            country=entry.get("country", ""),
            state=entry.get("state", False),
            owner=entry.get("owner", ""),
        )
        for name in entry["names"]:
            found[fold(name)] = body
    return found


@cache
def load() -> Known:
    """The packaged names, read once."""
    folder = files("armslength.resolve") / "data"
    names, seats, labels = read_states(yaml.safe_load((folder / "states.yaml").read_text("utf-8")))
    names.pop("", None)
    bodies = read_bodies(yaml.safe_load((folder / "names.yaml").read_text("utf-8")))
    return Known(bodies=bodies, states=names, seats=seats, labels=labels, longest=max(len(name.split()) for name in names))


def fingerprint() -> str:
    """Changes when the names or the word lists do; part of what the stage's output depends on."""
    folder = files("armslength.resolve") / "data"
    return digest(*((folder / name).read_text("utf-8") for name in ("names.yaml", "states.yaml", "words.yaml")))
