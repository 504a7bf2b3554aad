"""Words of texts and of questions: each is found by the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.base.masking import BLOCK
from armslength.base.tokens import MOST_TERMS, Term, asked, holds, mark, near, places, tokens, words_of

LETTERS = st.text("abcé Ł-'\n“\"*站联络网1_█", max_size=40)
OPEN = st.text("abcé Ł-'\n站联络网1_", max_size=40)


def found(text, question):
    return [text[start:end] for start, end in places(text, asked(question))]


@pytest.mark.parametrize(
    ("text", "question", "stretches"),
    [
        ("Overseas police stations in Oslo", "POLICE", ["police"]),
        ("Přerušení v Łodzi", "preruseni lodzi", ["Přerušení", "Łodzi"]),
        ("the police, station by station", '"police station"', ["police, station"]),
        ("the police and a station", '"police station"', []),
        ("policing and police and policy", "polic*", ["policing", "police", "policy"]),
        ("海外警务服务站点", "服务", ["服务"]),
        ("海外警务服务站点", "务服站", []),
        ("海外警务服务站点", "站", ["站点"]),
        ("海外站", "站", ["站"]),
        ("海外警务服务站点", "警务服务站", ["警务服务站"]),
        ("110报警服务站", "110 报警", ["110报警"]),
        ("an investi-\ngation began", "investigation", ["investi-\ngation"]),
        ("self-\nmade", "self", ["self"]),
        ("co-operation", "co-operation", ["co-operation"]),
    ],
)
def test_a_question_finds_words_however_they_are_written(text, question, stretches):
    assert found(text, question) == stretches
    assert holds(text, asked(question)) is bool(stretches)


def test_a_question_is_cut_into_terms():
    assert asked('“a b” -c -"d e" f* xyz* "a b"') == (
        Term(words=("a", "b")),
        Term(words=("c",), excluded=True),
        Term(words=("d", "e"), excluded=True),
        Term(words=("f",)),
        Term(words=("xyz",), beginning=True),
    )
    assert asked("- -- \" ' █ *") == ()
    assert len(asked(" ".join(f"w{number}" for number in range(40)))) == MOST_TERMS


def test_an_excluded_term_must_not_stand_there():
    assert holds("a b", asked("a -c"))
    assert not holds("a b c", asked("a -c"))
    assert holds("a c b", asked('a -"b c"'))


def test_nothing_stands_together_across_a_hidden_name():
    assert not holds(f"said {BLOCK * 5} today", asked('"said today"'))
    assert [token.word for token in tokens(f"said {BLOCK * 5} today")] == ["said", BLOCK, "today"]


@given(LETTERS)
def test_tokens_are_in_order_and_stand_where_they_say(text):
    line = list(tokens(text))
    for token in line:
        assert 0 <= token.start < token.end <= len(text)
        assert token.word
        if BLOCK not in token.word and "-" not in text[token.start : token.end]:
            assert next(tokens(text[token.start : token.end])).word == token.word
    assert [token.end for token in line] == sorted(token.end for token in line)


@given(LETTERS)
def test_words_are_those_of_the_tokens(text):
    assert words_of(text) == [token.word for token in tokens(text)]


@given(OPEN, OPEN)
def test_a_stretch_of_a_text_is_found_by_itself(text, before):
    words = " ".join(text.split())
    terms = asked(f'"{words}"')
    if terms and len(words) < 200:
        assert holds(f"{before} {words} {before}", terms)


@given(LETTERS, LETTERS)
def test_what_is_held_is_found_in_places_and_the_other_way_round(text, question):
    terms = asked(question)
    wanted = [term for term in terms if not term.excluded]
    assert bool(places(text, terms)) is any(holds(text, [term]) for term in wanted)


@pytest.mark.parametrize("word", ["needle", "站台"])
def test_a_long_text_is_cut_around_the_place_only(word):
    text = "needles straw 站 " * 4000 + f" {word} end" + " straw" * 3000
    low, high = near(text, asked(word)[0])
    assert high - low < 2500
    assert holds(text[low:high], asked(word))
    assert near(text, asked("nowhere")[0]) is None


def test_a_mark_is_a_word_that_no_text_has():
    assert mark("kind", "GR.investigation_opened") == "=kind:gr.investigation_opened"
    assert mark("place", "The Hague") == "=place:the_hague"
    assert mark("place", "北京") == "=place:北京"
    assert not {token.word for token in tokens(mark("kind", "incident.case"))} & {mark("kind", "incident.case")}
