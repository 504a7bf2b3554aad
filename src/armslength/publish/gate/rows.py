"""What the gate is asked, and what it answers.

In:  nothing.
Out: the frozen rows of this package.
Never: a protected person's name in a refusal or a change: both are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from armslength.model.facts import Count
from armslength.model.ledger import Ledger
from armslength.publish.attack.rows import Hit, Sought
from armslength.publish.content import Content
from armslength.publish.gate.profile import Profile

Recount = Callable[[Content], Sequence[Count]]
"""Counts over what is shown, by the rules that the case's own counts are made by."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Refusal:
    """Why the gate stays closed."""

    rule: str
    what: str
    """One sentence."""
    where: str
    """Ids it is about, shortened, with what they are."""
    do: str
    """What would open it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was generalised or withheld on the way. Printed on the release."""

    rule: str
    what: str
    """A phrase that follows a number: `quotes replaced by blocks`."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What an earlier release of the same profile showed, by true ids. Kept in the case, never released."""

    release: str
    when: str
    persons: frozenset[str] = frozenset()
    """Protected persons who stood behind a pseudonym."""
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Cell of a tabulation, as `table / row / unit / profile`, to what was counted in it."""
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Fact to its claims: a fact that gains a claim has another id, and is known again by them."""
    told: Mapping[str, str] = field(default_factory=dict)
    """Fact to what the release said of it, as a hash."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """Fact to the sentences beside it, as a hash."""
    shown: Mapping[str, str] = field(default_factory=dict)
    """Fact to its id in that release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is to be cleared."""

    content: Content
    """The whole case, judgements with good signatures only."""
    ledger: Ledger
    profile: Profile
    day: str
    """`YYYY-MM-DD`: the day as of which it is told, and on which orders, consents and deadlines are looked at."""
    secret: bytes = field(repr=False)
    """Of this release alone: pseudonyms and ids are made with it, so that two releases cannot be laid over each other."""
    names: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    """Names from the vault, by entity, beside those that the claims give."""
    without: frozenset[str] = frozenset()
    """Facts that the reviewer leaves out."""
    past: Sequence[Past] = ()
    """Earlier releases, the latest last."""
    recount: Recount = lambda _: ()
    with_whom: str = ""
    """Whom it is shared with, for consents that name somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What may be shown, and what is known about it that may not."""

    content: Content
    changes: tuple[Change, ...]
    beside: Mapping[str, tuple[str, ...]]
    """Shown fact to sentences that go wherever it goes: legal status, answers, that no answer came."""
    whole: Content = field(repr=False)
    """The whole case under the ids of this release: what a package commits to, and never shows."""
    ids: Mapping[str, str] = field(repr=False)
    """True id to shown id, where they differ."""
    record: Past
    """What the next release has to be compared with."""
    sought: tuple[Sought, ...] = field(repr=False)
    """What the attack has to look for."""
    passages: tuple[str, ...] = field(repr=False)
    """Stretches of the originals around protected persons' names."""
    hits: tuple[Hit, ...] = ()
    """Whom the shown passages give away when they are laid over the sources; the attack adds what it finds in the files."""
