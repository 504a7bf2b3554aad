"""What a map may be given: cities and countries, nothing else."""

from __future__ import annotations

import json

import pytest

from armslength.base.ids import digest, digest_text
from armslength.model.claims import NO_READER, Claim, Link, Place
from armslength.model.evidence import Appearance, Document, Reader
from armslength.model.outcome import StageRun
from armslength.model.things import Incident, Site
from armslength.pipeline.building import export_case
from armslength.pipeline.locating import locate
from armslength.store.case import create_case
from armslength.store.write import writing

TEXT = "Two desks opened in Rotterdam; a third in Zhejiang."


@pytest.mark.parametrize(
    ("name", "country", "geonames", "known"),
    [
        ("Rotterdam", "NL", 2747891, True),
        ("Rotterdam", "NL", None, True),
        ("", "NL", None, True),
        ("Zhejiang", "CN", None, False),
        ("", "", None, False),
    ],
)
def test_only_cities_and_countries_have_a_point(name, country, geonames, known):
    assert (locate(name, country, geonames) is not None) == known


def rows():
    doc = digest_text(TEXT)
    first = Appearance(source="5" * 64, file="a.txt")
    yield Document(id=doc, text=TEXT, lang="en", reader=Reader(name="hand", version="1"), appearances=(first,))
    for number, (name, country, precision) in enumerate([("Rotterdam", "NL", "city"), ("Zhejiang", "CN", "admin1")]):
        at = TEXT.index(name)
        place = Place(name=name, country=country, geonames=None, precision=precision, start=at, end=at + len(name))
        voice = Link(name="the article", kind="author", mention="0" * 64)
        claim = str(number) * 64
        yield Claim(
            id=claim, doc=doc, start=at, end=at + len(name), quote=name, kind="site.exists", speech_act="asserts", modality="stated",
            attribution=(voice,), places=(place,), reader=NO_READER,
        )  # fmt: skip
        yield Site(
            id=digest("site", number), label="desk", type="contact_point", country=country, place=name, geonames=None, claims=(claim,)
        )
        yield Incident(
            id=digest("incident", number),
            label="visit",
            country=country,
            place=name,
            period="2025-05-03",
            methods=(),
            outcomes=(),
            claims=(claim,),
        )


def test_an_exported_map_has_points_and_says_how_fine_they_are(clock, tmp_path):
    case = create_case(tmp_path / "case", name="map", clock=clock, actor="heron")
    with writing(case, clock=clock, actor="heron") as writer:
        writer.put(StageRun(id="all", version="1", input_hash=digest("x"), output_hash=""), list(rows()))
    export_case(tmp_path / "case", tmp_path / "out", format="geojson", clock=clock, actor="heron")
    for file in ("sites.geojson", "incidents.geojson"):
        features = json.loads((tmp_path / "out" / file).read_text())["features"]
        found = {row["properties"]["place"]: (row["properties"]["precision"], row["geometry"]["coordinates"]) for row in features}
        assert found["Rotterdam"] == ("city", [4.48, 51.92])
        assert found["Zhejiang"] == ("country", list(locate("", "CN", None)))
