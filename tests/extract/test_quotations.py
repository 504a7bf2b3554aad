"""Finding what stands between quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.extract.quotations import quotations


def found(text: str) -> list[tuple[str, bool]]:
    return [(text[q.start : q.end], q.closed) for q in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is shut,” she said.", [("It is shut,", True)]),
        ('He said "no such office" and left.', [("no such office", True)]),
        ("She said: “They came twice. They asked", [("They came twice. They asked", False)]),
        ("The so-called ‘service desks’ were closed.", [("service desks", True)]),
        ("The ministry's office didn’t answer.", []),
        ("“He told me ‘go home’ and left,” she said.", [("He told me ‘go home’ and left,", True)]),
        ("“First.” Then “second.”", [("First.", True), ("second.", True)]),
        ("“Never closed. “Opened again.”", [("Never closed.", False), ("Opened again.", True)]),
        ("警方称「没有此事」。", [("没有此事", True)]),
    ],
)
def test_marks(text: str, expected: list[tuple[str, bool]]) -> None:
    assert found(text) == expected


def test_stays_inside_its_paragraph() -> None:
    text = "“One.\nTwo.” Three."
    assert [(q.start, q.end) for q in quotations(text, 0, 5)] == [(1, 5)]


@given(st.text(alphabet="ab ‘’“”\"'«».,", max_size=60))
def test_ranges_are_in_order_and_inside(text: str) -> None:
    at = 0
    for one in quotations(text, 0, len(text)):
        assert at <= one.start < one.end <= len(text)
        at = one.end
