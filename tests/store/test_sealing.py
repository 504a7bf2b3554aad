"""Sealed bytes: whole or refused."""

from __future__ import annotations

import io
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.store.sealing import MARK, PIECE, UnsealError, fingerprint, new_key, seal, seal_pieces, subkey, unseal, unseal_pieces

KEY = bytes(range(32))
SIZES = (0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7)


def sealed(data: bytes, *, about: str = "it", key: bytes = KEY) -> bytes:
    return b"".join(seal_pieces([data], key, about=about))


def opened(data: bytes, *, about: str = "it", key: bytes = KEY) -> bytes:
    return b"".join(unseal_pieces(io.BytesIO(data), key, about=about))


@given(st.binary(max_size=300), st.text(max_size=20))
def test_short_bytes_come_back(data: bytes, about: str) -> None:
    closed = seal(data, KEY, about=about)
    assert unseal(closed, KEY, about=about) == data
    assert seal(data, KEY, about=about) != closed


@pytest.mark.parametrize("size", SIZES)
def test_a_stream_comes_back_however_it_was_cut(size: int) -> None:
    data = bytes(itertools.islice(itertools.cycle(range(251)), size))
    assert opened(sealed(data)) == data
    assert b"".join(seal_pieces([data[:5], data[5:]], KEY, about="it")) == sealed(data)


@pytest.mark.parametrize("place", [0, 5, len(MARK), len(MARK) + 3, -1])
def test_a_changed_byte_is_found(place: int) -> None:
    for closed, open_ in ((seal(b"Quay", KEY, about="it"), lambda data: unseal(data, KEY, about="it")), (sealed(b"Quay"), opened)):
        changed = bytearray(closed)
        changed[place] ^= 1
        with pytest.raises(UnsealError):
            open_(bytes(changed))


def test_another_key_or_another_name_does_not_open() -> None:
    other = new_key()
    for attempt in (
        lambda: unseal(seal(b"x", KEY, about="it"), other, about="it"),
        lambda: unseal(seal(b"x", KEY, about="it"), KEY, about="that"),
        lambda: opened(sealed(b"x"), key=other),
        lambda: opened(sealed(b"x"), about="that"),
        lambda: opened(b"plain"),
        lambda: unseal(b"plain", KEY, about="it"),
    ):
        with pytest.raises(UnsealError):
            attempt()


def test_pieces_cannot_be_cut_off_swapped_or_repeated() -> None:
    head, step = len(MARK), PIECE + 16
    closed = sealed(b"a" * PIECE + b"b" * PIECE + b"c")
    one, two, last = closed[head : head + step], closed[head + step : head + 2 * step], closed[head + 2 * step :]
    for wrong in (one + two, one, b"", two + one + last, one + one + two + last, one + last, one + two + last + last):
        with pytest.raises(UnsealError):
            opened(MARK + wrong)


def test_each_purpose_has_its_own_key_and_a_fingerprint_tells_keys_apart() -> None:
    purposes = [subkey(KEY, purpose) for purpose in ("database", "sources", "keys", "fingerprint")]
    assert len({*purposes, KEY}) == 5
    assert fingerprint(KEY) == fingerprint(bytes(range(32))) != fingerprint(new_key())
