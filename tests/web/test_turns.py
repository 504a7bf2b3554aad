"""Those who wait to write leave room for those who read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import httpx
import pytest
import web_samples

from armslength.base.clock import FixedClock
from armslength.model.custody import LogEntry
from armslength.pipeline.desk import Desk
from armslength.store.read import reading
from armslength.web.app import create_app
from armslength.web.exports import EVENT
from armslength.web.handling import WRITERS
from armslength.web.visitors import Laptop

TOKEN = "as-if-random"
THREADS = 40
"""That answer at a time (anyio's default)."""
WAITING = THREADS + 5


@pytest.fixture
def desk(tmp_path):
    clock = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))
    return Desk(web_samples.sample_case(tmp_path / "case", clock), clock, keys=tmp_path / "keys")


def test_pages_are_answered_while_more_people_wait_to_write_than_there_are_threads(desk):
    assert WRITERS < THREADS
    answers = asyncio.run(ask(desk))
    assert answers == [200] * WAITING
    with reading(desk.case) as reader:
        assert len(reader.all(LogEntry, event=EVENT)) == WAITING


async def ask(desk):
    app = create_app(desk.case, gate=Laptop(TOKEN), desk=desk)
    headers = {"authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1:8765", headers=headers) as client:
        with desk.turn_of("somebody"):
            tasks = [asyncio.create_task(client.get("/export/methods.csv")) for _ in range(WAITING)]
            page = await asyncio.wait_for(client.get("/about"), timeout=20)
            assert page.status_code == 200
            assert not any(task.done() for task in tasks), "a file is noted in the log before it is handed out"
        return [answer.status_code for answer in await asyncio.gather(*tasks)]


def test_a_reviewer_is_entered_as_soon_as_somebody_else_has_written(desk, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert asyncio.run(enter(desk)) == 200


async def enter(desk):
    app = create_app(desk.case, gate=Laptop(TOKEN), desk=desk)
    headers = {"authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://127.0.0.1:8765", headers=headers) as client:
        with desk.turn_of("somebody"):
            task = asyncio.create_task(client.post("/api/you/new", json={"who": "heron"}))
            await asyncio.wait([task], timeout=0.5)
            assert not task.done()
        return (await task).status_code
