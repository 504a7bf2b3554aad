"""Reading and deciding in Chromium: a document beside its records, without a mouse; words chosen by their place in every script."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from browser_looks import AXE, SERIOUS, opened
from playwright.sync_api import Page, expect

from armslength.base.clock import FixedClock, SystemClock
from armslength.base.masking import BLOCK
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement, told
from armslength.model.evidence import Collection, Document, Source
from armslength.model.outcome import StageRun
from armslength.pipeline.desk import Desk
from armslength.pipeline.masking import looking
from armslength.pipeline.reviewing import add_reviewer
from armslength.store.case import Case, create_case, open_case
from armslength.store.read import reading
from armslength.store.reviewer_keys import reviewers_folder
from armslength.store.write import writing
from armslength.web.app import create_app
from armslength.web.visitors import Laptop

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))


@dataclass(frozen=True)
class Desktop:
    """A case with a worker behind its desk, served to heron; finch decides elsewhere."""

    case: Case
    desk: Desk
    address: str

    def open(self, page: Page, doc: str, query: str = "") -> None:
        page.goto(f"{self.address}/?token=as-if-random")
        page.goto(f"{self.address}/documents/{doc}{query}")
        page.locator("html.ready").wait_for()

    def judgements(self) -> list[Judgement]:
        with reading(self.case) as reader:
            rows = [row for row in reader.all(Judgement) if row.who == "heron" and row.decision != "reviewer"]
        return sorted(rows, key=lambda row: row.when)


@pytest.fixture
def desktop(examples: Path, tmp_path: Path, serving) -> Iterator[Desktop]:
    shutil.copytree(examples, tmp_path / "case")
    case = open_case(tmp_path / "case")
    heron = add_reviewer(case.folder, "heron", keys=reviewers_folder(), clock=SystemClock())
    with (
        Desk(case, SystemClock(), quiet=0.1) as desk,
        serving(create_app(case, gate=Laptop("as-if-random", hand=heron), desk=desk)) as address,
    ):
        yield Desktop(case=case, desk=desk, address=address)


def most_read(case: Case) -> tuple[str, list[Claim]]:
    """The document with the most claims, and these."""
    with reading(case) as reader:
        claims = [reader.all(Claim, doc=row.id) for row in reader.all(Document)]
    found = max(claims, key=len)
    return found[0].doc, found


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def decide(page: Page, key: str, count: str) -> None:
    """Decide about the claim at hand with the reason that is proposed, and wait until it is kept."""
    press(page, key)
    expect(page.locator("form.why input[name=reason]:focus")).to_be_visible()
    press(page, "Enter")
    expect(page.locator("#filters a[data-show=decided] .count")).to_have_text(count)


def test_a_document_is_decided_without_a_mouse(browser, desktop):
    doc, claims = most_read(desktop.case)
    with opened(browser, "light") as (page, problems):
        desktop.open(page, doc)
        page.locator(".record").first.focus()
        for place in range(5):
            decide(page, "a", str(place + 1))
        decide(page, "r", "6")
        press(page, "r")
        page.keyboard.type("It is only said of one office.")
        press(page, "Enter")
        expect(page.locator("#filters a[data-show=decided] .count")).to_have_text("7")
        press(page, "e")
        expect(page.locator("form.why select[name=kind]:focus")).to_be_visible()
        press(page, "Tab", "Tab")
        page.keyboard.type("Hypothetical")
        for _ in range(12):
            if page.evaluate("document.activeElement.name") == "reason":
                break
            press(page, "Tab")
        press(page, "Enter")
        expect(page.locator(".record.s-edited")).to_have_count(1)
        expect(page.locator(".record.s-edited .reading-of")).to_have_count(2)
        expect(page.locator(".record.current summary")).to_be_visible()
        assert [row.decision for row in desktop.judgements()] == ["accept"] * 5 + ["reject"] * 2 + ["edit"]
        assert [row.target for row in desktop.judgements()] == [row.id for row in claims[:8]], (
            "after each the next undecided claim is at hand"
        )
        assert desktop.judgements()[6].reason == "It is only said of one office."
        press(page, "u")
        expect(page.locator(".record.s-edited")).to_have_count(0)
        expect(page.locator("#said")).to_contain_text("taken back")
        press(page, "a", "2")
        expect(page.locator("form.why input[name=reason]:focus")).to_be_visible()
        press(page, "Escape")
        assert page.evaluate("document.activeElement.classList.contains('record')")
        assert problems == []


def test_a_missed_claim_is_added_from_words_chosen_with_the_arrows(browser, desktop):
    doc, _ = most_read(desktop.case)
    with opened(browser, "light") as (page, problems):
        desktop.open(page, doc)
        page.locator(".record").first.focus()
        press(page, "n", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "x", "Shift+ArrowLeft", "x", "Shift+ArrowLeft")
        chosen = page.evaluate("document.getSelection().toString()")
        assert len(chosen.split()) == 3
        press(page, "Enter")
        page.keyboard.type("site func")
        press(page, "Enter")
        assert page.locator("#adding-form select[name=kind]").input_value().startswith("site")
        page.locator("#voice-kind").focus()
        press(page, "Tab", "Enter", "Space", "Enter")
        expect(page.locator("#adding-voices li")).to_have_count(1)
        page.locator("#adding-form input[name=reason]").focus()
        press(page, "Enter")
        expect(page.locator("#said")).to_contain_text("The claim is added.")
        (kept,) = desktop.judgements()
        assert " ".join(told(kept)["claim"]["quote"].split()) == " ".join(chosen.split())
        assert len(told(kept)["claim"]["attribution"]) == 2
        expect(page.locator(".record.s-added")).to_have_count(1, timeout=60_000)
        assert page.locator(".record.s-added .num").inner_text() == "+"
        for number in ("1", "3"):
            page.locator(f"a.ref[data-n='{number}']").focus()
            assert page.locator(".record.current").get_attribute("data-n") == number, "the numbers of this page stay as they are"
        assert problems == []


def test_a_claim_is_split_with_the_keyboard(browser, desktop):
    doc, claims = most_read(desktop.case)
    with opened(browser, "light") as (page, problems):
        desktop.open(page, doc)
        page.locator(".record").first.focus()
        press(page, "s", "ArrowRight", "Enter")
        halves = page.locator(".halves li").all_inner_texts()
        press(page, "Enter")
        expect(page.locator(".record.s-rejected")).to_have_count(1)
        quotes = [told(row)["claim"]["quote"] for row in desktop.judgements() if "claim" in told(row)]
        assert [" ".join(one.split()) for one in quotes] == [" ".join(one.split()) for one in halves]
        assert " ".join(" ".join(quotes).split()) == " ".join(claims[0].quote.split())
        assert problems == []


def test_who_was_overtaken_sees_it_and_decides_again(browser, desktop):
    doc, claims = most_read(desktop.case)
    finch = add_reviewer(desktop.case.folder, "finch", keys=reviewers_folder(), clock=SystemClock())
    with opened(browser, "light") as (page, problems):
        desktop.open(page, doc)
        page.locator(".record").first.focus()
        desktop.desk.say_of(claims[0].id, level="claim", decision="reject", hand=finch, reason="Of another place.")
        press(page, "a", "Enter")
        expect(page.locator("#said")).to_contain_text("finch decided (reject)")
        expect(page.locator(f"#claim-{claims[0].id} .standing")).to_contain_text("Of another place.")
        assert desktop.judgements() == []
        press(page, "a", "Enter")
        expect(page.locator(".record.s-accepted")).to_have_count(1)
        assert [row.target for row in desktop.judgements()] == [claims[0].id]
        assert [one for one in problems if "409" not in one] == [], "Chromium tells of every answer that is none"


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
def test_open_forms_keep_nobody_out(browser, desktop, shots: Path, look):
    doc, _ = most_read(desktop.case)
    with opened(browser, look) as (page, problems):
        desktop.open(page, doc)
        page.locator(".record.current").focus()
        page.evaluate(AXE)
        found = page.evaluate(SERIOUS)
        for keys in (["a"], ["Escape", "e"], ["Escape", "n"], ["Enter"], ["Escape", "?"]):
            press(page, *keys)
            page.screenshot(path=shots / f"reader-{'-'.join(keys).replace('?', 'keys')}-{look}.png")
            found += page.evaluate(SERIOUS)
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert problems == []


def test_text_and_records_keep_step(browser, desktop):
    doc, _ = most_read(desktop.case)
    with opened(browser, "light") as (page, problems):
        page.set_viewport_size({"width": 1280, "height": 420})
        desktop.open(page, doc)
        seen = set()
        for _ in range(12):
            page.mouse.wheel(0, 150)
            page.wait_for_timeout(120)
            seen.add(page.locator(".record.current").get_attribute("data-n"))
        assert len(seen) > 3
        assert page.locator(".record details[open]").count() == 1
        last = page.locator(".ref").last
        last.focus()
        assert page.locator(".record.current").get_attribute("data-n") == last.get_attribute("data-n")
        page.locator(".record").first.focus()
        page.wait_for_timeout(1200)
        box = page.locator("mark").first.bounding_box()
        assert box is not None
        assert 0 <= box["y"] <= 420, "the text came along"
        press(page, "f")
        assert page.locator("#filters a[aria-current]").get_attribute("data-show") == "undecided"
        assert problems == []


def test_keys_can_be_put_out(browser, desktop):
    doc, _ = most_read(desktop.case)
    with opened(browser, "light") as (page, _):
        desktop.open(page, doc)
        press(page, "?")
        page.locator("#single-keys").focus()
        press(page, "Space", "Escape")
        page.locator(".record").first.focus()
        press(page, "a")
        assert page.locator("form.why[data-decision]").count() == 0


TRICKY = (
    "Plain words, then 😀 and 𠀀𠀁, a soft\u00adhyphen, a \u202eturned word\u202c and\r\nanother line.",
    "ئۇيغۇر تىلىدا يېزىلغان بىر جۈملە. ئىككىنچى جۈملە مۇشۇ يەردە.",
    "قالت المجموعة إن هناك 54 مكتباً. ونفت السفارة ذلك.",
    "各地联络站应当为侨胞提供服务。人权组织公布了名单。",
    "<b>Hostile</b> & <script>alert(1)</script> words.",
)
ROUND = """async () => {
  const { Text } = await import("/static/reader-text.js");
  const text = new Text(document.getElementById("text"));
  const wrong = [];
  for (const one of text.paragraphs) {
    for (const [start, end] of [...one.stretches("word"), ...one.stretches("sentence"), [one.start, one.end]]) {
      const selection = document.getSelection();
      selection.removeAllRanges();
      selection.addRange(text.range(start, end));
      const found = text.selected();
      if (!found || found[0] !== start || found[1] !== end) wrong.push([start, end, found]);
    }
  }
  return [wrong, text.paragraphs.map((one) => [one.start, one.end]), text.paragraphs.map((one) => one.stretches("word"))];
}"""


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory, serving) -> Iterator[tuple[str, Document]]:
    """A document in many scripts, served; and the document."""
    import web_samples

    clock = FixedClock(at=datetime(2026, 1, 2, tzinfo=UTC))
    case = create_case(tmp_path_factory.mktemp("scripts") / "case", name="Scripts", clock=clock, actor="tester")
    document = web_samples.document("scripts.txt", "Scripts", None, None, [("paragraph", words) for words in TRICKY])
    sample = web_samples.claims(web_samples.articles())["opinion"]
    start = document.text.index("联络站")
    claim = replace(sample, id="c" * 64, doc=document.id, start=start, end=start + 3, quote="联络站")
    data = document.text.encode()
    with writing(case, clock=clock, actor="tester") as writer:
        source = Source(id=document.first.source, size=len(data), media_type="text/plain")
        act = Collection(
            id="a" * 64, source=source.id, file="scripts.txt", method="upload", collected_at="2026-01-02T03:04:05.000006Z", clock="fixed",
            collector="tester", tool="armslength", tool_version="0",
        )  # fmt: skip
        writer.add_source(data, source=source, collection=act)
        writer.put(StageRun(id="ingest", version="1", input_hash="0" * 64, output_hash=""), [document])
        writer.put(StageRun(id="extract", version="1", input_hash="0" * 64, output_hash=""), [claim])
    with serving(create_app(case)) as address:
        yield address, document


def test_places_are_code_points_in_every_script(browser, scripts):
    address, document = scripts
    with opened(browser, "light") as (page, problems):
        page.goto(f"{address}/documents/{document.id}")
        page.locator("html.ready").wait_for()
        wrong, paragraphs, words = page.evaluate(ROUND)
        assert wrong == []
        assert paragraphs == [[block.start, block.end] for block in document.blocks]
        shown = [[document.text[low:high] for low, high in found] for found in words]
        assert "😀" not in shown[0]
        assert shown[0][-2:] == ["another", "line"]
        assert shown[1][0] == "ئۇيغۇر"
        assert shown[2][3:5] == ["هناك", "54"]
        assert 8 < len(shown[3]) < 23, "Chinese has words, and no spaces"
        assert shown[4][:2] == ["b", "Hostile"]
        assert page.locator("main script, main b").count() == 0
        assert problems == []


def test_blocks_over_a_name_can_be_chosen_like_words(browser, desktop):
    doc, _ = most_read(desktop.case)
    with opened(browser, "light") as (page, problems):
        desktop.open(page, doc)
        wrong, _, words = page.evaluate(ROUND)
        assert wrong == []
        with looking(desktop.case) as reader:
            document = reader.get(Document, doc)
        assert document is not None
        chosen = [document.text[low:high] for found in words for low, high in found]
        assert [word for word in chosen if BLOCK in word], "the document names a person who is protected"
        assert all(set(word) == {BLOCK} for word in chosen if BLOCK in word)
        assert problems == []


def test_the_arrows_follow_the_direction_of_the_text(browser, desktop, scripts):
    address, document = scripts
    with opened(browser, "light") as (page, problems):
        page.goto(f"{address}/documents/{document.id}")
        page.locator("html.ready").wait_for()
        steps = page.evaluate(
            """async (at) => {
              const { Text } = await import("/static/reader-text.js");
              const { Chooser } = await import("/static/reader-choose.js");
              const chooser = new Chooser(new Text(document.getElementById("text")));
              chooser.begin({ at, told: () => {}, taken: () => {}, left: () => {} });
              const out = [];
              for (const key of ["ArrowLeft", "ArrowLeft", "ArrowRight"]) {
                chooser.key(new KeyboardEvent("keydown", { key }));
                out.push([chooser.start, chooser.end]);
              }
              return out;
            }""",
            document.blocks[1].start,
        )
        words = document.text[document.blocks[1].start : document.blocks[1].end].split()
        assert [document.text[low:high] for low, high in steps] == [words[1], words[2], words[1]]
        assert problems == []
