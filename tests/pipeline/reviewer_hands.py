"""Reviewers of a test's case, each with a key of their own, in a folder beside the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from armslength.base.clock import FixedClock
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.pipeline.building import build
from armslength.pipeline.reviewing import add_reviewer
from armslength.pipeline.signing import Hand, hand_of

START = FixedClock(at=datetime(2020, 1, 1, tzinfo=UTC))
"""Before anything a test decides."""


def reviewed_case(folder: Path, pages: Mapping[str, str]) -> Path:
    """A folder with a case built from these pages, and two reviewers beside it, for copying."""
    (folder / "in").mkdir()
    for name, text in pages.items():
        (folder / "in" / name).write_text(text, "utf-8")
    build(folder / "case", [folder / "in"], settings=Settings(), clock=Ticking())
    hand(folder / "case")
    hand(folder / "case", "finch")
    return folder


def keys_of(case: Path) -> Path:
    """Where the reviewers of a case keep their keys in a test."""
    return case.parent / "reviewers"


def hand(case: Path, who: str = "heron") -> Hand:
    """The hand of a reviewer, who is entered when first asked for."""
    later = FixedClock(at=datetime(2100, 1, 1, tzinfo=UTC))
    try:
        return hand_of(case, who, keys=keys_of(case), clock=later)
    except InputError:
        return add_reviewer(case, who, keys=keys_of(case), clock=START)


@dataclass
class Ticking:
    """A clock that is a minute later each time it is asked."""

    at: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    source: str = "ticking"

    def now(self) -> datetime:
        self.at += timedelta(minutes=1)
        return self.at
