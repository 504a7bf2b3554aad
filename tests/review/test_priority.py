"""In which order to look at things."""

from __future__ import annotations

import pytest

from armslength.model.queue import COUNTS, FIRST, LATER
from armslength.review.priority import Stake, Swing, claim_item, count_words, edge_item, fact_item, gain, rests, same_item


def stake(documents=2, denied=0, paired=0, family="incident"):
    return Stake(documents=documents, denied=denied, paired=paired, family=family)


def swing(now=(1, 1), then=(1, 2), fact="f", **held):
    return Swing(fact=fact, now=now, then=then, stake=stake(**held))


def edge(doubt=0.6, *swings):
    return edge_item("e", "claim", "rewrite", doubt, swings or (swing(),))


def test_a_doubtful_edge_between_one_origin_and_two_goes_first():
    doubtful = edge(0.6)
    sure = edge(0.1)
    other = edge(0.6, swing(now=(2, 3), then=(2, 4)))
    claim = claim_item("c", 0.9, [swing(now=(2, 2), then=(1, 1), documents=64, denied=3, paired=2)])
    assert (doubtful.tier, sure.tier, other.tier, claim.tier) == (FIRST, COUNTS, COUNTS, COUNTS)
    assert max((doubtful, sure, other, claim), key=lambda item: item.order) is doubtful


@pytest.mark.parametrize(
    ("now", "then", "weight"),
    [((1, 1), (2, 2), 3), ((1, 2), (2, 2), 3), ((1, 1), (1, 2), 2), ((2, 2), (2, 3), 1), ((2, 2), (-1, -1), 1), ((1, 1), (1, 1), 0)],
)
def test_what_a_change_weighs(now, then, weight):
    assert gain(swing(now=now, then=then)) == weight


def test_more_rests_on_what_many_repeat_what_is_denied_and_what_is_held_against_another():
    least = rests(stake(documents=1))
    assert least == 1
    for more in (stake(documents=8), stake(documents=1, denied=1), stake(documents=1, paired=1), stake(documents=1, family="site")):
        assert rests(more) > least
    assert rests(stake(documents=1, denied=1)) == rests(stake(documents=1, denied=9)), "nobody is counted by how many deny"


def test_of_two_alike_the_more_doubtful_and_the_more_held_against_goes_first():
    assert edge(0.6).order > edge(0.5).order
    assert edge(0.5, swing(denied=1)).order > edge(0.5).order
    assert edge(0.5, swing(fact="f"), swing(fact="g")).order > edge(0.5).order


def test_what_changes_nothing_is_no_item():
    assert edge(0.6, swing(then=(1, 1))) is None
    assert claim_item("c", 0.9, [swing(then=(1, 1))]) is None


def test_a_passage_the_reader_is_sure_of_is_no_item_nor_one_that_only_its_own_fact_hangs_on():
    assert claim_item("c", 0.2, [swing()]) is None
    assert claim_item("c", 0.5, [swing(then=(-1, -1))]) is None
    assert claim_item("c", 0.5, [swing(then=(-1, -1), denied=1)]) is not None


def test_the_sentences_say_what_would_change():
    assert edge(0.6, swing(then=(2, 2))).says == "If these two passages do not hang together so, this fact has 2 origins, not 1."
    whole = edge_item("e", "document", "excerpt", 0.6, [swing(), swing(fact="g"), swing(fact="h")])
    assert whole.says == "If these two texts are not one, this fact has 1 to 2 origins, not 1; 2 more facts change."
    assert claim_item("c", 0.5, [swing(now=(1, 1), then=(-1, -1), denied=1)]).says.endswith("there is no such fact any more.")
    two = same_item(("f", "g"), "fact", 0.5, "", [swing(fact="f", then=(2, 2)), swing(fact="g", then=(2, 2))])
    assert two.says == "If these two facts are one, it has 2 origins; apart they have 1 origin and 1 origin."
    assert same_item(("a", "b"), "entity", 0.5, "", []).tier == LATER


def test_a_fact_waits_when_it_is_contested_contradicted_or_denied_and_repeated():
    assert fact_item("f", "contested", stake(), 0, (1, 1)).tier == COUNTS
    assert fact_item("f", "machine", stake(paired=1), 1, (1, 1)) is not None
    assert fact_item("f", "machine", stake(documents=5, denied=1), 0, (1, 1)) is not None
    assert fact_item("f", "machine", stake(documents=5), 0, (1, 1)) is None
    assert fact_item("f", "accepted", stake(documents=5, denied=1), 1, (1, 1)) is None


def test_counts_in_words():
    assert [count_words(count) for count in ((1, 1), (1, 2), (2, 2))] == ["1 origin", "1 to 2 origins", "2 origins"]
