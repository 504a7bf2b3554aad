from __future__ import annotations

import base64
import json
import re
from pathlib import Path

import pytest

from armslength.base.errors import CaseError
from armslength.cli import account_secrets
from armslength.cli.main import run
from armslength.store.accounts import opening
from armslength.store.accounts.codes import code_at, step_of
from armslength.store.case import create_case
from armslength.store.locks import Cost

WORDS = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words").write_text(WORDS + "\n", "utf-8")
    monkeypatch.setenv("ARMSLENGTH_ACCOUNT_PASSPHRASE_FILE", str(tmp_path / "words"))
    cheap = Cost(memory_kib=32, passes=1, lanes=1)
    really = opening.open_accounts
    monkeypatch.setattr(opening, "open_accounts", lambda where, *, make=False: really(where, make=make, cost=cheap))


@pytest.fixture
def team(tmp_path: Path) -> str:
    return str(tmp_path / "team.accounts")


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["account", *arguments]) == code
    return "".join(capsys.readouterr())


def test_an_account_from_the_first_to_the_last_day(team, tmp_path, clock, capsys):
    create_case(tmp_path / "case", name="Harbours", clock=clock, actor="setup")
    assert "Added the account heron." in said(capsys, "add", team, "heron")
    assert "heron is reviewer in" in said(capsys, "role", team, "heron", "reviewer", "--case", str(tmp_path / "case"))
    assert "already" in said(capsys, "role", team, "heron", "reviewer", "--case", str(tmp_path / "case"))
    (row,) = json.loads(said(capsys, "list", team, "--json"))
    assert (row["who"], row["codes"], row["renew"], row["disabled"]) == ("heron", False, True, "")
    assert re.fullmatch(r"\['reviewer in [0-9a-f]{8}'\]", str(row["roles"]))
    assert "reviewer in" in said(capsys, "list", team)
    assert "no longer reviewer" in said(capsys, "role", team, "heron", "reviewer", "--case", str(tmp_path / "case"), "--take")
    assert "Disabled" in said(capsys, "disable", team, "heron")
    assert "disabled" in said(capsys, "list", team)
    assert "disabled already" in said(capsys, "disable", team, "heron", code=2)
    assert "Enabled" in said(capsys, "enable", team, "heron")
    assert "not locked" in said(capsys, "unlock", team, "heron")
    assert "has to change it" in said(capsys, "reset", team, "heron")
    lines = json.loads(said(capsys, "history", team, "--json"))
    assert [line["event"] for line in lines] == [
        "account.added",
        "role.given",
        "role.taken",
        "account.disabled",
        "account.enabled",
        "account.unlocked",
        "account.reset",
    ]
    assert "account.reset" in said(capsys, "history", team)


def test_a_secret_is_shown_once_and_confirmed_by_a_code(team, capsys, monkeypatch):
    said(capsys, "add", team, "heron", "--own")
    shown: list[str] = []

    def type_the_code() -> str:
        shown.append(capsys.readouterr().out)
        secret = re.search(r"Secret of heron: ([A-Z2-7]{32})", shown[0])
        assert secret
        from armslength.base.clock import SystemClock

        return code_at(base64.b32decode(secret[1]), step_of(SystemClock().now()))

    monkeypatch.setattr(account_secrets, "_code", type_the_code)
    after = said(capsys, "totp", team, "heron")
    assert "otpauth://totp/armslength%3Aheron?secret=" in shown[0]
    assert len(re.findall(r"^  (?:[A-Z2-7]{4}-){3}[A-Z2-7]{4}$", after, re.MULTILINE)) == 10
    (row,) = json.loads(said(capsys, "list", team, "--json"))
    assert row["codes"]


def test_codes_are_not_asked_for_where_none_was_shown(team, capsys, monkeypatch):
    said(capsys, "add", team, "heron", "--own")
    monkeypatch.setattr(account_secrets, "_code", lambda: "000000")
    assert "not the code" in said(capsys, "totp", team, "heron", code=2)
    (row,) = json.loads(said(capsys, "list", team, "--json"))
    assert not row["codes"]


def test_mistakes_are_said_in_sentences(team, tmp_path, capsys):
    assert "account add" in said(capsys, "list", team, code=CaseError.exit_code)
    said(capsys, "add", team, "heron")
    assert "already" in said(capsys, "add", team, "HERON", code=2)
    assert "no account 'wren'" in said(capsys, "disable", team, "wren", code=2)
    assert "is not a case" in said(capsys, "role", team, "heron", "reader", "--case", str(tmp_path / "nothing"), code=3)
    (tmp_path / "words").write_text("short\n", "utf-8")
    assert "too short" in said(capsys, "add", team, "wren", code=2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--team", "x"),
        ("--team", "x", "--address", "https://a", "--open"),
        ("--team", "x", "--address", "https://a", "--reviewer", "heron"),
        ("--team", "x", "--address", "https://a", "--read-only"),
        ("--address", "https://a"),
        ("--proxy", "127.0.0.1"),
    ],
)
def test_serving_a_team_takes_what_belongs_together(tmp_path, clock, capsys, arguments):
    create_case(tmp_path / "case", name="Harbours", clock=clock, actor="setup")
    assert run(["serve", str(tmp_path / "case"), *arguments]) == 2
    assert "--team" in capsys.readouterr().err


def test_serving_a_team_says_what_is_missing(team, tmp_path, clock, capsys):
    create_case(tmp_path / "case", name="Harbours", clock=clock, actor="setup")
    arguments = ["serve", str(tmp_path / "case"), "--team", team, "--port", "0"]
    assert run([*arguments, "--address", "https://cases.example.org"]) == 3
    assert "account add" in capsys.readouterr().err
    said(capsys, "add", team, "heron")
    assert run([*arguments, "--address", "https://cases.example.org"]) == 3
    assert "nobody could log in" in capsys.readouterr().err
    said(capsys, "role", team, "heron", "admin", "--case", str(tmp_path / "case"))
    assert run([*arguments, "--address", "http://cases.example.org"]) == 2
    assert "no address for a team" in capsys.readouterr().err
