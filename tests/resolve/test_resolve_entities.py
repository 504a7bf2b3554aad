import random
from dataclasses import replace

from claim_samples import SECRET, Resolved, page, says
from whole_case import resolve_entities

from armslength.model.claims import mention_id
from armslength.resolve import known
from armslength.resolve.judged import Pair, People
from armslength.resolve.known import Body, load
from armslength.resolve.names import fold

STATE = ("operator", "government", "Valdoria")


def test_names_of_one_body_become_one_entity_with_a_reason():
    a = page("Voice of America (VOA) said 12 stations.")
    b = page("VOA said 12 stations.", publisher="The Mole")
    case = Resolved(
        [a, b], [says(a, "12 stations", ("media", "Voice of America"), value=12), says(b, "12 stations", ("media", "VOA"), value=12)]
    )
    found = case.entity("Voice of America")
    assert len(found.mentions) == 2
    assert found.why
    assert case.voices.by_id[found.part_of].label == "United States Agency for Global Media"


def test_an_acronym_that_one_page_spells_out_stands_for_it_everywhere():
    a = page("Green Harbour Alliance (GHA) counted.")
    b = page("GHA counted.", publisher="The Mole")
    claims = [
        says(a, "counted", ("organisation", "Green Harbour Alliance"), value=2),
        says(a, "GHA", ("organisation", "GHA"), value=2),
        says(b, "counted", ("organisation", "GHA"), value=2),
    ]
    assert len(Resolved([a, b], claims).entity("GHA").mentions) == 3


def test_an_acronym_with_two_readings_stays_where_it_is_spelled_out():
    a = page("Green Harbour Alliance (GHA) counted.")
    b = page("Great Hill Association (GHA) counted.", publisher="The Mole")
    c = page("GHA counted.", publisher="The Owl")
    claims = [says(a, "counted", ("organisation", "Green Harbour Alliance"), value=2), says(a, "GHA", ("organisation", "GHA"), value=2)]
    claims += [says(b, "counted", ("organisation", "Great Hill Association"), value=2), says(b, "GHA", ("organisation", "GHA"), value=2)]
    claims += [says(c, "counted", ("organisation", "GHA"), value=2)]
    case = Resolved([a, b, c], claims)
    assert case.entity("Green Harbour Alliance").id != case.entity("Great Hill Association").id
    assert sorted(len(row.mentions) for row in case.entities if "GHA" in (row.label, *row.aliases)) == [1, 2, 2]


def test_generic_names_are_nobody_across_documents():
    a, b = page("The ministry said 5 stations."), page("The ministry said 5 stations!", publisher="The Mole")
    case = Resolved([a, b], [says(d, "5 stations", ("government", "The ministry"), value=5) for d in (a, b)])
    assert [len(row.mentions) for row in case.entities if row.kind == "government"] == [1, 1]


def test_offices_belong_to_their_state_and_the_accused_is_interested():
    a = page("The Chinese embassy in Lisbon denied it. Spain said 5 stations.")
    claims = [
        says(a, "denied it", ("government", "Chinese embassy in Lisbon"), kind="denial", act="denies"),
        says(a, "5 stations", ("government", "Spain"), value=5),
    ]
    case = Resolved([a], claims)
    embassy = case.entity("Chinese embassy in Lisbon")
    assert (embassy.country, embassy.interested) == ("CN", True)
    assert case.voices.by_id[embassy.part_of].label == "Government of China"
    assert not case.entity("Spain").interested


def test_a_state_that_is_in_no_list_answers_for_its_offices_by_name_and_adjective():
    a = page("Valdoria opened 5 stations. The Valdorian embassy in Lisbon denied it. Valdoria's police said no.")
    claims = [
        says(a, "5 stations", ("government", "Valdorian embassy in Lisbon", "Valdorian"), value=5, parties=[STATE]),
        says(a, "said no", ("government", "Valdoria's police", "Valdoria"), kind="denial", act="denies"),
    ]
    case = Resolved([a], claims)
    roots = {case.voices.root(case.entity(name).id) for name in ("Valdorian embassy in Lisbon", "Valdoria's police", "Valdoria")}
    assert len(roots) == 1
    assert case.entity("Valdorian embassy in Lisbon").interested


def test_state_media_and_official_data_are_the_states_word():
    a = page("People's Daily and Chinese state media and official data list 5 stations.")
    names = [("media", "People's Daily", ""), ("media", "Chinese state media", ""), ("government", "official data", "China")]
    case = Resolved([a], [says(a, name.split()[0], (kind, name, by), value=5) for kind, name, by in names])
    assert {case.voices.by_id[case.voices.root(case.entity(name).id)].country for _, name, _ in names} == {"CN"}


def test_persons_are_pseudonyms_that_only_the_case_can_make():
    a = page("Ana Silva said 5 stations.")
    claims = [says(a, "5 stations", ("person", "Ana Silva"), value=5)]
    one = next(row for row in Resolved([a], claims).entities if row.kind == "person")
    other = next(row for row in resolve_entities(claims, [a], secret=b"x" * 32, known=load())[0] if row.kind == "person")
    assert one.protected
    assert one.aliases == ()
    assert one.label.startswith("Person ")
    assert one.id != other.id
    assert one.label != other.label
    assert "silva" not in repr(one).casefold()


def test_persons_of_two_documents_are_made_one_by_people_alone():
    a = page("Ana Silva said 5 stations. Silva was seen. Bo Li was held.")
    b = page("Ana Silva said 6 stations. Silva was seen. Bo Li was held!", publisher="The Mole")
    claims = []
    for document in (a, b):
        claims.append(says(document, "stations", ("person", "Ana Silva"), value=5))
        claims.append(says(document, "seen", ("person", "Silva"), kind="testimony.witness"))
        claims.append(says(document, "held", kind="incident.case", parties=[("target", "person", "Bo Li")]))
    case = Resolved([a, b], claims)
    assert [len(row.mentions) for row in case.entities if row.kind == "person"] == [1] * 6
    ends = [mention_id(document.id, "person", "Ana Silva") for document in (a, b)]
    people = People(pairs=(Pair(level="entity", decision="merge", one=ends[0], two=ends[1], judgement="j", reason="One speaker."),))
    decided, undone = resolve_entities(claims, [a, b], secret=SECRET, known=known.load(), people=people)
    (one,) = [row for row in decided if len(row.mentions) == 2 and row.kind == "person"]
    assert set(one.mentions) == set(ends)
    assert any("One speaker." in why for why in one.why)
    assert undone == []


def test_people_cannot_make_a_person_a_body():
    a = page("Ana Silva said 5 stations. Green Watch said 5 stations.")
    claims = [says(a, "5 stations", ("person", "Ana Silva"), value=5), says(a, "stations", ("organisation", "Green Watch"), value=5)]
    ends = mention_id(a.id, "person", "Ana Silva"), mention_id(a.id, "organisation", "Green Watch")
    people = People(pairs=(Pair(level="entity", decision="merge", one=ends[0], two=ends[1], judgement="j", reason="One."),))
    decided, undone = resolve_entities(claims, [a], secret=SECRET, known=known.load(), people=people)
    assert [row.pair.judgement for row in undone] == ["j"]
    assert sorted(row.label for row in decided) == sorted(row.label for row in Resolved([a], claims).entities)


def test_a_persons_name_that_is_once_read_as_a_bodys_stays_hidden():
    a = page("Ana Silva said 5 stations. Silva counts 6 stations.")
    claims = [says(a, "5 stations", ("person", "Ana Silva"), value=5), says(a, "6 stations", ("organisation", "Silva"), value=6)]
    assert "silva" not in repr(Resolved([a], claims).entities).casefold()


def test_a_role_that_differs_keeps_namesakes_apart():
    a, b = page("Ana Silva said 5 stations."), page("Ana Silva said 5 stations!", publisher="The Mole")
    claims = [
        says(a, "stations", ("person", "Ana Silva", "Green Watch"), value=5),
        says(b, "stations", ("person", "Ana Silva", "Port Union"), value=5),
    ]
    assert len([row for row in Resolved([a, b], claims).entities if row.kind == "person"]) == 2


def report_claims(published, dates):
    documents, claims = [], []
    for number, (when, date) in enumerate(zip(published, dates, strict=True)):
        document = page(f"The Green Watch report number {number} lists 5 stations.", publisher=f"Paper {number}", published=when)
        documents.append(document)
        chain = ("report", "Green Watch report", "Green Watch")
        claims.append(says(document, "5 stations", chain, value=5))
        if date:
            claims.append(
                says(document, "report", kind="publication_event", event=date, parties=[("work", "report", "Green Watch report")])
            )
    return Resolved(documents, claims)


def reports(case):
    return sorted(len(row.mentions) for row in case.entities if row.kind == "report")


def test_reports_are_one_where_author_and_date_agree():
    assert reports(report_claims(["2022-09-20", "2022-10-02"], ["2022-09", "2022-09"])) == [2]
    assert reports(report_claims(["2022-09-20", "2022-12-10"], ["2022-09", "2022-12"])) == [1, 1]
    assert reports(report_claims(["2022-09-20", "2022-10-02"], ["2022-09", ""])) == [2]
    assert reports(report_claims(["2022-09-20", "2024-10-02"], ["2022-09", ""])) == [1, 1]
    assert reports(report_claims([None, None], ["", ""])) == [1, 1]
    assert reports(report_claims(["2022-09", "2022-11", "2024-05"], ["", "", ""])) == [1, 2]


def test_reports_of_one_body_have_one_root():
    case = report_claims(["2022-09-20", "2022-12-10"], ["2022-09", "2022-12"])
    assert len({case.voices.root(row.id) for row in case.entities if row.kind == "report"}) == 1
    assert {row.label for row in case.entities if row.kind == "report"} == {"Green Watch report (2022-09)", "Green Watch report (2022-12)"}


def test_a_page_speaks_with_its_publishers_voice():
    a, b = page("One."), page("Two.")
    case = Resolved([a, b], [])
    assert len([row for row in case.entities if row.kind == "author"]) == 2
    assert len(case.entity("The Quay").mentions) == 2


def test_order_of_arrival_does_not_matter():
    documents = [page(f"Green Watch and Valdoria and VOA said {n} stations.", publisher=f"Paper {n}") for n in range(4)]
    claims = [
        says(d, "stations", v, value=5)
        for d in documents
        for v in (("organisation", "Green Watch"), ("media", "VOA"), ("person", "Ana Silva"))
    ]
    claims = list({claim.id + claim.originator.name: claim for claim in claims}.values())
    expected = resolve_entities(claims, documents, secret=SECRET, known=load())
    for seed in range(3):
        random.Random(seed).shuffle(claims)
        random.Random(seed).shuffle(documents)
        assert resolve_entities(claims, documents, secret=SECRET, known=load()) == expected


def test_an_acronym_that_no_page_spells_out_is_not_resolved():
    a = page("Green Harbour Alliance counted.")
    b = page("GHA counted.", publisher="The Mole")
    c = page("GHA counted again.", publisher="The Owl")
    claims = [
        says(a, "counted", ("organisation", "Green Harbour Alliance"), value=2),
        says(b, "counted", ("organisation", "GHA"), value=2),
        says(c, "counted", ("organisation", "GHA"), value=2),
    ]
    case = Resolved([a, b, c], claims)
    assert case.entity("Green Harbour Alliance").id != case.entity("GHA").id
    assert case.entity("Green Harbour Alliance").aliases == ()
    assert {len(row.mentions) for row in case.entities if row.kind == "organisation"} == {1, 2}


def in_two_scripts(known_names):
    a = page("The Harbour Watch Institute counted.")
    b = page("港口观察研究所 counted.", publisher="The Mole")
    names = ("Harbour Watch Institute", "港口观察研究所")
    claims = [says(d, "counted", ("organisation", name), value=2) for d, name in zip((a, b), names, strict=True)]
    found, _ = resolve_entities(claims, [a, b], secret=SECRET, known=known_names)
    return len({row.id for row in found if row.kind == "organisation"})


def test_scripts_are_kept_apart_unless_a_listed_alias_joins_them():
    listed = known.load()
    body = Body(name="Harbour Watch Institute", kind="organisation", country="", state=False, owner="")
    both = {fold("Harbour Watch Institute"): body, fold("港口观察研究所"): body}
    assert in_two_scripts(listed) == 2
    assert in_two_scripts(replace(listed, bodies={**listed.bodies, **both})) == 1
