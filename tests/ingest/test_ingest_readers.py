from __future__ import annotations

import pytest
from making import PAGE, SENTENCE, make_docx, make_pdf, make_zip

from armslength.ingest.readers import docx as docx_reader
from armslength.ingest.readers import read
from armslength.ingest.readers.docx import check_zip
from armslength.ingest.reading import Reading, UnreadableError


def kinds(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, reading.text[block.start : block.end]) for block in reading.blocks]


def test_a_page_keeps_its_parts_in_order() -> None:
    reading = read(PAGE.encode())
    assert kinds(reading) == [
        ("title", "Offices found in Karsk"),
        ("boilerplate", "By Ann Example"),
        ("paragraph", f"{SENTENCE} It gave no addresses, and the mayor did not take questions from the press."),
        ("caption", "The harbour of Karsk. Photo: File"),
        ("heading", "Two desks"),
        ("paragraph", "Each of the two offices had a desk, a lamp and a book in which visitors signed their names."),
        ("list_item", "The first office opened in spring near the ferry."),
        ("list_item", "The second opened in autumn by the market."),
        ("quote", "“We sell ferry tickets and nothing else,” the owner of the shop next door said."),
        ("notice", "This article was originally published by Radio Example and is used with permission."),
        ("boilerplate", "Harbour Post is not responsible for the content of external sites."),
    ]
    head = reading.head
    assert (head.title, head.byline, head.publisher, head.published) == (
        "Offices found in Karsk",
        "Ann Example",
        "Harbour Post",
        "2023-03-12",
    )
    assert (head.url, reading.lang, head.missing) == ("https://harbourpost.example/offices", "en", ())


def test_reading_a_page_does_not_depend_on_the_pages_before() -> None:
    first = read(PAGE.encode())
    for _ in range(4):
        assert read(PAGE.encode()) == first


def test_instructions_and_scripts_on_a_page_are_only_words_or_nothing() -> None:
    page = PAGE.replace("<h2>", "<script>document.write('gone')</script><p hidden>Hidden words that nobody was meant to see here.</p><h2>")
    text = read(page.encode()).text
    assert "gone" not in text
    assert "Hidden words" not in text


@pytest.mark.parametrize(("meta", "encoding"), [("gb2312", "gb18030"), ("iso-8859-1", "cp1252")])
def test_a_declared_encoding_is_used_when_it_fits(meta: str, encoding: str) -> None:
    word = "海港" if meta == "gb2312" else "Café"
    page = PAGE.replace("utf-8", meta).replace("Two desks", word).encode(encoding, errors="ignore" if encoding == "cp1252" else "strict")
    reading = read(page)
    assert word in reading.text
    assert dict(reading.reader.parameters)["encoding"] == encoding


def test_a_date_that_only_says_changed_is_not_the_date_of_publication() -> None:
    page = PAGE.replace("article:published_time", "article:modified_time")
    head = read(page.encode()).head
    assert head.published is None
    assert [gap.field for gap in head.missing] == ["published"]


def test_a_page_without_words_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no text"):
        read(b"<html><body><script>1</script></body></html>")


def test_a_very_deep_page_is_read_or_refused_but_never_breaks() -> None:
    page = b"<html><body>" + b"<div>" * 1000 + SENTENCE.encode() + b"</div>" * 1000
    assert SENTENCE in read(page).text
    with pytest.raises(UnreadableError, match="no text"):
        read(page.replace(b"<div>", b"<div>" * 9))


def test_a_word_file() -> None:
    reading = read(make_docx())
    assert kinds(reading) == [
        ("title", "A quiet harbour"),
        ("paragraph", SENTENCE),
        ("heading", "What was found"),
        ("list_item", "A desk and a lamp"),
        ("table", "Karsk\t2"),
        ("notice", "This article is republished courtesy of Radio Example."),
    ]
    assert (reading.head.title, reading.head.byline, reading.head.published) == ("A quiet harbour", "Ann Example", None)


def test_a_pdf_keeps_its_lines_and_its_making_is_not_its_publication() -> None:
    reading = read(
        make_pdf(
            "The council of Karsk said on Monday that it had found two", "offices in the old harbour of the town.", title="Two offices"
        )
    )
    assert "two\r\noffices" in reading.text
    assert [block.kind for block in reading.blocks] == ["paragraph"]
    assert (reading.head.title, reading.head.byline, reading.head.published) == ("Two offices", "Ann Example", None)
    assert "2023-03-12" in next(gap.reason for gap in reading.head.missing if gap.field == "published")


def test_a_pdf_without_a_text_layer_needs_ocr() -> None:
    with pytest.raises(UnreadableError, match="no text layer: needs OCR"):
        read(make_pdf())


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.7 and then nothing", "damaged"),
        (make_docx()[:-900], "damaged"),
        (b"\x89PNG\r\n\x1a\n....", "a picture; armslength reads plain text"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"", "empty"),
        (b" \n \r\n", "empty"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read(data)


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil", "a\\..\\..\\evil", "C:/evil"])
def test_an_archive_that_points_outside_itself_is_refused(name: str) -> None:
    with pytest.raises(UnreadableError, match="points outside"):
        check_zip(make_zip((name, b"x")))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(UnreadableError, match="may be a bomb"):
        read(make_zip(("word/media/big.xml", b"0" * 30_000_000)))


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_reader, "MOST_ENTRIES", 3)
    with pytest.raises(UnreadableError, match="more than 3"):
        check_zip(make_zip(*((f"a{number}", b"x") for number in range(5))))


def test_an_entry_that_is_larger_than_it_says_is_refused() -> None:
    honest = make_zip(("word/media/a.bin", bytes(range(256)) * 40))
    lying = honest.replace((10240).to_bytes(4, "little"), (64).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(UnreadableError, match=r"damaged|larger than it declares"):
        check_zip(lying)
