"""Coding tasks: making one, writing codes into it, closing it, settling what coders disagree about; reading it as far as it may be seen.

In:  a reading of a case, what somebody wants to say.
Out: what the judgement says (`Said`); tasks with their codes.
Never: takes a word but a note, which holds no protected name; writes a code that its variable does not have; keeps a code where it could be
read: it lies in the log sealed under the case's own secret, so that no page, export or list of judgements shows it, before or after.
"""

from __future__ import annotations

import base64
import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from armslength.base.clock import Clock, stamp
from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.base.offsets import paragraphs
from armslength.ingest.sentences import sentences
from armslength.model.claims import Claim
from armslength.model.coding import (
    CLOSE,
    CODE,
    DECISIONS,
    NO,
    NONE,
    SETTLE,
    TASK,
    VARIABLES,
    VOICES,
    YES,
    Coding,
    Unit,
    close_slot,
    code_slot,
    codings,
    settle_slot,
    task_of,
    task_value,
)
from armslength.model.decisions import VOID, WITHDRAW, Judgement
from armslength.model.edtf import is_valid
from armslength.model.evidence import Document
from armslength.model.ontology import load as load_ontology
from armslength.pipeline.finding import SHORTEST
from armslength.pipeline.following import voids_now
from armslength.pipeline.naming import refuse_names
from armslength.pipeline.signing import Hand, Said, judge, reviewers_of
from armslength.pipeline.views.kinds import countries
from armslength.store.case import Case, case_secret, open_case
from armslength.store.read import Reader
from armslength.store.sealing import UnsealError, seal, subkey, unseal
from armslength.store.signing import checked, known_reviewers
from armslength.store.write import Writer, deciding

MOST_UNITS, MOST_CODERS, LONGEST = 500, 8, 400
"""Passages and coders of a task, and characters of a title or note."""
_SHORT, _LONG = 40, 600
"""Characters of a passage that is drawn from the documents: a sentence, not a heading and not a page."""
_WORDS = "Coded in the task {task}."
_SUBJECT = "armslength code"
_NEAR = 50
"""Judgements looked at whose ids begin alike."""


ASKED = ("is_claim", "kind", "speech_act")
"""What is asked where nothing else is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A coding task that somebody wants to make."""

    title: str
    coders: tuple[str, ...]
    """Pseudonyms of two or more reviewers."""
    variables: tuple[str, ...] = ASKED
    of: str = "claims"
    """`claims` that the program read, or `passages`: sentences of documents, whether or not a claim was read in them."""
    sample: int = 30
    seed: int = 1
    """The same seed draws the same passages from the same case."""
    kind: str = ""
    """Only claims of this kind or family."""
    documents: tuple[str, ...] = ()
    """Only from documents whose ids begin so."""
    sees: bool = False
    """Whether coders see how the program read the passage."""


# Making a task


def said_of_task(reader: Reader, plan: Plan, *, hand: Hand, now: str) -> Said:
    """What the judgement of a new task says. Raises InputError for a plan that cannot be coded."""
    title, coders = plan.title.strip(), tuple(dict.fromkeys(name.strip() for name in plan.coders if name.strip()))
    if not title or len(title) > LONGEST:
        raise InputError(f"A task has a title of 1 to {LONGEST} characters.")
    refuse_names(reader, title)
    if not 2 <= len(coders) <= MOST_CODERS:
        raise InputError(f"A task needs two to {MOST_CODERS} coders: agreement is between people.")
    known = reviewers_of(reader)
    missing = [name for name in coders if not known.active_of(name, now)]
    if missing:
        raise InputError(f"{', '.join(missing)}: no reviewer of this case goes by that name. Coders sign what they write.")
    unknown = [name for name in plan.variables if name not in VARIABLES]
    if unknown or not plan.variables:
        raise InputError(f"What is coded can be {', '.join(VARIABLES)}" + (f", and not {', '.join(unknown)}." if unknown else "."))
    if plan.of not in {"claims", "passages"}:
        raise InputError("What is coded are claims or passages.")
    units, drawn = draw(reader, plan)
    variables = [name for name in VARIABLES if name in plan.variables]
    value = task_value(title, units, variables, coders, sees=plan.sees, drawn=drawn)
    return Said(target=digest("coding", "task", hand.key.id, now, title), decision=TASK, value=_json(value))


def draw(reader: Reader, plan: Plan) -> tuple[list[Unit], str]:
    """The passages of a task, in the order they are coded in, and how they were chosen."""
    if not 1 <= plan.sample <= MOST_UNITS:
        raise InputError(f"A task holds 1 to {MOST_UNITS} passages; make several of more.")
    docs = _documents(reader, plan.documents)
    pool: Sequence[Any]
    if plan.of == "claims":
        pool = _claims(reader, plan.kind, docs)
        units = _units(reader, _sample(pool, plan.sample, plan.seed))
    else:
        pool = _passages(reader, docs, plan)
        units = [_passage_unit(row) for row in _sample(pool, plan.sample, plan.seed)]
    if not units:
        raise InputError("There is nothing in this case that the task asks for.")
    what = f"{plan.of}{f' of the kind {plan.kind}' if plan.kind else ''}{f' of {len(docs)} documents' if docs else ''}"
    return units, f"{len(units)} of {len(pool)} {what}, drawn at random with the seed {plan.seed}."


Drawn = tuple[str, int, int]


def _sample(pool: Sequence[Any], size: int, seed: int) -> list[Any]:
    """Some of many, the same for the same seed."""
    return random.Random(seed).sample(sorted(pool), min(size, len(pool)))


def _documents(reader: Reader, prefixes: Sequence[str]) -> tuple[str, ...]:
    found = []
    for prefix in prefixes:
        rows = reader.starting(Document, prefix.strip().lower(), limit=2)
        if len(rows) != 1:
            raise InputError(f"{len(rows) or 'No'} documents have an id that begins with {prefix!r}.")
        found.append(rows[0].id)
    return tuple(found)


def _claims(reader: Reader, kind: str, docs: Sequence[str]) -> list[str]:
    where: dict[str, object] = {"doc": docs} if docs else {}
    if kind:
        where["kind" if "." in kind else "family"] = kind
    return reader.ids(Claim, **where)


def _units(reader: Reader, chosen: Sequence[str]) -> list[Unit]:
    rows = {row.id: row for row in reader.all(Claim, id=chosen)}
    return [Unit(id=row, claim=row, doc=rows[row].doc, start=rows[row].start, end=rows[row].end) for row in chosen]


def _passages(reader: Reader, docs: Sequence[str], plan: Plan) -> list[Drawn]:
    """Sentences of documents. Of a large case only some documents are looked into, as many as the sample could need, drawn by the seed."""
    ids = list(docs) or reader.ids(Document)
    some = _sample(ids, plan.sample * 2, plan.seed)
    return [
        (row.id, start, end)
        for row in reader.all(Document, id=some)
        for low, high in paragraphs(row.text)
        for start, end in sentences(row.text, low, high)
        if _SHORT <= end - start <= _LONG
    ]


def _passage_unit(row: Drawn) -> Unit:
    doc, start, end = row
    return Unit(id=digest("coding", "passage", doc, start, end), doc=doc, start=start, end=end)


# Writing codes


def said_of_code(reader: Reader, task: str, unit: str, codes: Mapping[str, str], note: str, *, hand: Hand) -> Said:
    """What the judgement of one coder's codes of one passage says, sealed."""
    found = coding_of(reader, task)
    if hand.who not in found.task.coders:
        raise InputError("You are no coder of this task.")
    if not found.open:
        raise InputError("This task has ended, and the codes can be seen: what is written now would not be blind. Nothing was kept.")
    if found.task.unit(unit) is None:
        raise InputError("This task has no such passage.")
    ready = check_codes(codes, found.task.variables)
    if len(note) > LONGEST:
        raise InputError(f"A note has up to {LONGEST} characters.")
    refuse_names(reader, note)
    sealed = _sealed(reader.case, found.task.id, {"codes": ready, "note": note.strip()})
    value = {"task": found.task.id, "unit": unit, "sealed": sealed}
    return Said(target=code_slot(found.task.id, unit, hand.who), decision=CODE, value=_json(value))


def why_coded(task: str) -> str:
    """The reason that every code has."""
    return _WORDS.format(task=task[:12])


def check_codes(codes: Mapping[str, str], variables: Sequence[str]) -> dict[str, str]:
    """Codes as they are kept; those left empty are missing. Raises InputError for one that its variable does not have."""
    unknown = sorted(codes.keys() - set(variables))
    if unknown:
        raise InputError(f"This task does not ask for {', '.join(unknown)}.")
    ready = {name: _code(name, text.strip()) for name, text in codes.items() if text.strip()}
    if not ready:
        raise InputError("Nothing is coded: answer at least one question.")
    if ready.get("is_claim") == NO and len(ready) > 1:
        raise InputError("A passage that is no claim has no other codes: leave them empty.")
    return ready


def _code(name: str, text: str) -> str:
    variable = VARIABLES[name]
    if name != "is_claim" and text == NONE:
        return NONE
    if variable.scheme:
        return load_ontology().canonical(text, scheme=variable.scheme)
    listed = LISTED.get(name)
    if listed is not None:
        if text not in listed():
            raise InputError(f"{text!r} is no code for “{variable.label}”.")
        return text
    if variable.dated:
        if not is_valid(text):
            raise InputError(f"{text!r} is no date in EDTF: write 2026, 2026-03, 2026-03-14, 2026-01/2026-03, or none.")
        return text
    return _number(text)


def _number(text: str) -> str:
    try:
        found = float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        found = float("nan")
    if found - found != 0:
        raise InputError(f"{text!r} is no number: write 54, or none.")
    return str(int(found)) if found == int(found) else repr(found)


LISTED: Mapping[str, Callable[[], frozenset[str]]] = {
    "is_claim": lambda: frozenset({YES, NO}),
    "place": lambda: frozenset(code for code, _ in countries()),
    "speaker": lambda: frozenset(VOICES),
    "credibility": lambda: frozenset({"1", "2", "3", "4", "5"}),
}
"""Variables whose codes are a list of their own."""


# Ending and settling


def said_of_close(reader: Reader, task: str) -> Said:
    """What the judgement says that ends a task before all have finished."""
    found = coding_of(reader, task)
    if not found.open:
        raise InputError("This task has ended already.")
    return Said(target=close_slot(found.task.id), decision=CLOSE, value=_json({"task": found.task.id}))


def said_of_settling(reader: Reader, task: str, unit: str, codes: Mapping[str, str], *, together: bool, verdict: str, hand: Hand) -> Said:
    """What the judgement says that settles a passage. Raises InputError for a coder who does not say that it was done together."""
    found = coding_of(reader, task)
    if found.open:
        raise InputError("Nothing is settled before the task has ended: nobody has seen the codes yet.")
    if found.task.unit(unit) is None:
        raise InputError("This task has no such passage.")
    mine = hand.who in found.task.coders or hand.key.id in {row.key for row in found.coded}
    if mine and not together:
        raise InputError("A third person settles what coders disagree about. If the coders did it together, say so; it is kept with it.")
    ready = check_codes(codes, found.task.variables)
    value = {"task": found.task.id, "unit": unit, "codes": ready, "together": together, "verdict": verdict}
    return Said(target=settle_slot(found.task.id, unit), decision=SETTLE, value=_json(value))


# Reading


def codings_of(reader: Reader) -> list[Coding]:
    """Every task of a case, the newest first."""
    return _read(reader, [row for row in reader.exact().all(Judgement) if row.decision in {*DECISIONS, VOID, WITHDRAW}])


def coding_of(reader: Reader, task: str) -> Coding:
    """One task, by the first characters of its id; reads only what was decided about it. Raises InputError where there is none."""
    wanted = task.strip().lower()
    exact = reader.exact()
    tasks = [row for row in exact.starting(Judgement, wanted, limit=_NEAR) if row.decision == TASK] if len(wanted) >= SHORTEST else []
    if len(tasks) != 1:
        raise InputError(f"{len(tasks) or 'No'} coding tasks have an id that begins with {task!r}.")
    made = task_of(tasks[0])
    slots = {tasks[0].target, close_slot(made.id)} | {settle_slot(made.id, unit.id) for unit in made.units}
    slots |= {code_slot(made.id, unit.id, who) for unit in made.units for who in made.coders}
    found = [one for one in _read(reader, [*exact.all(Judgement, target=slots), *voids_now(reader)]) if one.task.id == made.id]
    if not found:
        raise InputError("That task was taken back, or nobody signed it.")
    return found[0]


def _read(reader: Reader, rows: Sequence[Judgement]) -> list[Coding]:
    """Tasks, from judgements with a good signature of somebody who was a reviewer then."""
    keys = reader.exact().all(Judgement, target={row.key for row in rows if row.key})
    good = checked({row.id: row for row in (*rows, *keys)}.values(), case=reader.case.id)
    return codings(good, known_reviewers(good, case=reader.case.id), _opened(reader.case, good))


def _opened(case: Case, rows: Iterable[Judgement]) -> dict[str, Mapping[str, object]]:
    found: dict[str, Mapping[str, object]] = {}
    for row in rows:
        if row.decision == CODE:
            given = json.loads(row.value)
            text = _unsealed(case.folder, case_secret(case), str(given["task"]), str(given["sealed"]))
            found |= {row.id: json.loads(text)} if text else {}
    return found


def _sealed(case: Case, task: str, told: Mapping[str, object]) -> str:
    return base64.b64encode(seal(_json(told).encode(), subkey(case_secret(case), "coding"), about=f"{_SUBJECT} {task}")).decode()


@lru_cache(maxsize=20_000)
def _unsealed(folder: Path, secret: bytes, task: str, sealed: str) -> str:
    """What was sealed; empty where it does not open: it came from another case."""
    del folder
    try:
        return unseal(base64.b64decode(sealed), subkey(secret, "coding"), about=f"{_SUBJECT} {task}").decode()
    except (UnsealError, ValueError):
        return ""


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# The command line's doors


def make_task(folder: Path, plan: Plan, *, reason: str, hand: Hand, clock: Clock) -> Judgement:
    """Make a coding task."""
    with _open(folder, hand, clock) as writer:
        return _kept(writer, said_of_task(writer.read, plan, hand=hand, now=stamp(clock.now())), hand, reason, clock)


def close_task(folder: Path, task: str, *, reason: str, hand: Hand, clock: Clock) -> Judgement:
    """End a task before all have finished."""
    with _open(folder, hand, clock) as writer:
        return _kept(writer, said_of_close(writer.read, task), hand, reason, clock)


def code(folder: Path, task: str, unit: str, codes: Mapping[str, str], *, note: str = "", hand: Hand, clock: Clock) -> Judgement:
    """Write codes of one passage."""
    with _open(folder, hand, clock) as writer:
        said = said_of_code(writer.read, task, unit, codes, note, hand=hand)
        return _kept(writer, said, hand, why_coded(task), clock)


def _open(folder: Path, hand: Hand, clock: Clock) -> AbstractContextManager[Writer]:
    return deciding(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who)


def _kept(writer: Writer, said: Said, hand: Hand, reason: str, clock: Clock) -> Judgement:
    return judge(writer, hand, target=said.target, decision=said.decision, value=said.value, reason=reason, clock=clock)
