import random

import pytest
from claim_samples import AUSTRIA, LISBON, PORTO, PORTUGAL, Resolved, page, says
from hypothesis import given
from hypothesis import strategies as st

from armslength.resolve.conflicts import conflict

WATCH = ("organisation", "Green Watch")


def pair(first, second, *, texts=("It said 54 stations here.", "They told of 54 stations there.")):
    """Two claims in two documents, and the case they make."""
    a, b = page(texts[0]), page(texts[1], publisher="The Mole")
    one, two = says(a, "54 stations", WATCH, **first), says(b, "54 stations", WATCH, **second)
    return Resolved([a, b], [one, two]), one, two


@pytest.mark.parametrize(
    ("first", "second", "one_fact"),
    [
        ({"value": 54}, {"value": 54}, True),
        ({"value": 54}, {"value": 54, "comparator": ">="}, True),
        ({"value": 54, "comparator": ">"}, {"value": 54}, True),
        ({"value": 54, "comparator": ">"}, {"value": 54, "comparator": "<"}, False),
        ({"value": 54, "comparator": "<"}, {"value": 54, "comparator": ">="}, False),
        ({"value": 54}, {"value": 55}, False),
        ({"value": 54}, {"value": None, "comparator": "approx", "low": 24}, False),
        ({"value": None, "comparator": "approx", "low": 24}, {"value": None, "comparator": "approx", "low": 24}, True),
        ({"value": 54}, {"value": 54, "measure": "countries"}, False),
        ({"value": 54}, {"value": 54, "places": [PORTUGAL]}, False),
        ({"value": 54, "places": [PORTUGAL]}, {"value": 54, "places": [AUSTRIA]}, False),
        ({"value": 54, "places": [PORTUGAL]}, {"value": 54, "places": [LISBON]}, False),
        ({"value": 54, "places": [PORTUGAL, LISBON]}, {"value": 54, "places": [LISBON]}, True),
        ({"value": 54}, {"value": 54, "modality": "negated"}, False),
        ({"value": 54}, {"value": 54, "modality": "future"}, False),
        ({"value": 54}, {"value": 54, "modality": "possible"}, True),
        ({"value": 54}, {"value": 54, "act": "opines"}, False),
        ({"value": 54, "period": "2021"}, {"value": 54, "period": "2022"}, False),
        ({"value": 54, "period": "2021"}, {"value": 54, "period": "2021-04/2022-07"}, True),
        ({"value": 54, "as_of": "2021"}, {"value": 54, "as_of": "2023"}, False),
        ({"value": 54, "as_of": "2021"}, {"value": 54}, True),
        (
            {"value": 54, "parties": [("operator", "government", "Iran")]},
            {"value": 54, "parties": [("operator", "government", "Turkey")]},
            False,
        ),
    ],
)
def test_the_same_number_of_the_same_thing(first, second, one_fact):
    case, one, two = pair(first, second)
    assert case.together(one, two) is one_fact


def test_a_small_number_of_anything_needs_the_same_words_too():
    first = {"value": 3, "measure": "persons", "kind": "quantity.people", "unit": "men"}
    alike = ("The street saw 54 stations and three masked men attack him.", "On the street 54 stations and three masked men attack him.")
    a, b, c = page(alike[0]), page(alike[1], publisher="The Mole"), page("Three men of the council met.", publisher="The Owl")
    one = says(a, alike[0], WATCH, **first)
    two = says(b, alike[1], WATCH, **first)
    other = says(c, "Three men of the council met.", WATCH, **first)
    case = Resolved([a, b, c], [one, two, other])
    assert case.together(one, two)
    assert not case.together(one, other)


def test_a_fact_keeps_the_whole_interval_and_the_usual_comparator():
    case, *_ = pair({"value": 54}, {"value": 54, "comparator": ">="})
    fact = case.facts[0]
    assert (fact.value, fact.low, fact.high) == (54, 54, None)
    assert fact.label.startswith("Sites worldwide: ")
    assert case.entity("Green Watch").id == fact.counter


def test_undated_numbers_join_the_only_period_and_no_other():
    documents = [page(f"Page {n} gives 54 stations.", publisher=f"Paper {n}") for n in range(3)]
    periods = ["2021", "2022", ""]
    claims = [says(d, "54 stations", WATCH, value=54, period=p) for d, p in zip(documents, periods, strict=True)]
    assert len(Resolved(documents, claims).facts) == 3
    assert len(Resolved(documents[1:], claims[1:]).facts) == 1


def sentence_pair(one_text, two_text, **shared):
    a, b = page(one_text), page(two_text, publisher="The Mole")
    chain = shared.pop("chain", (("organisation", "Green Watch"),))
    other = shared.pop("other_chain", chain)
    one, two = says(a, one_text, *chain, **shared), says(b, two_text, *other, **shared)
    return Resolved([a, b], [one, two]).together(one, two)


def test_words_decide_where_no_number_does():
    said = "Officers call on relatives and warn them that their benefits will be stopped."
    near = "Officers call on relatives, warning them that benefits will be stopped."
    far = "Relatives were told by letter about a new pension office in town."
    shared = {"kind": "method", "methods": ["D1"]}
    assert sentence_pair(said, near, **shared)
    assert not sentence_pair(said, far, **shared)


def test_two_deniers_deny_twice():
    said = "There are no such stations in this city at all."
    shared = {"kind": "denial", "act": "denies"}
    assert sentence_pair(said, said, **shared)
    assert not sentence_pair(said, said, **shared, other_chain=(("organisation", "Port Union"),))


def test_one_state_opens_one_investigation_in_whatever_words():
    shared = {"kind": "govt_response.investigation", "codes": ["GR.investigation_opened"]}
    assert sentence_pair("Prosecutors have begun an inquiry.", "The matter is being looked into.", **shared, places=[PORTUGAL])
    a, b = page("An inquiry."), page("An inquiry!", publisher="The Mole")
    one = says(a, "An inquiry", **shared, places=[PORTUGAL])
    assert not Resolved([a, b], [one, two := says(b, "An inquiry", **shared, places=[AUSTRIA])]).together(one, two)
    early, late = (
        says(a, "An inquiry", **shared, places=[PORTUGAL], event="2021"),
        says(b, "An inquiry", **shared, places=[PORTUGAL], event="2024"),
    )
    assert not Resolved([a, b], [early, late]).together(early, late)


def test_a_publication_is_its_maker_and_its_month():
    a, b = page("In March Green Watch put out a list."), page("The list of Green Watch came on 5 March.", publisher="The Mole")
    kind = "publication_event"
    one = says(a, "In March Green Watch put out a list", kind=kind, event="2022-03", parties=[("maker", "organisation", "Green Watch")])
    two = says(b, "The list of Green Watch came on 5 March", kind=kind, event="2022-03-05")
    other = says(b, "5 March", kind=kind, event="2023-03-05", parties=[("maker", "organisation", "Green Watch")])
    case = Resolved([a, b], [one, two, other])
    assert case.together(one, two)
    assert not case.together(one, other)
    assert case.entity("Green Watch").id in {fact.counter for fact in case.facts}


def test_every_claim_is_kept_or_refused_with_its_reason():
    a = page("Ana leads the town. Suppose 5 stations were here. A number of them.")
    claims = [
        says(a, "Ana leads the town", kind="person.role"),
        says(a, "Suppose 5 stations were here", value=5, modality="hypothetical"),
        says(a, "A number of them", kind="site"),
    ]
    case = Resolved([a], claims)
    assert len(case.facts) == 1
    assert len(case.refused) == 2
    assert all(row.reason and row.doc == a.id for row in case.refused)


def test_no_label_holds_words_of_a_quote_or_a_name():
    a = page("Ana Silva testified that she was followed in Lisbon.")
    claims = [
        says(
            a, "she was followed", ("person", "Ana Silva"), kind="testimony.first_person", act="testifies", methods=["A5"], places=[LISBON]
        )
    ]
    label = Resolved([a], claims).facts[0].label
    assert "Silva" not in label
    assert "she was" not in label
    assert "Person " in label


numbers = st.lists(
    st.tuples(
        st.sampled_from([3, 54, 54, None]),
        st.sampled_from(["=", ">=", ">", "<", "<="]),
        st.sampled_from([(), (PORTUGAL,), (AUSTRIA,), (LISBON,), (PORTO,)]),
        st.sampled_from(["", "2021", "2022", "2021/2022"]),
        st.sampled_from(["stated", "negated", "future"]),
        st.sampled_from(["sites.worldwide", "persons"]),
    ),
    min_size=1,
    max_size=12,
)


@given(numbers, st.integers(0, 3))
def test_no_fact_holds_a_conflict_and_no_claim_is_lost(rows, seed):
    documents, claims = [], []
    for number, (value, comparator, places, period, modality, measure) in enumerate(rows):
        document = page(f"Paper {number} gives some number of stations here.", publisher=f"Paper {number}")
        documents.append(document)
        low = 24 if value is None else None
        compared = "approx" if value is None else comparator
        claims.append(
            says(
                document, "number of stations", WATCH, value=value, comparator=compared, low=low, places=places, period=period,
                modality=modality, measure=measure,
            )
        )  # fmt: skip
    case = Resolved(documents, claims)
    reading = {row.id: row for row in case.readings}
    assert sorted(c for f in case.facts for c in f.claims) == sorted(c.id for c in claims)
    for fact in case.facts:
        members = [reading[c] for c in fact.claims]
        assert [conflict(a, b) for a in members for b in members if conflict(a, b)] == []
    random.Random(seed).shuffle(claims)
    assert Resolved(documents, claims).facts == case.facts
