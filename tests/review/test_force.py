"""Which judgements about rows are in force, and which have nothing to apply to."""

import json

from armslength.model.decisions import Judgement
from armslength.model.facts import Fact
from armslength.model.verdicts import verdicts
from armslength.review.force import force


def judged(target, decision="accept", *, level="fact", claims=(), when=1):
    value = {"level": level} if level == "claim" else {"level": level, "claims": sorted(claims)}
    name = f"{decision}-{target}-{when}"
    return Judgement(
        id=name.ljust(12, "0"), target=target, decision=decision, reason="x", who="heron", when=f"2026-01-0{when}", value=json.dumps(value)
    )  # fmt: skip


def fact(name, *claims):
    return Fact(id=name, kind="k", label="l", claims=claims, documents=("d",))


def test_judgements_about_what_is_there_are_in_force():
    said = verdicts([judged("c1", level="claim"), judged("f1", claims=("c1", "c2"))])
    found = force(said, claims={"c1"}, things=[fact("f1", "c1", "c2")])
    assert (found.taken, found.lost) == (2, ())


def test_a_judgement_whose_row_is_gone_is_said_once_with_its_id():
    said = verdicts([judged("c1", level="claim"), judged("f1", claims=("c1", "c2"))])
    found = force(said, claims=set(), things=[fact("f9", "c1", "c2", "c3")])
    assert found.taken == 2
    assert ["claim c1" in line or "fact f1" in line for line in found.lost] == [True, True]
    assert all("nothing to apply to" in line for line in found.lost)


def test_a_rejection_follows_its_claims_and_an_acceptance_does_not_grow():
    grown = [fact("f9", "c1", "c2", "c3")]
    assert force(verdicts([judged("f1", "reject", claims=("c1", "c2"))]), claims=set(), things=grown).lost == ()
    assert len(force(verdicts([judged("f1", "accept", claims=("c1", "c2"))]), claims=set(), things=grown).lost) == 1
    left = [fact("f8", "c1")]
    assert force(verdicts([judged("f1", "accept", claims=("c1", "c2"))]), claims=set(), things=left).lost == ()
