"""Every page that can be reached, in Chromium: what axe-core says of it (WCAG 2.2 A and AA), and what it complains about or asks elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from browser_looks import AXE, LOOKS, SERIOUS, opened

LINKS = "() => [...document.querySelectorAll('a[href]:not([download])')].map((one) => one.getAttribute('href'))"
MOST = 80
"""Kinds of addresses that are followed."""


def pattern(path: str) -> str:
    """An address without what names one row: pages of one kind are looked at once."""
    parts = urlsplit(path)
    return re.sub(r"[0-9a-f]{16,64}", "ID", parts.path)


def reached(page, start: str) -> Iterator[str]:
    """One address of each kind, going from link to link; the page stands at it when it is handed out."""
    host, seen, queue = urlsplit(start).netloc, set(), [start]
    while queue and len(seen) < MOST:
        address = queue.pop(0)
        if pattern(address) in seen:
            continue
        seen.add(pattern(address))
        if not (answer := page.goto(address)) or "html" not in (answer.headers.get("content-type") or ""):
            continue
        yield address
        queue += [there for link in page.evaluate(LINKS) if urlsplit(there := urljoin(page.url, link)).netloc == host and is_page(there)]


def is_page(address: str) -> bool:
    return not re.search(r"\.(?:csv|json|geojson|svg|png)$|^/static|/log-?out", urlsplit(address).path)


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_no_page_keeps_anybody_out(browser, workplace, look):
    found, kinds = {}, []
    with opened(browser, look) as (page, problems):
        for address in reached(page, workplace.start):
            kinds.append(pattern(address))
            page.evaluate(AXE)
            if complaints := page.evaluate(SERIOUS):
                found[pattern(address)] = complaints
            if look == "phone":
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{address} is wider than a phone"
        assert len(kinds) > 12, kinds
        assert problems == []
    assert found == {}, "\n".join(f"{path}: {line}" for path, lines in found.items() for line in lines)


def test_pages_stand_from_right_to_left(browser, workplace):
    with opened(browser, "light") as (page, _):
        for address in reached(page, workplace.start):
            page.evaluate("document.documentElement.dir = 'rtl'")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{address} is wider than the window"


def test_looks_are_told_apart():
    assert {"light", "dark", "phone", "no-script"} == LOOKS.keys()
