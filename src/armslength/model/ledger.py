"""What people wrote down about persons and accusations: legal status, right of reply, consent, court orders, requests, disclosure.

In:  standing judgements; the ledger is a reading of them, not another store.
Out: frozen entries, each with the judgement it stands on.
Never: holds a person's name: persons are entity ids here, and what identifies them lies in the vault.

An entry is a judgement whose `decision` is one of `ENTRIES` and whose `value` is the entry's own fields as canonical JSON. So entries
are signed, logged, superseded and merged between laptops like every other judgement.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import TypeVar

from armslength.base.errors import IntegrityError
from armslength.model.decisions import FINDING, RETIRE, REVIEWER, SECOND, VOID, Finding, Judgement, heads, in_force, told
from armslength.model.edtf import bounds
from armslength.model.legal_words import status_words
from armslength.model.reviewers import NOBODY, Reviewers, reviewers
from armslength.model.worklog import WORKLOG, SavedView, Searched

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalStatus:
    """What stands about one person, for one charge, before one forum, on one date (METHOD F1)."""

    judgement: str
    person: str
    charge: str
    forum: str
    status: str
    """A word of `legal_words.STATES`: `alleged`, `charged`, `convicted`, `acquitted`, `closed_without_charge`, `misidentified`, ..."""
    date: str
    """EDTF."""
    claims: tuple[str, ...] = ()
    """Passages that say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Whether somebody who is accused was asked, and what came back (METHOD F2)."""

    judgement: str
    target: str
    """The fact or entity that the allegation is about."""
    addressee: str
    """Entity id."""
    channel: str
    asked: str
    """EDTF."""
    deadline: str
    """EDTF."""
    answered: str = ""
    """EDTF, or empty."""
    answer: str = ""
    """The answer in words that may be published, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One person's consent to one use; unknown means no (METHOD P5)."""

    judgement: str
    person: str
    use: str
    """`collect`, `keep`, `share`, `publish` or `publish_named`."""
    given: bool
    """False: refused or taken back."""
    date: str
    """EDTF."""
    with_whom: str = ""
    until: str = ""
    """EDTF, or empty for no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A court's order that a name, or a fact, must not be published."""

    judgement: str
    target: str
    """Entity or fact id."""
    forum: str
    since: str
    until: str = ""
    """EDTF, or empty until lifted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Somebody's request to have something put right or taken out, with its deadline and what was decided."""

    judgement: str
    target: str
    kind: str
    """`rectify`, `remove` or `restrict`."""
    received: str
    deadline: str
    decided: str = ""
    """EDTF, or empty while open."""
    outcome: str = ""
    """`granted`, `granted_in_part` or `refused`, or empty while open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One reviewer's decision that a person is public in a public role; two keys are needed, and a reason (METHOD P1)."""

    judgement: str
    person: str
    role: str
    """The public role."""
    key: str
    """The reviewer's key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long something is kept, and what happens then (METHOD P6)."""

    judgement: str
    target: str
    """A source or person."""
    until: str
    """EDTF."""
    action: str
    """`review` or `shred`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """That a person stays protected whatever else was decided: a child, or somebody whom a name would endanger. One reviewer is enough."""

    judgement: str
    person: str
    ground: str
    """`child` or `danger`."""


Entry = LegalStatus | Reply | Consent | Restriction | Request | Disclosure | Retention | Protection | Searched | SavedView
ENTRIES: dict[str, type] = {
    "status": LegalStatus,
    "reply": Reply,
    "consent": Consent,
    "restrict": Restriction,
    "request": Request,
    "disclose": Disclosure,
    "retain": Retention,
    "protect": Protection,
    **WORKLOG,
}
"""Decision of a judgement to what its value holds."""


_OF_LEDGERS = frozenset({*ENTRIES, FINDING, SECOND, REVIEWER, RETIRE, VOID})


def entry_of(row: Judgement) -> Entry:
    """The entry that a judgement holds. Raises IntegrityError when its value is not such an entry."""
    kind = ENTRIES[row.decision]
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in told(row).items()}
    given.pop("anchors", None)
    if kind is Disclosure:
        given["key"] = row.key
    try:
        entry: Entry = kind(judgement=row.id, **given)
    except TypeError:
        raise IntegrityError(f"The judgement {row.id} says `{row.decision}` and does not hold what that needs.") from None
    return entry


def value_of(entry: Entry) -> str:
    """What the judgement of an entry says in its `value`: the entry without the judgement itself, as canonical JSON."""
    given = {name: value for name, value in asdict(entry).items() if name not in {"judgement", "key"}}
    return json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What stands in the ledgers. Where two laptops decided apart, what protects somebody holds until people decide again.

    Persons and facts are ids. A day is `YYYY-MM-DD`. Nothing here asks what time it is.
    """

    entries: tuple[Entry, ...] = ()
    """All that stand, in the order they were made."""
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    """Id to judgement, for every judgement that `entries` and `findings` rest on: who, why, when."""
    findings: tuple[Finding, ...] = ()
    """Those that two reviewers made (METHOD C9)."""
    proposed: tuple[Judgement, ...] = ()
    """Findings that wait for a second reviewer."""
    disputed: frozenset[str] = frozenset()
    """Judgements that stand against another about the same entry or finding."""
    reviewers: Reviewers = NOBODY

    def of(self, kind: type[Found]) -> tuple[Found, ...]:
        """The entries of one ledger."""
        return tuple(entry for entry in self.entries if isinstance(entry, kind))

    # Legal status

    def statuses(self, person: str) -> tuple[LegalStatus, ...]:
        """Everything recorded of a person's legal status, newest on top."""
        return _newest(row for row in self.of(LegalStatus) if row.person == person)

    def latest(self, person: str) -> tuple[LegalStatus, ...]:
        """What stands today for each charge before each forum. Of two entries of one date, both: people must say which holds."""
        rows = self.statuses(person)
        top = {(row.charge, row.forum): row.date for row in reversed(rows)}
        return tuple(row for row in rows if row.date == top[row.charge, row.forum])

    def said_of(self, person: str) -> tuple[str, ...]:
        """What may be written about a person's legal status, as predicates. Empty: nothing is recorded, so nothing may be written."""
        return tuple(status_words(row.status, row.charge, forum=row.forum, date=row.date) for row in self.latest(person))

    # Right of reply

    def replies(self, target: str) -> tuple[Reply, ...]:
        """Who was asked about a fact or entity, newest on top."""
        return tuple(sorted((row for row in self.of(Reply) if row.target == target), key=lambda row: row.asked, reverse=True))

    def reply_state(self, target: str, addressee: str, *, day: str) -> str:
        """`answered`, `no_answer` (the deadline has passed), `waiting`, or `not_sought`."""
        rows = [row for row in self.replies(target) if row.addressee == addressee]
        if any(row.answered for row in rows):
            return "answered"
        if not rows:
            return "not_sought"
        return "no_answer" if all(past(row.deadline, day) for row in rows) else "waiting"

    # Consent, disclosure, protection

    def may(self, person: str, use: str, *, day: str, with_whom: str = "") -> bool:
        """Whether a person agreed to a use on a day. Unknown, taken back, run out and disputed all mean no (METHOD P5).

        A consent that names whom something may be shared with holds for them only; a refusal that names nobody holds for all.
        """
        rows = [row for row in self.of(Consent) if (row.person, row.use) == (person, use) and row.with_whom in {"", with_whom}]
        good = [row.given and _begun(row.date, day) and not _over(row.until, day) for row in rows]
        return bool(good) and all(good) and not self.disputed & {row.judgement for row in rows}

    def protected(self, person: str) -> str:
        """Why a person stays protected whatever else was decided (`child`, `danger`), or empty."""
        return next((row.ground for row in self.of(Protection) if row.person == person), "")

    def disclosed(self, person: str) -> str:
        """The public role in which two reviewers, each with a key of their own, made a person public; empty for everybody else."""
        rows = [row for row in self.of(Disclosure) if row.person == person]
        if self.protected(person) or self.disputed & {row.judgement for row in rows}:
            return ""
        for role in sorted({row.role for row in rows}):
            if self.reviewers.four_eyes(self.judgements[row.judgement] for row in rows if row.role == role):
                return role
        return ""

    def public(self) -> frozenset[str]:
        """Every person who is disclosed."""
        return frozenset(row.person for row in self.of(Disclosure) if self.disclosed(row.person))

    # Orders, requests, clocks

    def restrictions(self, day: str, *, targets: Collection[str] | None = None) -> tuple[Restriction, ...]:
        """Court orders in force on a day, for these targets or all. An order holds from the first to the last day its dates can mean."""
        rows = (row for row in self.of(Restriction) if targets is None or row.target in targets)
        return tuple(row for row in rows if _begun(row.since, day) and not past(row.until, day))

    def requests(self, *, target: str | None = None, still_open: bool = False) -> tuple[Request, ...]:
        """Requests, the earliest deadline first."""
        rows = (row for row in self.of(Request) if (target is None or row.target == target) and not (still_open and row.decided))
        return tuple(sorted(rows, key=lambda row: (row.deadline, row.judgement)))

    def due(self, day: str) -> tuple[Request | Reply | Retention, ...]:
        """What has to be done on a day or should have been before: requests to decide, answers that did not come, retention clocks."""
        requests = [row for row in self.requests(still_open=True) if not _after(row.deadline, day)]
        replies = [row for row in self.of(Reply) if not row.answered and not _after(row.deadline, day)]
        clocks = [row for row in self.of(Retention) if not _after(row.until, day)]
        return (*requests, *replies, *clocks)


def of_ledgers(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that ledgers rest on: few, where most are about passages."""
    rows = list(judgements)
    targets = {row.target for row in rows if row.decision in _OF_LEDGERS}
    return [row for row in rows if row.target in targets]


def ledger(judgements: Iterable[Judgement], *, day: str = "") -> Ledger:
    """Read the ledgers out of a case's judgements; as they stood at the end of a day, where one is given.

    Keys are taken at their word: hand in judgements whose signatures were checked (`store.signing.checked`).
    """
    rows = [row for row in in_force(judgements) if not day or row.when[:10] <= day]
    keys = reviewers(rows)
    standing = heads(rows)
    kept = sorted((row for found in standing.values() for row in found if row.decision in ENTRIES), key=lambda row: (row.when, row.id))
    apart = [found for found in standing.values() if len({(row.decision, row.value) for row in found}) > 1]
    findings, proposed = _findings([row for found in standing.values() for row in found], keys)
    return Ledger(
        entries=tuple(entry_of(row) for row in kept),
        judgements={row.id: row for row in rows if row.decision in {*ENTRIES, FINDING, SECOND}},
        findings=findings,
        proposed=proposed,
        disputed=frozenset(row.id for found in apart for row in found),
        reviewers=keys,
    )


def _findings(rows: Iterable[Judgement], keys: Reviewers) -> tuple[tuple[Finding, ...], tuple[Judgement, ...]]:
    """Findings that a second reviewer agreed to, and those that wait for one."""
    rows = sorted(rows, key=lambda row: (row.when, row.id))
    made, waiting = [], []
    for row in (row for row in rows if row.decision == FINDING):
        seconds = [other for other in rows if other.decision == SECOND and told(other)["finding"] == row.id]
        second = next((other for other in seconds if keys.four_eyes((row, other))), None)
        if second is None:
            waiting.append(row)
        else:
            made.append(finding_of(row, second))
    return tuple(made), tuple(waiting)


def finding_of(row: Judgement, second: Judgement) -> Finding:
    """The finding that two judgements make."""
    given = told(row)
    return Finding(
        id=row.id,
        fact=given["fact"],
        standard=given["standard"],
        statement=given["statement"],
        evidence_for=tuple(given["for"]),
        evidence_against=tuple(given["against"]),
        author=row.who,
        second_reviewer=second.who,
        when=second.when,
    )


def past(edtf: str, day: str) -> bool:
    """Whether every day that a date can mean lies before a day. An unknown date never does."""
    last = bounds(edtf)[1] if edtf else None
    return last is not None and last < date.fromisoformat(day)


def _over(edtf: str, day: str) -> bool:
    """Whether the first day that a date can mean lies before a day: for what must not be stretched."""
    first = bounds(edtf)[0] if edtf else None
    return first is not None and first < date.fromisoformat(day)


def _begun(edtf: str, day: str) -> bool:
    """Whether a day is the first that a date can mean, or later."""
    first = bounds(edtf)[0] if edtf else None
    return first is None or first <= date.fromisoformat(day)


def _after(edtf: str, day: str) -> bool:
    """Whether a date lies wholly after a day."""
    return not _begun(edtf, day)


def _newest(rows: Iterable[LegalStatus]) -> tuple[LegalStatus, ...]:
    return tuple(sorted(rows, key=lambda row: (row.date, row.judgement), reverse=True))
