"""Names for things: two different rows never share one by the way their parts are joined."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base import ids

LEAF = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=6), st.binary(max_size=6))
PART = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=6)
ROW = st.lists(PART, max_size=4).map(tuple)


def decode(data):
    """Read an encoding back, by the rule in its docstring and nothing else: the oracle for `encode`."""
    out, at = [], 0
    while at < len(data):
        letter, size = data[at : at + 1], int.from_bytes(data[at + 1 : at + 9], "big")
        body = data[at + 9 : at + 9 + size]
        assert len(body) == size
        out.append(READ[letter](body))
        at += 9 + size
    return tuple(out)


READ = {
    b"n": lambda body: None,
    b"b": lambda body: body == b"1",
    b"s": lambda body: body.decode("utf-8", "surrogatepass"),
    b"y": bytes,
    b"i": lambda body: int(body.decode()),
    b"t": decode,
}


def typed(part):
    """A spelling of a row in which `1`, `True` and `"1"` differ, as Python's `==` does not make them."""
    return (type(part).__name__, tuple(map(typed, part)) if isinstance(part, tuple) else part)


@given(ROW)
def test_an_encoding_can_be_read_back(row):
    assert typed(decode(ids.encode(row))) == typed(row)


@given(ROW, ROW)
def test_two_different_rows_never_share_a_name(one, other):
    assert (ids.digest(*one) == ids.digest(*other)) == (typed(one) == typed(other))


@given(st.lists(st.text(max_size=8), min_size=2, max_size=4), st.integers(1, 3))
def test_moving_the_cut_between_two_parts_changes_the_name(parts, shift):
    joined = parts[0] + parts[1]
    cut = (len(parts[0]) + shift) % (len(joined) + 1)
    moved = [joined[:cut], joined[cut:], *parts[2:]]
    assert (ids.digest(*parts) == ids.digest(*moved)) == (parts == moved)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a", ""), ("a",)),
        (("", "a"), ("a", "")),
        ((1,), ("1",)),
        ((1,), (True,)),
        ((0,), (False,)),
        ((None,), ("",)),
        ((None,), ()),
        (("a",), (b"a",)),
        ((("a", "b"),), ("a", "b")),
        ((("a",), "b"), ("a", ("b",))),
        (((("a",),),), (("a",),)),
        (((),), ()),
        (("a\x00b",), ("a", "b")),
    ],
)
def test_rows_that_look_alike_have_different_names(one, other):
    assert ids.digest(*one) != ids.digest(*other)


def test_every_kind_of_part_has_its_own_letter():
    parts = [None, True, "a", b"a", 1, ("a",)]
    assert [ids.encode([part])[:1] for part in parts] == [b"n", b"b", b"s", b"y", b"i", b"t"]


def test_a_name_is_known_and_does_not_move():
    expected = hashlib.sha256(b"s" + (5).to_bytes(8, "big") + b"claim" + b"i" + (2).to_bytes(8, "big") + b"54").hexdigest()
    assert ids.digest("claim", 54) == expected


def test_a_list_and_a_tuple_are_the_same_part():
    assert ids.digest(["a", 1]) == ids.digest(("a", 1))


@pytest.mark.parametrize("part", [1.5, {"a"}, {"a": 1}, object()])
def test_a_part_without_one_spelling_is_refused(part):
    with pytest.raises(TypeError, match="an id cannot be made from"):
        ids.digest(part)


@given(st.binary(min_size=1, max_size=32), st.binary(min_size=1, max_size=32), ROW)
def test_a_keyed_name_depends_on_the_key(one, other, row):
    same_key = one.ljust(64, b"\0") == other.ljust(64, b"\0")  # HMAC pads short keys with zero bytes
    assert (ids.keyed_digest(one, *row) == ids.keyed_digest(other, *row)) == same_key
    assert ids.keyed_digest(one, *row) != ids.digest(*row)


@given(st.text(max_size=20))
def test_a_text_is_named_by_its_utf8_bytes(text):
    assert ids.digest_text(text) == ids.digest_bytes(text.encode("utf-8", "surrogatepass"))


def test_a_lone_surrogate_has_a_name():
    assert ids.digest_text("\ud800") != ids.digest_text("?")


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1])
def test_a_file_is_named_as_its_bytes_are(tmp_path, size):
    data = (b"armslength" * (size // 10 + 1))[:size]
    path = tmp_path / "source.bin"
    path.write_bytes(data)
    assert ids.digest_file(path) == ids.digest_bytes(data)
