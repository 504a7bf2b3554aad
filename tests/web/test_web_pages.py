from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape
from pathlib import Path
from urllib.parse import urljoin

import pytest
import web_samples
from lxml import html
from starlette.testclient import TestClient

from armslength.base.masking import BLOCK
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.model.rights import READ
from armslength.pipeline.masking import looking
from armslength.store.case import Case
from armslength.store.read import reading
from armslength.web import app
from armslength.web.actions import ACTIONS
from armslength.web.guard import HEADERS, host_name
from armslength.web.pages import PAGES

LISTS = ("/", "/facts", "/documents", "/sources", "/custody", "/rejected", "/responses", "/timeline", "/search", "/about")


def text_of(client: TestClient, path: str) -> str:
    """What a page says, as a reader meets it: white space put together."""
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(html.fromstring(answer.text).text_content().split())


def fact_path(case: Case, label: str) -> str:
    with reading(case) as reader:
        return next(f"/facts/{row.id}" for row in reader.all(Fact) if row.label == label)


def document_path(name: str) -> str:
    return f"/documents/{web_samples.articles()[name].id}"


ALIKE = 6
"""Addresses of one kind that are followed: filters can be put together in thousands of ways. Of pictures and tables one: a PNG takes a second."""


def crawl(client: TestClient) -> dict[str, html.HtmlElement]:
    """Pages that links lead to from the first one, a few of each kind."""
    seen: dict[str, html.HtmlElement] = {}
    kinds: Counter[str] = Counter()
    queue, asked = deque(["/"]), set()
    while queue:
        path = queue.popleft()
        kind = re.sub(r"[0-9a-f]{32,64}", "ID", re.sub(r"\?.*" if path.startswith("/export") else r"=[^&]*", "", path))
        if path in asked or kinds[kind] == (1 if path.startswith("/export") else ALIKE):
            continue
        asked.add(path)
        kinds[kind] += 1
        answer = client.get(path)
        assert answer.status_code == 200, path
        if "html" not in answer.headers["content-type"]:
            continue
        seen[path] = html.fromstring(answer.text)
        for link in seen[path].xpath("//a[not(@download)]/@href"):
            assert not re.match(r"[a-z]+:", link), f"{path} leads away to {link}"
            queue.append(urljoin(path, link).partition("#")[0])
    return seen


def test_the_first_page_says_how_many_origins_stand_behind_the_articles(client):
    said = text_of(client, "/")
    assert "5 articles from 4 publishers, 1 to 3 origins" in said
    assert "102 contact offices abroad" in said
    assert "7 sources" in said
    assert "7 documents" in said


def test_a_superseded_fact_is_folded_under_the_later_one_with_its_denial(client):
    page = html.fromstring(client.get("/").text)
    (fold,) = page.xpath("//li[.//bdi='102 contact offices abroad']/details")
    assert "At least 54 contact offices abroad" in fold.text_content()
    assert "Denied" in fold.xpath("./summary")[0].text_content()
    assert not page.xpath("//section/ul/li/div/a/bdi[.='At least 54 contact offices abroad']")


def test_opinion_stands_apart_and_is_not_counted(client):
    page = html.fromstring(client.get("/").text)
    (section,) = page.xpath("//section[contains(@class, 'opinion')]")
    assert "opinion, not counted" in section.text_content()
    assert page.text_content().count("The affair is called the most brazen of its kind") == 1


def test_a_fact_says_its_value_its_chain_and_its_state(client, case):
    said = text_of(client, fact_path(case, "At least 54 contact offices abroad"))
    assert "at least 54" in said
    assert "as of September 2024" in said
    assert "1 to 3 independent origins" in said
    assert "Quay Watch report" in said
    assert "here “a study published on Monday”" in said
    assert "not named in this passage" in said
    assert "Verification of the source: not done" in said
    assert "no person has judged it yet" in said
    assert "Primary not seen" in said
    assert "Interested party" in said


def test_a_denial_stands_with_the_claim_in_full(client, case):
    page = html.fromstring(client.get(fact_path(case, "At least 54 contact offices abroad")).text)
    head = page.xpath("//header[@class='facthead']")[0].text_content()
    assert "The Karst embassy in The Hague denies that the offices exist" in head
    (section,) = page.xpath("//section[h2/@id='denied']")
    claims = page.xpath("//section[h2/@id='passages']//article")
    denials = section.xpath(".//article")
    assert "There are no such offices." in denials[0].text_content()
    assert denials[0].get("class") == claims[0].get("class")


def test_supersession_is_told_on_both_sides(client, case):
    assert "Superseded by 102 contact offices abroad" in text_of(client, fact_path(case, "At least 54 contact offices abroad"))
    assert "earlier: The same counter, Quay Watch, for a later date." in text_of(client, fact_path(case, "102 contact offices abroad"))


def test_edges_show_the_words_on_both_sides(client, case):
    page = html.fromstring(client.get(fact_path(case, "At least 54 contact offices abroad")).text)
    edges = page.xpath("//div[@class='edge']")
    assert len(edges) == 2
    assert all(len(edge.xpath(".//blockquote")) == 2 for edge in edges)


def test_a_document_page_holds_its_text_unchanged_but_for_the_names_of_persons(client, case):
    with looking(case) as reader:
        masked = {document.id: document.text for document in reader.all(Document)}
    assert any(BLOCK in text for text in masked.values())
    for name, document in web_samples.articles().items():
        if name == "hostile":
            continue
        page = html.fromstring(client.get(document_path(name)).text)
        shown = ["".join(part.itertext()).strip() for part in page.xpath("//div[contains(@class, 'reading')]//p[contains(@class, 'text')]")]
        text = masked[document.id]
        assert len(text) == len(document.text)
        assert shown == [text[block.start : block.end] for block in document.blocks]


def test_highlights_lead_to_claims_and_claims_to_facts(client):
    page = html.fromstring(client.get(document_path("herald")).text)
    refs = page.xpath("//a[@class='ref']/@href")
    assert len(refs) == 5
    for ref in refs:
        (card,) = page.xpath(f"//article[@id='{ref[1:]}']")
        assert card.xpath(".//a[starts-with(@href, '/facts/')]")
    inner = page.xpath("//mark[contains(@class, 'deep2')]")
    assert [piece.text for piece in inner] == ["54 contact offices in 30 countries"]
    assert len(inner[0].get("data-claims").split()) == 2


def test_boilerplate_copies_and_language_are_marked(client):
    assert html.fromstring(client.get(document_path("herald")).text).xpath("//p[contains(@class, 'boilerplate')]")
    assert html.fromstring(client.get(document_path("later")).text).xpath("//*[contains(@class, 'copy') and contains(., '102')]")
    page = html.fromstring(client.get(document_path("chinese")).text)
    assert page.xpath("//p[@lang='zh' and contains(., '各地联络站')]")
    assert "There is no reader for Chinese yet" in page.text_content()


def test_every_link_leads_to_a_page_of_the_case_and_every_anchor_to_a_place(client):
    pages = crawl(client)
    assert len(pages) > 25
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for link in page.xpath("//a[not(@download)]/@href"):
            target, _, anchor = urljoin(path, link).partition("#")
            assert not anchor or target not in pages or anchor in pages[target].xpath("//@id"), f"{path} links to {link}"


def test_no_page_takes_a_person_or_names_one_outside_quoted_text(client):
    assert not [page.path for page in PAGES if re.search("person|entit|people|name", page.path)]
    for path in ("/persons", "/people", f"/persons/{web_samples.PERSON}", "/entities"):
        assert client.get(path).status_code == 404
    assert "<section" not in client.get("/search?q=Solheim").text, "a search finds nobody"
    assert "Solheim" not in client.get("/facts?q=Solheim&about=Solheim").text
    for path, page in crawl(client).items():
        for quoted in page.xpath("//blockquote | //p[contains(@class, 'text')]"):
            quoted.drop_tree()
        assert "Solheim" not in html.tostring(page, encoding="unicode"), path
    assert web_samples.PSEUDONYM in text_of(client, document_path("herald"))


def test_hostile_text_stays_text(client):
    for path, page in crawl(client).items():
        scripts = {f"/static/{path.name}" for path in Path(app.__file__).with_name("static").glob("*.js")}
        assert set(page.xpath("//script/@src")) <= scripts, path
        assert not page.xpath("//style | //img | //iframe | //object | //@style | //base | //meta[@http-equiv]"), path
        assert not [name for name in page.xpath("//@*") if getattr(name, "attrname", "").startswith("on")], path
        assert "\u202e" not in html.tostring(page, encoding="unicode"), path
    page = html.fromstring(client.get(document_path("hostile")).text)
    assert "⟨U+202E⟩gnp.exe" in page.xpath("//h1")[0].text_content()
    words = "".join(page.xpath("//p[contains(@class, 'text')]")[0].itertext())
    assert words.startswith(web_samples.HOSTILE_WORDS)


def test_every_answer_carries_the_policy(client):
    paths = [*LISTS, "/nothing", "/facts/zz", "/static/page.css", "/static/keys.js", "/static/mark.svg", "/facts?about=zz"]
    for path in paths:
        answer = client.get(path)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (path, name)
        assert "set-cookie" not in answer.headers


def test_no_inline_style_or_script_in_the_pages(client):
    for path, page in crawl(client).items():
        assert not page.xpath("//style | //script[not(@src)] | //@style"), path
        assert not page.xpath("//@*[contains(., '//')]"), path


@pytest.mark.parametrize("host", ["evil.invalid", "127.0.0.1.evil.invalid", "localhost:80:80", "", "127.0.0.1:x", "[::1].evil"])
def test_another_host_name_is_refused(client, host):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Karst" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


def test_this_machines_names_are_served(client):
    for host in ("127.0.0.1", "127.0.0.1:8000", "localhost", "LOCALHOST:5", "[::1]:8000", "[::1]"):
        assert client.get("/about", headers={"host": host}).status_code == 200


def test_host_names_are_read_whole():
    assert host_name("localhost:80") == "localhost"
    assert host_name("[::1]") == "[::1]"
    assert host_name("localhost:8x") == ""


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_no_other_method_is_known(client, method):
    answer = client.request(method, "/")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"


def test_nothing_can_be_sent_where_pages_only_show(client):
    for action in (action for action in ACTIONS if action.right != READ):
        assert client.post(action.path, data={"who": "heron", "reason": "as if"}).status_code == 403


def test_head_answers_without_a_body(client):
    answer = client.head("/facts")
    assert answer.status_code == 200
    assert answer.content == b""


def test_the_description_of_the_interface_stands_in_one_place(client):
    assert client.get("/api/openapi.json").json()["openapi"] == "3.1.0"
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/facts/0", "/documents/0", "/sources/0", "/custody?page=0", "/custody?page=99", "/custody?page=-1", "/facts?page=x"],
)
def test_what_is_not_there_is_said_in_sentences(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.text


def test_a_mistake_of_the_program_is_said_in_sentences(case, monkeypatch):

    from armslength.web.page import Page

    def fail(reader, asked):
        raise ValueError("as if")

    monkeypatch.setattr(app, "PAGES", (Page(path="/", template="about.html", section="", context=fail),))
    with TestClient(app.create_app(case), base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        answer = client.get("/")
    assert answer.status_code == 500
    assert "Nothing in the case was changed." in answer.text
    assert "as if" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["content-security-policy"]


def test_facts_can_be_filtered(client):
    assert "1 of 8 facts" in text_of(client, "/facts?about=denials")
    assert "1 of 8 facts" in text_of(client, "/facts?about=opinion")
    assert "6 of 8 facts" in text_of(client, "/facts?origins=one")
    assert "0 of 8 facts" in text_of(client, "/facts?origins=several")
    assert "0 of 8 facts" in text_of(client, "/facts?about=denials&origins=repeated")


def test_what_was_not_used_is_listed_with_its_reason(client):
    said = text_of(client, "/rejected")
    for words in ("broken.pdf", "ends after 40 bytes", "There is no reader for Chinese yet", "A number that belongs to a newsletter"):
        assert words in said


def test_a_source_says_what_is_not_known_and_that_nothing_is_verified(client):
    source = web_samples.articles()["herald"].first.source
    said = text_of(client, f"/sources/{source}")
    assert "unknown: the file was handed over, not fetched" in said
    assert said.count("not done") == 3
    assert source in said
    assert "Source added" in said


def test_custody_shows_the_head_and_the_key(client, case):
    from armslength.model.custody import LogEntry

    with reading(case) as reader:
        rows = reader.all(LogEntry)
    said = text_of(client, "/custody")
    assert rows[-1].hash in said
    assert f"{len(rows)} entries" in said
    assert "Signing key made" in said


def test_responses_are_by_country_and_keep_opening_and_closing_apart(client):
    said = text_of(client, "/responses")
    assert "Netherlands" in said
    assert said.index("Investigation opened") < said.index("Investigation closed")


def test_the_title_names_the_case_and_the_page(client):
    title = html.fromstring(client.get("/custody").text).xpath("//title")[0].text
    assert unescape(title) == "Custody · The Karst contact offices"


def test_facts_can_be_chosen_ordered_and_paged(client):
    page = html.fromstring(client.get("/facts?about=answers&country=NL&sort=newest").text)
    assert (
        page.xpath("//ul[contains(@class, 'ledger')]/li/div/a/bdi/text()")
        == [
            "Netherlands: investigation opened",
            "Netherlands: investigation closed, no charge",
        ]
        or len(page.xpath("//ul[contains(@class, 'ledger')]/li/div/a")) == 2
    )
    assert page.xpath("//select[@name='country']/option[@selected]/@value") == ["NL"]
    assert "2 of 8 facts" in " ".join(page.text_content().split())
    assert client.get("/facts?sort=by-name").status_code == 404
    assert client.get("/facts?page=2").status_code == 404
    assert "No fact of this case is like that." in client.get("/facts?kind=no.such").text


def test_documents_and_refused_units_can_be_chosen(client):
    page = html.fromstring(client.get("/documents?language=zh").text)
    assert len(page.xpath("//ol/li")) == 1
    assert client.get("/documents?language=xx").status_code == 404
    reasons = html.fromstring(client.get("/rejected").text)
    assert len(reasons.xpath("//details")) == 3
    assert client.get("/rejected?reason=none").status_code == 404


def test_a_search_marks_what_it_found_and_leads_to_it(client):
    page = html.fromstring(client.get("/search?q=%22contact+offices%22").text)
    assert {mark.text_content().casefold() for mark in page.xpath("//mark")} == {"contact offices"}
    facts = page.xpath("//section[h2/@id='s-facts']//li")
    assert len(facts) == 3
    (link,) = facts[0].xpath(".//a[contains(@href, '#claim-')]/@href")
    target, _, anchor = link.partition("#")
    assert html.fromstring(client.get(target).text).xpath(f"//*[@id='{anchor}']")
    assert page.xpath("//p[@role='status']/a/@href")[0].startswith("/search?q=%22contact%20offices%22&what=facts")


def test_a_search_for_nothing_asks_for_words_and_one_without_an_answer_says_so(client):
    assert "<section" not in client.get("/search").text
    assert "Say a word that must be there." in client.get("/search?q=-offices").text
    assert "does not mean that it did not happen" in client.get("/search?q=zebulon").text
    assert client.get("/search?what=people").status_code == 404


def test_a_search_shows_hostile_words_as_words(client):
    page = client.get("/search", params={"q": "<script>alert(1)</script> offices"}).text
    assert "<script>alert" not in page
    found = client.get("/search", params={"q": "javascript"}).text
    assert '<a href="javascript' not in found
    assert html.fromstring(found).xpath("//mark")


def test_a_case_whose_lists_were_never_made_says_so(tmp_path):
    from datetime import UTC, datetime

    from armslength.base.clock import FixedClock
    from armslength.store.case import create_case
    from armslength.web.app import create_app

    made = create_case(tmp_path / "case", name="Old", clock=FixedClock(at=datetime(2026, 1, 1, tzinfo=UTC)), actor="heron")
    with TestClient(create_app(made), base_url="http://127.0.0.1") as client:
        for path in ("/", "/facts", "/documents", "/sources", "/rejected", "/search"):
            assert "The lists of this case are not made yet." in client.get(path).text
