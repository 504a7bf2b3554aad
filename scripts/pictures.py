"""Takes the README's picture again: `make pictures`.

In:  the example corpus, built into a case that is thrown away; Debian's Chromium.
Out: `docs/pictures/fact.png`: the page of the fact that most articles tell, in light colours, 1,200 pixels wide.
Never: runs as part of the tests; a picture differs from machine to machine, so people look at it before it is kept.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from armslength.base.clock import FixedClock
from armslength.base.settings import Settings
from armslength.cli.serve import listening
from armslength.model.facts import Origins
from armslength.pipeline.building import NewCase, build
from armslength.store.case import Case
from armslength.store.read import reading
from armslength.web.app import create_app

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "examples" / "corpus"
OUT = ROOT / "docs" / "pictures" / "fact.png"
CLOCK = FixedClock(at=datetime(2026, 4, 1, 12, tzinfo=UTC))
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]


def main() -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("Chromium is not installed, so no picture can be taken (Debian: apt install chromium).\n")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        made = build(
            Path(folder) / "quiet-counters",
            [CORPUS],
            settings=Settings(),
            clock=CLOCK,
            manifest=CORPUS / "manifest.csv",
            new=NewCase(secret=bytes(32), lock=None),
        )
        with served(made.case) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
            page = browser.new_page(color_scheme="light", viewport={"width": 1200, "height": 1000})
            page.goto(f"{address}/facts/{most_told(made.case)}")
            OUT.parent.mkdir(exist_ok=True)
            page.screenshot(path=OUT)
            browser.close()
    print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size / 1000:.0f} kB. Look at it before you keep it.")
    return 0


def most_told(case: Case) -> str:
    """Id of the fact that looks as if most sources told it."""
    with reading(case) as reader:
        return max(reader.all(Origins), key=lambda row: (row.apparent, row.id)).id


@contextmanager
def served(case: Case) -> Iterator[str]:
    """The case as pages, for the length of a block."""
    with listening("127.0.0.1", 0) as bound:
        config = uvicorn.Config(create_app(case), log_level="warning", access_log=False, lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


if __name__ == "__main__":
    sys.exit(main())
