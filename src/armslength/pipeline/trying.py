"""Reads files into a case that is thrown away afterwards: to try a reader, explain a reading, or measure one.

In:  files and folders, settings. Out: a reading of a case that holds their documents and claims, for as long as the block lasts.
Never: leaves anything behind, writes the key that its files are encrypted with, or reads otherwise than `build` does: it is `build`,
without the stages after reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from armslength.base.clock import Clock
from armslength.base.engine import Progress, silent
from armslength.base.settings import Settings
from armslength.pipeline.building import BuildReport, NewCase, build
from armslength.pipeline.stages import STAGES
from armslength.store.locks import in_memory
from armslength.store.read import Reader, reading

_READING = ("ingest", "extract")


@contextmanager
def tried(
    inputs: Sequence[Path], *, settings: Settings, clock: Clock, manifest: Path | None = None, progress: Progress = silent
) -> Iterator[tuple[Reader, BuildReport]]:
    """Read files and folders; what became of them can be looked at within the block."""
    with TemporaryDirectory(prefix="armslength-") as folder:
        report = build(
            Path(folder) / "case",
            inputs,
            settings=settings,
            clock=clock,
            manifest=manifest,
            new=NewCase(name="trial", lock=in_memory),
            progress=progress,
            stages=[stage for stage in STAGES if stage.name in _READING],
        )
        with reading(report.case) as reader:
            yield reader, report
