"""Judgements from another copy of the same case: two laptops' logs made one.

In:  a case; another copy of it, an export of it, or a `judgements.jsonl`; the hand of whoever brings them.
Out: what is new, known, refused and in conflict; with more than a look, the new ones kept and logged as one batch.
Never: takes what is not signed by a key that this case knows or its user trusts by name; lets the later of two judgements win; takes a
judgement away: an import that is taken back stays in the log and counts as if it had never been.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.model.custody import LogEntry
from armslength.model.decisions import RETIRE, REVIEWER, VOID, WITHDRAW, Judgement, conflicts, told
from armslength.model.reviewers import Reviewers
from armslength.pipeline.findings import complete
from armslength.pipeline.naming import refuse_names
from armslength.pipeline.pending import bears_on_rows
from armslength.pipeline.remaking import carry_out
from armslength.pipeline.signing import Hand, judge
from armslength.store.case import CASE_FILE, Case, locate_case, open_case
from armslength.store.log import entry_data
from armslength.store.read import Reader, reading
from armslength.store.signing import known_reviewers, wrong_with
from armslength.store.verify_judgements import IMPORTED
from armslength.store.write import Writer, writing

JUDGEMENTS_FILE = "judgements.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What an import brings, or would."""

    batch: str
    """Name of the import, to take it back by; empty where nothing is new."""
    dry: bool
    new: tuple[Judgement, ...]
    known: int
    conflicts: tuple[tuple[Judgement, ...], ...]
    """Judgements about one target that stand side by side and do not agree, at least one of them new."""
    refused: tuple[tuple[str, str], ...]
    """(judgement, why)."""


def bring(folder: Path, other: Path, *, trust: Collection[str], dry: bool, reason: str, hand: Hand, clock: Clock) -> Brought:
    """Bring another copy's judgements in, or only look. Raises InputError when it is not a copy of this case, or is this very case."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        refuse_names(writer.read, reason)
        rows, refused = read_other(other, writer.case)
        found = compare(writer.read.all(Judgement), rows, case=writer.case.id, trust=frozenset(trust))
        found = _Comparison(new=found.new, known=found.known, refused=(*refused, *found.refused))
        again = _taken_back(writer.read, {row.id for row in rows})
        here = writer.read.all(Judgement)
        apart = [tuple(one) for one in conflicts([*here, *found.new]) if {row.id for row in one} & {row.id for row in found.new}]
        batch = digest("import", tuple(row.id for row in found.new)) if found.new else ""
        if not dry and (found.new or again):
            _keep(writer, found.new, batch, again, hand=hand, reason=reason, clock=clock)
        return Brought(
            batch=batch, dry=dry, new=found.new, known=len(found.known), conflicts=tuple(apart), refused=tuple(sorted(found.refused))
        )


def take_back(folder: Path, batch: str, *, reason: str, hand: Hand, clock: Clock) -> Judgement:
    """Take an import back. Raises InputError for a batch that is none, or was taken back already."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        logged = {row.subject: entry_data(row) for row in writer.read.all(LogEntry, event=IMPORTED)}
        wanted = batch.strip().lower()
        found = [name for name in logged if len(wanted) >= 4 and name.startswith(wanted)]
        if len(found) != 1:
            raise InputError(f"{len(found)} imports begin with {batch!r}. `armslength list imports CASE` shows them.")
        if found[0] in {row.target for row in _voids(writer.read.all(Judgement))}:
            raise InputError(f"The import {found[0][:12]} was taken back already.")
        by_id = {row.id: row for row in writer.read.all(Judgement)}
        ids = [row for row in logged[found[0]]["judgements"] if by_id[row].decision not in {REVIEWER, RETIRE}]
        value = json.dumps({"ids": sorted(ids)}, separators=(",", ":"))
        row = judge(writer, hand, target=found[0], decision=VOID, reason=reason, clock=clock, value=value)
        if bears_on_rows(by_id[one] for one in ids):
            carry_out(writer)
        return row


@dataclass(frozen=True, slots=True, kw_only=True)
class _Comparison:
    new: tuple[Judgement, ...]
    known: frozenset[str]
    refused: tuple[tuple[str, str], ...]


def compare(here: Iterable[Judgement], there: Iterable[Judgement], *, case: str, trust: Collection[str]) -> _Comparison:
    """What of another copy's judgements is new, known or refused."""
    mine, theirs = {row.id: row for row in here}, {row.id: row for row in there}
    trusted = frozenset(known_reviewers(mine.values(), case=case).keys) | {key.strip().lower() for key in trust}
    keys = known_reviewers([*mine.values(), *(row for row in theirs.values() if row.decision in {REVIEWER, RETIRE})], case=case)
    refused = {row.id: why for row in theirs.values() if row != mine.get(row.id) and (why := _why_not(row, mine, keys, trusted, case))}
    fresh = [row for row in theirs.values() if row.id not in mine and row.id not in refused]
    return _Comparison(
        new=tuple(sorted(fresh, key=lambda row: (row.when, row.id))),
        known=frozenset(row.id for row in theirs.values() if row == mine.get(row.id)),
        refused=tuple(sorted(refused.items())),
    )


def _why_not(row: Judgement, mine: dict[str, Judgement], keys: Reviewers, trusted: frozenset[str], case: str) -> str:
    if row.id in mine:
        return "it has the id of a judgement of this case and says something else: one of the two was changed."
    if not row.key or not row.signature:
        return "it is not signed, so nobody knows who made it."
    wrong = wrong_with(row, keys, case=case)
    if wrong:
        return f"{wrong}."
    if row.key not in trusted:
        return (
            f"it is signed with the key {row.key} of {row.who}, which this case does not know. Compare the key with its holder, "
            f"by voice or on paper, then say --trust {row.key}."
        )
    return ""


def _keep(
    writer: Writer, rows: Sequence[Judgement], batch: str, again: Sequence[Judgement], *, hand: Hand, reason: str, clock: Clock
) -> None:
    with writer.together():
        for row in rows:
            writer.decide(row)
        if batch:
            writer.record(IMPORTED, batch, {"judgements": [row.id for row in rows], "reason": reason})
        for void in again:
            judge(writer, hand, target=void.target, decision=WITHDRAW, reason=reason, clock=clock)
        complete(writer)
    if again or bears_on_rows(rows):
        carry_out(writer)


def _voids(rows: Iterable[Judgement]) -> list[Judgement]:
    """Imports that are taken back now."""
    rows = list(rows)
    lifted = {old for row in rows for old in row.replaces}
    return [row for row in rows if row.decision == VOID and row.id not in lifted]


def _taken_back(reader: Reader, there: set[str]) -> list[Judgement]:
    """Imports that were taken back here and are brought again, whole."""
    return [row for row in _voids(reader.all(Judgement)) if told(row)["ids"] and set(told(row)["ids"]) <= there]


def read_other(other: Path, case: Case) -> tuple[list[Judgement], list[tuple[str, str]]]:
    """The judgements of another copy, and those that cannot be read whole. Raises InputError for what is no copy of this case."""
    if (other / CASE_FILE).is_file():
        if locate_case(other).id != case.id:
            raise InputError(f"{other} is another case. Judgements are merged between copies of one case only.")
        if other.resolve() == case.folder.resolve():
            raise InputError(f"{other} is this very case.")
        with reading(open_case(other)) as reader:
            return reader.all(Judgement), []
    path = other / JUDGEMENTS_FILE if other.is_dir() else other
    if not path.is_file():
        raise InputError(f"{other} is no case, no export and no {JUDGEMENTS_FILE}.")
    rows, refused = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line:
            row = _row(line, f"{path}, line {number}")
            if row.get("whole", True):
                rows.append(Judgement(**{name: str(row.get(name) or "") for name in _FIELDS}))
            else:
                refused.append((str(row["id"]), "an export does not hold it whole, to protect somebody. Bring it from a copy of the case."))
    return rows, refused


_FIELDS = tuple(part.name for part in fields(Judgement))


def _row(line: str, where: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except ValueError:
        raise InputError(f"{where}: this is no line of JSON.") from None
    if not isinstance(row, dict) or not {"id", "target", "decision", "reason", "who", "when"} <= row.keys():
        raise InputError(f"{where}: this is no judgement.")
    return row


def imports_of(reader: Reader) -> Iterator[dict[str, object]]:
    """The imports of a case, for a list."""
    gone = {row.target for row in _voids(reader.all(Judgement))}
    for row in reader.all(LogEntry, event=IMPORTED):
        data = entry_data(row)
        yield {
            "id": row.subject,
            "when": row.time,
            "who": row.actor,
            "judgements": len(data["judgements"]),
            "taken_back": row.subject in gone,
            "reason": data["reason"],
        }
