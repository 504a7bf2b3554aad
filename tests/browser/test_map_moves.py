"""The map in a browser: moved by keys and buttons, without a script by the same buttons, and no request leaves."""

from __future__ import annotations

from playwright.sync_api import Browser


def zoom(page) -> int:
    return int(page.locator("#frame svg").get_attribute("data-zoom"))


def test_keys_and_buttons_move_it_and_keep_the_place_in_the_address(browser: Browser, address: str):
    page = browser.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(address) else None)
    page.goto(f"{address}/map")
    first = zoom(page)
    page.focus("#frame")
    page.keyboard.press("-")
    page.locator(f"#frame svg[data-zoom='{first - 1}']").wait_for()
    box = page.locator("#frame svg").get_attribute("viewBox")
    page.keyboard.press("ArrowRight")
    page.locator(f"#frame svg:not([viewBox='{box}'])").wait_for()
    assert "at=" in page.url
    page.click("button[data-move=in]")
    page.locator(f"#frame svg[data-zoom='{first}']").wait_for()
    assert page.evaluate("document.activeElement.dataset.move") == "in", "the focus stays on the button"
    assert wrong == []
    page.close()


def test_without_scripts_the_same_buttons_load_the_page(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/map?kind=incident")
    before = zoom(page)
    page.click("button[data-move=out]")
    assert zoom(page) == max(0, before - 1)
    assert "kind=incident" in page.url
    page.click("a:has(title):visible")
    assert page.locator("#there h3").count() >= 1
    context.close()
