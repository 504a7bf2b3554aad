"""Cutting text into sentences without a parser."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from armslength.extract.sentences import cut, sentences
from armslength.model.evidence import Block, Document, Reader


def document(text: str, blocks: tuple[Block, ...] = ()) -> Document:
    return Document(id="d", text=text, lang="en", reader=Reader(name="test", version="1"), appearances=(), blocks=blocks)


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in cut(text, 0, len(text))]


def test_ends_and_abbreviations() -> None:
    assert split("Mr. Brandt left the U.S. on Tuesday. He did not return.") == [
        "Mr. Brandt left the U.S. on Tuesday.",
        "He did not return.",
    ]
    assert split("J. Brandt of Acme Inc. spoke. “Why? We asked.” Nobody knew!") == [
        "J. Brandt of Acme Inc. spoke.", "“Why?", "We asked.”", "Nobody knew!",
    ]  # fmt: skip


def test_closing_marks_stay_with_their_sentence() -> None:
    assert split("“It is closed.” The door was shut.") == ["“It is closed.”", "The door was shut."]
    assert split("It opened (in 2020.) Then it closed.") == ["It opened (in 2020.)", "Then it closed."]


def test_numbers_and_chinese_stops() -> None:
    assert split("They paid 3.5 million. Nobody asked.") == ["They paid 3.5 million.", "Nobody asked."]
    assert split("共有三个站点。警方否认。") == ["共有三个站点。", "警方否认。"]


def test_a_dateline_is_not_part_of_what_is_said() -> None:
    text = "VIENNA, May 3 (Some Wire) - Police opened an inquiry."
    found = sentences(document(text))
    assert [text[s.start : s.end] for s in found] == ["Police opened an inquiry."]


def test_headings_are_one_sentence_each_and_keep_their_kind() -> None:
    text = "Stations abroad. What we know\nFirst. Second."
    blocks = (Block(start=0, end=29, kind="title"), Block(start=30, end=44, kind="paragraph"))
    found = sentences(document(text, blocks))
    assert [(s.block, text[s.start : s.end]) for s in found] == [
        ("title", "Stations abroad. What we know"), ("paragraph", "First."), ("paragraph", "Second."),
    ]  # fmt: skip
    assert [s.paragraph for s in found] == [0, 1, 1]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_sentences_never_overlap_and_lose_only_blanks(text: str) -> None:
    at = 0
    for one in sentences(document(text)):
        assert at <= one.start < one.end <= len(text)
        at = one.end
    assert all(text[i].isspace() or not text[i].isalnum() for i in range(at, len(text)))
