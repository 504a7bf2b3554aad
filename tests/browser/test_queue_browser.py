"""The queue by keyboard alone, in Debian's Chromium; and how the queue and double coding look, light, dark and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_looks import AXE, SERIOUS
from browser_server import served
from playwright.sync_api import Browser, Page, expect

from armslength.model.decisions import Judgement
from armslength.model.facts import LineageEdge
from armslength.pipeline.coding import Plan, close_task, code, coding_of, make_task
from armslength.pipeline.desk import Desk
from armslength.store.case import Case, open_case
from armslength.store.read import reading
from armslength.web.app import create_app
from armslength.web.visitors import Laptop
from pipeline.reviewer_hands import Ticking, hand, keys_of, reviewed_case

LEAD = "Norland keeps secret police stations abroad to reach exiles, campaigners say.\n\n"
LAND = ("Norland", "Sudland", "Westland", "Ostland", "Midland", "Farland")
"""Each has a count that three pages give, two of them from one institute."""


def counted(land: str, number: int) -> dict[str, str]:
    said = f"{land} runs at least {number} overseas police stations"
    return {
        f"{land}-1.txt": f"A page about {land}\n\n{said}, according to the Lantern Institute, which visited each of them.\n",
        f"{land}-2.txt": f"Another about {land}\n\n{said}, a survey by Harbour Watch found. Harbour Watch visited each of them.\n",
        f"{land}-3.txt": f"A third about {land}\n\n{said}, Lantern Institute researchers said on Tuesday.\n",
    }


PAGES = {name: text for number, land in enumerate(LAND, 12) for name, text in counted(land, number).items()} | {
    "five.txt": f"A year\n\n{LEAD}In 2019 Norland persuaded 230,000 people to return, said a researcher at the Lantern Institute.\n",
    "six.txt": f"Another year\n\n{LEAD}In 2021 Norland persuaded 230,000 people to return, said a researcher at the Lantern Institute.\n",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return open_case(reviewed_case(tmp_path_factory.mktemp("queue-browser"), PAGES) / "case")


@pytest.fixture(scope="module")
def address(case: Case) -> Iterator[str]:
    with Desk(case, Ticking(), keys=keys_of(case.folder), quiet=0.0) as desk:
        app = create_app(case, gate=Laptop("t", hand=hand(case.folder)), desk=desk)
        with served(app) as found:
            yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    found = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong: list[str] = []
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" and "422" not in message.text else None)
    found.goto(f"{address}/queue?token=t")
    yield found
    found.close()
    assert wrong == []


def decided(case: Case) -> list[Judgement]:
    with reading(case) as reader:
        return [row for row in reader.all(Judgement) if row.decision in {"accept", "dispute", "merge", "split"}]


def test_one_decides_with_the_keyboard_alone_and_is_taken_to_the_next(page, case):
    items = page.locator(".item")
    before, first, second = items.count(), items.nth(0).get_attribute("data-item"), items.nth(1).get_attribute("data-item")
    assert before > 1
    page.keyboard.press("j")
    expect(items.nth(0)).to_be_focused()
    page.keyboard.press("r")
    expect(page.locator(f"[data-item='{first}'] input[name=reason]")).to_be_focused()
    page.keyboard.type("Two surveys of their own.")
    page.keyboard.press("Enter")
    expect(page.locator(".item.done .outcome")).to_contain_text("Disputed: this fact has")
    expect(page.locator("#said")).to_contain_text("Disputed")
    expect(page.locator(f"[data-item='{second}']")).to_be_focused()
    (row,) = decided(case)
    assert (row.decision, row.reason, row.who) == ("dispute", "Two surveys of their own.", "heron")
    page.keyboard.press("s")
    expect(page.locator(".outcome")).to_have_count(2)
    assert len(decided(case)) == 1, "what is put off is not decided"


def test_with_one_reason_for_all_a_key_is_enough(page, case):
    page.locator("#every-reason").fill("Read beside each other.")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    known = len(decided(case))
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator(".outcome")).to_have_count(1)
    assert [row.reason for row in decided(case)][known:] != []
    assert len(decided(case)) == known + 1
    page.reload()
    expect(page.locator("#every-reason")).to_have_value("Read beside each other.")


def test_open_shows_the_page_of_what_it_is_about(page):
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/facts/*")


def test_a_refusal_is_said_and_the_reason_asked_again(page, case):
    with reading(case) as reader:
        edge = next(iter(reader.all(LineageEdge)), None)
    assert edge is not None
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.keyboard.type("   ")
    page.keyboard.press("Enter")
    expect(page.locator("#said .wrong")).to_contain_text("needs a reason")


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_how_it_looks(browser, address, case, shots, look):
    task = make_task(
        case.folder,
        Plan(title=f"Pilot {look}", coders=("heron", "finch"), variables=("is_claim", "kind", "value"), sample=3),
        reason="Try.",
        hand=hand(case.folder),
        clock=Ticking(),
    ).id
    size = {"width": 390, "height": 844} if look == "phone" else {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, color_scheme="dark" if look == "dark" else "light")
    page = context.new_page()
    page.goto(f"{address}/?token=t")
    _look(page, address, shots, look, ("queue", "/queue"), ("coding", "/coding"), ("coding-open", f"/coding/{task}"))
    with reading(case) as reader:
        units = coding_of(reader, task).task.units
    for who, codes in (("heron", {"kind": "quantity", "value": "12"}), ("finch", {"kind": "denial", "value": "12"})):
        code(case.folder, task, units[0].id, codes, hand=hand(case.folder, who), clock=Ticking())
    close_task(case.folder, task, reason="Enough.", hand=hand(case.folder), clock=Ticking())
    _look(page, address, shots, look, ("coding-ended", f"/coding/{task}"), ("coding-settle", f"/coding/{task}/adjudicate"))
    context.close()


def _look(page: Page, address: str, shots: Path, look: str, *wanted: tuple[str, str]) -> None:
    for name, path in wanted:
        assert page.goto(address + path).status == 200
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than the window"
        page.evaluate(AXE)
        assert page.evaluate(SERIOUS) == [], name
        page.screenshot(path=shots / f"{name}-{look}.png", full_page=True)
