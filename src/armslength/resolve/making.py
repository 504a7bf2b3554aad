"""Facts, responses, sites and incidents of the documents whose claims are read again, and of all passages that these concern.

In:  claims by document, who is who, what was noted of all other claims.
Out: rows that stand from now on, ids of rows that go; what is noted of each passage: what it has in common with others, and its row.
Never: reads a claim that no new, changed or lost claim can concern.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.model.entries import Entries, Entry, number
from armslength.model.facts import Fact
from armslength.model.things import Incident, Response, Site
from armslength.model.verdicts import Verdicts
from armslength.resolve import facts, incidents, responses, sites
from armslength.resolve.names import fold
from armslength.resolve.parts import Concerned, RulesFor, concern, concern_all, share
from armslength.resolve.quantities import is_count
from armslength.resolve.readings import Reading, Voices, read
from armslength.resolve.touched import Reader, Touched, Update, Way
from armslength.resolve.world import World

OPEN, DATES, RESTS = "open", "dates", "rests"
"""Publications whose maker may only be named in the words; dates of reports; numbers that rest on a report."""


def make_things(touched: Touched, world: World, found: Update) -> None:
    """Facts, responses, sites and incidents of documents, and of all that these concern."""
    readings, voices = _dated(touched, world)
    reader = Reader(rows=touched.rows, world=world, naming=touched.way.naming, said=touched.way.said)
    if touched.way.everything:
        reader.known, reader.voices = {row.id: row for row in readings}, voices
    found.docs |= set(touched.docs)
    work = _Work(readings=readings, voices=voices, touched=touched, reader=reader, found=found)
    _facts(work)
    _responses(work)
    _sites(work)
    _incidents(work)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What the parts of this file hand to one another."""

    readings: Sequence[Reading]
    """Of the documents that are read again."""
    voices: Voices
    touched: Touched
    reader: Reader
    found: Update

    @property
    def way(self) -> Way:
        return self.touched.way

    @property
    def said(self) -> Verdicts:
        return self.touched.way.said

    @property
    def kept(self) -> Entries:
        return self.touched.kept

    def concern(self, space: str, new: Sequence[Entry], rules: RulesFor) -> tuple[Concerned, list[Entry]]:
        """The passages that a change concerns; beside them, what was noted of these documents."""
        old = _note_again(self.touched, space, new)
        if self.way.everything:
            return concern_all(new, kept=self.kept, read=self.reader.read, rules=rules), old
        return concern(space, old, new, also=self.way.spoken_of, kept=self.kept, read=self.reader.read, rules=rules), old

    def keep(self, row_type: type, made: Mapping[str, str], stale: Iterable[Entry], now: Iterable[Entry], old: Iterable[Entry]) -> None:
        """Note which row each entry is in; rows that none is in any more go. `made`: entry to row."""
        before = list(stale)
        self.kept.forget(before)
        self.kept.note(replace(row, body=made[row.id]) for row in now)
        self.found.gone[row_type] |= {row.body for row in (*before, *old) if row.body} - set(made.values())


def _dated(touched: Touched, world: World) -> tuple[list[Reading], Voices]:
    """Readings of all documents that are concerned: also those with a number that rests on a report that is dated otherwise now."""
    while True:
        claims = touched.read
        voices = world.voices(claims)
        readings = read(claims, voices, touched.way.naming.ontology)
        kept = [row for row in readings if not facts.why_not(row)]
        new = [_date_entry(row, reports) for row in kept if (reports := facts.dated_reports(row, voices))]
        old = touched.kept.of_docs(DATES, touched.docs)
        touched.kept.forget(old)
        keys = {key for row in (*old, *new) for key, _ in row.keys}
        others = _told(touched.kept.heads(DATES, keys))
        before, after = (_told((key, row) for row in rows for key, _ in row.keys) for rows in (old, new))
        touched.kept.note(new)
        moved = {key for key in keys if before[key] | others[key] != after[key] | others[key]}
        more = {row.doc for row in touched.kept.of_keys(RESTS, {key + 1 for key in moved})} - set(touched.docs)
        if not more:
            _note_again(touched, OPEN, [_open_entry(row) for row in readings if row.claim.kind == "publication_event"])
            _note_again(touched, RESTS, [_rests_entry(row) for row in kept if row.reports and is_count(row)])
            return readings, voices
        touched.add(more)


def _told(rows: Iterable[tuple[int, Entry]]) -> defaultdict[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    for key, row in rows:
        found[key].add(row.body)
    return found


def _date_entry(row: Reading, reports: Iterable[str]) -> Entry:
    date = row.claim.event_date.edtf if row.claim.event_date else ""
    keys = tuple((2 * number("dates", report), number(date)) for report in sorted(reports))
    return Entry(space=DATES, id=row.id, doc=row.claim.doc, keys=keys, body=date)


def _rests_entry(row: Reading) -> Entry:
    keys = tuple((2 * number("dates", report) + 1, 0) for report in sorted(row.reports))
    return Entry(space=RESTS, id=row.id, doc=row.claim.doc, keys=keys)


def _open_entry(row: Reading) -> Entry:
    return Entry(space=OPEN, id=row.id, doc=row.claim.doc, body=fold(row.claim.quote))


def _note_again(touched: Touched, space: str, new: Sequence[Entry]) -> list[Entry]:
    """Put entries in the place of those of the same documents; returns these."""
    old = touched.kept.of_docs(space, touched.docs)
    touched.kept.forget(old)
    touched.kept.note(new)
    return old


def _facts(work: _Work) -> None:
    rows = [row for row in work.readings if not facts.why_not(row)]
    here, old = work.concern(facts.FACTS, facts.fact_entries(rows, work.voices), facts.fact_rules)
    dates: dict[str, set[str]] = defaultdict(set)
    reports = {2 * number("dates", report): report for row in here.readings.values() for report in row.reports}
    for key, row in work.kept.heads(DATES, reports):
        dates[reports[key]].add(row.body)
    made, undone = facts.facts_of(here.parts, here.readings, here.voices, work.way.naming, facts.one_date(dates), work.way.people)
    work.found.undone += undone
    work.keep(Fact, {claim: fact.id for fact in made for claim in fact.claims}, here.stale, here.entries, old)
    work.found.rows += [replace(row, state=work.said.state("fact", row.id, row.claims)) for row in made]
    work.found.rows += [row for row in map(facts.refusal, work.readings) if row is not None]
    work.found.rows += facts.without(work.touched.claims, work.said)


def _responses(work: _Work) -> None:
    entries = responses.response_entries(work.readings, work.voices)
    here, old = work.concern(responses.RESPONSES, entries, responses.response_rules)
    made = responses.responses_of(here.parts, here.readings, here.voices, work.way.naming)
    work.keep(Response, {claim: row.id for row in made for claim in row.claims}, here.stale, here.entries, old)
    work.found.rows += made


def _sites(work: _Work) -> None:
    new = sites.site_entries(work.readings)
    old = _note_again(work.touched, sites.SITES, new)
    stale, now = share(sites.SITES, old, new, also=work.way.spoken_of, kept=work.kept)
    readings, _ = work.reader.read([row.id for row in now])
    made, undone = sites.decide_sites([readings[row.id] for row in now], work.way.naming, people=work.way.people)
    work.found.undone += undone
    work.keep(Site, {claim: row.id for row in made for claim in row.claims}, stale, now, old)
    work.found.rows += [replace(row, state=work.said.state("site", row.id, row.claims)) for row in made]


def _incidents(work: _Work) -> None:
    new = incidents.case_entries(incidents.find_cases(work.readings, work.voices, work.way.naming.ontology))
    old = _note_again(work.touched, incidents.INCIDENTS, new)
    docs = {claim.doc for claim in work.touched.rows.claims(work.way.spoken_of)}
    also = [row.id for row in work.kept.of_docs(incidents.INCIDENTS, docs)]
    stale, now = share(incidents.INCIDENTS, old, new, also=also, kept=work.kept)
    readings, voices = work.reader.read_docs({row.doc for row in now})
    wanted = {row.id for row in now}
    cases = [case for case in incidents.find_cases(readings, voices, work.way.naming.ontology) if case.case.id in wanted]
    made, undone = incidents.incidents_of(cases, work.way.naming, work.way.people)
    work.found.undone += undone
    ids = {claim: row.id for row in made for claim in row.claims}
    work.keep(Incident, {row.id: ids[row.id] for row in now}, stale, now, old)
    work.found.rows += [replace(row, state=work.said.state("incident", row.id, row.claims)) for row in made]
