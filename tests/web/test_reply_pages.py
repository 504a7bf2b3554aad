"""Right of reply on the page of a fact: that somebody was asked, what they answered, and who enters it at the same time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from somebody import Somebody

from armslength.model.facts import Fact
from armslength.model.ledger import Reply
from armslength.pipeline.desk import Desk
from armslength.pipeline.ledgers import ledger_of
from armslength.pipeline.views.answers import accused_in
from armslength.store.case import open_case
from armslength.store.read import reading
from armslength.store.verify import verify_case
from pipeline.reviewer_hands import Ticking, reviewed_case

PAGES = {
    "one.txt": "A page\n\nThe Blue Harbour Association operated an overseas police station in Dublin for Norland, the Lantern Institute said.\n"
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed_case(tmp_path_factory.mktemp("replies"), PAGES)


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


@pytest.fixture
def desk(case: Path) -> Iterator[Desk]:
    with Desk(open_case(case), Ticking(), quiet=0.0) as found:
        yield found


@pytest.fixture
def fact(case: Path) -> str:
    with reading(open_case(case)) as reader:
        return next(row.id for row in reader.all(Fact) if accused_in(reader, row.id))


def reply_form(somebody: Somebody, fact: str):
    return somebody.page(f"/facts/{fact}").xpath("//form[contains(@action, '/reply')]")[0]


def replies(case: Path) -> tuple[Reply, ...]:
    with reading(open_case(case)) as reader:
        return ledger_of(reader).of(Reply)


def test_who_is_accused_is_asked_and_answers_beside_the_denials(case, desk, fact):
    heron = Somebody(case, "heron", desk)
    before = heron.page(f"/facts/{fact}").text_content()
    assert "has not been asked for a reply" in before
    where = heron.fill(reply_form(heron, fact), channel="letter", asked="2026-03-01", reason="Sent to the embassy.")
    assert where == f"/facts/{fact}#denied"
    page = " ".join(heron.page(f"/facts/{fact}").text_content().split())
    assert "Right of reply: waiting. The answer is due on 2026-03-15." in page
    assert "was asked on 1 March 2026 to answer by 15 March 2026; no answer is recorded" in page
    form = reply_form(heron, fact)
    assert form.fields["channel"] == "letter"
    heron.fill(form, answered="2026-03-09", answer="There is no such thing.", reason="Their letter.")
    page = heron.page(f"/facts/{fact}")
    assert page.xpath("//*[contains(@class, 'reply')]//blockquote")[0].text_content() == "There is no such thing."
    (row,) = replies(case)
    assert (row.target, row.channel, row.asked, row.deadline, row.answered) == (fact, "letter", "2026-03-01", "2026-03-15", "2026-03-09")
    assert verify_case(open_case(case)).ok


def test_what_another_entered_meanwhile_is_not_overwritten(case, desk, fact):
    heron, finch = Somebody(case, "heron", desk), Somebody(case, "finch", desk)
    mine, theirs = reply_form(heron, fact), reply_form(finch, fact)
    heron.fill(mine, channel="letter", asked="2026-03-01", reason="Sent.")
    fields = {"number": int(theirs.fields["number"]), "label": theirs.fields["label"], "seen": []}
    answer = finch.send(f"/facts/{fact}/reply", **fields, channel="email", asked="2026-02-01", reason="Sent.")
    assert answer["status"] == 409
    assert [row.channel for row in replies(case)] == ["letter"]


@pytest.mark.parametrize(
    ("wrong", "status", "says"),
    [
        ({"number": 9}, 409, "is read otherwise by now"),
        ({"label": "Sudland"}, 409, "is read otherwise by now"),
        ({"asked": "tomorrow"}, 422, "is no day"),
        ({"asked": ""}, 422, "Nobody is entered as asked yet"),
        ({"answer": "No."}, 422, "on which day the answer came"),
        ({"reason": ""}, 422, "reason"),
    ],
)
def test_what_cannot_be_entered_is_refused_with_a_sentence(case, desk, fact, wrong, status, says):
    heron = Somebody(case, "heron", desk)
    form = reply_form(heron, fact)
    fields = {
        "number": int(form.fields["number"]),
        "label": form.fields["label"],
        "channel": "letter",
        "asked": "2026-03-01",
        "reason": "Sent.",
    }
    answer = heron.send(f"/facts/{fact}/reply", **(fields | wrong))
    assert answer["status"] == status
    assert says in str(answer)
    assert replies(case) == ()


def test_no_id_of_the_accused_is_on_the_page_or_in_the_interface(case, desk, fact):
    heron = Somebody(case, "heron", desk)
    with reading(open_case(case)) as reader:
        (accused,) = accused_in(reader, fact)
    assert accused.who == reply_form(heron, fact).fields["label"]
    assert accused.entity not in reply_form(heron, fact).text_content()
    assert set(reply_form(heron, fact).fields).isdisjoint({"entity", "addressee"})
    assert heron.read(f"/facts/{fact}")["view"]["answers"][0].keys().isdisjoint({"entity", "addressee"})
