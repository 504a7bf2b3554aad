"""Which pairs of passages make one fact, and near misses that must not. All of it is invented: Valdoria is no state."""

import random

import pytest
from claim_samples import AUSTRIA, LISBON, PORTO, PORTUGAL, SPAIN, Resolved, page, says

from armslength.model.claims import PART
from armslength.model.dates import OF_THE_TELLING

WATCH = ("organisation", "Green Watch")
UNION = ("organisation", "Port Union")
EMBASSY = ("government", "Chinese embassy in Lisbon")
CONSULATE = ("government", "Chinese consulate in Porto")
CHINA = ("government", "China")
POLICE = ("government", "Portuguese police")
MINISTRY = ("government", "Portuguese foreign ministry")

OPENED = {"kind": "govt_response.investigation", "codes": ["GR.investigation_opened"]}
CLOSED = {"kind": "govt_response.order", "codes": ["GR.order_to_close"]}
DENIAL = {"kind": "denial", "act": "denies"}
STATION = {"kind": "site.existence", "codes": ["SITE.ty.police"]}
EXPELLED = {"kind": "govt_response.expulsion", "codes": ["GR.expulsion"], "places": [PORTUGAL]}
NO_IDEA = {"kind": "govt_response.awareness", "codes": ["GR.awareness_low"], "act": "opines"}
STABBED = {"kind": "incident.case", "methods": ["A2"], "places": [LISBON], "event": "2024-03-29"}
TAKEN = {"kind": "incident.case", "methods": ["A3"], "places": [LISBON], "event": "2024-03"}
HELD = {"kind": "legal.arrest", "codes": ["GR.arrest"], "places": [LISBON], "event": "2024-03"}
LINK = {"kind": "org_link"}
TOLD = {"basis": f"stated{OF_THE_TELLING}"}
STATEMENT = {"kind": "govt_response.awareness", "codes": ["GR.awareness_low"], "act": "opines"}
PHONED = {"kind": "incident.case", "methods": ["D6"], "places": [LISBON]}


def number(value, measure, unit="people", kind="quantity", **more):
    return {"kind": kind, "value": value, "measure": measure, "unit": unit} | more


def authority(name):
    return {"parties": [("authority", "government", name)]}


def tied(*names):
    return LINK | {"parties": [("party", "organisation", name) for name in names]}


def joined(first, second):
    """Whether two passages of two pages, each (words, fields, *chain), make one fact; the same in both orders of arrival."""
    found = set()
    for order in ((first, second), (second, first)):
        documents, claims = [], []
        for words, fields, *chain in order:
            document = page(words, publisher="The Quay" if (words, fields, *chain) == first else "The Mole")
            documents.append(document)
            claims.append(says(document, words, *chain, **fields))
        found.add(Resolved(documents, claims).together(*claims))
    assert len(found) == 1
    return found.pop()


SAME = {
    "at least, no fewer than, and the bare number": (
        ("the group put it at no fewer than 96", number(96, "sites.worldwide", "offices", comparator=">="), WATCH),
        ("96 such places", number(96, "sites.worldwide", "stations")),
    ),
    "the state that runs them is named on one side": (
        ("China has opened 62 stations", number(62, "sites.worldwide", "stations", parties=[("operator", *CHINA)])),
        ("62 stations around the globe", number(62, "sites.worldwide", "stations"), WATCH),
    ),
    "a telling number under a wider measure": (
        ("8,300 people came back between 2019 and 2022", number(8300, "persons", period="2019/2022")),
        ("8,300 were persuaded to return from 2019 to 2022", number(8300, "returns.persuaded", "people", period="2019/2022"), CHINA),
    ),
    "governments and states are countries": (
        ("26 governments", number(26, "things", "governments", period="2023"), WATCH),
        ("26 states", number(26, "countries", "states", as_of="2023")),
    ),
    "a count of cases over one period": (
        ("eleven cases in the region since 2016", number(11, "cases", "cases", period="2016/.."), WATCH),
        ("Researchers documented 11 cases in the region since 2016", number(11, "cases", "cases", period="2016/..")),
    ),
    "a telling number whose place was missed on one side": (
        ("a database in Lisbon lists 412 incidents", number(412, "incidents", "incidents", places=[LISBON]), WATCH),
        ("412 attacks", number(412, "incidents", "attacks", event="2023")),
    ),
    "two in one town": (
        ("two in Lisbon", number(2, "sites.in_city", "sites", places=[LISBON])),
        ("a pair of offices in Lisbon", number(2, "sites.worldwide", "offices", places=[LISBON])),
    ),
    "an act, an authority and its state": (
        ("Portuguese police have begun looking into it", OPENED | authority("Portuguese police") | {"places": [LISBON]}),
        ("Portugal opened an inquiry into the station in Lisbon", OPENED | authority("Portugal") | {"places": [LISBON]}),
    ),
    "an investigation of which the code was not read": (
        ("Portugal is looking into the stations", OPENED | {"places": [PORTUGAL]}),
        ("an investigation in Portugal of the alleged stations", OPENED | {"codes": [], "places": [PORTUGAL], "modality": "doubtful"}),
    ),
    "an investigation with a number in it": (
        ("Portugal is investigating two offices", OPENED | {"places": [PORTUGAL]}),
        ("Portuguese inquiry into a pair of stations", OPENED | {"places": [PORTUGAL], "event": "2023-04"}),
    ),
    "an act of near dates": (
        ("Portugal threw out an attaché on Friday", EXPELLED | {"event": "2024-04-05"}),
        ("Lisbon sent an attaché home in April", EXPELLED | {"event": "2024-04"}),
    ),
    "how an authority stands to the matter": (
        ("it had no knowledge of such offices", NO_IDEA | authority("Portuguese foreign ministry"), MINISTRY),
        ("the ministry knew nothing of it", NO_IDEA | authority("Portuguese foreign ministry"), MINISTRY),
    ),
    "a denial by one denier of one thing": (
        ("There are no police stations in Portugal", DENIAL, EMBASSY),
        ("denied that it runs police stations in Portugal", DENIAL, EMBASSY),
    ),
    "a denial by the state and by its embassy": (
        ("China denied that it runs police stations", DENIAL, CHINA),
        ("there were no such police stations, it said", DENIAL, EMBASSY),
    ),
    "a publication, once with its month and once without": (
        ("Green Watch published a list in March", {"kind": "publication_event", "event": "2022-03"}, WATCH),
        ("a list by Green Watch came out", {"kind": "publication_event"}, WATCH),
    ),
    "a site in its town": (
        ("a police desk behind a bakery in Lisbon", STATION | {"places": [LISBON]}),
        ("there is such an office in Lisbon", STATION | {"places": [LISBON]}),
    ),
    "what a newspaper saw, told by another": (
        ("a laminated sheet with the emblem of the police hung on a door behind the kitchen", {"kind": "site.observation"}),
        ("seen a police emblem on one of the doors", {"kind": "site.observation"}, ("media", "The Quay")),
    ),
    "one attack": (
        ("masked men stabbed an exiled presenter outside the studio", STABBED),
        ("the presenter was knifed near his studio", STABBED | {"event": "2024-03"}),
    ),
    "one arrest": (
        ("police arrested two men over the harbour desk", HELD),
        ("two suspects were detained at the harbour", HELD | {"event": "2024-03-17"}),
    ),
    "a count of one month told in another": (
        ("71 stations as of March", number(71, "sites.worldwide", "stations", as_of="2022-03"), WATCH),
        ("71 stations, it said in May", number(71, "sites.worldwide", "stations", as_of="2022-05", **TOLD), WATCH),
    ),
    "a count told on two days": (
        ("71 stations, it said on Monday", number(71, "sites.worldwide", "stations", as_of="2022-05-02", **TOLD), WATCH),
        ("71 stations, it said last week", number(71, "sites.worldwide", "stations", as_of="2022-05-14", **TOLD), WATCH),
    ),
    "a part of the world and the states in it": (
        ("83 kidnappings and secret deportations in Southeast Asia", number(83, "incidents", "kidnappings", period="2014/.."), WATCH),
        (
            "83 kidnappings and secret deportations in Portugal and Austria",
            number(83, "incidents", "kidnappings", period="2014/..", places=[PORTUGAL, AUSTRIA]),
            WATCH,
        ),
    ),
    "countries that look into it": (
        ("at least 12 states have opened inquiries", number(12, "countries.investigating", "states", comparator=">=")),
        ("a dozen governments are holding inquiries", number(12, "countries.investigating", "governments", comparator="approx")),
    ),
    "a report whose maker stands in its name": (
        (
            "a September report by Green Watch described the stations",
            {"kind": "publication_event", "event": "2022-09", "parties": [("report", "report", "September report by Green Watch")]},
        ),
        ("Green Watch published a list on Monday", {"kind": "publication_event", "event": "2022-09-12"}, WATCH),
    ),
    "a denial whose verb is negated and one whose is not": (
        ("There are no police stations in Portugal", DENIAL | {"modality": "negated"}, EMBASSY),
        ("denied that it runs police stations in Portugal", DENIAL, EMBASSY),
    ),
    "a denial with its speaker behind it": (
        ("There are no overseas police stations,” spokesman Bo Wei told reporters", DENIAL, CHINA),
        ("denied that it runs police stations overseas and called the list a lie", DENIAL, CHINA),
    ),
    "one ignorance of one town": (
        ("they know of none in Lisbon", STATEMENT | authority("Portugal") | {"places": [LISBON]}, ("government", "Portugal")),
        ("it had no idea of a desk in Lisbon", STATEMENT | authority("Portuguese foreign ministry") | {"places": [LISBON]}, MINISTRY),
    ),
    "one inquiry of three states": (
        ("Austria, Portugal and Spain look into it", OPENED | {"places": [AUSTRIA, PORTUGAL, SPAIN]}),
        ("inquiries are under way in Spain, Portugal and Austria", OPENED | {"places": [SPAIN, PORTUGAL, AUSTRIA]}),
    ),
    "one law": (
        ("Portugal passed a law against spying on exiles", {"kind": "law_policy.law", "places": [PORTUGAL], "event": "2023-04-02"}),
        ("an act that makes it a crime to watch refugees", {"kind": "law_policy.law", "places": [PORTUGAL], "event": "2023-04"}),
    ),
    "what one tells of twice": (
        ("he got threatening calls from the office in Lisbon", PHONED, ("person", "Bo Li")),
        ("somebody at the office in Lisbon had phoned and threatened him", PHONED, ("person", "Mr Li")),
    ),
    "one tie between two bodies": (
        ("The Quay Society is run by Mill House", tied("Quay Society", "Mill House")),
        ("Mill House directs what the Quay Society does", tied("Mill House", "Quay Society")),
    ),
    "one report's account of one method": (
        (
            "relatives lost pensions and school places",
            {"kind": "method", "methods": ["D3"]},
            ("report", "Green Watch report", "Green Watch"),
        ),
        (
            "pensions and school places of relatives were taken, the report says",
            {"kind": "method", "methods": ["D3"]},
            ("report", "Green Watch report", "Green Watch"),
        ),
    ),
}

APART = {
    "a later count": (
        ("71 stations", number(71, "sites.worldwide", "stations"), WATCH),
        ("96 stations", number(96, "sites.worldwide", "stations"), WATCH),
    ),
    "all sites and one body's share": (
        ("38 stations", number(38, "sites.worldwide", "stations"), WATCH),
        ("one bureau runs 38 of the stations", number(38, "sites.operator", "stations"), WATCH),
    ),
    "all sites and the new ones": (
        ("48 stations", number(48, "sites.worldwide", "stations"), WATCH),
        ("48 more stations", number(48, "sites.new", "stations"), WATCH),
    ),
    "a country and a town of it": (
        ("three in Portugal", number(3, "sites.in_country", "stations", places=[PORTUGAL])),
        ("three in Lisbon", number(3, "sites.in_city", "stations", places=[LISBON])),
    ),
    "two towns": (
        ("two in Porto", number(2, "sites.in_city", "stations", places=[PORTO]), WATCH),
        ("two in Lisbon", number(2, "sites.in_city", "stations", places=[LISBON]), WATCH),
    ),
    "four anywhere and four anywhere": (
        ("four of them in cities of the north", number(4, "sites.worldwide", "stations")),
        ("it names four local bureaus that direct them", number(4, "sites.worldwide", "bureaus"), WATCH),
    ),
    "one number for two acts": (
        ("14 dissidents were kidnapped", number(14, "victims", "dissidents", methods=["A3"]), WATCH),
        ("14 dissidents were killed", number(14, "victims", "dissidents", methods=["A1"]), WATCH),
    ),
    "the same people, another thing": (
        ("12 had been arrested on the strength of it", number(12, "victims", "interviewees"), WATCH),
        ("all 12 were released", number(12, "victims", "interviewees"), WATCH),
    ),
    "a dozen threats and a dozen people warned": (
        ("12 credible threats", number(12, "things", "threats"), POLICE),
        ("Twelve people have received warnings", number(12, "persons", "people"), POLICE),
    ),
    "one length of time and another": (
        ("he served 12 years", number(12, "duration", "years"), WATCH),
        ("the law is 12 years old", number(12, "duration", "years"), WATCH),
    ),
    "one year and ten": (
        ("412 in 2023", number(412, "incidents", "incidents", period="2023"), WATCH),
        ("412 in 2014", number(412, "incidents", "incidents", period="2014"), WATCH),
    ),
    "told before it was counted": (
        ("71 stations, it said in March", number(71, "sites.worldwide", "stations", as_of="2022-03", **TOLD), WATCH),
        ("71 stations as of May", number(71, "sites.worldwide", "stations", as_of="2022-05"), WATCH),
    ),
    "told with years between": (
        ("12 exiles held in Portugal", number(12, "persons.arrested", "exiles", places=[PORTUGAL], as_of="2019-03-04", **TOLD), WATCH),
        ("12 exiles held in Portugal", number(12, "persons.arrested", "exiles", places=[PORTUGAL], as_of="2022-03-04", **TOLD), WATCH),
    ),
    "the whole and a part of the world": (
        ("38 stations", number(38, "sites.worldwide", "stations"), WATCH),
        ("38 stations in Europe", number(38, "sites.worldwide", "stations"), WATCH),
    ),
    "two parts of the world": (
        ("38 stations in Europe", number(38, "sites.worldwide", "stations"), WATCH),
        ("38 stations across Latin America", number(38, "sites.worldwide", "stations"), WATCH),
    ),
    "a part of the world and one state of it": (
        ("38 stations in Europe", number(38, "sites.worldwide", "stations"), WATCH),
        ("38 stations in Portugal", number(38, "sites.in_country", "stations", places=[PORTUGAL]), WATCH),
    ),
    "the whole and a part of what was counted": (
        ("38 stations", number(38, "sites.worldwide", "stations"), WATCH),
        ("38 are run by Mill House", number(38, "sites.worldwide", "stations", flags=[PART]), WATCH),
    ),
    "two parts of what was counted": (
        ("38 are run by Mill House", number(38, "sites.worldwide", "stations", flags=[PART]), WATCH),
        ("38 stand in restaurants", number(38, "sites.worldwide", "stations", flags=[PART]), UNION),
    ),
    "two persons of one town and method": (
        ("he got threatening calls from the office in Lisbon", PHONED, ("person", "Bo Li")),
        ("a man from the office rang at night and spoke of her parents", PHONED, ("person", "Ana Silva")),
    ),
    "two laws": (
        ("Portugal passed a law against spying on exiles", {"kind": "law_policy.law", "places": [PORTUGAL], "event": "2021-04-02"}),
        ("an act that makes it a crime to watch refugees", {"kind": "law_policy.law", "places": [PORTUGAL], "event": "2023-04"}),
    ),
    "two states' acts": (
        ("20 incidents by one", number(20, "incidents", "incidents", parties=[("operator", *CHINA)])),
        ("20 incidents by the other", number(20, "incidents", "incidents", parties=[("operator", "government", "Iran")])),
    ),
    "predicted and done": (
        ("Portugal will look into the stations", OPENED | {"places": [PORTUGAL], "modality": "future"}),
        ("Portugal is looking into the stations", OPENED | {"places": [PORTUGAL]}),
    ),
    "two authorities of one state": (
        ("the police look into the stations", OPENED | authority("Portuguese police")),
        ("the foreign ministry looks into the stations", OPENED | authority("Portuguese foreign ministry")),
    ),
    "two towns' investigations": (
        ("an inquiry in Lisbon", OPENED | authority("Portuguese police") | {"places": [LISBON]}),
        ("an inquiry in Porto", OPENED | authority("Portuguese police") | {"places": [PORTO]}),
    ),
    "two matters of one state": (
        ("Portugal is looking into the stations", OPENED | {"places": [PORTUGAL]}),
        ("Portugal is looking into the killing of an exile", OPENED | {"places": [PORTUGAL]}),
    ),
    "looked into and ordered to close": (
        ("Portugal looks into the stations", OPENED | {"places": [PORTUGAL]}),
        ("Portugal told the stations to close", CLOSED | {"places": [PORTUGAL]}),
    ),
    "two expulsions": (
        ("Portugal threw out an attaché", EXPELLED | {"event": "2021-04"}),
        ("Portugal threw out an attaché", EXPELLED | {"event": "2023-04"}),
    ),
    "two expulsions of which no date is known": (
        ("Portugal threw out an attaché", EXPELLED),
        ("Portugal sent two spies home", EXPELLED),
    ),
    "two embassies' denials": (
        ("There are no police stations in Portugal", DENIAL, EMBASSY),
        ("There are no police stations in Portugal", DENIAL, CONSULATE),
    ),
    "a denial of the stations and one of the pressure": (
        ("denied that it runs police stations", DENIAL, EMBASSY),
        ("nobody had been pressed to go home, it said", DENIAL, EMBASSY),
    ),
    "a claim and its denial": (
        ("Police stations stand in Lisbon", STATION | {"places": [LISBON]}),
        ("Police stations stand in Lisbon", DENIAL | {"places": [LISBON]}, EMBASSY),
    ),
    "asserted and negated": (
        ("a station in Lisbon", STATION | {"places": [LISBON]}),
        ("no station in Lisbon", STATION | {"places": [LISBON], "modality": "negated"}),
    ),
    "two publications of one body": (
        ("Green Watch published a list in March", {"kind": "publication_event", "event": "2022-03"}, WATCH),
        ("Green Watch published a list in May", {"kind": "publication_event", "event": "2022-05"}, WATCH),
    ),
    "two bodies' publications": (
        ("a list came out in March", {"kind": "publication_event", "event": "2022-03"}, WATCH),
        ("a list came out in March", {"kind": "publication_event", "event": "2022-03"}, UNION),
    ),
    "a site and another kind of site": (
        ("a police desk in Lisbon", STATION | {"places": [LISBON]}),
        ("a court desk in Lisbon", STATION | {"places": [LISBON], "codes": ["SITE.ty.mediation"]}),
    ),
    "opened and closed": (
        ("a police desk opened in Lisbon", STATION | {"places": [LISBON]}),
        ("a police desk closed in Lisbon", STATION | {"kind": "site.closure", "places": [LISBON]}),
    ),
    "an attack and a kidnapping": (
        ("masked men stabbed an exile outside the studio", STABBED),
        ("masked men took an exile outside the studio", TAKEN),
    ),
    "two attacks of one day and town": (
        ("masked men stabbed an exiled presenter outside the studio", STABBED),
        ("a shopkeeper was knifed in his kiosk", STABBED),
    ),
    "one name and nothing else": (
        ("Bo Li was beaten in a bakery", STABBED | {"event": "", "parties": [("target", "person", "Bo Li")]}),
        ("somebody hit Bo Li at a bus stop", STABBED | {"event": "", "parties": [("target", "person", "Bo Li")]}),
    ),
    "two witnesses": (
        ("they followed me from the market to the bridge", {"kind": "testimony.witness"}, ("person", "Ana Silva")),
        ("they followed me from the market to the bridge", {"kind": "testimony.witness"}, ("person", "Bo Li")),
    ),
    "a fact and an opinion about it": (
        ("a station in Lisbon", STATION | {"places": [LISBON]}),
        ("a station in Lisbon", STATION | {"places": [LISBON], "act": "opines"}),
    ),
    "two methods of one report": (
        ("relatives lost their pensions", {"kind": "method", "methods": ["D3"]}, WATCH),
        ("relatives were called by the police", {"kind": "method", "methods": ["D1"]}, WATCH),
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_one_fact(name):
    assert joined(*SAME[name])


@pytest.mark.parametrize("name", APART)
def test_near_misses_are_two(name):
    assert not joined(*APART[name])


def everything():
    """All pairs of both tables as one case."""
    documents, claims = [], []
    for number_of_pair, pair in enumerate((*SAME.values(), *APART.values())):
        for side, (words, fields, *chain) in enumerate(pair):
            document = page(words, publisher=f"Paper {number_of_pair} {side}")
            documents.append(document)
            claims.append(says(document, words, *chain, **fields))
    return documents, claims


def test_order_of_arrival_changes_nothing():
    documents, claims = everything()
    expected = Resolved(documents, claims).facts
    for seed in range(3):
        random.Random(seed).shuffle(documents)
        random.Random(seed + 9).shuffle(claims)
        assert Resolved(documents, claims).facts == expected


def test_an_unplaced_investigation_does_not_tie_two_towns_together():
    fields = OPENED | authority("Portuguese police")
    documents = [page(f"They look into it, page {n}.", publisher=f"Paper {n}") for n in range(3)]
    claims = [
        says(documents[0], documents[0].text, **fields, places=[LISBON]),
        says(documents[1], documents[1].text, **fields, places=[PORTO]),
        says(documents[2], documents[2].text, **fields),
    ]
    case = Resolved(documents, claims)
    assert sorted(len(fact.claims) for fact in case.facts) == [1, 1, 1]


def test_governments_at_large_have_not_acted():
    a = page("Governments have reacted very differently. Austria has reacted.")
    shared = {"kind": "govt_response.unspecified", "codes": ["GR.unspecified"]}
    claims = [
        says(a, "Governments have reacted very differently", **shared, parties=[("authority", "government", "Governments")]),
        says(a, "Austria has reacted", **shared, places=[AUSTRIA]),
    ]
    assert sorted(fact.opinion for fact in Resolved([a], claims).facts) == [False, True]
