"""What a kind of release shows: a small file, printed on every release that is made by it.

In:  TOML.
Out: a frozen `Profile`.
Never: guesses: an unknown key, a missing one or a wrong type is refused. No profile can show a protected person's name, or words about
them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib import resources
from typing import Any

from armslength.base.errors import InputError

PROFILES = ("public", "partner", "court")
"""Profiles that come with the program."""
_CHOICES = {"places": ("city", "country"), "dates": ("day", "month", "year"), "consent": ("publish", "share")}
_LEAST_REVIEWERS = 2
"""METHOD N5 and C9: nothing leaves on one person's word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a release shows."""

    name: str
    title: str
    about: str
    reviewers: int
    """Reviewers, each with a key of their own, who must have accepted a fact."""
    k: int
    """Smallest group: a number about fewer people, or what fewer than that many share, is not shown. 1 shows everything."""
    quotes: bool
    """Whether passages that concern no protected person are quoted."""
    documents: bool
    """Whether the text around those quotes is shown, but for what stands near a protected person's name."""
    bytes: bool
    """Whether originals of documents that name no protected person are handed over."""
    names: bool
    """Whether persons whom two people made public appear by name."""
    places: str
    """Finest place where a protected person was: `city` or `country`."""
    dates: str
    """Finest date of what happened to a protected person: `day`, `month` or `year`."""
    reply: tuple[str, ...]
    """Kinds of the accused who must have been asked (METHOD F2)."""
    consent: str
    """The use that protected persons must have agreed to where they testify: `publish` or `share`."""

    def shown(self) -> tuple[str, ...]:
        """What the profile shows, a sentence each, as the release prints it."""
        group = f"Groups smaller than {self.k} are not shown." if self.k > 1 else "Groups of any size are shown, single persons too."
        return (
            f"Each fact was accepted by at least {self.reviewers} reviewers, each with a key of their own.",
            group,
            "Passages that concern no protected person are quoted." if self.quotes else "No passage is quoted.",
            "Texts are shown, except near protected persons’ names." if self.documents else "Only quoted words of a text are shown.",
            "Originals that name no protected person are included." if self.bytes else "No originals are included.",
            "Persons are named only whom two reviewers made public, in a public role." if self.names else "No person is named.",
            f"Where and when something happened to a protected person is told by {self.places} and {self.dates} at the finest.",
        )


def shipped(name: str) -> Profile:
    """A profile that comes with the program. Raises InputError for a name that none has."""
    if name not in PROFILES:
        raise InputError(f"There is no profile {name!r}. The profiles are {', '.join(PROFILES)}; another can be named by its .toml file.")
    file = resources.files("armslength.publish").joinpath("data", "profiles", f"{name}.toml")
    return read_profile(file.read_text("utf-8"), name=name)


def read_profile(text: str, *, name: str) -> Profile:
    """Read a profile. Raises InputError, naming the key, for anything that is not as a profile has it."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise InputError(f"The profile {name} is not TOML: {problem}.") from None
    wanted = {field.name: str(field.type) for field in fields(Profile) if field.name != "name"}
    strange, missing = sorted(given.keys() - wanted), sorted(wanted.keys() - given.keys())
    if strange or missing:
        parts = [f"does not know {', '.join(strange)}" if strange else "", f"needs {', '.join(missing)}" if missing else ""]
        raise InputError(f"The profile {name} cannot be used: a profile {' and '.join(part for part in parts if part)}.")
    found = Profile(name=name, **{key: _checked(name, key, value, wanted[key]) for key, value in given.items()})
    if found.k < 1 or found.reviewers < _LEAST_REVIEWERS:
        raise InputError(f"The profile {name} cannot be used: k is at least 1, and reviewers at least {_LEAST_REVIEWERS}.")
    return found


def _checked(name: str, key: str, value: Any, kind: str) -> Any:
    good = {"str": str, "int": int, "bool": bool}.get(kind, list)
    if type(value) is not good or (isinstance(value, list) and not _words(value)):
        raise InputError(f"The profile {name} cannot be used: {key} must be {kind.replace('tuple[str, ...]', 'a list of words')}.")
    if key in _CHOICES and value not in _CHOICES[key]:
        raise InputError(f"The profile {name} cannot be used: {key} can be {', '.join(_CHOICES[key])}, not {value!r}.")
    return tuple(value) if isinstance(value, list) else value


def _words(value: Sequence[object]) -> bool:
    return all(isinstance(one, str) for one in value)
