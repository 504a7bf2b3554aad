"""The ledgers as lines: what stands about persons and facts, what is open, what is due, what is in conflict.

In:  a reading of a case, a day.
Out: lines of plain values for the terminal and for programs.
Never: a person's name: persons are ids and pseudonyms.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from armslength.model.decisions import Judgement, conflicts, heads, told
from armslength.model.facts import Fact
from armslength.model.ledger import ENTRIES, Consent, Entry, Ledger, LegalStatus, Protection, Reply, Request, Restriction, Retention, past
from armslength.model.legal_words import status_words
from armslength.model.things import Entity
from armslength.model.worklog import FOUND, SavedView, Searched
from armslength.pipeline.findings import fact_now
from armslength.pipeline.ledgers import DECISION_OF, ledger_of
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.languages import language_of
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry of a ledger."""

    judgement: str
    ledger: str
    """The word of `armslength decide` for it."""
    about: str
    """Id of the person, entity, fact or source."""
    label: str
    """Pseudonym of a protected person; the name of a body; the kind of a fact."""
    says: str
    date: str
    """When it is due, or holds from."""
    overdue: bool
    who: str
    when: str
    reason: str
    disputed: bool
    """Another entry about the same stands against it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding, or one that waits for a second reviewer."""

    id: str
    fact: str
    """The fact as it is now; empty where it is gone."""
    label: str
    standard: str
    statement: str
    author: str
    second_reviewer: str
    """Empty while it is no finding."""
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementLine:
    """One judgement."""

    id: str
    when: str
    who: str
    decision: str
    target: str
    reason: str
    key: str
    """Empty: nobody signed it, or not rightly."""
    stands: bool


def entry_lines(reader: Reader, *, day: str, as_of: str = "", kinds: tuple[type[Entry], ...] = ()) -> list[EntryLine]:
    """Entries of these ledgers (all, if none is named) that stand, or stood at the end of the day `as_of`."""
    now = ledger_of(reader, day=as_of)
    labels = _labels(reader)
    lines = [_line(entry, now, labels, day) for entry in now.entries if not kinds or isinstance(entry, kinds)]
    return lines if kinds or as_of else [*lines, *_lapsed(reader, now, labels)]


LAPSED = "lapsed: people have since made this person one with another, or two; decide again"


def _lapsed(reader: Reader, now: Ledger, labels: Mapping[str, str]) -> list[EntryLine]:
    """Consents and disclosures that stand and hold no more, so that nobody takes them for never made."""
    standing = (row for found in heads(reader.all(Judgement)).values() for row in found)
    rows = [(row, str(told(row)["person"])) for row in standing if row.decision in ENTRIES and row.id not in now.judgements]
    return [
        EntryLine(
            judgement=row.id,
            ledger=row.decision,
            about=person,
            label=labels.get(person, ""),
            says=LAPSED,
            date="",
            overdue=False,
            who=row.who,
            when=row.when,
            reason=row.reason,
            disputed=False,
        )
        for row, person in rows
    ]


def due_lines(reader: Reader, *, day: str) -> list[EntryLine]:
    """What has to be done on a day, or should have been before."""
    now, labels = ledger_of(reader), _labels(reader)
    return sorted((_line(entry, now, labels, day) for entry in now.due(day)), key=lambda row: (row.date, row.judgement))


def request_lines(reader: Reader, *, day: str) -> list[EntryLine]:
    """Requests, the open ones first, each by its deadline."""
    now, labels = ledger_of(reader), _labels(reader)
    ordered = [*now.requests(still_open=True), *(row for row in now.requests() if row.decided)]
    return [_line(row, now, labels, day) for row in ordered]


def finding_lines(reader: Reader) -> list[FindingLine]:
    """Findings, and behind them those that wait for a second reviewer."""
    now = ledger_of(reader)
    made = {row.id: row for row in now.findings}
    labels = _labels(reader)
    lines = []
    for row in [*(now.judgements[name] for name in made), *now.proposed]:
        given, fact = told(row), fact_now(reader, row)
        lines.append(
            FindingLine(
                id=row.id,
                fact=fact,
                label=labels.get(fact, "the fact is put together otherwise now"),
                standard=given["standard"],
                statement=given["statement"],
                author=row.who,
                second_reviewer=made[row.id].second_reviewer if row.id in made else "",
                evidence_for=tuple(given["for"]),
                evidence_against=tuple(given["against"]),
            )
        )
    return lines


def judgement_lines(reader: Reader) -> list[JudgementLine]:
    """Every judgement, the newest first."""
    now = ledger_of(reader)
    rows = reader.all(Judgement)
    standing = {row.id for found in heads(rows).values() for row in found}
    return [_judgement(row, now, stands=row.id in standing) for row in sorted(rows, key=lambda row: (row.when, row.id), reverse=True)]


def conflict_lines(reader: Reader) -> list[JudgementLine]:
    """Judgements that stand side by side about one thing and do not agree, one after the other."""
    now = ledger_of(reader)
    return [_judgement(row, now, stands=True) for rows in conflicts(reader.all(Judgement)) for row in rows]


def _judgement(row: Judgement, now: Ledger, *, stands: bool) -> JudgementLine:
    signed = row.key if row.key in now.reviewers.keys else ""
    return JudgementLine(
        id=row.id, when=row.when, who=row.who, decision=row.decision, target=row.target, reason=row.reason, key=signed, stands=stands
    )


def _labels(reader: Reader) -> dict[str, str]:
    """What entities and facts are called. Of a fact only its kind: its label repeats words of documents, which may name somebody."""
    return {row.id: row.label for row in reader.all(Entity)} | {row.id: label_of(row.kind) for row in reader.all(Fact)}


def _line(entry: Entry, now: Ledger, labels: Mapping[str, str], day: str) -> EntryLine:
    row = now.judgements[entry.judgement]
    about = _about(entry)
    return EntryLine(
        judgement=row.id,
        ledger=DECISION_OF[type(entry)],
        about=about,
        label=labels.get(about, ""),
        says=_says(entry, now, labels, day),
        date=_date(entry),
        overdue=_open(entry) and past(_date(entry), day),
        who=row.who,
        when=row.when,
        reason=row.reason,
        disputed=row.id in now.disputed,
    )


def _about(entry: Entry) -> str:
    if isinstance(entry, Searched | SavedView):
        return ""
    return entry.target if isinstance(entry, Reply | Restriction | Request | Retention) else entry.person


def _date(entry: Entry) -> str:
    given = asdict(entry)
    return next((str(given[name]) for name in ("deadline", "date", "since", "until") if given.get(name)), "")


def _open(entry: Entry) -> bool:
    match entry:
        case Request():
            return not entry.decided
        case Reply():
            return not entry.answered
    return isinstance(entry, Retention)


def _says(entry: Entry, now: Ledger, labels: Mapping[str, str], day: str) -> str:  # noqa: PLR0911 - one return a ledger
    match entry:
        case LegalStatus():
            return status_words(entry.status, entry.charge, forum=entry.forum, date=entry.date)
        case Reply():
            return reply_words(entry, now, labels.get(entry.addressee, entry.addressee[:12]), day)
        case Consent():
            limits = f"{f' with {entry.with_whom}' if entry.with_whom else ''}{f' until {entry.until}' if entry.until else ''}"
            return f"{'agreed' if entry.given else 'did not agree, or took it back'}: {entry.use}{limits}"
        case Restriction():
            return f"not to be published, by order of {entry.forum}, from {entry.since}{f' until {entry.until}' if entry.until else ''}"
        case Request():
            return f"asks to {entry.kind}; " + (f"decided {entry.decided}: {entry.outcome}" if entry.decided else "open")
        case Retention():
            return f"kept until {entry.until}, then {entry.action}"
        case Protection():
            return f"stays protected ({entry.ground})"
        case Searched():
            return searched_words(entry)
        case SavedView():
            return f"view {entry.name!r}: {entry.page}{f'?{entry.query}' if entry.query else ''}"
    agreed = "two reviewers agree" if now.disclosed(entry.person) == entry.role else "one reviewer so far, or it does not hold"
    return f"public as {entry.role}: {agreed}"


def searched_words(entry: Searched) -> str:
    """A search in words: where, for what, in which language, and whether anything was found."""
    about = f" about {country_of(entry.country)}" if entry.country else ""
    period = f", for {words.dated(entry.covered)}" if entry.covered else ""
    found = "found" if entry.result == FOUND else "not found"
    return f"searched {entry.what} for “{entry.words}” in {language_of(entry.language)}{about}{period}: {found}"


def reply_words(entry: Reply, now: Ledger, addressee: str, day: str) -> str:
    """A reply in words: who was asked how and when, and what came back."""
    asked = f"{addressee} was asked for a reply ({entry.channel}, {entry.asked})"
    if entry.answered:
        return f"{asked} and answered on {entry.answered}" + (f": {entry.answer}" if entry.answer else "")
    if now.reply_state(entry.target, entry.addressee, day=day) == "no_answer":
        return f"{asked} and had not answered by {entry.deadline}"
    return f"{asked}; the answer is due on {entry.deadline}"
