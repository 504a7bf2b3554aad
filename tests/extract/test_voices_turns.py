"""Turns of speech without quotation marks."""

from __future__ import annotations

import pytest
from chain_samples import names_of
from hypothesis import given
from hypothesis import strategies as st

from armslength.extract.turns import hosts, labels, turns

INTERVIEW = """Ruslan Demir fled Azuria in 2016.

Q: When were you watched?

A: Men from the consulate sat in the café below my flat.

They came every day.

Q: Did the police help?

A: They closed the case."""


def paragraphs(text: str) -> list[tuple[int, int, str]]:
    out, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((at, at + len(line), "paragraph"))
        at += len(line) + 1
    return out


def test_questions_and_answers() -> None:
    assert names_of(INTERVIEW, "sat in the café") == ["Ruslan Demir"]
    assert names_of(INTERVIEW, "They came every day") == ["Ruslan Demir"]
    assert names_of(INTERVIEW, "Did the police help") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MARTIN COLE, HOST: It is late.\nNADIA KEMAL: I know.\nCOLE: Good night.", ["Martin Cole", "Nadia Kemal", "Cole"]),
        ("The Minister for Security (Dame Ruth Calder): No.\nMr Petch: Why?\nDame Ruth Calder: Because.", ["Dame Ruth Calder", "Mr Petch", "Dame Ruth Calder"]),
        ("Sweden: Police opened a case.\nKenya: Four were taken.", []),
        ("The embassy said in a statement: it is closed.\nThe embassy said in a statement: it is open.", []),
        ("Update: It is closed.", []),
    ],
)  # fmt: skip
def test_labels(text: str, found: list[str]) -> None:
    assert [label.name for label in labels(text, paragraphs(text)).values()] == found


def test_whoever_runs_a_conversation_speaks_for_the_page() -> None:
    text = "MARTIN COLE, HOST: It is late.\nNADIA KEMAL: I know.\nCOLE: Good night."
    assert [hosts(label) for label in labels(text, paragraphs(text)).values()] == [True, False, False]
    assert names_of(text.replace("It is late.", "Exiles are watched.").replace("\n", "\n\n"), "Exiles are watched") == []


def test_a_page_that_is_a_statement_is_said_by_whoever_makes_it() -> None:
    text = "Statement by the Embassy of Zembria in Canberra\n\n7 August 2023\n\nZembria has never asked a student to report on exiles."
    assert names_of(text, "has never asked a student") == ["Embassy of Zembria in Canberra"]


def test_a_list_behind_a_colon_is_said_by_whoever_introduced_it() -> None:
    text = "A report by the group Green Watch names three methods:\n\n- agents follow exiles to their homes;\n- relatives are detained at home."
    assert names_of(text, "relatives are detained")[-1:] == ["report by the group Green Watch"]


@given(st.text(alphabet="QA:ab Mr.()\n“”?-I", max_size=80))
def test_turns_lie_inside_their_paragraphs(text: str) -> None:
    where = paragraphs(text)
    for turn in turns(text, where, labels(text, where)):
        assert 0 <= turn.start <= turn.end <= len(text)
