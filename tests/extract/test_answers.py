"""What is answered, denied, decided and made of it, code by code: the tables in `answers/`, read with the real parser.

Every code has sentences in several constructions (active, passive, by noun, reported, quoted, as a headline) and near misses. All are invented.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
import yaml
from extract_samples import make_document

from armslength.extract.read import read_document
from armslength.model.claims import Claim
from armslength.model.ontology import AuthorityResponse, load

TABLES = Path(__file__).parent / "answers"
CONTEXT = "Valdorian police stations abroad put pressure on exiles, and Valdorian agents follow them.\n\n"
UNREAL = frozenset({"negated", "future", "hypothetical", "possible"})
HELD_ANYWAY = frozenset(
    {"no_comment", "govt_response.not_confirmed", "prediction", "recommendation", "denial", "undercount", "govt_response.awareness"}
)
"""Kinds whose own words negate, foresee or ask for something; what they say is said whatever its modality."""


@cache
def kinds_of_responses() -> dict[str, str]:
    return {entry.code: entry.kind for entry in load().schemes["responses"].entries if isinstance(entry, AuthorityResponse)}


@cache
def table(name: str) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = yaml.safe_load((TABLES / f"{name}.yaml").read_text("utf-8"))
    return found


def claims_of(sentence: str) -> list[Claim]:
    found = read_document(make_document(CONTEXT + sentence)).claims
    return [c for c in found if c.end > len(CONTEXT)]


def says(claim: Claim, wanted: str) -> bool:
    """Whether a claim is of the kind and carries the code that a table's key names, as something that is so."""
    words = wanted.split()
    code = next((w for w in words if w.partition(".")[0].isupper()), "")
    kind = next((w for w in words if w != code), "") or kinds_of_responses()[code]
    family = kind.partition(".")[0] == "legal" and code.startswith("GR.")  # a sentence is a conviction too
    if claim.kind != kind and not (family and claim.kind.startswith("legal.")):
        return False
    real = claim.modality not in UNREAL or kind in HELD_ANYWAY
    return real and (not code or code in claim.codes)


KEYS = [(name, key) for name in ("responses", "silence", "legal", "others") for key in table(name)]


@pytest.mark.parametrize(("name", "key"), KEYS, ids=[key for _, key in KEYS])
def test_a_code_is_read_in_every_construction_and_not_in_near_misses(name: str, key: str) -> None:
    entry = table(name)[key]
    missed = [s for s in entry["reads"] if not any(says(c, key) for c in claims_of(s))]
    wrong = [s for s in entry["never"] if any(says(c, key) for c in claims_of(s))]
    assert (missed, wrong) == ([], [])


def test_every_response_of_the_ontology_has_its_table() -> None:
    elsewhere = {"GR.no_comment", "GR.no_confirmation", "GR.denial"}  # in `silence.yaml`, by kind
    assert set(table("responses")) | elsewhere >= set(kinds_of_responses())


@pytest.mark.parametrize("modality", list(yaml.safe_load((TABLES / "modality.yaml").read_text("utf-8"))))
def test_what_a_sentence_makes_of_what_it_says(modality: str) -> None:
    for sentence in yaml.safe_load((TABLES / "modality.yaml").read_text("utf-8"))[modality]:
        found = {c.modality for c in claims_of(sentence)}
        assert modality == "stated" or "stated" not in found, sentence
        assert modality in found or modality in {"negated", "hypothetical"}, sentence


@pytest.mark.parametrize(
    ("sentence", "name", "country"),
    [
        ("Prosecutors in Graz opened an investigation into the police station.", "Prosecutors in Graz", "AT"),
        ("The station was searched by the Belgian police.", "Belgian police", ""),
        ("Two diplomats were expelled by Sweden.", "Sweden", "SE"),
    ],
)
def test_the_authority_that_acts_is_a_party_whatever_the_construction(sentence: str, name: str, country: str) -> None:
    found = [c for c in claims_of(sentence) if c.kind.startswith("govt_response")]
    assert {p.name for c in found for p in c.parties if p.role == "authority"} == {name}
    assert not country or country in {p.country for c in found for p in c.places}


def test_a_denial_is_one_claim_and_holds_what_is_denied() -> None:
    found = claims_of("The embassy denied that police officers work at the stations or that agents follow exiles.")
    assert [c.kind for c in found] == ["denial"]


def test_what_the_acting_state_does_is_no_response_of_a_host() -> None:
    for sentence in ("Valdorian police searched the flat of her parents.", "Valdoria expelled a reporter from Sweden."):
        assert not [c for c in claims_of(sentence) if c.kind.startswith("govt_response")], sentence


Read = Callable[..., list[Claim]]


def test_a_number_in_an_act_of_an_authority_belongs_to_the_act(claims: Read) -> None:
    found = claims(
        "Overseas police stations were closed. Two consular officers were expelled by Sweden. Police in Norway arrested 80 people."
    )
    expelled = next(c for c in found if c.kind == "govt_response.expulsion")
    assert any("`Two` counts `officers`" in why for why in expelled.why)
    assert not [c for c in found if c.kind.startswith("quantity") and c.quantity and c.quantity.value == 2]
    assert [c.kind for c in found if c.quantity and c.quantity.value == 80] == ["quantity.arrests"]
