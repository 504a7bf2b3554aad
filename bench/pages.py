"""How long every page takes and weighs in a large case: `python bench/pages.py [--documents N] [--rounds N] [CASE]`.

In:  nothing: a case of 100,000 documents and a million claims is written first (`bigcase.py`), and one of 1,000 to compare with. Or the
     folder of a case that is there already.
Out: a table: for each page how often it was asked for, half and 95 in 100 of its answers in milliseconds, the slowest, the server's
     processor time for an answer, the size of the largest answer, and how many times longer it takes than in the small case.
Never: fails because a page is slow, but for `--bars`, which holds the figures against what was promised.

Asked are: each page as it opens; the widest fact and twenty more, twenty documents and sources; lists on their first, second, tenth,
hundredth and thousandth page; and what a page may be asked for, as far as this case has it.
"""

from __future__ import annotations

import argparse
import http.client
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bigcase import make_case
from serving import Served, served
from starlette.requests import Request

from armslength.model.claims import Claim
from armslength.model.evidence import Document, Source
from armslength.model.facts import Fact
from armslength.model.rights import ALL
from armslength.model.things import Entity, Incident, Site
from armslength.pipeline.masking import warm
from armslength.pipeline.views.preparing import prepare
from armslength.store.case import open_case
from armslength.store.read import Reader, reading
from armslength.web.app import create_app
from armslength.web.pages import PAGES
from armslength.web.visitors import ReadOnly, Visitor

SMALL, LARGE, ROUNDS = 1_000, 100_000, 60
BAR_MS, SEARCH_MS, BAR_KB = 200.0, 500.0, 500.0
_ROWS: Mapping[str, type] = {
    "facts": Fact,
    "documents": Document,
    "sources": Source,
    "claims": Claim,
    "entities": Entity,
    "sites": Site,
    "incidents": Incident,
    "same": Entity,
}
_NOTHING = frozenset({"coding"})
"""Pages about what people have made; this case has none of it."""
_LEVEL = "entity"
_FEW = 20
_PAGES = (1, 2, 10, 100, 1000)
_ASKED: Mapping[str, tuple[str, ...]] = {
    "q": ("offices", "Watch counts", "foreign ministry", "联络站", "nothing like this"),
    "kind": ("quantity.site_count", "denial"),
    "family": ("quantity", "denial"),
    "about": ("numbers", "answers"),
    "country": ("NL", "DE"),
    "since": ("2020",),
    "until": ("2018",),
    "lang": ("zh",),
    "method": ("D1",),
    "origins": ("one", "several"),
    "sort": ("newest", "oldest"),
}
"""What a page is asked for, by the names that its queries have."""
_PARTS = ("map",)
"""Pages whose weight is not held against the bar: a map is a picture of the world."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one page."""

    asked: int
    half: float
    most: float
    worst: float
    processor: float
    size: float


def main() -> int:
    said = _arguments()
    with tempfile.TemporaryDirectory() as name:
        small = make_case(Path(name) / "small", said.small, encrypted=True).folder
        large = said.case or make_case(Path(name) / "large", said.documents, encrypted=True).folder
        before, _ = measure(small, rounds=said.rounds)
        found, memory = measure(large, rounds=said.rounds)
    late = _show(found, before)
    print(f"\nThe server held {memory:,.0f} MB at most.")
    return 1 if said.bars and late else 0


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description="How long every page takes in a large case.")
    asked.add_argument("case", type=Path, nargs="?")
    asked.add_argument("--documents", type=int, default=LARGE)
    asked.add_argument("--small", type=int, default=SMALL)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--bars", action="store_true", help="end with 1 where a page is slower or heavier than promised")
    return asked.parse_args()


class Everything(ReadOnly):
    """Whoever asks may see every page. They sign nothing."""

    def visitor(self, request: Request) -> Visitor:  # noqa: ARG002 - everybody is the same
        return Visitor(rights=ALL)


def application(folder: str) -> Any:
    """The program's own server for one person, once it has looked at what it looks at before anybody asks."""
    case, start = open_case(Path(folder)), time.process_time()
    warm(case)
    prepare(case)
    print(f"looked at beforehand: {time.process_time() - start:.1f} s of processor time", file=sys.stderr)
    return create_app(case, gate=Everything())


def measure(folder: Path, *, rounds: int) -> tuple[dict[str, Figures], float]:
    """Path of each page to what was measured, and the server's memory in MB."""
    with reading(open_case(folder)) as reader:
        addresses = {page.path: list(_addresses(reader, page.path, page.queries)) for page in PAGES}
    with served(application, str(folder)) as server:
        ask(server, "/about")
        found = {path: _measure_page(server, some, rounds) for path, some in addresses.items() if some}
        return {path: one for path, one in found.items() if one is not None}, server.memory()


def _measure_page(server: Served, addresses: list[str], rounds: int) -> Figures | None:
    spent, sizes = [], []
    before = server.seconds()
    for number in range(max(rounds, len(addresses))):
        start = time.perf_counter()
        status, body = ask(server, addresses[number % len(addresses)])
        if status == 200:
            spent.append((time.perf_counter() - start) * 1000)
            sizes.append(len(body))
        elif status not in (403, 404):
            raise SystemExit(f"{addresses[number % len(addresses)]} answered with {status}.")
    if not spent:
        return None
    processor = (server.seconds() - before) * 1000 / len(spent)
    most = statistics.quantiles(spent, n=20, method="inclusive")[-1] if len(spent) > 1 else spent[0]
    return Figures(len(spent), statistics.median(spent), most, max(spent), processor, max(sizes) / 1000)


def ask(server: Served, address: str) -> tuple[int, bytes]:
    """Status and body of an answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _addresses(reader: Reader, path: str, queries: Mapping[str, str]) -> Iterator[str]:
    """What is asked for of one page."""
    if "{" in path:
        head = path.split("/")[1]
        rows = [] if head in _NOTHING else _some(reader, _ROWS[head])
        yield from (path.replace("{id}", row).replace("{level}", _LEVEL) for row in rows)
        return
    yield path
    yield from (f"{path}?page={number}" for number in _PAGES[1:] if "page" in queries or not queries)
    for name in queries:
        yield from (f"{path}?{name}={_quoted(value)}" for value in _ASKED.get(name, ()))


def _some(reader: Reader, row_type: type) -> list[str]:
    """Ids of twenty rows, always the same ones; of facts the widest before them."""
    chance = random.Random("some")
    rows: list[Any] = []
    while len(rows) < _FEW:
        rows += reader.all(row_type, after=_key(row_type, f"{chance.getrandbits(64):016x}"), limit=1)
    if row_type is not Fact:
        return [row.id for row in rows]
    more = reader.all(Fact, limit=20_000)
    widest = sorted((len(row.claims), row.id) for row in more)[-2:]
    return [row for _, row in reversed(widest)] + [row.id for row in rows]


def _key(row_type: type, after: str) -> object:
    return (after, 0, 0, "") if row_type is Claim else after


def _quoted(value: str) -> str:
    from urllib.parse import quote

    return quote(value)


def _show(found: Mapping[str, Figures], before: Mapping[str, Figures]) -> list[str]:
    """Print the table; returns the pages that are slower or heavier than promised."""
    print(f"{'page':24} {'asked':>6} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8} {'cpu ms':>8} {'kB':>8} {'x small':>8}")
    late = []
    for path, one in found.items():
        bar = SEARCH_MS if path.startswith("/search") else BAR_MS
        over = one.most > bar or (one.size > BAR_KB and not path.strip("/").startswith(_PARTS))
        late += [path] if over else []
        ratio = f"{one.half / before[path].half:.1f}" if path in before else ""
        cells = (f"{cell:>8.0f}" for cell in (one.half, one.most, one.worst, one.processor, one.size))
        print(f"{path:24} {one.asked:>6} {' '.join(cells)} {ratio:>8}{'  <- over' if over else ''}")
    return late


if __name__ == "__main__":
    sys.exit(main())
