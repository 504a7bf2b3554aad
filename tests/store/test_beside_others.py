"""Turns to write: on a server what people decide is kept while rows are made anew, and the log is whole; in a file one writes at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_samples import CLOCK, collection, decisions, run, source

from armslength.base.errors import InputError
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement
from armslength.store.case import Case, create_case
from armslength.store.lock import Busy
from armslength.store.read import reading
from armslength.store.turns import side_by_side
from armslength.store.verify import verify_case
from armslength.store.write import Writer, deciding, making, writing

ROW = decisions()[0]
WHO = {"clock": CLOCK, "actor": "heron"}


def amend(writer: Writer) -> None:
    writer.amend(run("x"), [], gone={}, run_of=str)


@pytest.fixture
def server(tmp_path: Path, postgres_url: str) -> Case:
    return create_case(tmp_path / "harbours", name="Case harbours", clock=CLOCK, actor="heron", database=postgres_url)


def fail(writer: Writer) -> None:
    with writer.together():
        writer.record("x", "y", {})
        raise ZeroDivisionError


def events(case: Case) -> list[str]:
    with reading(case) as reader:
        return [entry.event for entry in reader.all(LogEntry)]


@pytest.mark.postgres
def test_a_judgement_is_kept_while_rows_are_made_and_whoever_makes_them_sees_one_moment(server: Case) -> None:
    with making(server, **WHO) as maker:
        with maker.together():
            assert maker.read.all(Judgement) == []
            maker.record("x.begun", "x", {})
            with deciding(server, **WHO) as writer:
                writer.decide(ROW)
            assert maker.read.all(Judgement) == []
            maker.put(run("empty"), [])
            assert events(server)[2:] == ["judgement.made"]
        assert maker.read.all(Judgement) == [ROW]
    assert events(server)[2:] == ["judgement.made", "x.begun", "stage.run"]
    assert verify_case(server).problems == ()
    assert len(list(server.checkpoints_dir.iterdir())) == 3


@pytest.mark.postgres
def test_of_a_step_that_fails_nothing_is_logged(server: Case) -> None:
    before = events(server)
    with making(server, **WHO) as maker:
        with pytest.raises(InputError, match="not plain JSON"):
            maker.record("x", "y", {"bad": object()})
        with pytest.raises(ZeroDivisionError):
            fail(maker)
        maker.record("z", "y", {})
    assert events(server) == [*before, "z"]
    assert verify_case(server).ok


@pytest.mark.postgres
def test_two_do_not_make_rows_at_once_and_who_writes_alone_waits_for_all(server: Case) -> None:
    with making(server, **WHO):
        for other in (making, writing):
            with pytest.raises(Busy, match="being written to by process"), other(server, **WHO):
                pass
    with deciding(server, **WHO):
        for other in (deciding, writing):
            with pytest.raises(Busy), other(server, **WHO):
                pass
        with making(server, **WHO) as maker:
            assert maker.read.all(Judgement) == []
    with writing(server, **WHO):
        for other in (deciding, making):
            with pytest.raises(Busy), other(server, **WHO):
                pass


@pytest.mark.postgres
def test_who_keeps_decisions_makes_no_rows_and_who_makes_rows_adds_nothing(server: Case) -> None:
    with deciding(server, **WHO) as writer:
        for step in (lambda: writer.put(run("x"), []), lambda: amend(writer), lambda: writer.drop(["x"])):
            with pytest.raises(TypeError, match="`writing`"):
                step()
    with making(server, **WHO) as maker:
        for step in (lambda: maker.add_source(b"x", source=source(b"x"), collection=collection(b"x")), maker.rotate_key):
            with pytest.raises(TypeError, match="`writing`"):
                step()


def test_in_a_file_one_writes_at_a_time_whatever_it_is(case: Case) -> None:
    if side_by_side(case):
        return
    for first in (deciding, making, writing):
        for second in (deciding, making, writing):
            with first(case, **WHO), pytest.raises(Busy), second(case, **WHO):
                pass
    with making(case, **WHO) as maker:
        maker.decide(ROW)
    assert events(case)[-1] == "judgement.made"
