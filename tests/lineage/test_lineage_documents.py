import random
from dataclasses import replace
from itertools import pairwise

import pytest
from claim_samples import page
from hypothesis import given
from hypothesis import strategies as st
from traced_samples import Traced

from armslength.lineage.credits import credit_of
from armslength.lineage.documents import one_text
from armslength.lineage.prints import print_batch
from armslength.lineage.text import covered, shared_runs, words_of

STORY = " ".join(f"Sentence {n} of this story tells of harbour number {n * 7} and of what was seen there on day {n}." for n in range(14))
OTHER = " ".join(f"Elsewhere, the {n}th council minute deals with rents, drains and the price of bread in year {n}." for n in range(14))


def edges(*documents):
    return [edge for edge in Traced(list(documents), []).between if edge.kind != "same_organisation"]


def test_near_copies_are_found_with_the_same_words_on_both_sides():
    changed = STORY.replace("Sentence 5 of this story", "The fifth line").replace("day 9", "the ninth day")
    a, b = page(STORY, publisher="The Quay", published="2022-03-01"), page(changed, publisher="The Mole", published="2022-03-02")
    (edge,) = edges(a, b)
    assert (edge.kind, edge.from_id, edge.to_id) == ("near_copy", b.id, a.id)
    sides = list(zip(edge.evidence[::2], edge.evidence[1::2], strict=True))
    assert sides
    assert all((one.doc, two.doc) == (b.id, a.id) and one.quote == two.quote for one, two in sides)


def test_the_same_words_on_two_pages_are_identical():
    a, b = page(STORY, publisher="The Quay"), page(STORY.replace(". ", ".\n"), publisher="The Mole")
    assert [edge.kind for edge in edges(a, b)] == ["identical"]


def test_an_excerpt_is_found_in_the_longer_text():
    assert [e.kind for e in edges(page(STORY[: len(STORY) // 2], publisher="A"), page(STORY + OTHER, publisher="B"))] == ["excerpt"]


def test_texts_on_one_topic_and_stock_phrases_make_no_edge():
    stock = " Follow us on all channels and sign up for our letter to get the news of the day first."
    assert edges(page(STORY + stock, publisher="A"), page(OTHER + stock, publisher="B")) == []


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("This article is republished courtesy of The Mole. Read the original article here.", "The Mole"),
        ("Reprinted with the kind permission of The Mole Weekly.", "The Mole Weekly"),
        ("This story was first published by the Mole and is republished here with permission.", "the Mole"),
        ("The article originally appeared in Voice of Harbours on Monday.", "Voice of Harbours"),
    ],
)
def test_notices_name_whom_they_credit(notice, name):
    document = page(STORY, notice=notice)
    credit = credit_of(document)
    assert credit.name == name
    assert document.text[credit.start : credit.end].endswith(name)


@pytest.mark.parametrize("text", ["It was first reported by the council that rents rise.", "He published a list of names from Lisbon."])
def test_a_story_that_speaks_of_publishing_credits_nobody(text):
    assert credit_of(page(text)) is None


def test_wire_credits():
    assert credit_of(page("LISBON (Reuters) - Something happened. " + STORY)).name == "Reuters"
    assert credit_of(page(STORY, byline="By AFP staff")).name == "AFP"
    assert credit_of(page("The harbour board (AP Moller) met. " + STORY)) is None


def test_a_credited_copy_is_a_republication_whatever_the_dates_say():
    original = page(STORY, publisher="The Mole", published="2022-05-02")
    copy = page(STORY, publisher="The Quay", published="2022-05-01", notice="Republished courtesy of The Mole.")
    (edge,) = edges(original, copy)
    assert (edge.kind, edge.from_id, edge.to_id) == ("republication", copy.id, original.id)
    assert edge.evidence[0].quote.startswith("Republished courtesy of")


def test_a_credit_without_the_same_text_is_no_republication():
    assert edges(page(STORY, publisher="The Mole"), page(OTHER, publisher="The Quay", notice="Republished courtesy of The Mole.")) == []


def test_one_publisher_ties_documents_but_makes_them_no_text():
    case = Traced([page(STORY), page(OTHER)], [])
    assert [edge.kind for edge in case.between] == ["same_organisation"]
    texts = one_text((d.id for d in case.documents), case.between)
    assert len(set(texts.values())) == 2


def test_a_disputed_edge_joins_nothing():
    case = Traced([page(STORY, publisher="A"), page(STORY, publisher="B")], [])
    ids = [document.id for document in case.documents]
    assert len(set(one_text(ids, case.between).values())) == 1
    assert len(set(one_text(ids, [replace(edge, state="disputed") for edge in case.between]).values())) == 2


def test_many_copies_hang_together_and_edges_grow_with_copies_not_pairs():
    copies = [page(f"Edition {n}. {STORY}", publisher=f"Paper {n}") for n in range(60)]
    found = edges(*copies)
    assert len(set(one_text((d.id for d in copies), found).values())) == 1
    assert len(found) <= 60 * 5


def test_chinese_is_read_sign_by_sign():
    text = "海外警务服务站在里斯本设有两个地址，居民表示从未见过警察。" * 4
    assert len(words_of("a", text)) > 80
    a, b = page(text + STORY[:80], publisher="A"), page(text + OTHER[:80], publisher="B")
    assert [edge.kind for edge in edges(a, b)] == ["near_copy"]


words = st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six", "seven", "eight"]), max_size=60)


@given(words, words)
def test_runs_are_the_same_words_and_do_not_overlap(one, two):
    runs = shared_runs(one, two)
    for run in runs:
        assert one[run.a : run.a + run.length] == two[run.b : run.b + run.length]
        assert run.length >= 5
    assert all(first.a + first.length <= second.a for first, second in pairwise(runs))
    a, b = covered(runs)
    assert a <= len(one)
    assert b <= len(two)


@given(words, words, st.integers(0, 999))
def test_twelve_shared_words_share_a_fingerprint(before, after, seed):
    draw = random.Random(seed)
    shared = ["".join(draw.choices("abcdefgh", k=9)) for _ in range(12)]
    one, two = print_batch([page(" ".join([*before, *shared])), page(" ".join([*shared, *after]))])
    assert set(one.prints.tolist()) & set(two.prints.tolist())
