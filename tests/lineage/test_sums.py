"""Numbers that add up. Every text is invented."""

import pytest
from claim_samples import page, says
from traced_samples import Traced

WATCH = ("organisation", "Green Watch")


def derived(text, numbers, *, chains=None, **fields):
    document = page(text)
    claims = [
        says(document, quote, *(chains[place] if chains else [WATCH]), value=value, **{"unit": "station", **fields})
        for place, (quote, value) in enumerate(numbers)
    ]
    case = Traced([document], claims)
    facts = {fact.id: fact.value for fact in case.facts}
    return sorted((facts[row.fact], facts[row.other]) for row in case.relations if row.type == "derives"), case


def test_a_total_derives_from_its_parts_and_says_so():
    found, case = derived(
        "Green Watch lists 54 stations: 30 belong to Harbour city and 24 to River city.",
        [("54 stations", 54), ("30 belong", 30), ("24 to River", 24)],
    )
    assert found == [(54, 24), (54, 30)]
    reason = next(row.reason for row in case.relations if row.type == "derives")
    assert reason.startswith("30 + 24 = 54")


def test_an_earlier_count_and_what_was_added_make_the_later_one():
    found, _ = derived(
        "Green Watch had named 54 stations. It has now found 48 more. That is 102 stations.",
        [("54 stations", 54), ("48 more", 48), ("102 stations", 102)],
    )
    assert found == [(102, 48), (102, 54)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "Green Watch lists 54 stations: 30 belong to one city and 25 to another.",
            [("54 stations", 54), ("30 belong", 30), ("25 to", 25)],
        ),
        ("Green Watch lists 9 stations: 5 here and 4 there.", [("9 stations", 9), ("5 here", 5), ("4 there", 4)]),
        (
            "Green Watch lists 54 stations. Boats lie there. The 30 posts are old. 24 desks were seen.",
            [("54 stations", 54), ("30 posts", 30), ("24 desks", 24)],
        ),
        (
            "Green Watch lists 54 stations, 30 in one, 24 in another, 20 in a third, 34 in a fourth.",
            [("54 stations", 54), ("30 in one", 30), ("24 in another", 24), ("20 in a", 20), ("34 in a", 34)],
        ),
        (
            "Green Watch lists 54 stations. " + "Boats lie there. " * 50 + "Of these 30 and 24.",
            [("54 st", 54), ("30 and", 30), ("24.", 24)],
        ),
    ],
    ids=["wrong sum", "small", "nothing says parts", "two ways", "far away"],
)
def test_what_is_no_sum(text, numbers):
    assert derived(text, numbers)[0] == []


def test_numbers_of_two_bodies_are_not_added():
    text = "Green Watch lists 54 stations, of which 30 are in one city. Port Audit says 24 are in another."
    chains = [[WATCH], [WATCH], [("organisation", "Port Audit")]]
    assert derived(text, [("54 stations", 54), ("30 are", 30), ("24 are", 24)], chains=chains)[0] == []
