"""Which language is spoken: what a browser asks for, what there is, and English for the rest."""

from __future__ import annotations

import pytest

from armslength.base import language


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr, de;q=0.5", "de"),
        ("en, de;q=0.9", "en"),
        ("en;q=0.1, de;q=0.9", "de"),
        ("de;q=0", "en"),
        ("de;q=x", "en"),
        ("xx-klingon, ../../etc", "en"),
        ("a," * 5000 + "de", "en"),
    ],
)
def test_the_best_language_there_is_is_spoken(header, lang, monkeypatch):
    monkeypatch.setattr(language, "languages", lambda: ("en", "de"))
    assert language.wanted(header) == lang


def test_what_nobody_translated_is_english():
    with language.speaking("xx"):
        assert language.say("A sentence that no catalogue has.") == "A sentence that no catalogue has."
        assert language.count("one fact", "many facts", 2) == "many facts"
        assert language.say("") == "", "gettext would answer with the catalogue's head"


def test_a_language_is_spoken_until_the_block_ends():
    with language.speaking("xx"), language.speaking("en"):
        pass
    assert language.say("As it is.") == "As it is."


def test_direction():
    assert [language.direction(tag) for tag in ("en", "ar", "ug-CN", "de")] == ["ltr", "rtl", "rtl", "ltr"]
