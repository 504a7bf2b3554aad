"""Which columns each table of the CSV export has, where each comes from in the JSON row, and what it means in words."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """One column: its name, the path to its value, and its meaning for somebody who was given only the table."""

    name: str
    path: str
    meaning: str


_ID = Column("id", "id", "Name of the row: a hash of what it is made from. Other tables point to it.")
_LABEL = Column("label", "label", "A short description made by the program.")
_CLAIMS = Column("claims", "claims", "Ids of the claims it rests on; each has its exact words in claims.csv.")
_COUNTRY = Column("country", "country", "ISO 3166-1 alpha-2 code; empty where the texts name none.")
_FIELDS = Column("support", "fields", "What is known, each value with the id of the claim that supports it.")

COLUMNS: dict[str, tuple[Column, ...]] = {
    "facts": (
        _ID,
        _LABEL,
        Column("kind", "kind", "What kind of statement it is: a code of the ontology."),
        Column("source_summary", "source_summary", "How many passages, documents, publishers and independent origins stand behind it."),
        Column("denials", "denials", "Facts that deny this one. Never quote the fact without them."),
        Column("fairness", "fairness", "Replies (or that none was sought), legal status and corrections in words. Never quote it without."),
        Column("right_of_reply", "right_of_reply.state", "answered, sought or not_sought, for each body or person it accuses."),
        Column("legal_status", "legal_status.status", "Where each person it speaks of stands before the law: newest entry of each charge."),
        Column("corrections", "corrections.decided", "Days on which it was decided that something in it is to be put right or taken out."),
        Column("state", "state", "machine, accepted, contested or rejected: whether people have looked at it."),
        Column("edited", "edited", "What a reviewer read otherwise than the program, field by field."),
        Column("apparent_sources", "apparent_sources", "How many sources it looks like it has."),
        Column("origins_min", "origins.min", "Independent origins shown by evidence: the number to rely on."),
        Column("origins_max", "origins.max", "Independent origins if everything unknown were independent."),
        Column("origins_unknown", "origins.unknown", "Claims whose origin is not known."),
        Column("origins", "origins.groups.label", "The origins in words."),
        Column("measure", "measure", "What is counted: a code of the ontology; empty where nothing is."),
        Column("value", "value", "The number given."),
        Column("comparator", "comparator", "exactly, at least, more than, at most, less than or about."),
        Column("interval_low", "interval.0", "Lower bound; empty means open."),
        Column("interval_high", "interval.1", "Upper bound; empty means open."),
        Column("as_of", "as_of.edtf", "The moment the number holds for, in EDTF (ISO 8601-2)."),
        Column("as_of_basis", "as_of.basis", "How that moment is known."),
        _COUNTRY,
        Column("opinion", "opinion", "yes where it only holds opinions: those have no origins to count."),
        Column(
            "relations", "relations", "What this fact does to others: supersedes, contradicts, refines, derives, denies; with the reason."
        ),
        Column("documents", "documents", "Ids of the documents that state it."),
        _CLAIMS,
    ),
    "claims": (
        _ID,
        Column("doc", "doc", "Id of the document."),
        Column("start", "start", "First character of the quote in the document's text, counted in Unicode code points from 0."),
        Column("end", "end", "One past the last character of the quote."),
        Column("quote", "quote", "The exact words."),
        Column("kind", "kind", "What kind of statement it is: a code of the ontology."),
        Column("speech_act", "speech_act", "Whether it asserts, reports, alleges, denies, ..."),
        Column("modality", "modality", "stated, possible, doubtful, negated, future or hypothetical."),
        Column("voices", "attribution.name", "Who speaks, from the page's own voice down to the deepest source named."),
        Column("voice_kinds", "attribution.kind", "What kind of voice each of them is."),
        Column("originator", "originator", "Id of the deepest voice, in entities.csv."),
        Column("measure", "measure", "What is counted."),
        Column("value", "value", "The number given."),
        Column("comparator", "comparator", "exactly, at least, more than, at most, less than or about."),
        Column("as_of", "as_of.edtf", "The moment the number holds for, in EDTF."),
        Column("event_date", "event_date.edtf", "When it happened, in EDTF."),
        Column("claimed_period", "claimed_period.edtf", "The period it is said to cover, in EDTF."),
        Column("places", "places.name", "Places named, at most as fine as a city."),
        Column("countries", "places.country", "Their countries."),
        Column("methods", "methods", "Methods of repression: codes of the ontology."),
        Column("codes", "codes", "Other codes read in the passage."),
        Column(
            "state",
            "state",
            "machine, accepted, contested or rejected: whether people have looked at it; added: a person read it, and not the program.",
        ),
        Column(
            "edited", "edited", "What a reviewer read otherwise, which the fact is made of; the other columns are the program's reading."
        ),
        Column("confidence", "confidence", "How sure the reader is that the passage says this, 0 to 1. Not whether it is true."),
    ),
    "documents": (
        _ID,
        Column("file", "file", "Name of the file as it was added."),
        Column("source", "source", "SHA-256 of that file's bytes."),
        Column("title", "title", "Title."),
        Column("publisher", "publisher", "Who published it."),
        Column("published", "published", "When, in EDTF."),
        Column("lang", "lang", "Language, ISO 639-1."),
        Column("missing", "missing", "What is not known about it, and why."),
        Column("files", "appearances.file", "Every file that gave this same text."),
    ),
    "lineage": (
        _ID,
        Column("from", "from", "The claim or document that depends ..."),
        Column("to", "to", "... on this one."),
        Column("level", "level", "document or claim."),
        Column("kind", "kind", "How: republication, near copy, quotation, same speaker, ..."),
        Column("why", "why", "The reason in a sentence."),
        Column("quotes", "evidence.quote", "The words that show it."),
        Column("state", "state", "machine, confirmed or disputed."),
    ),
    "entities": (
        _ID,
        Column("label", "label", "Its fullest name; for a protected person a pseudonym."),
        Column("kind", "kind", "organisation, government, media, person, ..."),
        Column("aliases", "aliases", "Other names in the texts; none for a protected person."),
        Column("protected", "protected", "yes for a person whose name is not shown."),
        _COUNTRY,
        Column("part_of", "part_of", "Id of the entity that answers for this one."),
        Column("interested", "interested", "yes for a party to the matter: its own publications count as its own word only."),
        _CLAIMS,
    ),
    "sites": (
        _ID,
        _LABEL,
        Column("type", "type", "What kind of site: a code of the ontology."),
        _COUNTRY,
        Column("place", "place", "City or country; never finer."),
        Column("geonames", "geonames", "GeoNames id of that place."),
        _FIELDS,
        _CLAIMS,
    ),
    "incidents": (
        _ID,
        _LABEL,
        _COUNTRY,
        Column("place", "place", "City or country; never finer."),
        Column("period", "period", "When, in EDTF."),
        Column("methods", "methods", "Methods of repression: codes of the ontology."),
        Column("outcomes", "outcomes", "What came of it: codes of the ontology."),
        _FIELDS,
        _CLAIMS,
    ),
    "responses": (
        _ID,
        _LABEL,
        Column("code", "code", "What was done or said: a code of the ontology."),
        _COUNTRY,
        Column("authority", "authority", "Id of the authority, in entities.csv."),
        Column("date", "date", "When, in EDTF."),
        _FIELDS,
        _CLAIMS,
    ),
    "counts": (
        Column("table", "table", "Which overview the number belongs to."),
        Column("row", "row", "What it counts."),
        Column("unit", "unit", "The unit it is counted in."),
        Column("value", "value", "The number."),
        Column("profile", "profile", "The scope it was counted under."),
        Column("supports", "supports", "Ids of what was counted."),
    ),
    "rejected": (
        Column("stage", "stage", "The stage that could not use it."),
        Column("doc", "doc", "Id of the document, or name of the file."),
        Column("start", "start", "Where in the document."),
        Column("end", "end", "One past its end."),
        Column("reason", "reason", "Why not."),
    ),
}
