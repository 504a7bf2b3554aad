"""Fifty people at one case on PostgreSQL: `python bench/load.py [--minutes 10] [--users 50] [--documents 1000] [--database URL]`.

In:  nothing: a PostgreSQL server is started for the length of the run, unless a database is named; a case is written into it and its
     stages are run.
Out: a table: what was asked for, how often, how long it took; how many judgements were acknowledged, and how many refused because somebody
     had decided meanwhile. Then the case is looked at: every acknowledged judgement has to be in it and in its log, and it has to verify.
Never: ends with 0 where anything was lost, an answer was an error, or the case does not verify.

The server is the program's own for a team: accounts, log-in, sessions, rights, one process. Each person reads a page, looks at a document,
decides about one of its claims (a third of them about one of ten claims that everybody is at), and thinks for a few seconds in between.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from bigcase import make_case
from database_server import database_server
from serving import served

from armslength.base.clock import SystemClock
from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.pipeline.access import beside
from armslength.pipeline.desk import Desk
from armslength.store.accounts.grants import give_role
from armslength.store.accounts.keeping import add_account
from armslength.store.accounts.opening import open_accounts
from armslength.store.case import Case, open_case
from armslength.store.locks import Cost
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.web.app import create_app
from armslength.web.team.gate import COOKIE, Team
from armslength.web.team.serving import share_processor

HOST = "cases.example.org"
ORIGIN = f"https://{HOST}"
WORDS = "correct horse battery staple"
PROCESSES = 2
HOT = 10
"""Claims that everybody is at."""
CHEAP = Cost(memory_kib=1024, passes=1, lanes=1)
PAGES = (
    "/",
    "/facts",
    "/facts?page=2",
    "/documents",
    "/timeline",
    "/responses",
    "/custody",
    "/rejected",
    "/sources",
    "/search?q=offices",
    "/queue",
)
OTHERWISE = ("stated", "possible", "doubtful")


@dataclass(slots=True)
class Seen:
    """What one process of people saw."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    """Milliseconds by what was asked for."""
    kept: list[str] = field(default_factory=list)
    """Judgements that were acknowledged."""
    conflicts: int = 0
    gone: int = 0
    """Facts asked for that are others since somebody decided: their name is made of their passages."""
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Ground:
    """What people find in the case."""

    facts: tuple[str, ...]
    documents: tuple[str, ...]
    hot: tuple[tuple[str, str], ...]
    """(document, claim)."""


def main() -> int:
    said = _arguments()
    os.nice(said.nice)
    with tempfile.TemporaryDirectory() as name, database_server(said.database) as database:
        folder = Path(name)
        os.environ["ARMSLENGTH_KEYS"] = str(folder / "keys")
        case = make_case(folder / "case", said.documents, database=database, encrypted=True, resolved=True)
        accounts = _team(folder / "team.accounts", case, said.users)
        with served(application, str(case.folder), str(accounts)) as server:
            print(f"{said.users} people for {said.minutes:g} minutes", file=sys.stderr)
            seen = _people(server.port, said.users, said.minutes * 60, _ground(case))
            processor, memory = server.seconds(), server.memory()
        return _report(case, seen, seconds=said.minutes * 60, processor=processor, memory=memory)


def _arguments() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description="Fifty people at one case on PostgreSQL.")
    asked.add_argument("--minutes", type=float, default=10)
    asked.add_argument("--users", type=int, default=50)
    asked.add_argument("--documents", type=int, default=1000)
    asked.add_argument("--database", default="")
    asked.add_argument("--nice", type=int, default=0)
    return asked.parse_args()


def application(folder: str, accounts: str) -> Any:
    """The program's own server for a team (`web/team/serving.py`), begun; but that log-ins cost little, for they are not measured."""
    case, clock = open_case(Path(folder)), SystemClock()
    desk = Desk(case, clock, apart=True)
    gate = Team(open_accounts(accounts, cost=CHEAP), case=case, desk=desk, address=ORIGIN, clock=clock, proxy="127.0.0.1", how=beside)
    gate.start()
    share_processor()
    return create_app(case, gate=gate, desk=desk)


def _team(path: Path, case: Case, users: int) -> Path:
    accounts = open_accounts(str(path), make=True, cost=CHEAP)
    clock = SystemClock()
    for number in range(users):
        account = add_account(accounts, _who(number), WORDS, given=False, clock=clock, actor="bench")
        give_role(accounts, account, case.id, "analyst", clock=clock, actor="bench")
    return path


def _who(number: int) -> str:
    return f"analyst-{number:02}"


def _ground(case: Case) -> Ground:
    chance = random.Random("ground")
    with reading(case) as reader:
        claims = chance.sample([(row.doc, row.id) for row in reader.all(Claim)], HOT)
        facts = [row.id for row in reader.all(Fact)]
        documents = [row.id for row in reader.all(Document)]
    return Ground(facts=tuple(facts), documents=tuple(documents), hot=tuple(claims))


def _people(port: int, users: int, seconds: float, ground: Ground) -> Seen:
    """Let them work, in a few processes; what all of them saw."""
    context = multiprocessing.get_context("spawn")
    tasks = [(port, list(range(users))[place::PROCESSES], seconds, ground) for place in range(PROCESSES)]
    with context.Pool(PROCESSES) as pool:
        parts = pool.starmap(_process, tasks)
    whole = Seen()
    for part in parts:
        for what, spent in part.spent.items():
            whole.spent[what] += spent
        whole.kept += part.kept
        whole.conflicts += part.conflicts
        whole.gone += part.gone
        whole.errors += part.errors
    return whole


def _process(port: int, numbers: list[int], seconds: float, ground: Ground) -> Seen:
    seen = Seen()
    asyncio.run(_together(port, numbers, seconds, ground, seen))
    return seen


async def _together(port: int, numbers: list[int], seconds: float, ground: Ground, seen: Seen) -> None:
    until = time.monotonic() + seconds
    await asyncio.gather(*(Person(port, number, ground, seen).work(until) for number in numbers))


class Person:
    """One of them."""

    def __init__(self, port: int, number: int, ground: Ground, seen: Seen) -> None:
        self.chance = random.Random(number)
        self.number, self.ground, self.seen = number, ground, seen
        # A proxy stands before the server: it says for whom it asks.
        headers = {"host": HOST, "x-forwarded-for": f"192.0.2.{number + 1}"}
        self.client = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=120)
        self.csrf = ""

    async def work(self, until: float) -> None:
        async with self.client:
            while not self.csrf and time.monotonic() < until:
                await self._log_in()
            while time.monotonic() < until:
                await self._think(0.5, 5)
                await (self._read() if self.chance.random() < 0.6 else self._decide())

    async def _log_in(self) -> None:
        answer = await self._ask("log in", "/login", {"who": _who(self.number), "passphrase": WORDS})
        if answer is not None:
            self.csrf = answer.json()["csrf"]
            self.client.headers["cookie"] = f"{COOKIE}={answer.cookies[COOKIE]}"

    async def _read(self) -> None:
        pages = {
            "a fact": f"/facts/{self.chance.choice(self.ground.facts)}",
            "a document": f"/documents/{self.chance.choice(self.ground.documents)}",
            "a list": self.chance.choice(PAGES),
        }
        what = self.chance.choice(list(pages))
        await self._ask(what, pages[what])

    async def _decide(self) -> None:
        """Look at a document, and say something of one of its claims."""
        doc, claim = self.chance.choice(self.ground.hot) if self.chance.random() < 0.33 else (self.chance.choice(self.ground.documents), "")
        answer = await self._ask("a document as data", f"/api/documents/{doc}" + (f"?claim={claim}" if claim else ""))
        records = answer.json()["view"]["claims"] if answer is not None else []
        chosen = next((row for row in records if row["id"] == claim), self.chance.choice(records) if records else None)
        if chosen is None:
            return
        await self._think(0.5, 3)
        deed = self.chance.choice(("accept", "reject", "edit", "withdraw" if len(chosen["decided"]) == 1 else "accept"))
        body: dict[str, Any] = {"reason": "The words say so.", "seen": chosen["seen"]}
        if deed == "edit":
            body["modality"] = self.chance.choice([word for word in OTHERWISE if word != chosen["fields"].get("modality")])
        answer = await self._ask("a judgement", f"/claims/{chosen['id']}/{deed}", body)
        if answer is not None and answer.status_code == 200:
            self.seen.kept.append(answer.json()["judgement"])

    async def _ask(self, what: str, address: str, body: dict[str, Any] | None = None) -> httpx.Response | None:
        """An answer that is as it should be, or None, and a note of what it was. A conflict is a right answer."""
        start = time.perf_counter()
        try:
            if body is None:
                answer = await self.client.get(address)
            else:
                headers = {"origin": ORIGIN, "x-csrf-token": self.csrf, "content-type": "application/json"}
                answer = await self.client.post(address, content=json.dumps(body), headers=headers)
        except httpx.HTTPError as error:
            self.seen.errors.append(f"{what}: {type(error).__name__} at {address}")
            return None
        self.seen.spent[what].append((time.perf_counter() - start) * 1000)
        if answer.status_code == 409:
            self.seen.conflicts += 1
            return None
        if answer.status_code == 404 and what == "a fact":
            self.seen.gone += 1
            return None
        if answer.status_code != 200:
            self.seen.errors.append(f"{what}: {answer.status_code} at {address}: {answer.text[:200] if body else ''}")
            return None
        return answer

    async def _think(self, least: float, most: float) -> None:
        await asyncio.sleep(self.chance.uniform(least, most))


def _report(case: Case, seen: Seen, *, seconds: float, processor: float, memory: float) -> int:
    print(f"{'asked for':22} {'times':>7} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    for what, spent in sorted(seen.spent.items()):
        most = statistics.quantiles(spent, n=20, method="inclusive")[-1] if len(spent) > 1 else spent[0]
        print(f"{what:22} {len(spent):>7,} {statistics.median(spent):>8.0f} {most:>8.0f} {max(spent):>8.0f}")
    asked = sum(map(len, seen.spent.values()))
    print(f"\n{asked:,} answers, {asked / seconds:.1f} a second; the server took {processor:,.0f} s of processor time and {memory:,.0f} MB")
    with reading(case) as reader:
        there = {row.id for row in reader.all(Judgement)}
        logged = {row.subject for row in reader.all(LogEntry, event="judgement.made")}
    lost = [row for row in seen.kept if row not in there or row not in logged]
    problems = verify_case(case).problems
    print(f"{len(seen.kept):,} judgements acknowledged, {len(lost)} of them lost; {seen.conflicts:,} refused: decided meanwhile")
    print(f"{seen.gone:,} times a fact was asked for that had become another")
    print(f"{len(seen.errors)} errors; {len(problems)} problems found by verify")
    for line in [*seen.errors[:10], *(f"{row.where}: {row.what}" for row in problems[:10])]:
        print(f"  {line}")
    return 1 if lost or seen.errors or problems or not seen.kept else 0


if __name__ == "__main__":
    sys.exit(main())
