"""Double coding: several people read the same passages, each without seeing what the others wrote, and their codes are compared.

In:  judgements `code_task`, `code`, `code_close`, `settle`, with their sealed values opened.
Out: `Coding`: a task, who coded what, whether the codes may be seen, what was settled.
Never: is about a person of the documents: coders are reviewers of the case, by pseudonym; who speaks is coded as a kind of voice. Holds
words but a note. Calls a task finished before all coders have finished it or it was closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from armslength.base.ids import digest
from armslength.base.language import marked
from armslength.model.decisions import WITHDRAW, Judgement, in_force, told
from armslength.model.reviewers import Reviewers

TASK, CODE, CLOSE, SETTLE = "code_task", "code", "code_close", "settle"
DECISIONS = frozenset({TASK, CODE, CLOSE, SETTLE})
NONE = "none"
"""What a coder writes where the passage gives nothing of the kind. An empty code is a missing one."""
YES, NO = "yes", "no"
NOMINAL, ORDINAL, INTERVAL, RATIO = "nominal", "ordinal", "interval", "ratio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One question that coders answer."""

    code: str
    label: str
    level: str
    """Of measurement: `nominal`, `ordinal`, `interval` or `ratio`: how far two different codes are apart."""
    asks: str
    """The question, in a sentence."""
    scheme: str = ""
    """The ontology's scheme that its codes come from; empty where they do not."""
    field: str = ""
    """The field of a claim that a settled code may be read into; empty where there is none."""
    dated: bool = False
    """Its codes are dates."""


VARIABLES: Mapping[str, Variable] = {
    row.code: row
    for row in (
        Variable(
            code="is_claim",
            label=marked("Is it a claim"),
            level=NOMINAL,
            asks=marked("Does the passage say something that can be so or not so?"),
        ),
        Variable(code="kind", label=marked("Kind"), level=NOMINAL, asks=marked("What is it about?"), scheme="kinds", field="kind"),
        Variable(
            code="speech_act",
            label=marked("Speech act"),
            level=NOMINAL,
            asks=marked("What does it do?"),
            scheme="speech_acts",
            field="speech_act",
        ),
        Variable(code="value", label=marked("Value"), level=RATIO, asks=marked("Which number does it give?"), field="value"),
        Variable(
            code="comparator",
            label=marked("Comparator"),
            level=NOMINAL,
            asks=marked("How does it limit it?"),
            scheme="comparators",
            field="comparator",
        ),
        Variable(
            code="method",
            label=marked("Method"),
            level=NOMINAL,
            asks=marked("Which method of repression does it tell of first?"),
            scheme="methods",
        ),
        Variable(code="place", label=marked("Place"), level=NOMINAL, asks=marked("In which country does it happen?")),
        Variable(code="date", label=marked("Date"), level=INTERVAL, asks=marked("When did it happen?"), field="event_date", dated=True),
        Variable(code="speaker", label=marked("Who speaks"), level=NOMINAL, asks=marked("What kind of voice is the deepest that speaks?")),
        Variable(
            code="credibility",
            label=marked("Credibility"),
            level=ORDINAL,
            asks=marked("How credible is it, from 1 (confirmed) to 5 (improbable)?"),
        ),
    )
}
"""What can be asked, in order."""
VOICES = ("author", "publisher", "media", "organisation", "report", "government", "person", "court", "unnamed")
"""Kinds of voice: never a person's name or pseudonym."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One passage to be coded."""

    id: str
    doc: str
    start: int
    end: int
    claim: str = ""
    """The claim that the program read there; empty for a passage that was drawn as such."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be coded by whom."""

    id: str
    """Its judgement."""
    title: str
    units: tuple[Unit, ...]
    variables: tuple[str, ...]
    coders: tuple[str, ...]
    """Pseudonyms of two or more reviewers."""
    sees: bool
    """Whether coders see how the program read the passage."""
    drawn: str
    """How the passages were chosen, in a sentence."""
    who: str
    when: str

    def unit(self, unit: str) -> Unit | None:
        return next((row for row in self.units if row.id == unit), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What one coder wrote about one passage."""

    judgement: str
    unit: str
    who: str
    key: str
    when: str
    codes: Mapping[str, str]
    """Variable to code; one that is left out is missing."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was decided about a passage of which coders disagree."""

    judgement: str
    unit: str
    who: str
    when: str
    codes: Mapping[str, str]
    together: bool
    """Decided by coders together and not by a third person."""
    verdict: str
    """The judgement about the claim that came of it; empty where it is about no claim."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A task as it stands."""

    task: Task
    coded: tuple[Coded, ...] = ()
    closed: Judgement | None = None
    settled: Mapping[str, Settled] = field(default_factory=dict)

    def of(self, who: str) -> dict[str, Coded]:
        """One coder's codes, by passage."""
        return {row.unit: row for row in self.coded if row.who == who}

    def left(self, who: str) -> tuple[Unit, ...]:
        """Passages that a coder has not coded yet, in the task's order."""
        mine = self.of(who)
        return tuple(unit for unit in self.task.units if unit.id not in mine)

    @property
    def finished(self) -> tuple[str, ...]:
        """Coders who have coded every passage."""
        return tuple(who for who in self.task.coders if not self.left(who))

    @property
    def open(self) -> bool:
        """Whether codes are still being written: nobody sees another's, and no figure is shown."""
        return self.closed is None and len(self.finished) < len(self.task.coders)

    def matrix(self, variable: str) -> list[list[str]]:
        """Codes of one variable, a row a coder and a column a passage; empty where missing."""
        rows = [self.of(who) for who in self.task.coders]
        return [[row[unit.id].codes.get(variable, "") if unit.id in row else "" for unit in self.task.units] for row in rows]

    def apart(self) -> tuple[Unit, ...]:
        """Passages of which two coders wrote different codes for anything."""
        return tuple(unit for unit in self.task.units if self.differing(unit.id))

    def differing(self, unit: str) -> tuple[str, ...]:
        """Variables of which two coders wrote different codes for a passage."""
        rows = [row.codes for row in self.coded if row.unit == unit]
        return tuple(name for name in self.task.variables if len({codes[name] for codes in rows if codes.get(name)}) > 1)


def code_slot(task: str, unit: str, who: str) -> str:
    """What a coder's code of a passage is entered under: a later one takes the place of an earlier one."""
    return digest("coding", "code", task, unit, who)


def close_slot(task: str) -> str:
    return digest("coding", "close", task)


def settle_slot(task: str, unit: str) -> str:
    return digest("coding", "settle", task, unit)


def codings(judgements: Iterable[Judgement], reviewers: Reviewers, opened: Mapping[str, Mapping[str, object]]) -> list[Coding]:
    """Every task with what was coded, the newest first. `opened`: codes by judgement, for those that are sealed.

    The codes that count are those that stood when the task ended, at its last code or at its closing: what somebody writes once they have
    seen the others' is kept in the log and counts nowhere.
    """
    rows = _in_order([row for row in in_force(judgements) if reviewers.of(row)])
    tasks = [task_of(row) for row in rows if row.decision == TASK]
    return [_played(task, rows, opened) for task in reversed(tasks)]


_RANK = {TASK: 0, CODE: 1, WITHDRAW: 1, CLOSE: 2, SETTLE: 3}
"""Of judgements of one moment: what was written counts before the task was closed."""


def _in_order(rows: Sequence[Judgement]) -> list[Judgement]:
    """Judgements as they were made; of one moment, what supersedes another behind it."""
    depth: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: (row.when, len(row.supersedes), row.id)):
        depth[row.id] = 1 + max((depth.get(old, 0) for old in row.replaces), default=0)
    return sorted(rows, key=lambda row: (row.when, _RANK.get(row.decision, 0), depth[row.id], row.id))


def _played(task: Task, rows: Sequence[Judgement], opened: Mapping[str, Mapping[str, object]]) -> Coding:
    """A task as it stands after its judgements, one after the other."""
    slots = {code_slot(task.id, unit.id, who): who for unit in task.units for who in task.coders}
    ends = {settle_slot(task.id, unit.id): unit.id for unit in task.units}
    coded: dict[str, Coded] = {}
    settled: dict[str, Settled] = {}
    now = Coding(task=task)
    for row in rows:
        if slots.get(row.target) == row.who and now.open:
            coded.pop(row.target, None)
            if row.decision == CODE and row.id in opened:
                coded[row.target] = _coded(row, opened[row.id])
            now = replace(now, coded=tuple(coded.values()))
        elif row.target == close_slot(task.id) and row.decision == CLOSE and now.closed is None:
            now = replace(now, closed=row)
        elif row.target in ends:
            settled.pop(ends[row.target], None)
            if row.decision == SETTLE:
                settled[ends[row.target]] = _settled(row)
    return replace(now, settled=settled)


def task_of(row: Judgement) -> Task:
    """The task that a judgement makes."""
    given = told(row)
    return Task(
        id=row.id,
        title=given["title"],
        units=tuple(Unit(id=unit, claim=claim, doc=doc, start=start, end=end) for unit, claim, doc, start, end in given["units"]),
        variables=tuple(given["variables"]),
        coders=tuple(given["coders"]),
        sees=given["sees"],
        drawn=given["drawn"],
        who=row.who,
        when=row.when,
    )


def task_value(
    title: str, units: Sequence[Unit], variables: Sequence[str], coders: Sequence[str], *, sees: bool, drawn: str
) -> dict[str, object]:
    """What the judgement of a task says."""
    return {
        "title": title,
        "units": [[unit.id, unit.claim, unit.doc, unit.start, unit.end] for unit in units],
        "variables": list(variables),
        "coders": list(coders),
        "sees": sees,
        "drawn": drawn,
    }


def _coded(row: Judgement, given: Mapping[str, object]) -> Coded:
    codes = given.get("codes")
    return Coded(
        judgement=row.id,
        unit=str(told(row)["unit"]),
        who=row.who,
        key=row.key,
        when=row.when,
        codes={str(name): str(code) for name, code in codes.items()} if isinstance(codes, dict) else {},
        note=str(given.get("note", "")),
    )


def _settled(row: Judgement) -> Settled:
    given = told(row)
    return Settled(
        judgement=row.id,
        unit=given["unit"],
        who=row.who,
        when=row.when,
        codes=given["codes"],
        together=given["together"],
        verdict=given["verdict"],
        reason=row.reason,
    )
