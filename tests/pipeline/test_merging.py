"""Two laptops' judgements made one: checked, shown, in any order the same, and taken back as if they had never been."""

import json
import shutil

import pytest

from armslength.base.errors import InputError
from armslength.model.decisions import Finding, Judgement
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.ledger import Consent, Protection
from armslength.model.things import Entity
from armslength.pipeline.building import NewCase, export_case, init_case
from armslength.pipeline.findings import propose, second
from armslength.pipeline.judging import judge_edge
from armslength.pipeline.ledgers import enter, ledger_of
from armslength.pipeline.merging import bring, imports_of, take_back
from armslength.pipeline.reviewing import retire_key
from armslength.pipeline.verdicting import say_of
from armslength.pipeline.views.ledgers import conflict_lines
from armslength.publish.recompute import read_export, recompute
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from pipeline.reviewer_hands import Ticking, hand, keys_of, reviewed_case

PAGES = {
    "one.txt": 'A talk\n\n"At least 12 police stations operate abroad," Mirela Dosk, a baker in Oslo, told The Quay.\n',
    "two.txt": "A page\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
    "three.txt": "A page\n\nNorland runs at least 12 overseas police stations, Lantern Institute researchers said on Tuesday.\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("merging"), PAGES)


@pytest.fixture
def laptops(made, tmp_path):
    """Two copies of one case, each beside its reviewers' keys."""
    for name in ("a", "b"):
        shutil.copytree(made, tmp_path / name)
    return tmp_path / "a" / "case", tmp_path / "b" / "case"


@pytest.fixture
def clock():
    return Ticking()


def merged(to, other, clock, *, dry=False, trust=(), who="heron"):
    return bring(to, other, trust=trust, dry=dry, reason="The week's work.", hand=hand(to, who), clock=clock)


def person(case):
    with reading(open_case(case)) as reader:
        return reader.all(Entity, kind="person")[0].id


def agreed(case, clock, who, *, given=True):
    entry = Consent(judgement="", person=person(case), use="publish", given=given, date="2026-01-01")
    return enter(case, entry, reason=f"{who} was told.", hand=hand(case, who), clock=clock)


def edge(case):
    with reading(open_case(case)) as reader:
        return next(row for row in reader.all(LineageEdge) if row.level == "claim")


def state(case):
    """Everything that follows from judgements, but for the record of how they came in."""
    with reading(open_case(case)) as reader:
        found = ledger_of(reader)
        return (
            reader.all(Judgement), found, reader.all(Fact), reader.all(Origins), reader.all(LineageEdge), reader.all(Finding),
            [row.id for row in conflict_lines(reader)],
        )  # fmt: skip


def work(laptops, clock):
    """What two reviewers did apart: each something of their own, and one thing that they see differently."""
    a, b = laptops
    tied = {edge(a).from_id, edge(a).to_id}
    with reading(open_case(a)) as reader:
        facts = reader.all(Fact)
    free = next(claim for fact in facts for claim in fact.claims if claim not in tied)
    agreed(a, clock, "heron")
    agreed(b, clock, "finch", given=False)
    say_of(a, free, level="claim", decision="reject", reason="No.", hand=hand(a), clock=clock)
    say_of(
        b,
        next(fact.id for fact in facts if tied <= set(fact.claims)),
        level="fact",
        decision="accept",
        reason="Yes.",
        hand=hand(b, "finch"),
        clock=clock,
    )
    judge_edge(a, edge(a).id, decision="dispute", reason="Two.", hand=hand(a), clock=clock)
    judge_edge(b, edge(b).id, decision="accept", reason="One.", hand=hand(b, "finch"), clock=clock)


def test_a_look_changes_nothing(laptops, clock):
    a, b = laptops
    work(laptops, clock)
    before = state(a)
    found = merged(a, b, clock, dry=True)
    assert (len(found.new), found.known, len(found.conflicts), found.refused) == (3, 2, 2, ())
    assert state(a) == before


def test_in_whichever_order_laptops_are_merged_the_result_is_the_same(laptops, clock, tmp_path):
    a, b = laptops
    work(laptops, clock)
    copy = tmp_path / "c" / "case"
    shutil.copytree(a.parent, tmp_path / "c")
    merged(a, b, clock)
    merged(b, copy, clock, who="finch")
    assert state(a) == state(b)
    for case in (a, b):
        assert verify_case(open_case(case)).problems == ()
        assert merged(case, copy, clock).new == (), "known already"
    with reading(open_case(a)) as reader:
        assert len(conflict_lines(reader)) == 4, "two consents and two words about an edge"
        assert not ledger_of(reader).may(person(a), "publish", day="2026-06-01"), "a consent that is disputed is none"
        assert reader.get(LineageEdge, edge(a).id).state == "machine", "neither holds, least of all the later"
    export_case(a, tmp_path / "out", format="jsonl", clock=clock, actor="heron")
    assert recompute(read_export(tmp_path / "out")).problems == ()
    judge_edge(a, edge(a).id, decision="dispute", reason="We looked together.", hand=hand(a), clock=clock)
    with reading(open_case(a)) as reader:
        assert len(conflict_lines(reader)) == 2
        assert reader.get(LineageEdge, edge(a).id).state == "disputed"


def test_an_import_taken_back_is_as_if_it_had_never_been_and_can_come_again(laptops, clock, tmp_path):
    a, b = laptops
    work(laptops, clock)
    before = state(a)
    done = merged(a, b, clock)
    after = state(a)
    assert after[1:] != before[1:]
    take_back(a, done.batch[:12], reason="The stick was lost for a day.", hand=hand(a), clock=clock)
    assert state(a)[1:] == before[1:]
    assert verify_case(open_case(a)).problems == ()
    export_case(a, tmp_path / "out", format="jsonl", clock=clock, actor="heron")
    assert recompute(read_export(tmp_path / "out")).problems == ()
    with pytest.raises(InputError, match="taken back already"):
        take_back(a, done.batch, reason="Again.", hand=hand(a), clock=clock)
    with pytest.raises(InputError, match="0 imports"):
        take_back(a, "ffff0000", reason="Again.", hand=hand(a), clock=clock)
    with reading(open_case(a)) as reader:
        assert [(row["judgements"], row["taken_back"]) for row in imports_of(reader)] == [(3, True)]
    merged(a, b, clock)
    assert state(a)[1:] == after[1:]


def test_judgements_come_in_from_an_export_but_for_those_it_may_not_hold_whole(laptops, clock, tmp_path):
    a, b = laptops
    enter(b, Protection(judgement="", person=person(b), ground="danger"), reason="Asked.", hand=hand(b, "finch"), clock=clock)
    judge_edge(b, edge(b).id, decision="accept", reason="One.", hand=hand(b, "finch"), clock=clock)
    export_case(b, tmp_path / "out", format="jsonl", clock=clock, actor="finch")
    found = merged(a, tmp_path / "out", clock, dry=True)
    assert {row.decision for row in found.new} == {"protect", "accept"}
    assert merged(a, tmp_path / "out" / "judgements.jsonl", clock).new == found.new
    assert verify_case(open_case(a)).problems == ()
    rows = [json.loads(line) for line in (tmp_path / "out" / "judgements.jsonl").read_text("utf-8").splitlines()]
    (tmp_path / "part.jsonl").write_text("".join(json.dumps(row | {"whole": False, "value": None, "id": "x"}) + "\n" for row in rows[:1]))
    assert "to protect somebody" in merged(a, tmp_path / "part.jsonl", clock).refused[0][1]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"reason": "Something else."}, "was changed"),
        ({"signature": "", "key": ""}, "not signed"),
        ({"who": "heron"}, "was changed"),
    ],
)
def test_what_was_changed_or_is_unsigned_stays_out(laptops, clock, tmp_path, change, said):
    a, b = laptops
    judge_edge(b, edge(b).id, decision="accept", reason="One.", hand=hand(b, "finch"), clock=clock)
    export_case(b, tmp_path / "out", format="jsonl", clock=clock, actor="finch")
    path = tmp_path / "out" / "judgements.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(json.dumps(row | change if row["decision"] == "accept" else row) + "\n" for row in rows))
    found = merged(a, path, clock)
    assert found.new == ()
    assert said in found.refused[0][1]


def test_a_key_that_is_not_known_here_has_to_be_trusted_by_name(laptops, clock):
    a, b = laptops
    gull = hand(b, "gull")
    judge_edge(b, edge(b).id, decision="accept", reason="One.", hand=gull, clock=clock)
    found = merged(a, b, clock)
    assert (found.new, len(found.refused)) == ((), 2)
    assert f"--trust {gull.key.id}" in found.refused[0][1]
    done = merged(a, b, clock, trust=[gull.key.id])
    assert [row.decision for row in done.new] == ["reviewer", "accept"]
    assert verify_case(open_case(a)).problems == ()
    take_back(a, done.batch, reason="No.", hand=hand(a), clock=clock)
    assert verify_case(open_case(a)).problems == (), "a key stays known, so that what it signed can be checked"
    retire_key(a, gull.key.id, reason="No.", hand=hand(a), clock=clock)


def test_a_finding_of_two_laptops_is_one(laptops, clock):
    a, b = laptops
    with reading(open_case(a)) as reader:
        fact = reader.all(Fact)[0]
    row = propose(
        a, fact.id, standard="STD.grounds", statement="So.", evidence=([fact.claims[0]], []), reason="Read.", hand=hand(a), clock=clock
    )  # fmt: skip
    merged(b, a, clock, who="finch")
    made = second(b, row.id, reason="Read it too.", hand=hand(b, "finch"), clock=clock)
    merged(a, b, clock)
    with reading(open_case(a)) as reader:
        assert reader.all(Finding) == [made]


def test_only_copies_of_the_same_case_are_merged(laptops, clock, tmp_path):
    a, _ = laptops
    init_case(tmp_path / "other", new=NewCase(), clock=clock, actor="heron")
    (tmp_path / "bad.jsonl").write_text("{}\n")
    (tmp_path / "worse.jsonl").write_text("{\n")
    for other, said in (
        (tmp_path / "other", "is another case"),
        (a, "this very case"),
        (tmp_path, "no case, no export"),
        (tmp_path / "bad.jsonl", "line 1: this is no judgement"),
        (tmp_path / "worse.jsonl", "line 1: this is no line of JSON"),
    ):
        with pytest.raises(InputError, match=said):
            merged(a, other, clock)
    assert keys_of(a).is_dir()
