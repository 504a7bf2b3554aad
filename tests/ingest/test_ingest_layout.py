from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from making import SENTENCE

from armslength.ingest.copies import find_copies
from armslength.ingest.layout import lay_out
from armslength.ingest.readers.plain import read_plain

ARTICLE = f"""Offices found in Karsk

Council says two rooms by the old harbour were used as counters

By Ann Example
Published: 12 March 2023

KARSK (Reuters) - {SENTENCE}

What was found

It gave no addresses, and the mayor did not take questions.

- a desk
- a lamp

Advertisement

Crowds at the ferry in 2019. Photo: File

The owner of a shop denied everything. Harbour Post is not responsible for the content of external sites.

This article was first published by Radio Example. Read the original here.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind, text[block.start : block.end]) for block in lay_out(text).blocks]


def test_an_article_is_laid_out() -> None:
    assert kinds(ARTICLE) == [
        ("title", "Offices found in Karsk"),
        ("deck", "Council says two rooms by the old harbour were used as counters"),
        ("boilerplate", "By Ann Example"),
        ("boilerplate", "Published: 12 March 2023"),
        ("paragraph", f"KARSK (Reuters) - {SENTENCE}"),
        ("heading", "What was found"),
        ("paragraph", "It gave no addresses, and the mayor did not take questions."),
        ("list_item", "- a desk"),
        ("list_item", "- a lamp"),
        ("boilerplate", "Advertisement"),
        ("caption", "Crowds at the ferry in 2019. Photo: File"),
        ("paragraph", "The owner of a shop denied everything."),
        ("boilerplate", "Harbour Post is not responsible for the content of external sites."),
        ("notice", "This article was first published by Radio Example."),
        ("notice", "Read the original here."),
    ]
    head = lay_out(ARTICLE).head
    assert (head.title, head.byline, head.publisher, head.published) == (
        "Offices found in Karsk",
        "Ann Example",
        "Harbour Post",
        "2023-03-12",
    )
    assert head.missing == ()


def test_a_wire_agencys_opening_is_a_notice() -> None:
    text = f"Offices found\n\nKARSK, March 12 (Reuters) - {SENTENCE}\n\n{SENTENCE}"
    assert kinds(text)[1:3] == [("notice", "KARSK, March 12 (Reuters) -"), ("paragraph", SENTENCE)]


def test_one_long_line_has_no_title_and_says_so() -> None:
    text = f"{SENTENCE} {SENTENCE.replace('two', 'three')} This story was originally published by Radio Example. The end came late."
    layout = lay_out(text)
    assert layout.head.title is None
    assert {gap.field for gap in layout.head.missing} == {"title", "byline", "published"}
    assert [block.kind for block in layout.blocks] == ["paragraph", "notice", "paragraph"]


def test_a_text_that_begins_with_a_paragraph_has_no_title() -> None:
    text = f"{SENTENCE}\n\n{SENTENCE}"
    assert lay_out(text).head.title is None
    assert [kind for kind, _ in kinds(text)] == ["paragraph", "paragraph"]


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = "The council of Karsk said on Monday that it had found two offices in\r\nthe old harbour, where ferries to the islands have been leaving for as\r\nlong as anybody can remember, and that it would close them by summer."
    text = f"Offices found\r\n\r\n{wrapped}\r\n\r\n{wrapped}\r\n"
    assert kinds(text) == [("title", "Offices found"), ("paragraph", wrapped), ("paragraph", wrapped)]


def test_labelled_lines_at_the_top_are_read() -> None:
    text = f"Title: Two offices\nPublisher: Harbour Post\nDate: 3 May 2022\nURL: https://harbourpost.example/a\n\n{SENTENCE}\n"
    head = lay_out(text).head
    assert (head.title, head.publisher, head.published, head.url) == (
        "Two offices",
        "Harbour Post",
        "2022-05-03",
        "https://harbourpost.example/a",
    )


def test_dates_in_running_text_are_not_the_articles() -> None:
    assert lay_out(f"Offices found\n\nOn 3 May 2022 the office closed.\n\n{SENTENCE}").head.published is None


def test_chinese_articles_have_titles_and_dates() -> None:
    text = "海港发现两处办公室\n\n海港周刊，2023年3月12日\n\n市政厅星期一说，在旧海港发现了两处办公室，但没有公布地址，市长也没有回答记者的问题。\n\n店主说他只卖船票，不知道隔壁在做什么。\n"
    head = lay_out(text).head
    assert (head.title, head.publisher, head.published) == ("海港发现两处办公室", "海港周刊", "2023-03-12")
    assert read_plain(text.encode()).lang == "zh"


def test_copies_are_marked_and_never_cut() -> None:
    text = f"Offices found\n\n{SENTENCE} It rained.\n\nNobody came.\n\n“So it goes.” {SENTENCE.replace(' of ', '  of ')} Nobody came.\n"
    (copy,) = find_copies(text, lay_out(text).blocks)
    assert " ".join(text[copy.start : copy.end].split()) == SENTENCE
    assert text[copy.of[0] : copy.of[1]] == SENTENCE
    assert read_plain(text.encode()).text == text


def test_copied_sentences_in_a_row_are_one_copy() -> None:
    second = "The mayor did not take any questions from the press that day."
    text = f"{SENTENCE} {second}\n\nSo they say. {SENTENCE} {second}"
    (copy,) = find_copies(text, lay_out(text).blocks)
    assert text[copy.start : copy.end] == text[copy.of[0] : copy.of[1]] == f"{SENTENCE} {second}"


PIECES = st.sampled_from(
    [
        SENTENCE,
        "Photo: File",
        "By Ann Example",
        "Source: Radio",
        "海港。",
        "👩‍👩‍👧 é e\u0301\u0323",
        "\u00a0",
        "\u3000x",
        "- item",
        "1. one",
        "2. two",
        "Sign up",
        "“q”",
        "\ufffd",
        "\x0b",
        "A B",
        "# head",
        "> said",
    ]
)
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " ", "\u2028", "\u2029", "\x85", "\t"])


@given(st.lists(st.tuples(PIECES | st.text(max_size=30), BREAKS), max_size=14))
def test_blocks_cover_every_visible_character_once_and_the_text_is_untouched(parts: list[tuple[str, str]]) -> None:
    text = "".join(words + end for words, end in parts)
    blocks = lay_out(text).blocks
    at = 0
    for block in blocks:
        assert at <= block.start < block.end <= len(text)
        assert not text[at : block.start].strip(" \t\r\n\u00a0\u3000\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
        at = block.end
    assert not text[at:].strip(" \t\r\n\u00a0\u3000\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
    for copy in find_copies(text, blocks):
        assert text[copy.start : copy.end].split() == text[copy.of[0] : copy.of[1]].split()
        assert copy.of[1] <= copy.start


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_a_plain_text_is_its_bytes_and_nothing_else(text: str) -> None:
    whole = f"x{SENTENCE}{text}"
    assert read_plain(whole.encode()).text == whole
    assert read_plain(b"\xef\xbb\xbf" + whole.encode()).text == whole
    assert read_plain(b"\xff\xfe" + whole.encode("utf-16-le")).text == whole
