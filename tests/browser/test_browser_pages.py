from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser_looks import LOOKS, opened
from playwright.sync_api import Page

PLAIN = ("/", "/facts", "/documents", "/sources", "/custody", "/rejected", "/responses", "/timeline", "/about")
FACT = "At least 54 contact offices abroad"
ARTICLE = "Karst runs at least 54 contact offices abroad, group says"
CONTRAST = """() => {
  const parse = (said) => said.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => { const f = (v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const behind = (node) => { for (; node; node = node.parentElement) { const c = parse(getComputedStyle(node).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement, style = getComputedStyle(node);
    if (!walker.currentNode.data.trim() || node.closest("svg, dialog, .skip") || style.visibility === "hidden" || !node.getClientRects().length) continue;
    const [a, b] = [light(parse(style.color)), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${node.tagName}.${node.className} ${walker.currentNode.data.trim().slice(0, 40)}`);
  }
  return poor;
}"""


def follow(page: Page, name: str) -> None:
    """Press the first link of this name and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).first.click()


def addresses(page: Page, address: str) -> list[str]:
    """One page of every kind."""
    found = []
    for start, label in (
        ("/facts", FACT),
        ("/documents", ARTICLE),
        ("/documents", "Nothing to see"),
        ("/documents", "关于海外联络站的通知"),
    ):
        page.goto(address + start)
        found.append(page.get_by_role("link", name=label).first.get_attribute("href") or "")
    page.goto(address + "/sources")
    found.append(page.get_by_role("link", name="herald.html").first.get_attribute("href") or "")
    return [*PLAIN, *found]


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_opens_without_a_complaint(browser, address, shots: Path, look):
    with opened(browser, look) as (page, problems):
        for path in addresses(page, address):
            answer = page.goto(address + path)
            assert answer is not None
            assert answer.status == 200
            page.screenshot(path=shots / f"{re.sub('[^a-z0-9]+', '-', path[:24]).strip('-') or 'case'}-{look}.png", full_page=True)
            if look == "no-script":
                assert page.locator("h1").is_visible()
            else:
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= page.viewport_size["width"], path
        assert problems == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_text_has_enough_contrast(browser, address, look):
    with opened(browser, look) as (page, _):
        for path in addresses(page, address):
            page.goto(address + path)
            assert page.evaluate(CONTRAST) == [], path


def test_the_keyboard_walks_through_claims(browser, address):
    with opened(browser, "light") as (page, problems):
        page.goto(address + "/documents")
        follow(page, ARTICLE)
        numbers = []
        for key in "jjjk":
            page.keyboard.press(key)
            numbers.append(page.evaluate("document.activeElement.dataset.n"))
        assert numbers == ["1", "2", "3", "2"]
        assert page.locator("mark.here").all_inner_texts() == ["54 contact offices in 30 countries"]
        page.keyboard.press("?")
        assert page.get_by_role("dialog").is_visible()
        page.keyboard.press("Escape")
        assert not page.get_by_role("dialog").is_visible()
        assert problems == []


def test_the_first_tab_skips_to_the_text_and_focus_is_seen(browser, address):
    with opened(browser, "light") as (page, _):
        page.goto(address + "/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_highlight_leads_to_its_claim_and_on_to_the_fact(browser, address):
    with opened(browser, "light") as (page, problems):
        page.goto(address + "/documents")
        follow(page, ARTICLE)
        page.get_by_role("link", name="Claim 1", exact=True).click()
        card = page.locator(".record.current")
        with page.expect_navigation():
            card.get_by_role("link", name="5 articles").click()
        assert page.locator("h1").inner_text() == FACT
        assert page.locator("svg.lineage").is_visible()
        assert problems == []


def test_a_hostile_document_runs_nothing(browser, address):
    with opened(browser, "light") as (page, problems):
        page.on("dialog", lambda dialog: problems.append(dialog.message))
        page.goto(address + "/documents")
        follow(page, "Nothing to see")
        assert page.locator("main img, main script, main a[href^=javascript]").count() == 0
        assert problems == []


def test_a_fact_prints_with_its_hashes_and_its_denial(browser, address, shots: Path):
    with opened(browser, "light") as (page, _):
        page.goto(address + "/facts")
        follow(page, FACT)
        page.emulate_media(media="print")
        assert page.locator(".exhibit").first.is_visible()
        assert page.locator(".exhibit-foot h2").is_visible()
        assert page.locator("svg.lineage").is_visible()
        assert not page.locator(".top nav").is_visible()
        colour, ground = page.locator(".flag.denied").first.evaluate(
            "node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
        )
        assert colour == "rgb(0, 0, 0)"
        assert ground == "rgba(0, 0, 0, 0)"
        page.emulate_media(media="screen")
        data = page.pdf(path=shots / "fact.pdf")
        assert data.startswith(b"%PDF-")


def test_a_document_prints(browser, address, shots: Path):
    with opened(browser, "light") as (page, _):
        page.goto(address + "/documents")
        follow(page, ARTICLE)
        assert len(page.pdf(path=shots / "document.pdf")) > 10_000
