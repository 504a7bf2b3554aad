"""Coding tasks as they may be seen: by a coder only their own codes until the task has ended, then everybody's beside each other.

In:  a reading of a case, the pseudonym of whoever looks.
Out: lines, the next passage with its questions, figures of agreement, passages of which coders disagree.
Never: another's code before the task has ended, nor anything that follows from one, such as a count of what differs.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.analyse.agreement import Agreement, agreement
from armslength.model.claims import COMPARED, Claim
from armslength.model.coding import NONE, VARIABLES, VOICES, Coded, Coding, Settled, Unit
from armslength.model.evidence import Document
from armslength.model.ontology import load
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import countries, country_of
from armslength.pipeline.views.passages import DocumentRef, context, document_ref
from armslength.publish.csv import safe
from armslength.store.read import Reader

Choices = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Groups of codes with their words; a group without a name stands by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One task."""

    id: str
    title: str
    who: str
    """Pseudonym of whoever made it."""
    when: str
    drawn: str
    coders: tuple[str, ...]
    finished: tuple[str, ...]
    """Coders who have coded every passage."""
    variables: tuple[str, ...]
    """In words."""
    passages: int
    mine: bool
    """Whether the visitor is one of its coders."""
    left: int
    """Passages that the visitor has not coded yet."""
    sees: bool
    open: bool
    """Codes are still being written: nobody sees another's."""
    closed: str
    """Who closed it, where it was closed before all had finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One variable as it is asked."""

    code: str
    label: str
    asks: str
    choices: Choices
    """Codes to choose from; empty where it is written."""
    value: str
    """What the visitor wrote before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage as coders see it."""

    unit: str
    number: int
    """From 1, in the task's order."""
    claim: str
    document: DocumentRef
    start: int
    end: int
    before: str
    quote: str
    after: str
    machine: tuple[tuple[str, str], ...]
    """How the program read it: (variable, code in words); empty where coders are not to see that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one coder wrote about a passage."""

    who: str
    codes: tuple[tuple[str, str, bool], ...]
    """(variable, code in words, whether coders disagree)."""
    note: str
    given: tuple[tuple[str, str], ...]
    """(variable, code), as it was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A passage of a task that has ended, with everybody's codes."""

    shown: Shown
    columns: tuple[Column, ...]
    differs: tuple[str, ...]
    """Variables, in words, of which coders disagree."""
    settled: tuple[tuple[str, str], ...]
    """(variable, code in words) of what was settled."""
    settled_by: str
    """Who settled it, and whether coders did so together; empty while it is not."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The agreement about one variable, as it is shown."""

    variable: str
    label: str
    level: str
    alpha: str
    """Three decimals, or `not defined`."""
    percent: str
    reads: str
    """What the conventions make of it, or why it is not defined."""
    passages: int
    pairs: int
    missing: int
    off_scale: int
    used: tuple[tuple[str, int], ...]
    """Codes in words, with how often each was used."""


def task_line(found: Coding, who: str) -> TaskLine:
    """A task, as somebody sees it."""
    task = found.task
    mine = who in task.coders
    return TaskLine(
        id=task.id,
        title=task.title,
        who=task.who,
        when=task.when,
        drawn=task.drawn,
        coders=task.coders,
        finished=found.finished,
        variables=tuple(VARIABLES[name].label for name in task.variables),
        passages=len(task.units),
        mine=mine,
        left=len(found.left(who)) if mine else 0,
        sees=task.sees,
        open=found.open,
        closed=found.closed.who if found.closed else "",
    )


def questions(variables: Iterable[str], given: Mapping[str, str]) -> tuple[Question, ...]:
    """The variables of a task as they are asked, with what was written before."""
    return tuple(
        Question(
            code=name,
            label=VARIABLES[name].label,
            asks=VARIABLES[name].asks,
            choices=choices(name),
            value=given.get(name, ""),
        )
        for name in variables
    )


def choices(variable: str) -> Choices:
    """The codes of a variable with their words; empty where it is written: numbers and dates."""
    none = ("", ((NONE, "none: the passage does not say"),))
    match variable:
        case "is_claim":
            return (("", (("yes", "yes, a claim"), ("no", "no claim"))),)
        case "place":
            return (none, ("Countries", countries()))
        case "speaker":
            return (none, ("", tuple((code, words.voice(code)) for code in VOICES)))
        case "credibility":
            cred = load()
            return (
                ("", (*((str(n), f"{n}: {cred.label(f'CRED.{n}', scheme='information_credibility')}") for n in range(1, 6)),)),
                ("", ((NONE, "cannot be judged"),)),
            )
    scheme = VARIABLES[variable].scheme
    if not scheme:
        return ()
    known = load()
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in known.codes(scheme):
        family = code.partition(".")[0] if scheme == "kinds" else ""
        groups.setdefault(family.replace("_", " "), []).append((code, known.label(code, scheme=scheme)))
    return (none, *((family, tuple(codes)) for family, codes in groups.items()))


def in_words(variable: str, code: str) -> str:
    """A code as people read it."""
    if not code or code == NONE:
        return "none" if code else "missing"
    if variable in _SAID:
        return _SAID[variable](code)
    scheme = VARIABLES[variable].scheme
    return load().label(code, scheme=scheme) if scheme and load().has(code, scheme=scheme) else code


_SAID: Mapping[str, Callable[[str], str]] = {
    "place": country_of,
    "date": words.dated,
    "speaker": words.voice,
    "speech_act": words.speech_act,
    "comparator": lambda code: COMPARED.get(code, code).strip() or "exactly",
}


def shown(reader: Reader, found: Coding, units: Sequence[Unit]) -> tuple[Shown, ...]:
    """Passages of a task with the words around them; those whose document is gone are left out."""
    documents = {row.id: row for row in reader.all(Document, id=sorted({unit.doc for unit in units}))}
    claims: dict[str, Claim] = {}
    if found.task.sees:
        claims = {row.id: row for row in reader.all(Claim, id=sorted({unit.claim for unit in units if unit.claim}))}
    place = {unit.id: number for number, unit in enumerate(found.task.units, 1)}
    rows = (unit for unit in units if unit.doc in documents)
    return tuple(_shown(unit, documents[unit.doc], claims.get(unit.claim), place[unit.id], found.task.variables) for unit in rows)


def _shown(unit: Unit, document: Document, claim: Claim | None, number: int, variables: Sequence[str]) -> Shown:
    before, after = context(document, unit.start, unit.end)
    read = machine_codes(claim) if claim else {}
    return Shown(
        unit=unit.id,
        number=number,
        claim=unit.claim,
        document=document_ref(document),
        start=unit.start,
        end=unit.end,
        before=before,
        quote=document.text[unit.start : unit.end],
        after=after,
        machine=tuple((VARIABLES[name].label, in_words(name, read[name])) for name in variables if name in read),
    )


def machine_codes(claim: Claim) -> dict[str, str]:
    """A claim as the program read it, in the codes of the variables."""
    number = claim.quantity
    place = next((row.country for row in claim.places if row.country), NONE)
    dated = claim.event_date.edtf if claim.event_date else ""
    return {
        "is_claim": "yes",
        "kind": claim.kind,
        "speech_act": claim.speech_act,
        "value": _plain(number.value) if number and number.value is not None else NONE,
        "comparator": number.comparator if number else NONE,
        "method": claim.methods[0] if claim.methods else NONE,
        "place": place,
        "date": dated or NONE,
        "speaker": claim.originator.kind,
    }


def _plain(value: float) -> str:
    """A number as codes have it."""
    return str(int(value)) if value == int(value) else repr(value)


def figures(found: Coding) -> tuple[Figure, ...]:
    """How far the coders of a task that has ended agree."""
    return tuple(_figure(agreement(VARIABLES[name], found.matrix(name))) for name in found.task.variables)


def _figure(row: Agreement) -> Figure:
    return Figure(
        variable=row.variable,
        label=VARIABLES[row.variable].label,
        level=row.level,
        alpha="not defined" if row.alpha is None else f"{row.alpha:.3f}",
        percent="" if row.percent is None else f"{100 * row.percent:.0f} %",
        reads=row.why or row.reads,
        passages=row.passages,
        pairs=row.pairs,
        missing=row.missing,
        off_scale=row.off_scale,
        used=tuple((in_words(row.variable, code), count) for code, count in row.used),
    )


def rows(reader: Reader, found: Coding, units: Sequence[Unit]) -> tuple[Row, ...]:
    """Passages of a task that has ended, with everybody's codes beside each other."""
    seen = {one.unit: one for one in shown(reader, found, units)}
    return tuple(_row(seen[unit.id], unit, found) for unit in units if unit.id in seen)


def _row(one: Shown, unit: Unit, found: Coding) -> Row:
    apart = found.differing(unit.id)
    mine = {row.who: row for row in found.coded if row.unit == unit.id}
    settled = found.settled.get(unit.id)
    return Row(
        shown=one,
        columns=tuple(_column(who, mine.get(who), found.task.variables, apart) for who in found.task.coders),
        differs=tuple(VARIABLES[name].label for name in apart),
        settled=tuple((VARIABLES[name].label, in_words(name, code)) for name, code in settled.codes.items()) if settled else (),
        settled_by=_by(settled),
        reason=settled.reason if settled else "",
    )


def _by(settled: Settled | None) -> str:
    if settled is None:
        return ""
    return f"{settled.who}, for the coders together" if settled.together else settled.who


def _column(who: str, coded: Coded | None, variables: Sequence[str], apart: Sequence[str]) -> Column:
    codes = coded.codes if coded else {}
    return Column(
        who=who,
        codes=tuple((VARIABLES[name].label, in_words(name, codes.get(name, "")), name in apart) for name in variables),
        note=coded.note if coded else "",
        given=tuple(codes.items()),
    )


def codes_csv(found: Coding) -> str:
    """Every code of a task that has ended, a line a code: for the methods section of a paper, and for other programs."""
    lines: list[Sequence[object]] = [("task", "passage", "document", "start", "end", "claim", "coder", "variable", "code")]
    for number, unit in enumerate(found.task.units, 1):
        place = (number, unit.doc, unit.start, unit.end, unit.claim)
        for who in found.task.coders:
            codes = found.of(who)[unit.id].codes if unit.id in found.of(who) else {}
            lines += [(found.task.id, *place, who, name, _cell(name, codes.get(name, ""))) for name in found.task.variables]
        if settled := found.settled.get(unit.id):
            lines += [(found.task.id, *place, "settled", name, _cell(name, code)) for name, code in sorted(settled.codes.items())]
    return _csv(lines)


_COUNTS = ("passages", "pairs", "codes", "missing", "off_scale")


def agreement_csv(found: Coding) -> str:
    """The figures of a task that has ended, a line a variable."""
    head = ("task", "variable", "level", "alpha", "percent_agreement", "not_defined_because", *_COUNTS)
    lines: list[Sequence[object]] = [head]
    for name in found.task.variables:
        row = agreement(VARIABLES[name], found.matrix(name))
        alpha, percent = ("" if figure is None else round(figure, 6) for figure in (row.alpha, row.percent))
        counts = (row.passages, row.pairs, row.codes, row.missing, row.off_scale)
        lines.append((found.task.id, name, row.level, alpha, percent, row.why, *counts))
    return _csv(lines)


def _cell(variable: str, code: str) -> str:
    """A code as a cell. Comparators in words: a cell that says `=` is an unfinished formula."""
    return in_words(variable, code) if variable == "comparator" and code else code


def _csv(lines: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([safe(cell) for cell in line] for line in lines)
    return out.getvalue()
