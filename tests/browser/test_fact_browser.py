"""A fact by keyboard alone, in Debian's Chromium: an edge disputed, a chain of merges undone, a finding of two people; and how it looks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browser_looks import LOOKS
from browser_server import served
from fact_pages import PAGES
from large_fact import large_case
from playwright.sync_api import Browser, Page, expect

from armslength.base.clock import FixedClock
from armslength.model.facts import Fact, LineageEdge
from armslength.pipeline.desk import Desk
from armslength.store.case import Case, open_case
from armslength.store.read import reading
from armslength.web.app import create_app
from armslength.web.visitors import Laptop
from pipeline.reviewer_hands import Ticking, hand, reviewed_case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return open_case(reviewed_case(tmp_path_factory.mktemp("fact-browser"), PAGES) / "case")


@pytest.fixture(scope="module")
def two(case: Case) -> Iterator[dict[str, str]]:
    """Where each of two reviewers works; one desk behind both."""
    with Desk(case, Ticking(), quiet=0.0) as desk:
        apps = {who: create_app(case, gate=Laptop("t", hand=hand(case.folder, who)), desk=desk) for who in ("heron", "finch")}
        with served(apps["heron"]) as one, served(apps["finch"]) as other:
            yield {"heron": one, "finch": other}


@pytest.fixture
def pages(browser: Browser, two: dict[str, str]) -> Iterator[dict[str, Page]]:
    opened, wrong = {}, []
    for who, address in two.items():
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}/?token=t")
        opened[who] = page
    yield opened
    for page in opened.values():
        page.close()
    assert wrong == []


def fact_of(case: Case, value: int) -> Fact:
    with reading(case) as reader:
        return next(row for row in reader.all(Fact) if row.value == value and row.measure.startswith("sites"))


def facts_with(case: Case, documents: int) -> list[Fact]:
    with reading(case) as reader:
        return [row for row in reader.all(Fact) if row.measure.startswith("sites") and len(row.documents) == documents]


def to(page: Page, name: str, *, role: str = "button", most: int = 120) -> None:
    """Go to a control by Tab alone."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate("() => document.activeElement.innerText || document.activeElement.getAttribute('name') || ''")
        if here.strip().startswith(name):
            return
    raise AssertionError(f"Tab never came to the {role} {name!r}")


def test_an_edge_is_disputed_from_the_picture_and_the_count_changes(pages, two, case):
    page, fact = pages["heron"], fact_of(case, 12)
    page.goto(f"{two['heron']}/facts/{fact.id}/lineage")
    page.locator(".picture.canvas").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.querySelector('title').textContent") == "A page about stations, one.txt"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.getAttribute('class') || ''").startswith("tie"), "arrows walk to the bow"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#evidence")).to_be_visible()
    assert page.locator(".panel figure").count() == 2
    page.keyboard.press("r")
    page.keyboard.type("Two institutes of one name.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#recount")).to_have_text("1 to 2 origins now, was 1 origin.", timeout=30_000)
    expect(page.locator(".panel")).to_contain_text("Disputed by heron")
    page.keyboard.press("a")
    page.keyboard.type("One institute after all.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#recount")).to_have_text("1 origin now, was 1 to 2 origins.", timeout=30_000)


def test_a_chain_of_merges_is_made_and_its_first_undone_by_keyboard(pages, two, case):
    page, start = pages["heron"], two["heron"]
    before = sorted(row.id for row in facts_with(case, 1))

    def make_one(one: Fact, other: Fact, documents: int) -> None:
        page.goto(f"{start}/same/pair?level=fact&one={one.id}&other={other.id}")
        to(page, "Try it without")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("section[aria-labelledby=preview]")).to_contain_text("Would come")
        to(page, "reason")
        page.keyboard.type("One count, rounded.")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        wait(lambda: facts_with(case, documents))

    make_one(fact_of(case, 12), fact_of(case, 13), 3)
    make_one(facts_with(case, 3)[0], fact_of(case, 15), 4)
    whole = facts_with(case, 4)[0]
    page.goto(f"{start}/same/fact/{whole.id}")
    assert page.locator("section[aria-labelledby=made] form[action='/same/undo']").count() == 2
    first = page.locator("section[aria-labelledby=made] form[action='/same/undo']").last
    first.locator("input[name=reason]").focus()
    page.keyboard.type("Two counts.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Taken back")
    wait(lambda: not facts_with(case, 4))
    page.goto(f"{start}/same?level=fact")
    page.locator("section[aria-labelledby=whatsaid] input[name=reason]").first.focus()
    page.keyboard.type("Wrong as well.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    wait(lambda: sorted(row.id for row in facts_with(case, 1)) == before)


def wait(until: object, seconds: float = 40.0) -> None:
    limit = time.monotonic() + seconds
    while not until():  # type: ignore[operator]
        assert time.monotonic() < limit
        time.sleep(0.1)


def test_a_finding_is_made_by_two_people_by_keyboard(pages, two, case):
    fact = fact_of(case, 12)
    page = pages["heron"]
    page.goto(f"{two['heron']}/facts/{fact.id}")
    to(page, "Propose a finding")
    page.keyboard.press("Enter")
    to(page, "statement")
    page.keyboard.type("Norland ran stations abroad.")
    to(page, "evidence_for")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    to(page, "reason")
    page.keyboard.type("Two pages of one institute.")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".finding")).to_contain_text("Waits for a second person")
    assert page.locator(".finding form").count() == 0
    other = pages["finch"]
    other.goto(f"{two['finch']}/facts/{fact.id}#findings")
    other.locator(".finding form input[name=reason]").focus()
    other.keyboard.type("I have read both.")
    with other.expect_navigation():
        other.keyboard.press("Enter")
    expect(other.locator(".finding")).to_contain_text("Finding of two people")
    expect(other.locator(".finding")).to_contain_text("finch")


def test_the_slider_shows_each_moment_in_place(pages, two, case):
    page, fact = pages["heron"], fact_of(case, 12)
    page.goto(f"{two['heron']}/facts/{fact.id}/history")
    steps = page.locator("[data-steps] li").count()
    assert steps >= 2
    page.locator("#step").focus()
    now = page.locator(".compare").inner_text()
    for _ in range(steps - 1):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#stepsays")).to_contain_text("came into the case", timeout=20_000)
    expect(page.locator("a[rel=next]")).to_have_count(1)
    assert page.locator("#moment").inner_text() != now
    assert "step=0" in page.url


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    made = large_case(tmp_path_factory.mktemp("large-browser") / "case", FixedClock(at=datetime(2026, 1, 2, tzinfo=UTC)))
    with reading(made) as reader:
        fact = reader.all(Fact)[0].id
    with served(create_app(made)) as address:
        yield f"{address}/facts/{fact}"


def test_five_hundred_nodes_can_be_walked_zoomed_and_unfolded(browser, large, shots: Path):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{large}/lineage")
    page.screenshot(path=shots / "lineage-500-folded.png", full_page=True)
    wide = page.locator("svg[data-lineage]").bounding_box()["width"]
    page.locator(".picture.canvas").focus()
    page.keyboard.press("-")
    assert page.locator("svg[data-lineage]").bounding_box()["width"] < wide
    page.keyboard.press("0")
    page.keyboard.press("ArrowRight")
    before = page.evaluate("document.activeElement.dataset.n")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.n") not in {None, before}
    page.get_by_role("link", name="Unfold everything").click()
    page.wait_for_url("**open=all**")
    overlaps = page.evaluate(OVERLAPS)
    page.screenshot(path=shots / "lineage-500-open.png")
    assert page.locator("svg[data-lineage] a[data-n]").count() >= 490
    assert overlaps == []
    page.close()


OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll("svg[data-lineage] text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
  boxes.sort((a, b) => a[1].top - b[1].top);
  const wrong = [];
  boxes.forEach(([name, a], place) => {
    for (const [other, b] of boxes.slice(place + 1)) {
      if (b.top >= a.bottom - 3) break;
      if (a.left < b.right && b.left < a.right) wrong.push(`${name} / ${other}`);
    }
  });
  return wrong;
}"""
"""Texts of the picture that lie on one another as the browser sets them."""


@pytest.mark.parametrize("look", LOOKS)
def test_how_it_looks(browser, two, case, shots: Path, look):
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    page.goto(f"{two['heron']}/?token=t")
    fact = fact_of(case, 12)
    with reading(case) as reader:
        edge = next(row.id for row in reader.all(LineageEdge) if {row.from_id, row.to_id} <= set(fact.claims))
    for name, path in {
        "fact": f"/facts/{fact.id}",
        "lineage": f"/facts/{fact.id}/lineage?edge={edge[:12]}",
        "history": f"/facts/{fact.id}/history?step=1",
        "same": "/same",
        "thing": f"/same/fact/{fact.id}",
    }.items():
        page.goto(two["heron"] + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{name} is wider than the window"
        page.screenshot(path=shots / f"{name}-{look}.png", full_page=True)
    context.close()
