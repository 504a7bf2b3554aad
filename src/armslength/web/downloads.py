"""Addresses that give a file. `DOWNLOADS` is the list of them all; `EXPORTS` the views of pages among them, a line each."""

from __future__ import annotations

from collections.abc import Mapping

from armslength.pipeline.tabling import MOST_ROWS, Table
from armslength.pipeline.views import tables
from armslength.pipeline.views.coverage import search_lines
from armslength.pipeline.views.map import MapAsked, map_things, map_view, things_shown
from armslength.pipeline.views.methods import methods_view
from armslength.pipeline.views.responses import all_responses, responses_view
from armslength.pipeline.views.timeline import timeline_rows, timeline_view
from armslength.store.read import Reader
from armslength.web.exports import Drawn, Export, Places, downloads, offered, paged
from armslength.web.lineage_picture import lineage_picture
from armslength.web.map_picture import map_picture
from armslength.web.page import Asked, Download, Page
from armslength.web.pages import atlas, coding, coverage, custody, documents, facts, lineage, methods, responses, sources, timeline
from armslength.web.timeline_picture import timeline_picture


def _wanted(reader: Reader, asked: Asked) -> MapAsked | None:
    """What is asked of the map; None for a place or country that the case does not have."""
    wanted = atlas.map_asked(asked)
    return wanted if wanted is not None and map_view(reader, wanted) is not None else None


def _map_table(reader: Reader, asked: Asked) -> Table | None:
    wanted = _wanted(reader, asked)
    return None if wanted is None else tables.map_table(map_things(reader, wanted))


def _map_places(reader: Reader, asked: Asked) -> Places | None:
    wanted = _wanted(reader, asked)
    if wanted is None:
        return None
    things = map_things(reader, wanted)
    facts = {row.id: row.facts for row in things_shown(reader, things)}
    return Places(features=[tables.feature(row, facts[row.id]) for row in things], counted=tables.thing_counts(things))


def _map_picture(reader: Reader, asked: Asked) -> Drawn | None:
    wanted = atlas.map_asked(asked)
    view = map_view(reader, wanted) if wanted else None
    return None if view is None else Drawn(picture=map_picture(view), title="Sites and incidents", counted=view.counted)


def _timeline_table(reader: Reader, asked: Asked) -> Table | None:
    wanted = timeline.timeline_asked(asked)
    view = timeline_view(reader, wanted) if wanted else None
    if view is None or wanted is None:
        return None
    return tables.timeline_table(timeline_rows(reader, wanted, limit=MOST_ROWS), view.counted)


def _timeline_picture(reader: Reader, asked: Asked) -> Drawn | None:
    wanted = timeline.timeline_asked(asked)
    view = timeline_view(reader, wanted) if wanted else None
    if view is None:
        return None
    return Drawn(picture=timeline_picture(view, links=False), title=f"{view.first} to {view.last}", counted=view.counted)


def _responses(reader: Reader, asked: Asked) -> Table | None:
    country, response = asked.query.get("country", ""), asked.query.get("response", "")
    if responses_view(reader, country=country, response=response) is None:
        return None
    return tables.response_table(all_responses(reader, country=country, response=response, limit=MOST_ROWS))


def _methods(reader: Reader, asked: Asked) -> Table | None:
    view = methods_view(reader, method=asked.query.get("method", ""))
    return None if view is None else tables.methods_table(view)


def _coverage(reader: Reader, asked: Asked) -> Table:
    lang, country = asked.query.get("language", ""), asked.query.get("country", "")
    return tables.coverage_table([row for row in search_lines(reader) if lang in {"", row.lang} and country in {"", row.code}])


def _lineage(reader: Reader, asked: Asked) -> Drawn | None:
    page = lineage.context(reader, asked)
    if page is None:
        return None
    return Drawn(picture=lineage_picture(page.lineage, page.looked), title=f"Where “{page.line.label}” comes from")


_documents = paged(documents.PAGE, lambda page: page.view.lines, tables.document_table)
_custody = paged(custody.PAGE, lambda page: page.view.entries, tables.custody_table)

EXPORTS: tuple[Export, ...] = (
    Export(page=facts.PAGE, name="facts", title="Facts", table=paged(facts.PAGE, lambda page: page.view.lines, tables.fact_table)),
    Export(page=lineage.PAGE, name="facts/{id}/lineage", title="Where a fact comes from", picture=_lineage),
    Export(page=atlas.PAGE, name="map", title="Sites and incidents by place", table=_map_table, places=_map_places, picture=_map_picture),
    Export(page=timeline.PAGE, name="timeline", title="Timeline", table=_timeline_table, picture=_timeline_picture),
    Export(page=responses.PAGE, name="responses", title="Responses by country", table=_responses),
    Export(page=methods.PAGE, name="methods", title="Methods", table=_methods),
    Export(page=coverage.PAGE, name="coverage", title="Coverage: the search log", table=_coverage),
    Export(page=documents.PAGE, name="documents", title="Documents", table=_documents),
    Export(
        page=sources.PAGE, name="sources", title="Sources", table=paged(sources.PAGE, lambda page: page.view.lines, tables.source_table)
    ),
    Export(page=custody.PAGE, name="custody", title="Custody log", table=_custody),
)
DOWNLOADS: tuple[Download, ...] = (*downloads(EXPORTS), *coding.DOWNLOADS)


def files_of(page: Page, path: Mapping[str, str], query: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a page offers to take along: (format, address)."""
    return offered(EXPORTS, page, path, query)
