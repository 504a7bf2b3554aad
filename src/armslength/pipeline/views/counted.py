"""Counts with the scope they were counted under (METHOD C11): no page prints a number of incidents without saying what it takes in.

In:  a number, what it counts, the code of a scope profile.
Out: `Profiled`, and its words.
Never: a count without its profile.
"""

from __future__ import annotations

from dataclasses import dataclass

from armslength.model.ontology import load
from armslength.pipeline.views import words

EVERYTHING = "PROFILE.everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profiled:
    """A count."""

    unit: str
    """What is counted, in the plural: `incidents`."""
    value: int
    profile: str
    """The profile's name in words."""

    @property
    def things(self) -> str:
        """`12 incidents`."""
        return words.plural(self.value, self.unit.removesuffix("s"), self.unit)

    @property
    def sentence(self) -> str:
        """`12 incidents (scope: Everything documented)`."""
        return f"{self.things} (scope: {self.profile})"


def everything(unit: str, value: int) -> Profiled:
    """A count of all that is documented, whatever its kind or method."""
    return counted(unit, value, EVERYTHING)


def counted(unit: str, value: int, profile: str) -> Profiled:
    """A count under a profile."""
    return Profiled(unit=unit, value=value, profile=load().profile(profile).label)
