"""What pages give as files: every view, in every format, masked, saying what it is, and noted in the log."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import web_samples
from lxml import etree
from starlette.testclient import TestClient

from armslength.model.custody import LogEntry
from armslength.pipeline import tabling
from armslength.pipeline.tabling import About, Column, Table, csv_bytes, json_bytes
from armslength.pipeline.views import listing
from armslength.pipeline.views.counted import everything
from armslength.store.case import Case
from armslength.store.read import reading
from armslength.web import exports
from armslength.web.app import create_app
from armslength.web.downloads import EXPORTS
from armslength.web.exports import MEDIA_TYPES, downloads
from armslength.web.picture_files import _signs, png_file, svg_file
from pipeline import mapped_samples

HEAD = "armslength: {view} of the case The Karst contact offices."


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return mapped_samples.mapped_case(tmp_path_factory.mktemp("exports") / "case")


@pytest.fixture
def client(mapped: Case) -> Iterator[TestClient]:
    with TestClient(create_app(mapped), base_url="http://127.0.0.1") as found:
        yield found


def addresses(client: TestClient) -> list[str]:
    fact = re.search(r'href="/facts/([0-9a-f]{64})"', client.get("/facts").text)
    assert fact
    return [download.path.replace("{id}", fact[1]) for download in downloads(EXPORTS)]


def table(client: TestClient, address: str) -> tuple[str, list[dict[str, str]]]:
    """The line that says what it is, and the rows."""
    lines = client.get(address).content.decode("utf-8-sig").split("\r\n")
    return lines[0], list(csv.DictReader(io.StringIO("\n".join(lines[1:]))))


def test_every_view_is_given_in_every_format_it_has(client):
    for address in addresses(client):
        answer = client.get(address)
        form = address.rpartition(".")[2]
        assert answer.status_code == 200, address
        assert answer.headers["content-type"] == MEDIA_TYPES[form]
        assert re.fullmatch(
            rf"attachment; filename\*=UTF-8''the-karst-contact-offices-[\w-]+-\d{{4}}-\d\d-\d\d\.{form}",
            answer.headers["content-disposition"],
        )
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_file_holds_a_protected_name(client):
    for address in addresses(client):
        assert b"Solheim" not in client.get(address).content, address


def test_every_file_says_what_it_is_a_view_of(client):
    for export in EXPORTS:
        for form in set(export.formats) - {"png"}:
            address = next(
                found for found in addresses(client) if re.fullmatch(f"/export/{export.name.replace('{id}', '.*')}.{form}", found)
            )
            told = client.get(address).text
            assert "Names of protected persons are masked." in told, address
            assert "The Karst contact offices" in told, address
            assert export.title in told.replace("&#x27;", "'"), address
            assert re.search(r"20\d\d-\d\d-\d\dT\d\d:\d\d", told), address


def test_making_a_file_is_an_event_of_the_log(mapped, client):
    client.get("/export/map.geojson?country=PT")
    with reading(mapped) as reader:
        last = reader.all(LogEntry, event="view.exported")[-1]
    entry = json.loads(last.entry)
    assert entry["subject"] == "/export/map.geojson"
    assert entry["data"]["query"] == "country=PT"


def test_a_fact_takes_its_denials_along(client):
    line, rows = table(client, "/export/facts.csv")
    assert HEAD.format(view="Facts") in line
    assert "8 facts (scope: Everything documented)." in line
    (many,) = [row for row in rows if row["label"] == "At least 54 contact offices abroad"]
    assert many["denied_by"] == "The Karst embassy in The Hague denies that the offices exist"
    assert (many["articles"], many["origins_min"], many["origins_max"]) == ("5", "1", "3")
    told = client.get("/export/facts.json").json()
    assert told["about"]["masked"] is True
    assert next(row for row in told["rows"] if row["id"] == many["id"])["denied_by"] == [many["denied_by"]]


def test_filters_are_those_of_the_page_and_are_said(client):
    _, every = table(client, "/export/facts.csv")
    line, some = table(client, "/export/facts.csv?about=denials&page=7&words=Solheim")
    assert [row["label"] for row in some] == ["The Karst embassy in The Hague denies that the offices exist"]
    assert len(every) == 8
    assert "Filters: about=denials." in line
    assert "Solheim" not in line
    assert client.get("/export/facts.csv?about=persons").status_code == 404
    assert client.get("/export/map.csv?place=Solheim").status_code == 404
    assert client.get("/export/facts/none/lineage.svg").status_code == 404


def test_places_are_no_finer_than_a_city_and_without_days(client):
    told = client.get("/export/map.geojson").json()
    features = {row["properties"]["where"]: row for row in told["features"]}
    assert features["Lisbon, Portugal"]["geometry"]["coordinates"] == pytest.approx([-9.14, 38.72], abs=0.03)
    assert features["somewhere in China"]["properties"]["precision"] == "country"
    assert features["place not stated"]["geometry"] is None
    assert "2023-05-14" not in json.dumps(told)
    assert {"unit": "sites", "value": 4, "scope": "Everything documented"} in told["about"]["counts"]
    denied = [fact["denied_by"] for row in told["features"] for fact in row["properties"]["facts"] if row["properties"]["denied"]]
    assert any(denied)


def test_a_list_of_many_pages_is_one_file(client, monkeypatch):
    monkeypatch.setattr(listing, "SHOWN", 3)
    _, rows = table(client, "/export/facts.csv")
    assert len({row["id"] for row in rows}) == 8


def test_a_file_with_too_many_rows_says_that_it_is_cut(client, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 2)
    line, rows = table(client, "/export/facts.csv")
    assert len(rows) == 2
    assert "Only the first 2 rows" in line


def test_a_page_offers_its_files_with_its_questions(client):
    page = client.get("/map?country=PT&page=1").text
    for form in ("csv", "json", "geojson", "svg", "png"):
        assert f'href="/export/map.{form}?country=PT" download' in page
    assert "/export/" not in client.get("/about").text


def test_a_cell_never_runs_as_a_formula():
    about = About(case="=1+1", view="A", made="2026", counted=(everything("facts", 1),))
    cells = ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx", ["=a", "b"], -1, None, True]
    made = Table(columns=tuple(Column(name=f"c{n}", meaning="") for n in range(len(cells))), rows=[cells])
    text = csv_bytes(about, made).decode("utf-8-sig")
    assert text.startswith(("# armslength", '"# armslength'))
    (row,) = list(csv.reader(io.StringIO(text)))[2:]
    assert row == ["'=HYPERLINK(1)", "'+1", "'-1", "'@x", "'\tx", "'=a | b", "-1", "", "yes"]
    assert json_bytes(about, made).isascii()
    assert tabling.MOST_ROWS >= 10_000


# Pictures


def test_a_picture_stands_alone(client):
    for name in ("map", "timeline", "facts/{id}/lineage"):
        address = next(found for found in addresses(client) if re.fullmatch(f"/export/{name.replace('{id}', '.*')}.svg", found))
        tree = etree.fromstring(client.get(address).content)
        assert tree.tag == "{http://www.w3.org/2000/svg}svg"
        text = etree.tostring(tree, encoding="unicode")
        assert "<a " not in text
        assert "var(" not in text
        assert not tree.xpath("//@href | //@*[local-name()='href'] | //@src | //@style | //@*[starts-with(name(), 'on')]")
        assert not re.search(r"url\(|@import", text)


def test_every_line_of_a_picture_has_a_style_in_its_file(client):
    """Without one, a browser fills a curve with black."""
    for name in ("map", "timeline", "facts/{id}/lineage"):
        address = next(found for found in addresses(client) if re.fullmatch(f"/export/{name.replace('{id}', '.*')}.svg", found))
        tree = etree.fromstring(client.get(address).content)
        (style,) = tree.xpath("//*[local-name()='style']/text()")
        lines = tree.xpath("//*[local-name()='path' or local-name()='rect' or local-name()='circle']/@class")
        assert lines
        for css in set(lines):
            assert any(re.search(rf"\.{re.escape(one)}\b", style) for one in css.split()), f"{address}: {css}"


def test_hostile_words_stay_words_in_a_picture():
    picture = f'<svg class="x" role="img" viewBox="0 0 90 20" width="90" height="20"><a href="/x"><text>{"y"}</text></a></svg>'
    made = svg_file(picture, title=web_samples.HOSTILE_TITLE, about="</metadata><script>alert(1)</script>")
    tree = etree.fromstring(made)
    assert not tree.findall(".//{*}script")
    assert not tree.findall(".//{*}a")


def test_a_png_has_its_words_in_the_packaged_font():
    def drawn(text: str) -> bytes:
        picture = f'<svg class="x" viewBox="0 0 300 20" width="300" height="20"><text x="4" y="14">{text}</text></svg>'
        return png_file(picture, title="T", about="A")

    one, two, none = drawn("Žluťoučký Киев Αθήνα"), drawn("Žluťoučký Киев Αθήνb"), drawn("")
    assert all(made.startswith(b"\x89PNG\r\n") for made in (one, two, none))
    assert len({one, two, none}) == 3, "words are drawn, and different words differently"
    assert one == drawn("Žluťoučký Киев Αθήνα"), "the same on every run"


def test_the_packaged_font_has_the_signs_that_pages_use():
    assert {ord(sign) for sign in "aZ0ßéőşŁЯΩعא…·–“”’⟨⟩→¶"} <= _signs()
    assert ord("中") not in _signs()


def test_the_licence_of_the_font_lies_beside_it():
    import armslength.web

    folder = Path(armslength.web.__file__).parent / "fonts"
    assert "Permission is hereby granted" in (folder / "DejaVuSansCondensed.txt").read_text(encoding="utf-8")
