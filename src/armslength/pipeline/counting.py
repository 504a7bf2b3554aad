"""Counts over the whole case, made again where something has changed since: before anything leaves the house, and at every build.

In:  a writer.
Out: `Count` rows as the case stands.
Never: runs after each judgement: it reads every row of the case.
"""

from __future__ import annotations

from armslength.base.engine import silent
from armslength.base.settings import Settings
from armslength.pipeline.engines.one_process import OneProcess
from armslength.pipeline.runner import run_stages
from armslength.pipeline.stages import COUNTING
from armslength.store.write import Writer


def count_again(writer: Writer) -> None:
    """Bring the counts up to date; of a travel copy they are as they came."""
    if not writer.case.copy_of:
        run_stages(writer, engine=OneProcess(), settings=Settings(), progress=silent, stages=(COUNTING,))
