"""The machinery of the kinds: rules as data, their index, actors, doubles, modality, on small objects."""

from __future__ import annotations

import pytest
from extract_samples import make_document

from armslength.extract.actors import is_mission
from armslength.extract.backends import spacy_parser
from armslength.extract.clauses import clauses
from armslength.extract.grammar import Circumstance, Rule, classify, fits, rules
from armslength.extract.read import read_document
from armslength.extract.reasons import reason
from armslength.model.claims import Claim

EMPTY: frozenset[str] = frozenset()


def here(*own: str, head: tuple[str, ...] = (), doer: tuple[str, ...] = (), marks: tuple[str, ...] = ()) -> Circumstance:
    classes = frozenset(own)
    return Circumstance(
        own=classes, near=classes, below=classes, head=frozenset(head), subject=EMPTY, speaker=frozenset({"page"}), marks=frozenset(marks),
        doer=frozenset(doer), theme=EMPTY,
    )  # fmt: skip


def test_every_rule_of_answers_and_views_has_its_name_in_words() -> None:
    named = [
        r for r in rules() if r.kind.partition(".")[0] in {"govt_response", "legal", "denial", "no_comment", "admission", "assessment"}
    ]
    assert named
    assert [r.kind for r in named if not r.title] == []


def test_the_index_finds_what_trying_every_rule_finds() -> None:
    for rule in rules():
        asked = here(*(choices[0].lstrip("@*^") for choices in rule.needs), head=tuple(rule.head)[:1], doer=tuple(sorted(rule.doer)))
        slow = next((r for r in rules() if fits(r, asked)), None)
        assert classify(asked) == slow


def test_only_keeps_to_some_families() -> None:
    asked = here("no_comment", "silence_of")
    assert classify(asked) is not None
    assert classify(asked, only=("site",)) is None


def test_who_must_not_do_it_keeps_a_rule_away() -> None:
    rule = Rule(title="r", kind="govt_response.search", needs=(("raid",),), not_doer=frozenset({"origin"}))
    assert fits(rule, here("raid", doer=("host",)))
    assert not fits(rule, here("raid", doer=("origin",)))


def test_the_words_for_the_deed_are_those_of_the_verb_and_the_first_need() -> None:
    assert Rule(title="r", kind="x", needs=(("@a", "b"), ("c",)), head=frozenset({"h"})).deeds == ("h", "a", "b")


@pytest.mark.parametrize("name", ["Valdorian embassy in Oslo", "consul general", "High Commission of Rwanda"])
def test_missions_abroad(name: str) -> None:
    assert is_mission(name)
    assert not is_mission("Foreign Ministry")


def told(text: str) -> list[Claim]:
    return list(read_document(make_document(text)).claims)


def test_a_claim_says_in_a_sentence_which_rule_read_it_and_for_which_words() -> None:
    claims = told("The Valdorian embassy in Lisbon denied the allegations. Valdorian agents follow exiles.")
    denial = next(c for c in claims if c.kind == "denial")
    assert denial.why[0].startswith("Read as denial by the rule “a denial of the whole” (")
    assert "for the words “denied” and “allegations”" in denial.why[0]
    assert denial.why[0].endswith(".")


def test_a_rule_without_a_name_is_called_by_its_number() -> None:
    parse = next(p for p in spacy_parser.parse([(0, "The embassy denied it.")]) if p is not None)
    clause = clauses(parse)[0]
    assert reason(Rule(kind="denial", number=7), parse, (), clause) == "Read as denial by rule 7."
    by_host = Rule(kind="denial", number=7, doer=frozenset({"host", "official"}))
    assert reason(by_host, parse, (), clause) == "Read as denial by rule 7, done by another state's authority or an authority."


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Belarus's embassy in Vilnius said that no officer had ever been sent there.", "denial"),
        ("The Belarusian consulate called the findings a farce.", "denial"),
        ("Lithuanian prosecutors opened an investigation into the office.", "govt_response.investigation"),
    ],
)
def test_a_sentence_is_read_with_the_state_whose_mission_it_names(sentence: str, kind: str) -> None:
    before = "Chinese police stations opened in Lisbon, Chinese agents followed a Chinese dissident, and the Chinese embassy denied it.\n\n"
    claims = told(before + sentence)
    assert kind in {c.kind for c in claims if c.start >= len(before)}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("“Our members have never worked for any police force,” said Ilse Brandt, who chairs the club.", "denial"),
        ("The club's treasurer said its volunteers only helped with paperwork.", "denial"),
        ("The exile said that her family had never worked for the police.", ""),
        ("The group said that its researchers had not counted offices of the police twice.", ""),
    ],
)
def test_who_answers_for_a_body_denies_and_others_do_not(sentence: str, kind: str) -> None:
    claims = told("Chinese police stations opened in Lisbon, and Chinese agents followed exiles.\n\n" + sentence)
    denied = [c.quote for c in claims if c.kind == "denial"]
    assert bool(denied) == bool(kind), denied
