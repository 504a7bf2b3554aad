"""Passages that have it from another without saying so, or by way of somebody: releases, figures, interviews, wires. All is invented."""

import pytest
from claim_samples import LISBON, page, says
from traced_samples import Traced

CITY = {"value": 3, "measure": "sites.in_city", "places": [LISBON]}
MANY = {"value": 2350, "measure": "sites.worldwide"}


def kinds(case, *claims):
    return [edge.kind for edge in case.tie(*claims)]


def span_docs(edge):
    return {span.doc for span in edge.evidence}


def released(story, *, published="2022-03-02", chain=(), quote="three stations"):
    """What a body says on its own page on 1 March, and a paper's page."""
    a = page("Green Watch counted three stations in the old port of Lisbon since spring.", publisher="Green Watch", published="2022-03-01")
    b = page(story, publisher="The Quay", published=published)
    body = says(a, "three stations", ("organisation", "Green Watch"), **CITY)
    return Traced([a, b], [body, says(b, quote, *chain, **CITY)]), body, says(b, quote, *chain, **CITY)


def test_a_story_that_names_the_body_has_it_from_its_release():
    case, *claims = released("Three are too many: Green Watch names three stations.", chain=[("organisation", "Green Watch")])
    (edge,) = [edge for edge in case.tie(*claims) if edge.kind == "press_release"]
    assert {span.quote for span in edge.evidence} == {"Green Watch", "three stations"}
    assert span_docs(edge) == {claim.doc for claim in claims}
    assert case.of(claims[0]).groups[0].primary_seen


def test_a_story_that_names_the_body_elsewhere_hangs_on_its_release():
    case, *claims = released("There are three stations in town. What to do? Green Watch was founded in 1988.")
    (edge,) = case.tie(*claims)
    assert edge.kind == "press_release"
    assert "Green Watch" in {span.quote for span in edge.evidence}
    assert (case.of(claims[0]).max, case.of(claims[0]).unknown) == (1, 0)


def test_a_story_that_tells_the_release_again_without_naming_it_hangs_on_it():
    case, *claims = released("There have been counted three stations in the old port of Lisbon since the spring, it has become known.")
    assert kinds(case, *claims) == ["press_release"]


@pytest.mark.parametrize(
    ("story", "published"),
    [
        ("There are three stations in town. What to do? Green Watch was founded in 1988.", "2022-02-27"),
        ("There are three stations in town. What to do?", "2022-03-02"),
        ("There have been counted three stations in the old port of Lisbon since the spring, it has become known.", "2022-04-20"),
        ("There are three stations in town. What to do? The Watch was founded in 1988.", "2022-03-02"),
    ],
)
def test_a_story_from_before_or_of_its_own_does_not(story, published):
    case, *claims = released(story, published=published)
    assert case.tie(*claims) == []
    assert case.of(claims[0]).max == 2


def test_a_story_with_a_source_of_its_own_stays_apart_from_a_release_of_the_same_number():
    story = "Uni Nord inspected three stations, unlike Green Watch."
    case, *claims = released(story, chain=[("organisation", "Uni Nord")])
    assert case.tie(*claims) == []
    assert case.of(claims[0]).min == 2


def relayed(*, number=2350, later="2022-05-02", first=(("organisation", "Port Audit"),), moments=("", "")):
    a = page(f"Port Audit counted {number} stations.", published="2022-05-01")
    b = page(f"It is {number} stations by now.", publisher="The Mole", published=later)
    shared = MANY | {"value": number}
    claims = [says(a, f"{number} stations", *first, as_of=moments[0], **shared), says(b, f"{number} stations", as_of=moments[1], **shared)]
    return Traced([a, b], claims), claims


def test_an_exact_number_in_a_later_text_without_a_source_is_relayed():
    case, claims = relayed()
    (edge,) = case.tie(*claims)
    assert edge.kind == "relayed_figure"
    assert span_docs(edge) == {claim.doc for claim in claims}
    assert (case.of(claims[0]).min, case.of(claims[0]).max, case.of(claims[0]).unknown) == (1, 1, 0)


@pytest.mark.parametrize("changed", [{"number": 2000}, {"later": "2022-04-30"}, {"later": None}])
def test_a_round_number_or_one_that_was_printed_before_is_not_relayed(changed):
    case, claims = relayed(**changed)
    assert case.tie(*claims) == []
    assert case.of(claims[0]).max == 2


def test_exact_numbers_of_two_moments_are_not_relayed_from_one_another():
    case, claims = relayed(first=(), moments=("2021-01", "2021-02"))
    assert case.tie(*claims) == []


def test_an_exact_number_that_nobody_gives_a_source_for_is_one_tip():
    case, claims = relayed(first=())
    assert kinds(case, *claims) == ["relayed_figure"]
    assert (case.of(claims[0]).max, case.of(claims[0]).unknown) == (1, 2)
    case, claims = relayed(first=(), number=2000)
    assert case.of(claims[0]).max == 2


def test_a_relayed_number_joins_no_two_counters():
    case, claims = relayed()
    c = page("Uni Nord inspected 2350 stations.", publisher="The Owl", published="2022-05-01")
    claims.append(says(c, "2350 stations", ("organisation", "Uni Nord"), **MANY))
    a, b = case.cast.documents
    assert Traced([a, b, c], claims).of(claims[0]).min == 2


def interviews(first, second, *, one=("person", "Ana Silva"), two=("person", "Silva")):
    a, b = page(first, publisher="The Quay"), page(second, publisher="The Mole")
    claims = [says(a, "three stations", one, **CITY), says(b, "three stations", two, **CITY)]
    return Traced([a, b], claims), claims


def test_one_speaker_who_told_it_to_one_paper_gave_one_interview():
    case, claims = interviews("Ana Silva told this newspaper of three stations.", "Silva told The Quay on Monday of three stations.")
    (edge,) = case.tie(*claims)
    assert edge.kind == "same_interview"
    assert {span.quote for span in edge.evidence} == {"told this newspaper", "told The Quay"}


def test_one_speaker_who_told_two_papers_is_one_speaker_and_two_interviews():
    case, claims = interviews("Ana Silva told this newspaper of three stations.", "Silva told this newspaper of three stations.")
    assert kinds(case, *claims) == ["same_speaker"]


def test_two_named_speakers_of_one_paper_are_two():
    seen = "Ana Silva, who visited, told us of three stations.", "Bo Berg visited and told The Quay of three stations."
    case, claims = interviews(*seen, two=("person", "Bo Berg"))
    assert case.tie(*claims) == []
    assert case.of(claims[0]).min == 2


def test_unnamed_sources_of_one_paper_hang_together():
    said = "An official told this newspaper of three stations.", "An official who spoke to The Quay knows of three stations."
    case, claims = interviews(*said, one=("unnamed", "an official"), two=("unnamed", "an official"))
    assert kinds(case, *claims) == ["same_interview"]
    assert (case.of(claims[0]).max, case.of(claims[0]).unknown) == (1, 2)
    case, claims = interviews(
        said[0],
        "As for three stations, an official told this newspaper of them.",
        one=("unnamed", "an official"),
        two=("unnamed", "an official"),
    )
    assert case.of(claims[0]).max == 2


def test_one_source_by_different_ways_is_one_and_the_ways_are_shown():
    a = page("Coastal Press has it from Port Audit: three stations.", publisher="The Quay")
    b = page("Three stations, says Port Audit, in the words of Inland Wire.", publisher="The Mole")
    claims = [
        says(a, "three stations", ("media", "Coastal Press"), ("organisation", "Port Audit"), **CITY),
        says(b, "Three stations", ("media", "Inland Wire"), ("organisation", "Port Audit"), **CITY),
    ]
    case = Traced([a, b], claims)
    (edge,) = case.tie(*claims)
    assert edge.kind == "common_source"
    assert "Coastal Press" in edge.why
    assert "Inland Wire" in edge.why
    assert {span.quote for span in edge.evidence} == {"Coastal Press", "Inland Wire", "Port Audit"}


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("LISBON (Coastal Press) - {}", "PORTO, May 2 (Coastal Press) – {}", "coastal press"),
        ("LISBON (AP) - {}", "PORTO (Associated Press) - {}", "associated press"),
        ("{}\n\n— AFP", "PARIS (AFP) - {}", "agence france presse"),
        ("{}\n\nSource: Reuters", "{}\n\n(Reuters)", "reuters"),
    ],
)
def test_two_pages_that_credit_one_wire_are_syndicated(first, second, name):
    a = page(first.format("There are three stations by the quay."), publisher="The Quay")
    b = page(second.format("Along the river stand three stations, and more may come."), publisher="The Mole")
    claims = [says(a, "three stations", **CITY), says(b, "three stations", **CITY)]
    case = Traced([a, b], claims)
    assert [case.cast.own_voice(d.id) for d in (a, b)] == [f"name:{name}"] * 2
    (edge,) = case.tie(*claims)
    assert (edge.kind, span_docs(edge)) == ("syndication", {a.id, b.id})
    assert case.of(claims[0]).max == 1


@pytest.mark.parametrize(
    "text", ["The harbour board (Pier Nord) - a company - met. {}", "{}\n\nHe read it in Reuters", "NOTE (see below): {}"]
)
def test_a_name_in_brackets_is_no_wire(text):
    a = page(text.format("There are three stations by the quay."))
    assert Traced([a], [says(a, "three stations", **CITY)]).cast.credits == {}


def test_a_page_that_credits_another_of_the_case_is_a_republication_claim_by_claim():
    a = page("By the quay there are three stations.", publisher="The Mole")
    b = page("Three stations stand there.", publisher="The Quay", notice="Republished courtesy of The Mole.")
    claims = [says(a, "three stations", **CITY), says(b, "Three stations", **CITY)]
    (edge,) = Traced([a, b], claims).tie(*claims)
    assert edge.kind == "republication"
    assert any(span.quote.startswith("Republished") for span in edge.evidence)
