"""The pages of the site, from the outline of the report and the map's features.

In:  the content of a case.
Out: file names with their bytes: a page for each fact and document, and the lists, the map, the time line, the lineage between them.
Never: whole texts: a document's page shows the quoted words only; a page that another page does not lead to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files as resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from armslength.model.ontology import load
from armslength.publish import geojson
from armslength.publish.content import Content, names_of
from armslength.publish.jsonl import Row, edge_row
from armslength.publish.placing import coarse
from armslength.publish.report.outline import Report, entries, outline
from armslength.publish.site import pictures

_YEAR = re.compile(r"\d{4}")
_LANES = (("incidents", "period"), ("responses", "date"))


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("armslength.publish.site"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters["page"] = page_of
    made.filters["coded"] = _in_words
    return made


def _in_words(code: str) -> str:
    """A code's label; a code that is not of the ontology stands for itself."""
    ontology = load()
    return next((ontology.label(code, scheme=scheme) for scheme in ("methods", "site_types") if ontology.has(code, scheme=scheme)), code)


def page_of(row: str, kind: str = "fact") -> str:
    """The file name of a fact's or document's page. Twelve signs of a hash tell a million of them apart; a page names the whole hash."""
    return f"{kind}-{row[:12]}.html"


def files(content: Content) -> Iterator[tuple[str, Iterator[bytes]]]:
    """File names of the site with their bytes."""
    yield from site(content, outline(content))


def site(content: Content, report: Report) -> Iterator[tuple[str, Iterator[bytes]]]:
    """The same for a report that was made before, so that every format of a release says the same."""
    shared: dict[str, object] = {"report": report}
    features = [feature for name, lines in geojson.files(content) for feature in _features("".join(lines))]
    documents = _documents(content, report)
    items = _dated(content)
    yield _page("index.html", "index", shared)
    yield _page("facts.html", "facts", shared)
    yield _page("documents.html", "documents", shared, documents=documents)
    yield _page("map.html", "map", shared, features=features, picture=Markup(pictures.world(features)))  # noqa: S704 - escaped by what draws it
    yield _page("timeline.html", "timeline", shared, items=items, picture=Markup(pictures.years(items)))  # noqa: S704
    yield _page("lineage.html", "lineage", shared, edges=_edges(content), titles={row["id"]: row["called"] for row in documents})
    yield _page("notes.html", "notes", shared)
    groups = _groups(content)
    publishers = {str(row["id"]): str(row["called"]) for row in documents}
    by_claim = {claim.id: claim.doc for claim in content.claims}
    for entry in entries(report):
        mine = groups.get(entry.fact, [])
        called = {
            str(group["label"]): sorted({publishers[by_claim[claim]] for claim in group["claims"] if claim in by_claim}) for group in mine
        }
        yield _page(page_of(entry.fact), "fact", shared, entry=entry, groups=mine, picture=Markup(pictures.origins(mine, called)))  # noqa: S704
    for row in documents:
        yield _page(page_of(str(row["id"]), "document"), "document", shared, document=row)
    yield "style.css", iter([(resources("armslength.publish.site") / "templates" / "style.css").read_bytes()])


def _page(name: str, template: str, shared: Mapping[str, object], **values: object) -> tuple[str, Iterator[bytes]]:
    def lines() -> Iterator[bytes]:
        yield _templates().get_template(f"{template}.html").render(**shared, **values, here=name).encode("utf-8", "replace")

    return name, lines()


def _features(collection: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(collection)["features"]
    return found


def _groups(content: Content) -> dict[str, list[dict[str, Any]]]:
    """Fact to its origin groups as plain values, names masked."""
    names = names_of(content)
    return {
        fact: [{**asdict(group), "label": names.masked(group.label)} for group in found.groups] for fact, found in content.origins.items()
    }


def _documents(content: Content, report: Report) -> list[Row]:
    """Documents with the passages quoted from them, in the order of the text, each with the facts it stands in."""
    passages = {
        row.note: row for entry in entries(report) for row in (*entry.passages, *(one for d in entry.denials for one in d.passages))
    }
    facts: dict[int, list[Row]] = {}
    for entry in entries(report):
        for row in entry.passages:
            facts.setdefault(row.note, []).append({"id": entry.fact, "label": entry.heading})
    quoted: dict[str, list[Row]] = {}
    for note in report.notes:
        quoted.setdefault(note.doc, []).append({"note": note, "passage": passages[note.number], "facts": facts.get(note.number, [])})
    return [
        {
            "id": row.id,
            "called": f"{row.publisher or 'Publisher unknown'}, {row.title or row.first.file}",
            "publisher": row.publisher,
            "title": row.title or row.first.file,
            "published": row.published,
            "url": row.first.url,
            "lang": row.lang,
            "sources": sorted({found.source for found in row.appearances}),
            "quoted": sorted(quoted.get(row.id, []), key=lambda one: one["note"].start),  # type: ignore[attr-defined]
        }
        for row in sorted(content.documents, key=lambda row: (row.published or "9999", row.id))
    ]


def _dated(content: Content) -> list[Row]:
    """What has a date, in its order. Days are cut off for incidents (METHOD N3)."""
    names = names_of(content)
    items: list[Row] = [
        {
            "lane": "documents",
            "edtf": row.published or "",
            "label": f"{row.publisher or 'Publisher unknown'}: {row.title or row.first.file}",
        }
        for row in content.documents
    ]
    for lane, field in _LANES:
        for thing in getattr(content, lane):
            edtf = getattr(thing, field)
            items.append({"lane": lane, "edtf": coarse(edtf) if lane == "incidents" else edtf, "label": names.masked(thing.label)})
    counts = (fact for fact in content.facts if fact.measure)
    items += ({"lane": "numbers", "edtf": fact.as_of, "label": names.masked(fact.label), "fact": fact.id} for fact in counts)
    dated = [{"fact": "", **row, "year": found.group()} for row in items if (found := _YEAR.search(str(row["edtf"])))]
    return sorted(dated, key=lambda row: (str(row["year"]), str(row["edtf"]), str(row["lane"]), str(row["label"])))


def _edges(content: Content) -> list[Row]:
    """Edges between documents, with the words on both sides."""
    names = names_of(content)
    return [edge_row(row, names) for row in content.edges if row.level == "document"]
