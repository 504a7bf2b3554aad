"""The gate fails closed, generalises what it can, and says what to do about the rest."""

from dataclasses import replace

import pytest
from gate_samples import (
    DENIED,
    NAMES,
    OFFICES,
    OPEN,
    accepted,
    ask,
    case,
    claim,
    content,
    document,
    entry,
    fact,
    judgement,
    organisation,
    party,
    person,
    refused,
    reviewed,
    through,
    victim,
)  # fmt: skip

from armslength.base.ids import digest
from armslength.model.facts import Count, LineageEdge, Relation
from armslength.model.ledger import Consent, Disclosure, LegalStatus, Protection, Reply, Request, Restriction, Retention
from armslength.publish import jsonl
from armslength.publish.content import UNKNOWN_PERSON
from armslength.publish.gate.passages import BLOCK, PADDED, WITHHELD
from armslength.publish.gate.profile import shipped


def everything(cleared):
    """All that is written, as one text."""
    return "".join(line for _, lines in jsonl.files(cleared.content) for line in lines)


def facts_in(cleared):
    """True ids of the facts that are shown."""
    back = {new: old for old, new in cleared.ids.items()}
    return sorted(back.get(row.id, row.id) for row in cleared.content.facts)


def texts_in(cleared):
    """True id to the text as shown, without the padding of withheld ones."""
    back = {new: old for old, new in cleared.ids.items()}
    return {back.get(row.id, row.id): row.text for row in cleared.content.documents}


def rules(refusals):
    return {row.rule for row in refusals}


# Four eyes


def test_what_two_reviewers_accepted_is_released():
    cleared = through(reviewed(case()))
    assert facts_in(cleared) == sorted(row.id for row in case().facts)
    assert OPEN.text[OFFICES.start : OFFICES.end] in everything(cleared)


def test_a_case_that_nobody_reviewed_is_refused():
    found = refused(case())
    assert rules(found) == {"four eyes"}
    assert "No fact of this case has been reviewed" in found[0].what


def test_what_nobody_reviewed_is_left_out_and_counted():
    made = case()
    cleared = through(replace(made, judgements=reviewed(replace(made, facts=made.facts[:1])).judgements))
    assert facts_in(cleared) == [made.facts[0].id]
    assert ("four eyes", 1) in {(change.rule, change.count) for change in cleared.changes}


def test_one_reviewer_is_not_two():
    assert rules(refused(reviewed(case(), who=("heron",)))) == {"four eyes"}


def test_two_names_with_one_key_are_one_pair_of_eyes():
    made = case()
    rows = [
        row
        for one in made.facts
        for row in (
            *accepted(one, "heron"),
            judgement(one.id, "ibis", "accept", accepted(one, "heron")[0].value, over=accepted(one, "heron"), key="key-heron"),
        )
    ]
    assert rules(refused(replace(made, judgements=[*reviewed(made, who=()).judgements, *rows]))) == {"four eyes"}


def test_a_judgement_without_a_key_is_nobodys():
    made = case()
    rows = [
        judgement(one.id, who, "accept", {"level": "fact", "claims": sorted(one.claims)}, key="")
        for one in made.facts
        for who in ("heron", "ibis")
    ]
    assert rules(refused(replace(made, judgements=[*reviewed(made, who=()).judgements, *rows]))) <= {"four eyes", "disputed"}


def test_a_rejected_fact_is_left_out_and_one_in_dispute_refused():
    made = case()
    one, two = made.facts
    value = {"level": "fact", "claims": sorted(one.claims)}
    rejected = [judgement(one.id, "heron", "reject", value)]
    with_one = replace(made, judgements=[*reviewed(made, who=()).judgements, *rejected, *accepted(two, "heron", "ibis")])
    assert facts_in(through(with_one)) == [two.id]
    apart = [judgement(one.id, "heron", "reject", value), judgement(one.id, "ibis", "accept", value)]
    assert "disputed" in rules(
        refused(replace(made, judgements=[*reviewed(made, who=()).judgements, *apart, *accepted(two, "heron", "ibis")]))
    )


def test_a_finding_with_one_reviewer_is_refused_and_with_two_enough():
    made = case()
    value = {"fact": made.facts[0].id, "standard": "STD.reasonable", "statement": "It is so.", "for": [], "against": []}
    first = judgement("finding-1", "heron", "finding", value)
    alone = [*reviewed(made, who=()).judgements, first]
    assert rules(refused(replace(made, judgements=alone))) == {"second reviewer"}
    second = judgement("second-1", "ibis", "second", {"finding": first.id})
    assert facts_in(through(replace(made, judgements=[*alone, second]))) == [made.facts[0].id]


def test_a_fact_is_accepted_too_when_two_accepted_each_of_its_passages():
    made = case()
    rows = []
    for row in made.claims:
        first = judgement(row.id, "heron", "accept", {"level": "claim"})
        rows += [first, judgement(row.id, "ibis", "accept", {"level": "claim"}, over=[first])]
    assert len(through(replace(made, judgements=[*reviewed(made, who=()).judgements, *rows])).content.facts) == 2


def test_persons_merged_by_one_reviewer_are_refused():
    made = case(victim(0))
    mentions = [made.claims[-1].attribution[-1].mention] * 2
    one = judgement("same-1", "heron", "merge", {"level": "entity", "ids": mentions})
    assert "Two persons were made one" in next(row.what for row in refused(reviewed(made, one)) if row.rule == "four eyes")
    two = judgement("same-1", "ibis", "merge", {"level": "entity", "ids": mentions}, over=[one])
    through(reviewed(made, one, two))


def test_a_fact_left_out_is_not_there():
    made = case(victim(0))
    cleared = through(reviewed(made), without=[made.facts[-1].id])
    assert len(cleared.content.facts) == 2
    assert ("left out", 1) in {(change.rule, change.count) for change in cleared.changes}


def test_a_denial_goes_where_the_denied_fact_goes():
    made = case()
    offices, denial = made.facts
    made = replace(
        made, relations=[Relation(id="9" * 64, type="denies", fact=denial.id, other=offices.id, reason="The embassy denies it.")]
    )
    rows = [*reviewed(made, who=()).judgements, *accepted(offices, "heron", "ibis")]
    cleared = through(replace(made, judgements=rows))
    assert facts_in(cleared) == sorted([offices.id, denial.id])
    assert "denials" in {change.rule for change in cleared.changes}


# Protected persons


def test_no_name_of_a_protected_person_is_anywhere():
    made = reviewed(case(*map(victim, range(7))))
    for profile in ("public", "partner", "court"):
        text = everything(through(made, profile=profile)).lower()
        assert not [name for full in NAMES for name in full.lower().split() if name in text], profile


def test_a_page_with_a_passage_about_somebody_is_withheld_whole():
    made = case(victim(0))
    cleared = through(reviewed(made), profile="court")
    hidden = next(row for row in cleared.content.documents if not row.text.strip(BLOCK))
    seen = hidden.first
    assert (seen.url, seen.title, seen.byline, seen.published) == (None, None, None, "2025-03")
    assert seen.publisher != "The Quay"
    assert len(hidden.text) == PADDED
    assert {row.quote for row in cleared.content.claims if row.doc == hidden.id} == {WITHHELD}
    text = everything(cleared)
    original = made.documents[1]
    for locator in (original.id, original.first.source, original.first.file, made.claims[-1].id, made.facts[-1].id, "grey car", "pages/10"):
        assert locator not in text, locator


def test_a_passage_about_nobody_on_a_page_about_somebody_is_withheld_too():
    doc, row, _ = victim(0)
    doc = replace(doc, text=doc.text + "\n\nThere are three such offices in the country.")
    doc = replace(doc, id=digest("text", doc.text))
    here = replace(row, doc=doc.id)
    other = claim(doc, "There are three such offices in the country", kind="quantity.site_count")
    made = content([doc], [here, other], [fact(here), fact(other)])
    assert "three such offices" not in everything(through(reviewed(made), profile="court"))


def test_words_near_a_name_on_an_open_page_are_blocks():
    doc = document(
        "Offices\n\nThere are three offices.\n\n"
        + " ".join(f"Nothing {n} more is known of it." for n in range(12))
        + "\n\nThe mayor, Wanda Reiss, opened a fair on Sunday.",
        number=3,
    )
    row = claim(doc, "There are three offices", kind="quantity.site_count")
    mayor = claim(doc, "opened a fair on Sunday", kind="assessment", who="Wanda Reiss")
    made = content([doc], [row, mayor], [fact(row), fact(mayor)])
    cleared = through(reviewed(made), profile="partner", without=[fact(mayor).id])
    shown = cleared.content.documents[0].text
    assert len(shown) == len(doc.text)
    assert "There are three offices" in shown
    assert "Reiss" not in shown
    assert "fair" not in shown


def test_only_quoted_words_of_a_page_are_shown_to_everybody():
    cleared = through(reviewed(case()))
    shown = texts_in(cleared)[OPEN.id]
    assert OFFICES.quote in shown
    assert DENIED.quote in shown
    assert "Harbour" not in shown
    assert "Harbour" in texts_in(through(reviewed(case()), profile="partner"))[OPEN.id]


def test_a_copy_of_a_passage_about_somebody_is_withheld_although_it_names_nobody():
    doc, row, _ = victim(0)
    copy = document("Told again\n\nA woman said that " + doc.text.split(" said that ")[1], number=7)
    again = claim(copy, "two men in a grey car number 0 waited for her outside her shop", kind="assessment")
    made = content([doc, copy], [row, again], [fact(row), fact(again)])
    assert "grey car" not in everything(through(reviewed(made), profile="court"))


def test_whom_no_reader_found_is_protected_too():
    doc = document("Threat\n\nOfficers followed Bettina Krowe’s brother through the park.\n\nKrowe had spoken on Sunday.", number=3)
    row = claim(doc, "Officers followed Bettina Krowe’s brother through the park")
    made = reviewed(content([doc], [row], [fact(row)]))
    assert "park" not in everything(through(made, profile="court"))
    assert ("Bettina Krowe",) in {one.names for one in through(made, profile="court").sought}


def test_a_name_in_the_text_of_an_open_page_is_blocks_whoever_it_is():
    doc = document(
        "Offices\n\nThere are three offices.\n\nThe fair of the Harbour Institute was opened by Wanda Reiss on a Sunday.", number=3
    )
    row = claim(doc, "There are three offices", kind="quantity.site_count")
    shown = texts_in(through(reviewed(content([doc], [row], [fact(row)])), profile="court"))[doc.id]
    assert "Reiss" not in shown
    assert "opened by" in shown
    assert "Harbour Institute" in shown


def test_pseudonyms_and_ids_change_with_every_release():
    made = reviewed(case(*map(victim, range(7))))
    one, two = (through(made, profile="court", secret=secret) for secret in (b"one", b"two"))
    labels = [{row.label for row in found.content.entities if row.kind == "person"} for found in (one, two)]
    assert all(len(found) == 7 for found in labels)
    assert not labels[0] & labels[1]
    hidden = [{row.id for row in found.content.claims} - {OFFICES.id, DENIED.id} for found in (one, two)]
    assert not hidden[0] & hidden[1]
    assert through(made, profile="court", secret=b"one").content == one.content


def test_every_id_that_changed_can_be_led_back_inside_the_case():
    made = reviewed(case(victim(0)))
    cleared = through(made, profile="court")
    true = {row.id for row in made.claims}
    back = {new: old for old, new in cleared.ids.items()}
    assert {back.get(row.id, row.id) for row in cleared.content.claims} == true
    assert {row.id for row in cleared.content.claims} <= {row.id for row in cleared.whole.claims}


def test_a_person_whom_two_made_public_is_named():
    doc, row, one = victim(0)
    made = content([doc], [row], [one])
    public = Disclosure(judgement="", person=person(NAMES[0]), role="member of parliament", key="")
    assert NAMES[0] in everything(through(reviewed(made, *entry(public, "heron", "ibis"))))
    assert NAMES[0] not in everything(through(reviewed(made, *entry(public, "heron"))))
    child = Protection(judgement="", person=person(NAMES[0]), ground="child")
    assert NAMES[0] not in everything(through(reviewed(made, *entry(public, "heron", "ibis"), *entry(child))))
    assert NAMES[0] not in everything(
        through(reviewed(made, *entry(public, "heron", "ibis")), profile=replace(shipped("public"), names=False))
    )


# Small groups


def test_who_stands_alone_loses_place_time_and_method_before_anything_is_shown():
    made = reviewed(case(victim(0)))
    row = next(row for row in through(made).content.claims if row.kind == "incident.case")
    assert (row.places, row.event_date, row.methods) == ((), None, ())
    incident = through(made).content.incidents[0]
    assert (incident.place, incident.country, incident.period, incident.methods, incident.fields) == ("", "", "", (), ())
    assert "Oslo" not in incident.label


def test_five_alike_keep_city_month_and_method():
    made = reviewed(case(*map(victim, range(5))))
    rows = [row for row in through(made).content.claims if row.kind == "incident.case"]
    assert {(row.places[0].name, row.event_date.edtf, row.methods) for row in rows} == {("Oslo", "2025-03", ("A5",))}


def test_five_in_one_country_keep_the_country():
    made = reviewed(case(*(victim(number, city="Oslo" if number < 3 else "Bergen") for number in range(5))))
    rows = [row for row in through(made).content.claims if row.kind == "incident.case"]
    assert {(row.places[0].name, row.places[0].country, row.event_date.edtf) for row in rows} == {("", "NO", "2025-03")}


def test_five_passages_about_one_person_are_one():
    doc = document("Followed\n\n" + "\n\n".join(f"Mirela Dosk said that man {n} waited for her in Oslo." for n in range(5)), number=3)
    rows = [claim(doc, f"man {n} waited for her", who="Mirela Dosk", city="Oslo", when="2025-03-14") for n in range(5)]
    made = reviewed(content([doc], rows, [fact(row) for row in rows]))
    assert {row.places for row in through(made).content.claims} == {()}


def test_a_court_sees_single_persons_by_city_and_month():
    row = next(row for row in through(reviewed(case(victim(0))), profile="court").content.claims if row.kind == "incident.case")
    assert (row.places[0].name, row.event_date.edtf) == ("Oslo", "2025-03")
    by_country = replace(shipped("court"), places="country", dates="year")
    row = next(row for row in through(reviewed(case(victim(0))), profile=by_country).content.claims if row.kind == "incident.case")
    assert (row.places[0].name, row.places[0].country, row.event_date.edtf) == ("", "NO", "2025")


def test_an_address_is_no_place():
    doc, row, one = victim(0)
    row = replace(row, places=(replace(row.places[0], name="Kirkegata 14"),))
    found = next(row for row in through(reviewed(content([doc], [row], [one])), profile="court").content.claims)
    assert (found.places[0].name, found.places[0].country) == ("", "NO")


def test_who_speaks_of_other_things_is_not_told_apart_where_groups_are_small():
    doc = document("Offices\n\nMirela Dosk said that there are three offices in Oslo.", number=3)
    row = claim(doc, "there are three offices in Oslo", kind="quantity.site_count", who="Mirela Dosk", city="Oslo")
    made = reviewed(content([doc], [row], [fact(row)]))
    assert through(made).content.claims[0].attribution[-1].name == UNKNOWN_PERSON
    assert not [row for row in through(made).content.entities if row.kind == "person"]
    assert through(made, profile="court").content.claims[0].attribution[-1].name.startswith("Person ")


def counted(rows, number, *, table="timeline", row="2025-03"):
    return Count(
        id=digest(table, row),
        table=table,
        row=row,
        unit="claims about the month",
        value=number,
        profile="PROFILE.everything",
        supports=tuple(rows),
    )


def test_a_number_below_five_about_somebody_is_left_out_and_not_to_be_had_by_subtraction():
    victims = [victim(number) for number in range(7)]
    made = reviewed(case(*victims))
    ids = [row.id for _, row, _ in victims]
    numbers = [
        counted(ids[:3], 3),
        counted(ids[3:], 9, row="2025-04"),
        counted([OFFICES.id], 12, row="2025-05"),
        counted([OFFICES.id], 1, table="overview", row="facts"),
    ]
    kept = {(row.table, row.row) for row in through(made, counts=numbers).content.counts}
    assert kept == {("timeline", "2025-05"), ("overview", "facts")}
    assert len(through(made, counts=numbers, profile="court").content.counts) == 4


# Two releases


def test_a_release_that_shows_one_person_more_than_an_earlier_one_is_refused():
    six, seven = (reviewed(case(*map(victim, range(number)))) for number in (6, 7))
    earlier = replace(through(six).record, release="a" * 64, when="2026-02-01")
    assert earlier.persons == {person(name) for name in NAMES[:6]}
    found = refused(seven, past=[earlier])
    assert rules(found) == {"differences"}
    assert "--without" in found[0].do
    through(seven, past=[earlier], without=[seven.facts[-1].id])
    through(seven, past=[replace(earlier, persons=frozenset())])
    through(seven, past=[earlier], profile="court")


def test_a_number_that_differs_from_an_earlier_one_by_two_is_left_out():
    victims = [victim(number) for number in range(7)]
    made = reviewed(case(*victims))
    ids = [row.id for _, row, _ in victims]
    earlier = replace(through(made, counts=[counted(ids[:5], 5)]).record, release="a" * 64, when="2026-02-01")
    assert through(made, counts=[counted(ids, 7)], past=[earlier]).content.counts == []
    assert len(through(made, counts=[counted(ids[:5], 5)], past=[earlier]).content.counts) == 1


# Fairness


def accusing(kind="organisation"):
    doc = document("Accused\n\nThe Karsk Bureau threatened shop owners in Oslo, the Harbour Institute said.", number=3)
    row = claim(
        doc,
        "The Karsk Bureau threatened shop owners in Oslo",
        kind="assessment",
        parties=(party(doc, "The Karsk Bureau", "perpetrator", kind),),
    )
    return content([doc], [row], [fact(row)])


ASKED = Reply(
    judgement="",
    target=organisation("The Karsk Bureau"),
    addressee=organisation("The Karsk Bureau"),
    channel="letter",
    asked="2026-01-10",
    deadline="2026-02-10",
)


def test_who_is_accused_by_name_must_have_been_asked():
    found = refused(reviewed(accusing()))
    assert rules(found) == {"right of reply"}
    assert "was not asked" in found[0].what
    through(reviewed(accusing("government")))


def test_the_deadline_must_have_passed():
    waiting = replace(ASKED, deadline="2026-04-01")
    assert "has not passed" in refused(reviewed(accusing(), *entry(waiting)))[0].what


def test_an_answer_goes_with_the_fact_and_so_does_silence():
    answered = replace(ASKED, answered="2026-01-20", answer="We threatened nobody.")
    assert "answered on 2026-01-20: “We threatened nobody.”" in everything(through(reviewed(accusing(), *entry(answered))))
    assert "due on 2026-02-10 and none is recorded" in everything(through(reviewed(accusing(), *entry(ASKED))))


def public_and_accused(*more):
    doc = document("Charged\n\nA man named Osric Pell threatened shop owners in Oslo, the Harbour Institute said.", number=3)
    row = claim(doc, "Osric Pell threatened shop owners", parties=(party(doc, "Osric Pell", "perpetrator", "person"),))
    public = Disclosure(judgement="", person=person("Osric Pell"), role="consul", key="")
    reply = Reply(
        judgement="",
        target=person("Osric Pell"),
        addressee=person("Osric Pell"),
        channel="letter",
        asked="2026-01-10",
        deadline="2026-02-10",
    )
    return reviewed(
        content([doc], [row], [fact(row)]), *entry(public, "heron", "ibis"), *entry(reply), *(one for row in more for one in entry(row))
    )


def status(word, date="2026-01"):
    return LegalStatus(judgement="", person=person("Osric Pell"), charge="threats", forum="District Court", status=word, date=date)


def test_who_is_accused_and_named_needs_a_legal_status_and_is_spoken_of_by_it():
    assert rules(refused(public_and_accused())) == {"legal status"}
    said = everything(through(public_and_accused(status("charged"))))
    assert "Osric Pell has been charged with threats (District Court, 2026-01), which is not a conviction." in said


def test_who_is_named_in_words_alone_is_spoken_of_by_legal_status_too():
    made = public_and_accused(status("charged"))
    bare = [replace(row, parties=()) for row in made.claims]
    speaker = claim(made.documents[0], "the Harbour Institute said", kind="assessment", who="Osric Pell")
    cleared = through(reviewed(replace(made, claims=[*bare, speaker], facts=made.facts), *made.judgements[2:]))
    assert any("has been charged with threats" in line for lines in cleared.beside.values() for line in lines)


def test_what_people_asked_for_stays_in_the_case():
    doc, row, one = victim(0)
    agreed = Consent(judgement="", person=person(NAMES[0]), use="publish", given=True, date="2026-01-05")
    made = reviewed(content([doc], [row], [one]), *entry(agreed), *entry(Protection(judgement="", person=person(NAMES[0]), ground="child")))
    cleared = through(made, profile="court")
    assert made.ledger.entries
    assert cleared.content.ledger.entries == ()
    assert {row.decision for row in cleared.content.judgements} <= {"accept"}


@pytest.mark.parametrize("word", ["acquitted", "closed_without_charge", "misidentified"])
def test_who_was_cleared_is_not_accused_again(word):
    assert "was cleared" in refused(public_and_accused(status(word)))[0].what


def test_a_court_order_hides_a_name_and_a_fact():
    doc, row, one = victim(0)
    made = content([doc], [row], [one])
    public = entry(Disclosure(judgement="", person=person(NAMES[0]), role="mayor", key=""), "heron", "ibis")
    order = Restriction(judgement="", target=person(NAMES[0]), forum="High Court", since="2026-01-01")
    assert NAMES[0] not in everything(through(reviewed(made, *public, *entry(order))))
    lifted = replace(order, until="2026-02-01")
    assert NAMES[0] in everything(through(reviewed(made, *public, *entry(lifted))))
    body = accusing()
    named = replace(order, target=organisation("The Karsk Bureau"))
    text = everything(through(reviewed(body, *entry(ASKED), *entry(named))))
    assert "Karsk" not in text
    offices = case()
    left = through(reviewed(offices, *entry(replace(order, target=offices.facts[0].id))))
    assert facts_in(left) == [offices.facts[1].id]
    assert not [change for change in left.changes if "court" in change.what], "that there is an order may itself be secret"


def test_who_testifies_must_have_agreed_and_a_no_is_a_no():
    doc, row, _ = victim(0)
    told = replace(row, kind="testimony.first_person")
    made = content([doc], [told], [fact(told)])
    assert rules(refused(reviewed(made))) == {"consent"}
    yes = Consent(judgement="", person=person(NAMES[0]), use="publish", given=True, date="2026-01-05")
    through(reviewed(made, *entry(yes)))
    assert rules(refused(reviewed(made, *entry(replace(yes, until="2026-01-31"))))) == {"consent"}
    assert rules(refused(reviewed(made, *entry(yes)), profile="partner")) == {"consent"}, "sharing is another use"
    no = replace(yes, given=False)
    assert "said no" in refused(reviewed(case(victim(0)), *entry(no)))[0].what


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (Request(judgement="", target=person(NAMES[0]), kind="remove", received="2026-02-01", deadline="2026-03-10"), "not decided"),
        (
            Request(
                judgement="",
                target=person(NAMES[0]),
                kind="remove",
                received="2026-02-01",
                deadline="2026-03-10",
                decided="2026-02-02",
                outcome="granted",
            ),
            "granted",
        ),
        (Retention(judgement="", target=person(NAMES[0]), until="2026-02-01", action="shred"), "no longer than"),
    ],
)
def test_requests_and_clocks_are_kept(row, word):
    assert word in refused(reviewed(case(victim(0)), *entry(row)))[0].what


def test_every_refusal_says_what_to_do_and_names_nobody():
    found = [*refused(case()), *refused(reviewed(case(), who=("heron",))), *refused(reviewed(accusing())), *refused(public_and_accused())]
    for row in found:
        assert row.what.endswith(".")
        assert row.do.endswith((".", ")."))
        assert not [name for full in NAMES for name in full.split() if name in f"{row.what}{row.where}{row.do}"]


# Counts of origins stay what they were


def test_a_page_that_ties_two_others_together_stays_although_nothing_of_it_is_shown():
    first, second, third = (
        document(f"Offices\n\nThere are {word} offices in the country.", number=number)
        for number, word in enumerate(("three", "four", "five"))
    )
    rows = [claim(doc, doc.text.split("\n\n")[1][:-1], kind="quantity.site_count") for doc in (first, second, third)]
    edges = [
        LineageEdge(id=digest(a.id, b.id), from_id=a.id, to_id=b.id, level="document", kind="near_copy", evidence=(), why="Copies.")
        for a, b in ((first, second), (second, third))
    ]
    made = content([first, second, third], rows, [fact(rows[0], rows[2]), fact(rows[1])], edges=edges)
    cleared = through(reviewed(made), without=[made.facts[1].id])
    assert len(cleared.content.documents) == 3
    assert len(cleared.content.edges) == 2


def test_origins_are_the_same_numbers():
    made = reviewed(case(*map(victim, range(3))))
    before = sorted((row.min, row.max, row.unknown) for row in made.origins.values())
    assert sorted((row.min, row.max, row.unknown) for row in through(made).content.origins.values()) == before


def test_the_gate_says_the_same_twice():
    made = reviewed(case(*map(victim, range(6))))
    assert through(made) == through(made)
    assert ask(made).day == "2026-03-01"


def test_the_attack_finds_whom_the_gate_left_alone():
    """One of five who are alike is alone in the sources once the other four are one person there."""
    from armslength.publish.attack.reidentify import Told, reidentify, whom_of

    victims = [victim(number) for number in range(5)]
    sources = [row for _, row, _ in victims]
    alone = replace(sources[0], methods=("A2",))
    told = [Told(claim=row, pseudonyms=frozenset({f"Person {n}"})) for n, row in enumerate((alone, *sources[1:]))]
    whom = whom_of(lambda row: frozenset({row.attribution[-1].name}), {})
    hits = list(reidentify(told, [alone, *sources[1:]], whom))
    assert {hit.about for hit in hits} == {"somebody not named", "Person 0"}
    assert not list(reidentify(told[1:], [alone, *sources[1:]], whom))
    blank = replace(alone, methods=(), places=(), event_date=None)
    assert not list(reidentify([Told(claim=blank, pseudonyms=frozenset())], [alone], whom)), "what says nothing gives nobody away"


def test_two_passages_under_one_pseudonym_are_tried_together():
    from armslength.publish.attack.reidentify import Told, reidentify, whom_of

    rows = [victim(number)[1] for number in range(4)]
    threat = [replace(row, id=digest("x", n), methods=("D6",)) for n, row in enumerate(rows[:3])]
    others = [replace(rows[3], id=digest("y", n), methods=("D6",)) for n in range(2)]
    names = {row.id: NAMES[n % 3] for n, row in enumerate([*rows[:3], *threat])} | {
        row.id: f"else {n}" for n, row in enumerate((rows[3], *others))
    }
    whom = whom_of(lambda row: frozenset({names[row.id]}), {})
    both = [Told(claim=rows[0], pseudonyms=frozenset({"Person 1"})), Told(claim=threat[0], pseudonyms=frozenset({"Person 1"}))]
    assert not list(reidentify(both, [*rows, *threat, *others], whom))
    assert {hit.about for hit in reidentify(both, [rows[0], rows[3], threat[0], others[0]], whom)} == {"Person 1"}
