from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from account_samples import CASE, CHEAP, DEARER, OTHER_WORDS, SECRET, WORDS, Hands
from sqlalchemy import event, select, text

from armslength.base.errors import CaseError, InputError
from armslength.model.rights import ALL, ROLES
from armslength.store.accounts import entering, tables
from armslength.store.accounts.attempts import FREE, LONGEST, wait_after
from armslength.store.accounts.codes import code_at, secret_text, secret_uri
from armslength.store.accounts.entering import CODE, DISABLED, LOCKED, PASSPHRASE, UNKNOWN, Entered, Refused, enter, locked_now, unlock
from armslength.store.accounts.grants import give_role, grants, rights_of, roles_in, take_role
from armslength.store.accounts.history import history
from armslength.store.accounts.keeping import (
    account_named,
    account_of,
    add_account,
    all_accounts,
    ask_for_codes,
    change_passphrase,
    codes_left,
    reset_account,
    set_disabled,
    signing_key,
)
from armslength.store.accounts.opening import Accounts, open_accounts
from armslength.store.accounts.passphrases import is_passphrase
from armslength.store.keys import signed_by
from armslength.store.locks import keys_folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path):
    """A place for accounts, empty."""
    if request.param == "sqlite":
        yield str(tmp_path / "team.accounts")
        return
    url = request.getfixturevalue("postgres_url")
    yield url
    accounts = open_accounts(url, make=True, cost=CHEAP)
    with accounts.changing() as connection:
        connection.execute(text("DROP SCHEMA al_accounts CASCADE"))


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def accounts(where: str, hands: Hands) -> Accounts:
    found = open_accounts(where, make=True, cost=CHEAP)
    add_account(found, "heron", WORDS, given=False, clock=hands, actor="admin")
    return found


def refused(accounts: Accounts, who: str, words: str, hands: Hands, code: str = "") -> Refused:
    found = enter(accounts, who, words, code, clock=hands)
    assert isinstance(found, Refused)
    return found


def entered(accounts: Accounts, who: str, words: str, hands: Hands, code: str = "") -> Entered:
    found = enter(accounts, who, words, code, clock=hands)
    assert isinstance(found, Entered), found
    return found


# opening


def test_accounts_are_there_again_when_they_are_opened_again(where, accounts):
    again = open_accounts(where, cost=CHEAP)
    assert again.id == accounts.id
    assert [row.who for row in all_accounts(again)] == ["heron"]


def test_what_is_not_there_is_said_and_not_made(tmp_path):
    with pytest.raises(CaseError, match="account add"):
        open_accounts(str(tmp_path / "nothing"))
    assert not (tmp_path / "nothing").exists()


def test_a_file_of_accounts_is_its_owners_and_says_nothing_without_the_key(tmp_path, hands):
    path = tmp_path / "team.accounts"
    add_account(open_accounts(str(path), make=True, cost=CHEAP), "heron", WORDS, given=False, clock=hands, actor="a")
    assert path.stat().st_mode & 0o077 == 0
    assert (keys_folder() / "accounts.key").stat().st_mode & 0o077 == 0
    assert b"heron" not in path.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT * FROM accounts")


def test_accounts_do_not_open_without_the_servers_key(where, accounts, monkeypatch, tmp_path):
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "elsewhere"))
    with pytest.raises(CaseError, match="missing"):
        open_accounts(where, cost=CHEAP)


def test_accounts_do_not_open_with_another_servers_key(where, accounts, monkeypatch, tmp_path):
    monkeypatch.setenv("ARMSLENGTH_KEYS", str(tmp_path / "elsewhere"))
    open_accounts(str(tmp_path / "others"), make=True, cost=CHEAP)
    with pytest.raises(Exception, match=r"not the one these accounts|damaged"):
        open_accounts(where, cost=CHEAP)


def test_a_newer_database_is_not_touched(where, accounts):
    with accounts.changing() as connection:
        tables.write_fact(connection, "version", "99")
    with pytest.raises(CaseError, match="newer"):
        open_accounts(where, cost=CHEAP)
    with accounts.changing() as connection:
        tables.write_fact(connection, "version", str(len(tables.STEPS)))


# accounts


@pytest.mark.parametrize("who", ["", " ", "h" * 41, "her\x07on", "heron@example.org"])
def test_an_account_has_a_pseudonym(accounts, hands, who):
    with pytest.raises(InputError):
        add_account(accounts, who, WORDS, given=False, clock=hands, actor="a")


@pytest.mark.parametrize("who", ["heron", "HERON", " Heron ", "ｈｅｒｏｎ"])
def test_two_that_look_the_same_are_one(accounts, hands, who):
    with pytest.raises(InputError, match="already"):
        add_account(accounts, who, WORDS, given=False, clock=hands, actor="a")


@pytest.mark.parametrize("words", ["short", "aaaaaaaaaaaaaaaa", "abababababababab", "finchfinchfinch", "x" * 300])
def test_a_weak_passphrase_is_refused(accounts, hands, words):
    with pytest.raises(InputError, match="passphrase"):
        add_account(accounts, "finch", words, given=False, clock=hands, actor="a")


def test_a_passphrase_is_kept_as_an_argon2id_hash_with_its_parameters(accounts, hands):
    with accounts.looking() as connection:
        row = connection.execute(select(tables.ACCOUNTS)).one()
    assert row.passphrase.startswith("$argon2id$v=19$m=32,t=1,p=1$")
    assert is_passphrase(WORDS, row.passphrase)
    assert not is_passphrase(WORDS + "x", row.passphrase)
    assert not [value for value in row if isinstance(value, str) and WORDS in value]


def test_the_usual_cost_is_rfc_9106s(where):
    found = open_accounts(where, make=True).cost
    assert (found.memory_kib, found.passes, found.lanes) == (65536, 3, 4)


def test_an_accent_typed_either_way_is_the_same(accounts, hands):
    add_account(accounts, "finch", "un caf\u00e9 au bord de l'eau", given=False, clock=hands, actor="a")
    assert entered(accounts, "finch", "un cafe\u0301 au bord de l'eau", hands).key


def test_a_hash_made_at_another_cost_is_made_anew_at_log_in(where, accounts, hands):
    before = entered(accounts, "heron", WORDS, hands)
    dearer = open_accounts(where, cost=DEARER)
    found = entered(dearer, "heron", WORDS, hands)
    with accounts.looking() as connection:
        row = connection.execute(select(tables.ACCOUNTS)).one()
    assert "$m=64,t=2,p=1$" in row.passphrase
    assert '"memory_kib": 64' in row.signing
    assert found.key.public == before.key.public
    assert entered(dearer, "heron", WORDS, hands).key.public == before.key.public


def test_a_disabled_account_does_not_enter_until_it_is_enabled(accounts, hands):
    before = account_named(accounts, "heron").changed
    set_disabled(accounts, "heron", disabled=True, clock=hands.later(minutes=1), actor="a")
    assert refused(accounts, "heron", WORDS, hands).reason == DISABLED
    assert account_named(accounts, "heron").changed > before
    with pytest.raises(InputError, match="already"):
        set_disabled(accounts, "heron", disabled=True, clock=hands, actor="a")
    set_disabled(accounts, "heron", disabled=False, clock=hands, actor="a")
    assert entered(accounts, "heron", WORDS, hands)


def test_every_change_leaves_a_line_without_a_secret(accounts, hands):
    heron = account_named(accounts, "heron")
    give_role(accounts, heron, CASE, "reader", clock=hands, actor="finch")
    change_passphrase(accounts, heron.id, WORDS, OTHER_WORDS, clock=hands)
    ask_for_codes(accounts, heron.id, SECRET, code=hands.code(), clock=hands, actor="heron")
    reset_account(accounts, "heron", WORDS, clock=hands, actor="finch")
    take_role(accounts, heron, CASE, "reader", clock=hands, actor="finch")
    lines = history(accounts)
    assert [(line.event, line.actor) for line in lines] == [
        ("account.added", "admin"),
        ("role.given", "finch"),
        ("account.passphrase", "heron"),
        ("account.codes", "heron"),
        ("account.reset", "finch"),
        ("role.taken", "finch"),
    ]
    assert {line.subject for line in lines} == {"heron"}
    assert not [line for line in lines if WORDS in str(line) or OTHER_WORDS in str(line) or secret_text(SECRET) in str(line)]


# signing keys


def test_the_signing_key_opens_with_the_passphrase_only(accounts, hands):
    found = entered(accounts, "heron", WORDS, hands)
    assert signed_by(found.key.public, found.key.sign(b"x"), b"x")
    assert account_named(accounts, "heron").key == found.key.id
    with pytest.raises(CaseError, match="does not open"):
        signing_key(accounts, found.account.id, OTHER_WORDS)


def test_changing_the_passphrase_keeps_the_key_and_seals_it_anew(accounts, hands):
    before = entered(accounts, "heron", WORDS, hands)
    changed = change_passphrase(accounts, before.account.id, WORDS, OTHER_WORDS, clock=hands.later(minutes=1))
    assert changed.public == before.key.public
    assert refused(accounts, "heron", WORDS, hands).reason == PASSPHRASE
    after = entered(accounts, "heron", OTHER_WORDS, hands)
    assert after.key.public == before.key.public
    assert after.account.changed > before.account.changed


@pytest.mark.parametrize(("old", "new"), [(OTHER_WORDS, "a river runs by the mill"), (WORDS, WORDS), (WORDS, "short")])
def test_a_passphrase_is_not_changed_to_that(accounts, hands, old, new):
    with pytest.raises(InputError):
        change_passphrase(accounts, account_named(accounts, "heron").id, old, new, clock=hands)
    assert entered(accounts, "heron", WORDS, hands)


def test_a_passphrase_that_somebody_else_gave_opens_no_signing_key(accounts, hands):
    finch = add_account(accounts, "finch", WORDS, given=True, clock=hands, actor="admin")
    found = entered(accounts, "finch", WORDS, hands)
    assert found.account.renew
    assert found.key is None
    assert finch.key == ""
    made = change_passphrase(accounts, finch.id, WORDS, OTHER_WORDS, clock=hands)
    assert entered(accounts, "finch", OTHER_WORDS, hands).key.public == made.public
    assert not account_named(accounts, "finch").renew


def test_a_reset_leaves_nobody_able_to_sign_as_before(accounts, hands):
    before = entered(accounts, "heron", WORDS, hands)
    ask_for_codes(accounts, before.account.id, SECRET, code=hands.code(), clock=hands, actor="heron")
    reset_account(accounts, "heron", OTHER_WORDS, clock=hands, actor="admin")
    found = entered(accounts, "heron", OTHER_WORDS, hands)
    assert found.key is None
    assert found.account.renew
    assert not found.account.codes
    assert codes_left(accounts, found.account.id) == 0
    assert change_passphrase(accounts, found.account.id, OTHER_WORDS, WORDS, clock=hands).public != before.key.public


# codes


def with_codes(accounts: Accounts, hands: Hands) -> tuple[str, ...]:
    heron = account_named(accounts, "heron")
    made = ask_for_codes(accounts, heron.id, SECRET, code=hands.code(), clock=hands, actor="heron")
    hands.later(seconds=60)
    return made


def test_codes_are_those_of_rfc_6238():
    # Appendix B, SHA1, the last six digits of eight.
    known = {59: "287082", 1111111109: "081804", 1234567890: "005924", 20000000000: "353130"}
    assert {at: code_at(SECRET, at // 30) for at in known} == known


def test_a_secret_is_written_as_apps_read_it():
    assert secret_uri(SECRET, who="heron", team="armslength") == (
        "otpauth://totp/armslength%3Aheron?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=armslength&algorithm=SHA1&digits=6&period=30"
    )


def test_codes_begin_when_the_app_has_shown_one(accounts, hands):
    heron = account_named(accounts, "heron")
    with pytest.raises(InputError, match="not the code"):
        ask_for_codes(accounts, heron.id, SECRET, code="000000", clock=hands, actor="heron")
    assert entered(accounts, "heron", WORDS, hands)
    with_codes(accounts, hands)
    assert refused(accounts, "heron", WORDS, hands).reason == CODE
    assert entered(accounts, "heron", WORDS, hands, hands.code()).account.codes


def test_a_code_is_never_taken_twice(accounts, hands):
    with_codes(accounts, hands)
    code = hands.code()
    assert entered(accounts, "heron", WORDS, hands, code)
    assert refused(accounts, "heron", WORDS, hands, code).reason == CODE
    assert refused(accounts, "heron", WORDS, hands, hands.code(steps=-1)).reason == CODE, "nor one older than it"
    assert entered(accounts, "heron", WORDS, hands.later(seconds=30), hands.code())


def test_a_code_sent_twice_at_once_is_taken_once(accounts, hands):
    with_codes(accounts, hands)
    code = hands.code()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: enter(accounts, "heron", WORDS, code, clock=hands), range(4)))
    assert sum(isinstance(one, Entered) for one in found) == 1


def test_the_code_that_set_them_up_is_spent(accounts, hands):
    heron = account_named(accounts, "heron")
    ask_for_codes(accounts, heron.id, SECRET, code=hands.code(), clock=hands, actor="heron")
    assert refused(accounts, "heron", WORDS, hands, hands.code()).reason == CODE


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephone_may_be_half_a_minute_wrong(accounts, hands, steps, good):
    with_codes(accounts, hands.later(seconds=300))
    found = enter(accounts, "heron", WORDS, hands.later(seconds=120).code(steps=steps), clock=hands)
    assert isinstance(found, Entered) == good


def test_a_wrong_passphrase_does_not_spend_a_code(accounts, hands):
    with_codes(accounts, hands)
    refused(accounts, "heron", OTHER_WORDS, hands, hands.code())
    assert entered(accounts, "heron", WORDS, hands, hands.code())


def test_a_recovery_code_stands_in_once(accounts, hands):
    made = with_codes(accounts, hands)
    assert len(set(made)) == 10
    heron = account_named(accounts, "heron").id
    assert entered(accounts, "heron", WORDS, hands, made[3].lower())
    assert codes_left(accounts, heron) == 9
    assert refused(accounts, "heron", WORDS, hands, made[3]).reason == CODE
    assert entered(accounts, "heron", WORDS, hands, made[4])


def test_secrets_and_recovery_codes_are_not_in_the_tables(accounts, hands):
    made = with_codes(accounts, hands)
    with accounts.looking() as connection:
        rows = [str(row) for table in tables.METADATA.sorted_tables for row in connection.execute(select(table))]
    for secret in (SECRET.hex(), secret_text(SECRET), *made, *(code.replace("-", "") for code in made)):
        assert not [row for row in rows if secret in row]


# failures


def test_four_failures_cost_nothing_and_each_further_one_twice_the_last():
    waits = [wait_after(failed) for failed in range(1, 40)]
    assert waits[:FREE] == [timedelta(0)] * FREE
    assert waits[FREE : FREE + 4] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(waits) == waits[-1] == LONGEST


def test_an_account_is_locked_and_opens_again_by_itself(where, accounts, hands):
    found = [refused(accounts, "heron", OTHER_WORDS, hands) for _ in range(5)]
    assert [one.until is not None for one in found] == [False, False, False, False, True]
    again = open_accounts(where, cost=CHEAP)
    assert refused(again, "heron", WORDS, hands).reason == LOCKED, "also after a restart"
    assert entered(again, "heron", WORDS, hands.later(seconds=31))
    assert locked_now(again, "heron", clock=hands) is None


def test_tries_while_it_is_locked_do_not_lock_it_longer(accounts, hands):
    for _ in range(5):
        refused(accounts, "heron", OTHER_WORDS, hands)
    for _ in range(20):
        assert refused(accounts, "heron", OTHER_WORDS, hands).reason == LOCKED
    assert entered(accounts, "heron", WORDS, hands.later(seconds=31))


def test_the_wait_grows_until_a_log_in_is_good(accounts, hands):
    for _ in range(5):
        refused(accounts, "heron", OTHER_WORDS, hands)
    hands.later(seconds=31)
    assert refused(accounts, "heron", OTHER_WORDS, hands).until == hands.at + timedelta(minutes=1)
    entered(accounts, "heron", WORDS, hands.later(seconds=61))
    assert refused(accounts, "heron", OTHER_WORDS, hands).until is None


def test_an_admin_unlocks(accounts, hands):
    for _ in range(5):
        refused(accounts, "heron", OTHER_WORDS, hands)
    assert locked_now(accounts, "heron", clock=hands)
    assert unlock(accounts, "heron", clock=hands, actor="finch")
    assert entered(accounts, "heron", WORDS, hands)


def test_guesses_sent_at_once_are_counted_one_by_one(accounts, hands):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: refused(accounts, "heron", OTHER_WORDS, hands), range(24)))
    assert [one.reason for one in found].count(PASSPHRASE) == 5
    assert [one.reason for one in found].count(LOCKED) == 19


def test_a_name_without_an_account_is_locked_as_one_with(accounts, hands):
    for who, reason in (("heron", PASSPHRASE), ("nobody", UNKNOWN)):
        found = [refused(accounts, who, OTHER_WORDS, hands) for _ in range(6)]
        assert [one.reason for one in found] == [reason] * 5 + [LOCKED]
        assert found[4].until == hands.at + timedelta(seconds=30)


def test_what_a_failure_takes_is_the_same_whoever_is_tried(accounts, hands, monkeypatch):
    """One Argon2id at the present cost, and the same statements, for any reason of a refusal."""
    add_account(accounts, "finch", WORDS, given=False, clock=hands, actor="a")
    set_disabled(accounts, "finch", disabled=True, clock=hands, actor="a")
    for _ in range(5):
        refused(accounts, "locked", OTHER_WORDS, hands)
    hashed: list[str] = []
    really = is_passphrase
    monkeypatch.setattr(entering, "is_passphrase", lambda words, phc: hashed.append(phc.rsplit("$", 2)[0]) or really(words, phc))
    statements: dict[str, list[str]] = {}
    for who in ("heron", "finch", "nobody"):
        said = statements.setdefault(who, [])

        def hear(_connection, _cursor, statement, *_, said=said):
            said.append(statement)

        for engine in (accounts.reader, accounts.writer):
            event.listen(engine, "before_cursor_execute", hear)
        refused(accounts, who, OTHER_WORDS, hands)
        for engine in (accounts.reader, accounts.writer):
            event.remove(engine, "before_cursor_execute", hear)
    refused(accounts, "locked", OTHER_WORDS, hands)
    assert len(hashed) == 4
    assert set(hashed) == {"$argon2id$v=19$m=32,t=1,p=1"}
    # The first failure of a name makes a row, so each of them is tried for the first time.
    assert statements["heron"] == statements["finch"] == statements["nobody"]


def test_a_passphrase_typed_as_a_pseudonym_is_not_kept(accounts, hands):
    refused(accounts, OTHER_WORDS, "x", hands)
    with accounts.looking() as connection:
        assert OTHER_WORDS not in str(connection.execute(select(tables.ATTEMPTS)).all())


def test_names_that_were_tried_do_not_fill_the_disk(accounts, hands, monkeypatch):
    monkeypatch.setattr("armslength.store.accounts.attempts.MOST", 5)
    for number in range(12):
        refused(accounts, f"name {number}", "x", hands.later(seconds=1))
    with accounts.looking() as connection:
        assert len(connection.execute(select(tables.ATTEMPTS)).all()) == 5


# roles


def test_without_a_role_there_is_no_right(accounts, hands):
    heron = account_named(accounts, "heron")
    assert roles_in(accounts, heron.id, CASE) == frozenset()
    assert rights_of(frozenset()) == frozenset()
    assert give_role(accounts, heron, CASE, "reviewer", clock=hands, actor="a")
    assert not give_role(accounts, heron, CASE, "reviewer", clock=hands, actor="a")
    assert roles_in(accounts, heron.id, CASE) == {"reviewer"}
    assert roles_in(accounts, heron.id, "d" * 32) == frozenset()
    assert [(row.who, row.role) for row in grants(accounts, case_id=CASE)] == [("heron", "reviewer")]
    assert take_role(accounts, heron, CASE, "reviewer", clock=hands, actor="a")
    assert not take_role(accounts, heron, CASE, "reviewer", clock=hands, actor="a")
    assert roles_in(accounts, heron.id, CASE) == frozenset()


def test_rights_add_up_and_nothing_unknown_gives_one():
    assert rights_of(frozenset({"vault_keeper", "admin"})) == {"read", "names", "admin"}
    assert rights_of(frozenset({"emperor"})) == frozenset()
    assert not [role for role, rights in ROLES.items() if rights >= ALL]


def test_a_role_there_is_not_is_refused(accounts, hands):
    with pytest.raises(InputError, match="no role"):
        give_role(accounts, account_named(accounts, "heron"), CASE, "emperor", clock=hands, actor="a")


def test_an_account_that_is_gone_is_none(accounts):
    assert account_of(accounts, "0" * 32) is None
    with pytest.raises(InputError, match="no account"):
        account_named(accounts, "nobody")


def test_no_file_is_left_beside_but_the_databases_own(tmp_path, hands):
    accounts = open_accounts(str(tmp_path / "team.accounts"), make=True, cost=CHEAP)
    add_account(accounts, "heron", WORDS, given=False, clock=hands, actor="a")
    assert {name.partition("-")[0] for name in (path.name for path in tmp_path.iterdir())} == {"team.accounts"}
