"""The site opens from a disk, leads everywhere by links, asks nobody for anything, and shows no protected name outside a quotation."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from publish_samples import content

from armslength.publish.site import pages


class Page(HTMLParser):
    """What a browser would act on."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.ids, self.words, self.quotes = [], [], set(), "", ""
        self._in = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append((tag, told))
        self._in.append(tag)
        self.links += [told[name] for name in ("href", "src", "action", "xlink:href") if told.get(name)]
        self.ids.add(told.get("id"))

    def handle_endtag(self, tag):
        while self._in and self._in.pop() != tag:
            pass

    def handle_data(self, data):
        if {"blockquote", "q"} & set(self._in):
            self.quotes += data
        else:
            self.words += data


def site(case=None):
    return {name: b"".join(lines).decode() for name, lines in pages.files(replace(case or content(), title="Harbour <b>"))}


def read(case=None):
    return {name: Page(text) for name, text in site(case).items() if name.endswith(".html")}


def test_every_link_leads_to_a_page_of_the_site_and_every_anchor_is_there():
    found = read()
    names = site()
    for name, page in found.items():
        for link in page.links:
            target, _, anchor = link.partition("#")
            assert (target or name) in names, f"{name} leads to {link}"
            assert not anchor or anchor in found[target or name].ids, f"{name} leads to {link}"


def test_every_page_is_reached_from_the_first():
    found, seen, todo = read(), set(), ["index.html"]
    while todo:
        name = todo.pop()
        if name not in seen and name in found:
            seen.add(name)
            todo += [link.partition("#")[0] for link in found[name].links]
    assert seen == set(found)


def test_nothing_runs_and_nothing_is_fetched():
    for name, text in site().items():
        assert (
            not re.search(r"(?:https?:)?//(?!www\.w3\.org/2000/svg)", text.replace("http://www.w3.org/2000/svg", "")) or name == "style.css"
        )
        assert "@import" not in text
        assert "url(" not in text
    for page in read().values():
        for tag, told in page.tags:
            assert tag not in {"script", "iframe", "object", "embed", "form", "img"}
            assert not [name for name in told if name.startswith("on") or name == "style"]


def test_what_was_read_stays_words():
    case = content()
    nasty = replace(case, facts=[replace(fact, label=f"<script>alert(1)</script> {fact.label}") for fact in case.facts])
    assert not [tag for page in read(nasty).values() for tag, _ in page.tags if tag == "script"]
    assert "Harbour <b>" in read()["index.html"].words


def test_a_fact_shows_its_summary_its_denial_and_its_origins():
    page = read()[pages.page_of("a" * 64)]
    for words in (
        "1 independent origin: Person 7K",
        "Denied",
        "the embassy denies what Person 7K said",
        "Interested party",
        "Primary not seen",
    ):
        assert words in page.words
    assert "The embassy denied it" in page.quotes


def test_no_protected_name_stands_outside_a_quotation():
    for name, page in read().items():
        assert "Ferrer" not in page.words, name


def test_a_document_shows_only_what_is_quoted():
    (text,) = [text for name, text in site().items() if name.startswith("document-")]
    assert "at least 12 offices" in text
    assert "exist in Oslo" not in text


def test_the_map_draws_places_and_says_so_in_words():
    page = read()["map.html"]
    circles = [told for tag, told in page.tags if tag == "circle"]
    assert {told["class"] for told in circles} == {"site", "incident"}
    oslo = next(told for told in circles if told["class"] == "site")
    assert (float(oslo["cx"]), float(oslo["cy"])) == (pytest.approx((10.75 + 180) * 10, abs=1), pytest.approx((90 - 59.91) * 10, abs=1))
    assert "Oslo" in page.words


def test_an_empty_case_has_a_site_too():
    empty = replace(content(), documents=[], claims=[], facts=[], origins={}, relations=[], edges=[], sites=[], incidents=[], responses=[])
    assert "Nothing is dated." in read(empty)["timeline.html"].words


def test_the_same_case_gives_the_same_bytes():
    assert site() == site()
