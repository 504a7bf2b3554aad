"""What a stage did with what it was given: nothing is lost silently (rule 2)."""

from __future__ import annotations

from dataclasses import dataclass, field

from armslength.base.ids import digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A unit a stage could not use, with the reason in a sentence."""

    id: str
    stage: str
    reason: str
    doc: str = ""
    """A document's id, or for a file that could not be read its name."""
    start: int | None = None
    end: int | None = None


def rejected(stage: str, reason: str, *, doc: str = "", start: int | None = None, end: int | None = None) -> Rejected:
    """Make a `Rejected` row, named by what it is about."""
    return Rejected(id=digest("rejected", stage, doc, start, end, reason), stage=stage, reason=reason, doc=doc, start=start, end=end)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageReport:
    """One run of one stage, in units of what went in. `taken == kept + refused` or the run fails."""

    stage: str
    version: str
    unit: str
    """What is counted: `files`, `sentences`, `claims`, ..."""
    taken: int
    kept: int
    refused: int
    unchanged: bool = False
    """Nothing had changed since the last run, so nothing was done."""
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRun:
    """That a stage has been run on an input: the key under which its derived rows stand."""

    id: str
    """The stage's name, or `extract:<document>` where a stage is kept per document."""
    version: str
    input_hash: str
    output_hash: str
    """`digest` over the sorted (id, row hash) pairs it wrote; verified by `verify`."""
