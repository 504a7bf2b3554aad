"""What people said of rows: a claim, fact, site or incident is accepted, rejected or read otherwise.

In:  judgements `accept`, `reject`, `edit` whose value names a level (those without one are about edges: `lineage/judged.py`), and those
     that add claims.
Out: claims as people read them, without those they rejected; the state of a fact, site or incident.
Never: changes what is stored: the machine's reading stays beside the reviewer's. Lets the later of two judgements win that were made apart:
such a row is contested, and is used as the machine read it.

Facts, sites and incidents come and go with new documents, claims stay. So a judgement about one also names the claims it held. A row is
accepted or read otherwise as long as all its claims are among those; a rejection follows those claims wherever they go together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from armslength.model.claims import Claim, Dated, Quantity
from armslength.model.decisions import Judgement, heads, is_added_claim, told

ACCEPT, REJECT, EDIT = "accept", "reject", "edit"
DECISIONS = frozenset({ACCEPT, REJECT, EDIT})
LEVELS = ("claim", "fact", "site", "incident")
MACHINE, ACCEPTED, CONTESTED, REJECTED = "machine", "accepted", "contested", "rejected"
ADDED = "added"
"""The state of a claim that somebody added and of which nobody has said anything since. A fact of nothing else is accepted."""
_STATE = {ACCEPT: ACCEPTED, EDIT: ACCEPTED, REJECT: REJECTED}
BY_A_REVIEWER = "read so by a reviewer"
"""The basis of a date that a reviewer entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What people said of one row."""

    level: str
    target: str
    state: str
    claims: frozenset[str]
    """Those the row held then; of a claim, itself."""
    judgements: tuple[Judgement, ...]
    """One; more where they were made apart and do not agree."""
    edits: Mapping[str, object] = field(default_factory=dict)
    """Field to the reviewer's reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Everything people said of the rows of a case."""

    of_claims: Mapping[str, Verdict] = field(default_factory=dict)
    of_things: tuple[Verdict, ...] = ()
    _near: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False, default_factory=dict)
    """Id of a row or claim to the places of the verdicts that name it: looking through all of them each time takes their square."""

    def __post_init__(self) -> None:
        near: dict[str, list[int]] = {}
        for place, verdict in enumerate(self.of_things):
            for name in {verdict.target, *verdict.claims}:
                near.setdefault(name, []).append(place)
        object.__setattr__(self, "_near", {name: tuple(found) for name, found in near.items()})

    def __bool__(self) -> bool:
        return bool(self.of_claims or self.of_things)

    @property
    def named(self) -> frozenset[str]:
        """Every claim that a verdict names: where one changes, what is made of these has to be made again."""
        return frozenset(self.of_claims).union(*(found.claims for found in self.of_things))

    def read(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims as people read them, without those they rejected."""
        return [self.edited(claim) for claim in claims if self.state_of_claim(claim.id) != REJECTED]

    def edited(self, claim: Claim) -> Claim:
        """A claim as a reviewer read it."""
        found = self.of_claims.get(claim.id)
        return with_edits(claim, found.edits) if found and found.edits else claim

    def state_of_claim(self, claim: str) -> str:
        found = self.of_claims.get(claim)
        return found.state if found else MACHINE

    def about(self, level: str, row: str, claims: Sequence[str]) -> tuple[Verdict, ...]:
        """The verdicts that reach a fact, site or incident with these claims."""
        near = {place for name in (row, *claims) for place in self._near.get(name, ())}
        held, found = frozenset(claims), (self.of_things[place] for place in sorted(near))
        return tuple(verdict for verdict in found if verdict.level == level and _reaches(verdict, row, held))

    def state(self, level: str, row: str, claims: Sequence[str]) -> str:
        """`rejected`, `contested`, `accepted` or `machine`. A row is accepted, too, when each of its claims is; contested when one is."""
        states = {found.state for found in self.about(level, row, claims)}
        mine = {self.state_of_claim(claim) for claim in claims}
        if REJECTED in states and len(states) == 1:
            return REJECTED
        if CONTESTED in states | mine or len(states) > 1:
            return CONTESTED
        return ACCEPTED if states or (mine and mine <= {ACCEPTED, ADDED}) else MACHINE

    def edits(self, level: str, row: str, claims: Sequence[str]) -> dict[str, object]:
        """How reviewers read a fact, site or incident otherwise than the machine: field to reading."""
        return {name: value for found in self.about(level, row, claims) for name, value in found.edits.items()}


NO_VERDICTS = Verdicts()


def verdicts(judgements: Iterable[Judgement]) -> Verdicts:
    """Read what people said of rows."""
    of_claims: dict[str, Verdict] = {}
    new: dict[str, Verdict] = {}
    things: list[Verdict] = []
    for target, rows in heads(judgements).items():
        mine = [row for row in rows if row.decision in DECISIONS and told(row).get("level") in LEVELS]
        if is_added_claim(rows[-1]) and len({row.value for row in rows}) == 1:
            claim = str(told(rows[-1])["claim"].get("id", target))
            new[claim] = Verdict(level="claim", target=claim, state=ADDED, claims=frozenset({claim}), judgements=tuple(rows))
        if not mine:
            continue
        verdict = _verdict(target, rows, told(mine[0]))
        if verdict.level == "claim":
            of_claims[target] = verdict
        else:
            things.append(verdict)
    return Verdicts(of_claims=new | of_claims, of_things=tuple(things))


def is_verdict(row: Judgement) -> bool:
    """Whether a judgement speaks of a claim, fact, site or incident."""
    return row.decision in DECISIONS and told(row).get("level") in LEVELS


def _verdict(target: str, rows: Sequence[Judgement], given: Mapping[str, object]) -> Verdict:
    claims = given.get("claims")
    agreed = len({(row.decision, row.value) for row in rows}) == 1
    edits = given.get("set") if agreed else None
    return Verdict(
        level=str(given["level"]),
        target=target,
        state=_STATE[rows[0].decision] if agreed else CONTESTED,
        claims=frozenset(claims) if isinstance(claims, list) else frozenset({target}),
        judgements=tuple(rows),
        edits=edits if isinstance(edits, dict) else {},
    )


def _reaches(found: Verdict, row: str, claims: frozenset[str]) -> bool:
    if found.target == row or claims <= found.claims:
        return True
    return found.state == REJECTED and found.claims <= claims


def with_edits(claim: Claim, edits: Mapping[str, object]) -> Claim:
    """A claim with a reviewer's readings in the place of the machine's."""
    plain = {name: str(edits[name]) for name in ("kind", "speech_act", "modality") if name in edits}
    dates = {name: Dated(edtf=str(edits[name]), basis=BY_A_REVIEWER) for name in ("as_of", "event_date", "claimed_period") if name in edits}
    number = _number(claim.quantity, edits)
    return replace(claim, quantity=number, **plain, **dates)  # type: ignore[arg-type] # each name is a field of its type


def _number(number: Quantity | None, edits: Mapping[str, object]) -> Quantity | None:
    if number is None or not edits.keys() & {"measure", "value", "comparator"}:
        return number
    value = edits.get("value", number.value)
    value = value if isinstance(value, int | float) else None
    comparator = str(edits.get("comparator", number.comparator))
    low, high = bounds_of(value, comparator) if edits.keys() & {"value", "comparator"} else (number.low, number.high)
    return replace(number, measure=str(edits.get("measure", number.measure)), value=value, comparator=comparator, low=low, high=high)


def bounds_of(value: float | None, comparator: str) -> tuple[float | None, float | None]:
    """The interval that a value with a comparator stands for, as the reader of numbers has it: open ends are closed at the value."""
    return value if comparator in {"=", ">=", ">"} else None, value if comparator in {"=", "<=", "<"} else None
