"""Every page that shows a view also gives it as files: its table as CSV and JSON, places as GeoJSON, its picture as SVG and PNG.

In:  a page, and for each kind of file a function from a reading and what was asked to what is written.
Out: `EXPORTS`, the list of them all; the downloads made of it; the addresses that a page offers.
Never: a file with names that the page would not show: downloads are read masked. Each is an event of the custody log.

A further view is registered by one line of `EXPORTS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from armslength.base.clock import SystemClock, stamp
from armslength.pipeline.tabling import MOST_ROWS, About, Table, csv_bytes, geojson_bytes, json_bytes
from armslength.pipeline.views.counted import Profiled
from armslength.store.read import Reader
from armslength.web.page import Asked, Context, Download, File, Page
from armslength.web.picture_files import png_file, svg_file

MEDIA_TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "svg": "image/svg+xml",
    "png": "image/png",
}
EVENT = "view.exported"
Tabled = Callable[[Reader, Asked], Table | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A picture, with what it counts."""

    picture: str
    """SVG as the page holds it; empty where there is nothing to draw."""
    title: str
    counted: tuple[Profiled, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Features of a GeoJSON file, with what they count."""

    features: Sequence[Mapping[str, Any]]
    counted: tuple[Profiled, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A view that can be taken along."""

    page: Page
    name: str
    """In the address and the file's name: `facts`, `facts/{id}/lineage`."""
    title: str
    table: Tabled | None = None
    places: Callable[[Reader, Asked], Places | None] | None = None
    picture: Callable[[Reader, Asked], Drawn | None] | None = None

    @property
    def formats(self) -> tuple[str, ...]:
        """Formats it can be had in."""
        kinds = (("csv", self.table), ("json", self.table), ("geojson", self.places), ("svg", self.picture), ("png", self.picture))
        return tuple(name for name, made in kinds if made is not None)

    @property
    def queries(self) -> Mapping[str, str]:
        """What its address may ask for: what the page may, but for the page of a list."""
        return {name: says for name, says in self.page.queries.items() if name != "page"}


def downloads(exports: Sequence[Export]) -> tuple[Download, ...]:
    """The addresses of these exports."""
    return tuple(
        Download(
            path=f"/export/{export.name}.{form}",
            does=f"{export.title}, as the page shows it, as {form.upper()}.",
            make=partial(_make, export, form),
            queries=export.queries,
            right=export.page.right,
            event=EVENT,
        )
        for export in exports
        for form in export.formats
    )


def _make(export: Export, form: str, reader: Reader, asked: Asked) -> File | None:
    made = stamp(SystemClock().now())
    filters = {name: asked.query[name] for name in export.queries if asked.query.get(name)}

    def about(counted: tuple[Profiled, ...], notes: tuple[str, ...] = ()) -> About:
        return About(case=reader.case.name, view=export.title, made=made, filters=filters, counted=counted, notes=notes)

    data = _data(export, form, reader, asked, about)
    name = f"{_plain(reader.case.name)}-{_plain(export.name)}-{made[:10]}.{form}"
    return None if data is None else File(name=name, media_type=MEDIA_TYPES[form], data=data)


def _data(export: Export, form: str, reader: Reader, asked: Asked, about: Callable[..., About]) -> bytes | None:
    """The file's bytes; None where the page itself would not be there, or has nothing to draw."""
    if form in {"csv", "json"} and export.table is not None:
        table = export.table(reader, asked)
        return None if table is None else {"csv": csv_bytes, "json": json_bytes}[form](about(table.counted, table.notes), table)
    if form == "geojson" and export.places is not None:
        places = export.places(reader, asked)
        return None if places is None else geojson_bytes(about(places.counted), places.features)
    drawn = export.picture(reader, asked) if export.picture is not None else None
    if drawn is None or not drawn.picture:
        return None
    write = svg_file if form == "svg" else png_file
    return write(drawn.picture, title=drawn.title, about=about(drawn.counted).line)


def paged(page: Page, rows: Callable[[Any], Sequence[Any]], table: Callable[[Sequence[Any]], Table]) -> Tabled:
    """The table of a page that lists so many lines at a time: the lines of all its pages, as many as a file may have."""

    def make(reader: Reader, asked: Asked) -> Table | None:
        found: list[Any] = []
        for context in _pages(page, reader, asked):
            if context is None:
                return None
            found += rows(context)
            if len(found) >= MOST_ROWS:
                made = table(found[:MOST_ROWS])
                return Table(
                    columns=made.columns,
                    rows=made.rows,
                    counted=made.counted,
                    notes=(*made.notes, f"Only the first {MOST_ROWS:,} rows: `armslength export` writes a whole case."),
                )
        return table(found)

    return make


def _pages(page: Page, reader: Reader, asked: Asked) -> Iterator[Context | None]:
    number = 0
    while True:
        number += 1
        context = page.context(reader, Asked(path=asked.path, query={**asked.query, "page": str(number)}, visitor=asked.visitor))
        yield context
        if number >= _count(context):
            return


def _count(context: Context | None) -> int:
    """How many pages a list has, as its context or its view says; one where neither does."""
    for found in (context, getattr(context, "view", None)):
        pages = getattr(found, "pages", None)
        if isinstance(pages, int):
            return pages
    return 1


def offered(exports: Sequence[Export], page: Page, path: Mapping[str, str], query: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a page offers to take along: (format, address), with the questions it was asked itself."""
    asked = question(page, query)
    return tuple(
        (form.upper(), f"/export/{export.name.format(**path)}.{form}{f'?{asked}' if asked else ''}")
        for export in exports
        if export.page.path == page.path
        for form in export.formats
    )


def question(page: Page, query: Mapping[str, str]) -> str:
    """What was asked of a page as it stands in an address: what the page knows, in the order of names, without the page of a list."""
    return urlencode(sorted((name, query[name]) for name in page.queries if name != "page" and query.get(name)))


def _plain(text: str) -> str:
    """A name as part of a file's name: letters, digits and hyphens."""
    return re.sub(r"[^\w]+", "-", re.sub(r"[{}]", "", text)).strip("-").lower() or "case"
