"""Which facts a change concerns: by their claims, pages and voices, by texts, credits and publishers, by what people decided.

In:  facts and documents that came, changed or went; what resolving says it has changed; what was noted of all other facts.
Out: ids of facts to be traced again; what is noted of documents and names, as it is now.
Never: reads a fact, or a document that the change does not concern.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from armslength.base.ids import digest
from armslength.lineage.judged import Judged
from armslength.lineage.noting import (
    COVER,
    FIGURE,
    HALF,
    ISSUE,
    ISSUED,
    OUTLET,
    PAGE,
    PUBLIC,
    TRACED,
    VOICE,
    asks,
    document_entry,
    gives,
    name_entry,
)
from armslength.lineage.spellings import Spellings, halves, near, one_away, tells
from armslength.lineage.tracing import BATCH, Around, Rows, cast_of
from armslength.model.claims import Claim
from armslength.model.codec import from_json, to_json
from armslength.model.entries import Entries, Entry
from armslength.model.facts import LineageEdge
from armslength.model.heads import HEADS, RENAMED, TOUCHED, Head

STATE = "lineage"
_ID, _WORDS = digest("lineage", "state"), digest("lineage", "words")


class EdgeRows(Rows, Protocol):
    """Rows of the case, and edges as they were written last."""

    def edges(self, ids: Collection[str]) -> list[LineageEdge]:
        """Edges by id; those that are gone are left out."""

    def facts_with(self, claims: Collection[str]) -> set[str]:
        """Ids of the facts that hold claims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the stage knows of the whole case."""

    judged: str = ""
    """What people had decided."""
    groups: str = ""
    """Which table of publishers it was made with."""
    width: int = 0
    """Digits of a row's id that its run is told by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What has changed since the stage last ran."""

    docs: set[str]
    """Documents that came, changed or went, or that are read otherwise."""
    keys: set[int]
    """What is answered otherwise now, by the numbers of the questions."""
    words: frozenset[str]
    """Words that are spelt so by more documents now, or by fewer, or that name a place now or no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What has changed for the edges between documents."""

    come: set[str]
    gone: set[str]
    restless: set[str]
    """Documents that stay, of which publisher, credit or their names may be read otherwise."""
    judged: set[str]


def read_state(kept: Entries) -> State:
    """The state as it was noted last."""
    found = kept.of_ids(STATE, [_ID])
    return from_json(State, found[0].body) if found else State()


def note_state(kept: Entries, state: State) -> None:
    """Keep the state in place of the one before."""
    kept.forget(kept.of_ids(STATE, [_ID]))
    kept.note([Entry(space=STATE, id=_ID, body=to_json(state))])


def read_spellings(kept: Entries) -> Spellings:
    """How the case spells its words, as it was counted last."""
    stored = kept.of_ids(STATE, [_WORDS])
    counts = [Counter(found) for found in json.loads(stored[0].body)] if stored else [Counter(), Counter()]
    return Spellings(documents=counts[0], places=frozenset(counts[1]))


def told(kept: Entries) -> bool:
    """Whether resolving has changed anything since this was last asked."""
    return bool(kept.of_space(TOUCHED) or kept.of_space(RENAMED))


def prepare(docs: Collection[str], whole: Around) -> tuple[Moved, Around]:
    """Note names, publishers and spellings as they are now; what has changed in them, and what tracing reads from now on."""
    kept = whole.kept
    touched, renamed = kept.of_space(TOUCHED), [row.id for row in kept.of_space(RENAMED)]
    kept.forget([*touched, *kept.of_ids(RENAMED, renamed)])
    answered, regrouped = _rename(renamed, whole)
    found = {*docs, *(row.id for row in touched)}
    found |= {row.doc for row in kept.of_keys(ISSUED, {key + 1 for key in answered})}
    found |= {row.doc for row in kept.of_keys(ISSUED, {gives(OUTLET, row)[0] for row in renamed})}
    reports = {row.id for row in kept.of_ids(HEADS, renamed) if from_json(Head, row.body).entity.kind == "report"}
    old, new = _issue(found, whole)
    spellings, words = _spell(old, new, kept)
    keys = {key + 1 for key in (*answered, *_flipped(old, new, kept), *_figures(old, new))}
    keys |= {gives(VOICE, report)[0] for report in reports} | {asks(ISSUE, row)[0] for row in regrouped}
    return Moved(docs=found, keys=keys, words=words), replace(whole, spellings=spellings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What else has changed: facts that are new or say something else; documents that are one text with others now, or were; edges that
    people decided about.
    """

    come: Collection[str]
    texts: Collection[str]
    decided: Collection[str]


def reach(moved: Moved, changed: Changed, people: Judged, rows: EdgeRows, kept: Entries) -> set[str]:
    """Facts that are to be traced again."""
    keys = {gives(PAGE, doc)[0] for doc in {*moved.docs, *changed.texts}} | moved.keys
    found = {row.id for row in kept.of_keys(TRACED, keys)} | set(changed.come)
    alike = {asks(HALF, *half)[0] for word in moved.words for half in halves(word)}
    around = one_away(moved.words)
    found |= {row.id for row in kept.of_keys(TRACED, alike) if near(row.body.split("\n")[1].split(), moved.words, around)}
    if changed.decided:
        edges = [*rows.edges(changed.decided), *people.added]
        found |= rows.facts_with({end for edge in edges if edge.level == "claim" for end in (edge.from_id, edge.to_id)})
    return found


def _rename(ids: Collection[str], whole: Around) -> tuple[set[int], set[str]]:
    """Note names as they are now; the numbers of those that are another's now, and outlets that belong to another group."""
    kept = whole.kept
    old = kept.of_ids(PUBLIC, ids)
    new = [name_entry(from_json(Head, row.body).entity, whole.groups) for row in kept.of_ids(HEADS, ids)]
    kept.forget(old)
    kept.note(new)
    before, after = ({row.id: row.body.split("\n")[0] for row in rows} for rows in (old, new))
    regrouped = {row for row in {*before, *after} if before.get(row, "") != after.get(row, "")}
    return {key for key, _ in _pairs(old) ^ _pairs(new)}, regrouped


def _pairs(entries: Iterable[Entry]) -> set[tuple[int, int]]:
    return {pair for row in entries for pair in row.keys}


def _issue(docs: Collection[str], whole: Around) -> tuple[list[Entry], list[Entry]]:
    """Note of documents who publishes them and what their claims give: what was noted before, and what is noted now."""
    kept, rows = whole.kept, whole.rows
    old = kept.of_docs(ISSUED, docs)
    kept.forget(old)
    new: list[Entry] = []
    ordered = sorted(docs)
    for start in range(0, len(ordered), BATCH):
        documents = rows.documents(ordered[start : start + BATCH])
        cast = cast_of(documents, (), whole)
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in rows.claims_in([row.id for row in documents]):
            claims[claim.doc].append(claim)
        new += [document_entry(row.id, claims[row.id], cast) for row in documents]
    kept.note(new)
    return old, new


def _flipped(old: Sequence[Entry], new: Sequence[Entry], kept: Entries) -> set[int]:
    """Numbers of what is published by somebody now and was not, or the other way round."""
    before, after = ({key for key, what in _pairs(entries) if what in {ISSUE, COVER} and not key % 2} for entries in (old, new))
    mine = Counter(key for row in new for key, _ in row.keys)
    there = kept.buckets(before ^ after, 0)
    return {key for key in before ^ after if key not in there or there[key].size == mine[key]}


def _figures(old: Sequence[Entry], new: Sequence[Entry]) -> set[int]:
    """Numbers of the exact numbers that these documents give, or gave."""
    return {key for key, what in _pairs([*old, *new]) if what == FIGURE}


def _spell(old: Sequence[Entry], new: Sequence[Entry], kept: Entries) -> tuple[Spellings, frozenset[str]]:
    """Count the words of the case again; with those of which the number is another now."""
    stored = kept.of_ids(STATE, [_WORDS])
    counts = [Counter(found) for found in json.loads(stored[0].body)] if stored else [Counter(), Counter()]
    was = [Counter(table) for table in counts]
    moved: list[set[str]] = []
    for line, table in enumerate(counts):
        before, after = (Counter(word for row in rows for word in row.body.split("\n")[line].split()) for rows in (old, new))
        moved.append({word for word in {*before, *after} if before[word] != after[word]})
        table.update(after)
        table.subtract(before)
    if any(moved):
        kept.forget(stored)
        kept.note([Entry(space=STATE, id=_WORDS, body=json.dumps([+table for table in counts], sort_keys=True))])
    places = frozenset(+was[1]) | frozenset(+counts[1])
    spelt = {word for word in moved[0] if tells(word, was[0][word], counts[0][word], places)}
    named = {word for word in moved[1] if bool(was[1][word]) != bool(counts[1][word])}
    return Spellings(documents=+counts[0], places=frozenset(+counts[1])), frozenset(spelt | named)
