"""Destroying what must not be kept: a source, or what the vault holds of a person (METHOD P6).

In:  a case, a source or a person's pseudonym, the reviewer who decided it and why.
Out: the key gone, and with it the bytes; what was read in the source gone from the case; a tombstone in the log, which still verifies.
Never: reaches copies of the case made before; forgets that something was there.
"""

from __future__ import annotations

from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.engine import Progress, silent
from armslength.base.settings import Settings
from armslength.model.evidence import Source
from armslength.pipeline.cataloguing import catalogue
from armslength.pipeline.engines import engine_for
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.queueing import update_queue
from armslength.pipeline.runner import run_stages
from armslength.pipeline.stages import STAGES
from armslength.pipeline.vaulting import destroy_person
from armslength.store.case import open_case
from armslength.store.write import writing


def shred(folder: Path, target: str, *, reason: str, reviewer: str, clock: Clock, progress: Progress = silent) -> str:
    """Destroy a source (named by the first characters of its id) or a person's entry in the vault; returns what it was, in words."""
    if target.casefold().startswith("person "):
        return f"what the vault held of {destroy_person(folder, target, reason=reason, clock=clock, actor=reviewer)}"
    settings = Settings(collector=reviewer)
    with engine_for(settings) as engine, writing(open_case(folder, clock=clock, actor=reviewer), clock=clock, actor=reviewer) as writer:
        source = find_by_prefix(writer.read, Source, target, word="source")
        writer.destroy_source(source.id, reason=reason)
        run_stages(writer, engine=engine, settings=settings, progress=progress, stages=STAGES)
        update_queue(writer)
        catalogue(writer, progress=progress)
        writer.sweep()
    return f"the source {source.id[:12]} and what was read in it"
