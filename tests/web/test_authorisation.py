"""Every address, every role: who is let in, and who is not. An address that is in no table here fails."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
import web_samples
from starlette.routing import Mount, Route
from starlette.testclient import TestClient
from team_samples import House, open_house, token_of

from armslength.base.clock import FixedClock
from armslength.model.rights import ADMIN, ALL, JUDGE, NAMES, READ, REVIEW, ROLES
from armslength.store.accounts.keeping import set_disabled
from armslength.store.case import Case
from armslength.web.app import create_app
from armslength.web.team.routes import LOGGED_IN, OPEN, ROUTES
from armslength.web.visitors import Laptop

PAGES = {
    READ: {
        "/", "/facts", "/facts/{id}", "/facts/{id}/lineage", "/facts/{id}/history", "/documents", "/documents/{id}", "/sources", "/sources/{id}",
        "/same", "/same/pair", "/same/{level}/{id}", "/queue", "/coding", "/coding/{id}", "/map", "/timeline", "/responses", "/methods",
        "/coverage", "/custody", "/rejected", "/about", "/search", "/progress",
    },
    REVIEW: {"/coding/{id}/adjudicate"},
    NAMES: {"/vault"},
}  # fmt: skip
"""Pages, by the right they need; the same under /api."""
ACTIONS = {
    READ: {"/language"},
    JUDGE: {
        "/claims/{id}/accept", "/claims/{id}/reject", "/claims/{id}/edit", "/claims/{id}/withdraw", "/claims/{id}/split", "/claims/undo",
        "/documents/{id}/claims", "/facts/{id}/judge", "/facts/{id}/reply", "/queue", "/queue/later", "/queue/undo", "/coding/{id}/code", "/coverage/add",
        "/coverage/withdraw", "/views/add", "/views/withdraw",
    },
    REVIEW: {
        "/facts/{id}/findings", "/facts/{id}/findings/second", "/facts/{id}/lineage/judge", "/facts/{id}/lineage/add", "/same/preview",
        "/same/merge", "/same/split", "/same/undo", "/coding", "/coding/{id}/close", "/coding/{id}/adjudicate",
    },
    NAMES: {"/vault/show", "/vault/hide"},
    ADMIN: {"/build"},
}  # fmt: skip
"""What can be sent, by the right it needs; the same under /api."""
FILES = {
    "facts": "csv json", "facts/{id}/lineage": "svg png", "map": "csv json geojson svg png", "timeline": "csv json svg png",
    "responses": "csv json", "methods": "csv json", "coverage": "csv json", "documents": "csv json", "sources": "csv json", "custody": "csv json",
}  # fmt: skip
DOWNLOADS = {
    READ: {f"/export/{name}.{form}" for name, forms in FILES.items() for form in forms.split()}
    | {"/coding/{id}/codes.csv", "/coding/{id}/agreement.csv"}
}
"""Files, by the right they need."""
ALONE = {JUDGE: {"GET": {"/you"}, "POST": {"/you", "/you/new"}}}
"""For one person at one machine: they use the keys in that person's folder, and a server has none of these addresses."""
TEAM = {
    OPEN: {("GET", "/login"), ("POST", "/login")},
    LOGGED_IN: {
        ("POST", "/logout"), ("GET", "/account"), ("POST", "/account/passphrase"), ("POST", "/account/codes/new"), ("POST", "/account/codes"),
        ("POST", "/account/sessions/end"),
    },
    ADMIN: {
        ("GET", "/accounts"), ("POST", "/accounts/add"), ("POST", "/accounts/role"), ("POST", "/accounts/unlock"), ("POST", "/accounts/disable"),
    },
}  # fmt: skip
"""A team's own addresses."""
PUBLIC = {("GET", "/api/openapi.json")}
"""Tells what the program takes and gives, and nothing of a case."""


UNSIGNED = ("Say who decides", "Your key does not sign here yet")
"""What somebody is told who may decide and has nothing to sign with."""


@dataclass(frozen=True, slots=True)
class Address:
    """What can be called, and the right it needs."""

    method: str
    path: str
    needs: str

    @property
    def called(self) -> str:
        """The address with something in its gaps that is nowhere."""
        return re.sub(r"\{\w+\}", "0" * 64, self.path)


def under_api(path: str) -> str:
    return "/api" + ("/case" if path == "/" else path)


def both(method: str, tables: dict[str, set[str]]) -> set[Address]:
    return {Address(method, one, right) for right, paths in tables.items() for path in paths for one in (path, under_api(path))}


CASE = both("GET", PAGES) | both("POST", ACTIONS) | {Address("GET", path, right) for right, paths in DOWNLOADS.items() for path in paths}
OWN = {Address(method, path, needs) for needs, rows in TEAM.items() for method, path in rows}
LAPTOP = {one for right, methods in ALONE.items() for method, paths in methods.items() for one in both(method, {right: paths})}
IN_ORDER = sorted(CASE | OWN, key=lambda one: (one.path == "/logout", one.path, one.method))
"""The one that ends the session last."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("authorised")
    case = web_samples.sample_case(folder / "case", FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)))
    found = open_house(case, folder)
    yield found
    for browser in found.browsers:
        browser.close()
    shutil.rmtree(folder)


def call(browser: TestClient, address: Address, token: str = "") -> Any:
    if address.method == "GET":
        return browser.get(address.called)
    if address.path.startswith("/api/"):
        return browser.post(address.called, json={}, headers={"x-csrf-token": token})
    return browser.post(address.called, data={"csrf": token})


def verdict(answer: Any) -> str:
    """What an answer says of whoever asked."""
    text = answer.text
    sent_there = answer.status_code == 303 and answer.headers["location"].startswith("/login")
    if answer.status_code == 401 or (sent_there and "clear-site-data" not in answer.headers):  # which logging out brings along
        return "log in"
    if answer.status_code == 404 and "there is nothing here for you" in text:
        return "nothing here"
    if answer.status_code == 403 and "You may not do this in this case" in text:
        return "no right"
    if answer.status_code == 403 and "This form is too old" in text:
        return "no token"
    assert answer.status_code in {200, 303, 404, 409, 422} or any(said in text for said in UNSIGNED), (answer.status_code, text[:300])
    return "let in"


def wanted(address: Address, rights: frozenset[str]) -> str:
    """What whoever is logged in with these rights has to meet, when they send the token of their session."""
    if (address.method, address.path) == ("POST", "/login"):
        return "no token"  # the log-in form has one of its own: tests/web/test_team.py
    if address.needs in {OPEN, LOGGED_IN} or address.needs in rights:
        return "let in"
    return "no right" if rights else "nothing here"


# the tables hold everything there is


def routes_of(app: Any) -> set[tuple[str, str]]:
    found = {(method, route.path) for route in app.routes if isinstance(route, Route) for method in route.methods or ()}
    assert {route.path for route in app.routes if isinstance(route, Mount)} == {"/static"}
    return {(method, path) for method, path in found if method != "HEAD"}


def test_every_address_of_a_team_is_in_a_table(house):
    assert routes_of(house.app) == {(one.method, one.path) for one in CASE | OWN} | PUBLIC


def test_every_address_of_a_laptop_is_in_a_table(house):
    assert routes_of(create_app(house.case, gate=Laptop("token"))) == {(one.method, one.path) for one in CASE | LAPTOP} | PUBLIC


def test_the_teams_own_addresses_ask_for_what_the_table_says():
    assert {(route.method, route.path): route.needs for route in ROUTES} == {(one.method, one.path): one.needs for one in OWN}


def test_every_right_of_a_table_is_one_that_some_role_has():
    assert {one.needs for one in CASE | LAPTOP} <= ALL
    assert {right for rights in ROLES.values() for right in rights} == ALL == {READ, JUDGE, REVIEW, NAMES, ADMIN}


# a team


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_let_in_where_its_rights_reach(house, role):
    browser = house.member(f"{role} here", role)
    met = {}
    for address in IN_ORDER:
        house.clock.later(seconds=1)
        token = token_of(browser)
        met[address] = verdict(call(browser, address, token))
    assert met == {address: wanted(address, ROLES[role]) for address in IN_ORDER}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_in_another_case_is_none_in_this_one(house, role):
    browser = house.member(f"{role} elsewhere", elsewhere=(role,))
    met = {}
    for address in IN_ORDER:
        house.clock.later(seconds=1)
        answer = call(browser, address, token_of(browser))
        assert house.case.name not in answer.text
        met[address] = verdict(answer)
    assert met == {address: wanted(address, frozenset()) for address in IN_ORDER}


def test_an_account_without_a_role_finds_nothing(house):
    browser = house.member("nobody anywhere")
    for address in sorted(CASE, key=lambda one: one.path):
        house.clock.later(seconds=1)
        assert verdict(call(browser, address, token_of(browser))) == "nothing here"


@pytest.mark.parametrize("state", ["stranger", "made up", "disabled", "idle"])
def test_whoever_is_not_logged_in_is_told_to_log_in(house, state):
    browser = house.browser()
    if state == "made up":
        browser.cookies.set("__Host-armslength", "A" * 43)
    elif state in {"disabled", "idle"}:
        everything = tuple(ROLES)
        browser = house.member(f"{state} account", *everything)
        token = token_of(browser)
        if state == "disabled":
            set_disabled(house.accounts, f"{state} account", disabled=True, clock=house.clock.later(seconds=1), actor="setup")
        else:
            house.clock.later(minutes=31)
    token = token if state in {"disabled", "idle"} else "A" * 43
    for address in IN_ORDER:
        if address.needs == OPEN:
            continue
        assert verdict(browser.head(address.called) if address.method == "GET" else call(browser, address, token)) == "log in", address
        answer = call(browser, address, token)
        assert house.case.name not in answer.text
        assert verdict(answer) == "log in", address


def test_without_the_token_of_the_session_nothing_that_is_sent_is_done(house):
    everybody = house.member("everything", *ROLES)
    other = token_of(house.member("everything else", *ROLES))
    for address in IN_ORDER:
        if address.method != "POST":
            continue
        for token in ("", "wrong", other):
            house.clock.later(seconds=1)
            assert verdict(call(everybody, address, token)) == "no token", (address, token)
    assert everybody.get("/").status_code == 200


def test_keys_of_the_servers_own_folder_are_out_of_everybodys_reach(house):
    everybody = house.member("every role", *ROLES)
    for address in sorted(LAPTOP, key=lambda one: one.path):
        answer = call(everybody, address, token_of(everybody))
        assert answer.status_code in {404, 405}, address


def test_refusals_are_in_the_log(house):
    house.clock.later(hours=2)
    reader = house.member("a reader who tries", "reader")
    nobody = house.member("nobody who tries")
    reader.get("/accounts")
    reader.get("/vault")
    nobody.get("/facts")
    found = [data for event, _, data in house.logged() if event == "access.failed"]
    assert {"reason": "no right", "account": "a reader who tries", "right": ADMIN} in found
    assert {"reason": "no right", "account": "a reader who tries", "right": NAMES} in found
    assert {"reason": "no role in this case", "account": "nobody who tries"} in found


# one machine


def machine(case: Case, gate: Any = None) -> TestClient:
    return TestClient(create_app(case, gate=gate), base_url="http://127.0.0.1:8765", follow_redirects=False)


def test_whoever_only_reads_sends_nothing(house):
    with machine(house.case) as browser:
        for address in sorted(CASE | LAPTOP, key=lambda one: one.path):
            answer = call(browser, address)
            if address.method == "GET" and address.needs == READ:
                assert verdict(answer) == "let in", address
            elif address.needs != READ:
                assert verdict(answer) == "no right", address


def test_without_the_start_token_a_laptop_shows_and_does_nothing(house):
    with machine(house.case, Laptop("as-if-random")) as browser:
        for address in sorted(CASE | LAPTOP, key=lambda one: one.path):
            for headers in ({}, {"authorization": "Bearer wrong"}, {"cookie": "armslength-8765=wrong"}):
                browser.headers.update(headers)
                answer = call(browser, address, "wrong")
                assert answer.status_code == 403, address
                assert house.case.name not in answer.text


def test_with_it_everything_is_open_and_forms_need_the_sessions_token(house):
    with machine(house.case, Laptop("as-if-random")) as browser:
        browser.get("/?token=as-if-random")
        found = re.search(r'name="csrf" content="([^"]+)"', browser.get("/").text)
        assert found
        for address in sorted(CASE | LAPTOP, key=lambda one: one.path):
            if address.method == "POST":
                assert verdict(call(browser, address)) == "no token", address
            assert verdict(call(browser, address, found[1])) == "let in", address
