"""Every engine keeps the contract written down in `armslength.pipeline.engines`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from armslength.base.engine import Engine
from armslength.base.errors import ArmslengthError, InputError, MissingPieceError
from armslength.base.settings import Settings
from armslength.pipeline.engines import engine_for
from armslength.pipeline.engines.many_processes import ManyProcesses
from armslength.pipeline.engines.naming import name_batch
from armslength.pipeline.engines.one_process import OneProcess


@dataclass(frozen=True)
class Row:
    id: str
    number: int


def squares(rows: Sequence[int]) -> list[int]:
    return [row * row for row in rows]


def uneven(rows: Sequence[int]) -> list[int]:
    """Early batches take longest, so that they would come last if order were not kept."""
    total = sum(number * number for number in range(200_000 // (1 + rows[0])))
    return [row for row in rows if total >= 0]


def refuse_seven(rows: Sequence[Row]) -> list[Row]:
    if any(row.number == 7 for row in rows):
        raise MissingPieceError("There is no seven.")
    return list(rows)


def die(rows: Sequence[int]) -> list[int]:
    import os

    if 5 in rows:
        os._exit(9)
    return list(rows)


@pytest.fixture(scope="module")
def processes() -> Iterator[ManyProcesses]:
    engine = ManyProcesses(workers=2)
    yield engine
    engine.close()


@pytest.fixture(params=["one process", "many processes"])
def engine(request: pytest.FixtureRequest, processes: ManyProcesses) -> Engine:
    return OneProcess() if request.param == "one process" else processes


def test_results_come_in_the_order_of_the_batches(engine):
    batches = [[number, number + 1] for number in range(0, 40, 2)]
    assert list(engine.map_batches(uneven, batches)) == batches
    assert list(engine.map_batches(squares, [[1, 2], [], [3]])) == [[1, 4], [], [9]]


def test_no_batches_give_no_results(engine):
    assert list(engine.map_batches(squares, [])) == []


def test_an_error_keeps_its_type_and_names_its_batch(engine):
    batches = [[Row(id="a" * 64, number=1)], [Row(id="b" * 64, number=7)], [Row(id="c" * 64, number=8)]]
    results = engine.map_batches(refuse_seven, batches)
    assert next(results) == batches[0]
    with pytest.raises(MissingPieceError, match="no seven") as caught:
        next(results)
    assert caught.value.__notes__ == ["in batch 2 of refuse_seven (1 rows, the first is bbbbbbbbbbbb)"]
    assert list(engine.map_batches(squares, [[3]])) == [[9]], "an engine is as good as new after an error"


def test_batches_are_taken_as_they_are_needed(engine):
    taken = []

    def supply() -> Iterator[list[int]]:
        for number in range(1000):
            taken.append(number)
            yield [number]

    results = engine.map_batches(squares, supply())
    assert next(results) == [0]
    results.close()
    assert len(taken) <= 7, "two processes, three batches each, and the one that was asked for"


def test_a_process_that_dies_is_told_with_its_batch():
    engine = ManyProcesses(workers=1)
    try:
        with pytest.raises(ArmslengthError, match=r"worker process ended by itself in batch \d of die .*fewer --workers"):
            list(engine.map_batches(die, [[1], [5], [6]]))
        assert list(engine.map_batches(squares, [[2]])) == [[4]], "new processes are started"
    finally:
        engine.close()


def test_settings_choose_the_engine():
    with engine_for(Settings()) as one:
        assert isinstance(one, OneProcess)
    with engine_for(Settings(workers=3)) as many:
        assert isinstance(many, ManyProcesses)
    with pytest.raises(InputError, match="--workers 0"), engine_for(Settings(workers=0)):
        pass


def test_a_batch_is_named_without_its_words():
    assert name_batch(squares, 3, ["a private sentence"]) == "in batch 3 of squares (1 rows)"
    assert name_batch(squares, 1, []) == "in batch 1 of squares (0 rows)"
