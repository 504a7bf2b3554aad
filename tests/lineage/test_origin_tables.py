"""Chains of telling with the number of origins they really have. Every text is invented."""

import pytest
from claim_samples import AUSTRIA, LISBON, PORTUGAL, page, says
from traced_samples import Traced, limits

CITY = {"value": 3, "measure": "sites.in_city", "places": [LISBON]}
LONG = " ".join(f"Sentence {n} of this story tells of harbour number {n * 7} and of what was seen there on day {n}." for n in range(12))


def test_many_articles_on_one_report_on_state_media_are_one_interested_origin():
    documents, claims = [], []
    for number, words in enumerate(("lists", "counts", "names", "describes")):
        document = page(f"Paper {number}: the Green Watch report {words} 54 stations.", publisher=f"Paper {number}")
        chain = [("report", "Green Watch report", "Green Watch")] + ([("media", "Chinese state media", "China")] if number % 2 else [])
        documents.append(document)
        claims.append(says(document, "54 stations", *chain, value=54, parties=[("operator", "government", "China")]))
    case = Traced(documents, claims)
    found = case.of(claims[0])
    assert (found.min, found.max, found.unknown, found.apparent) == (1, 1, 0, 4)
    assert found.groups[0].label == "Chinese state media"
    assert found.groups[0].interested
    assert not found.groups[0].primary_seen


def two_counts(
    first="The auditors of Port Audit visited every address. Port Audit counted three stations.",
    second="Uni Nord interviewed neighbours and counted three stations.",
):
    a, b = page(first), page(second, publisher="The Mole")
    return [a, b], [
        says(a, "three stations", ("organisation", "Port Audit"), **CITY),
        says(b, "three stations", ("organisation", "Uni Nord"), **CITY),
    ]


def test_two_counters_who_each_went_and_looked_are_two():
    assert limits(*two_counts()) == (2, 2, 0)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Port Audit lists three stations.", "Uni Nord lists three stations, it says."),
        ("Port Audit counted three stations.", "Uni Nord gives three stations."),
        ("Port Audit counted three stations, citing official data.", "Uni Nord counted three stations."),
        ("Port Audit did not say that it visited three stations.", "Uni Nord counted three stations."),
        ("Port Audit says it found three stations.", "Uni Nord identified three stations."),
    ],
)
def test_independence_is_earned_by_both_or_not_shown(first, second):
    assert limits(*two_counts(first, second)) == (1, 2, 0)


def test_two_counters_on_one_page_are_one_access():
    a = page("Port Audit counted three stations. Uni Nord counted three stations too.")
    claims = [says(a, "counted three stations", ("organisation", "Port Audit"), **CITY)]
    claims += [says(a, "Uni Nord counted three stations", ("organisation", "Uni Nord"), **CITY)]
    assert limits([a], claims) == (1, 2, 0)


def test_a_counter_who_elsewhere_passes_on_what_others_say_is_not_believed_to_have_counted():
    documents, claims = two_counts()
    c = page("Port Audit, from the ministry's list, says three stations.", publisher="The Owl")
    claims.append(says(c, "three stations", ("organisation", "Port Audit"), ("government", "ministry's list", "Portugal"), **CITY))
    assert limits([*documents, c], claims)[0] == 1


def test_an_anonymous_tip_on_many_sites_is_one_and_the_rest_unknown():
    documents = [page(f"Site {n} hears from a source of 54 stations.", publisher=f"Site {n}") for n in range(5)]
    claims = [says(d, "54 stations", ("unnamed", "a source"), value=54) for d in documents]
    assert limits(documents, claims) == (1, 5, 5)


def test_one_page_that_says_it_three_times_is_one():
    a = page("54 stations. Again: 54 stations exist. And once more, 54 stations stand.")
    claims = [says(a, quote, value=54) for quote in ("54 stations", "54 stations exist", "54 stations stand")]
    assert limits([a], claims) == (1, 1, 3)


def test_a_hundred_copies_of_one_story_are_one():
    documents = [page(f"Desk {n}. 54 stations. {LONG} Printed by {n}.", publisher=f"Site {n}") for n in range(100)]
    claims = [says(d, "54 stations", value=54) for d in documents]
    found = Traced(documents, claims).of(claims[0])
    assert (found.min, found.max, found.unknown, found.apparent) == (1, 1, 100, 100)


def test_a_hidden_source_hangs_on_the_page_that_names_one_and_ties_nothing_together():
    documents, claims = two_counts()
    headline = page("Three stations, says headline. Uni Nord counted three stations.", publisher="The Mole")
    claims += [says(headline, "Three stations", **CITY), says(headline, "counted three stations", ("organisation", "Uni Nord"), **CITY)]
    assert limits([*documents, headline], claims) == (2, 2, 0)


def test_two_media_who_each_went_there_are_two_unless_one_owner_or_one_text():
    see = {"kind": "site.observation", "places": [LISBON], "codes": ["SITE.cover"]}
    said = "Our reporter visited the address and saw a quiet travel agency with a flag."
    a = page(said, publisher="The Quay")
    b = page("A visit. " + said.replace("Our reporter visited", "A reporter visited"), publisher="The Mole")
    claims = [says(a, said, **see), says(b, b.text, **see)]
    assert limits([a, b], claims)[0] == 1, "eight words in a row: the one has it from the other"
    c = page("A flag and a quiet agency for travel: that is what the address showed when we visited.", publisher="The Owl")
    claims = [says(a, said, **see), says(c, c.text, **see)]
    case = Traced([a, c], claims)
    assert len(case.facts) == 1
    assert case.of(claims[0]).min == 2
    owned = [page(d.text, publisher=p) for d, p in ((a, "Voice of America"), (c, "Radio Free Asia"))]
    assert limits(owned, [says(owned[0], said, **see), says(owned[1], owned[1].text, **see)])[:2] == (1, 1)
    same = [page(d.text, publisher="The Quay") for d in (a, c)]
    assert limits(same, [says(same[0], said, **see), says(same[1], same[1].text, **see)])[:2] == (1, 1)


def authorities(first, second):
    a, b = page(f"The {first} counted three stations."), page(f"The {second} inspected three stations.", publisher="The Mole")
    shared = {"value": 3, "measure": "sites.worldwide"}
    return limits(
        [a, b], [says(a, "three stations", ("government", first), **shared), says(b, "three stations", ("government", second), **shared)]
    )


def test_authorities_are_two_only_where_their_states_are():
    assert authorities("Austrian police", "Portuguese police") == (2, 2, 0)
    assert authorities("Austrian police", "Austrian interior ministry") == (1, 1, 0)
    assert authorities("Rotburg police", "Austrian police") == (1, 1, 0)


def test_speakers_of_one_body_or_one_name_are_one():
    a, b = page("Ana Silva says she counted three stations."), page("Silva says she visited three stations.", publisher="The Mole")
    shared = {"value": 3}
    named = [says(a, "three stations", ("person", "Ana Silva"), **shared), says(b, "three stations", ("person", "Silva"), **shared)]
    assert limits([a, b], named) == (1, 1, 0)
    c = page("Bo Berg says he visited three stations.", publisher="The Owl")
    other = says(c, "three stations", ("person", "Bo Berg"), **shared)
    assert limits([a, c], [named[0], other]) == (2, 2, 0)
    staff = [
        says(a, "three stations", ("person", "Ana Silva", "Green Watch"), **shared),
        says(c, "three stations", ("person", "Bo Berg", "Green Watch"), **shared),
    ]
    assert limits([a, c], staff) == (1, 1, 0)


def test_opinion_counts_nothing():
    a, b = page("It is a threat, she holds."), page("A threat it is, he holds.", publisher="The Mole")
    claims = [says(a, "It is a threat", ("person", "Ana Silva"), kind="assessment", act="opines")]
    claims += [says(b, "A threat it is", ("person", "Bo Berg"), kind="legal_characterisation")]
    for row in Traced([a, b], claims).origins:
        assert (row.min, row.max, row.groups) == (0, 0, ())


def test_a_response_goes_back_to_the_authority_that_gave_it():
    shared = {"kind": "govt_response.investigation", "codes": ["GR.investigation_opened"], "places": [PORTUGAL]}
    a, b = page("Portugal's police said they investigate."), page("An inquiry has begun.", publisher="The Mole")
    claims = [
        says(a, "they investigate", ("government", "Portugal's police", "Portugal"), **shared),
        says(b, "An inquiry has begun", **shared),
    ]
    assert limits([a, b], claims) == (1, 1, 0)


def test_an_authority_is_no_first_hand_voice_on_another_states_act():
    shared = {"kind": "govt_response.investigation", "codes": ["GR.investigation_opened"], "places": [AUSTRIA]}
    a = page("Portugal's police said Austria investigates.")
    claim = says(a, "Austria investigates", ("government", "Portugal's police", "Portugal"), **shared)
    assert "nothing shows" in " ".join(Traced([a], [claim]).of(claim).why)


def test_a_publication_is_its_own_origin():
    documents = [page(f"Paper {n}: Green Watch published its list in March.", publisher=f"Paper {n}") for n in range(3)]
    maker = [("maker", "organisation", "Green Watch")]
    claims = [says(d, "Green Watch published", kind="publication_event", event="2022-03", parties=maker) for d in documents]
    assert limits(documents, claims) == (1, 1, 0)


def test_the_primary_is_seen_when_the_origin_published_a_page_of_the_case():
    own = page("We counted 54 stations.", publisher="Green Watch")
    paper = page("Green Watch has 54 stations on its list.", publisher="The Mole")
    chain = ("organisation", "Green Watch")
    claims = [says(own, "54 stations", value=54), says(paper, "54 stations", chain, value=54)]
    seen = Traced([own, paper], claims).of(claims[0])
    assert (seen.min, seen.max, seen.groups[0].primary_seen) == (1, 1, True)
    assert not Traced([paper], claims[1:]).of(claims[1]).groups[0].primary_seen


def test_a_denial_has_the_denier_for_its_origin():
    a = page("The Quay asked. The Iranian embassy denied that stations exist.")
    claim = says(a, "denied that stations exist", ("government", "Iranian embassy"), kind="denial", act="denies")
    found = Traced([a], [claim]).of(claim)
    assert (found.min, found.max, found.groups[0].interested) == (1, 1, True)


def test_reasons_are_given_for_each_pair_and_name_no_person():
    a, b = page("Ana Silva says she counted three stations."), page("Bo Berg says he visited three stations.", publisher="The Mole")
    claims = [says(a, "three stations", ("person", "Ana Silva"), value=3), says(b, "three stations", ("person", "Bo Berg"), value=3)]
    case = Traced([a, b], claims)
    why = " ".join(case.of(claims[0]).why)
    assert "independent" in why
    assert "Silva" not in why + repr([edge.why for edge in case.edges])
