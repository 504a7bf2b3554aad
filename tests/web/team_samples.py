"""A team at a case, over HTTP: accounts, browsers, and what pages hold that has to be sent back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from armslength.model.custody import LogEntry
from armslength.pipeline.desk import Desk
from armslength.store.accounts.grants import give_role
from armslength.store.accounts.keeping import account_named, add_account, ask_for_codes
from armslength.store.accounts.opening import Accounts, open_accounts
from armslength.store.case import Case
from armslength.store.log import entry_data
from armslength.store.read import reading
from armslength.web.app import create_app
from armslength.web.team.gate import COOKIE, Team
from store.account_samples import CHEAP, SECRET, WORDS, Hands

ADDRESS = "https://cases.example.org"
ELSEWHERE = "e" * 32
"""A case that is not the one that is served."""


@dataclass
class House:
    """The server, and everybody's browsers."""

    case: Case
    accounts: Accounts
    clock: Hands
    gate: Team
    app: Any
    browsers: list[TestClient] = field(default_factory=list)

    def browser(self, **how: Any) -> TestClient:
        """A browser that nobody has used yet."""
        made = TestClient(self.app, base_url=ADDRESS, follow_redirects=False, **how)
        self.browsers.append(made)
        return made

    def account(self, who: str, *roles: str, codes: bool = True, elsewhere: tuple[str, ...] = (), given: bool = False) -> str:
        """An account with roles here, and in another case."""
        made = add_account(self.accounts, who, WORDS, given=given, clock=self.clock, actor="setup")
        for role in roles:
            give_role(self.accounts, made, self.case.id, role, clock=self.clock, actor="setup")
        for role in elsewhere:
            give_role(self.accounts, made, ELSEWHERE, role, clock=self.clock, actor="setup")
        if codes:
            ask_for_codes(self.accounts, made.id, SECRET, code=self.clock.next_code(), clock=self.clock, actor="setup")
        return who

    def log_in(self, who: str, *, words: str = WORDS, browser: TestClient | None = None, then: str = "/") -> TestClient:
        """A browser in which somebody is logged in."""
        browser = browser or self.browser()
        codes = account_named(self.accounts, who).codes
        answer = log_in(browser, who, words, self.clock.next_code() if codes else "", then=then)
        assert answer.status_code == 303, answer.text
        return browser

    def member(self, who: str, *roles: str, **how: Any) -> TestClient:
        """A browser of a new account."""
        return self.log_in(self.account(who, *roles, **how))

    def logged(self) -> list[tuple[str, str, Mapping[str, Any]]]:
        """Events of the custody log that are about access, roles and names."""
        with reading(self.case) as reader:
            rows = [row for row in reader.all(LogEntry) if row.event.partition(".")[0] in {"access", "account", "names", "role"}]
        return [(row.event, row.actor, entry_data(row)) for row in rows]


def open_house(case: Case, folder: Path, *, proxy: str = "", where: str = "") -> House:
    """A case, served to a team that is still empty. `where` its accounts are; a file unless told otherwise."""
    clock = Hands(at=datetime(2026, 3, 2, 3, 4, 5, tzinfo=UTC))
    accounts = open_accounts(where or str(folder / "team.accounts"), make=True, cost=CHEAP)
    desk = Desk(case, clock)
    gate = Team(accounts, case=case, desk=desk, address=ADDRESS, clock=clock, proxy=proxy)
    return House(case=case, accounts=accounts, clock=clock, gate=gate, app=create_app(case, gate=gate, desk=desk))


def log_in(browser: TestClient, who: str, words: str = WORDS, code: str = "", *, then: str = "/", **how: Any) -> Any:
    """Fill in the log-in form of a browser and send it."""
    token = hidden(browser.get("/login").text)
    return browser.post("/login", data={"who": who, "passphrase": words, "code": code, "then": then, "csrf": token}, **how)


def hidden(page: str) -> str:
    """The token in a page's form."""
    found = re.search(r'name="csrf" (?:value|content)="([^"]+)"', page)
    return found[1] if found else ""


def send(browser: TestClient, path: str, fields: Mapping[str, object] | None = None, **how: Any) -> Any:
    """Send a form as the page would, with the token of the session."""
    return browser.post(path, data={**(fields or {}), "csrf": token_of(browser)}, **how)


def token_of(browser: TestClient) -> str:
    """The token of a session, from the one page every account may see."""
    return hidden(browser.get("/account").text)


def cookie(browser: TestClient) -> str:
    """The session's cookie."""
    return browser.cookies.get(COOKIE) or ""
