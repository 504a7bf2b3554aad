from claim_samples import AUSTRIA, LISBON, PORTUGAL, page, says
from traced_samples import Traced

WATCH = ("report", "Green Watch report", "Green Watch")
AUDIT = ("organisation", "Port Audit")


def two(first, second, *, chains=(WATCH, WATCH), dates=("2022-09-20", "2022-12-06")):
    a = page("One page gives 54 stations.", publisher="The Quay", published=dates[0])
    b = page("Other page gives 102 stations.", publisher="The Mole", published=dates[1])
    one, later = says(a, "54 stations", chains[0], value=54, **first), says(b, "102 stations", chains[1], value=102, **second)
    case = Traced([a, b], [one, later])
    return case.relation(later, one), case.relation(one, later), case


def test_a_later_count_by_the_same_counter_supersedes():
    found, back, case = two({"as_of": "2022-09"}, {"as_of": "2022-12"})
    assert (found, back) == (["supersedes"], [])
    assert "Green Watch" in case.relations[0].reason


def test_by_the_articles_date_too_and_saying_so():
    found, _, case = two({}, {})
    assert found == ["supersedes"]
    assert "by the date of the article" in case.relations[0].reason


def test_without_dates_nothing_supersedes_or_contradicts():
    assert two({}, {}, dates=(None, None))[:2] == ([], [])


def test_another_scope_another_measure_or_a_plan_supersedes_nothing():
    assert two({"as_of": "2022-09", "places": [PORTUGAL]}, {"as_of": "2022-12"})[0] == []
    assert two({"as_of": "2022-09", "measure": "countries"}, {"as_of": "2022-12"})[0] == []
    assert two({"as_of": "2022-09"}, {"as_of": "2022-12", "modality": "future"})[0] == []


def test_a_chain_of_counts_supersedes_link_by_link():
    documents = [page(f"Page {n} gives {n} stations.", publisher=f"Paper {n}") for n in (54, 102, 140)]
    claims = [
        says(d, f"{n} stations", WATCH, value=n, as_of=when)
        for d, n, when in zip(documents, (54, 102, 140), ("2022", "2023", "2024"), strict=True)
    ]
    case = Traced(documents, claims)
    assert case.relation(claims[1], claims[0]) == ["supersedes"]
    assert case.relation(claims[2], claims[1]) == ["supersedes"]
    assert case.relation(claims[2], claims[0]) == []


def contradicting(first, second, **more):
    found, back, _ = two(first, second, chains=(WATCH, AUDIT), **more)
    return found + back


def test_two_counters_of_one_moment_contradict():
    assert contradicting({"as_of": "2022-09"}, {"as_of": "2022-09"}) == ["contradicts"]
    assert contradicting({"as_of": "2022-09"}, {"as_of": "2022-12"}) == []
    assert contradicting({"as_of": "2022-09"}, {"as_of": "2022-09", "comparator": ">="}) == ["contradicts"]
    assert contradicting({"as_of": "2022-09", "comparator": ">="}, {"as_of": "2022-09"}) == []


def test_at_one_place_the_days_of_two_articles_hold_nothing_apart():
    place = {"places": [LISBON], "measure": "sites.in_city"}
    assert contradicting(place, place) == ["contradicts"]
    assert contradicting(place | {"as_of": "2022-09"}, place | {"as_of": "2022-12"}) == []
    assert contradicting(place, {"places": [AUSTRIA], "measure": "sites.in_city"}) == []


def test_a_number_refines_a_vague_count_and_not_the_other_way():
    a, b = page("There are dozens of stations."), page("There are 54 stations.", publisher="The Mole")
    vague = says(a, "dozens of stations", WATCH, value=None, comparator="approx", low=24)
    exact = says(b, "54 stations", WATCH, value=54)
    case = Traced([a, b], [vague, exact])
    assert case.relation(exact, vague) == ["refines"]
    assert case.relation(vague, exact) == []


def test_a_small_number_does_not_refine_an_upper_bound():
    a, b = page("There are up to 102 stations."), page("There are 3 stations.", publisher="The Mole")
    case = Traced([a, b], [says(a, "102 stations", WATCH, value=102, comparator="<="), says(b, "3 stations", WATCH, value=3)])
    assert case.relations == []


def denial(document, quote, who="Iranian embassy", **more):
    return says(document, quote, ("government", who), kind="denial", act="denies", **more)


def test_rejecting_a_report_denies_what_rests_on_it_and_nothing_else():
    text = "The Green Watch report lists 54 stations. Port Audit lists 9 banks. The Iranian embassy called the Green Watch report a lie."
    a = page(text)
    number = says(a, "54 stations", WATCH, value=54)
    other = says(a, "9 banks", AUDIT, value=9, measure="organisations", kind="quantity", unit="bank")
    denied = denial(a, "The Iranian embassy called the Green Watch report a lie")
    case = Traced([a], [number, other, denied])
    assert case.relation(denied, number) == ["denies"]
    assert case.relation(denied, other) == []
    assert "Green Watch report" in next(row.reason for row in case.relations)


def test_a_denial_reaches_other_pages_of_the_same_report():
    a = page("The Iranian embassy called the Green Watch report a lie.", published="2022-10-02")
    b = page("The Green Watch report lists 54 stations.", publisher="The Mole", published="2022-10-01")
    denied = denial(a, a.text, parties=[("denied", "report", "Green Watch report")])
    number = says(b, "54 stations", WATCH, value=54)
    assert Traced([a, b], [denied, number]).relation(denied, number) == ["denies"]


def test_occupants_deny_the_place_they_speak_of():
    a = page("At an address in Lisbon stood an agency. The owners denied any ties.")
    seen = says(a, "At an address in Lisbon stood an agency", kind="site.observation", places=[LISBON])
    denied = says(a, "The owners denied any ties", ("unnamed", "The owners"), kind="denial", act="denies", codes=["RESP.denial_specific"])
    assert Traced([a], [seen, denied]).relation(denied, seen) == ["denies"]


def test_a_state_denies_what_its_page_lays_at_its_door_but_not_the_city_its_embassy_stands_in():
    a = page("Iran runs 54 stations. A shop stands in Lisbon. The Iranian embassy in Lisbon denied it.")
    number = says(a, "54 stations", AUDIT, value=54, parties=[("operator", "government", "Iran")])
    shop = says(a, "A shop stands in Lisbon", kind="site.existence", places=[LISBON])
    denied = denial(a, "The Iranian embassy in Lisbon denied it", who="Iranian embassy in Lisbon", places=[LISBON])
    case = Traced([a], [number, shop, denied])
    assert case.relation(denied, number) == ["denies"]
    assert case.relation(denied, shop) == []


def test_calling_it_lawful_denies_only_that_it_is_unlawful():
    a = page("Iran runs 54 stations. It breaks the law. The Iranian embassy said it obeys all laws.")
    number = says(a, "54 stations", AUDIT, value=54, parties=[("operator", "government", "Iran")])
    law = says(a, "It breaks the law", AUDIT, kind="legal_characterisation")
    denied = denial(a, "The Iranian embassy said it obeys all laws", codes=["RESP.denial_legal"])
    case = Traced([a], [number, law, denied])
    assert case.relation(denied, law) == ["denies"]
    assert case.relation(denied, number) == []


def test_no_comment_and_not_confirmed_deny_nothing():
    a = page("Iran runs 54 stations. The embassy did not reply. Portugal did not confirm it.")
    claims = [
        says(a, "54 stations", AUDIT, value=54, parties=[("operator", "government", "Iran")]),
        says(a, "The embassy did not reply", ("government", "The embassy", "Iran"), kind="no_comment", act="declines"),
        says(a, "Portugal did not confirm it", ("government", "Portugal"), kind="govt_response.not_confirmed", act="declines"),
    ]
    assert Traced([a], claims).relations == []
