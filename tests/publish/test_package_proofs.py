"""Trees, salts, signatures: the arithmetic that a package stands on, held against its definitions and another library."""

from __future__ import annotations

import hashlib
import json
import random

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from armslength.publish.jsonl import line
from armslength.publish.package.checks.ed25519 import signed
from armslength.publish.package.checks.plain import DEEPEST, Refused, read_fields, read_lines, read_object
from armslength.publish.package.checks.tree import climb, field_leaf, leaf, node, pieces, prove, root, salt_of


def defined(leaves):
    """RFC 6962, 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + defined(leaves[:half]) + defined(leaves[half:])).digest()


@given(st.integers(1, 80), st.randoms(use_true_random=False))
def test_a_proof_leads_to_the_root_and_to_no_other(size, chance):
    leaves = [leaf(bytes([at])) for at in range(size)]
    shown = sorted(chance.sample(range(size), chance.randint(0, size)))
    hidden = prove(leaves, shown)
    there = {at: leaves[at] for at in shown}
    assert root(leaves) == defined(leaves) == climb(size, there, hidden)
    assert climb(size, there, [*hidden, leaf(b"x")]) is None
    if hidden:
        assert climb(size, there, hidden[:-1]) is None
    if shown:
        assert climb(size, {**there, shown[0]: leaf(b"other")}, hidden) != root(leaves)
        assert climb(shown[-1], there, hidden) is None


def test_leaves_and_salts_are_what_the_documentation_says():
    salt = bytes(32)
    assert field_leaf(salt, "value", "54") == hashlib.sha256(b"\x00" + salt + b'"value":54').digest()
    assert salt_of(salt, "value") == hashlib.sha256(b"\x02" + salt + b"value").digest()
    assert node(b"a", b"b") == hashlib.sha256(b"\x01ab").digest()
    assert pieces("") == [""]
    assert pieces("\U0001f3db" * 65) == ["\U0001f3db" * 64, "\U0001f3db"]


# RFC 8032, 7.1
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_signatures_of_the_standard_hold(public, message, signature):
    assert signed(bytes.fromhex(public), bytes.fromhex(signature), bytes.fromhex(message))


def test_changed_signatures_fall_as_they_do_elsewhere():
    chance = random.Random(7)
    private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
    public = private.public_key().public_bytes_raw()
    for _ in range(12):
        message = chance.randbytes(chance.randint(0, 200))
        good = private.sign(message)
        assert signed(public, good, message)
        bad = bytearray(good)
        bad[chance.randrange(64)] ^= 1 << chance.randrange(8)
        assert not signed(public, bytes(bad), message)
        with pytest.raises(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(public).verify(bytes(bad), message)
        assert not signed(public, good, message + b"x")


def test_weak_keys_and_second_spellings_are_refused():
    good = bytes.fromhex(VECTORS[0][2])
    public = bytes.fromhex(VECTORS[0][0])
    order = 2**252 + 27742317777372353535851937790883648493
    beyond = good[:32] + (int.from_bytes(good[32:], "little") + order).to_bytes(32, "little")
    assert not signed(public, beyond, b"")
    neutral = (1).to_bytes(32, "little")
    assert not signed(neutral, neutral + bytes(32), b"anything"), "with a key of small order everybody could sign everything"
    assert not signed((2**255 - 19 + 1).to_bytes(32, "little"), good, b"")
    assert not signed(public, good[:63], b"")
    assert not signed(public[:31], good, b"")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True), VALUES, min_size=1, max_size=5))
def test_a_line_is_read_field_by_field_as_it_was_written(row):
    text = line(row)[:-1]
    values, texts = read_fields(text)
    assert values == json.loads(text)
    assert "{" + ",".join(f'"{name}":{value}' for name, value in texts.items()) + "}" == text


DEEP = '{"a":' + "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1) + "}"
AMBIGUOUS = [
    '{"a":1,"a":2}',
    '{"a":{"b":1,"b":2}}',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a": 1}',
    '{"a":1 }',
    ' {"a":1}',
    '{"a":1},{"b":2}',
    "{}",
    "[]",
    "",
    '{"a":"\t"}',
    '{"a":01}',
    '{"a":1}x',
    '{"A":1}',
    '{"a":"\\ud8"}',
    '{"a":' + "9" * 5000 + "}",
    DEEP,
]


@pytest.mark.parametrize("text", AMBIGUOUS, ids=range(len(AMBIGUOUS)))
def test_a_line_that_can_be_read_in_two_ways_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_fields(text)


@pytest.mark.parametrize(
    ("data", "number"),
    [(b'{"a":1}\r\n', 1), (b'{"a":1}\n\n', 2), (b'{"a":1}\n{"a":1}', 2), (b'\xef\xbb\xbf{"a":1}\n', 1), (b'{"a":"\xff"}\n', 1)],
)
def test_a_file_of_lines_is_plain_or_refused(data, number):
    with pytest.raises(Refused, match=f"Line {number} "):
        list(read_lines(data, "x"))


def test_what_is_nested_as_deep_as_may_be_is_read():
    inside = "[" * (DEEPEST - 1) + "]" * (DEEPEST - 1)
    read_object('{"a":' + inside + "}")
    read_fields('{"a":' + inside + "}")
    for text in ('{"a":[' + inside + "]}",):
        with pytest.raises(ValueError, match=r"deep|object"):
            read_fields(text)
        with pytest.raises(ValueError, match="object"):
            read_object(text)


@pytest.mark.parametrize("text", ['{"a":1,"a":1}', '{"a":NaN}', "[1]", '{"a":1}\r', DEEP])
def test_an_object_is_plain_or_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        read_object(text)
