"""What pages list, as tables for files: columns with their meanings, a row for each thing.

In:  lines that a page shows.
Out: `Table`.
Never: a fact, place or response without what denies it (METHOD F3); the words of a passage, or whole texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from armslength.pipeline.tabling import Column, Table
from armslength.pipeline.views.atlas import Placing
from armslength.pipeline.views.counted import Profiled, everything
from armslength.pipeline.views.coverage import NOT_FOUND_WORDS, SearchLine
from armslength.pipeline.views.custody import EntryView
from armslength.pipeline.views.kinds import label_of
from armslength.pipeline.views.lines import FactLine
from armslength.pipeline.views.map import where_words
from armslength.pipeline.views.methods import MethodsView
from armslength.pipeline.views.responses import ResponseLine
from armslength.pipeline.views.source import DocumentLine, SourceLine
from armslength.pipeline.views.timeline import TimelineItem

Line = TypeVar("Line")
Columns = Sequence[tuple[str, str, Callable[[Any], object]]]
"""Name, meaning, and how it is read off a line."""


def table_of(lines: Iterable[Line], columns: Columns, *, counted: tuple[Profiled, ...] = (), notes: tuple[str, ...] = ()) -> Table:
    """Lines as a table."""
    rows = [tuple(read(line) for _, _, read in columns) for line in lines]
    return Table(columns=tuple(Column(name=name, meaning=meaning) for name, meaning, _ in columns), rows=rows, counted=counted, notes=notes)


FACTS: Columns = (
    ("id", "Name of the fact: a hash of what it is made from.", lambda row: row.id),
    ("label", "A short description made by the program.", lambda row: row.label),
    ("kind", "What kind of statement it is.", lambda row: row.kind),
    ("limit", "How every passage limits what it says: without it the label may say more than the texts.", lambda row: row.modality),
    ("articles", "Documents that state it.", lambda row: row.documents),
    ("apparent_sources", "How many sources it looks like it has.", lambda row: row.apparent),
    ("origins_min", "Independent origins shown by evidence: the number to rely on.", lambda row: row.min if row.counted else None),
    ("origins_max", "Independent origins if everything unknown were independent.", lambda row: row.max if row.counted else None),
    ("passages_without_origin", "Passages that do not say where the information comes from.", lambda row: row.unknown),
    ("interested_party_only", "Every origin is an interested party's own word.", lambda row: row.interested),
    ("denied_by", "Facts that deny this one. Never quote the fact without them.", lambda row: _labels(row.denied_by)),
    ("contradicted_by", "Facts that contradict it.", lambda row: _labels(row.contradicted_by)),
    ("value", "The number given, with its comparator.", lambda row: row.value),
    ("unit", "What is counted.", lambda row: row.unit),
    ("as_of", "The moment the number holds for.", lambda row: row.as_of),
    ("as_of_note", "How that is known, where no passage says it.", lambda row: row.as_of_note),
    ("country", "ISO 3166-1 alpha-2; empty for no one country.", lambda row: row.country),
    ("opinion", "It only holds opinions: those have no origins to count.", lambda row: row.opinion),
    ("state", "machine, accepted, contested or rejected: whether people have looked at it.", lambda row: row.state),
)


def fact_table(lines: Sequence[FactLine], *, total: int | None = None) -> Table:
    """Facts with their origins and denials."""
    return table_of(lines, FACTS, counted=(everything("facts", len(lines) if total is None else total),))


MAP: Columns = (
    ("id", "Name of the site or incident.", lambda row: row.id),
    ("what", "site or incident.", lambda row: row.what),
    ("kind", "Type of a site, methods of an incident.", lambda row: row.kind),
    ("codes", "The same as codes of the ontology.", lambda row: list(row.codes)),
    ("where", "In words, as far as is known: at most the city.", where_words),
    ("country", "ISO 3166-1 alpha-2.", lambda row: row.country),
    ("precision", "city, country, or empty: what the coordinates stand for.", lambda row: row.precision),
    ("longitude", "Of the middle of the city, or a point that stands for the country (WGS 84).", lambda row: row.point and row.point[0]),
    ("latitude", "Of the same.", lambda row: row.point and row.point[1]),
    ("no_point_because", "Why there are no coordinates.", lambda row: row.missing),
    ("period", "When, in EDTF, no finer than a month.", lambda row: list(row.periods)),
    ("states", "What is said to have become of a site.", lambda row: [label_of(code) for code in row.states]),
    ("denied", "Somebody denies it or what is told of it.", lambda row: row.denied),
    ("closed", "It is said to be closed, or ordered to.", lambda row: row.closed),
    ("passages", "Claims it rests on.", lambda row: len(row.claims)),
    ("state", "machine, accepted or contested.", lambda row: row.judged),
)


def map_table(things: Sequence[Placing]) -> Table:
    """Sites and incidents with where they are."""
    return table_of(things, MAP, counted=thing_counts(things))


def thing_counts(things: Iterable[Placing]) -> tuple[Profiled, ...]:
    """How many sites and incidents, each with its scope."""
    found = [row.what for row in things]
    return everything("sites", found.count("site")), everything("incidents", found.count("incident"))


def feature(row: Placing, facts: Sequence[FactLine]) -> dict[str, Any]:
    """A site or incident as a GeoJSON feature: no label, which is words that could hold a person, and no day."""
    properties = {name: read(row) for name, _, read in MAP if name not in {"id", "longitude", "latitude"}}
    told = [
        {
            "id": line.id,
            "articles": line.documents,
            "origins_min": line.min,
            "origins_max": line.max,
            "denied_by": [fact for fact, _ in line.denied_by],
        }
        for line in facts
    ]
    geometry = {"type": "Point", "coordinates": list(row.point)} if row.point else None
    return {"type": "Feature", "id": row.id, "geometry": geometry, "properties": {**properties, "facts": told}}


TIMELINE: Columns = (
    ("lane", "incident, response, count, denial or document.", lambda row: row.lane),
    ("date", "In EDTF (ISO 8601-2).", lambda row: row.edtf),
    ("date_of", "What the date is of.", lambda row: row.basis),
    ("uncertain", "The text itself gives it as approximate.", lambda row: row.uncertain),
    ("label", "What it is.", lambda row: row.label),
    ("denied", "Somebody denies it.", lambda row: row.denied),
    ("country", "ISO 3166-1 alpha-2.", lambda row: row.country),
    ("address", "Where these pages tell more.", lambda row: row.link),
)


def timeline_table(items: Sequence[TimelineItem], counted: tuple[Profiled, ...]) -> Table:
    """Dated things."""
    return table_of(items, TIMELINE, counted=counted)


RESPONSES: Columns = (
    ("id", "Name of the response.", lambda row: row.id),
    ("country", "ISO 3166-1 alpha-2; empty where no text says it.", lambda row: row.country),
    ("country_name", "The same in words.", lambda row: row.where),
    ("response", "What was done or said.", lambda row: row.kind),
    ("code", "The same as a code of the ontology.", lambda row: row.code),
    ("authority", "Who did, where it is named.", lambda row: row.authority),
    ("date", "In EDTF; empty where it is not known.", lambda row: row.edtf),
    ("passages", "Claims it rests on.", lambda row: row.passages),
    ("denied", "Somebody denies it.", lambda row: row.denied),
    ("denied_by", "Facts that deny what is told of it.", lambda row: [label for line in row.facts for label in _labels(line.denied_by)]),
    ("facts", "Ids of facts it is told in.", lambda row: [line.id for line in row.facts]),
    ("origins", "Origins of each of those facts.", lambda row: [line.origins for line in row.facts]),
)


def response_table(lines: Sequence[ResponseLine]) -> Table:
    """Responses of authorities."""
    return table_of(lines, RESPONSES, counted=(everything("responses", len(lines)),))


METHODS: Columns = (
    ("group", "Group of the ontology.", lambda pair: pair[0]),
    ("code", "Code of the method.", lambda pair: pair[1].code),
    ("method", "In words.", lambda pair: pair[1].label),
    ("incidents", "Incidents by this method. An incident may have several, so these do not add up.", lambda pair: pair[1].incidents),
    ("sites", "Sites that passages about the method tell of.", lambda pair: pair[1].sites),
    ("facts", "Facts that tell of it.", lambda pair: pair[1].facts),
    ("documents", "Documents that the fact of it which is told most often stands in.", lambda pair: pair[1].documents),
    ("countries", "Where.", lambda pair: list(pair[1].countries)),
    ("origins_min", "Independent origins shown of the fact of it that has most. Not a sum.", lambda pair: pair[1].low),
    ("origins_max", "The same, if all that is unknown were independent.", lambda pair: pair[1].high),
    ("denied", "Facts of it that somebody denies.", lambda pair: pair[1].denied),
    ("scopes", "Scope profiles that take the method in.", lambda pair: list(pair[1].profiles)),
)


def methods_table(view: MethodsView) -> Table:
    """Methods with what the case tells of them."""
    return table_of([(group.label, row) for group in view.groups for row in group.rows], METHODS, counted=view.counted)


COVERAGE: Columns = (
    ("date", "Day of the search.", lambda row: row.day),
    ("who", "Pseudonym of whoever searched.", lambda row: row.who),
    ("what", "Database, site or archive.", lambda row: row.what),
    ("words", "Words that were looked for.", lambda row: row.words),
    ("language", "Their language.", lambda row: row.lang),
    ("country", "Country it was about; empty for no one country.", lambda row: row.code),
    ("covered", "Period that was searched.", lambda row: row.covered),
    ("found", "Whether anything was found. Not found is not the same as did not happen.", lambda row: row.found),
    ("added", "What was added to the case because of it.", lambda row: row.added),
    ("judgement", "Id of the signed entry.", lambda row: row.judgement),
)


def coverage_table(lines: Sequence[SearchLine]) -> Table:
    """The search log."""
    return table_of(lines, COVERAGE, notes=(NOT_FOUND_WORDS,))


CUSTODY: Columns = (
    ("number", "Place in the log.", lambda row: row.seq),
    ("time", "Moment, UTC.", lambda row: row.time),
    ("event", "What happened.", lambda row: row.event),
    ("subject", "What it happened to.", lambda row: row.subject),
    ("actor", "Pseudonym of whoever did it.", lambda row: row.actor),
    ("hash", "Hash of the entry, which the next one holds.", lambda row: row.hash),
    ("signature", "By the case's key.", lambda row: row.signature),
    ("key", "Name of that key.", lambda row: row.key),
    ("told", "What else the entry says.", lambda row: [f"{name}: {value}" for name, value in row.data]),
)


def custody_table(entries: Sequence[EntryView]) -> Table:
    """The custody log."""
    return table_of(entries, CUSTODY)


DOCUMENTS: Columns = (
    ("id", "Name of the document: a hash of its text.", lambda row: row.ref.id),
    ("title", "Title, or the file's name.", lambda row: row.ref.title),
    ("publisher", "Who published it.", lambda row: row.ref.publisher),
    ("published", "When.", lambda row: row.ref.published),
    ("language", "ISO 639-1.", lambda row: row.ref.lang),
    ("claims", "Claims read in it.", lambda row: row.claims),
)


def document_table(lines: Sequence[DocumentLine]) -> Table:
    """Documents."""
    return table_of(lines, DOCUMENTS)


SOURCES: Columns = (
    ("id", "SHA-256 of its bytes.", lambda row: row.id),
    ("file", "Name of the file.", lambda row: row.file),
    ("publisher", "Who published it.", lambda row: row.publisher),
    ("media_type", "What kind of file it is.", lambda row: row.media_type),
    ("collected", "When it was collected.", lambda row: row.collected),
    ("times", "How often it was collected.", lambda row: row.times),
    ("documents", "Ids of the documents read from it.", lambda row: [one.id for one in row.documents]),
    ("verification", "Whether it has been checked.", lambda row: row.verification),
)


def source_table(lines: Sequence[SourceLine]) -> Table:
    """Sources."""
    return table_of(lines, SOURCES)


def _labels(facts: Iterable[tuple[str, str]]) -> list[str]:
    return [label or fact for fact, label in facts]
