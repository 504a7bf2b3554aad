"""Whatever a text holds, it is read and every rule of a reading is kept. `scripts/fuzz_reader.py` does the same for as long as one likes."""

from __future__ import annotations

import importlib.util
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.extract.clauses import clauses
from armslength.extract.parsed import Word, build
from armslength.extract.read import read_document
from armslength.model.claims import Claim

PATH = Path(__file__).parents[2] / "scripts" / "fuzz_reader.py"
spec = importlib.util.spec_from_file_location("fuzz_reader", PATH)
assert spec is not None
assert spec.loader is not None
fuzz = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fuzz)

SAID = "A report by the group Green Lantern said on 3 March 2022 that at least 54 police stations were opened in Lisbon and Vienna."
BETWEEN = (
    "\r\n",
    "\u00a0",
    "\u3000",
    "警察站。",
    "👩‍👩‍👧",
    "e\u0301\u0308",
    "\u200b",
    "\u202eabc\u202c",
    "\x00\x07",
    "\ufeff",
    "\U0010ffff",
)


def check(text: str) -> list[Claim]:
    document = fuzz.taken_in(text, published="2022-04")
    reading = read_document(document)
    assert list(fuzz.faults(document, reading)) == []
    bare = fuzz.plain(text)
    assert list(fuzz.faults(bare, read_document(bare))) == []
    return list(reading.claims)


@settings(max_examples=20)
@given(st.integers(0, 10**9), st.sampled_from(["noise", "babble", "mangled", "spliced"]))
def test_broken_texts_are_read(seed: int, way: str) -> None:
    draw = random.Random(seed)
    make = getattr(fuzz, way)
    made = make(draw) if way in {"noise", "babble"} else make(draw, draw.choice(fuzz.examples())[:700])
    check(fuzz.OPENING + made[:1200])


@pytest.mark.parametrize("between", BETWEEN)
def test_offsets_hold_whatever_stands_between_words(between: str) -> None:
    assert check(f"{between}{SAID}{between} {SAID.replace('54', '61')}{between}"), "nothing was read, so nothing was checked"
    check(SAID.replace(" ", between + " "))
    check(SAID.replace(" ", between))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 60_000, "“" * 20_000, "(" * 8_000 + "police" + ")" * 8_000, "police said\n" * 100, "\n" * 30_000, "Mr. A. " * 5_000, "a' " * 9_000,
        "1234567890" * 5_000, "54, " * 5_000, "said Mr Berg, the group said, " * 25, "a\u0301\u200d" * 9_000, "-".join(["police"] * 4_000),
        "Q: What is it?\nBerg: It is a police station.\n" * 60, "12 March 2022 - 13 April 2023, " * 90,
    ],
    ids=range(14),
)  # fmt: skip
def test_texts_of_one_thing_again_and_again_are_read(text: str) -> None:
    check(fuzz.OPENING + text)


def test_a_sentence_that_hangs_on_a_blank_has_a_clause() -> None:
    """A model may take a blank at the start for the root, and does not call it one."""
    blank, noun = Word(0, 0, 1, " ", " ", "SPACE", "_SP", "dep", 0, ""), Word(1, 1, 8, "Station", "station", "NOUN", "NN", "dep", 0, "")
    assert [clause.head for clause in clauses(build(0, 8, (blank, noun)))] == [0]


def test_the_rules_of_a_reading_can_be_broken() -> None:
    document = fuzz.taken_in(SAID)
    reading = read_document(document)
    claim = reading.claims[0]
    broken = replace(reading, kept=reading.kept + 1, claims=(replace(claim, quote="other words", repeats=((5, 5),), confidence=1.5),))
    assert len(list(fuzz.faults(document, broken))) == 4
