from collections import Counter
from inspect import signature

import armslength.model.claims
import armslength.model.decisions
import armslength.model.evidence
import armslength.model.facts
import armslength.model.outcome
import armslength.model.things
from armslength.pipeline.stages import STAGES

ROWS = {
    name
    for module in (vars(armslength.model)[m] for m in ("claims", "decisions", "evidence", "facts", "things", "outcome"))
    for name in vars(module)
}


def test_each_stage_needs_only_what_was_given_before_it():
    there = {"Source", "Collection", "Judgement"}  # what people hand in and decide
    for stage in STAGES:
        assert set(stage.needs) <= there, stage.name
        there |= set(stage.gives)


def test_each_row_has_one_stage_that_gives_it():
    counted = Counter(row for stage in STAGES for row in stage.gives)
    assert set(counted.values()) == {1}
    assert {row for stage in STAGES for row in (*stage.needs, *stage.gives)} <= ROWS


def test_stages_are_named_once_and_have_versions():
    assert len({stage.name for stage in STAGES}) == len(STAGES)
    for stage in STAGES:
        assert stage.version
        assert stage.does.endswith(".")
        assert list(signature(stage.run).parameters) == ["writer", "engine", "settings", "progress"]
