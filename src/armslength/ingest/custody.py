"""The record of one act of taking a file in (METHOD E2).

In:  a file's name, the source it holds, what was declared, the clock.
Out: a `Collection`; what is not known about the act says why.
Never: fetches anything; holds a folder's name.
"""

from __future__ import annotations

from dataclasses import replace

from armslength.base.clock import Clock, stamp
from armslength.base.ids import digest
from armslength.ingest.manifest import Declared
from armslength.model.evidence import Collection, Missing

TOOL = "armslength"
_NOT_FETCHED = "not fetched by armslength: the file was handed to it"
_UNDECLARED = "not declared in a manifest"


def collect(file: str, source: str, declared: Declared, *, clock: Clock, collector: str, version: str) -> Collection:
    """Record that a file was taken in, now."""
    missing = [Missing(field=name, reason=_NOT_FETCHED) for name in ("final_url", "http_status", "http_headers")]
    declarable = {"requested_url": declared.url, "title": declared.title, "publisher": declared.publisher, "published": declared.published}
    missing += [Missing(field=name, reason=_UNDECLARED) for name, value in declarable.items() if value is None]
    row = Collection(
        id="",
        source=source,
        file=file,
        method="upload",
        collected_at=stamp(clock.now()),
        clock=clock.source,
        collector=collector,
        tool=TOOL,
        tool_version=version,
        requested_url=declared.url,
        title=declared.title,
        publisher=declared.publisher,
        published=declared.published,
        mapping=declared.mapping,
        missing=tuple(missing),
    )
    return replace(row, id=_name(row))


def says(row: Collection) -> tuple[str | None, ...]:
    """What a collection says about a source. The same file with the same words again is nothing new."""
    mapping = (row.mapping,) if row.mapping else ()
    return row.source, row.file, row.requested_url, row.title, row.publisher, row.published, *mapping


def _name(row: Collection) -> str:
    return digest("collection", *says(row), row.method, row.collected_at, row.clock, row.collector, row.tool, row.tool_version)
