"""How pages are looked at: light, dark, on a phone, without scripts; and what they complain about."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
SERIOUS = """async () => (await axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })).violations
  .filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`)"""
LOOKS = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 900}},
    "phone": {"color_scheme": "light", "viewport": {"width": 360, "height": 740}, "has_touch": True},
    "no-script": {"color_scheme": "light", "viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
}


@contextmanager
def opened(browser: Browser, look: str) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it complains about or asks of other hosts."""
    problems: list[str] = []
    context = browser.new_context(**LOOKS[look])
    page = context.new_page()
    page.on("console", lambda said: problems.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda asked: problems.append(asked.url) if urlsplit(asked.url).hostname != "127.0.0.1" else None)
    try:
        yield page, problems
    finally:
        context.close()
