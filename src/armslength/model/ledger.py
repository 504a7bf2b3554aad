"""What people wrote down about persons and accusations: legal status, right of reply, consent, court orders, requests, disclosure.

In:  standing judgements; the ledger is a reading of them, not another store.
Out: frozen entries, each with the judgement it stands on.
Never: holds a person's name: persons are entity ids here, and what identifies them lies in the vault.

An entry is a judgement whose `decision` is one of `ENTRIES` and whose `value` is the entry's own fields as canonical JSON. So entries
are signed, logged, superseded and merged between laptops like every other judgement.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalStatus:
    """What stands about one person, for one charge, before one forum, on one date (METHOD F1)."""

    judgement: str
    person: str
    charge: str
    forum: str
    status: str
    """`alleged`, `charged`, `convicted`, `acquitted`, `dismissed`, `closed_without_charge` or `misidentified`."""
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


Entry = LegalStatus | Reply | Consent | Restriction | Request | Disclosure | Retention
ENTRIES: dict[str, type] = {
    "status": LegalStatus,
    "reply": Reply,
    "consent": Consent,
    "restrict": Restriction,
    "request": Request,
    "disclose": Disclosure,
    "retain": Retention,
}
"""Decision of a judgement to what its value holds."""
