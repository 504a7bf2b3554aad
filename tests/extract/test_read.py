"""From text to claims: what is read, who says it, and that nothing makes the reader fail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from extract_samples import make_document
from hypothesis import example, given, settings
from hypothesis import strategies as st

from armslength.extract.read import read_document, read_documents
from armslength.model.claims import Claim

Read = Callable[..., list[Claim]]


def of_kind(found: list[Claim], family: str) -> list[Claim]:
    return [c for c in found if c.kind == family or c.kind.startswith(family + ".")]


def voices(claim: Claim) -> list[str]:
    return [link.name for link in claim.attribution[1:]]


def test_a_count_with_comparator_measure_and_two_hops(claims: Read) -> None:
    found = claims(
        "A study by the rights group Green Lantern said that Valdorian police have opened at least 61 service stations in 24 countries, "
        "according to official notices."
    )
    sites, countries = of_kind(found, "quantity")
    assert sites.quantity is not None
    assert countries.quantity is not None
    assert (sites.quantity.value, sites.quantity.comparator, sites.quantity.low, sites.quantity.high) == (61, ">=", 61, None)
    assert (sites.quantity.measure, countries.quantity.measure) == ("sites.worldwide", "countries")
    assert countries.quantity.value == 24
    assert "Green Lantern" in voices(sites)[0]
    assert voices(sites)[-1] == "official notices"
    assert sites.attribution[-1].kind == "government"
    (basis,) = of_kind(found, "provenance")
    assert basis.quote == "according to official notices"


def test_one_sentence_three_cities_three_pairs(claims: Read) -> None:
    found = of_kind(claims("The list names two police stations in Lisbon, three in Vienna and one in Toronto."), "quantity")
    assert [(c.quantity.value, c.quantity.measure, [p.name for p in c.places]) for c in found if c.quantity] == [
        (2, "sites.in_city", ["Lisbon"]), (3, "sites.in_city", ["Vienna"]), (1, "sites.in_city", ["Toronto"]),
    ]  # fmt: skip


def test_a_number_in_a_name_is_not_a_count(claims: Read) -> None:
    found = of_kind(claims("The list names four “220 Citizen Service Centers” in Portugal."), "quantity")
    assert [(c.quantity.value, c.quantity.measure) for c in found if c.quantity] == [(4, "sites.in_country")]


def test_attackers_are_not_counted_as_returned(claims: Read) -> None:
    assert of_kind(claims("He was attacked by four hooded men who were convinced that he would return."), "quantity") == []


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The embassy denied any link to the police stations.", "denial"),
        ("The embassy declined to comment on the police stations.", "no_comment"),
        ("The embassy did not respond to questions about the police stations.", "no_comment"),
        ("The ministry did not confirm whether it was investigating the police stations.", "govt_response.not_confirmed"),
        ("Portugal has opened an investigation into the police station.", "govt_response.investigation"),
        (
            "The office of the public prosecutor closed its investigation into the police station without charges.",
            "govt_response.investigation",
        ),
        ("Ireland ordered the Valdorian embassy to close the police station.", "govt_response.order"),
    ],
)
def test_denying_declining_not_confirming_and_acting_are_different_things(claims: Read, sentence: str, kind: str) -> None:
    assert kind in {c.kind for c in claims(f"Valdorian police stations were found in Lisbon. {sentence}")}


def test_pronouns_and_surnames_take_up_the_speaker(claims: Read) -> None:
    found = claims(
        "Maria Keller, a director of the group Green Lantern, said the police stations threaten dissidents abroad. "
        "“They pressure families at home,” she said.\n"
        "Keller added that the stations monitor exiles."
    )
    assert {voices(c)[-1] for c in found if c.attribution[1:]} == {"Maria Keller"}
    assert {link.start is not None for c in found for link in c.attribution[1:]} == {True}


def test_a_quotation_runs_over_sentences_with_one_speaker(claims: Read) -> None:
    found = claims(
        "“The police stations monitor our community. They harass students and their families,” said Anna Berg, a researcher. "
        "The embassy denied this."
    )
    told = [c for c in found if c.kind != "denial"]
    assert told
    assert {voices(c)[-1] for c in told} == {"Anna Berg"}


def test_a_republished_page_carries_the_original_in_every_chain(claims: Read) -> None:
    found = claims(
        "Valdoria has opened 38 police stations abroad.\nThis article is republished courtesy of Harbour Radio.", publisher="Some Portal"
    )
    (count,) = of_kind(found, "quantity")
    assert [link.name for link in count.attribution] == ["Some Portal", "Harbour Radio"]
    (notice,) = of_kind(found, "provenance")
    assert notice.quote == "This article is republished courtesy of Harbour Radio."


def test_what_goes_on_with_a_report_is_latent_and_a_turn_ends_it(claims: Read) -> None:
    found = claims(
        "A report by the group Green Lantern said that police stations track exiles. "
        "They also pressure the families of dissidents in Valdoria.\n"
        "But Valdoria does little to conceal the police stations."
    )
    carried = [c for c in found if c.attribution[-1].latent]
    assert carried
    assert all("Green Lantern" in c.attribution[-1].name for c in carried)
    assert not any(c.quote.startswith(("But", "Valdoria does")) and c.attribution[-1].latent for c in found)


def test_persons_are_never_parties(claims: Read) -> None:
    found = claims("Police harassed Omar Reis, an exile, in Lisbon and threatened his mother, Ines Reis, at home.")
    assert found
    assert not [p for c in found for p in c.parties if p.kind == "person"]


def test_expert_views_are_opinions(claims: Read) -> None:
    found = claims(
        "Jan Novak, a political analyst, said: “The associations are linked to the party and act as agents of the overseas police abroad.”"
    )
    assert found
    assert {c.speech_act for c in found} == {"opines"}


def test_other_languages_and_other_matters_are_refused_with_a_reason() -> None:
    for document in (make_document("警方在多国设立服务站。", lang="zh"), make_document("The garden show opened on Sunday with tulips.")):
        reading = read_document(document)
        assert (reading.claims, reading.taken, reading.kept) == ((), 1, 0)
        assert reading.refused[0].reason


def test_every_sentence_parsed_is_kept_or_refused() -> None:
    text = "Police stations opened in Lisbon. The weather was “mild and pleasant for the season” there. Officials denied it."
    reading = read_document(make_document(text))
    assert reading.taken == reading.kept + len(reading.refused)


def test_each_claim_says_why_and_stands_on_exact_words(claims: Read) -> None:
    text = "Prosecutors in Vienna opened an investigation into a Valdorian police station in May 2024, officials said."
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.quote
        assert claim.why
        assert claim.reader.name


def test_dates_are_kept_apart(claims: Read) -> None:
    text = "Valdorian officials claim that from March 2019 to May 2021 their police talked over 4,000 citizens abroad into a return."
    (count,) = of_kind(claims(text, published="2023-02-01"), "quantity")
    assert count.claimed_period is not None
    assert count.claimed_period.edtf == "2019-03/2021-05"
    assert count.as_of is not None
    assert count.as_of.edtf == "2023-02-01"
    assert "publication" in count.as_of.basis


def test_documents_do_not_touch_each_other() -> None:
    one = make_document("Police stations opened in Lisbon. Harbour Watch counted 38 stations.")
    two = make_document("She said that police stations closed in Vienna. The group counted 40 stations.")
    apart = [read_document(one), read_document(two)]
    assert read_documents([two, one]) == apart[::-1]


@settings(max_examples=40)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
@example("\x00“”‘’ police station 👩‍👩‍👧 \u0301\u202e 54 警察站\r\nsaid said said")
@example("“““““ the report said that that that, according according to to to police stations (((")
@example("police station " + "very " * 900 + "long.")
def test_no_text_makes_the_reader_fail(text: str) -> None:
    document = make_document("Overseas police stations: " + text)
    reading = read_document(document)
    assert reading.taken == reading.kept + len(reading.refused)
    for claim in reading.claims:
        assert document.text[claim.start : claim.end] == claim.quote
        for link in claim.attribution:
            assert link.start is None or 0 <= link.start < (link.end or 0) <= len(document.text)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Nobody has been charged over the police station.", "legal.charge"),
        ("Police have not arrested the operator of the police station.", "legal"),
        ("Portugal is not investigating the police station.", "govt_response"),
    ],
)
def test_what_was_not_done_carries_no_code_of_having_been_done(claims: Read, sentence: str, kind: str) -> None:
    for claim in of_kind(claims(f"Valdorian police stations were found in Lisbon. {sentence}"), kind):
        assert (claim.modality, claim.codes) == ("negated", ())


def test_not_guilty_is_no_conviction(claims: Read) -> None:
    found = claims("Two men were charged with running a police station. Both pleaded not guilty.")
    assert [c.codes for c in of_kind(found, "legal")] == [("LEG.charged",), ()]


def test_more_stations_are_added_and_the_total_is_the_count(claims: Read) -> None:
    found = of_kind(
        claims(
            "After its report on 38 police stations, the group Green Lantern identified at least 23 more stations, bringing the total to 61."
        ),
        "quantity",
    )
    assert [(c.quantity.value, c.quantity.measure) for c in found if c.quantity] == [
        (38, "sites.worldwide"), (23, "sites.new"), (61, "sites.worldwide"),
    ]  # fmt: skip


def test_countries_are_counted_only_where_sites_are(claims: Read) -> None:
    text = "Police stations were opened in 24 countries. Nine countries are listed in the guidelines on exit bans for relatives."
    assert [c.quantity.value for c in of_kind(claims(text), "quantity.countries") if c.quantity] == [24]


def test_a_place_things_reach_over_is_no_bound(claims: Read) -> None:
    (found,) = of_kind(claims("The police stations are spread over 17 countries."), "quantity")
    assert found.quantity is not None
    assert found.quantity.comparator == "="


def test_other_states_and_other_methods(claims: Read) -> None:
    found = claims(
        "Intelligence officers abducted at least 80 people abroad. The ministry called the allegations baseless. "
        "Slovakia opened an inquiry into the abduction, but closed it without finding any offence."
    )
    kinds = {c.kind for c in found}
    assert {"denial", "govt_response.investigation", "quantity.victims"} <= kinds
    assert any("GR.investigation_closed_no_charge" in c.codes for c in found)


def test_a_site_has_a_state_only_where_its_city_stands_with_it(claims: Read) -> None:
    (order,) = of_kind(claims("Ireland ordered the Valdorian embassy to close a police station in Dublin."), "govt_response")
    assert order.codes == ("GR.order_to_close", "SITE.st.ordered_closed", "SITE.ty.police")
    assert [p.name for p in order.places] == ["Dublin"] or {p.name for p in order.places} == {"Dublin", "Ireland"}
    (inquiry,) = of_kind(claims("Prosecutors in Vienna opened an investigation into a Valdorian police station."), "govt_response")
    assert inquiry.codes == ("GR.investigation_opened",)


def test_a_place_in_a_name_is_no_place(claims: Read) -> None:
    for claim in claims("The Lisbon Police Service Station opened in a building shared with several Valdorian associations."):
        assert claim.places == ()


def test_a_plot_is_not_a_deed(claims: Read) -> None:
    (found,) = of_kind(claims("Valdorian agents plotted to kidnap a journalist abroad from her home in Lisbon."), "incident")
    assert found.modality == "future"


def test_the_acting_states_own_charges_are_no_legal_state(claims: Read) -> None:
    text = "Chinese police stations pressure exiles. The Chinese embassy denied it. "
    own = claims(text + "Chinese prosecutors charged the exile with subversion.")
    assert not [c for c in own if "LEG.charged" in c.codes]
    host = claims(text + "Dutch prosecutors charged the operator with fraud.")
    assert [c for c in host if "LEG.charged" in c.codes]
