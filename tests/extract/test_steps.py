"""The steps by themselves: scan, word classes, voices, reporting words."""

from __future__ import annotations

import pytest
from extract_samples import make_document

from armslength.extract.backends.spacy_parser import model_version, parse
from armslength.extract.cues import reported
from armslength.extract.grammar import rules
from armslength.extract.lexicon import hits, phrases
from armslength.extract.notices import republished_from
from armslength.extract.parsed import Parse
from armslength.extract.scan import is_relevant, wanted
from armslength.extract.sentences import Sentence
from armslength.extract.voices import voice_of
from armslength.model.ontology import load


def parsed(text: str, start: int = 0) -> Parse:
    found = next(iter(parse([(start, text)])))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "relevant"),
    [
        ("Secret police stations were found.", True), ("The consulate pressured exiles.", True), ("The tulips opened on Sunday.", False),
        ("A football club sold its stadium.", False),
    ],
)  # fmt: skip
def test_scan_of_documents(text: str, *, relevant: bool) -> None:
    assert is_relevant(text) is relevant


def test_scan_of_sentences() -> None:
    text = "The sky was blue over town."
    assert not wanted(text, Sentence(0, 0, len(text), 0, "paragraph"))
    text = "It harassed them."
    assert wanted(text, Sentence(0, 0, len(text), 0, "paragraph"))


def test_parse_offsets_are_those_of_the_document() -> None:
    found = parsed("Police opened it.", start=50)
    assert [(w.text, w.start) for w in found.words][:2] == [("Police", 50), ("opened", 57)]
    assert "spacy" in model_version()


def test_word_classes_join_a_verb_and_its_particle() -> None:
    found = {h.name for h in hits(parsed("They set the stations up and declined to comment."))}
    assert {"open", "site_word", "no_comment"} <= found


@pytest.mark.parametrize(
    ("sentence", "name", "kind", "by"),
    [
        ("The Valdorian embassy in Lisbon said that it was closed.", "Valdorian embassy in Lisbon", "government", "Valdorian"),
        ("A report by the rights group Green Lantern said that it was closed.", "report by the rights group Green Lantern", "report", "Green Lantern"),
        ("The Green Lantern report said that it was closed.", "Green Lantern report", "report", "Green Lantern"),
        ("Former judge Maria Keller said that it was closed.", "Maria Keller", "person", ""),
        ("The Harbour Times said that it was closed.", "Harbour Times", "media", ""),
        ("According to official records, it was closed.", "official records", "government", "official"),
    ],
)  # fmt: skip
def test_voices(sentence: str, name: str, kind: str, by: str) -> None:
    voice = reported(parsed(sentence))[0].voice
    assert (voice.name, voice.kind, voice.by) == (name, kind, by)


@pytest.mark.parametrize(
    ("sentence", "content", "how"),
    [
        ("Officials said that the station was closed.", "that the station was closed", "clause"),
        ("The station, officials said, was closed.", "station", "clause"),
        ("The list shows three stations.", "three stations", "object"),
        ("There are fears that the stations monitor exiles.", "that the stations monitor exiles", "noun"),
        ("It is alleged that the station monitors exiles.", "that the station monitors exiles", "impersonal"),
        ("The group counted 38 stations, citing a notice by the ministry.", "The group counted 38 stations", "basis"),
    ],
)
def test_reporting_words(sentence: str, content: str, how: str) -> None:
    found = [r for r in reported(parsed(sentence)) if r.how == how]
    assert found
    words = parsed(sentence).words
    said = " ".join(words[i].text for i in sorted(found[0].content))
    assert content in said


def test_a_pronoun_is_an_anaphor() -> None:
    found = parsed("She left.")
    assert voice_of(found, 0).anaphor == "she"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("This story was originally published by Harbour Radio.", "Harbour Radio"),
        ("Republished with permission from The Quay Review.", "Quay Review"),
        ("It was first published in 2019.", None),
    ],
)
def test_notices(text: str, name: str | None) -> None:
    found = republished_from(make_document(text))
    assert (found[0] if found else None) == name
    if found:
        assert text[found[1] : found[2]] == name


def test_the_grammar_speaks_the_ontology() -> None:
    known, classes = load(), {p.name for ps in phrases().values() for p in ps}
    derived = {
        "site_any",
        "method",
        "single",
        "single_or_it",
        "plural_target",
        "plural_event",
        "person",
        "origin_action",
        "deed",
        "one_hit",
        "group_hit",
        "many_hit",
        "origin_word",
        "state_name",
    }
    for rule in rules():
        assert known.has(rule.kind, scheme="kinds"), rule.kind
        named = {n.lstrip("@*^") for choice in rule.needs for n in choice} | rule.avoid | rule.head
        named -= {code for code in named if known.has(code, scheme="methods")}
        assert named <= classes | derived, (rule.title or rule.number, named - classes - derived)
