"""A day of work in Chromium without a mouse: read, accept, reject, add, dispute, make one and take apart, find, take along."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser_looks import opened
from playwright.sync_api import Page, expect

from armslength.base.clock import SystemClock
from armslength.model.claims import Claim
from armslength.model.decisions import Finding, Judgement, told
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.pipeline.desk import Desk
from armslength.pipeline.reviewing import add_reviewer
from armslength.store.case import Case, open_case
from armslength.store.read import Reader, reading
from armslength.store.reviewer_keys import reviewers_folder
from armslength.store.verify import verify_case
from armslength.web.app import create_app
from armslength.web.visitors import Laptop

SECONDS = 90
"""How long the worker may take: a busy machine takes a quarter of it."""


@dataclass(frozen=True)
class Office:
    """One case and one desk; heron and finch each at a machine of their own."""

    case: Case
    heron: str
    finch: str

    def judgements(self, *decisions: str) -> list[Judgement]:
        with reading(self.case) as reader:
            return [row for row in reader.all(Judgement) if row.decision in decisions]

    def facts(self) -> set[str]:
        with reading(self.case) as reader:
            return {row.id for row in reader.all(Fact)}


@pytest.fixture
def office(examples: Path, tmp_path: Path, serving) -> Iterator[Office]:
    shutil.copytree(examples, tmp_path / "case")
    case = open_case(tmp_path / "case")
    hands = {who: add_reviewer(case.folder, who, keys=reviewers_folder(), clock=SystemClock()) for who in ("heron", "finch")}
    with Desk(case, SystemClock(), quiet=0.1) as desk:
        apps = {who: create_app(case, gate=Laptop("t", hand=hand), desk=desk) for who, hand in hands.items()}
        with serving(apps["heron"]) as heron, serving(apps["finch"]) as finch:
            yield Office(case=case, heron=heron, finch=finch)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def to(page: Page, wanted: str, *, most: int = 400) -> None:
    """Go by Tab alone to what is called so, or has this name or address."""
    for _ in range(most):
        press(page, "Tab")
        here = page.evaluate(
            "() => { const at = document.activeElement;"
            " return [at.innerText, at.getAttribute('name'), at.getAttribute('href')].filter(Boolean).map((one) => one.trim()); }"
        )
        if any(one.startswith(wanted) for one in here):
            return
    raise AssertionError(f"Tab never came to {wanted!r} at {page.url}")


def follow(page: Page, wanted: str) -> None:
    """Go to a link and along it; a page that shows work going on is left when it has shown the end of it."""
    expect(page.locator("[data-doing]")).to_have_count(0, timeout=SECONDS * 1000)
    to(page, wanted)
    with page.expect_navigation():
        press(page, "Enter")


def wait(until: Callable[[], object]) -> None:
    limit = time.monotonic() + SECONDS
    while not until():
        assert time.monotonic() < limit
        time.sleep(0.2)


def busiest(reader: Reader) -> list[str]:
    """Documents by their number of claims, the most first."""
    counts = {row.id: len(reader.all(Claim, doc=row.id)) for row in reader.all(Document)}
    return sorted(counts, key=lambda doc: -counts[doc])


def decide(page: Page, key: str) -> None:
    """Decide about the claim at hand, with the reason that is proposed or one that is typed, and wait until it is kept."""
    count = page.locator("#filters a[data-show=decided] .count")
    before = int(count.inner_text())
    press(page, key)
    expect(page.locator("form.why input[name=reason]:focus")).to_be_visible()
    if not page.evaluate("document.activeElement.value"):
        page.keyboard.type("It does not say so.")
    press(page, "Enter")
    expect(count).to_have_text(str(before + 1), timeout=SECONDS * 1000)


def add_claim(page: Page, words: int) -> None:
    """Add a claim from the first words of the text."""
    press(page, "n", "ArrowRight", *["Shift+ArrowRight"] * words, "Enter")
    page.keyboard.type("site func")
    press(page, "Enter")
    page.locator("#adding-form input[name=reason]").focus()
    press(page, "Enter")
    expect(page.locator("#said")).to_contain_text("The claim is added.")


def test_a_day_of_work_without_a_mouse(browser, office):
    with reading(office.case) as reader:
        docs = busiest(reader)
    with opened(browser, "light") as (page, problems):
        page.goto(f"{office.heron}/?token=t")
        dispute_an_edge(page, office)
        read_and_decide(page, office, docs)
        make_one_and_take_apart(page, office)
        conclude(page, office, browser)
        take_along(page, office)
        assert problems == []
    assert verify_case(open_case(office.case.folder)).problems == ()


def read_and_decide(page: Page, office: Office, docs: list[str]) -> None:
    """Accept 20, reject 5, add 2, in two documents."""
    left = {"a": 20, "r": 5}
    for doc in docs[:2]:
        follow(page, "Documents")
        follow(page, f"/documents/{doc}")
        page.locator("html.ready").wait_for()
        page.locator(".record").first.focus()
        undecided = int(page.locator("#filters a[data-show=undecided] .count").inner_text())
        for _ in range(undecided):
            key = "r" if left["r"] and left["a"] < 20 and (left["a"] + left["r"]) % 4 == 0 else "a"
            key = key if left[key] else "ra"[key == "r"]
            if not left[key]:
                break
            decide(page, key)
            left[key] -= 1
        add_claim(page, 3)
    assert left == {"a": 0, "r": 0}
    assert [len(office.judgements(word)) for word in ("accept", "reject")] == [20, 5]
    assert len([row for row in office.judgements("add") if "claim" in told(row)]) == 2
    wait(lambda: added(office) == 2)


def added(office: Office) -> int:
    with reading(office.case) as reader:
        return sum(row.reader.name == "a person" for row in reader.all(Claim))


def dispute_an_edge(page: Page, office: Office) -> None:
    """Dispute an edge from the queue, and see how many origins the fact has now."""
    follow(page, "Queue")
    follow(page, "Edges")
    press(page, "j", "r")
    page.keyboard.type("Two surveys of their own.")
    press(page, "Enter")
    expect(page.locator(".item.done .outcome")).to_contain_text("Disputed: this fact has", timeout=SECONDS * 1000)
    assert len(office.judgements("dispute")) == 1


def make_one_and_take_apart(page: Page, office: Office) -> None:
    """Make two facts one after looking at what would become of them, and take it back."""
    wait(lambda: not page.request.get(f"{office.heron}/api/progress").json()["now"]["busy"])
    before = office.facts()
    follow(page, "One or two")
    to(page, "level")
    page.keyboard.type("fact")
    follow(page, "Show")
    follow(page, "What would become of it?")
    expect(page.locator("section[aria-labelledby=preview]")).to_contain_text("Would come")
    to(page, "reason")
    page.keyboard.type("One inquiry, told twice.")
    with page.expect_navigation():
        press(page, "Enter")
    wait(lambda: office.facts() != before)
    page.goto(f"{office.heron}/same?level=fact")
    to(page, "reason")
    page.keyboard.type("Two inquiries after all.")
    with page.expect_navigation():
        press(page, "Enter")
    wait(lambda: office.facts() == before)


def conclude(page: Page, office: Office, browser) -> None:
    """Heron proposes a finding, finch seconds it."""
    follow(page, "Facts")
    follow(page, "/facts/")
    address = page.url.removeprefix(office.heron)
    to(page, "Propose a finding")
    press(page, "Enter")
    to(page, "statement")
    page.keyboard.type("The ministry announced the offices itself.")
    to(page, "evidence_for")
    press(page, "Space")
    to(page, "reason")
    page.keyboard.type("Its own notices say so.")
    with page.expect_navigation():
        press(page, "Enter")
    expect(page.locator(".finding")).to_contain_text("Waits for a second person")
    with opened(browser, "light") as (other, problems):
        other.goto(f"{office.finch}/?token=t")
        other.goto(f"{office.finch}{address}#findings")
        other.locator(".finding form input[name=reason]").focus()
        other.keyboard.type("I have read them too.")
        with other.expect_navigation():
            press(other, "Enter")
        expect(other.locator(".finding")).to_contain_text("Finding of two people")
        assert problems == []
    with reading(office.case) as reader:
        assert [(row.author, row.second_reviewer) for row in reader.all(Finding)] == [("heron", "finch")]


def take_along(page: Page, office: Office) -> None:
    """Take the facts along as a table."""
    follow(page, "Facts")
    to(page, "CSV")
    with page.expect_download() as found:
        press(page, "Enter")
    text = found.value.path().read_text(encoding="utf-8-sig")
    assert "origins" in text.lower()
    assert len(text.splitlines()) > 20
