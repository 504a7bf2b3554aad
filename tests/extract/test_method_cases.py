"""Every method code on sentences that tell of it and on near misses: the real parser and reader, one sentence at a time."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from extract_samples import make_document

from armslength.extract.methods import method_rules
from armslength.extract.read import read_document
from armslength.model.ontology import load

CASES: dict[str, dict[str, list[str]]] = yaml.safe_load((Path(__file__).parent / "method_cases.yaml").read_text("utf-8"))
OPENING = "Transnational repression has many forms.\n\n"
GAPS = frozenset(
    {
        "The accountant was coerced into boarding a plane by two officers in Madrid.",
        "Karstan's legislation criminalises criticism by foreign nationals outside its territory.",
        "The consulate wrote to the mayor demanding that the screening be stopped.",
    }
)
"""Sentences that are not read yet: the day one is, it has to leave this list."""


@cache
def methods_of(sentence: str) -> frozenset[str]:
    """The codes of every claim read in one sentence, in a document that the scan lets through."""
    return frozenset(code for claim in read_document(make_document(OPENING + sentence)).claims for code in claim.methods)


@pytest.mark.parametrize("code", CASES)
def test_what_tells_of_a_method_is_read_so(code: str) -> None:
    missed = {sentence for sentence in CASES[code]["tells"] if code not in methods_of(sentence)}
    assert missed == GAPS & set(CASES[code]["tells"])


@pytest.mark.parametrize("code", CASES)
def test_what_only_sounds_like_a_method_is_not(code: str) -> None:
    assert [sentence for sentence in CASES[code]["misses"] if code in methods_of(sentence)] == []


def test_every_method_of_the_ontology_has_its_sentences() -> None:
    known = load()
    single = {code for code in known.codes("methods") if code[0] in "ABCDE" and not known.method(code).group}
    assert single <= CASES.keys()
    assert all(len(CASES[code]["tells"]) >= 6 and len(CASES[code]["misses"]) >= 4 for code in single)


def test_the_rules_speak_the_ontology() -> None:
    assert {rule.code for rule in method_rules()} <= set(load().codes("methods"))
