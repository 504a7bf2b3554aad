from __future__ import annotations

import pytest

from armslength.ingest.grammar import every_pattern, matches
from armslength.ingest.sentences import sentences


@pytest.mark.parametrize("pattern", every_pattern(), ids=lambda pattern: pattern.id)
def test_every_pattern_finds_its_examples_and_leaves_the_others(pattern) -> None:
    assert pattern.finds
    assert pattern.leaves
    assert [words for words in pattern.finds if not matches(pattern, words)] == []
    assert [words for words in pattern.leaves if matches(pattern, words)] == []


def test_every_pattern_is_of_a_known_kind() -> None:
    assert {pattern.kind for pattern in every_pattern()} == {"boilerplate", "notice", "caption"}
    assert {pattern.scope for pattern in every_pattern()} == {"line", "sentence", "opening"}
    assert {pattern.where for pattern in every_pattern()} == {"any", "edge"}


def test_sentences_end_where_they_end() -> None:
    text = "Mr. Vale left at 5 p.m. “Go,” J. Marsh said. He went！走了。他回来了。"
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == [
        "Mr. Vale left at 5 p.m.",
        "“Go,” J. Marsh said.",
        "He went！",
        "走了。",
        "他回来了。",
    ]
