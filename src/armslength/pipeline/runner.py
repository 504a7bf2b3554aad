"""Runs the stages in order and checks that each accounts for everything it took (rule 2).

In:  a writer, the stages, an engine.
Out: one report a stage.
Never: goes on after a stage whose numbers do not add up.
"""

from __future__ import annotations

from collections.abc import Sequence

from armslength.base.engine import Engine, Progress
from armslength.base.errors import ArmslengthError, CaseError
from armslength.base.settings import Settings
from armslength.model.outcome import StageReport
from armslength.pipeline.stage import Stage
from armslength.store.write import Writer


def run_stages(
    writer: Writer, *, engine: Engine, settings: Settings, progress: Progress, stages: Sequence[Stage]
) -> tuple[StageReport, ...]:
    """Run every stage, each on what the ones before it left.

    Raises CaseError for a travel copy, and ArmslengthError, naming the stage and its numbers, when a stage took more or less than it
    kept and refused.
    """
    if writer.case.copy_of:
        raise CaseError(f"{writer.case.folder} is a travel copy: it can be read, not built. Build the case it was made from.")
    reports: list[StageReport] = []
    for stage in stages:
        report = stage.run(writer, engine=engine, settings=settings, progress=_within(stage, progress))
        check(report)
        reports.append(report)
    return tuple(reports)


def check(report: StageReport) -> None:
    """Raise ArmslengthError unless everything a stage took was kept or refused."""
    if report.taken == report.kept + report.refused and min(report.taken, report.kept, report.refused) >= 0:
        return
    raise ArmslengthError(
        f"Stage {report.stage} {report.version} does not account for everything: it took {report.taken} {report.unit}, "
        f"kept {report.kept} and refused {report.refused}. This is a fault in armslength, not in your files; "
        "nothing that was added is lost. Please report it with these numbers."
    )


def _within(stage: Stage, progress: Progress) -> Progress:
    """Progress that says which stage a step belongs to."""

    def tell(step: str, done: int, total: int) -> None:
        progress(step if step.startswith(stage.name) else f"{stage.name}: {step}", done, total)

    return tell
