"""Attribution chains through whole documents."""

from __future__ import annotations

import pytest
from chain_samples import ARTICLES, article, chain_at, chains, document_of, fits, names_of, voices_of

from armslength.extract.antecedents import Memory
from armslength.extract.chains import Chain, resting
from armslength.extract.voices import Voice

ORIGINATORS, LINKS = 0.80, 0.80
"""Floors over the made-up articles: what was reached when this was written, less 0.05."""


def test_the_made_up_articles() -> None:
    asked = right = links = found = 0
    for path in sorted(ARTICLES.glob("*.txt")):
        text, key = article(path)
        document = document_of(text)
        read = chains(document)
        for passage, wanted in key:
            voices = chain_at(document, read, passage).voices
            asked += 1
            right += (not wanted and not voices) or bool(wanted and voices and fits(wanted[-1], voices[-1]))
            links += len(wanted)
            found += sum(any(fits(want, voice) for voice in voices) for want in wanted)
    assert asked > 190
    assert right / asked >= ORIGINATORS, f"{right} of {asked}"
    assert found / links >= LINKS, f"{found} of {links}"


@pytest.mark.parametrize(
    ("text", "passage", "names"),
    [
        # who is meant
        ("The lawyer Hege Sund said her client was warned. “He lives in hiding,” the lawyer added.", "lives in hiding", ["Hege Sund"]),
        ("Ms Eva Stein said it was late. Mr Petr Malik said it was early. “We tried,” she said.", "We tried", ["Eva Stein"]),
        ("Valdoria's embassy welcomed the ruling. It has always denied that agents were sent.", "that agents were sent", ["Valdoria's embassy"]),
        ("The Foreign Ministry of Pelagia closed four centres. A ministry spokeswoman said they taught music.", "they taught music", ["Foreign Ministry of Pelagia"]),
        ("Mr Tomas Arvel locks his door. The 34-year-old says he has been followed for years.", "he has been followed", ["Tomas Arvel"]),
        # who speaks
        ("“It was the mother, the brother,\n\n“It was never the exile himself,” said Karin Holt.", "It was the mother", ["Karin Holt"]),
        ("Ms Karin Holt disagrees. “Nobody asked the parents at all.”", "Nobody asked the parents", ["Karin Holt"]),
        # through whom
        ("Exile Idris Bello told Radio Nord that his brother had been detained.", "his brother had been detained", ["Radio Nord", "Idris Bello"]),
        ("Exile Idris Bello told this newspaper that his brother had been detained.", "his brother had been detained", ["Idris Bello"]),
        # whose remark it is
        ("Prosecutors said the consulates - which have no standing there - employ 40 agents.", "which have no standing", []),
        ("In my view, said nobody, the office spies. In my view the office watches exiles.", "the office watches exiles", []),
    ],
)  # fmt: skip
def test_small_texts(text: str, passage: str, names: list[str]) -> None:
    assert names_of(f"Exiles are being threatened.\n\n{text}\n\nThe end of it is open.", passage) == names


def test_two_who_fit_leave_it_unnamed() -> None:
    text = "The lawyer Ann Toll spoke first. The lawyer Ben Moss spoke next. Police made notes. The lawyer said exiles were afraid."
    (voice,) = voices_of(text, "exiles were afraid")
    assert (voice.name, voice.kind) == ("lawyer", "unnamed")


def test_the_page_does_not_tell_itself() -> None:
    text = "Exile Idris Bello told the Quay Herald that his brother had been detained."
    assert names_of(text, "his brother had been detained", publisher="Quay Herald") == ["Idris Bello"]
    assert names_of(text, "his brother had been detained", publisher="Other Paper") == ["Quay Herald", "Idris Bello"]


def test_a_count_rests_on_what_its_counter_counts_from() -> None:
    basis = Voice("notices", "government", 3, 9, by="Ministry")
    group = Voice("Green Watch", "organisation", 20, 30)
    chain = Chain((group,), ("reports",), quoted=False, why=())
    counted = resting(chain, "sites.worldwide", {"green watch": basis})
    assert [(v.name, v.latent) for v in counted.voices] == [("Green Watch", False), ("notices", True)]
    assert resting(chain, "returns.persuaded", {"green watch": basis}) == chain
    assert resting(chain, "sites.worldwide", {"red watch": basis}) == chain


def test_memory_is_bounded() -> None:
    memory = Memory()
    for number in range(1000):
        memory.remember(Voice(f"Body {number}", "organisation", number, number + 1), subject=True, speaker=True)
    assert len(memory.voices) == len(memory.subjects) == len(memory.speakers) < 200
