"""Passphrases are stretched one at a time: the library's Argon2id waits for ever where two threads ask it at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest

from armslength.store.accounts.passphrases import hash_passphrase, is_passphrase
from armslength.store.locks import Cost, lock_key, unlock_key

COST = Cost(memory_kib=1024, passes=1, lanes=4)
WORDS = "correct horse battery staple"
KEY = bytes(range(32))


def hashed() -> bool:
    return is_passphrase(WORDS, hash_passphrase(WORDS, cost=COST))


def locked() -> bool:
    return unlock_key(lock_key(KEY, WORDS, about="a test", cost=COST), WORDS, about="a test", named="a key") == KEY


@pytest.mark.parametrize("work", [(hashed, hashed), (locked, locked), (hashed, locked)], ids=["accounts", "cases", "both"])
def test_several_threads_at_once_come_to_an_end(work: tuple[Callable[[], bool], ...]) -> None:
    found: list[bool] = []
    threads = [Thread(target=lambda one=one: found.extend(one() for _ in range(20)), daemon=True) for one in work * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert found == [True] * 20 * len(threads)
