"""What was released and what waits for a second reviewer, for a list.

In:  an open case.
Out: a line for each proposal and release, the latest last.
Never: shows what a release showed, or who was protected in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from armslength.model.decisions import Release, told
from armslength.pipeline.clearing import PROPOSE, RELEASE
from armslength.pipeline.signing import judgements_of
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseLine:
    """One proposal, released or not."""

    proposal: str
    release: str
    """Empty while it waits."""
    profile: str
    as_of: str
    when: str
    """UTC: of the release, or of the proposal while it waits."""
    who: tuple[str, ...]
    """Who proposed, and who released."""
    facts: int | None


def release_lines(reader: Reader) -> list[ReleaseLine]:
    """Every proposal of a case."""
    rows = judgements_of(reader)
    made = {row.target: row for row in rows if row.decision == RELEASE}
    found = []
    for row in rows:
        if row.decision == PROPOSE:
            given, second = told(row), made.get(row.target)
            name = str(told(second)["release"]) if second else ""
            kept = reader.get(Release, name) if name else None
            found.append(
                ReleaseLine(
                    proposal=row.target,
                    release=name,
                    profile=str(given["profile"]),
                    as_of=str(given["day"]),
                    when=(second or row).when,
                    who=(row.who, second.who) if second else (row.who,),
                    facts=len(kept.facts) if kept else None,
                )
            )
    return sorted(found, key=lambda one: (one.when, one.proposal))
