"""One index behind one door: both engines find the same."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from armslength.base.tokens import Term, asked, holds, tokens
from armslength.store.case import Case, case_engine
from armslength.store.search import DOCUMENTS, FACTS, Wanted, count, drop_tables, find, make_tables, put, take, there

TEXTS = {
    11: "Police stations in Oslo =kind:site",
    12: "A police officer's station",
    25: "海外警务服务站点 in Oslo",
    140: "Nothing of the kind, it's said",
}


def words(text: str) -> list[str]:
    return [token.word for token in tokens(text.partition(" =")[0])] + (["=kind:site"] if "=" in text else [])


def wanted(terms: tuple[Term, ...]) -> Wanted:
    return Wanted(
        all_of=tuple((term.words, term.beginning) for term in terms if not term.excluded),
        none_of=tuple((term.words, term.beginning) for term in terms if term.excluded),
    )


def filled(connection: Connection) -> None:
    make_tables(connection)
    put(connection, DOCUMENTS, [(no, words(text)) for no, text in TEXTS.items()])


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("police", [11, 12]),
        ("polic* -stations", [12]),
        ('"police station"', []),
        ('"police stations"', [11]),
        ("oslo 服务站", [25]),
        ("站", [25]),
        ("it's", [140]),
        ("station*", [11, 12]),
        ("nowhere", []),
    ],
)
def test_units_are_found_in_order_of_their_numbers(case: Case, question: str, numbers: list[int]) -> None:
    with case_engine(case, writing=True).begin() as connection:
        assert not there(connection)
        filled(connection)
        assert there(connection)
        asking = wanted(asked(question))
        assert find(connection, DOCUMENTS, asking, limit=10) == numbers
        assert find(connection, DOCUMENTS, asking, limit=1, offset=1) == numbers[1:2]
        assert count(connection, DOCUMENTS, asking) == len(numbers)
        assert find(connection, FACTS, asking, limit=10) == []


def test_filters_are_words_of_their_own(case: Case) -> None:
    with case_engine(case, writing=True).begin() as connection:
        filled(connection)
        assert find(connection, DOCUMENTS, Wanted(one_of=(("=kind:site", "=kind:other"),)), limit=9) == [11]
        assert find(connection, DOCUMENTS, wanted(asked("kind:site")), limit=9) == []


def test_parts_of_one_thing_count_once(case: Case) -> None:
    with case_engine(case, writing=True).begin() as connection:
        filled(connection)
        asking = wanted(asked("police"))
        assert count(connection, DOCUMENTS, asking, parts=10) == 1
        assert find(connection, DOCUMENTS, asking, limit=9, parts=10) == [11]


def test_what_is_taken_is_found_no_more(case: Case) -> None:
    with case_engine(case, writing=True).begin() as connection:
        filled(connection)
        take(connection, DOCUMENTS, [(11, 13)])
        assert find(connection, DOCUMENTS, wanted(asked("police")), limit=9) == []
        put(connection, DOCUMENTS, [(11, ["police"])])
        assert find(connection, DOCUMENTS, wanted(asked("police")), limit=9) == [11]
        drop_tables(connection)
        assert not there(connection)


def test_a_word_that_comes_a_thousand_times_is_found(case: Case) -> None:
    with case_engine(case, writing=True).begin() as connection:
        make_tables(connection)
        put(connection, DOCUMENTS, [(1, ["the"] * 2000 + ["end"])])
        assert find(connection, DOCUMENTS, wanted(asked('the -"end the"')), limit=9) == [1]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(st.text("ab 站联络'\\:=.█", max_size=12), max_size=5), question=st.text('ab 站联"*-', max_size=10))
def test_the_index_finds_what_holds_the_terms(case: Case, texts: list[str], question: str) -> None:
    terms = asked(question)
    if all(term.excluded for term in terms):
        return
    with case_engine(case, writing=True).begin() as connection:
        drop_tables(connection)
        make_tables(connection)
        put(connection, DOCUMENTS, [(no, [token.word for token in tokens(text)]) for no, text in enumerate(texts)])
        assert find(connection, DOCUMENTS, wanted(terms), limit=9) == [no for no, text in enumerate(texts) if holds(text, terms)]
