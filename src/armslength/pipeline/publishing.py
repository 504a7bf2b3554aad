"""A release, in two steps by two people: one proposes what the gate let through and the attack did not break, another makes it.

In:  a case, a profile, the hands of two reviewers.
Out: a proposal: a folder to look through, and a signed judgement; then a release: a package, a second signed judgement, a log entry.
Never: leaves anything behind of what the gate or the attack stopped; releases on one key; releases something else than was proposed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from armslength.base.clock import Clock, stamp
from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.model.custody import LogEntry
from armslength.model.decisions import Judgement, Release, heads, told
from armslength.model.facts import Fact
from armslength.pipeline.clearing import PROPOSE, RELEASE, Gated, Wanted, gate, record_of, secrets_of
from armslength.pipeline.counting import count_again
from armslength.pipeline.enclosing import stamps_of, tables_beside
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.naming import refuse_names
from armslength.pipeline.signing import Hand, judge, judgement_row, judgements_of, reviewers_of
from armslength.pipeline.vaulting import names_for_release
from armslength.publish.attack.attack import attack
from armslength.publish.attack.files import Opening
from armslength.publish.attack.pictures import installed_reader
from armslength.publish.attack.rows import Report
from armslength.publish.content import names_of
from armslength.publish.gate.feed import Change, feed
from armslength.publish.gate.profile import read_profile
from armslength.publish.gate.rows import Past, Refusal
from armslength.publish.jsonl import line, line_rows
from armslength.publish.package.options import Changed, PackageOptions, Releaser, Side, Written
from armslength.publish.package.writing import write_package
from armslength.publish.run import FORMATS
from armslength.store.case import case_secret, open_case
from armslength.store.write import Writer, writing

REFUSED, STOPPED, MADE = "release.refused", "release.stopped", "release.made"
"""Events of the log."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """Nothing left the house, and why."""

    refusals: tuple[Refusal, ...] = ()
    report: Report | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal that waits for a second reviewer."""

    id: str
    folder: Path
    content: str
    """Hash of what would be released."""
    facts: int
    changes: tuple[Mapping[str, object], ...]
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A release that was made."""

    id: str
    folder: Path
    written: Written
    facts: int
    corrections: Path | None
    """What has to be put beside earlier releases, or None where nothing has."""
    report: Report


class _StoppedError(Exception):
    """Carries an attack's report out of the writing of a package."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def propose(folder: Path, to: Path, *, wanted: Wanted, hand: Hand, reason: str, clock: Clock) -> Proposed | Stopped:
    """Put a case through the gate, write what came through into a folder, attack it, and sign it as a proposal.

    Raises InputError when the folder is in use or a fact to leave out is not there.
    """
    _free(to)
    names = names_for_release(folder, clock=clock, actor=hand.who)
    with _open(folder, hand, clock) as writer:
        refuse_names(writer.read, reason, wanted.unread_pictures)
        left = tuple(find_by_prefix(writer.read, Fact, one, word="fact").id for one in wanted.without)
        wanted = replace(wanted, without=tuple(sorted(set(left))))
        day, nonce = stamp(clock.now())[:10], digest("nonce", hand.key.id, stamp(clock.now()))
        found = gate(writer.read, wanted, day=day, nonce=nonce, names=names)
        if isinstance(found, tuple):
            return _refused(writer, wanted, found)
        with _scratch(to) as scratch:
            draft = scratch / "draft"
            _write_draft(draft, found, wanted)
            report = _attacked(draft, found, wanted)
            if not report.passed:
                return _stopped(writer, wanted, report)
            _write_json(draft / "attack.json", _shown(report))
            proposal = digest("proposal", found.hash, nonce)
            with writer.together():
                judge(writer, hand, target=proposal, decision=PROPOSE, reason=reason, clock=clock, value=_value(found, wanted, day, nonce))
                writer.record("release.proposed", proposal, {"content": found.hash, "profile": wanted.profile.name, "as_of": day})
            draft.rename(to)
    return Proposed(
        id=proposal,
        folder=to,
        content=found.hash,
        facts=len(found.content.facts),
        changes=tuple(asdict(change) for change in found.cleared.changes),
        report=report,
    )


def release(
    folder: Path, proposal: str, to: Path, *, hand: Hand, first: Callable[[str], Hand], reason: str, clock: Clock
) -> Released | Stopped:
    """Make a release of a proposal, named by the first characters of its id, with a second key. `first` gives the proposer's hand.

    Raises InputError when there is no such proposal, it was released already, the two hands are one, or the case would now show
    something else than was proposed.
    """
    _free(to)
    names = names_for_release(folder, clock=clock, actor=hand.who)
    with _open(folder, hand, clock) as writer:
        refuse_names(writer.read, reason)
        row = _proposal(writer, proposal)
        given = told(row)
        wanted = _wanted_again(given)
        _four_eyes(writer, row, hand, reason, clock)
        found = gate(writer.read, wanted, day=stamp(clock.now())[:10], nonce=str(given["nonce"]), names=names)
        if isinstance(found, tuple):
            return _refused(writer, wanted, found)
        if found.hash != given["content"]:
            raise InputError(
                "The case would now show something else than was proposed: it changed since. Look at it again and propose it anew "
                "(armslength publish)."
            )
        try:
            return _make(writer, row, to, found=found, hands=(first(row.who), hand), reason=reason, clock=clock)
        except _StoppedError as stopped:
            report = stopped.report
        return _stopped(writer, wanted, report)


def _decided(writer: Writer, made: Release, data: Mapping[str, object]) -> LogEntry:
    """Keep a release; its entry in the log."""
    writer.decide(made, data)
    (entry,) = writer.read.all(LogEntry, subject=made.id, event="release.made")
    return entry


def _make(writer: Writer, row: Judgement, to: Path, *, found: Gated, hands: tuple[Hand, Hand], reason: str, clock: Clock) -> Released:
    """Sign, write the package and attack it, in one step of the store: whatever fails takes back the rest."""
    wanted, as_of = _wanted_again(told(row)), str(told(row)["day"])
    name = digest("release", row.target, found.hash)
    record = replace(found.cleared.record, release=name)
    value = json.dumps({"release": name, "record": record_of(record)}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    with _scratch(to) as scratch:
        changes = _changes(found)
        _write_extras(scratch / "formats", found, wanted, changes, day=as_of)
        reports: list[Report] = []

        def say_so(data: Mapping[str, object]) -> LogEntry:
            (fresh,) = scratch.glob(".package-*/package")
            reports.append(_attacked(fresh, found, wanted))
            if not reports[-1].passed:
                raise _StoppedError(reports[-1])
            facts, who = tuple(sorted(record.facts)), (row.who, hands[1].who)
            made = Release(id=name, profile=wanted.profile.name, as_of=as_of, facts=facts, head=log[-1].hash, released_by=who)
            return _decided(writer, made, data)

        with writer.together():
            judge(writer, hands[1], target=row.target, decision=RELEASE, reason=reason, clock=clock, value=value)
            log = writer.read.all(LogEntry)
            shown, whole = tables_beside(writer, found)
            written = write_package(
                scratch / "package",
                shown=Side(content=found.content, more=shown),
                whole=Side(content=found.cleared.whole, more=whole),
                log=log,
                secret=case_secret(writer.case),
                releasers=tuple(map(_releaser, hands)),
                record=say_so,
                options=replace(
                    _options(writer, found, wanted, name=name, as_of=as_of, extras=scratch / "formats"),
                    **{**_since(changes), "stamps": stamps_of(writer.case, log)},
                ),
            )
        (scratch / "package").rename(to)
    beside = _write_corrections(to, changes, name, as_of)
    facts = len(found.content.facts)
    return Released(id=name, folder=to, written=replace(written, folder=to), facts=facts, corrections=beside, report=reports[-1])


def _since(changes: list[tuple[Past, list[Change]]]) -> dict[str, Any]:
    """Options that tell which releases went before, and what has changed since each."""
    return {
        "earlier": [past.release for past, _ in changes],
        "changes": [_changed(past, one) for past, rows in changes for one in rows],
    }


def _options(writer: Writer, found: Gated, wanted: Wanted, *, name: str, as_of: str, extras: Path) -> PackageOptions:
    profile = wanted.profile
    return PackageOptions(
        release=name,
        profile=profile.name,
        as_of=as_of,
        documents="whole" if profile.documents else "spans",
        context=0,
        sources="bytes" if profile.bytes else "hashes",
        source_bytes=writer.read.source_bytes if profile.bytes else None,
        ids=found.cleared.ids,
        attachments={path.relative_to(extras).as_posix(): path for path in sorted(extras.rglob("*")) if path.is_file()},
    )


def _releaser(hand: Hand) -> Releaser:
    return Releaser(name=hand.who, public=hand.key.public, sign=lambda message: bytes.fromhex(hand.key.sign(message)))


@contextmanager
def _open(folder: Path, hand: Hand, clock: Clock) -> Iterator[Writer]:
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        count_again(writer)
        yield writer


@contextmanager
def _scratch(to: Path) -> Iterator[Path]:
    """A folder beside the one to be, gone when the block ends, whatever happens."""
    to.parent.mkdir(parents=True, exist_ok=True)
    found = Path(tempfile.mkdtemp(prefix=f".{to.name}-", dir=to.parent))
    try:
        yield found
    finally:
        shutil.rmtree(found, ignore_errors=True)


def _free(to: Path) -> None:
    if to.exists():
        raise InputError(f"{to} is already there; give --to a new folder.")


def _refused(writer: Writer, wanted: Wanted, refusals: tuple[Refusal, ...]) -> Stopped:
    rules = Counter(row.rule for row in refusals)
    writer.record(REFUSED, wanted.profile.name, {"rules": dict(sorted(rules.items()))})
    return Stopped(refusals=refusals)


def _stopped(writer: Writer, wanted: Wanted, report: Report) -> Stopped:
    channels = Counter(hit.channel for hit in report.hits)
    writer.record(STOPPED, wanted.profile.name, {"channels": dict(sorted(channels.items())), "blocked": len(report.blocked)})
    return Stopped(report=report)


def _attacked(folder: Path, found: Gated, wanted: Wanted) -> Report:
    opening = Opening(read=installed_reader(), waived=bool(wanted.unread_pictures))
    return attack(folder, secrets_of(found), opening=opening, also=found.cleared.hits)


def _value(found: Gated, wanted: Wanted, day: str, nonce: str) -> str:
    given = {
        "content": found.hash,
        "day": day,
        "nonce": nonce,
        "profile": wanted.profile.name,
        "profile_text": wanted.profile_text,
        "without": list(wanted.without),
        "formats": list(wanted.formats),
        "unread_pictures": wanted.unread_pictures,
        "with_whom": wanted.with_whom,
    }
    return json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _wanted_again(given: Mapping[str, object]) -> Wanted:
    text = str(given["profile_text"])
    without, formats = given["without"], given["formats"]
    return Wanted(
        profile=read_profile(text, name=str(given["profile"])),
        profile_text=text,
        without=tuple(map(str, without)) if isinstance(without, list) else (),
        formats=tuple(map(str, formats)) if isinstance(formats, list) else (),
        unread_pictures=str(given["unread_pictures"]),
        with_whom=str(given["with_whom"]),
    )


def _proposal(writer: Writer, prefix: str) -> Judgement:
    """The proposal that a prefix names, not released yet."""
    rows = [row for row in judgements_of(writer.read) if row.decision == PROPOSE and row.target.startswith(prefix.strip().lower())]
    if len(prefix.strip()) < 4 or len(rows) != 1:
        raise InputError(f"{len(rows)} proposals begin with {prefix!r}. `armslength list releases CASE` shows those there are.")
    if any(row.decision == RELEASE for row in heads(writer.read.all(Judgement, target=rows[0].target)).get(rows[0].target, [])):
        raise InputError("That proposal was released already. Propose again: armslength publish.")
    return rows[0]


def _four_eyes(writer: Writer, row: Judgement, hand: Hand, reason: str, clock: Clock) -> None:
    mine = judgement_row(writer, hand, target=row.target, decision=RELEASE, reason=reason, clock=clock)
    if not reviewers_of(writer.read).four_eyes((row, mine)):
        raise InputError("Whoever releases is somebody else, with another key, than who proposed. Two people release.")


def _write_draft(folder: Path, found: Gated, wanted: Wanted) -> None:
    """What would be released, to be looked through."""
    data = folder / "data"
    data.mkdir(parents=True)
    for table, rows in line_rows(found.content, names_of(found.content)).items():
        (data / f"{table}.jsonl").write_text("".join(map(line, rows)), encoding="utf-8")
    _write_extras(folder / "formats", found, wanted, _changes(found), day=found.ask.day)
    (folder / "PROPOSAL.txt").write_text(_note(found, wanted), encoding="utf-8")


def _note(found: Gated, wanted: Wanted) -> str:
    changes = [f"  {change.count:,} {change.what}" for change in found.cleared.changes]
    return "\n".join(
        [
            "This is a proposal. It is not released: do not hand it on.",
            "",
            f"Profile: {wanted.profile.name}. {wanted.profile.title}.",
            *(f"  {said}" for said in wanted.profile.shown()),
            "",
            "What was generalised or left out:",
            *(changes or ["  nothing"]),
            "",
            f"Hash of the content: {found.hash}",
            "A second reviewer looks through it and releases it with their own key: armslength release.",
            "",
        ]
    )


def _write_extras(folder: Path, found: Gated, wanted: Wanted, changes: list[tuple[Past, list[Change]]], *, day: str) -> None:
    """Other formats, the profile, what the gate changed, and the change feed."""
    folder.mkdir(parents=True)
    told = replace(found.content, title="Evidence and its origins", as_of=day, scope=f"{wanted.profile.name}: {wanted.profile.title}")
    for form in wanted.formats:
        for name, parts in FORMATS[form](told):
            path = folder / form / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as out:
                for part in parts:
                    out.write(part if isinstance(part, bytes) else part.encode("utf-8"))
    _write_json(folder / "profile.json", {**asdict(wanted.profile), "shown": list(wanted.profile.shown())})
    _write_json(folder / "gate.json", [asdict(change) for change in found.cleared.changes])
    _write_json(folder / "changes.json", [_corrected(past, rows) for past, rows in changes])


def _changes(found: Gated) -> list[tuple[Past, list[Change]]]:
    """The change feed against every earlier release."""
    relations = found.ask.content.relations
    return [(past, feed(past, found.cleared.record, relations)) for past in found.ask.past]


def _changed(past: Past, row: Change) -> Changed:
    return Changed(release=past.release, reason=row.reason, was=row.was, now=row.now, why=row.why)


def _corrected(past: Past, rows: list[Change]) -> Mapping[str, object]:
    changes = [{"reason": row.reason, "was": row.was or None, "now": row.now or None, "why": row.why} for row in rows]
    return {"release": past.release, "released": past.when, "changes": changes}


def _write_corrections(to: Path, changes: list[tuple[Past, list[Change]]], name: str, as_of: str) -> Path | None:
    """The corrections to be published where each earlier release is, in a file beside this one's folder."""
    rows = [(past, [row for row in found if row.was]) for past, found in changes]
    if not any(found for _, found in rows):
        return None
    path = to.with_name(f"{to.name}-corrections.json")
    _write_json(path, {"by": name, "as_of": as_of, "corrections": [_corrected(past, found) for past, found in rows if found]})
    return path


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _shown(report: Report) -> Mapping[str, object]:
    return {**asdict(report), "channels": dict(report.channels)}
