"""Sentences of views and stages, told again in German: by pattern, and never what somebody else wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markupsafe import Markup

from armslength.base.language import speaking
from armslength.web.phrases import facts, lineage, pages, queue, words
from armslength.web.retelling import counted, dated, listed, medium, number, retold, told

SOURCE = Path(__file__).parents[2] / "src" / "armslength"
PHRASES = [
    form
    for module in (words, facts, lineage, queue, pages)
    for name, rows in vars(module).items()
    if name.isupper()
    for row in rows
    for form in ((row,) if isinstance(row, str) else row)
]


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("9 September 2025", "9. September 2025"),
        ("22 November 2026, 14:41 UTC", "22. November 2026, 14:41 UTC"),
        ("from April 2021 to July 2022", "von April 2021 bis Juli 2022"),
        ("about 2021", "etwa 2021"),
        ("5 articles", "5 Artikel"),
        ("1 passage", "1 Textstelle"),
        ("4,200", "4.200"),
        ("at least 1.5", "mindestens 1,5"),
        ("3 articles from 2 publishers", "3 Artikel, 2 Herausgeber"),
        ("1 to 3 origins", "1 bis 3 Ursprünge"),
        ("Sites in a city: 2 (Vienna, Austria)", "Standorte in einer Stadt: 2 (Vienna, Österreich)"),
        ("The Netherlands: Investigation opened", "Niederlande: Ermittlung aufgenommen"),
        ("People: between 3 and 11 (no number given)", "Menschen: zwischen 3 und 11 (keine Zahl genannt)"),
        ("Denials", "Wo bestritten wird"),
        ("Told again in other words", "Mit anderen Worten nacherzählt"),
        ("Both have it through Open Harbour Watch.", "Beide haben es über Open Harbour Watch."),
        (
            "They stand in two documents that are one text. Both documents hold the same words from first to last.",
            "Sie stehen in zwei Dokumenten, die ein Text sind. Beide Dokumente enthalten vom ersten bis zum letzten dieselben Wörter.",
        ),
        (
            "The document is in `zh`; claims are read from English only so far.",
            "Das Dokument ist auf Chinesisch; Aussagen werden bisher nur aus dem Englischen gelesen.",
        ),
    ],
)
def test_what_the_program_says_is_told_in_german(english, german):
    with speaking("de"):
        assert told(english) == german
    assert told(english) == english or "`" in english


@pytest.mark.parametrize(
    "theirs",
    ["Letter to Editors", "Open Harbour Watch", "a rights group, as we know", "4,200 people were persuaded to return", "Karst", ""],
)
def test_what_others_wrote_is_left_as_it_is(theirs):
    with speaking("de"):
        assert told(theirs) == theirs


def test_names_inside_a_sentence_are_left_as_they_are():
    with speaking("de"):
        assert told("Both go back to Denials.") == "Beide gehen auf Denials zurück."


def test_html_and_numbers_are_no_sentences():
    with speaking("de"):
        assert retold(Markup("denied")) == "denied"
        assert retold(7) == 7
        assert retold(None) is None


def test_english_has_its_codes_in_words():
    assert told("It gives 61 as of 2025-12-11 after 38.") == "It gives 61 as of 11 December 2025 after 38."
    assert told("The document is in `zh`; claims are read from English only so far.").startswith("The document is in Chinese;")


def test_small_things_in_both_languages():
    assert (number(4200), counted(2, "passage"), dated("2025-12"), listed(["A", "B", "C"])) == (
        "4,200",
        "2 passages",
        "December 2025",
        "A, B and C",
    )
    with speaking("de"):
        assert (number(4200), counted(2, "passage"), dated("2025-12"), listed(["A", "B", "C"])) == (
            "4.200",
            "2 Textstellen",
            "Dezember 2025",
            "A, B und C",
        )
    assert (medium("text/html; charset=utf-8"), medium("audio/ogg")) == ("web page", "audio/ogg")


PUT_TOGETHER = {"%(n)s article gives the fact.", "%(n)s articles give the fact.", "A passage was %(what)s.", "The fact was %(what)s."}
"""Of pieces that are too short to be looked for."""


def test_every_pattern_is_still_said_somewhere():
    """A sentence that was put otherwise in the code has to be put so here too: else pages in other languages fall back to English."""
    files = [path for path in SOURCE.rglob("*.py") if "phrases" not in path.parts]
    written = "\n".join(path.read_text(encoding="utf-8") for path in files)
    said = re.sub(r'"\s*\n\s*f?"', "", written)  # what stands on two lines is one sentence
    said = re.sub(r"\{[^{}\n\"]*\}", "\0", said)
    missing = [
        form for form in PHRASES if (runs := list(_runs(form))) and form not in PUT_TOGETHER and not any(run in said for run in runs)
    ]
    assert missing == []


def _runs(form: str) -> Iterator[str]:
    """Three words in a row of what stands between the placeholders: more is put together in many ways."""
    for chunk in re.split(r"%\(\w+\)s", form):
        said = chunk.split()
        yield from (" ".join(said[at : at + 3]).strip(".;:,") for at in range(len(said) - 2))
