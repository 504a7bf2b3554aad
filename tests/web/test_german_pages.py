"""Every page in German on a case like the demonstration's: no sentence of the program is left in English.

What documents say stands in `q`, `blockquote`, `cite`, or names its language, and is left out. A text is taken for the program's own where
`told` knows it, or where it is the same on the English page and reads like a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from armslength.base.clock import SystemClock
from armslength.base.language import speaking
from armslength.base.settings import Settings
from armslength.pipeline.building import NewCase, build
from armslength.pipeline.reviewing import add_reviewer
from armslength.store.case import open_case
from armslength.store.reviewer_keys import reviewers_folder
from armslength.web.app import create_app
from armslength.web.retelling import told
from armslength.web.visitors import Laptop

CORPUS = Path(__file__).parents[2] / "examples" / "corpus"
QUOTED = "ancestor-or-self::*[self::q or self::blockquote or self::cite or self::code or self::kbd or self::script or self::style]"
ELSEWHERE = "ancestor-or-self::*[@lang][1][@lang != 'de']"
NAMED = "ancestor-or-self::*[self::bdi or self::title or self::text]"
NAME = re.compile(r"(?:an? )?[A-Z]?[a-z]+")
"""A word in a `bdi` may be somebody's name: a voice that a text calls `Officers`. Titles and pictures hold titles of documents."""
READS_LIKE_ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
SAME_IN_BOTH = re.compile(
    r"[\d.,:–/ -]*|.*(?:January|April|August|September|November) \d{4}.*|Portugal.*|Pseudonym|Person( \w{4})?|[A-Z]{3,4}|nominal|ordinal"
)
"""What German and English write alike."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The example corpus, served to a reviewer."""
    home = tmp_path_factory.mktemp("german")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(home / "config"))
        patch.setenv("XDG_RUNTIME_DIR", str(home))
        clock = SystemClock()
        build(home / "case", [CORPUS], manifest=CORPUS / "manifest.csv", settings=Settings(), clock=clock, new=NewCase(name="Beispiel"))
        hand = add_reviewer(home / "case", "heron", keys=reviewers_folder(), clock=clock)
        app = create_app(open_case(home / "case"), gate=Laptop("as-if-random", hand=hand))
        with TestClient(app, base_url="http://127.0.0.1:8765") as client:
            client.get("/?token=as-if-random")
            yield client


def page(client: TestClient, path: str, lang: str) -> html.HtmlElement | None:
    answer = client.get(path, headers={"accept-language": lang, "accept": "text/html"})
    assert answer.status_code == 200, path
    return html.fromstring(answer.text) if "html" in answer.headers["content-type"] else None


@pytest.fixture(scope="module")
def pairs(demo: TestClient) -> dict[str, tuple[html.HtmlElement, html.HtmlElement]]:
    """Address to the page in German and in English: up to three of each kind that links lead to."""
    found: dict[str, tuple[html.HtmlElement, html.HtmlElement]] = {}
    kinds: dict[str, int] = {}
    queue = ["/", "/you", "/vault", "/progress", "/search?q=stations"]
    while queue:
        path = queue.pop(0)
        kind = re.sub(r"[0-9a-f]{16,64}", "ID", path.partition("#")[0].partition("?")[0])
        if kinds.get(kind, 0) >= (3 if "ID" in kind else 2) or re.match(r"/(export|static|logout)", kind):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        german, english = page(demo, path, "de"), page(demo, path, "en")
        if german is not None and english is not None:
            found[path] = (german, english)
            queue += [str(link) for link in german.xpath("//a[starts-with(@href, '/') and not(@download)]/@href")]
    assert len({path.partition("?")[0].split("/")[1] for path in found}) > 18
    return found


def texts(found: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """Every text of a page that is not what a document says, with the element it stands in."""
    for element in found.iter():
        if not isinstance(element.tag, str):
            continue
        here = [element.text, *(child.tail for child in element)]
        here += [element.get(name) for name in ("title", "aria-label", "placeholder", "alt")]
        if not element.xpath(QUOTED) and not element.xpath(ELSEWHERE):
            yield from ((element, " ".join(text.split())) for text in here if text and text.strip())


def left_in_english(german: html.HtmlElement) -> set[str]:
    """Texts that the program knows as its own and could say in German."""
    with speaking("de"):
        found = {text: element for element, text in texts(german) if told(text) != text and not SAME_IN_BOTH.fullmatch(text)}
    return {text for text, element in found.items() if not (element.xpath(NAMED) and (element.tag != "bdi" or NAME.fullmatch(text)))}


def read_alike(german: html.HtmlElement, english: html.HtmlElement) -> set[str]:
    """Texts that stand in both and read like English; names of people's making stand apart and are not looked at."""
    both = {text for _, text in texts(english)}
    found = {text for element, text in texts(german) if text in both and not element.xpath(NAMED) and READS_LIKE_ENGLISH.search(text)}
    return {text for text in found if not SAME_IN_BOTH.fullmatch(text)}


def test_no_page_holds_a_sentence_of_the_program_in_english(pairs):
    assert {path: found for path, (german, _) in pairs.items() if (found := left_in_english(german))} == {}


def test_nothing_that_reads_like_english_is_the_same_on_both_pages(pairs):
    assert {path: found for path, pair in pairs.items() if (found := read_alike(*pair))} == {}


def test_what_is_looked_for_is_there_to_be_found(pairs):
    english = [page for _, page in pairs.values()]
    for one in english:
        one.set("lang", "de")  # as if this were a German page that nobody translated
    known = set().union(*(left_in_english(one) for one in english))
    alike = set().union(*(read_alike(one, one) for one in english))
    assert len(known) > 300
    assert len(alike) > 100
    assert "read by the program; no person has judged it yet" in known
    assert "Both go back to Valdoria's Ministry of Public Order." in known


def test_files_and_programs_are_answered_in_english(demo):
    german = {"accept-language": "de"}
    for path in ("/api/facts", "/api/queue", "/export/facts.csv", "/export/timeline.svg", "/export/methods.json"):
        assert demo.get(path, headers=german).status_code == 200
        ours = demo.get(path, headers=german).text
        assert "Sites worldwide" in ours or "Numbers" in ours or "Physical intimidation" in ours, path
        assert not re.search(r"Standort|Zahlen|Einschüchterung|Ursprung", ours), path
