"""The runner with stages that only say what they did."""

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base.engine import silent
from armslength.base.errors import ArmslengthError
from armslength.base.settings import Settings
from armslength.model.outcome import StageReport
from armslength.pipeline.engines.one_process import OneProcess
from armslength.pipeline.runner import check, run_stages
from armslength.pipeline.stage import Stage

NO_COPY = SimpleNamespace(case=SimpleNamespace(copy_of=""))
"""All that the runner asks of a writer."""


def report(stage="extract", *, taken=3, kept=2, refused=1, unchanged=False):
    return StageReport(stage=stage, version="7", unit="sentences", taken=taken, kept=kept, refused=refused, unchanged=unchanged)


@dataclass
class Told:
    stages: list[str] = field(default_factory=list)
    steps: list[tuple[str, int, int]] = field(default_factory=list)

    def stage(self, name, **numbers):
        def run(writer, *, engine, settings, progress):
            self.stages.append(name)
            progress("sentences", 1, 2)
            progress(f"{name}: again", 2, 2)
            return report(name, **numbers)

        return Stage(name=name, version="7", needs=(), gives=(), does="", run=run)

    def run(self, *stages):
        return run_stages(NO_COPY, engine=OneProcess(), settings=Settings(), progress=lambda *step: self.steps.append(step), stages=stages)


def test_stages_run_in_order_and_are_reported():
    told = Told()
    reports = told.run(told.stage("ingest"), told.stage("extract"))
    assert told.stages == ["ingest", "extract"]
    assert [row.stage for row in reports] == ["ingest", "extract"]
    assert told.steps[:2] == [("ingest: sentences", 1, 2), ("ingest: again", 2, 2)], "a step says whose it is, once"


def test_a_stage_that_loses_something_stops_the_build():
    told = Told()
    with pytest.raises(ArmslengthError, match=r"Stage extract 7 .* took 3 sentences, kept 1 and refused 1"):
        told.run(told.stage("extract", kept=1), told.stage("resolve"))
    assert told.stages == ["extract"], "what comes after a loss is not run"


def test_numbers_below_nothing_are_refused():
    with pytest.raises(ArmslengthError):
        check(report(taken=0, kept=1, refused=-1))


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(-3, 3))
def test_only_numbers_that_add_up_pass(kept, refused, off):
    found = report(taken=kept + refused + off, kept=kept, refused=refused)
    if off:
        with pytest.raises(ArmslengthError):
            check(found)
    else:
        check(found)


def test_silence_is_a_progress():
    assert silent("step", 1, 2) is None
