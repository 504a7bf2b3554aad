"""A real case through gate, attack and two people, to a package that verifies; and everything that stops on the way."""

import json
import shutil
from datetime import UTC, datetime
from importlib import resources

import pytest

from armslength.base.errors import CaseError, InputError
from armslength.base.settings import Settings
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement, Release
from armslength.model.facts import Fact
from armslength.model.things import Entity
from armslength.pipeline import publishing
from armslength.pipeline.building import build, keep_stamp
from armslength.pipeline.clearing import Wanted
from armslength.pipeline.enclosing import stamp_package
from armslength.pipeline.findings import propose as find
from armslength.pipeline.findings import second
from armslength.pipeline.publishing import Proposed, Released, Stopped, propose, release
from armslength.pipeline.vaulting import init_vault, note_person, unlock_vault
from armslength.pipeline.verdicting import say_of
from armslength.publish.gate.profile import read_profile, shipped
from armslength.publish.package.checks.report import verify
from armslength.store.case import open_case
from armslength.store.locks import Cost
from armslength.store.read import reading
from armslength.store.timestamps import make_request
from armslength.store.verify import verify_case
from cli.cli_authority import make as make_authority
from pipeline.reviewer_hands import Ticking, hand

PAGES = {
    "one.txt": "A page about stations\n\nNorland runs at least 12 overseas police stations, according to the Lantern Institute.\n",
    "two.txt": "A survey of stations\n\nNorland runs at least 14 overseas police stations, a survey by Harbour Watch found.\n",
    "dosk.txt": "Neighbours describe visits near a service station\n\nThe Quay, 3 March 2025\n\nAt least 16 overseas police stations operate in nine "
    "countries, Mirela Dosk, a baker in Oslo, told The Quay. “They asked about my brother,” Dosk said. According to Dosk, two men came to her "
    "shop in May 2024 and threatened her. Ms Dosk told the paper that the men came back.\n",
}
PROFILE = """
title = "For a test"
about = "As public, for groups of any size."
reviewers = 2
k = 1
quotes = true
documents = true
bytes = true
names = true
places = "city"
dates = "month"
reply = []
consent = "publish"
"""


@pytest.fixture
def clock():
    return Ticking(at=datetime(2026, 2, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A case, and the same with every fact accepted by two reviewers."""
    home, clock = tmp_path_factory.mktemp("publishing"), Ticking()
    (home / "in").mkdir()
    for name, text in PAGES.items():
        (home / "in" / name).write_text(text, "utf-8")
    build(home / "unread" / "case", [home / "in"], settings=Settings(), clock=clock)
    for who in ("heron", "ibis"):
        hand(home / "unread" / "case", who)
    shutil.copytree(home / "unread", home / "accepted")
    accept(home / "accepted" / "case", clock, "heron", "ibis")
    return home


@pytest.fixture
def unread(built, tmp_path):
    shutil.copytree(built / "unread", tmp_path, dirs_exist_ok=True)
    return tmp_path / "case"


@pytest.fixture
def case(built, tmp_path):
    shutil.copytree(built / "accepted", tmp_path, dirs_exist_ok=True)
    return tmp_path / "case"


def rows(case, kind):
    with reading(open_case(case)) as reader:
        return reader.all(kind)


def accept(case, clock, *who):
    for fact in rows(case, Fact):
        for one in who:
            say_of(case, fact.id, level="fact", decision="accept", reason="Looked at.", hand=hand(case, one), clock=clock)


def wanted(**more):
    return Wanted(profile=read_profile(PROFILE, name="test"), profile_text=PROFILE, formats=("csv", "site"), **more)


def told(case):
    """Facts that somebody testifies to and has not agreed to have published."""
    return tuple(fact.id for fact in rows(case, Fact) if fact.kind.startswith("testimony"))


def offer(case, to, clock, who="heron", without=()):
    return propose(
        case, to, wanted=wanted(without=(*told(case), *without)), hand=hand(case, who), reason="For the annual report.", clock=clock
    )


def make(case, proposed, to, clock, who="ibis"):
    return release(
        case, proposed.id[:12], to, hand=hand(case, who), first=lambda name: hand(case, name), reason="Looked through.", clock=clock
    )


def stations(case):
    return [fact for fact in rows(case, Fact) if fact.measure.startswith("sites")]


def everything(folder):
    return b"\n".join(path.read_bytes() + path.name.encode() for path in sorted(folder.rglob("*")) if path.is_file())


def test_two_people_make_a_release_that_names_nobody_and_verifies(case, clock, tmp_path):
    assert any(row.kind == "person" for row in rows(case, Entity)), "else there is nobody to protect"
    proposed = offer(case, tmp_path / "draft", clock)
    assert isinstance(proposed, Proposed)
    assert "not released" in (tmp_path / "draft" / "PROPOSAL.txt").read_text("utf-8")
    assert (tmp_path / "draft" / "formats" / "site" / "index.html").is_file()
    assert not rows(case, Release)
    made = make(case, proposed, tmp_path / "out", clock)
    assert isinstance(made, Released)
    for folder in ("draft", "out"):
        assert b"dosk" not in everything(tmp_path / folder).lower()
        assert b"12 overseas police stations" in everything(tmp_path / folder)
    found = verify(tmp_path / "out")
    assert found.problems == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "draft", "out", "reviewers"]


def test_what_was_done_is_in_the_case_and_the_case_verifies(case, clock, tmp_path):
    made = make(case, offer(case, tmp_path / "draft", clock), tmp_path / "out", clock)
    (row,) = rows(case, Release)
    assert (row.id, row.released_by, row.profile) == (made.id, ("heron", "ibis"), "test")
    events = [entry.event for entry in rows(case, LogEntry)]
    assert [event for event in events if event.startswith("release")] == ["release.proposed", "release.made"]
    assert verify_case(open_case(case)).problems == ()


def test_who_proposed_cannot_release(case, clock, tmp_path):
    proposed = offer(case, tmp_path / "draft", clock)
    with pytest.raises(InputError, match="Two people release"):
        make(case, proposed, tmp_path / "out", clock, who="heron")
    assert not (tmp_path / "out").exists()


def test_a_proposal_is_released_once(case, clock, tmp_path):
    proposed = offer(case, tmp_path / "draft", clock)
    make(case, proposed, tmp_path / "out", clock)
    with pytest.raises(InputError, match="released already"):
        make(case, proposed, tmp_path / "again", clock)


def test_what_changed_since_it_was_proposed_is_not_released(case, clock, tmp_path):
    proposed = offer(case, tmp_path / "draft", clock)
    (one, *_) = stations(case)
    say_of(case, one.id, level="fact", decision="reject", reason="Not so.", hand=hand(case, "ibis"), clock=clock)
    with pytest.raises(InputError, match="changed since"):
        make(case, proposed, tmp_path / "out", clock)
    assert not rows(case, Release)


def test_an_unreviewed_case_is_refused_and_nothing_is_left(unread, clock, tmp_path):
    found = offer(unread, tmp_path / "draft", clock)
    assert isinstance(found, Stopped)
    assert found.refusals[0].do
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "reviewers"]
    assert [entry.event for entry in rows(unread, LogEntry)][-1] == "release.refused"


def test_one_reviewer_is_refused(unread, clock, tmp_path):
    accept(unread, clock, "heron")
    found = offer(unread, tmp_path / "draft", clock)
    assert {row.rule for row in found.refusals} == {"four eyes"}


def test_a_fact_can_be_left_out(case, clock, tmp_path):
    (one, *_) = stations(case)
    proposed = offer(case, tmp_path / "draft", clock, without=(one.id[:10],))
    assert proposed.facts == len(rows(case, Fact)) - len(told(case)) - 1
    made = make(case, proposed, tmp_path / "out", clock)
    assert made.facts == proposed.facts


def leaking(monkeypatch, where, text="<svg><desc>M. Dosk</desc></svg>"):
    """Have a format write a protected name where nobody looks."""
    real = publishing._write_extras

    def write(folder, *arguments, **more):
        real(folder, *arguments, **more)
        if where():
            (folder / "site" / "map.svg").write_text(text)

    monkeypatch.setattr(publishing, "_write_extras", write)


def test_a_leak_stops_the_proposal_and_leaves_nothing(case, clock, tmp_path, monkeypatch):
    leaking(monkeypatch, lambda: True)
    found = offer(case, tmp_path / "draft", clock)
    assert isinstance(found, Stopped)
    assert {hit.where for hit in found.report.hits} == {"formats/site/map.svg"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "reviewers"]
    assert [entry.event for entry in rows(case, LogEntry)][-1] == "release.stopped"
    assert not [row for row in rows(case, Judgement) if row.decision == "propose"]


def test_a_leak_stops_the_release_and_leaves_nothing(case, clock, tmp_path, monkeypatch):
    proposed = offer(case, tmp_path / "draft", clock)
    leaking(monkeypatch, lambda: True)
    found = make(case, proposed, tmp_path / "out", clock)
    assert isinstance(found, Stopped)
    assert {hit.where for hit in found.report.hits} == {"data/formats/site/map.svg"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "draft", "reviewers"]
    assert not rows(case, Release)
    assert not [row for row in rows(case, Judgement) if row.decision == "release"]
    assert verify_case(open_case(case)).problems == ()


def test_two_releases_share_no_pseudonym_and_the_second_corrects_the_first(case, clock, tmp_path):
    first = make(case, offer(case, tmp_path / "draft1", clock), tmp_path / "out1", clock)
    assert first.corrections is None
    (one, *_) = stations(case)
    say_of(case, one.id, level="fact", decision="reject", reason="Not so.", hand=hand(case, "ibis"), clock=clock)
    second = make(case, offer(case, tmp_path / "draft2", clock), tmp_path / "out2", clock)
    said = json.loads(second.corrections.read_text("utf-8"))
    (correction,) = said["corrections"]
    assert (correction["release"], said["by"]) == (first.id, second.id)
    assert [row["reason"] for row in correction["changes"]] == ["withdrawn"]
    published = {json.loads(line)["id"] for line in (tmp_path / "out1" / "data" / "facts.jsonl").read_text("utf-8").splitlines()}
    assert correction["changes"][0]["was"] in published, "by the id it was published under"
    assert "withdrawn" in (tmp_path / "out2" / "CHANGES.txt").read_text("utf-8").lower()
    assert verify(tmp_path / "out2").problems == ()
    labels = [
        {
            json.loads(line)["label"]
            for line in (tmp_path / out / "data" / "entities.jsonl").read_text("utf-8").splitlines()
            if '"person"' in line
        }
        for out in ("out1", "out2")
    ]
    assert labels[0]
    assert not labels[0] & labels[1]


def test_a_folder_in_use_is_left_alone(case, clock, tmp_path):
    (tmp_path / "draft").mkdir()
    with pytest.raises(InputError, match="already there"):
        offer(case, tmp_path / "draft", clock)


def test_a_name_in_the_reason_is_refused(case, clock, tmp_path):
    with pytest.raises(InputError, match="name of a protected person"):
        propose(case, tmp_path / "d", wanted=wanted(), hand=hand(case), reason="Mirela Dosk agreed.", clock=clock)


def test_a_locked_vault_stops_it_and_an_open_one_gives_its_names(case, clock, tmp_path, monkeypatch):
    words, cheap = "four lanterns on the quay", Cost(memory_kib=64, passes=1, lanes=1)
    init_vault(case, words, at=None, clock=clock, actor="heron", cost=cheap)
    with pytest.raises(CaseError, match="locked"):
        offer(case, tmp_path / "draft", clock)
    unlock_vault(case, words, clock=clock, actor="heron")
    person = next(row for row in rows(case, Entity) if row.kind == "person")
    note_person(case, person.label, field="name", value="Marit Solheim", clock=clock, actor="heron")
    leaking(monkeypatch, lambda: True, "<svg><desc>SOLHEIM, Marit</desc></svg>")
    found = offer(case, tmp_path / "draft", clock)
    assert isinstance(found, Stopped)
    assert {hit.where for hit in found.report.hits} == {"formats/site/map.svg"}


def test_every_shipped_profile_can_make_a_release(case, clock, tmp_path):
    for name in ("public", "partner", "court"):
        text = resources.files("armslength.publish").joinpath("data", "profiles", f"{name}.toml").read_text("utf-8")
        asked = Wanted(profile=shipped(name), profile_text=text, without=told(case))
        found = propose(case, tmp_path / f"{name}-draft", wanted=asked, hand=hand(case), reason="A try.", clock=clock)
        assert isinstance(found, Proposed), found
        made = make(case, found, tmp_path / name, clock)
        assert isinstance(made, Released), made
        assert verify(tmp_path / name).problems == ()
        assert b"dosk" not in everything(tmp_path / name).lower()


def table(folder, name):
    path = folder / "data" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_findings_and_sources_go_along_but_not_those_of_withheld_pages(case, clock, tmp_path):
    fact = next(row for row in stations(case) if row.value == 14)
    asked = find(
        case,
        fact.id,
        standard="STD.balance",
        statement="Harbour Watch counted 14.",
        evidence=(fact.claims, ()),
        reason="I read the page.",
        hand=hand(case, "heron"),
        clock=clock,
    )
    second(case, asked.id, reason="I read the page too.", hand=hand(case, "ibis"), clock=clock)
    made = make(case, offer(case, tmp_path / "draft", clock), tmp_path / "out", clock)
    assert isinstance(made, Released)
    (finding,) = table(made.folder, "findings")
    assert (finding["statement"], finding["author"], finding["second_reviewer"]) == ("Harbour Watch counted 14.", "heron", "ibis")
    open_pages = {one["source"] for row in table(made.folder, "documents") for one in row["appearances"] if "█" not in row["text"]}
    assert {row["id"] for row in table(made.folder, "sources")} == open_pages
    assert verify(made.folder).holds


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the openssl program is not installed")
def test_time_stamps_go_along_and_one_over_the_release_is_put_in_afterwards(case, clock, tmp_path):
    def stamp(name):
        request = make_request(open_case(case))
        (tmp_path / f"{name}.tsq").write_bytes(request)
        reply = authority.answer(tmp_path / f"{name}.tsq").read_bytes()
        return request, reply, keep_stamp(case, request=request, reply=reply, roots=None, clock=clock, actor="heron").seq

    authority = make_authority(tmp_path / "tsa")
    first = stamp("first")[2]
    made = make(case, offer(case, tmp_path / "draft", clock), tmp_path / "out", clock)
    assert isinstance(made, Released)
    assert [path.name for path in (made.folder / "timestamps").glob("*.tsr")] == [f"{first}.tsr"]
    request, reply, seq = stamp("second")
    stamp_package(made.folder, seq=seq, reply=reply, request=request)
    report = verify(made.folder)
    assert report.holds
    assert {path.stem for path in (made.folder / "timestamps").glob("*.tsr")} == {str(first), str(seq)}
    with pytest.raises(InputError, match="right after releasing"):
        stamp_package(made.folder, seq=first, reply=reply, request=request)
    with pytest.raises(InputError, match="is no package"):
        stamp_package(tmp_path / "draft", seq=seq, reply=reply, request=request)
