"""What carries a stage's pure functions over batches of rows: one process, many processes, later a cluster.

The contract (`armslength.base.engine.Engine`) is one method, `map_batches(work, batches)`. Whoever writes a new adapter may rely on:

* `work` is a function at the top of a module (or a `functools.partial` of one over values that can be pickled). It takes a
  sequence of rows and returns a list of rows, reads nothing else, writes nothing and remembers nothing from batch to batch.
* rows are frozen dataclasses of plain values, so they can be pickled, and written as JSON by `armslength.model.codec`: a batch
  fits a column of strings in any dataframe.
* rows of different batches have nothing to do with each other: a batch may be run anywhere, at any time, again.

and must keep:

* one list a batch, in the order the batches came in, whatever finished first: results never depend on the engine;
* nothing lost and nothing twice: a batch that cannot be run raises, with the batch named, and what came after it is not given out;
* batches are taken as they are needed (`batches` may be an iterator over more rows than memory holds);
* no network use of its own that the user did not set up.

`tests/pipeline/test_engines.py` holds these as tests over every engine; a new one is added to its list.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from armslength.base.engine import Engine
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.pipeline.engines.many_processes import ManyProcesses
from armslength.pipeline.engines.one_process import OneProcess


@contextmanager
def engine_for(settings: Settings) -> Iterator[Engine]:
    """The engine that the settings ask for; its processes end with the block."""
    if settings.workers < 1:
        raise InputError(f"--workers {settings.workers} is not a number of processes; give 1 or more.")
    if settings.workers == 1:
        yield OneProcess()
        return
    engine = ManyProcesses(workers=settings.workers)
    try:
        yield engine
    finally:
        engine.close()
