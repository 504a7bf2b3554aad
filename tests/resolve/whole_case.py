"""A whole case resolved at once from rows in memory, with the parts that the stage makes again one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from armslength.model.claims import Claim
from armslength.model.entries import NoEntries
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.model.outcome import Rejected, rejected
from armslength.model.things import Entity, Incident, Response, Site
from armslength.resolve.entities import Setting, decide_entities
from armslength.resolve.facts import STAGE, Naming, fact_entries, fact_rules, facts_of, one_date, publication_dates, refusal, why_not
from armslength.resolve.incidents import decide_incidents
from armslength.resolve.judged import NOBODY, People, Undone
from armslength.resolve.known import Known
from armslength.resolve.pages import draft, entry_of, make_pages
from armslength.resolve.parts import concern_all
from armslength.resolve.readings import Reading, Voices
from armslength.resolve.responses import response_entries, response_rules, responses_of
from armslength.resolve.sites import decide_sites
from armslength.resolve.touched import by_document
from armslength.resolve.update import _interested, _moved_keys
from armslength.resolve.world import accused_of, count_votes


def resolve_entities(
    claims: Sequence[Claim], documents: Sequence[Document], *, secret: bytes, known: Known, people: People = NOBODY
) -> tuple[list[Entity], list[Undone]]:
    """The entities of a whole case, sorted by id; and the judgements that have nothing to apply to."""
    kept = NoEntries()
    by_doc = by_document(claims)
    pages = make_pages([draft(document, by_doc.get(document.id, [])) for document in documents], kept, known)
    kept.note(entry_of(page, known) for page in pages)
    setting = Setting(secret=secret, known=known, judged=people.about("entity"))
    decided = decide_entities(_moved_keys((), pages), kept, setting, everything=True)
    here = {mention: row.id for row in decided.rows.values() for mention in row.mentions}
    accused = accused_of(count_votes(claims, here), decided.heads)
    return [_interested(decided.rows[row], decided.heads[row], accused) for row in sorted(decided.rows)], list(decided.undone)


def make_facts(
    readings: Sequence[Reading], voices: Voices, naming: Naming, *, people: People = NOBODY
) -> tuple[list[Fact], list[Rejected]]:
    """Cluster claims into facts, sorted by id; refused claims and judgements that have nothing to apply to beside them."""
    refused = [row for row in map(refusal, readings) if row is not None]
    kept = {row.id: row for row in readings if not why_not(row)}
    noted = NoEntries()
    entries = fact_entries(list(kept.values()), voices)
    noted.note(entries)
    found = concern_all(entries, kept=noted, read=lambda ids: ({claim: kept[claim] for claim in ids}, voices), rules=fact_rules)
    published = one_date(publication_dates(kept.values(), voices))
    facts, undone = facts_of(found.parts, found.readings, voices, naming, published, people)
    return facts, [*refused, *(rejected(STAGE, row.sentence) for row in undone)]


def make_sites(readings: Iterable[Reading], naming: Naming) -> list[Site]:
    """Sites by place and type as the program sees them, sorted by id."""
    return decide_sites(readings, naming, people=NOBODY)[0]


def make_incidents(readings: Iterable[Reading], voices: Voices, naming: Naming) -> list[Incident]:
    """Incidents as the program sees them, sorted by id."""
    return decide_incidents(readings, voices, naming, people=NOBODY)[0]


def make_responses(readings: Iterable[Reading], voices: Voices, naming: Naming) -> list[Response]:
    """Responses: what makes one fact of claims about what an authority did, sorted by id."""
    rows = {row.id: row for row in readings}
    kept = NoEntries()
    entries = response_entries(list(rows.values()), voices)
    kept.note(entries)
    found = concern_all(entries, kept=kept, read=lambda ids: ({claim: rows[claim] for claim in ids}, voices), rules=response_rules)
    return responses_of(found.parts, found.readings, voices, naming)
