"""What is decided on the pages of a fact, over HTTP, on a real case: edges, findings, sameness, previews, and the history of it all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from fact_pages import PAGES
from somebody import HERE, Somebody
from starlette.testclient import TestClient

from armslength.model.claims import Claim
from armslength.model.custody import LogEntry
from armslength.model.decisions import Finding, Judgement
from armslength.model.facts import Fact, LineageEdge, Origins
from armslength.model.things import Entity
from armslength.pipeline.desk import Desk
from armslength.pipeline.views import same
from armslength.store.case import open_case
from armslength.store.read import Reader, reading
from armslength.store.verify import verify_case
from armslength.web.app import create_app
from armslength.web.visitors import ReadOnly
from pipeline.reviewer_hands import Ticking, hand, reviewed_case


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return reviewed_case(tmp_path_factory.mktemp("fact-deeds"), PAGES)


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "copy")
    return tmp_path / "copy" / "case"


@pytest.fixture
def desk(case: Path) -> Iterator[Desk]:
    with Desk(open_case(case), Ticking(), quiet=0.0) as found:
        yield found


@pytest.fixture
def heron(case: Path, desk: Desk) -> Somebody:
    return Somebody(case, "heron", desk)


def fact_of(case: Path, value: int) -> Fact:
    with reading(open_case(case)) as reader:
        return next(row for row in reader.all(Fact) if row.value == value and row.measure.startswith("sites"))


def edges_of(case: Path, fact: Fact) -> list[LineageEdge]:
    with reading(open_case(case)) as reader:
        return [row for row in reader.all(LineageEdge) if {row.from_id, row.to_id} <= set(fact.claims)]


def rows_of(case: Path, *kinds: type) -> list[list[object]]:
    with reading(open_case(case)) as reader:
        return [reader.all(kind) for kind in kinds]


def head_of(case: Path) -> tuple[int, str]:
    with reading(open_case(case)) as reader:
        return reader.head()


# Edges


def test_a_disputed_edge_shows_its_evidence_and_what_the_count_was_and_is(heron, case, desk):
    fact = fact_of(case, 12)
    (edge,) = edges_of(case, fact)
    page = heron.page(f"/facts/{fact.id}/lineage?edge={edge.id[:12]}")
    panel = page.get_element_by_id("evidence").getparent()
    assert len(panel.xpath(".//figure/blockquote")) == 2, "both quotes side by side"
    (form,) = panel.xpath(".//form")
    go = heron.fill(form, decision="dispute", reason="Two institutes share a name.")
    assert f"edge={edge.id[:12]}" in go
    assert "was=1.1.0" in go
    assert desk.settle()
    after = heron.read(go.partition("#")[0])
    assert after["recount"]["says"] == "1 to 2 origins now, was 1 origin."
    assert after["edge"]["state"] == "disputed by heron"
    back = heron.send(
        f"/facts/{fact.id}/lineage/judge", edge=edge.id, decision="accept", reason="One after all.", seen=after["edge"]["standing"]["seen"]
    )
    assert back["status"] == 200
    assert desk.settle()
    assert heron.read(f"/facts/{fact.id}")["view"]["line"]["max"] == 1
    assert [row["did"] for row in heron.read(f"/facts/{fact.id}/lineage?edge={edge.id[:12]}")["edge"]["standing"]["judgements"]] == [
        "accepted",
        "disputed",
    ]


def test_two_people_who_decide_at_once_are_told(heron, case, desk):
    fact = fact_of(case, 12)
    (edge,) = edges_of(case, fact)
    desk.judge_edge(edge.id, decision="accept", hand=hand(case, "finch"), reason="One.", seen=())
    answer = heron.send(f"/facts/{fact.id}/lineage/judge", edge=edge.id, decision="dispute", reason="Two.", seen=[])
    assert answer["status"] == 409
    assert "finch" in answer["says"]
    said = heron.send(f"/facts/{fact.id}/judge", decision="accept", reason="Read.")
    assert said["status"] == 200
    assert heron.send(f"/facts/{fact.id}/judge", decision="reject", reason="Not so.")["status"] == 409


@pytest.mark.parametrize(
    ("referer", "goes"),
    [
        (f"{HERE}/facts/x?was=1.1.0", "/facts/x?was=1.1.0"),
        ("https://elsewhere.example/facts/x", "/"),
        (f"{HERE}//elsewhere.example", "/"),
        ("", "/"),
    ],
)
def test_who_comes_too_late_is_led_back_to_the_page_they_came_from(heron, case, desk, referer, goes):
    fact = fact_of(case, 12)
    desk.say_of(fact.id, level="fact", decision="accept", hand=hand(case, "finch"), reason="Read.", seen=())
    form = {"decision": "reject", "reason": "Not so.", "csrf": heron.csrf}
    answer = heron.client.post(f"/facts/{fact.id}/judge", data=form, headers={"referer": referer})
    assert answer.status_code == 409
    (link,) = lxml.html.fromstring(answer.text).xpath("//main//p/a")
    assert link.get("href") == goes


def test_an_edge_is_added_by_the_numbers_of_passages(heron, case, desk):
    fact = fact_of(case, 12)
    (edge,) = edges_of(case, fact)
    heron.send(f"/facts/{fact.id}/lineage/judge", edge=edge.id, decision="dispute", reason="Not so.", seen=[])
    assert desk.settle()
    shown = heron.read(f"/facts/{fact.id}/lineage")
    fields = {"one": 1, "other": 2, "kind": "common_source", "reason": "Both were at one briefing."}
    assert heron.send(f"/facts/{fact.id}/lineage/add", counted="of another day", **fields)["status"] == 409
    assert heron.send(f"/facts/{fact.id}/lineage/add", **{**fields, "other": 9})["status"] == 422
    done = heron.send(f"/facts/{fact.id}/lineage/add", counted=shown["counted"], **fields)
    assert done["status"] == 200
    assert desk.settle()
    after = heron.read(done["go"].partition("#")[0])
    assert after["recount"]["says"] == "1 origin now, was 1 to 2 origins."
    assert after["edge"]["kind"] == "common source"
    assert len(after["edge"]["evidence"]) == 2


def test_a_line_of_the_picture_opens_the_passages_that_go_that_way(heron, case):
    fact = fact_of(case, 12)
    page = heron.page(f"/facts/{fact.id}/lineage")
    ways = page.xpath("//svg//a[@class='way']/@href")
    assert ways
    for way in ways:
        panel = heron.page(f"/facts/{fact.id}/lineage{way.partition('#')[0]}").get_element_by_id("evidence").getparent()
        assert panel.xpath(".//article")
    for wrong in ("edge=ffffffffffff", "edge=x", "line=<script>", "open=zz", "page=9", "line=ffffffff.ffffffff.x"):
        assert heron.client.get(f"/facts/{fact.id}/lineage?{wrong}").status_code == 404, wrong


# What is said of a fact


def test_a_fact_is_accepted_by_one_then_by_two(heron, case, desk):
    fact = fact_of(case, 12)
    (form,) = heron.page(f"/facts/{fact.id}").xpath("//form[@id='say']")
    heron.fill(form, decision="accept", reason="Both pages were read.")
    assert desk.settle()
    assert heron.read(f"/facts/{fact.id}")["view"]["state_words"] == "accepted by heron"
    finch = Somebody(case, "finch", desk)
    seen = finch.read(f"/facts/{fact.id}")["view"]["standing"]["seen"]
    finch.send(f"/facts/{fact.id}/judge", decision="accept", reason="I read them too.", seen=seen)
    assert desk.settle()
    view = heron.read(f"/facts/{fact.id}")["view"]
    assert view["state_words"] == "accepted by two people: finch and heron"
    assert [(row["who"], row["stands"]) for row in view["standing"]["judgements"]] == [("finch", True), ("heron", False)]
    heron.send(f"/facts/{fact.id}/judge", decision="edit", label="Stations of Norland", reason="Shorter.", seen=view["standing"]["seen"])
    assert desk.settle()
    view = heron.read(f"/facts/{fact.id}")["view"]
    assert view["state_words"] == "accepted by heron", "another name is another decision, and so far one person's"
    assert view["standing"]["judgements"][0]["read_as"] == [["label", "Stations of Norland"]]


def test_a_finding_waits_for_a_second_person(heron, case, desk):
    fact = fact_of(case, 12)
    page = heron.page(f"/facts/{fact.id}")
    (form,) = [form for form in page.xpath("//form") if (form.action or "").endswith("/findings")]
    fields = {"statement": "Norland ran stations.", "standard": "STD.grounds", "reason": "Two pages.", "evidence_for": list(fact.claims)}
    heron.fill(form, **fields)
    (waiting,) = heron.read(f"/facts/{fact.id}")["view"]["findings"]
    assert (waiting["author"], waiting["second_reviewer"]) == ("heron", "")
    assert [row["number"] for row in waiting["evidence_for"]] == [1, 2]
    own = heron.send(f"/facts/{fact.id}/findings/second", finding=waiting["id"], reason="I still think so.")
    assert own["status"] == 422
    assert "two reviewers" in own["says"]
    assert not [form for form in heron.page(f"/facts/{fact.id}").xpath("//form") if (form.action or "").endswith("/second")]
    finch = Somebody(case, "finch", desk)
    (form,) = [form for form in finch.page(f"/facts/{fact.id}").xpath("//form") if (form.action or "").endswith("/second")]
    finch.fill(form, reason="I read both.")
    (found,) = heron.read(f"/facts/{fact.id}")["view"]["findings"]
    assert (found["author"], found["second_reviewer"], found["standard"]) == ("heron", "finch", "Reasonable grounds to believe")
    with reading(open_case(case)) as reader:
        assert [row.second_reviewer for row in reader.all(Finding)] == ["finch"]


# One or two


def values(case: Path) -> list[list[int]]:
    """The numbers of each fact about stations, by what its passages say."""
    with reading(open_case(case)) as reader:
        facts = [row for row in reader.all(Fact) if row.measure.startswith("sites")]
        return sorted(sorted(row.documents) for row in facts)


def merge(who: Somebody, one: Fact, other: Fact) -> str:
    done = who.send("/same/merge", level="fact", one=one.id, other=other.id, reason="One count, rounded.", seen=["none"])
    assert done["status"] == 200, done
    assert who_settles(who)
    return str(done["judgement"])


def who_settles(who: Somebody) -> bool:
    return who.desk.settle()


@pytest.fixture
def clerk(heron, desk) -> Somebody:
    heron.desk = desk
    return heron


def test_a_chain_of_merges_is_undone_from_the_middle_and_everything_is_as_it_was(clerk, case):
    before, rows = values(case), rows_of(case, Fact, Origins, Entity)
    first = merge(clerk, fact_of(case, 12), fact_of(case, 13))
    assert len(values(case)) == len(before) - 1
    both = next(row for row in rows_of(case, Fact)[0] if len(row.documents) == 3)
    last = merge(clerk, both, fact_of(case, 15))
    assert len(values(case)) == len(before) - 2
    whole = next(row for row in rows_of(case, Fact)[0] if len(row.documents) == 4)
    page = clerk.page(f"/same/fact/{whole.id}")
    forms = [form for form in page.xpath("//form") if form.action == "/same/undo"]
    assert sorted(dict(form.form_values())["judgement"] for form in forms) == sorted([first, last])
    clerk.fill(next(form for form in forms if dict(form.form_values())["judgement"] == first), reason="Two counts.")
    assert who_settles(clerk)
    middle = values(case)
    assert len(middle) == len(before) - 1
    done = clerk.send("/same/undo", judgement=last, reason="Wrong as well.")
    assert done["status"] == 200
    assert who_settles(clerk)
    assert values(case) == before
    assert rows_of(case, Fact, Origins, Entity) == rows
    assert clerk.send("/same/undo", judgement=last, reason="Again.")["status"] == 422
    assert not verify_case(open_case(case)).problems


def test_a_preview_tells_what_would_come_and_writes_nothing(clerk, case):
    one, other = fact_of(case, 12), fact_of(case, 13)
    before, rows = head_of(case), rows_of(case, Fact, Origins, Entity, LineageEdge, Judgement, LogEntry)
    files = sorted(path.relative_to(case).as_posix() for path in case.rglob("*") if path.is_file() and "-" not in path.name)
    tried = clerk.send("/same/preview", decision="merge", level="fact", one=one.id, other=other.id)
    assert tried["status"] == 200, tried
    assert "would go" in tried["says"]
    assert head_of(case) == before
    assert rows_of(case, Fact, Origins, Entity, LineageEdge, Judgement, LogEntry) == rows
    assert sorted(path.relative_to(case).as_posix() for path in case.rglob("*") if path.is_file() and "-" not in path.name) == files
    shown = clerk.read(tried["go"].partition("#")[0])["preview"]["outcome"]
    assert sorted(row["passages"] for row in shown["gone"] if row["origins"]) == [1, 2]
    assert [row["passages"] for row in shown["made"] if row["origins"]] == [3]
    judgement = merge(clerk, one, other)
    assert clerk.read(f"/same/pair?level=fact&one={one.claims[0]}&other={other.claims[0]}")["preview"] is None, "the case is another now"
    (now,) = [row for row in rows_of(case, Fact)[0] if len(row.documents) == 3]
    assert [row["id"] for row in shown["made"] if row["origins"]] == [now.id], "and what was foretold came"
    back = clerk.send("/same/preview", decision="withdraw", judgement=judgement)
    assert sorted(row["id"] for row in clerk.read(back["go"].partition("#")[0])["preview"]["outcome"]["made"] if row["origins"]) == sorted(
        [one.id, other.id]
    )


def test_a_passage_is_taken_out_and_comes_back(clerk, case):
    fact = fact_of(case, 12)
    page = clerk.page(f"/same/fact/{fact.id}")
    form = next(form for form in page.xpath("//form") if form.action == "/same/split" and dict(form.form_values())["one"] == fact.claims[0])
    before = values(case)
    clerk.fill(form, reason="Another count.")
    assert who_settles(clerk)
    assert len(values(case)) == len(before) + 1
    (pair,) = clerk.read("/same?level=fact")["pairs"]
    assert (pair["decision"], pair["done"], pair["judgement"]["who"]) == ("split", True, "heron")
    clerk.send("/same/undo", judgement=pair["judgement"]["id"], reason="It is the same.")
    assert who_settles(clerk)
    assert values(case) == before


def test_a_body_that_many_name_is_shown_by_some_of_it_and_says_of_how_many(case, monkeypatch):
    """Of a body that 70,000 passages name, not all of them are read."""
    with reading(open_case(case)) as reader:
        found = reader.all(Entity, kind="organisation")
        claims, mentions = {claim for row in found for claim in row.claims}, {mention for row in found for mention in row.mentions}
        body = replace(found[0], claims=tuple(sorted(claims)), mentions=tuple(sorted(mentions)))
        monkeypatch.setattr(same, "thing_of", lambda *_: body)
        whole = same.thing_view(reader, "entity", body.id)
        assert len(body.claims) > 1
        monkeypatch.setattr(same, "AMONG", 1)
        looked: list[int] = []
        plain = Reader.all
        monkeypatch.setattr(
            Reader, "all", lambda self, kind, **how: looked.append(kind is Claim and len(how["id"])) or plain(self, kind, **how)
        )
        some = same.thing_view(reader, "entity", body.id)
    assert max(looked) == 1
    assert some.in_all == whole.in_all == len(body.mentions)
    assert 0 < len(some.members) <= len(whole.members)
    assert {row.id for row in some.members} <= {row.id for row in whole.members}


def test_organisations_have_a_page_and_are_made_one_with_a_look_ahead(clerk, case):
    with reading(open_case(case)) as reader:
        bodies = {row.label: row for row in reader.all(Entity) if row.kind == "organisation" and row.mentions}
    union = next(row for label, row in bodies.items() if "Harbour Union" in label)
    group = next(row for label, row in bodies.items() if "Mill Street" in label)
    found = clerk.read(f"/same/entity/{union.id}?find=mill street")["view"]
    assert [row["id"] for row in found["found"]] == [group.id]
    pair = clerk.page(f"/same/pair?level=entity&one={union.id}&other={group.id}")
    form = next(form for form in pair.xpath("//form") if form.action == "/same/merge")
    clerk.fill(form, reason="One body under two names.")
    assert who_settles(clerk)
    with reading(open_case(case)) as reader:
        homes = reader.entity_of([union.mentions[0], group.mentions[0]])
    assert len(set(homes.values())) == 1
    view = clerk.read(f"/same/entity/{next(iter(homes.values()))}")["view"]
    assert [row["decision"] for row in view["pairs"]] == ["merge"]
    with reading(open_case(case)) as reader:
        spoken = {fact for facts in reader.facts_of(union.claims).values() for fact in facts}
        others = set(reader.ids(Fact)) - {fact for facts in reader.facts_of([*union.claims, *group.claims]).values() for fact in facts}
    for fact, said in (*((fact, True) for fact in spoken), *((fact, False) for fact in others)):
        steps = clerk.read(f"/facts/{fact}/history")["view"]["steps"]
        assert ("Two voices were made one." in [row["says"] for row in steps]) == said


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/same/merge", {"level": "person", "one": "aaaa", "other": "bbbb", "reason": "x"}),
        ("/same/merge", {"level": "fact", "one": "aaaaaaaa", "other": "bbbbbbbb", "reason": "x"}),
        ("/same/undo", {"judgement": "ffffffff", "reason": "x"}),
        ("/same/preview", {"decision": "burn"}),
        ("/same/preview", {"decision": "withdraw", "judgement": "ffffffff"}),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(clerk, case, path, fields):
    before = head_of(case)
    assert clerk.send(path, **fields)["status"] == 422
    assert head_of(case) == before


def test_whoever_only_reads_sees_no_form_and_can_send_nothing(case):
    fact = fact_of(case, 12)
    with TestClient(create_app(open_case(case), gate=ReadOnly()), base_url=HERE) as client:
        for path in (f"/facts/{fact.id}", f"/facts/{fact.id}/lineage", "/same", f"/same/fact/{fact.id}"):
            page = lxml.html.fromstring(client.get(path).text)
            assert [form.action for form in page.xpath("//form[@method='post']")] in ([], ["/language"]), path
        for path in (
            f"/facts/{fact.id}/judge",
            f"/facts/{fact.id}/lineage/judge",
            f"/facts/{fact.id}/findings",
            "/same/merge",
            "/same/preview",
        ):
            assert client.post(path, data={"reason": "x"}).status_code == 403, path


# History


def test_history_tells_each_step_and_the_fact_as_it_was_then(clerk, case):
    fact = fact_of(case, 12)
    (edge,) = edges_of(case, fact)
    clerk.send(f"/facts/{fact.id}/lineage/judge", edge=edge.id, decision="dispute", reason="Two institutes.", seen=[])
    assert who_settles(clerk)
    merge(clerk, fact, fact_of(case, 13))
    now = next(row for row in rows_of(case, Fact)[0] if len(row.documents) == 3)
    view = clerk.read(f"/facts/{now.id}/history")["view"]
    assert view["exact"]
    steps = view["steps"]
    assert [row["what"] for row in steps].count("came") == 3
    assert [row["says"] for row in steps if row["what"] == "judged"] == ["An edge was disputed.", "Two facts were made one."]
    assert [row["reason"] for row in steps if row["what"] == "judged"] == ["Two institutes.", "One count, rounded."]
    assert [row["what"] for row in steps].count("counted") == 2
    assert view["at"] == len(steps) - 1
    views = {row["seq"]: clerk.read(f"/facts/{now.id}/history?at={row['seq']}")["view"] for row in steps}
    assert all(row["exact"] for row in views.values())
    told = {seq: row["then"] for seq, row in views.items()}
    came = [row["seq"] for row in steps if row["what"] == "came"]
    judged = [row["seq"] for row in steps if row["what"] == "judged"]
    assert (told[max(came)]["passages"], told[max(came)]["origins"]) == (2, "1 origin"), "before anything was decided"
    assert (told[judged[0]]["passages"], told[judged[0]]["origins"]) == (2, "1 to 2 origins")
    assert told[judged[1]]["passages"] == 3
    with reading(open_case(case)) as reader:
        stored = reader.get(Origins, now.id)
    assert stored is not None
    low, high = stored.min, stored.max
    assert view["now"]["origins"].startswith(str(low))
    assert view["now"]["passages"] == 3
    assert high >= low


def test_every_moment_of_the_history_is_what_the_case_then_said(clerk, case):
    """What the case says is noted after each decision; later, the history at that moment says the same."""
    fact = fact_of(case, 12)
    (edge,) = edges_of(case, fact)
    moments: list[tuple[int, int, tuple[int, int]]] = []

    def note() -> None:
        assert who_settles(clerk)
        with reading(open_case(case)) as reader:
            mine = [row for row in reader.all(Fact) if set(row.claims) & set(fact.claims)]
            best = max(mine, key=lambda row: (len(set(row.claims) & set(fact.claims)), row.id))
            counted = reader.get(Origins, best.id)
            moments.append((reader.head()[0], len(best.claims), (counted.min, counted.max)))

    note()
    clerk.send(f"/facts/{fact.id}/lineage/judge", edge=edge.id, decision="dispute", reason="Two.", seen=[])
    note()
    first = merge(clerk, fact, fact_of(case, 13))
    note()
    clerk.send("/same/undo", judgement=first, reason="No.")
    note()
    for seq, passages, counts in moments:
        then = clerk.read(f"/facts/{fact.id}/history?at={seq}")["view"]["then"]
        low, high = counts
        said = f"{low} origin" if (low, high) == (1, 1) else f"{low} to {high} origins" if low != high else f"{low} origins"
        assert (then["passages"], then["origins"]) == (passages, said), seq


def test_a_history_says_that_what_was_decided_is_not_in_the_numbers_yet(case):
    fact = fact_of(case, 12)
    (edge,) = edges_of(case, fact)
    idle = Somebody(case, "heron", Desk(open_case(case), Ticking()))
    before = idle.read(f"/facts/{fact.id}/history")
    assert before["recount"] is None
    idle.send(f"/facts/{fact.id}/lineage/judge", edge=edge.id, decision="dispute", reason="Two institutes.", seen=[])
    page = idle.read(f"/facts/{fact.id}/history")
    assert page["recount"]["waiting"]
    assert page["view"]["steps"][-1]["says"] == "An edge was disputed."
    assert page["view"]["now"] == before["view"]["now"]
    assert "Being counted again" in idle.client.get(f"/facts/{fact.id}/history").text


def test_the_slider_works_without_scripts(clerk, case):
    fact = fact_of(case, 12)
    page = clerk.page(f"/facts/{fact.id}/history?step=0")
    (form,) = page.xpath("//form[@data-slider]")
    assert form.xpath(".//input[@type='range']/@name") == ["step"]
    assert page.xpath("//a[@rel='next']/@href") == ["?step=1"]
    assert clerk.client.get(f"/facts/{fact.id}/history?step=99").status_code == 404
    assert clerk.client.get(f"/facts/{fact.id}/history?at=0").status_code == 404
