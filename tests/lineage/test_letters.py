"""Words of many texts at once are the words of each text."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.lineage.alignment import common_runs
from armslength.lineage.letters import hash_of, read_letters
from armslength.lineage.marks import marks_of
from armslength.lineage.rewrites import stems
from armslength.lineage.text import shared_runs, words_of

PIECES = [
    *("a", "Bc", "Straße", "İz", "ﬁne", "it's", "’tis", "o’clock", "''", "_", "x_y", "é", "e\u0301", "ΐ", "\ud800", "𝔘x", "\U000e0041"),
    *("海", "外警", "カ", "한국", " ", "  ", "\n", ".", ",", "12", "1,234", "1.5", "23万", "３４", "²", "7th", "(", "»", "“Ab"),
]
texts = st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), max_size=5)


def spans(reading, number):
    mine = slice(reading.cuts[number], reading.cuts[number + 1])
    first = reading.first[number]
    return [(int(a - first), int(b - first)) for a, b in zip(reading.start[mine], reading.end[mine], strict=True)]


@given(texts, st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=2))
@settings(max_examples=300)
def test_words_and_their_hashes_are_those_of_each_text_alone(several, skip):
    reading = read_letters(several, [skip] * len(several))
    hashes = reading.hashes(slice(None))
    for number, text in enumerate(several):
        words = words_of("x", text, [(a, min(b, len(text))) for a, b in skip])
        assert spans(reading, number) == list(words.spans)
        assert hashes[reading.cuts[number] : reading.cuts[number + 1]].tolist() == [hash_of(word) for word in words.words]


@given(texts)
@settings(max_examples=200)
def test_marks_of_a_text_do_not_depend_on_the_texts_beside_it(several):
    together = marks_of(read_letters(several), several)
    for number, text in enumerate(several):
        alone = marks_of(read_letters([text]), [text])
        mine = slice(together.cuts[number], together.cuts[number + 1])
        assert together.hashes[mine].tolist() == alone.hashes.tolist()
        for start, end in zip(alone.start - 1, alone.end - 1, strict=True):
            assert text[start].isdigit() or text[start].isupper()
            assert start < end <= len(text)


def test_no_text_has_no_words():
    assert len(read_letters([]).start) == 0
    assert len(read_letters(["", "…"]).start) == 0


def test_case_and_apostrophes_make_no_other_word_and_letters_do():
    words = read_letters(["STRASSE straße it’s IT'S cat act"]).hashes(slice(None)).tolist()
    assert words[0] == words[1]
    assert words[2] == words[3]
    assert words[4] != words[5]


def test_stems_lose_their_endings_and_keep_four_letters():
    pairs = [("harassed", "harassing"), ("stations", "station"), ("nations", "nation"), ("STUDIES", "studied")]
    for one, two in pairs:
        found = stems(read_letters([f"{one} {two}"])).tolist()
        assert found[0] == found[1], (one, two)
    assert stems(read_letters(["red"])).tolist() == [hash_of("red")]
    assert stems(read_letters(["walked"])).tolist() == [hash_of("walk")]


@given(*[st.lists(st.sampled_from("abc"), max_size=40) for _ in range(2)])
@settings(max_examples=200)
def test_runs_of_hashes_are_the_runs_of_words(one, two):
    hashes = [np.array([hash_of(word) for word in words], dtype=np.uint64) for words in (one, two)]
    assert common_runs(*hashes) == shared_runs(one, two)
