"""The sample case served on a free port, and Debian's Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browser_server import served
from fastapi import FastAPI
from playwright.sync_api import Browser, expect, sync_playwright

from armslength.base.clock import FixedClock, SystemClock
from armslength.base.settings import Settings
from armslength.pipeline.building import NewCase, build
from armslength.pipeline.reviewing import add_reviewer
from armslength.store.case import open_case
from armslength.store.reviewer_keys import reviewers_folder
from armslength.web.app import create_app
from armslength.web.visitors import Laptop

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=60_000)  # milliseconds: a busy machine takes its time, and nothing here is timed
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample case is served."""
    import web_samples

    case = web_samples.sample_case(tmp_path_factory.mktemp("browser") / "case", FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)))
    with served(create_app(case)) as found:
        yield found


@pytest.fixture(scope="session")
def serving() -> Callable[[FastAPI], AbstractContextManager[str]]:
    """Serves an application that a test has made itself."""
    return served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip(f"There is no {CHROMIUM}; install Debian's chromium.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: `ARMSLENGTH_SHOTS`, else a folder that pytest clears away."""
    wanted = os.environ.get("ARMSLENGTH_SHOTS")
    folder = Path(wanted) if wanted else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@dataclass(frozen=True)
class Workplace:
    """A case that people work on, served to whoever has the token."""

    folder: Path
    address: str
    token: str
    """Query that the first address needs."""

    @property
    def start(self) -> str:
        return f"{self.address}/?token={self.token}"


@contextmanager
def working(folder: Path, *, reviewer: str) -> Iterator[Workplace]:
    """Serve a case to a reviewer, whose key is made if there is none."""
    clock, keys = SystemClock(), reviewers_folder()
    hand = add_reviewer(folder, reviewer, keys=keys, clock=clock)
    case = open_case(folder)
    with served(create_app(case, gate=Laptop("as-if-random", hand=hand))) as address:
        yield Workplace(folder=folder, address=address, token="as-if-random")


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example case, built from its texts; tests that decide take a copy of it."""
    home = tmp_path_factory.mktemp("workplace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("XDG_RUNTIME_DIR", str(home))
        corpus = Path(__file__).parents[2] / "examples" / "corpus"
        build(
            home / "case",
            [corpus],
            manifest=corpus / "manifest.csv",
            settings=Settings(),
            clock=SystemClock(),
            new=NewCase(name="Examples"),
        )
        yield home / "case"


@pytest.fixture(scope="module")
def workplace(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workplace]:
    """A copy of the example case, served to the reviewer heron."""
    folder = tmp_path_factory.mktemp("desk") / "case"
    shutil.copytree(examples, folder)
    with working(folder, reviewer="heron") as found:
        yield found
