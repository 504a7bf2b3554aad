"""Claims that people add, divide, or put another chain behind: rows like the others, which come and go with their judgement."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.model.added import BY_A_PERSON, added_by
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.outcome import Rejected
from armslength.model.things import Entity
from armslength.pipeline.adding import Draft, add_claim, change_chain, divide_claim
from armslength.pipeline.building import build, export_case
from armslength.pipeline.desk import Desk
from armslength.pipeline.importing import set_aside
from armslength.pipeline.masking import looking
from armslength.pipeline.merging import bring
from armslength.pipeline.sameness import withdraw
from armslength.pipeline.verdicting import say_of
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from armslength.store.write import writing
from pipeline.reviewer_hands import Ticking, hand, keys_of, reviewed_case

PAGES = {
    "one.txt": "A page about stations\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
    "two.txt": (
        "What the survey found\n\nThe Harbour Watch survey put the tally of posts at 12. Doors were shut in Rome and Milan on 4 May 2023.\n\n"
        "Mirela Dosk wrote the survey.\n"
    ),
}
TALLY = "The Harbour Watch survey put the tally of posts at 12."


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return reviewed_case(tmp_path_factory.mktemp("adding"), PAGES)


@pytest.fixture
def case(made, tmp_path):
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


@pytest.fixture
def clock():
    return Ticking()


def documents(case):
    with reading(open_case(case)) as reader:
        return {row.first.file: row for row in reader.all(Document)}


def claims(case, file):
    with reading(open_case(case)) as reader:
        return reader.all(Claim, doc=documents(case)[file].id)


def facts(case):
    with reading(open_case(case)) as reader:
        return reader.all(Fact)


def tally(case, **more):
    given = {"kind": "site.existence", "measure": "sites.worldwide", "value": "12", "comparator": ">=", "quote": TALLY}
    return Draft(doc=documents(case)["two.txt"].id, **{**given, **more})


def derived(case):
    with reading(open_case(case)) as reader:
        return [row for kind in (Claim, Entity, Fact, LineageEdge, Origins) for row in reader.all(kind)]


def add(case, clock, draft, who="heron"):
    return add_claim(case, draft, reason="The program missed it.", hand=hand(case, who), clock=clock)


def test_an_added_claim_is_a_row_that_says_who_added_it_and_counts(case, clock):
    before = derived(case)
    (machine,) = claims(case, "one.txt")
    done = add(case, clock, tally(case, voices=("report=Harbour Watch survey",)))
    (row,) = claims(case, "two.txt")
    assert (row.quote, row.quantity.value, row.quantity.low, row.quantity.high) == (TALLY, 12, 12, None)
    assert row.reader.name == BY_A_PERSON
    assert added_by(row) == {"judgement": done.judgement.id, "who": "heron"}
    assert row.why == ("Added by a reviewer (heron): The program missed it.",)
    assert [(link.kind, link.name, link.latent) for link in row.attribution] == [
        ("author", "the article", False),
        ("report", "Harbour Watch survey", False),
    ]
    (fact,) = (fact for fact in facts(case) if row.id in fact.claims)
    assert set(fact.claims) == {row.id, machine.id}
    with reading(open_case(case)) as reader:
        assert reader.get(Origins, fact.id).max == 2
    assert {shown.id for shown in done.made} >= {fact.id}
    assert verify_case(open_case(case)).ok
    withdraw(case, done.judgement.id, reason="No.", hand=hand(case), clock=clock)
    assert derived(case) == before
    assert verify_case(open_case(case)).ok


def test_a_rebuild_from_sources_and_log_is_identical(case, clock, tmp_path):
    add(case, clock, tally(case))
    rows = derived(case)
    with writing(open_case(case), clock=clock, actor="x") as writer:
        writer.drop(
            [
                "resolve",
                "lineage",
                "review",
                "analyse",
                *(f"{stage}:{row.id}" for row in documents(case).values() for stage in ("extract", "added")),
            ]
        )
        writer.forget_entries()
    assert claims(case, "two.txt") == []
    build(case, [], settings=Settings(), clock=clock)
    assert derived(case) == rows
    assert build(case, [], settings=Settings(), clock=clock).unchanged


def test_its_export_says_that_a_person_added_it(case, clock, tmp_path):
    done = add(case, clock, tally(case))
    export_case(case, tmp_path / "out", format="jsonl", clock=clock, actor="heron")
    rows = [json.loads(line) for line in (tmp_path / "out" / "claims.jsonl").read_text("utf-8").splitlines()]
    (row,) = (row for row in rows if row["reader"]["name"] == BY_A_PERSON)
    assert (row["state"], row["flags"], row["reader"]["parameters"]["judgement"]) == ("added", ["added"], done.judgement.id)
    (judgement,) = (
        row for row in map(json.loads, (tmp_path / "out" / "judgements.jsonl").read_text("utf-8").splitlines()) if row["decision"] == "add"
    )
    assert (judgement["whole"], judgement["value"]) == (False, None), "it holds words of a document"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"quote": "The survey put it at 13."}, "does not hold these words"),
        ({"quote": TALLY, "start": 3, "end": 9}, "does not say this at 3-9"),
        ({"quote": "", "start": 900, "end": 901}, "no stretch of this document"),
        ({"kind": "site.stattion"}, "has no code"),
        ({"speech_act": "shouts"}, "has no code"),
        ({"measure": "", "value": "12"}, "needs both"),
        ({"value": "nan"}, "is no number"),
        ({"comparator": "=>"}, "has no code"),
        ({"as_of": "March"}, "no date in EDTF"),
        ({"places": ("Nowhereville",)}, "no country, region or city"),
        ({"methods": ("Z9.99",)}, "has no code"),
        ({"voices": ("report=the Quay",)}, "does not hold these words"),
        ({"voices": ("ghost=survey",)}, "has no code"),
        ({"voices": ("person=Mirela Dosk",)}, "by where the words stand"),
        ({"voices": ("Harbour Watch",)}, "KIND=WORDS"),
        ({"parties": ("friend/organisation=Harbour Watch",)}, "nothing that somebody can be"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(case, clock, more, said):
    with pytest.raises(InputError, match=said):
        add(case, clock, tally(case, **more))
    with reading(open_case(case)) as reader:
        assert all(row.decision == "reviewer" for row in reader.all(Judgement))


def test_the_same_claim_is_not_added_twice(case, clock):
    add(case, clock, tally(case))
    with pytest.raises(InputError, match="added already"):
        add(case, clock, tally(case), "finch")


def test_dates_places_methods_and_parties_are_kept_with_their_place(case, clock):
    quote = "Doors were shut in Rome and Milan on 4 May 2023."
    draft = Draft(
        doc=documents(case)["two.txt"].id, quote=quote, kind="site.closure", event_date="2023-05-04", places=("Rome", "Milan, IT"),
        parties=("authority/organisation=Harbour Watch",),
    )  # fmt: skip
    add(case, clock, draft)
    (row,) = (row for row in claims(case, "two.txt") if row.reader.name == BY_A_PERSON)
    text = documents(case)["two.txt"].text
    assert [(place.name, place.country, place.precision, text[place.start : place.end]) for place in row.places] == [
        ("Rome", "IT", "city", "Rome"),
        ("Milan", "IT", "city", "Milan"),
    ]
    assert (row.event_date.edtf, row.event_date.basis) == ("2023-05-04", "read so by a reviewer")
    assert text[row.parties[0].start : row.parties[0].end] == row.parties[0].name == "Harbour Watch"


def test_a_person_named_in_it_is_protected(case, clock):
    text = documents(case)["two.txt"].text
    at = text.index("Mirela Dosk")
    add(case, clock, tally(case, voices=(f"person@{at}-{at + len('Mirela Dosk')}",)))
    (row,) = claims(case, "two.txt")
    assert (row.originator.name, row.originator.latent) == ("Mirela Dosk", True)
    with looking(open_case(case)) as reader:
        shown = "".join(
            map(str, [*reader.all(Document), *reader.all(Claim), *reader.all(Entity), *reader.all(Judgement), *reader.all(Fact)])
        )
    assert "Dosk" not in shown
    with pytest.raises(InputError, match="name of a protected person"):
        add_claim(case, tally(case, value="13"), reason="Dosk says so.", hand=hand(case), clock=clock)


def test_a_claim_whose_document_is_gone_is_listed_and_comes_back(case, clock):
    add(case, clock, tally(case))
    rows = derived(case)
    source = documents(case)["two.txt"].first.source
    set_aside(case, source, reason="Not ours.", hand=hand(case), clock=clock)
    with reading(open_case(case)) as reader:
        assert not reader.all(Claim, measure="sites.worldwide") or all(not added_by(row) for row in reader.all(Claim))
        (lost,) = (row for row in reader.all(Rejected, stage="review"))
        assert "add" in lost.reason
    assert verify_case(open_case(case)).ok
    set_aside(case, source, reason="Ours.", hand=hand(case), clock=clock, back=True)
    assert derived(case) == rows


def parts(case):
    return (tally(case, kind="site.existence"), tally(case, value="11", quote="the tally of posts at 12"))


def test_a_claim_is_divided_and_made_whole_again_in_one_step(case, clock):
    add(case, clock, tally(case))
    before = derived(case)
    (old,) = claims(case, "two.txt")
    with pytest.raises(InputError, match="two or more"):
        divide_claim(case, old.id, [tally(case, value="11")], reason="Two.", hand=hand(case), clock=clock)
    done = divide_claim(case, old.id, [tally(case, value="7"), tally(case, value="5")], reason="Two.", hand=hand(case), clock=clock)
    mine = claims(case, "two.txt")
    assert sorted(row.quantity.value for row in mine) == [5, 7, 12]
    assert {added_by(row).get("replaces", "") for row in mine} == {"", old.id}
    assert {row for fact in facts(case) for row in fact.claims} >= {row.id for row in mine if row.id != old.id}
    assert old.id not in {row for fact in facts(case) for row in fact.claims}
    with reading(open_case(case)) as reader:
        (one, *_) = (row for row in reader.all(Judgement) if row.decision == "add" and '"replaces"' in row.value)
    withdraw(case, one.id, reason="One after all.", hand=hand(case), clock=clock)
    assert derived(case) == before
    again = divide_claim(case, old.id, [tally(case, value="7"), tally(case, value="5")], reason="Two.", hand=hand(case), clock=clock)
    assert again.judgement.value == done.judgement.value
    say_of(case, old.id, level="claim", decision="accept", reason="It says twelve.", hand=hand(case, "finch"), clock=clock)
    assert [row.quantity.value for row in claims(case, "two.txt")] == [12], "the parts hold as long as the whole is rejected"


def test_another_chain_stands_in_the_place_of_what_was_read(case, clock):
    (old,) = claims(case, "one.txt")
    before = derived(case)
    done = change_chain(case, old.id, ("organisation=Lantern Institute",), reason="The institute itself.", hand=hand(case), clock=clock)
    (read, new) = sorted(claims(case, "one.txt"), key=lambda row: bool(added_by(row)))
    assert read == old
    assert added_by(new)["replaces"] == old.id
    assert [link.name for link in new.attribution] == ["the article", "Lantern Institute"]
    assert replace(new, id="", attribution=(), reader=old.reader, why=(), flags=(), confidence=0) == replace(
        old, id="", attribution=(), why=(), flags=(), confidence=0
    )
    change_chain(case, new.id, (), reason="The page says it itself.", hand=hand(case), clock=clock)
    (_, newer) = sorted(claims(case, "one.txt"), key=lambda row: bool(added_by(row)))
    assert (newer.id, len(newer.attribution)) == (new.id, 1)
    with pytest.raises(InputError, match="nothing was changed"):
        change_chain(case, new.id, (), reason="Again.", hand=hand(case), clock=clock)
    withdraw(case, done.judgement.id, reason="As it was.", hand=hand(case), clock=clock)
    assert derived(case) == before


def test_a_verdict_on_an_added_claim_is_taken_back_without_it(case, clock):
    add(case, clock, tally(case))
    (row,) = claims(case, "two.txt")
    (fact,) = (fact for fact in facts(case) if row.id in fact.claims)
    said = say_of(case, row.id, level="claim", decision="reject", reason="No.", hand=hand(case, "finch"), clock=clock)
    assert row.id not in {claim for one in facts(case) for claim in one.claims}
    withdraw(case, said.judgement.id, reason="Yes.", hand=hand(case, "finch"), clock=clock)
    assert fact in facts(case)


def test_two_laptops_that_add_differently_have_to_agree(made, clock, tmp_path):
    cases = []
    for name, voices in (("a", ()), ("b", ("report=Harbour Watch survey",))):
        shutil.copytree(made, tmp_path / name)
        cases.append(tmp_path / name / "case")
        add(cases[-1], clock, tally(cases[-1], voices=voices), ("heron", "finch")[len(cases) - 1])
    for one, other in (cases, cases[::-1]):
        bring(one, other, trust=(), dry=False, reason="Both.", hand=hand(one), clock=clock)
    assert derived(cases[0]) == derived(cases[1])
    assert claims(cases[0], "two.txt") == [], "neither holds until people decide again"
    with Desk(open_case(cases[0]), clock, keys=keys_of(cases[0]), quiet=0.0) as desk:
        desk.add_claim(tally(cases[0]), hand=hand(cases[0]), reason="So.")
        assert desk.settle()
    assert len(claims(cases[0], "two.txt")) == 1


STEPS = st.lists(st.sampled_from(["add", "other", "divide", "chain", "reject", "accept", "undo"]), min_size=1, max_size=7)


@settings(max_examples=12)
@given(steps=STEPS)
def test_whatever_is_decided_in_whichever_order_undone_it_is_as_it_was(made, tmp_path_factory, steps):
    root = tmp_path_factory.mktemp("steps")
    shutil.copytree(made, root / "copy")
    case, before = root / "copy" / "case", derived(made / "case")
    with Desk(open_case(case), Ticking(), keys=keys_of(case), quiet=0.0) as desk:
        mine = hand(case)
        for step in steps:
            decide(desk, case, step, mine)
        assert desk.settle()
        assert verify_case(open_case(case)).ok
        with writing(open_case(case), clock=Ticking(), actor="x") as writer:
            rows = derived(case)
            writer.drop([f"added:{row.id}" for row in documents(case).values()])
        desk.build()
        assert desk.settle()
        assert derived(case) == rows, "a build makes the same of the log"
        undo_all(desk, mine)
        assert desk.settle()
    assert derived(case) == before


def decide(desk, case, step, mine):
    (old,) = (row for row in claims(case, "one.txt") if not added_by(row))
    told = {"hand": mine, "reason": "Looked."}
    try:
        match step:
            case "reject" | "accept":
                desk.say_of(old.id, level="claim", decision=step, **told)
            case "add" | "other":
                desk.add_claim(tally(case, value="12" if step == "add" else "9"), **told)
            case "divide":
                quote = {"quote": "at least 12 overseas police stations", "doc": old.doc}
                desk.divide_claim(old.id, [replace(tally(case), **quote, value=value) for value in ("7", "5")], **told)
            case "chain":
                desk.change_chain(old.id, ("organisation=Lantern Institute",), **told)
            case "undo":
                desk.undo(mine)
    except InputError:
        assert step in {"add", "other", "undo"}, "nothing to undo, or added already"


def undo_all(desk, mine):
    for _ in range(100):
        with suppress(InputError):
            desk.undo(mine)
            continue
        break
    with pytest.raises(InputError, match="Nothing of what you decided"):
        desk.undo(mine)
