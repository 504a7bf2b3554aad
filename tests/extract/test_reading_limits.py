"""What happens to a document that takes too long, or on which a step fails: it is refused with a reason, and the others are read."""

from __future__ import annotations

import re
import signal
import threading
import time
from dataclasses import replace
from typing import Any

import pytest
from extract_samples import make_document

from armslength.base.errors import MissingPieceError
from armslength.extract.limits import Limit, OutOfTimeError, within
from armslength.extract.read import read_document, read_documents
from armslength.extract.reading import Reading
from armslength.extract.steps import STEPS
from armslength.extract.working import Step

TEXT = "Police stations opened in Lisbon. The group Green Lantern counted 38 stations."


@pytest.fixture(autouse=True, scope="module")
def loaded() -> None:
    """The model and the word lists, which the first document of a process waits for."""
    assert read_document(make_document(TEXT)).claims


alarms = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarms")


def instead(name: str, run: Any) -> tuple[Step, ...]:
    """The steps, with another function for one of them."""
    return tuple(replace(step, run=run) if step.name == name else step for step in STEPS)


def busy(**_: Any) -> None:
    while True:
        pass


def stuck(**_: Any) -> None:
    re.match(r"(?:a|a)*b", "a" * 60)


def failing(**needs: Any) -> None:
    raise ValueError(needs["document"].text)


@alarms
@pytest.mark.parametrize("run", [busy, stuck])
def test_a_step_that_does_not_end_is_stopped_and_named(run: Any) -> None:
    reading = read_document(make_document(TEXT), seconds=0.3, steps=instead("voices", run))
    (refused,) = reading.refused
    assert (reading.taken, reading.kept, reading.claims, reading.settled) == (1, 0, (), False)
    assert (refused.stage, refused.doc) == ("extract", make_document(TEXT).id)
    assert refused.reason.startswith("Reading took more than 0.3 seconds of processor time and was stopped at the step `voices`.")
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)


@alarms
def test_a_text_that_really_is_slow_is_refused_and_the_next_one_is_read() -> None:
    slow, quick = make_document("The police said secret police stations opened. " * 2000), make_document(TEXT)
    first, second = read_documents([slow, quick], seconds=0.2)
    assert "stopped at the step" in first.refused[0].reason
    assert second == read_document(quick)
    assert second.claims


def test_without_an_alarm_the_time_is_asked_for_between_steps() -> None:
    out: list[Reading] = []

    def slow(**_: Any) -> None:
        ends = time.thread_time() + 0.05
        while time.thread_time() < ends:
            pass

    thread = threading.Thread(target=lambda: out.append(read_document(make_document(TEXT), seconds=0.01, steps=instead("sentences", slow))))
    thread.start()
    thread.join()
    assert "stopped at the step `scan`" in out[0].refused[0].reason


def test_the_time_grows_with_the_text() -> None:
    reading = read_document(make_document(TEXT + " " * 250_000), seconds=1e-9, steps=instead("voices", busy))
    assert reading.refused[0].reason.startswith("Reading took more than 3e-09 seconds")


def test_time_that_is_not_used_up_changes_nothing() -> None:
    assert within(60, lambda limit: isinstance(limit, Limit))
    with pytest.raises(KeyError):
        within(60, lambda _limit: {}["nothing"])
    with pytest.raises(OutOfTimeError):
        Limit(ends=-1.0).check()


@pytest.mark.parametrize("name", [step.name for step in STEPS if "document" in step.needs])
def test_a_step_that_fails_is_named_and_what_the_text_says_is_not(name: str) -> None:
    reading = read_document(make_document(TEXT), steps=instead(name, failing))
    (refused,) = reading.refused
    assert (reading.taken, reading.kept, reading.claims, reading.settled) == (1, 0, (), True)
    assert refused.reason.startswith(f"The step `{name}` failed on this document (ValueError)")
    assert "Lisbon" not in refused.reason


def test_a_missing_model_is_no_fault_of_a_document() -> None:
    def missing(**_: Any) -> None:
        raise MissingPieceError("No English model for the parser is installed.")

    with pytest.raises(MissingPieceError):
        read_document(make_document(TEXT), steps=instead("parse", missing))
