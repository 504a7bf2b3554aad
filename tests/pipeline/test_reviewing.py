"""Reviewers, their keys, and what a signature is worth."""

import base64
import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from armslength.base.errors import CaseError, InputError
from armslength.model.codec import to_json, to_plain
from armslength.model.decisions import Judgement
from armslength.pipeline.building import NewCase, init_case
from armslength.pipeline.reviewing import add_reviewer, retire_key, reviewer_lines
from armslength.pipeline.signing import hand_of, judge, judgements_of, reviewers_of
from armslength.store.case import case_engine, open_case
from armslength.store.keys import make_key
from armslength.store.read import reading
from armslength.store.reviewer_keys import load_reviewer_key
from armslength.store.signing import known_reviewers, signed, signed_message, wrong_with
from armslength.store.verify import verify_case
from armslength.store.write import writing
from pipeline.reviewer_hands import Ticking, hand, keys_of

PASSPHRASE = "five grey herons wade"


@pytest.fixture
def clock():
    return Ticking()


@pytest.fixture
def case(tmp_path, clock):
    init_case(tmp_path / "case", new=NewCase(), clock=clock, actor="heron")
    return tmp_path / "case"


def decided(case, clock, by, *, target="t", decision="accept"):
    with writing(open_case(case), clock=clock, actor=by.who) as writer:
        return judge(writer, by, target=target, decision=decision, reason="Seen.", clock=clock)


def rows_of(case):
    with reading(open_case(case)) as reader:
        return reader.all(Judgement)


def problems(case):
    return [found.what for found in verify_case(open_case(case)).problems]


def test_a_reviewer_signs_and_the_private_half_stays_out_of_the_case(case, clock):
    heron = hand(case)
    row = decided(case, clock, heron)
    assert (row.who, row.key) == ("heron", heron.key.id)
    with reading(open_case(case)) as reader:
        assert reviewers_of(reader).of(row) == "heron"
        (line,) = reviewer_lines(reader, keys=keys_of(case))
    assert (line.who, line.here, line.judgements) == ("heron", True, 2)
    assert not list(case.rglob(f"*{heron.key.id}*"))
    assert (keys_of(case) / f"{heron.key.id}.pem").stat().st_mode & 0o777 == 0o600
    assert verify_case(open_case(case)).ok
    assert "judgements: 2, reviewers' keys: 1" in verify_case(open_case(case)).checked


def test_what_is_signed_can_be_written_again_with_the_standard_library(case, clock):
    row = replace(decided(case, clock, hand(case)), reason='Quoted: "é" \\ / \x07 \u2028 漢', value='{"a":1}')
    plain = {name: value for name, value in to_plain(row).items() if name != "signature"}
    assert signed_message(row) == json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_nobody_decides_without_a_key_on_this_machine(case, clock, tmp_path):
    with pytest.raises(InputError, match="no reviewer of this case"):
        hand_of(case, "finch", keys=tmp_path, clock=clock)
    hand(case, "finch")
    with pytest.raises(InputError, match="not on this machine"):
        hand_of(case, "finch", keys=tmp_path / "elsewhere", clock=clock)
    with pytest.raises(InputError, match="has a key in use already"):
        add_reviewer(case, "finch", keys=tmp_path, clock=clock)
    for name in ("", " ", "a\nb", "x" * 41):
        with pytest.raises(InputError, match="one line"):
            add_reviewer(case, name, keys=tmp_path, clock=clock)


def test_a_key_may_be_kept_under_a_passphrase(case, clock, tmp_path):
    made = add_reviewer(case, "heron", keys=tmp_path / "k", clock=clock, passphrase=PASSPHRASE)
    kept = (tmp_path / "k" / f"{made.key.id}.pem").read_text()
    assert kept.startswith("argon2id salt ")
    assert "ENCRYPTED" in kept
    again = hand_of(case, "heron", keys=tmp_path / "k", clock=clock, passphrase=lambda: PASSPHRASE)
    assert again.key.public == made.key.public
    for wrong in ("", "another one, and long"):
        with pytest.raises(CaseError, match="cannot be read"):
            load_reviewer_key(tmp_path / "k", made.key.id, passphrase=lambda: wrong)  # noqa: B023 - called at once
    (tmp_path / "k" / f"{made.key.id}.pem").write_text(kept.split("\n", 1)[1])
    with pytest.raises(CaseError, match="cannot be read"):
        load_reviewer_key(tmp_path / "k", made.key.id, passphrase=lambda: PASSPHRASE)
    with pytest.raises(InputError, match="too short"):
        add_reviewer(case, "finch", keys=tmp_path / "k", clock=clock, passphrase="short")


def test_a_retired_key_keeps_what_it_signed_and_signs_no_more(case, clock):
    heron, finch = hand(case), hand(case, "finch")
    before = decided(case, clock, finch)
    retired = retire_key(case, finch.key.id[:6], reason="Lost.", hand=heron, clock=clock)
    assert retired.until
    with pytest.raises(InputError, match="no reviewer of this case"):
        hand_of(case, "finch", keys=keys_of(case), clock=clock)
    with pytest.raises(InputError, match="was retired"):
        retire_key(case, finch.key.id, reason="Again.", hand=heron, clock=clock)
    with pytest.raises(InputError, match="0 reviewers' keys"):
        retire_key(case, "ffffffff0", reason="None.", hand=heron, clock=clock)
    with reading(open_case(case)) as reader:
        assert reviewers_of(reader).of(before) == "finch"
    assert verify_case(open_case(case)).ok
    again = add_reviewer(case, "finch", keys=keys_of(case), clock=clock)
    assert again.key.id != finch.key.id
    late = decided(case, clock, finch)
    assert problems(case) == ["it is dated outside the time in which its key was in use"]
    with reading(open_case(case)) as reader:
        assert reviewers_of(reader).of(late) == ""
        assert next(row for row in judgements_of(reader) if row.id == late.id).key == "", "and nobody's eyes"


def test_a_judgement_dated_back_before_its_key_was_retired_is_found(case, clock):
    heron, finch = hand(case), hand(case, "finch")
    early = Ticking(at=clock.at)
    retire_key(case, finch.key.id, reason="Taken.", hand=heron, clock=clock)
    assert problems(case) == []
    with writing(open_case(case), clock=clock, actor="finch") as writer:
        judge(writer, finch, target="t", decision="accept", reason="Seen.", clock=early)
    assert problems(case) == ["it was entered after its key had been retired, and is dated before"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": "Not seen."}, "its id is not made of what it says"),
        ({"who": "finch"}, "its id is not made of what it says"),
        ({"key": "0" * 16}, "no reviewer's of this case"),
        ({"signature": base64.b64encode(bytes(64)).decode()}, "not by the key it names"),
        ({"signature": "?"}, "not by the key it names"),
        ({"signature": ""}, "not by the key it names"),
    ],
)
def test_a_signed_judgement_cannot_be_changed(case, clock, change, said):
    row = decided(case, clock, hand(case))
    keys = known_reviewers(rows_of(case), case=open_case(case).id)
    assert wrong_with(row, keys, case=open_case(case).id) == ""
    assert said in wrong_with(replace(row, **change), keys, case=open_case(case).id)


def test_a_judgement_of_another_case_is_none_here(case, clock):
    heron = hand(case)
    row = signed(replace(decided(case, clock, heron), id=""), case="another", key=heron.key)
    keys = known_reviewers(rows_of(case), case=open_case(case).id)
    assert "another case's" in wrong_with(row, keys, case=open_case(case).id)


def test_nobody_enters_a_key_they_do_not_hold(case, clock, tmp_path):
    heron, thief = hand(case), make_key(tmp_path)
    value = json.dumps({"public": heron.key.public, "reviewer": "thief"})
    rows = rows_of(case)
    forged = Judgement(id="", target=heron.key.id, decision="reviewer", reason="x", who="thief", when="2000-01-01T00:00:00Z", value=value)
    for row in (signed(forged, case=open_case(case).id, key=thief), replace(forged, id="z", key=heron.key.id, signature="AA==")):
        keys = known_reviewers([row, *rows], case=open_case(case).id)
        assert keys.keys[heron.key.id].who == "heron"
        assert wrong_with(row, keys, case=open_case(case).id)


def test_verify_sees_a_signature_that_was_changed_in_the_database(case, clock):
    row = decided(case, clock, hand(case))
    body = to_json(replace(row, who="finch"))
    with case_engine(open_case(case), writing=True).begin() as connection:
        connection.execute(text("DROP TRIGGER judgements_no_update"))
        connection.execute(text("UPDATE judgements SET body = :body WHERE id = :id"), {"body": body, "id": row.id})
    assert any("its id is not made of what it says" in found for found in problems(case))
