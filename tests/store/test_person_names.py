"""The names of persons are kept apart from the rows that hold them: they come and go with those, and a token tells of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import text as sql
from store_samples import CLOCK, claim, document, entity, fact, run

from armslength.model.claims import Link, Party, mention_id
from armslength.store.case import case_engine, open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.store.write import writing

DOC = replace(document(), appearances=(replace(document().first, byline="Aune Veld"),))
MENTION = mention_id(DOC.id, "person", "Ilse Brandt")
OTHER = mention_id(DOC.id, "person", "Omar Haddad")
PLAIN = claim(DOC, "The ministry counted 54 harbours")
NAMED = replace(
    PLAIN,
    attribution=(*PLAIN.attribution, Link(name="Ilse Brandt", kind="person", mention=MENTION)),
    parties=(Party(role="target", name="Omar Haddad", kind="person", mention=OTHER, start=0, end=3), *PLAIN.parties),
)
SHEET = document("who,said\nx,y\n", file="coded.csv")


def names(case):
    with reading(case) as reader:
        return reader.persons(), reader.bylines(), reader.sheets()


def token(case):
    with reading(case) as reader:
        return reader.names_token()


@pytest.fixture
def filled(case):
    sheet = replace(SHEET, appearances=(replace(SHEET.first, mapping='{"quote":["said"]}'),))
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.put(run("ingest"), [DOC, sheet])
        writer.put(run("extract"), [NAMED])
    return case


def test_names_come_with_claims_and_documents(filled):
    assert names(filled) == ({(MENTION, "Ilse Brandt"), (OTHER, "Omar Haddad")}, {"Aune Veld"}, [SHEET.id])
    assert verify_case(filled).problems == ()


def test_names_go_with_their_run(filled):
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.drop(["extract"])
    assert names(filled) == (set(), {"Aune Veld"}, [SHEET.id])
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.put(run("ingest"), [document()])
    assert names(filled) == (set(), set(), [])


def test_a_row_that_says_something_else_names_others(filled):
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.amend(run("extract"), [replace(NAMED, parties=())], gone={}, run_of=lambda _: "extract")
    assert names(filled)[0] == {(MENTION, "Ilse Brandt")}
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.amend(run("extract"), [], gone={type(NAMED): [NAMED.id]}, run_of=lambda _: "extract")
    assert names(filled)[0] == set()
    assert verify_case(filled).problems == ()


def test_the_token_turns_when_a_name_comes_or_goes_and_only_then(filled):
    seen = [token(filled)]
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.put(run("resolve"), [fact([NAMED])])
        writer.record("note", "case", {})
    assert token(filled) == seen[0]
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.drop(["extract"])
    seen.append(token(filled))
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.put(run("extract"), [NAMED])
    seen.append(token(filled))
    assert len(set(seen)) == 3


def test_what_is_not_committed_turns_nothing(filled):
    before = token(filled)
    with writing(filled, clock=CLOCK, actor="heron") as writer, suppress(KeyboardInterrupt), writer.together():
        writer.drop(["extract"])
        assert writer.read.names_token() != before
        raise KeyboardInterrupt
    assert token(filled) == before


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM person_names WHERE name = 'Omar Haddad'",
        "UPDATE person_names SET name = 'Nobody' WHERE name = 'Aune Veld'",
        "INSERT INTO person_names VALUES ('x', 'nowhere', 'voice', 'm', 'Mia', 'extract')",
    ],
)
def test_verify_finds_names_that_no_row_has_and_rows_whose_names_are_missing(filled, tampering):
    with case_engine(filled, writing=True).begin() as connection:
        connection.execute(sql(tampering))
    assert any("name" in problem.what for problem in verify_case(filled).problems)


def test_a_name_with_a_sign_that_no_database_takes_is_kept(case):
    odd = replace(NAMED, parties=(replace(NAMED.parties[0], name="Omar\x00Haddad"),))
    with writing(case, clock=CLOCK, actor="heron") as writer:
        writer.put(run("ingest"), [DOC])
        writer.put(run("extract"), [odd])
    assert (OTHER, "Omar\ufffdHaddad") in names(case)[0]
    assert verify_case(case).problems == ()


def test_a_case_from_before_is_read_once_when_it_is_opened(filled):
    before = names(filled)
    with case_engine(filled, writing=True).begin() as connection:
        connection.execute(sql("DROP TABLE person_names"))
        connection.execute(sql("DROP TABLE names_token"))
        connection.execute(sql("DROP TABLE entity_heads"))
        connection.execute(sql("UPDATE alembic_version SET version_num = '0005'"))
    open_case(filled.folder)
    assert names(filled) == before
    assert verify_case(filled).problems == ()


def test_an_entity_is_named_without_reading_where_it_is_named(filled):
    row = entity([MENTION], label="the ministry")
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.put(run("resolve"), [row])
        writer.amend(run("resolve"), [replace(row, label="a ministry")], gone={}, run_of=lambda _: "resolve")
    with reading(filled) as reader:
        assert reader.heads_of([row.id, "nobody"]) == [replace(row, label="a ministry", mentions=())]
    assert verify_case(filled).problems == ()
    with case_engine(filled, writing=True).begin() as connection:
        connection.execute(sql("UPDATE entity_heads SET body = replace(body, 'a ministry', 'the mayor')"))
    assert [problem.what for problem in verify_case(filled).problems] == ["the table entity_heads does not repeat what it is called"]
    with writing(filled, clock=CLOCK, actor="heron") as writer:
        writer.drop(["resolve"])
    with reading(filled) as reader:
        assert reader.heads_of([row.id]) == []
