from claim_samples import LISBON, PORTO, PORTUGAL, Resolved, page, says
from whole_case import make_incidents, make_responses, make_sites

from armslength.model.claims import Place

WATCH = ("organisation", "Green Watch")


def test_only_a_definite_place_is_a_site():
    a = page("There are 54 stations. One stands in Lisbon. Some stand in Portugal. Two towns have them.")
    claims = [
        says(a, "54 stations", WATCH, value=54, places=[LISBON]),
        says(a, "One stands in Lisbon", WATCH, kind="site.existence", places=[LISBON], codes=["SITE.ty.police"]),
        says(a, "Some stand in Portugal", WATCH, kind="site.existence", places=[PORTUGAL]),
        says(a, "Two towns have them", WATCH, kind="site.existence", places=[LISBON, PORTO]),
    ]
    case = Resolved([a], claims)
    sites = make_sites(case.readings, case.naming)
    assert [site.label for site in sites] == ["Police service station, Lisbon, Portugal"]
    assert sites[0].claims == (claims[1].id,)
    assert {field.claim for field in sites[0].fields} == {claims[1].id}


def test_a_denied_or_planned_site_is_none():
    a = page("No station stands in Lisbon.")
    for modality in ("negated", "future", "hypothetical"):
        case = Resolved([a], [says(a, a.text, kind="site.existence", places=[LISBON], modality=modality)])
        assert make_sites(case.readings, case.naming) == []


def test_types_keep_two_sites_of_one_town_apart():
    a = page("A police desk in Lisbon. A court desk in Lisbon. A desk in Lisbon.")
    claims = [
        says(a, "A police desk in Lisbon", kind="site.existence", places=[LISBON], codes=["SITE.ty.police"]),
        says(a, "A court desk in Lisbon", kind="site.existence", places=[LISBON], codes=["SITE.ty.mediation"]),
        says(a, "A desk in Lisbon", kind="site.existence", places=[LISBON]),
    ]
    case = Resolved([a], claims)
    assert len(make_sites(case.readings, case.naming)) == 3
    case = Resolved([a], claims[:1] + claims[2:])
    assert [len(site.claims) for site in make_sites(case.readings, case.naming)] == [2]


def attack(document, quote, **more):
    chosen = {"kind": "incident.case", "methods": ["A2"], "places": [LISBON], "event": "2020"} | more
    return says(document, quote, WATCH, **chosen)


def incidents(documents, claims):
    case = Resolved(documents, claims)
    return make_incidents(case.readings, case.voices, case.naming)


def test_one_case_told_twice_is_one_incident():
    a = page("In 2020 masked strangers beat an exiled singer behind the harbour theatre in Lisbon.")
    b = page("An exiled singer was beaten by masked strangers near the harbour theatre in Lisbon in 2020.", publisher="The Mole")
    assert len(incidents([a, b], [attack(d, d.text) for d in (a, b)])) == 1
    assert len(incidents([a, b], [attack(a, a.text), attack(b, b.text, event="2021")])) == 2
    assert len(incidents([a, b], [attack(a, a.text), attack(b, b.text, event="")])) == 2
    assert len(incidents([a, b], [attack(a, a.text), attack(b, b.text, places=[PORTO])])) == 2
    assert len(incidents([a, b], [attack(a, a.text), attack(b, b.text, methods=["D8"])])) == 2


def test_a_name_alone_makes_no_incident_one():
    a = page("Bo Li was beaten in a bakery in Lisbon in 2020.")
    b = page("Somebody hit Bo Li at a bus stop, in Lisbon, 2020.", publisher="The Mole")
    target = [("target", "person", "Bo Li")]
    assert len(incidents([a, b], [attack(d, d.text, parties=target) for d in (a, b)])) == 2


def test_aggregates_laws_and_infrastructure_are_never_incidents():
    a = page("Many were beaten in Lisbon in 2020. A station opened in Lisbon.")
    claims = [
        attack(a, "Many were beaten in Lisbon in 2020", kind="incident.aggregate"),
        attack(a, "A station opened in Lisbon", methods=["E1"]),
        attack(a, "in 2020", modality="hypothetical"),
    ]
    assert incidents([a], claims) == []


def test_details_go_with_the_case_before_them_and_say_what_they_rest_on():
    a = page("In 2020 a singer was beaten in Lisbon. He lost an eye." + " Filler." * 300 + " He went home.")
    case = attack(a, "In 2020 a singer was beaten in Lisbon")
    near = says(a, "He lost an eye", WATCH, kind="incident.outcome", codes=["OUT.injured"])
    far = says(a, "He went home", WATCH, kind="incident.outcome", codes=["OUT.returned_coerced"])
    found = incidents([a], [case, near, far])
    assert [row.outcomes for row in found] == [("OUT.injured",)]
    assert found[0].label == "Assault, Lisbon, Portugal, 2020"
    assert [field.claim for field in found[0].fields if field.field == "outcome"] == [near.id]


def test_the_host_is_outside_the_accused_state():
    shanghai = Place(name="Shanghai", country="CN", geonames=None, precision="city")
    a = page("Chinese police called a man in Lisbon from Shanghai in 2020.")
    claim = attack(a, a.text, methods=["D6"], places=[shanghai, LISBON], parties=[("perpetrator", "government", "Chinese police")])
    assert incidents([a], [claim])[0].country == "PT"


def responses(documents, claims):
    case = Resolved(documents, claims)
    return make_responses(case.readings, case.voices, case.naming)


def test_responses_belong_to_the_state_that_acts():
    a = page("Portugal opened an inquiry. Other governments answered. Experts say Spain knows little.")
    kind, codes = "govt_response.investigation", ["GR.investigation_opened"]
    claims = [
        says(a, "Portugal opened an inquiry", ("government", "Portugal"), kind=kind, codes=codes, event="2022-10"),
        says(a, "Other governments answered", kind="govt_response.unspecified", codes=["GR.unspecified"]),
        says(a, "Spain knows little", kind="govt_response.awareness", codes=["GR.awareness_low"], act="opines", places=[]),
    ]
    found = responses([a], claims)
    assert [(row.country, row.code, row.date) for row in found] == [("PT", "GR.investigation_opened", "2022-10")]
    assert found[0].label == "Investigation opened, Portugal, 2022-10"


def test_two_investigations_of_two_years_are_two_responses():
    a, b = page("Portugal looks into it."), page("Portugal looks into it!", publisher="The Mole")
    shared = {"kind": "govt_response.investigation", "codes": ["GR.investigation_opened"], "places": [PORTUGAL]}
    assert len(responses([a, b], [says(a, "it", **shared, event="2021"), says(b, "it", **shared, event="2024")])) == 2
    assert len(responses([a, b], [says(a, "it", **shared, event="2021"), says(b, "it", **shared)])) == 1
