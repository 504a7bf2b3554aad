"""Parsing with less work gives the rows, and the vectors, that the model's own pipeline gives."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.extract.backends import spacy_parser
from armslength.extract.backends.spacy_parser import LONGEST, model_name, parse
from armslength.extract.backends.spacy_vectors import lighten
from armslength.extract.backends.spacy_words import forms_of
from armslength.extract.parsed import Parse, Word, build, once
from armslength.extract.sentences import cut, one_line

WRITTEN = Path(__file__).parents[2] / "examples" / "written"
ODD = (
    "", " ", "  two blanks first", "\x00 a \u202e b", "Let's go. They ain't there.", "They're gonna gotta go, y'all.", "C'm on!", "gon na",
    "There is a police station.", "There were 54 of them there.", "I can't, he won't and it's us.", "警察站 👩‍👩‍👧 e\u0301t\u00e9 \u00a0x", "“‘((“",
    "He saw saws; left the lefts; was axes.", "A" * 300, "…", "U.S. officials said: no.",
)  # fmt: skip


def sentences() -> list[str]:
    texts = [path.read_text("utf-8") for path in sorted(WRITTEN.glob("*.txt"))]
    return [one_line(text[a:b]) for text in texts for a, b in cut(text, 0, len(text))]


@pytest.fixture(scope="module")
def model() -> Any:
    return spacy.load(model_name())


def plain(model: Any, texts: list[str]) -> list[Parse]:
    """The rows of the model's own pipeline."""
    return spacy_parser._parsed(model, None, [(7, text) for text in texts])


def test_rows_are_those_of_the_models_own_pipeline(model: Any) -> None:
    texts = [*sentences(), *ODD]
    assert len(texts) > 60
    expected = plain(model, texts)
    assert list(parse((7, text) for text in texts)) == expected
    assert sum(len(one.words) for one in expected) > 1000
    assert spacy_parser._load(model_name())[1] is not None, "the model has no table, so nothing was compared"


@settings(max_examples=25)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=60), max_size=4))
def test_rows_are_the_same_for_any_text(texts: list[str]) -> None:
    known, _ = spacy_parser._load(model_name())
    given = [(0, one_line(text)) for text in texts]
    assert list(parse(given)) == spacy_parser._parsed(known, None, given)


def test_vectors_are_the_same_to_the_last_bit_in_any_company(model: Any) -> None:
    light = spacy.load(model_name())
    lighten(light)
    texts, draw = sentences(), random.Random(5)
    for name in ("tok2vec", "ner"):
        own, other = (one.get_pipe(name).model for one in (model, light))
        if name == "ner":
            own, other = own.get_ref("tok2vec").layers[0], other.get_ref("tok2vec").layers[0]
        assert {"remembered_words", "mixing"} <= {layer.name for layer in other.walk()}, "nothing was replaced, so nothing is compared"
        expected = dict(zip(texts, own.predict([model.make_doc(text) for text in texts]), strict=True))
        for size in (1, 3, 16, 100):
            draw.shuffle(texts)
            for at in range(0, len(texts), size):
                some = texts[at : at + size]
                for text, rows in zip(some, other.predict([light.make_doc(text) for text in some]), strict=True):
                    assert rows.tobytes() == expected[text].tobytes()


def test_a_model_with_other_rules_is_run_as_it_is(model: Any) -> None:
    assert forms_of(model) is not None
    other = spacy.load(model_name())
    other.get_pipe("attribute_ruler").add([[{"ENT_TYPE": "ORG"}]], {"POS": "PROPN"})
    assert forms_of(other) is None


def test_a_sentence_that_is_too_long_has_no_rows() -> None:
    long, short = "police " * LONGEST, "Police came."
    found = list(parse([(0, short), (20, long), (90, short)]))
    assert [one is None for one in found] == [False, True, False]
    assert [one.start for one in found if one is not None] == [0, 90]


def word(index: int, head: int) -> Word:
    return Word(index, index, index + 1, "x", "x", "NOUN", "NN", "ROOT" if head == index else "dep", head, "")


@given(st.lists(st.integers(0, 9), min_size=1, max_size=10))
def test_edges_are_the_first_and_last_word_below(heads: list[int]) -> None:
    ordered = [min(index, head) for index, head in enumerate(heads)]  # no circles: a head comes before its words
    for turn in (ordered, [len(heads) - 1 - head for head in reversed(ordered)]):
        found = build(0, len(turn), tuple(word(index, head) for index, head in enumerate(turn)))
        for index in range(len(turn)):
            below = found.subtree(index)
            assert found.edges[index] == (below[0], below[-1])
            assert found.subtree(index) == below, "asked again, the answer is the same"


def test_heads_in_a_circle_do_not_hang() -> None:
    assert build(0, 2, (word(0, 1), word(1, 0))).edges == ((0, 1), (0, 1))


def test_what_is_worked_out_once_is_kept_for_its_parse_alone() -> None:
    asked: list[int] = []

    @once
    def length(parse: Parse, index: int) -> int:
        asked.append(index)
        return len(parse.words) + index

    one, two = build(0, 1, (word(0, 0),)), build(0, 2, (word(0, 0), word(1, 0)))
    assert [length(one, 0), length(one, 0), length(two, 0), length(one, 1)] == [1, 1, 2, 2]
    assert asked == [0, 0, 1]
    assert one == build(0, 1, (word(0, 0),)), "what was asked of a parse is no part of it"
