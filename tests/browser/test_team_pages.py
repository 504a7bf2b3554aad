"""Pages that only a team has, and those that tell of trouble, in Chromium: what axe-core says of them, and whether they fit a phone.

The team's address is a host name behind TLS, so the browser is answered by the application itself, without a port.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import web_samples
from browser_looks import AXE, LOOKS, SERIOUS
from starlette.testclient import TestClient
from team_samples import ADDRESS, House, open_house, send

from armslength.base.clock import FixedClock
from armslength.model.facts import Fact
from armslength.pipeline.building import init_case
from armslength.store.accounts.codes import code_at, step_of
from armslength.store.case import open_case
from armslength.store.read import reading
from store.account_samples import WORDS

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("team-pages")
    found = open_house(web_samples.sample_case(folder / "case", CLOCK), folder)
    yield found
    for browser in found.browsers:
        browser.close()


@pytest.fixture(scope="module")
def answers(house: House) -> dict[str, object]:
    """An answer of each kind."""
    ada, ibis, stranger = house.member("ada", "admin", "analyst"), house.member("ibis", "reader", codes=False), house.browser()
    found = {
        "login": stranger.get("/login"),
        "wrong": stranger.post("/login", data={"who": "ada", "passphrase": "no", "csrf": token_in(stranger.get("/login").text)}),
        "own": ada.get("/account"),
        "accounts": ada.get("/accounts"),
        "no right": ibis.get("/accounts"),
        "not there": ada.get("/nope"),
        **setting_up(house),
        **trouble(house, ada),
    }
    found["added"] = send(ada, "/accounts/add", {"who": "egret", "role": "reader"})
    return found


def token_in(page: str) -> str:
    found = re.search(r'name="csrf" (?:value|content)="([^"]+)"', page)
    return found[1] if found else ""


def setting_up(house: House) -> dict[str, object]:
    """The first log-in of somebody who needs one-time codes."""
    browser = house.member("heron", "reviewer", codes=False)
    first = browser.get("/account")
    send(browser, "/account/codes/new", {"passphrase": WORDS})
    page = browser.get("/account")
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page.text)
    assert secret
    raw = base64.b32decode(secret[1].replace(" ", ""))
    shown = send(browser, "/account/codes", {"code": code_at(raw, step_of(house.clock.at))})
    return {"needs codes": first, "codes": page, "recovery": shown}


def trouble(house: House, ada: TestClient) -> dict[str, object]:
    """What is said when somebody was faster, and when something cannot be."""
    with reading(house.case) as reader:
        fact = reader.all(Fact)[0].id
    where = f"/facts/{fact}/judge"
    assert send(ada, where, {"decision": "accept", "reason": "I have read it."}).status_code == 303
    return {
        "conflict": send(ada, where, {"decision": "reject", "reason": "Not so.", "seen": "0" * 64}),
        "refused": send(ada, where, {"decision": "praise", "reason": "Good."}),
    }


def test_there_is_one_answer_of_each_kind(answers):
    kinds = {name: answer.status_code for name, answer in answers.items()}
    wrong = {"wrong": 403, "no right": 403, "not there": 404, "conflict": 409, "refused": 422}
    assert kinds == {name: wrong.get(name, 200) for name in kinds}


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_no_page_of_a_team_keeps_anybody_out(browser, house, answers, shots, look):
    files, found, wide = house.browser(), {}, []
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    shown = {"": None}

    def answer(route):
        path = urlsplit(route.request.url).path
        got = files.get(path) if path.startswith("/static") else shown[""]
        route.fulfill(status=200, body=got.content, headers={"content-type": got.headers["content-type"]})

    page.route("**/*", answer)
    for name, one in answers.items():
        shown[""] = one
        page.goto(f"{ADDRESS}/{name.replace(' ', '-')}")
        page.evaluate(AXE)
        if complaints := page.evaluate(SERIOUS):
            found[name] = complaints
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"):
            wide.append(name)
        page.screenshot(path=shots / f"team-{name.replace(' ', '-')}-{look}.png", full_page=True)
    context.close()
    assert found == {}
    assert wide == []


@pytest.mark.parametrize("look", ["dark", "phone"])
def test_an_empty_case_has_pages_that_say_so(browser, serving, tmp_path, look):
    from armslength.pipeline.building import NewCase
    from armslength.web.app import create_app

    case = open_case(init_case(tmp_path / "empty", new=NewCase(), clock=CLOCK, actor="heron").folder)
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    with serving(create_app(case)) as address:
        for path in (
            "/",
            "/facts",
            "/documents",
            "/queue",
            "/map",
            "/timeline",
            "/responses",
            "/methods",
            "/coverage",
            "/sources",
            "/search",
        ):
            page.goto(address + path)
            page.evaluate(AXE)
            assert page.evaluate(SERIOUS) == [], path
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), path
    context.close()
