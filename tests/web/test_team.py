"""A team's gate from outside: log-in, sessions, one's own page, accounts, names. Who may call what: test_authorisation.py."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import web_samples
from starlette.requests import Request
from team_samples import ADDRESS, House, cookie, hidden, log_in, open_house, send, token_of

from armslength.base.clock import FixedClock
from armslength.base.errors import CaseError, InputError
from armslength.base.masking import BLOCK
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.pipeline.reviewing import add_reviewer
from armslength.pipeline.vaulting import init_vault, lock_vault, unlock_vault
from armslength.store.accounts.codes import code_at, step_of
from armslength.store.accounts.keeping import account_named, set_disabled
from armslength.store.case import Case, open_case
from armslength.store.keeping import keep_under_passphrase
from armslength.store.locks import Cost, in_key_file
from armslength.store.read import reading
from armslength.web.downloads import DOWNLOADS
from armslength.web.guard import HEADERS
from armslength.web.pages import PAGES
from armslength.web.team import serving
from armslength.web.team.gate import COOKIE, Team, https_origin
from armslength.web.team.rates import Rate, Rates
from store.account_samples import OTHER_WORDS, WORDS

WRONG = "is not right, or there were too many tries"
FIVE_MINUTES = timedelta(minutes=5)
CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("team")
    web_samples.sample_case(folder / "case", CLOCK)
    return folder / "case"


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Case:
    shutil.copytree(made, tmp_path / "case")
    return open_case(tmp_path / "case")


@pytest.fixture
def house(case: Case, tmp_path: Path) -> Iterator[House]:
    found = open_house(case, tmp_path)
    yield found
    for browser in found.browsers:
        browser.close()


# before the log-in


def test_a_stranger_is_sent_to_the_log_in_and_told_nothing_of_the_case(house, case):
    browser = house.browser()
    for path in ("/", "/facts", "/facts/0", "/nothing", "/static/nothing", "/account", "/accounts", "/vault"):
        answer = browser.get(path)
        assert answer.status_code == 303, path
        assert answer.headers["location"].startswith("/login")
    for answer in (browser.get("/login"), browser.get("/api/facts"), browser.post("/logout", data={}), browser.get("/api/nothing")):
        assert case.name not in answer.text
    assert browser.get("/api/facts").status_code == 401


def test_one_goes_on_where_one_wanted_to_and_nowhere_else(house):
    house.account("heron", "reader", codes=False)
    browser = house.browser()
    assert browser.get("/facts?about=denials").headers["location"] == "/login?then=/facts%3Fabout%3Ddenials"
    assert 'name="then" value="/facts?about=denials"' in browser.get("/login?then=/facts%3Fabout%3Ddenials").text
    assert log_in(browser, "heron", then="/facts?about=denials").headers["location"] == "/facts?about=denials"
    for away in ("https://evil.example", "//evil.example", "/\\evil.example"):
        assert log_in(house.browser(), "heron", then=away).headers["location"] == "/"


def test_the_answer_is_the_same_whatever_was_wrong(house):
    house.account("heron", "reviewer")
    house.account("finch", "reader", codes=False)
    set_disabled(house.accounts, "finch", disabled=True, clock=house.clock, actor="setup")
    tries = [
        ("heron", OTHER_WORDS, ""),
        ("heron", WORDS, "000000"),
        ("heron", WORDS, ""),
        ("finch", WORDS, ""),
        ("nobody", WORDS, ""),
        ("", "", ""),
    ]
    found = [log_in(house.browser(), *one) for one in tries]
    assert {answer.status_code for answer in found} == {403}
    pages = {re.sub(r'name="csrf" value="[^"]+"', "", answer.text) for answer in found}
    assert len(pages) == 1
    assert WRONG in pages.pop()
    assert not [answer for answer in found if COOKIE + "=" in answer.headers.get("set-cookie", "")]


def test_a_locked_account_looks_like_a_wrong_passphrase(house):
    house.account("heron", "reader", codes=False)
    before = log_in(house.browser(), "heron", OTHER_WORDS).text
    for _ in range(5):
        log_in(house.browser(), "heron", OTHER_WORDS)
    locked = log_in(house.browser(), "heron", WORDS)
    assert locked.status_code == 403
    without_token = [re.sub(r'name="csrf" value="[^"]+"', "", page) for page in (before, locked.text)]
    assert without_token[0] == without_token[1]
    house.clock.later(seconds=31)
    house.log_in("heron")


def test_a_code_is_not_taken_twice(house):
    house.account("heron", "reviewer")
    code = house.clock.next_code()
    assert log_in(house.browser(), "heron", WORDS, code).status_code == 303
    assert log_in(house.browser(), "heron", WORDS, code).status_code == 403


def test_a_program_logs_in_with_json(house):
    house.account("heron", "reader", codes=False)
    browser = house.browser()
    answer = browser.post("/login", json={"who": "heron", "passphrase": WORDS})
    assert answer.json()["who"] == "heron"
    assert browser.get("/api/facts").status_code == 200
    assert browser.post("/logout", json={}, headers={"x-csrf-token": answer.json()["csrf"]}).status_code == 303
    assert browser.get("/api/facts").status_code == 401
    assert browser.post("/login", json={"who": "heron", "passphrase": "wrong"}).status_code == 403


# sessions and cookies


def test_the_cookie_is_for_this_host_only_over_tls_and_not_for_scripts(house):
    house.account("heron", "reader", codes=False)
    answer = log_in(house.browser(), "heron")
    (line,) = [value for name, value in answer.headers.multi_items() if name == "set-cookie"]
    name, _, rest = line.partition("=")
    value, *flags = rest.split("; ")
    assert name == "__Host-armslength"
    assert len(value) >= 43, "256 bits"
    assert {flag.lower() for flag in flags} == {"httponly", "secure", "samesite=strict", "path=/"}


def test_each_log_in_makes_a_new_id_and_ends_the_one_before(house):
    browser = house.member("heron", "reader", codes=False)
    first = cookie(browser)
    browser.post("/login", json={"who": "heron", "passphrase": WORDS})
    second = cookie(browser)
    assert first != second
    old = house.browser(cookies={COOKIE: first})
    assert old.get("/").status_code == 303


def test_an_id_that_somebody_brings_is_not_taken_up(house):
    house.account("heron", "reader", codes=False)
    browser = house.browser(cookies={COOKIE: "chosen-by-somebody-else"})
    house.log_in("heron", browser=browser)
    assert house.browser(cookies={COOKIE: "chosen-by-somebody-else"}).get("/").status_code == 303


def test_two_cookies_of_the_name_are_none(house):
    browser = house.member("heron", "reader", codes=False)
    mine = cookie(browser)
    twice = house.browser(headers={"cookie": f"{COOKIE}={mine}; {COOKIE}=planted"})
    assert twice.get("/").status_code == 303


def test_a_session_ends_when_it_is_not_used_and_after_a_day_of_work(house):
    browser = house.member("heron", "reader", codes=False)
    for _ in range(2):
        house.clock.later(minutes=29)
        assert browser.get("/").status_code == 200
    house.clock.later(minutes=31)
    assert browser.get("/").status_code == 303
    browser = house.log_in("heron")
    for _ in range(16):
        house.clock.later(minutes=29)
        assert browser.get("/").status_code == 200
    house.clock.later(minutes=29)
    assert browser.get("/").status_code == 303


def test_logging_out_ends_the_session_for_whoever_kept_the_cookie(house):
    browser = house.member("heron", "reader", codes=False)
    kept = cookie(browser)
    answer = send(browser, "/logout")
    assert answer.headers["location"] == "/login"
    assert f'{COOKIE}=""' in answer.headers["set-cookie"]
    assert house.browser(cookies={COOKIE: kept}).get("/").status_code == 303
    assert ("access.logout", "heron", {}) in house.logged()


def test_disabling_an_account_ends_its_sessions_at_once(house):
    browser = house.member("heron", "reader", codes=False)
    set_disabled(house.accounts, "heron", disabled=True, clock=house.clock.later(seconds=1), actor="setup")
    assert browser.get("/").status_code == 303
    set_disabled(house.accounts, "heron", disabled=False, clock=house.clock.later(seconds=1), actor="setup")
    assert browser.get("/").status_code == 303, "they do not come back"


def test_one_account_has_a_few_sessions_at_most(house):
    house.account("heron", "reader", codes=False)
    browsers = [house.log_in("heron", browser=house.browser()) for _ in range(3)]
    for _ in range(6):
        house.clock.later(seconds=60)
        browsers.append(house.log_in("heron", browser=house.browser()))
    assert [browser.get("/account").status_code for browser in browsers] == [303] + [200] * 8


def test_sessions_are_listed_and_ended_by_their_owner_only(house):
    first, second = house.member("heron", "reader", codes=False), None
    second = house.log_in("heron")
    other = house.member("finch", "reader", codes=False)
    page = first.get("/account").text
    labels = re.findall(r'name="label" value="([0-9a-f]{8})"', page)
    assert len(labels) == 1, "one's own is not offered to be ended"
    send(other, "/account/sessions/end", {"label": labels[0]})
    assert second.get("/").status_code == 200
    send(first, "/account/sessions/end", {"label": labels[0]})
    assert second.get("/").status_code == 303
    third = house.log_in("heron")
    send(first, "/account/sessions/end")
    assert third.get("/").status_code == 303
    assert first.get("/").status_code == 200
    assert cookie(first) not in page


# forms


def test_the_log_in_form_is_good_in_the_browser_it_was_shown_in_only(house):
    house.account("heron", "reader", codes=False)
    elsewhere = hidden(house.browser().get("/login").text)
    form = {"who": "heron", "passphrase": WORDS}
    for fields in (form, {**form, "csrf": elsewhere}, {**form, "csrf": ""}):
        browser = house.browser()
        browser.get("/login")
        assert browser.post("/login", data=fields).status_code == 403
        assert not cookie(browser)
    assert house.browser().post("/login", data={**form, "csrf": elsewhere}).status_code == 403


def test_another_sessions_token_is_none(house):
    heron, finch = house.member("heron", "reader", codes=False), house.member("finch", "reader", codes=False)
    assert heron.post("/logout", data={"csrf": token_of(finch)}).status_code == 403
    assert heron.get("/").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": "http://cases.example.org"}, {"sec-fetch-site": "same-site"}],
)
def test_what_another_address_sends_is_not_looked_at(house, headers):
    browser = house.member("heron", "reader", codes=False)
    token = token_of(browser)
    assert browser.post("/logout", data={"csrf": token}, headers=headers).status_code == 403
    assert browser.get("/").status_code == 200
    assert browser.post("/logout", data={"csrf": token}, headers={"origin": ADDRESS, "sec-fetch-site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "evil.example", "", "cases.example.org.evil.example", "cases.example.org:x"])
def test_another_host_is_refused(house, host):
    answer = house.browser().get("/login", headers={"host": host})
    assert answer.status_code == 421
    assert "strict-transport-security" in answer.headers


def test_two_hosts_are_refused(house):
    answer = house.browser().get("/login", headers=[("host", "cases.example.org"), ("host", "evil.example")])
    assert answer.status_code == 421


def test_a_method_is_what_it_is(house):
    browser = house.member("heron", "reader", codes=False)
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        assert browser.request(method, "/account").status_code == 405
    override = {"x-http-method-override": "POST", "x-method-override": "POST"}
    assert browser.get("/logout", headers=override).status_code == 405
    assert browser.get("/logout?_method=POST").status_code == 405
    assert browser.get("/").status_code == 200


def test_what_is_sent_has_a_kind_and_a_size(house):
    browser = house.member("heron", "reader", codes=False)
    token = token_of(browser)
    assert browser.post("/logout", content=f"csrf={token}", headers={"content-type": "text/plain"}).status_code == 415
    assert browser.post("/logout", data={"csrf": token, "x": "y" * 1_000_001}).status_code == 413
    assert browser.post("/login", content=iter([b"x"]), headers={"content-type": "application/json"}).status_code == 411
    assert send(browser, "/logout", {"more": "fields"}).status_code == 422
    assert browser.get("/").status_code == 200


def test_every_answer_carries_the_headers(house, monkeypatch):
    browser = house.member("heron", "reader", codes=False)
    stranger = house.browser()
    broken = house.browser(raise_server_exceptions=False, cookies={COOKIE: cookie(browser)})
    answers = [
        stranger.get("/"),
        stranger.get("/login"),
        stranger.get("/api/facts"),
        stranger.get("/static/team.css"),
        stranger.get("/static/nothing"),
        stranger.post("/login", data={}),
        stranger.get("/", headers={"host": "evil.example"}),
        stranger.request("DELETE", "/"),
        browser.get("/"),
        browser.get("/nothing"),
        browser.get("/account"),
        browser.get("/accounts"),
        browser.post("/logout", data={}),
    ]
    monkeypatch.setattr(house.gate, "standing", lambda request: 1 / 0)
    answers.append(broken.get("/account"))
    assert answers[-1].status_code == 500
    assert house.case.name not in answers[-1].text
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (answer.request.url, name)
        assert answer.headers["strict-transport-security"] == "max-age=63072000"


def test_no_page_of_the_team_holds_a_script_or_style_of_its_own(house):
    browser = house.member("heron", "admin")
    added = send(browser, "/accounts/add", {"who": "wren", "role": "reader"})
    pages = [house.browser().get("/login"), browser.get("/account"), browser.get("/accounts"), added]
    for page in pages:
        assert page.status_code == 200
        assert not re.search(r"<style|<script(?! src=\"/static/)|\son\w+=|\sstyle=|javascript:", page.text), page.request.url
        assert not re.search(r"(?:src|href|action)=\"(?!/|#)", page.text), page.request.url


# rates


def test_too_many_tries_from_one_address_are_not_even_looked_at(house, monkeypatch):
    house.account("heron", "reader", codes=False)
    monkeypatch.setattr("armslength.web.team.entrance.PER_ADDRESS", Rate(most=3, per=FIVE_MINUTES))
    answers = [log_in(house.browser(), f"name {number}") for number in range(3)]
    assert {answer.status_code for answer in answers} == {403}
    looked: list[object] = []
    monkeypatch.setattr("armslength.web.team.entrance.enter", lambda *a, **k: looked.append(a))
    assert log_in(house.browser(), "heron").status_code == 403
    assert looked == []


def test_an_address_is_what_a_declared_proxy_says_and_nobody_else(case, tmp_path):
    def asked(peer: str, *forwarded: str) -> Request:
        headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
        return Request({"type": "http", "headers": headers, "client": (peer, 1), "path": "/", "method": "GET", "query_string": b""})

    bare, behind = open_house(case, tmp_path).gate, open_house(case, tmp_path, proxy="127.0.0.1").gate
    assert bare.address_of(asked("127.0.0.1", "198.51.100.7")) == "127.0.0.1"
    assert behind.address_of(asked("127.0.0.1", "198.51.100.7")) == "198.51.100.7"
    assert behind.address_of(asked("127.0.0.1", "made.up, 198.51.100.7")) == "198.51.100.7", "what the proxy itself has added"
    assert behind.address_of(asked("127.0.0.1", "made.up", "198.51.100.7")) == "198.51.100.7"
    assert behind.address_of(asked("203.0.113.9", "198.51.100.7")) == "203.0.113.9"
    assert behind.address_of(asked("127.0.0.1")) == "127.0.0.1"


def test_a_session_asks_no_faster_than_a_person_reads(house, monkeypatch):
    monkeypatch.setattr("armslength.web.team.gate.QUESTIONS", Rate(most=10, per=timedelta(minutes=1)))
    browser = house.member("heron", "reader", codes=False)
    assert [browser.get("/about").status_code for _ in range(12)] == [200] * 10 + [429] * 2
    house.clock.later(seconds=2)
    assert browser.get("/about").status_code == 429
    house.clock.later(seconds=4)
    assert browser.get("/about").status_code == 200


def test_rates_forget(house):
    rates, rate = Rates(house.clock), Rate(most=2, per=FIVE_MINUTES)
    assert [rates.allow(rate, "a") for _ in range(3)] == [True, True, False]
    assert rates.allow(rate, "b")
    house.clock.later(minutes=2.5)
    assert [rates.allow(rate, "a") for _ in range(2)] == [True, False]


# one's own page


def test_a_given_passphrase_has_to_be_changed_before_anything_else(house, case):
    browser = house.member("heron", "analyst", codes=False, given=True)
    assert browser.get("/facts").headers["location"] == "/account"
    assert browser.get("/api/facts").status_code == 403
    page = browser.get("/account").text
    assert "passphrase of your own first" in page
    assert case.name not in page
    before = cookie(browser)
    answer = send(browser, "/account/passphrase", {"old": WORDS, "new": OTHER_WORDS, "again": OTHER_WORDS})
    assert answer.status_code == 303
    assert cookie(browser) != before
    assert browser.get("/facts").status_code == 200
    with reading(case) as reader:
        assert [row.who for row in reader.all(Judgement)] == ["heron"]


def test_changing_the_passphrase_ends_every_other_session(house):
    first = house.member("heron", "reader", codes=False)
    second = house.log_in("heron")
    house.clock.later(seconds=1)
    send(first, "/account/passphrase", {"old": WORDS, "new": OTHER_WORDS, "again": OTHER_WORDS})
    assert first.get("/").status_code == 200
    assert second.get("/").status_code == 303
    assert log_in(house.browser(), "heron", WORDS).status_code == 403
    house.log_in("heron", words=OTHER_WORDS)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [(OTHER_WORDS, OTHER_WORDS, OTHER_WORDS), (WORDS, OTHER_WORDS, "other"), (WORDS, "short", "short"), ("", "", "")],
)
def test_a_passphrase_is_not_changed_to_that_over_http(house, old, new, again):
    browser = house.member("heron", "reader", codes=False)
    assert send(browser, "/account/passphrase", {"old": old, "new": new, "again": again}).status_code == 422
    assert browser.get("/").status_code == 200
    house.log_in("heron")


def test_a_browser_left_open_does_not_give_endless_tries(house):
    browser = house.member("heron", "reader", codes=False)
    for _ in range(5):
        assert "is another" in send(browser, "/account/passphrase", {"old": "x", "new": OTHER_WORDS, "again": OTHER_WORDS}).text
    answer = send(browser, "/account/passphrase", {"old": WORDS, "new": OTHER_WORDS, "again": OTHER_WORDS})
    assert "too often" in answer.text
    assert ("access.failed", "armslength", {"account": "heron", "reason": "wrong passphrase"}) in house.logged()


@pytest.mark.parametrize("role", ["reviewer", "vault_keeper", "admin"])
def test_a_role_that_needs_codes_does_nothing_before_they_are_set_up(house, role):
    browser = house.member("heron", role, codes=False)
    assert browser.get("/").headers["location"] == "/account"
    assert "one-time codes first" in browser.get("/account").text
    assert browser.post("/accounts/role", data={"csrf": token_of(browser)}).status_code == 403
    assert send(browser, "/account/codes/new", {"passphrase": "wrong"}).status_code == 422
    assert send(browser, "/account/codes/new", {"passphrase": WORDS}).status_code == 303
    page = browser.get("/account").text
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert secret
    assert send(browser, "/account/codes", {"code": "000000"}).status_code == 422
    raw = base64.b32decode(secret[1].replace(" ", ""))
    shown = send(browser, "/account/codes", {"code": code_at(raw, step_of(house.clock.at))})
    assert shown.status_code == 200
    codes = re.findall(r"<code>((?:[A-Z2-7]{4}-){3}[A-Z2-7]{4})</code>", shown.text)
    assert len(codes) == 10
    assert browser.get("/").status_code == 200
    again = browser.get("/account").text
    assert secret[1] not in again
    assert not [code for code in codes if code in again]
    assert log_in(house.browser(), "heron", WORDS).status_code == 403
    assert log_in(house.browser(), "heron", WORDS, codes[0]).status_code == 303
    assert log_in(house.browser(), "heron", WORDS, codes[0]).status_code == 403


def test_the_signing_key_is_in_the_session_and_gone_with_it(house):
    browser = house.member("heron", "analyst", codes=False)
    browser.get("/")
    (session,) = house.gate.sessions.of(account_named(house.accounts, "heron").id)
    assert session.hand is not None
    assert session.hand.key.id == account_named(house.accounts, "heron").key
    assert "private" not in repr(session).lower()
    assert session.id not in repr(session)
    send(browser, "/logout")
    assert house.gate.sessions.of(account_named(house.accounts, "heron").id) == []


def test_a_reader_holds_no_hand(house, case):
    house.member("heron", "reader", codes=False).get("/")
    with reading(case) as reader:
        assert reader.count(Judgement) == 0


def test_whose_key_cannot_be_entered_is_told_why(house, case, tmp_path):
    add_reviewer(case.folder, "heron", keys=tmp_path / "keys", clock=CLOCK)
    browser = house.member("heron", "analyst", codes=False)
    answer = send(browser, "/views/add", {"name": "Facts", "page": "/facts"})
    assert answer.status_code == 403
    assert "Your key does not sign here yet" in answer.text
    assert "signs in this case with another key" in browser.get("/account").text
    (session,) = house.gate.sessions.of(account_named(house.accounts, "heron").id)
    assert session.hand is None


# accounts


def test_an_admin_adds_somebody_and_gives_and_takes_roles(house, case):
    admin = house.member("heron", "admin")
    shown = send(admin, "/accounts/add", {"who": "wren", "role": "reader"})
    words = re.search(r'class="secret"><code>([a-z2-7-]{23})</code>', shown.text)
    assert words
    assert words[1] not in admin.get("/accounts").text
    wren = house.browser()
    assert log_in(wren, "wren", words[1]).headers["location"] == "/account"
    assert send(wren, "/account/passphrase", {"old": words[1], "new": OTHER_WORDS, "again": OTHER_WORDS}).status_code == 303
    assert wren.get("/").status_code == 200
    send(admin, "/accounts/role", {"who": "wren", "role": "reader", "take": "true"})
    assert wren.get("/").status_code == 404
    assert case.name not in wren.get("/").text
    send(admin, "/accounts/role", {"who": "wren", "role": "analyst"})
    assert wren.get("/").status_code == 200
    events = [(event, actor, data) for event, actor, data in house.logged() if event.startswith("role.")]
    assert events == [
        ("role.given", "heron", {"account": "wren", "role": "reader"}),
        ("role.taken", "heron", {"account": "wren", "role": "reader"}),
        ("role.given", "heron", {"account": "wren", "role": "analyst"}),
    ]


def test_an_admin_does_not_make_themselves_more(house):
    admin = house.member("heron", "admin")
    for fields in ({"role": "reviewer"}, {"role": "vault_keeper"}, {"role": "admin", "take": "true"}):
        assert send(admin, "/accounts/role", {"who": "heron", **fields}).status_code == 422
    assert send(admin, "/accounts/disable", {"who": "HERON"}).status_code == 422
    assert admin.get("/accounts").status_code == 200


def test_an_admin_of_one_case_does_not_touch_who_works_on_another(house):
    admin = house.member("heron", "admin")
    house.account("finch", "reader", elsewhere=("reviewer",))
    house.account("wren", elsewhere=("reviewer",))
    page = admin.get("/accounts").text
    assert "finch" in page
    assert "wren" not in page
    for who in ("finch", "wren"):
        assert send(admin, "/accounts/disable", {"who": who}).status_code == 422
    assert send(admin, "/accounts/unlock", {"who": "wren"}).status_code == 422


def test_an_admin_disables_and_unlocks(house):
    admin = house.member("heron", "admin")
    finch = house.member("finch", "reader", codes=False)
    for _ in range(6):
        log_in(house.browser(), "finch", OTHER_WORDS)
    assert "locked after failed log-ins" in admin.get("/accounts").text
    assert finch.get("/").status_code == 200, "who is in stays in"
    send(admin, "/accounts/unlock", {"who": "finch"})
    house.log_in("finch")
    send(admin, "/accounts/disable", {"who": "finch"})
    assert finch.get("/").status_code == 303
    assert log_in(house.browser(), "finch").status_code == 403


@pytest.mark.parametrize("fields", [{"who": "wren", "role": "emperor"}, {"who": "", "role": "reader"}, {"who": "heron", "role": "reader"}])
def test_what_is_no_new_account_is_refused(house, fields):
    admin = house.member("heron", "admin")
    assert send(admin, "/accounts/add", fields).status_code == 422


# the log


def test_log_ins_and_failures_are_in_the_log_and_what_was_typed_is_not(house, case):
    house.account("heron", "reviewer")
    for _ in range(4):
        log_in(house.browser(), "heron", OTHER_WORDS)
    log_in(house.browser(), "my secret passphrase", "heron")
    log_in(house.browser(), "heron", WORDS, "123456")
    house.clock.later(minutes=2)
    browser = house.log_in("heron")
    browser.get("/")
    found = house.logged()
    assert found[:2] == [
        ("access.failed", "armslength", {"account": "heron", "reason": "wrong passphrase"}),
        ("access.failed", "armslength", {"reason": "unknown account"}),
    ]
    assert ("access.login", "heron", {}) in found
    counted = [data for _, _, data in found if data.get("times")]
    assert [(data["reason"], data["times"]) for data in counted] == [("wrong passphrase", 3)]
    assert ("access.failed", "armslength", {"account": "heron", "reason": "locked after failures"}) in found
    with reading(case) as reader:
        whole = "".join(row.entry for row in reader.all(LogEntry))
    for secret in (WORDS, OTHER_WORDS, "my secret passphrase", "123456", "testclient"):
        assert secret not in whole


def test_closing_enters_what_was_only_counted(house):
    for _ in range(3):
        log_in(house.browser(), "nobody")
    house.gate.close()
    assert [data.get("times", 1) for event, _, data in house.logged() if event == "access.failed"] == [1, 2]


# names


@pytest.fixture
def vaulted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A house whose encrypted case has a vault."""
    monkeypatch.setenv("ARMSLENGTH_RUNTIME", str(tmp_path / "run"))
    case = web_samples.sample_case(tmp_path / "case", CLOCK, lock=in_key_file)
    init_vault(case.folder, WORDS, at=None, clock=CLOCK, actor="setup", cost=Cost(memory_kib=32, passes=1, lanes=1))
    found = open_house(case, tmp_path)
    yield found
    for browser in found.browsers:
        browser.close()


def shown_names(browser, path: str) -> bool:
    """Whether a page shows the sample's protected person by name."""
    answer = browser.get(path)
    assert answer.status_code == 200
    return web_samples.PERSON in answer.text


def test_names_are_shown_to_whoever_asked_for_a_quarter_of_an_hour_and_to_nobody_else(vaulted):
    path = f"/documents/{web_samples.articles()['herald'].id}"
    keeper, other = vaulted.member("heron", "vault_keeper"), vaulted.member("finch", "vault_keeper")
    reader = vaulted.member("wren", "reader")
    assert "locked" in keeper.get("/vault").text
    assert send(keeper, "/vault/show").status_code == 422
    unlock_vault(vaulted.case.folder, WORDS, clock=vaulted.clock, actor="heron")
    assert not shown_names(keeper, path)
    assert send(keeper, "/vault/show", {"then": path}).headers["location"] == path
    for _ in range(2):
        assert shown_names(keeper, path)
        assert not shown_names(other, path)
        assert not shown_names(reader, path)
        assert BLOCK in reader.get(path).text
    assert "Protected names are shown to you until" in keeper.get("/about").text
    assert "Protected names are shown to you until" not in other.get("/about").text
    assert not shown_names(keeper, "/api" + path), "programs are given blocks"
    assert not shown_names(vaulted.log_in("heron"), path), "nor is another session of the same account"
    vaulted.clock.later(minutes=14)
    assert shown_names(keeper, path)
    vaulted.clock.later(minutes=2)
    assert not shown_names(keeper, path)
    assert [(event, actor) for event, actor, _ in vaulted.logged() if event == "names.shown"] == [("names.shown", "heron")]


def test_no_page_keeps_names_for_the_next_visitor(vaulted):
    """Views keep what they have worked out for each state of the case: never with names in it."""
    keeper, reader = vaulted.member("heron", "vault_keeper"), vaulted.member("wren", "reader")
    unlock_vault(vaulted.case.folder, WORDS, clock=vaulted.clock, actor="heron")
    assert send(keeper, "/vault/show").status_code == 303
    with reading(vaulted.case) as exact:
        rows = [*(f"/facts/{row.id}" for row in exact.all(Fact)), *(f"/documents/{row.id}" for row in exact.all(Document))]
    paths = [
        *(page.path for page in PAGES if "{" not in page.path and not page.alone),
        *rows,
        *(one.path for one in DOWNLOADS if "{" not in one.path),
    ]
    named = []
    for path in paths:
        vaulted.clock.later(seconds=1)
        answers = [browser.get(path) for browser in (keeper, reader, keeper, reader)]
        if path != "/vault":
            expected = 404 if path == "/same/pair" else 200  # two things have to be named there
            assert {answer.status_code for answer in answers} == {expected}, path
        names = [web_samples.PERSON.encode() in answer.content for answer in answers]
        assert names[0] == names[2], path
        assert not names[1], path
        assert not names[3], path
        named += [path] if names[0] else []
    assert any(path.startswith("/documents/") for path in named)
    assert not [path for path in named if path.startswith("/export/")], "what leaves the house is masked"


def test_names_are_hidden_when_the_vault_is_locked_the_role_is_taken_or_one_says_so(vaulted):
    path = f"/documents/{web_samples.articles()['herald'].id}"
    admin, keeper = vaulted.member("finch", "admin"), vaulted.member("heron", "vault_keeper", "reader")
    unlock_vault(vaulted.case.folder, WORDS, clock=vaulted.clock, actor="heron")
    send(keeper, "/vault/show")
    assert shown_names(keeper, path)
    send(keeper, "/vault/hide")
    assert not shown_names(keeper, path)
    send(keeper, "/vault/show")
    lock_vault(vaulted.case.folder, clock=vaulted.clock, actor="heron")
    assert not shown_names(keeper, path)
    unlock_vault(vaulted.case.folder, WORDS, clock=vaulted.clock, actor="heron")
    assert shown_names(keeper, path)
    send(admin, "/accounts/role", {"who": "heron", "role": "vault_keeper", "take": "true"})
    assert not shown_names(keeper, path)


def test_without_a_vault_no_names_are_shown(house):
    keeper = house.member("heron", "vault_keeper")
    assert "no vault" in keeper.get("/vault").text
    assert send(keeper, "/vault/show").status_code == 422
    assert [data for event, _, data in house.logged() if event == "access.failed"] == [{"reason": "there is no vault"}]


# starting


@pytest.mark.parametrize(
    "address",
    ["http://cases.example.org", "cases.example.org", "https://", "https://a/b", "https://u:p@a", "https://a?x", "https://a:x", "ftp://a"],
)
def test_what_is_no_address_for_a_team_is_refused(address):
    with pytest.raises(InputError, match="no address"):
        https_origin(address)


def test_an_address_is_an_origin():
    assert https_origin("https://Cases.Example.org/") == "https://cases.example.org"
    assert https_origin("https://a:8443") == "https://a:8443"
    assert https_origin("https://a:443") == "https://a"
    assert https_origin("https://[::1]:8443") == "https://[::1]:8443"


def test_a_team_does_not_start_where_somebody_would_have_to_type(tmp_path, monkeypatch):
    case = web_samples.sample_case(tmp_path / "case", CLOCK, lock=in_key_file)
    serving.refuse_asking(case)
    keep_under_passphrase(case.folder, WORDS, clock=CLOCK, actor="heron")
    monkeypatch.delenv("ARMSLENGTH_PASSPHRASE_FILE", raising=False)
    with pytest.raises(CaseError, match="armslength key file"):
        serving.refuse_asking(case)
    monkeypatch.setenv("ARMSLENGTH_PASSPHRASE_FILE", str(tmp_path / "words"))
    serving.refuse_asking(case)


def test_a_team_does_not_start_where_nobody_could_log_in(house, tmp_path):
    with pytest.raises(CaseError, match="No account has a role"):
        serving.serve_team(house.case, accounts=str(tmp_path / "team.accounts"), address=ADDRESS, proxy="")
    house.account("heron", "admin")
    app, gate = serving.serve_team(house.case, accounts=str(tmp_path / "team.accounts"), address=ADDRESS, proxy="")
    assert isinstance(gate, Team)
    assert "/you" not in {getattr(route, "path", "") for route in app.routes}
