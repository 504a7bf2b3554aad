"""What the benchmark measures is the same every time, and is what it says it is."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from armslength.extract.scan import is_relevant

PATH = Path(__file__).parents[2] / "bench" / "texts.py"
spec = importlib.util.spec_from_file_location("bench_texts", PATH)
texts = importlib.util.module_from_spec(spec)
spec.loader.exec_module(texts)


def test_editions_differ_in_their_numbers_and_in_nothing_else():
    number = len(texts.examples())
    both = texts.editions(2 * number)
    first, second = both[0], both[number]
    assert first != second
    assert [letter for letter in first if not letter.isdigit()] == [letter for letter in second if not letter.isdigit()]
    assert len(first) == len(second)


def test_a_stream_is_the_same_every_time_and_mostly_plain():
    once, again = texts.stream(100, every=50), texts.stream(100, every=50)
    assert once == again
    assert is_relevant(once[25])
    assert is_relevant(once[75])
    assert 2 <= sum(is_relevant(text) for text in once) <= 40
