"""A case built by hand, so that what the commands say can be tested without reading any document."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from armslength.base.clock import FixedClock
from armslength.base.ids import digest, digest_bytes
from armslength.cli import main
from armslength.model.evidence import Collection, Missing, Source
from armslength.model.outcome import StageRun
from armslength.store.case import create_case
from armslength.store.write import writing
from publish.publish_samples import TEXT, content

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))


@dataclass(frozen=True)
class Told:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return json.loads(self.out)


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    def run(*arguments: object) -> Told:
        code = main.run([str(argument) for argument in arguments])
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return run


def make_hand_made_case(folder: Path) -> Path:
    case = create_case(folder, name="Service desks", clock=CLOCK, actor="heron")
    sample, data = content(), TEXT.encode()
    rows = [*sample.documents, *sample.claims, *sample.facts, *sample.origins.values(), *sample.relations, *sample.edges]
    rows += [*sample.entities, *sample.sites, *sample.incidents, *sample.responses, *sample.counts, *sample.rejected]
    source = Source(id=digest_bytes(data), size=len(data), media_type="text/plain")
    collection = Collection(
        id=digest("collection", 1),
        source=source.id,
        file="a.txt",
        method="handed over",
        collected_at="2026-01-02T03:04:05Z",
        clock="fixed",
        collector="heron",
        tool="armslength",
        tool_version="test",
        missing=(Missing(field="requested_url", reason="the file was handed over"),),
    )
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.add_source(data, source=source, collection=collection)
        writer.put(StageRun(id="all", version="1", input_hash=digest("x"), output_hash=""), rows)
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make_hand_made_case(tmp_path / "case")
