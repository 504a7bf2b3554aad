"""The log verifies after anything that was done properly, and any other change is found."""

from __future__ import annotations

import json
import tempfile
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_samples import CLOCK, add, fill

from armslength.base.errors import CaseError, InputError
from armslength.model.custody import GENESIS, LogEntry
from armslength.store.case import Case, open_case
from armslength.store.keys import SigningKey, load_key, make_key, signed_by, write_secret
from armslength.store.log import ChainCheck, Event, entry_data, rotation_message, write_entry
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.store.write import rotate_key, writing

words = st.text(max_size=12)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)
steps = st.lists(
    st.tuples(st.sampled_from(["rotate", "source.refused", "stage.run"]), words, st.dictionaries(words, plain, max_size=3)), max_size=6
)


@pytest.fixture(scope="module")
def keys() -> list[SigningKey]:
    folder = Path(tempfile.mkdtemp())
    return [make_key(folder) for _ in range(7)]


def event(name: str, subject: str, data: dict[str, object]) -> Event:
    return Event(time="2026-01-02T03:04:05.000006Z", clock="fixed", actor="heron", event=name, subject=subject, data=data)


def write_log(keys: list[SigningKey], todo: list[tuple[str, str, dict[str, object]]]) -> list[LogEntry]:
    """A log of a case: its first two entries, then some more."""
    waiting = list(keys)
    key = waiting.pop(0)
    log = [write_entry(event("case.created", "c", {"public": key.public}), seq=1, prev=GENESIS, key=key)]
    log.append(write_entry(event("key.created", key.id, {"public": key.public}), seq=2, prev=log[-1].hash, key=key))
    for name, subject, data in todo:
        prev, seq = log[-1].hash, len(log) + 1
        if name == "rotate":
            new = waiting.pop(0)
            proof = new.sign(rotation_message(old=key.id, new=new.id, public=new.public, prev=prev))
            log.append(write_entry(event("key.rotated", new.id, {"public": new.public, "proof": proof}), seq=seq, prev=prev, key=key))
            key = new
        else:
            log.append(write_entry(event(name, subject, data), seq=seq, prev=prev, key=key))
    return log


def wrong_in(log: list[LogEntry]) -> list[str]:
    chain = ChainCheck()
    return [f"{entry.seq}: {wrong}" for entry in log for wrong in chain.follow(entry)]


@given(steps)
def test_a_log_written_properly_verifies(keys: list[SigningKey], todo) -> None:
    log = write_log(keys, todo)
    assert wrong_in(log) == []
    chain = ChainCheck()
    for entry in log:
        chain.follow(entry)
    assert chain.head == log[-1].hash
    assert list(chain.publics) == [key.id for key in keys[: 1 + sum(step[0] == "rotate" for step in todo)]]


@given(steps, st.data())
def test_any_changed_field_is_found(keys: list[SigningKey], todo, draw) -> None:
    log = write_log(keys, todo)
    number = draw.draw(st.integers(0, len(log) - 1))
    name = draw.draw(st.sampled_from([field.name for field in fields(LogEntry)]))
    old = getattr(log[number], name)
    new = draw.draw(st.integers(-1, 99) if name == "seq" else st.text(max_size=9) | st.just(str(old)[::-1]) | st.just(str(old) + " "))
    if new != old:
        log[number] = replace(log[number], **{name: new})
        assert wrong_in(log)


@given(steps, st.data())
def test_any_changed_field_inside_an_entry_is_found_even_with_its_hash_made_right(keys: list[SigningKey], todo, draw) -> None:
    log = write_log(keys, todo)
    number = draw.draw(st.integers(0, len(log) - 1))
    body = json.loads(log[number].entry)
    name = draw.draw(st.sampled_from(sorted(body)))
    body[name] = draw.draw(plain.filter(lambda value: value != body[name]))
    from armslength.base.ids import digest_text

    entry = json.dumps(body)
    log[number] = replace(log[number], entry=entry, hash=digest_text(entry))
    assert wrong_in(log)


@given(steps, st.data())
def test_a_missing_or_moved_entry_is_found(keys: list[SigningKey], todo, draw) -> None:
    log = write_log(keys, [*todo, ("stage.run", "x", {})])
    number = draw.draw(st.integers(0, len(log) - 2))
    assert wrong_in(log[:number] + log[number + 1 :])
    swapped = [*log]
    swapped[number], swapped[number + 1] = swapped[number + 1], swapped[number]
    assert wrong_in(swapped)
    assert wrong_in([*log[: number + 1], log[number], *log[number + 1 :]])


def test_a_rotation_without_the_new_key_s_consent_is_found(keys: list[SigningKey]) -> None:
    log = write_log(keys, [])
    forged = event("key.rotated", keys[1].id, {"public": keys[1].public, "proof": "00" * 64})
    log.append(write_entry(forged, seq=3, prev=log[-1].hash, key=keys[0]))
    assert wrong_in(log) == ["3: it names a new key without proof that its holder agreed"]


def test_odd_text_is_logged_and_what_is_not_json_is_refused(case: Case) -> None:
    with writing(case, clock=CLOCK, actor="he\x00ron") as writer:
        writer.record("source.refused", "file\udcff\x00.txt", {"names": ("a\ud800", 1.5, None)})
        entry = writer.read.all(LogEntry)[-1]
        assert entry.subject == "file\\udcff\\x00.txt"
        assert entry_data(entry) == {"names": ["a\\ud800", 1.5, None]}
        for bad in (object(), float("nan"), 2**60):
            with pytest.raises(InputError, match="not plain JSON"):
                writer.record("x", "y", {"bad": bad})
    assert verify_case(case).problems == ()


def test_old_entries_verify_after_the_key_was_replaced(case: Case) -> None:
    fill(case)
    first = verify_case(case).keys[0]
    new = rotate_key(case, clock=CLOCK, actor="heron")
    newest = rotate_key(case, clock=CLOCK, actor="heron")
    with writing(open_case(case.folder), clock=CLOCK, actor="heron") as writer:
        add(writer, b"later")
    report = verify_case(case)
    assert report.problems == ()
    assert report.keys == (first, new, newest)
    assert [path.name.partition(".")[0] for path in case.keys_dir.glob("*.pem*")] == [newest]
    for trusted in (first, new, newest, first.upper()):
        assert verify_case(case, trusted_key=trusted).ok
    assert not verify_case(case, trusted_key="0" * 16).ok


def test_a_lost_or_exchanged_key_is_said(case: Case, tmp_path: Path) -> None:
    (current,) = case.keys_dir.glob("*.pem*")
    name = current.name.partition(".")[0]
    stranger = make_key(tmp_path)
    assert signed_by(stranger.public, stranger.sign(b"x"), b"x")
    assert not signed_by(stranger.public, stranger.sign(b"x"), b"y")
    write_secret(case.keys_dir, f"{name}.pem", (tmp_path / f"{stranger.id}.pem").read_bytes(), key=case.key)
    with pytest.raises(CaseError, match="another key"), writing(case, clock=CLOCK, actor="heron"):
        pass
    current.unlink()
    with pytest.raises(CaseError, match="cannot be read"):
        load_key(case.keys_dir, name, key=case.key)
    assert verify_case(case).ok


def test_a_session_that_writes_leaves_a_checkpoint(case: Case) -> None:
    def written() -> list[str]:
        return sorted(path.name for path in case.checkpoints_dir.iterdir())

    assert written() == ["000000000002.json"]
    with writing(case, clock=CLOCK, actor="heron"):
        pass
    assert written() == ["000000000002.json"]
    fill(case)
    with reading(case) as read:
        assert written() == ["000000000002.json", f"{read.count(LogEntry):012d}.json"]
