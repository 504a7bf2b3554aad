"""The export contract: one JSON object a line, UTF-8, sorted by id, the same bytes for the same case.

In:  the content of a case.
Out: for each file name its rows as plain values, and each row as a line. Field names are fixed: outside readers rely on them.
Never: a protected person's name outside a document's own words; the ids of mentions, because they can be guessed from a name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from armslength.model.claims import Claim, Dated, Link, Party, Place, Quantity
from armslength.model.decisions import in_force
from armslength.model.evidence import Appearance, Document, Missing, Reader, Span
from armslength.model.facts import Access, Fact, LineageEdge, Origins, Relation
from armslength.model.outcome import Rejected
from armslength.model.things import Entity, Incident, Response, Site, Supported
from armslength.publish.content import Content, Names, denials, fair_of, names_of
from armslength.publish.decided import fair_row, judgement_row

Row = dict[str, object]

# Characters that end a line for some readers although JSON allows them inside a string.
_LINE_ENDS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def files(content: Content) -> Iterator[tuple[str, Iterator[str]]]:
    """File names of the export with their lines, one at a time."""
    names = names_of(content)
    for name, rows in line_rows(content, names).items():
        yield f"{name}.jsonl", (line(row) for row in rows)


def line(row: Mapping[str, object]) -> str:
    """Write a row as one line of JSON. Half a surrogate pair, which UTF-8 cannot hold, is written as an escape."""
    text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if not text.isascii():
        for character, escape in _LINE_ENDS.items():
            text = text.replace(character, escape)
        if any("\ud800" <= character <= "\udfff" for character in text):
            text = json.dumps(row, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return text + "\n"


def line_rows(content: Content, names: Names) -> dict[str, Iterable[Row]]:
    """Every table of the contract with its rows as plain values, in the order of their ids."""
    relations: dict[str, list[Relation]] = {}
    for relation in sorted(content.relations, key=lambda row: row.id):
        relations.setdefault(relation.fact, []).append(relation)
    denied, basis = denials(content), _bases(content.claims)
    fair, said, standing = fair_of(content), content.verdicts, {row.id for row in in_force(content.judgements)}

    def fact(row: Fact) -> Row:
        mine = relations.get(row.id, []), denied.get(row.id, [])
        summary = content.summaries.get(row.id, "")
        written = fact_row(row, content.origins.get(row.id), *mine, basis=basis, summary=summary, names=names)
        return {**written, "edited": said.edits("fact", row.id, row.claims) or None, **fair_row(fair[row.id], names)}

    def claim(row: Claim) -> Row:
        edits = said.of_claims[row.id].edits if row.id in said.of_claims else {}
        return {**claim_row(row, names), "state": said.state_of_claim(row.id), "edited": dict(edits) or None}

    def each(rows: Sequence[object], write: Callable[..., Row]) -> Iterator[Row]:
        return (write(row) for row in sorted(rows, key=lambda row: str(row.id)))  # type: ignore[attr-defined]

    return {
        "documents": each(content.documents, document_row),
        "claims": each(content.claims, claim),
        "facts": each(content.facts, fact),
        "lineage": each(content.edges, lambda row: edge_row(row, names)),
        "entities": each(content.entities, lambda row: entity_row(row, names)),
        "sites": each(content.sites, lambda row: site_row(row, names)),
        "incidents": each(content.incidents, lambda row: incident_row(row, names)),
        "responses": each(content.responses, lambda row: response_row(row, names)),
        "rejected": each(content.rejected, lambda row: rejected_row(row, names)),
        "judgements": each(content.judgements, lambda row: judgement_row(row, names, in_force=row.id in standing)),
    }


def document_row(row: Document) -> Row:
    """A document with its whole text. Bylines stay inside: they name persons."""
    return {
        "id": row.id,
        "file": row.first.file,
        "source": row.first.source,
        "text": row.text,
        "title": row.title,
        "publisher": row.publisher,
        "published": row.published,
        "lang": row.lang,
        "missing": _missing(row.first.missing),
        "boilerplate": [list(span) for span in row.boilerplate],
        "duplicates": [{"span": [copy.start, copy.end], "of": list(copy.of)} for copy in row.duplicates],
        "reader": _reader(row.reader),
        "appearances": [_appearance(found) for found in row.appearances],
    }


def claim_row(row: Claim, names: Names) -> Row:
    """A claim with its attribution chain, outermost first."""
    originator = names.entity(row.originator.mention)
    return {
        "id": row.id,
        "doc": row.doc,
        "start": row.start,
        "end": row.end,
        "quote": row.quote,
        "kind": row.kind,
        "speech_act": row.speech_act,
        "modality": row.modality,
        **_quantity(row.quantity),
        "as_of": _dated(row.as_of),
        "event_date": _dated(row.event_date),
        "claimed_period": _dated(row.claimed_period),
        "places": [_place(place) for place in row.places],
        "methods": list(row.methods),
        "codes": list(row.codes),
        "parties": [_party(party, names) for party in row.parties],
        "attribution": [_link(link, names) for link in row.attribution],
        "originator": originator.id if originator else None,
        "repeats": [list(span) for span in row.repeats],
        "flags": list(row.flags),
        "confidence": row.confidence,
        "reader": _reader(row.reader),
    }


def fact_row(
    row: Fact,
    origins: Origins | None,
    relations: Sequence[Relation],
    denied_by: Sequence[Relation],
    *,
    basis: Mapping[tuple[str, str], str],
    summary: str,
    names: Names,
) -> Row:
    """A fact with its origins, what it does to other facts, and who denies it. No origins row means that nothing was shown: min 0."""
    date = {"edtf": row.as_of, "basis": _basis_of(row, basis)} if row.as_of else None
    bounded = row.low is not None or row.high is not None
    return {
        "id": row.id,
        "kind": row.kind,
        "label": names.masked(row.label),
        "claims": sorted(row.claims),
        "documents": sorted(row.documents),
        "apparent_sources": origins.apparent if origins else len(row.documents),
        "origins": _origins(origins, len(row.claims), names),
        "measure": row.measure or None,
        "value": row.value,
        "comparator": row.comparator or None,
        "interval": [row.low, row.high] if bounded else None,
        "as_of": date,
        "country": row.country or None,
        "counter": row.counter or None,
        "opinion": row.opinion,
        "relations": [{"type": other.type, "fact": other.other, "reason": names.masked(other.reason)} for other in relations],
        "denied_by": [{"fact": other.fact, "reason": names.masked(other.reason)} for other in denied_by],
        "source_summary": names.masked(summary),
        "state": row.state,
    }


def edge_row(row: LineageEdge, names: Names) -> Row:
    """Why two documents or claims are not independent, with the words on both sides."""
    return {
        "id": row.id,
        "from": row.from_id,
        "to": row.to_id,
        "level": row.level,
        "kind": row.kind,
        "evidence": [_span(span) for span in row.evidence],
        "state": row.state,
        "why": names.masked(row.why),
    }


def entity_row(row: Entity, names: Names) -> Row:
    """A voice or party. A protected person has a pseudonym, no aliases and no reasons: reasons compare names."""
    return {
        "id": row.id,
        "label": row.label if row.protected else names.named(row.label),
        "claims": sorted(row.claims),
        "kind": row.kind,
        "aliases": [] if row.protected else sorted({names.named(alias) for alias in row.aliases}),
        "protected": row.protected,
        "country": row.country or None,
        "part_of": row.part_of or None,
        "interested": row.interested,
        "why": [] if row.protected else [names.masked(reason) for reason in row.why],
    }


def site_row(row: Site, names: Names) -> Row:
    """A place of activity."""
    return {
        "id": row.id,
        "label": names.masked(row.label),
        "claims": sorted(row.claims),
        "type": row.type,
        "country": row.country or None,
        "place": row.place or None,
        "geonames": row.geonames,
        "fields": _supported(row.fields, names),
        "state": row.state,
    }


def incident_row(row: Incident, names: Names) -> Row:
    """One act or series against one target or jointly targeted group."""
    return {
        "id": row.id,
        "label": names.masked(row.label),
        "claims": sorted(row.claims),
        "country": row.country or None,
        "place": row.place or None,
        "period": row.period or None,
        "methods": list(row.methods),
        "outcomes": list(row.outcomes),
        "fields": _supported(row.fields, names),
        "state": row.state,
    }


def response_row(row: Response, names: Names) -> Row:
    """What one authority did or said."""
    return {
        "id": row.id,
        "label": names.masked(row.label),
        "claims": sorted(row.claims),
        "code": row.code,
        "country": row.country or None,
        "authority": row.authority or None,
        "date": row.date or None,
        "fields": _supported(row.fields, names),
    }


def rejected_row(row: Rejected, names: Names) -> Row:
    """A unit that a stage could not use."""
    return {
        "stage": row.stage,
        "doc": row.doc or None,
        "start": row.start,
        "end": row.end,
        "reason": names.masked(row.reason),
        "id": row.id,
    }


def _missing(rows: Iterable[Missing]) -> dict[str, str]:
    return {row.field: row.reason for row in sorted(rows, key=lambda row: row.field)}


def _appearance(row: Appearance) -> Row:
    return {
        "source": row.source,
        "file": row.file,
        "title": row.title,
        "publisher": row.publisher,
        "published": row.published,
        "url": row.url,
        "missing": _missing(row.missing),
    }


def _reader(row: Reader) -> Row:
    return {"name": row.name, "version": row.version, "parameters": dict(row.parameters)}


def _quantity(row: Quantity | None) -> Row:
    if row is None:
        return {"measure": None, "value": None, "comparator": None, "interval": None}
    return {"measure": row.measure, "value": row.value, "comparator": row.comparator, "interval": [row.low, row.high], "unit": row.unit}


def _access(row: Access) -> Row:
    told_in = {"told_in": row.told_in} if row.told_in else {}
    return {"claim": row.claim, "how": row.how, **told_in, **_span(row.shown)}


def _span(row: Span) -> Row:
    return {"doc": row.doc, "start": row.start, "end": row.end, "quote": row.quote}


def _dated(row: Dated | None) -> Row | None:
    return {"edtf": row.edtf, "basis": row.basis, "start": row.start, "end": row.end} if row else None


def _place(row: Place) -> Row:
    return {"name": row.name, "country": row.country or None, "geonames": row.geonames, "precision": row.precision}


def _party(row: Party, names: Names) -> Row:
    entity = names.entity(row.mention)
    return {
        "role": row.role,
        "entity": entity.id if entity else None,
        "span": [row.start, row.end],
        "name": names.shown(row),
        "kind": row.kind,
    }


def _link(row: Link, names: Names) -> Row:
    entity = names.entity(row.mention)
    return {
        "name": names.shown(row),
        "kind": row.kind,
        "entity": entity.id if entity else None,
        "start": row.start,
        "end": row.end,
        "latent": row.latent,
        "by": names.masked(row.by) or None,
    }


def _origins(row: Origins | None, claims: int, names: Names) -> Row:
    if row is None:
        return {"min": 0, "max": 0, "unknown": claims, "groups": [], "why": []}
    groups = [
        {
            "label": names.masked(group.label),
            "claims": sorted(group.claims),
            "interested": group.interested,
            "primary_seen": group.primary_seen,
            "access": [_access(found) for found in group.access],
            "hidden": list(group.hidden),
        }
        for group in row.groups
    ]
    why = [names.masked(reason) for reason in row.why]
    return {"min": row.min, "max": row.max, "unknown": row.unknown, "groups": groups, "why": why}


def _supported(rows: Iterable[Supported], names: Names) -> list[Row]:
    return [{"field": row.field, "value": names.masked(row.value), "claim": row.claim} for row in rows]


def _bases(claims: Iterable[Claim]) -> dict[tuple[str, str], str]:
    """(claim, date) to how that date is known."""
    return {(claim.id, date.edtf): date.basis for claim in claims for date in (claim.claimed_period, claim.event_date, claim.as_of) if date}


def _basis_of(row: Fact, bases: Mapping[tuple[str, str], str]) -> str:
    found = sorted({bases[claim, row.as_of] for claim in row.claims if (claim, row.as_of) in bases})
    return "stated" if "stated" in found else (found[0] if found else "derived from its claims")
