"""Pages in other languages: which is chosen, what is translated, and that translations keep what belongs to the program."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest
import web_samples
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from lxml import html
from starlette.testclient import TestClient

from armslength.base.clock import FixedClock
from armslength.base.language import count, languages, say, speaking
from armslength.store.case import Case
from armslength.web.app import create_app
from armslength.web.visitors import Laptop

ROOT = Path(__file__).parent.parent.parent
CATALOGUES = sorted((ROOT / "src" / "armslength" / "locale").glob("*/LC_MESSAGES/armslength.po"))
GERMAN = {"accept-language": "de-DE,de;q=0.9,en;q=0.5"}
TOKEN = "as-if-random"

KEPT = re.compile(r"%\(\w+\)s|</?\w[^>]*>|&\w+;|`[^`]*`|%%|https?://\S+|armslength(?: \w+)?(?=</code>)")
"""What belongs to the program and not to the language: placeholders, tags with their attributes, entities, commands."""


def named(path: Path) -> str:
    return path.parent.parent.name


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """`scripts/translations.py`, which is no package."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "scripts" / "translations.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=named(path))


def forms(found: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (found,) if isinstance(found, str) else tuple(found)


def messages(path: Path) -> Iterator[Message]:
    """The sentences of a catalogue, without its head."""
    yield from (message for message in catalogue(path) if message.id)


def page(client: TestClient, path: str, lang: str = "de") -> html.HtmlElement:
    answer = client.get(path, headers={"accept-language": lang})
    assert answer.status_code == 200, path
    return html.fromstring(answer.text)


def words_of(found: html.HtmlElement) -> str:
    return " ".join(found.text_content().split())


def navigation(found: html.HtmlElement) -> list[str]:
    return [words_of(link) for link in found.xpath("//header//nav//li/a")]


def spoken_of(element: html.HtmlElement) -> str:
    """The language that a browser takes the words of an element to be in."""
    return str(element.xpath("string((ancestor-or-self::*/@lang)[last()])"))


def test_german_is_one_of_the_languages():
    assert [named(path) for path in CATALOGUES] == [tag for tag in languages() if tag != "en"]
    assert "de" in languages()


def test_every_catalogue_is_complete_and_in_step_with_the_code(script, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["translations.py", "--check"])
    failed = script.main()
    assert capsys.readouterr().err == ""
    assert failed == 0


def test_a_sentence_that_nobody_translated_is_named(script):
    template = script.extracted()
    template.add("A sentence that only this test has.")
    _, _, left = script.updated(CATALOGUES[0], template)
    assert left == ["A sentence that only this test has."]


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_translations_keep_placeholders_tags_and_commands(path):
    checked = 0
    for message in messages(path):
        sentences, translations = forms(message.id), forms(message.string)
        assert len(translations) == (catalogue_plurals(path) if message.pluralizable else 1), sentences
        for number, text in enumerate(translations):
            like = sentences[min(number, len(sentences) - 1)]
            assert Counter(KEPT.findall(text)) == Counter(KEPT.findall(like)), (like, text)
            checked += 1
    assert checked > 800


def catalogue_plurals(path: Path) -> int:
    return int(catalogue(path).num_plurals)


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_translations_can_stand_in_an_attribute_and_be_filled_in(path):
    for message in messages(path):
        for text in forms(message.string):
            bare = re.sub(r"</?\w[^>]*>", "", text)
            assert not re.search(r'["<>]', bare), text
            assert "%" not in re.sub(r"%\(\w+\)s|%%", "", text), text
            assert text == text.strip(), text


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_the_compiled_catalogue_says_what_the_written_one_does(path):
    with speaking(named(path)):
        for message in messages(path):
            written = forms(message.string)
            if message.pluralizable:
                assert (count(*message.id, 1), count(*message.id, 2)) == (written[0], written[-1])
            else:
                assert say(str(message.id)) == written[0]


@pytest.mark.parametrize("path", CATALOGUES, ids=named)
def test_the_head_of_a_catalogue_holds_no_placeholders(path):
    head = path.read_text(encoding="utf-8").partition("\n\n")[0]
    assert not re.search(r"FIRST AUTHOR|FULL NAME|EMAIL|ORGANIZATION|VERSION\b|LL@", head)


@pytest.mark.parametrize(("path", "title"), [("/facts", "Tatsachen"), ("/about", "Wie das zu lesen ist"), ("/documents", "Dokumente")])
def test_a_page_is_german_where_the_browser_asks_for_it(client, path, title):
    found = page(client, path, GERMAN["accept-language"])
    assert (found.get("lang"), found.get("dir")) == ("de", "ltr")
    assert words_of(found.find(".//h1")) == title
    assert found.findtext(".//title").startswith(title)
    assert {"Warteschlange", "Tatsachen", "Dokumente", "Verwahrung"} <= set(navigation(found))
    assert "Queue" not in navigation(found)
    assert "Zum Text springen" in words_of(found)


def test_every_link_of_the_navigation_is_translated(client):
    english, german = navigation(page(client, "/about", "en")), navigation(page(client, "/about"))
    assert len(english) == len(german) > 10
    assert [one for one, other in zip(english, german, strict=True) if one == other] == []


def test_how_to_read_this_holds_no_english_sentence(client):
    english, german = (page(client, "/about", lang).get_element_by_id("main") for lang in ("en", "de"))
    places = "//h1|//h2|//li|//dd|//main//p"
    pairs = list(zip(english.xpath(places), german.xpath(places), strict=True))
    assert len(pairs) > 25
    assert [words_of(one) for one, other in pairs if words_of(one) == words_of(other)] == []


def test_quotes_stay_in_the_language_of_their_source(client):
    quotes = page(client, "/facts").xpath("//q")
    assert any("54 contact offices" in words_of(quote) for quote in quotes)
    assert {spoken_of(quote) for quote in quotes} == {""}, "a list does not know the language, and says so"
    titles = {words_of(link): spoken_of(link) for link in page(client, "/documents").xpath("//li//a/bdi")}
    assert titles["Karst’s 54 offices abroad"] == "en"
    assert titles["关于海外联络站的通知"] == "zh"


def test_the_passages_of_a_fact_are_english_on_a_german_page(client):
    address = page(client, "/facts").xpath("//ul[contains(@class, 'ledger')]//div[@class='what']/a/@href")[0]
    found = page(client, address)
    assert "Wer es wem sagt" in words_of(found)
    quotes = found.xpath("//article//blockquote")
    assert quotes
    assert {spoken_of(quote) for quote in quotes} == {"en"}
    english = [words_of(quote) for quote in page(client, address, "en").xpath("//article//blockquote")]
    assert [words_of(quote) for quote in quotes] == english


def test_numbers_take_the_form_of_the_language(client):
    rows = {words_of(row) for row in page(client, "/documents").xpath("//p[@class='howmany']")}
    assert {"1 Aussage", "2 Aussagen", "0 Aussagen"} <= rows
    assert "Dieser Fall enthält 7 Quellen und 7 Dokumente" in words_of(page(client, "/"))
    assert "This case holds 7 sources and 7 documents" in words_of(page(client, "/", "en"))


@pytest.mark.parametrize("asked", ["xx", "fr, it;q=0.9", "", "de;q=0", "*", "de;q=none", "en, de;q=0.9"])
def test_a_language_that_is_not_there_gives_english(client, asked):
    found = page(client, "/facts", asked)
    assert found.get("lang") == "en"
    assert "Queue" in navigation(found)
    assert "Warteschlange" not in navigation(found)


def test_the_interface_for_programs_speaks_english(client):
    assert client.get("/api/facts", headers=GERMAN).json()["title"] == "Facts"
    assert client.get("/api/facts", headers=GERMAN).json() == client.get("/api/facts").json()


def test_what_is_not_there_is_said_in_german(client):
    answer = client.get("/nothing-here", headers=GERMAN)
    assert answer.status_code == 404
    assert "Unter dieser Adresse gibt es nichts" in answer.text
    assert html.fromstring(answer.text).get("lang") == "de"
    assert client.get("/api/nothing-here", headers=GERMAN).json()["says"].startswith("There is nothing at this address.")


@pytest.fixture
def owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    case: Case = web_samples.sample_case(tmp_path / "case", FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)))
    with TestClient(create_app(case, gate=Laptop(TOKEN)), base_url="http://127.0.0.1:8765", follow_redirects=False) as client:
        assert client.get(f"/?token={TOKEN}").status_code == 303
        yield client


def choose(client: TestClient, lang: str) -> int:
    token = page(client, "/about").xpath("string(//meta[@name='csrf']/@content)")
    return client.post("/language", data={"lang": lang, "then": "/about", "csrf": token}).status_code


def test_the_choice_of_a_session_goes_before_the_browsers_wish(owner):
    assert page(owner, "/about", "de").get("lang") == "de"
    assert choose(owner, "en") == 303
    assert page(owner, "/about", "de").get("lang") == "en"
    assert page(owner, "/about", "de").xpath("//select[@name='lang']/option[@selected]/@value") == ["en"]
    assert choose(owner, "de") == 303
    assert page(owner, "/about", "en").get("lang") == "de"
    assert page(owner, "/facts", "fr").get("lang") == "de"


def test_a_language_that_is_not_there_cannot_be_chosen(owner):
    assert choose(owner, "xx") == 422
    assert page(owner, "/about", "de").get("lang") == "de"
