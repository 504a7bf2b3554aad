"""The desk: the one door through which pages write.

In:  an open case, a clock; what somebody decides, with their hand, a reason, and which judgements about it they had on screen.
Out: the signed judgement, in the log before a method returns; whether anything is to be made anew because of it.
Never: decides anything itself; waits for what a judgement changes: a worker carries it out. Lets a decision through that was made without
having seen what somebody else decided meanwhile.

The doors of the command line (`judging`, `verdicting`, `sameness`, `findings`, `ledgers`, `adding`) keep a judgement and carry it out at
once; what is said, and what may be said, is the same code.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, get_ident
from typing import Self

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.base.settings import Settings
from armslength.extract.run import BY_A_MODEL, SENT
from armslength.model.claims import Claim
from armslength.model.decisions import Finding, Judgement
from armslength.model.ledger import Disclosure, Entry, Protection
from armslength.pipeline.adding import Draft, said_of_chain, said_of_claim, said_of_division
from armslength.pipeline.carriers import WORKER, Apart, Carrier, Here
from armslength.pipeline.carrying import Came, Turn
from armslength.pipeline.findings import keep_second, said_of_finding
from armslength.pipeline.judging import said_of_edge, said_of_new_edge
from armslength.pipeline.ledgers import keep_entry
from armslength.pipeline.pending import bears_on_rows
from armslength.pipeline.previewing import Preview, Wish, preview
from armslength.pipeline.sameness import said_of_pair, said_of_withdrawal, withdrawable
from armslength.pipeline.signing import Conflict, Hand, Said, hand_of, heads_about, no_passphrase, sign_all
from armslength.pipeline.verdicting import said_of_row
from armslength.pipeline.worker import QUIET, Worker, Working
from armslength.resolve.judged import MERGE, SPLIT
from armslength.store.case import Case, held_open
from armslength.store.lock import Busy
from armslength.store.progress import read_step
from armslength.store.read import Reader, reading
from armslength.store.reviewer_keys import reviewers_folder
from armslength.store.turns import side_by_side
from armslength.store.write import Writer, deciding, making

__all__ = ["Conflict", "Desk", "Kept"]

PATIENCE = 60.0
"""Seconds that a judgement waits for its turn before it gives up: a pass over a middling case takes less, also on a busy machine."""
UNDONE = "Taken back by whoever had decided it."
_LOOKED_BACK = 50
"""Of somebody's decisions, at a time, when their last one that stands is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A judgement that is in the log."""

    judgement: Judgement
    pending: bool
    """Whether rows are being made anew because of it."""
    says: tuple[str, ...] = ()
    """What follows at once, in sentences: of an entry into a ledger."""
    finding: Finding | None = None
    """The finding that a second reviewer's word made."""
    others: tuple[Judgement, ...] = ()
    """Judgements kept in the same step: the claims that one was divided into."""


class Desk:
    """What the pages of a case are written through. One for a server; its methods may be called from many threads."""

    __slots__ = (
        "_carrier",
        "_counting",
        "_held",
        "_one_writer",
        "_settings",
        "_turn",
        "_waiting",
        "_worker",
        "case",
        "clock",
        "keys",
        "patience",
    )

    def __init__(
        self,
        case: Case,
        clock: Clock,
        *,
        keys: Path | None = None,
        settings: Settings | None = None,
        patience: float = PATIENCE,
        quiet: float = QUIET,
        apart: bool = False,
    ) -> None:
        """`apart`: judgements are carried out in a process of its own, not in a thread of this one."""
        self.case = case
        self.clock = clock
        self.keys = keys or reviewers_folder()
        """Folder of reviewers' private keys on this machine."""
        self.patience = patience
        self._one_writer = not side_by_side(case)
        """Whether judgements have to wait until the worker gives way."""
        self._held = ExitStack()
        self._turn = Lock()
        self._waiting: set[int] = set()
        self._counting = Lock()
        self._settings = settings or Settings()
        turn = Turn(write=self._worker_writing, wanted=lambda: bool(self._waiting), stopping=Event())
        self._carrier: Carrier = (
            Apart(case, clock, self._settings, patience=patience)
            if apart
            else Here(case=case, clock=clock, settings=self._settings, turn=turn)
        )
        self._worker = Worker(self._carrier, clock, quiet=quiet)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Begin: what was kept and not carried out when a server ended is carried out now."""
        if not self.case.copy_of:
            self._held.enter_context(held_open(self.case))
            self._worker.start()

    def close(self) -> None:
        """End. What is not carried out yet stands in the log, and is carried out at the next start."""
        self._worker.stop()
        self._held.close()

    def build(self) -> None:
        """Read anew everything that is out of date, in the background. Raises InputError for a travel copy, and for a case that a language
        model read: without that model, all of it would be read again by the rules.
        """
        if self.case.copy_of:
            raise InputError("This is a travel copy: it can be read, not built.")
        with reading(self.case) as reader:
            by_model = reader.last_entry(SENT) and any(row.reader.name == BY_A_MODEL for row in reader.all(Claim, limit=_LOOKED_BACK))
        if by_model and self._settings.model is None:
            raise InputError("This case was read by a language model. Build it at a command line, with the same --reader and --model.")
        self._worker.build()

    def progress(self) -> Working:
        """What is being done to the case: here, or by another process of this login."""
        here = self._worker.working()
        step = read_step(self.case.id) if not here.busy else None
        if step is None:
            return here
        return Working(busy=True, building=True, step=step.step, done=step.done, total=step.total, since=step.since)

    def came_of(self, judgement: str) -> Came | None:
        """What came of a judgement that was kept here; None while it is not carried out."""
        return self._worker.came_of(judgement)

    def came_of_last(self, who: str) -> Came | None:
        """What came of the last of somebody's judgements that was carried out here."""
        return self._worker.came_of_last(who)

    def settle(self, *, seconds: float = 60.0) -> bool:
        """Wait until everything is carried out; whether that came about in time."""
        return self._worker.settle(seconds=seconds)

    def hand(self, who: str, *, passphrase: Callable[[], str] = no_passphrase) -> Hand:
        """The hand of a reviewer whose key is on this machine."""
        return hand_of(self.case.folder, who, keys=self.keys, clock=self.clock, passphrase=passphrase)

    def record(self, event: str, subject: str, data: Mapping[str, object], *, actor: str) -> None:
        """Put an event into the custody log."""
        with self._writing(actor) as writer:
            writer.record(event, subject, data)

    def turn_of(self, who: str) -> AbstractContextManager[Writer]:
        """A writer that keeps decisions, as soon as it is this one's turn. Raises CaseError when that takes too long."""
        return self._writing(who)

    def try_out(self, wish: Wish) -> Preview:
        """What a judgement would change; nothing is kept. Raises InputError for one that could not be made, Busy when it takes too long."""
        with self._wanting():
            return preview(self.case, wish, clock=self.clock, patience=self.patience)

    # What people decide

    def say_of(
        self,
        row: str,
        *,
        level: str,
        decision: str,
        hand: Hand,
        reason: str,
        edits: Mapping[str, str] | None = None,
        seen: Collection[str] | None = None,
    ) -> Kept:
        """Accept, reject or edit a claim, fact, site or incident."""
        return self._keep(lambda read: said_of_row(read, row, level=level, decision=decision, edits=edits), hand, reason, seen)

    def judge_edge(self, edge: str, *, decision: str, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Confirm (`accept`) or dispute (`dispute`) an edge."""
        return self._keep(lambda read: said_of_edge(read, edge, decision=decision), hand, reason, seen)

    def add_edge(
        self, ends: tuple[str, str], *, level: str, kind: str, hand: Hand, reason: str, seen: Collection[str] | None = None
    ) -> Kept:
        """Add an edge between two claims or documents that only people know of."""
        return self._keep(lambda read: said_of_new_edge(read, ends, level=level, kind=kind), hand, reason, seen)

    def merge(self, ids: tuple[str, str], *, level: str, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Make one what two ids name: facts, voices, sites or incidents."""
        return self._keep(lambda read: said_of_pair(read, ids, level=level, decision=MERGE), hand, reason, seen)

    def split(self, ids: tuple[str, str], *, level: str, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Take the claim (or mention) that the first id names out of what the second names, and keep the two apart."""
        return self._keep(lambda read: said_of_pair(read, ids, level=level, decision=SPLIT), hand, reason, seen)

    def withdraw(self, judgement: str, *, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Take a judgement back."""
        return self._keep(lambda read: said_of_withdrawal(read, judgement, seen=seen), hand, reason, seen)

    def undo(self, hand: Hand, *, reason: str = UNDONE) -> Kept:
        """Take back the last thing that somebody decided and that can be taken back. Raises InputError where there is none."""
        return self._keep(lambda read: said_of_withdrawal(read, last_standing(read, hand.who).id), hand, reason, None)

    def add_claim(self, draft: Draft, *, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Add a claim that the program missed."""
        return self._keep(lambda read: said_of_claim(read, draft), hand, reason, seen)

    def divide_claim(self, claim: str, drafts: Sequence[Draft], *, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Put two or more claims in the place of one, in one step; `seen` is about the one."""
        return self._keep(lambda read: said_of_division(read, claim, drafts), hand, reason, seen)

    def change_chain(self, claim: str, voices: Sequence[str], *, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Say that other voices stand behind a claim than those the program read; `voices` as in a draft, after the page's own."""
        return self._keep(lambda read: said_of_chain(read, claim, voices), hand, reason, seen)

    def add_finding(
        self,
        fact: str,
        *,
        standard: str,
        statement: str,
        evidence: tuple[Sequence[str], Sequence[str]],
        hand: Hand,
        reason: str,
        seen: Collection[str] | None = None,
    ) -> Kept:
        """Propose a finding about a fact. `evidence` is claims for it and claims against it."""
        return self._keep(
            lambda read: said_of_finding(read, fact, standard=standard, statement=statement, evidence=evidence), hand, reason, seen
        )

    def second_finding(self, finding: str, *, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Agree to a finding that another reviewer proposed."""
        with self._writing(hand.who) as writer:
            row, made = keep_second(writer, finding, reason=reason, hand=hand, clock=self.clock, seen=seen)
        return Kept(judgement=row, pending=False, finding=made)

    def enter(self, entry: Entry, *, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Enter into a ledger: a legal status, a reply, a consent, a request, an order, a disclosure, a protection, a clock."""
        with self._writing(hand.who) as writer:
            found = keep_entry(writer, entry, reason=reason, hand=hand, clock=self.clock, seen=seen)
        if isinstance(entry, Disclosure | Protection):
            self._worker.start()  # whose names are hidden may be another matter now: the lists and the index follow
        return Kept(judgement=found.judgement, pending=False, says=found.says)

    # Keeping

    def keep(self, say: Callable[[Reader], Said | Sequence[Said]], *, hand: Hand, reason: str, seen: Collection[str] | None = None) -> Kept:
        """Keep what somebody says through a door of its own, such as a code in a coding task."""
        return self._keep(say, hand, reason, seen)

    def _keep(self, say: Callable[[Reader], Said | Sequence[Said]], hand: Hand, reason: str, seen: Collection[str] | None) -> Kept:
        with self._writing(hand.who) as writer:
            told = say(writer.read)
            said = [told] if isinstance(told, Said) else told
            rows = sign_all(writer, said, hand=hand, reason=reason, clock=self.clock, seen=seen)
            with writer.together():
                for row in rows:
                    writer.decide(row)
        waits = bears_on_rows(rows)
        if waits:
            self._worker.tell()
        return Kept(judgement=rows[0], pending=waits, others=tuple(rows[1:]))

    @contextmanager
    def _writing(self, who: str) -> Iterator[Writer]:
        """A writer, as soon as it is this one's turn. Raises CaseError when that takes too long; then nothing was kept."""
        with self._wanting() if self._one_writer else nullcontext():
            if not self._turn.acquire(timeout=self.patience):
                raise Busy("The case is being written to and did not become free in time. Nothing was kept: try again.")
            try:
                with deciding(self.case, clock=self.clock, actor=who, patience=self.patience) as writer:
                    self._wait(waits=False)
                    yield writer
            finally:
                self._turn.release()

    @contextmanager
    def _wanting(self) -> Iterator[None]:
        """Let the worker give way until the block ends, or `_wait` says that it need not any more."""
        self._wait(waits=True)
        try:
            yield
        finally:
            self._wait(waits=False)

    def _wait(self, *, waits: bool) -> None:
        """Note that this thread waits for its turn, or does no more."""
        with self._counting:
            (self._waiting.add if waits else self._waiting.discard)(get_ident())
            self._carrier.want(len(self._waiting))

    @contextmanager
    def _worker_writing(self) -> Iterator[Writer]:
        """A writer for the worker, which waits for those who keep a judgement where it has to."""
        with (
            self._turn if self._one_writer else nullcontext(),
            making(self.case, clock=self.clock, actor=WORKER, patience=self.patience) as writer,
        ):
            yield writer


def last_standing(reader: Reader, who: str) -> Judgement:
    """The last judgement of somebody, made in this copy of the case, that stands and can be taken back. Raises InputError for none."""
    before: int | None = None
    while made := reader.made_by(who, before=before, limit=_LOOKED_BACK):
        rows = {row.id: row for row in reader.all(Judgement, id=[row for _, row in made])}
        heads = heads_about(reader, [row.target for row in rows.values()])
        for _, found in made:
            row = rows.get(found)
            if row is not None and withdrawable(row) and row in heads[row.target]:
                return row
        before = made[-1][0]
    raise InputError("Nothing of what you decided here stands and can be taken back.")
