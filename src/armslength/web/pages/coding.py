"""Coding tasks: the list, one task for its coder and, once it has ended, with all codes, and settling what coders disagree about."""

from __future__ import annotations

from dataclasses import dataclass

from armslength.base.errors import InputError
from armslength.base.language import say
from armslength.model.coding import VARIABLES, Coding
from armslength.model.rights import REVIEW
from armslength.pipeline.coding import coding_of, codings_of
from armslength.pipeline.signing import reviewers_of
from armslength.pipeline.views.coding import (
    Figure,
    Question,
    Row,
    Shown,
    TaskLine,
    agreement_csv,
    codes_csv,
    figures,
    questions,
    rows,
    shown,
    task_line,
)
from armslength.store.read import Reader
from armslength.web.page import Asked, Download, File, Page

SHOWN = 25
"""Passages with everybody's codes on one page."""
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingPage:
    """Context of the list of tasks."""

    title: str
    tasks: tuple[TaskLine, ...]
    reviewers: tuple[str, ...]
    """Pseudonyms of those who can be made coders."""
    variables: tuple[tuple[str, str, str], ...]
    """(code, label, level of measurement) of what can be asked."""
    may_make: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """Context of one task."""

    title: str
    task: TaskLine
    next: Shown | None
    """The passage to be coded now; None for somebody who has none to code."""
    questions: tuple[Question, ...]
    note: str
    coded: tuple[tuple[int, str], ...]
    """(number, passage) of what the visitor has coded, while it can still be changed."""
    figures: tuple[Figure, ...]
    """Empty until the task has ended."""
    rows: tuple[Row, ...]
    """Passages with everybody's codes; empty until the task has ended."""
    differing: int
    """Passages of which coders disagree; 0 until the task has ended."""
    settled: int
    page: int
    pages: int
    may_close: bool
    may_settle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlePage:
    """Context of settling."""

    title: str
    task: TaskLine
    row: Row | None
    """The passage to be settled now; None when nothing is left."""
    questions: tuple[Question, ...]
    left: int
    """Passages of which coders disagree that are not settled."""
    coder: bool
    """Whether the visitor coded in this task: then it can only be done together, and that is kept with it."""
    judged: tuple[str, ...]
    """Judgements that stand about the passage's claim."""


def listed(reader: Reader, asked: Asked) -> CodingPage:
    """Every coding task, the newest first."""
    who = asked.visitor.who
    active = sorted({row.who for row in reviewers_of(reader).keys.values() if not row.until})
    return CodingPage(
        title=say("Double coding"),
        tasks=tuple(task_line(found, who) for found in codings_of(reader)),
        reviewers=tuple(active),
        variables=tuple((row.code, row.label, row.level) for row in VARIABLES.values()),
        may_make=asked.visitor.may(REVIEW) and bool(who),
    )


def one(reader: Reader, asked: Asked) -> TaskPage | None:
    """One task: for a coder the next passage (`?unit=` for another), and everything once it has ended (`?page=`)."""
    found, number = _task(reader, asked), asked.number("page")
    if found is None:
        return None
    task, who = found.task, asked.visitor.who
    mine = found.of(who) if found.open else {}
    unit = task.unit(asked.query.get("unit", "")) or next(iter(found.left(who)), None)
    asks = found.open and who in task.coders and unit is not None
    before = mine.get(unit.id) if asks and unit else None
    ended = () if found.open else task.units
    pages = max(1, -(-len(ended) // SHOWN))
    if not 1 <= number <= pages:
        return None
    apart = () if found.open else found.apart()
    return TaskPage(
        title=task.title,
        task=task_line(found, who),
        next=next(iter(shown(reader, found, [unit])), None) if asks and unit else None,
        questions=questions(task.variables, before.codes if before else {}) if asks else (),
        note=before.note if before else "",
        coded=tuple((place, row.id) for place, row in enumerate(task.units, 1) if row.id in mine),
        figures=() if found.open else figures(found),
        rows=rows(reader, found, ended[(number - 1) * SHOWN : number * SHOWN]),
        differing=len(apart),
        settled=sum(row.id in found.settled for row in apart),
        page=number,
        pages=pages,
        may_close=found.open and asked.visitor.may(REVIEW) and bool(who),
        may_settle=not found.open and asked.visitor.may(REVIEW) and bool(who),
    )


def settling(reader: Reader, asked: Asked) -> SettlePage | None:
    """The next passage that coders disagree about (`?unit=` for another), both codings beside its words."""
    found = _task(reader, asked)
    if found is None or found.open:
        return None
    left = [unit for unit in found.apart() if unit.id not in found.settled]
    unit = found.task.unit(asked.query.get("unit", "")) or next(iter(left), None)
    row = next(iter(rows(reader, found, [unit])), None) if unit else None
    agreed = _agreed(found, unit.id) if unit else {}
    return SettlePage(
        title=say("Settle: %(label)s") % {"label": found.task.title},
        task=task_line(found, asked.visitor.who),
        row=row,
        questions=questions(found.task.variables, agreed) if row else (),
        left=len(left),
        coder=asked.visitor.who in found.task.coders,
        judged=_judged(reader, unit.claim) if unit and unit.claim else (),
    )


def _task(reader: Reader, asked: Asked) -> Coding | None:
    try:
        return coding_of(reader, asked.path.get("id", ""))
    except InputError:
        return None


def _agreed(found: Coding, unit: str) -> dict[str, str]:
    """What coders agree about, and what was settled: the form begins with it."""
    if unit in found.settled:
        return dict(found.settled[unit].codes)
    mine = [row.codes for row in found.coded if row.unit == unit]
    said = {name: {codes[name] for codes in mine if codes.get(name)} for name in found.task.variables}
    return {name: next(iter(codes)) for name, codes in said.items() if len(codes) == 1}


def _judged(reader: Reader, claim: str) -> tuple[str, ...]:
    from armslength.pipeline.signing import heads_about

    return tuple(row.id for row in heads_about(reader, [claim])[claim])


def _codes(reader: Reader, asked: Asked) -> File | None:
    """Every code of a task that has ended."""
    found = _task(reader, asked)
    if found is None or found.open:
        return None
    return File(name=f"codes-{found.task.id[:12]}.csv", media_type=CSV, data=codes_csv(found).encode("utf-8-sig"))


def _agreement(reader: Reader, asked: Asked) -> File | None:
    """The figures of a task that has ended."""
    found = _task(reader, asked)
    if found is None or found.open:
        return None
    return File(name=f"agreement-{found.task.id[:12]}.csv", media_type=CSV, data=agreement_csv(found).encode("utf-8-sig"))


UNIT = {"unit": "A passage of the task, by its id."}
PAGES = (
    Page(path="/coding", template="coding.html", section="coding", context=listed),
    Page(
        path="/coding/{id}",
        template="coding_task.html",
        section="coding",
        context=one,
        queries={**UNIT, "page": "Which part of the passages, from 1."},
    ),
    Page(path="/coding/{id}/adjudicate", template="coding_settle.html", section="coding", context=settling, queries=UNIT, right=REVIEW),
)
DOWNLOADS = (
    Download(
        path="/coding/{id}/codes.csv", does="Every code of a coding task that has ended, as CSV.", make=_codes, event="export.written"
    ),
    Download(
        path="/coding/{id}/agreement.csv",
        does="How far its coders agree, a line a variable, as CSV.",
        make=_agreement,
        event="export.written",
    ),
)
