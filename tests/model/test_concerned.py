"""What a new judgement bears on: itself, what it replaces, and what an import brought that it takes back."""

from __future__ import annotations

import json

from armslength.model.decisions import Judgement, concerned


def row(name, target, decision="accept", *, replaces="", value=""):
    return Judgement(
        id=name, target=target, decision=decision, reason="x", who="heron", when="2026-01-01T00:00:00Z", supersedes=replaces, value=value
    )


ONE, TWO = row("one", "a", value=json.dumps({"level": "claim"})), row("two", "b")
LATER = row("later", "a", "reject", replaces="one")
BACK = row("back", "a", "withdraw", replaces="later")
VOID = row("void", "import", "void", value=json.dumps({"ids": ["two", "lost"]}))
LIFTED = row("lifted", "import", "withdraw", replaces="void")
ROWS = (ONE, TWO, LATER, BACK, VOID, LIFTED)


def ids(*come):
    return [found.id for found in concerned(ROWS, come)]


def test_what_is_new_and_all_that_it_took_the_place_of():
    assert ids("one") == ["one"]
    assert ids("back") == ["back", "later", "one"]


def test_an_import_that_is_taken_back_and_one_that_holds_again():
    assert ids("void") == ["two", "void"]
    assert ids("lifted") == ["lifted", "two", "void"]


def test_what_is_not_there_is_passed_over():
    assert ids() == ids("unknown") == []
