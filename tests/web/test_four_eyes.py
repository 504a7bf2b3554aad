"""Four eyes through the pages: what needs two people needs two accounts with two keys, whatever roles and forms say."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import web_samples
from sqlalchemy import text
from starlette.testclient import TestClient
from team_samples import House, open_house, send, token_of

from armslength.base.clock import FixedClock
from armslength.model.decisions import Finding, Judgement
from armslength.model.facts import Fact
from armslength.pipeline.signing import reviewers_of
from armslength.store.accounts.codes import code_at, step_of
from armslength.store.accounts.keeping import account_named, reset_account
from armslength.store.read import reading
from armslength.store.verify import verify_case
from store.postgres import postgres_url

__all__ = ["postgres_url"]

LABEL = "At least 54 contact offices abroad"


@pytest.fixture
def url(request: pytest.FixtureRequest) -> str:
    """Where the rows and the accounts are: files, unless a test asks for a server."""
    return request.getfixturevalue("postgres_url") if getattr(request, "param", "") == "postgresql" else ""


@pytest.fixture
def house(tmp_path: Path, url: str) -> Iterator[House]:
    clock = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))
    case = web_samples.sample_case(tmp_path / "case", clock, database=url or None)
    found = open_house(case, tmp_path, where=url)
    yield found
    for browser in found.browsers:
        browser.close()
    if url:
        with found.accounts.changing() as connection:
            connection.execute(text("DROP SCHEMA al_accounts CASCADE"))


@pytest.fixture
def fact(house: House) -> Fact:
    with reading(house.case) as reader:
        return next(row for row in reader.all(Fact) if row.label == LABEL)


def propose(browser: TestClient, fact: Fact) -> str:
    """A proposal of a finding through the page; returns its id."""
    fields = {
        "standard": "STD.grounds",
        "statement": "The offices exist.",
        "reason": "Read in full.",
        "evidence_for": list(fact.claims)[:1],
    }
    answer = browser.post(f"/api/facts/{fact.id}/findings", json=fields, headers={"x-csrf-token": token_of(browser)})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["judgement"])


def agree(browser: TestClient, fact: Fact, proposal: str) -> int:
    answer = send(browser, f"/facts/{fact.id}/findings/second", {"finding": proposal, "reason": "I have read it too."})
    return int(answer.status_code)


def findings(house: House) -> list[Finding]:
    with reading(house.case) as reader:
        return reader.all(Finding)


@pytest.mark.parametrize("url", ["files", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_finding_needs_a_second_reviewer(house, fact):
    heron, finch = house.member("heron", "reviewer"), house.member("finch", "reviewer")
    proposal = propose(heron, fact)
    assert agree(heron, fact, proposal) == 422
    assert findings(house) == []
    assert agree(house.log_in("heron"), fact, proposal) == 422, "nor in another session"
    assert agree(finch, fact, proposal) == 303
    (row,) = findings(house)
    assert (row.author, row.second_reviewer) == ("heron", "finch")
    with reading(house.case) as reader:
        known = reviewers_of(reader)
        assert known.four_eyes(one for one in reader.all(Judgement) if one.decision in {"finding", "second"})
    assert verify_case(house.case).problems == ()


def test_the_queue_is_no_way_around(house, fact):
    heron = house.member("heron", "reviewer")
    proposal = propose(heron, fact)
    for item in {*re.findall(r'name="item" value="([^"]+)"', heron.get("/queue").text), f"finding:{proposal}", proposal}:
        send(heron, "/queue", {"item": item, "decision": "second", "reason": "I have read it too."})
    assert findings(house) == []


@pytest.mark.parametrize("role", ["reader", "analyst", "vault_keeper", "admin"])
def test_nobody_but_a_reviewer_is_the_second(house, fact, role):
    proposal = propose(house.member("heron", "reviewer"), fact)
    other = house.member("finch", role)
    assert agree(other, fact, proposal) == 403
    token = token_of(other)
    api = other.post(f"/api/facts/{fact.id}/findings/second", json={"finding": proposal, "reason": "x"}, headers={"x-csrf-token": token})
    assert api.status_code == 403
    assert findings(house) == []


def test_two_accounts_with_one_key_are_one_pair_of_eyes(house, fact):
    heron, finch = house.member("heron", "reviewer"), house.member("finch", "reviewer")
    proposal = propose(heron, fact)
    (hers,) = house.gate.sessions.of(account_named(house.accounts, "heron").id)
    (his,) = house.gate.sessions.of(account_named(house.accounts, "finch").id)
    his.key = hers.key
    assert agree(finch, fact, proposal) == 403, "the key is known as somebody else's, so nothing is signed"
    assert findings(house) == []
    assert his.hand is None


def test_a_reviewer_whose_role_was_taken_meanwhile_is_not_the_second(house, fact):
    admin, heron, finch = house.member("wren", "admin"), house.member("heron", "reviewer"), house.member("finch", "reviewer")
    proposal = propose(heron, fact)
    finch.get("/")
    send(admin, "/accounts/role", {"who": "finch", "role": "reviewer", "take": "true"})
    send(admin, "/accounts/role", {"who": "finch", "role": "analyst"})
    assert agree(finch, fact, proposal) == 403
    assert findings(house) == []


def test_an_account_that_was_reset_is_not_its_own_second(house, fact):
    """Whoever resets the author's account gets another key, and it is not let in beside the first."""
    heron = house.member("heron", "reviewer")
    proposal = propose(heron, fact)
    words = "a river runs by the mill"
    reset_account(house.accounts, "heron", words, clock=house.clock.later(seconds=1), actor="wren")
    again = house.log_in("heron", words=words)
    own = "seven lamps beside the door"
    assert send(again, "/account/passphrase", {"old": words, "new": own, "again": own}).status_code == 303
    assert send(again, "/account/codes/new", {"passphrase": own}).status_code == 303
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', again.get("/account").text)
    assert secret
    code = code_at(base64.b32decode(secret[1].replace(" ", "")), step_of(house.clock.later(seconds=30).at))
    assert send(again, "/account/codes", {"code": code}).status_code == 200
    assert "signs in this case with another key" in again.get("/account").text
    assert agree(again, fact, proposal) == 403
    assert findings(house) == []


def test_nothing_is_published_or_disclosed_from_a_page(house):
    """Releases and disclosures, which need two people as well, have no address here: they are made on the command line."""
    paths = {getattr(route, "path", "") for route in house.app.routes}
    assert not [path for path in paths if re.search("release|publish|disclos|propos", path)]
