"""A person is never shown as a body (METHOD P1), in whichever way a report names them."""

import pytest
from chain_samples import document_of, hear

from armslength.extract.bodies import NAMED_AS_BODY
from armslength.extract.persons import acronym, is_place, settled
from armslength.extract.phrases import Voice

BODIES = {"organisation", "media", "government", "court"}
NAMED = {
    "surname first": "“They are run by two police bureaus,” Gard said. Sunniva Gard, a baker in Oslo, was visited in May 2024 by police.",
    "behind an office": "The director of the Lantern Institute, Sunniva Gard, said that it had counted 31 stations. Gard called them illegal.",
    "before an office": "Sunniva Gard, who directs the Lantern Institute, counted 31 stations. “They must close,” Gard told reporters.",
    "role with a capital": "Lawyer Gard accused the embassy of threats. Neighbour Gard said police stations had opened in Oslo.",
    "opened by a role": "Commentator Gard said that there are 31 police stations. Commentator Sunniva Gard, asked again, said officers threatened her.",
    "in capitals": "Police detained Sunniva Gard in Oslo. GARD was released in April, and GARD said the police had threatened her.",
    "alone": "“There are 31 police stations,” Gard said. Gard told the paper that officers threatened her family.",
    "with a title": "Ms Gard said there are 31 police stations. Gard denied that she works for the embassy.",
    "a medium's word": "Sunniva Post said there are 31 police stations. Post, 34, said that she was threatened by officers. Ms Post fled.",
    "a town's name": "Sunniva London said there are 31 police stations. “They threatened me,” London said.",
    "owner of a report": "Sunniva Gard counted for a year. The Gard report says that there are 31 overseas police stations.",
    "spoken for": "Police threatened Sunniva Gard in Oslo. Gard’s lawyer said that officers visited her. The Gard family said they were afraid. Gard said nothing had been stolen.",
    "by the pronoun": "Gard said police threatened her brother. She said that there are 31 police stations in Norway.",
}


@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED)
def test_nobody_comes_out_as_a_body(claims, text):
    heard = hear(document_of(text))
    links = [(v.name, v.kind) for one in heard for v in (*(r.voice for r in one.reports), *one.subjects)]
    assert any(kind == "person" for _, kind in links)
    links += [(one.name, one.kind) for claim in claims(text) for one in (*claim.attribution, *claim.parties)]
    assert [one for one in links if one[1] in BODIES and {"gard", "post", "london", "sunniva"} & set(one[0].casefold().split())] == []


def test_what_is_called_a_body_stays_one(claims):
    told = claims("The rights group Gard said that there are 31 police stations. “We counted,” Gard said.")
    assert {link.kind for claim in told for link in claim.attribution if link.name == "Gard"} == {"organisation"}


def voice(name: str, kind: str, *, role: str = "", guessed: bool = False) -> Voice:
    return Voice(name, kind, 0, 1, role=role, guessed=guessed)


def test_a_label_alone_makes_no_body_of_a_single_name():
    assert settled([voice("Gard", "organisation", guessed=True)] * 9, [], "")["Gard"] == "person"
    assert settled([voice("Gard", "media", guessed=True)], [], "")["Gard"] == "person"
    assert settled([voice("CSIS", "organisation", guessed=True)], [], "")["CSIS"] == "organisation"


def test_a_surname_is_its_bearers_wherever_it_stands():
    both = [voice("Gard", "organisation"), voice("Sunniva Gard", "person")]
    assert settled(both, [], "")["Gard"] == "person"
    assert settled(both[::-1], [], "")["Gard"] == "person"
    assert settled([voice("GARD", "organisation", guessed=True), both[1]], [], "")["GARD"] == "person"


def test_what_a_passage_says_outright_outweighs_labels():
    named = voice("Gard", "organisation", role=f"{NAMED_AS_BODY}: a group")
    assert settled([named, *[voice("Gard", "person")] * 9], [], "")["Gard"] == "organisation"
    assert settled([voice("Gard", "organisation")], [("Gard", "person")], "")["Gard"] == "person"
    assert settled([voice("Gard", "person")], [("Gard", "organisation")], "")["Gard"] == "organisation"
    assert settled([voice("Gard Holt", "organisation"), voice("Gard Holt", "person", role="a baker")], [], "")["Gard Holt"] == "person"


def test_a_place_is_told_by_what_is_said_of_it():
    assert is_place("Norland", "They were flown back to prison in Norland.")
    assert is_place("Norland", "Norland’s interior ministry said so.")
    assert not is_place("Gard", "They believed in what Gard said. Gard’s brother was there.")
    states = [voice("Norland", "government", guessed=True)]
    assert settled(states, [], "It is quiet in Norland.")["Norland"] == "government"
    assert settled(states, [], "Norland said so.")["Norland"] == "person"


def test_letters_are_a_bodys():
    assert acronym("CSIS")
    assert not acronym("Gard")
    assert not acronym("MARCHETTI")
