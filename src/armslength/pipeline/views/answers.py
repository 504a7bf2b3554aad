"""Those whom a fact accuses: whether they were asked for a reply, and what they answered (METHOD F2).

In:  a reading of a case, a fact, what must stand beside it.
Out: `AnswerView` for each of them, numbered; and for whoever enters a reply, which entity a number is.
Never: hands out an entity's id: some of the accused are persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.facts import Fact
from armslength.model.fairness import Asked, fair
from armslength.model.ledger import Reply
from armslength.pipeline.ledgers import ledger_of, slot_of
from armslength.pipeline.signing import heads_about
from armslength.pipeline.views import words
from armslength.pipeline.views.names import names_for
from armslength.store.read import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """Whether somebody who is accused was asked, and what they answered."""

    number: int
    """Which of the accused it is: the first is 1."""
    who: str
    """Name of a body, pseudonym of a person."""
    state: str
    """`answered`, `sought` or `not_sought`."""
    channel: str
    asked: str
    """In words; empty where nobody asked."""
    deadline: str
    answered: str
    answer: str
    """The answer's own words."""
    days: tuple[str, str, str]
    """Asked, deadline, answered, as they were entered; empty where they were not."""
    seen: tuple[str, ...]
    """Judgements that stand about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accused:
    """One of those whom a fact accuses, for whoever enters something about them."""

    number: int
    who: str
    """As pages show it."""
    entity: str


def answers_of(reader: Reader, fact: Fact, asked: Sequence[Asked]) -> tuple[AnswerView, ...]:
    """What each of the accused answered, their labels as stored: to be masked by whoever asked for it."""
    slots = [slot_of(Reply(judgement="", target=fact.id, addressee=row.entity, channel="", asked="", deadline="")) for row in asked]
    standing = heads_about(reader.exact(), slots) if slots else {}
    return tuple(
        _answer(number, row, tuple(one.id for one in standing[slot]))
        for number, (row, slot) in enumerate(zip(asked, slots, strict=True), start=1)
    )


def accused_in(reader: Reader, fact_id: str) -> tuple[Accused, ...]:
    """Those whom a fact accuses, in the order in which its page numbers them; none where there is no such fact."""
    fact = reader.exact().get(Fact, fact_id)
    if fact is None:
        return ()
    claims = reader.exact().all(Claim, id=list(fact.claims))
    found = fair(fact, {row.id: row for row in claims}, names_for(reader, claims).entities, ledger_of(reader.exact()))
    return tuple(_accused(reader, found.asked))


def _accused(reader: Reader, asked: Sequence[Asked]) -> Iterator[Accused]:
    for number, row in enumerate(asked, start=1):
        yield reader.hidden(Accused(number=number, who=row.label, entity=row.entity))


def _answer(number: int, row: Asked, seen: tuple[str, ...]) -> AnswerView:
    reply = row.reply
    return AnswerView(
        number=number,
        who=row.label,
        state=row.state,
        channel=reply.channel if reply else "",
        asked=words.dated(reply.asked) if reply else "",
        deadline=words.dated(reply.deadline) if reply else "",
        answered=words.dated(reply.answered) if reply else "",
        answer=reply.answer if reply else "",
        days=(reply.asked, reply.deadline, reply.answered) if reply else ("", "", ""),
        seen=seen,
    )
