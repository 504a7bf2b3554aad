"""What would become of facts and counts if people made two things one, or two, or took that back: looked at, and not kept.

In:  an open case, what somebody thinks of deciding.
Out: `Preview`: what would go, what would come, which counts would change.
Never: keeps anything: it is done in one step of the database that is always undone, and leaves no entry in the log. Nobody signs a preview.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from armslength.base.clock import Clock, stamp
from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.model.decisions import Judgement
from armslength.pipeline.remaking import THINGS, Outcome, comparing, make_rows
from armslength.pipeline.sameness import said_of_pair, said_of_withdrawal
from armslength.pipeline.signing import Said, heads_about
from armslength.resolve.judged import MERGE, SPLIT, WITHDRAW
from armslength.store.case import Case
from armslength.store.read import Reader
from armslength.store.write import making

NOBODY = "preview"
"""Who decides in a preview."""
_REMEMBERED = 64
"""Previews kept in memory: each is some kB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody thinks of deciding."""

    decision: str
    """`merge`, `split` or `withdraw`."""
    level: str = ""
    one: str = ""
    """An id. Of a split, what is to leave."""
    other: str = ""
    judgement: str = ""
    """What would be taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would come of it."""

    wish: Wish
    outcome: Outcome

    @property
    def nothing(self) -> bool:
        """Whether no row would be otherwise."""
        return not (self.outcome.gone or self.outcome.made or self.outcome.changed)


class _Undone(Exception):  # noqa: N818 - nothing went wrong
    """Ends a step of the database so that nothing of it stays."""


def _undo() -> None:
    raise _Undone


_KEPT: OrderedDict[tuple[str, str, Wish], Preview] = OrderedDict()
"""Previews by case, moment of its log, and wish: as long as nothing is written they are what they were."""
_LOCK = Lock()


def preview(case: Case, wish: Wish, *, clock: Clock, patience: float = 10.0) -> Preview:
    """Try what a judgement would do. Raises InputError for one that could not be made."""
    with comparing(case) as comparison, making(case, clock=clock, actor=NOBODY, patience=patience) as writer:
        moment = _moment(writer.read)
        known = _known(case.id, moment, wish)
        if known is not None:
            return known
        found: Outcome | None = None
        try:
            with writer.together():
                row = _row(writer.read, wish, clock)
                writer.decide(row)
                writer.watch = comparison.note
                make_rows(writer, row)
                found = comparison.outcome(writer.read)
                _undo()
        except _Undone:
            pass
    if found is None:
        raise InputError("This could not be tried.")
    made = Preview(wish=wish, outcome=found)
    with _LOCK:
        _KEPT[case.id, moment, wish] = made
        while len(_KEPT) > _REMEMBERED:
            _KEPT.popitem(last=False)
    return made


def previewed(reader: Reader, wish: Wish) -> Preview | None:
    """What was tried, if the case still stands as it did; labels as this reading shows them."""
    found = _known(reader.case.id, _moment(reader.exact()), wish)
    return reader.hidden(found) if found else None


def _known(case: str, moment: str, wish: Wish) -> Preview | None:
    with _LOCK:
        return _KEPT.get((case, moment, wish))


def _moment(reader: Reader) -> str:
    return reader.head()[1]


def _row(reader: Reader, wish: Wish, clock: Clock) -> Judgement:
    said = _said(reader, wish)
    before = heads_about(reader, [said.target])[said.target]
    when = stamp(clock.now())
    return Judgement(
        id=digest(NOBODY, said.target, said.decision, said.value, when),
        target=said.target,
        decision=said.decision,
        reason="Only to see what would come of it.",
        who=NOBODY,
        when=when,
        value=said.value,
        supersedes=" ".join(row.id for row in before),
    )


def _said(reader: Reader, wish: Wish) -> Said:
    if wish.decision == WITHDRAW:
        return said_of_withdrawal(reader, wish.judgement)[0]
    if wish.decision not in {MERGE, SPLIT} or wish.level not in THINGS:
        raise InputError(f"{wish.decision!r} of a {wish.level!r} cannot be tried: it is merge, split or withdraw.")
    return said_of_pair(reader, (wish.one, wish.other), level=wish.level, decision=wish.decision)
