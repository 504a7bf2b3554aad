"""The queue as it is shown: the first items that nobody has decided yet, each with its evidence side by side.

In:  a reading of a case, which kind is asked for, what the visitor has put off, a day.
Out: items with the words on both sides, what may be decided, and which judgements stand about it.
Never: reads more than a page of items; shows a person as something to decide about.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from armslength.lineage.hinges import REWEIGH
from armslength.model.claims import Claim
from armslength.model.codec import from_json
from armslength.model.custody import LogEntry
from armslength.model.decisions import FINDING, Finding, Judgement, told
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge
from armslength.model.queue import KINDS, ONE, SPACE, STATE, STATE_ID, Item, read_noted
from armslength.model.things import Entity
from armslength.pipeline.queueing_people import finding_item
from armslength.pipeline.remaking import Thing, members
from armslength.pipeline.signing import heads_about
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import label_of
from armslength.pipeline.views.names import names_for
from armslength.pipeline.views.passages import DocumentRef, context, document_ref, elided, shortened
from armslength.resolve.judged import pair_id
from armslength.store.judged import MADE
from armslength.store.read import Reader

SHOWN = 10
"""Items on one page."""
_LISTED = 50
"""Items in a list."""
_CHUNK = 30
"""Items of a kind read at a time."""
_QUOTES, _WORDS, _FACTS = 3, 2, 3
"""Passages of a fact, stretches of evidence on a side, and facts of an item that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of what is to be compared: words in a document, or what a thing is called."""

    label: str
    """What it is called; empty for a passage."""
    document: DocumentRef | None
    start: int
    end: int
    before: str
    quote: str
    after: str
    evidence: tuple[str, ...]
    """The words on this side that the edge rests on."""
    voice: str
    """Who speaks, by the display name; empty where that is not what it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One decision that can be made from the queue."""

    decision: str
    key: str
    """The key that makes it: `a` or `r`."""
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRef:
    """A fact that an item bears on."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A judgement that stands about what is to be decided."""

    id: str
    who: str
    when: str
    decision: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One thing to look at."""

    id: str
    kind: str
    kind_words: str
    what: str
    """What it is, in words: `Retelling`, `Number of sites`."""
    why: str
    """The machine's own sentence about it; empty where it has none."""
    says: str
    """What a decision would change."""
    because: str
    first: bool
    """It decides between one origin and two, and is doubtful."""
    doubt: float
    facts: tuple[FactRef, ...]
    touched: int
    sides: tuple[Side, ...]
    choices: tuple[Choice, ...]
    stood: tuple[Stood, ...]
    seen: tuple[str, ...]
    """Judgements that stand about it: what whoever decides has had before them."""
    open: str
    """Address of the page where it can be looked at in full."""
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """The first items of the queue."""

    items: tuple[QueueItem, ...]
    kinds: tuple[tuple[str, str, int], ...]
    """(kind, words, how many)."""
    total: int
    more: str
    """Where the next items begin, for the address of the next page; empty where these are the last."""
    behind: int
    """Facts that were counted again and are not weighed yet: items about them may be as they were before."""


CHOICES: Mapping[str, tuple[Choice, ...]] = {
    "edge": (
        Choice(decision="accept", key="a", label="It is right: they hang together"),
        Choice(decision="dispute", key="r", label="It is wrong: they do not"),
    ),
    "claim": (
        Choice(decision="accept", key="a", label="Read rightly: accept"),
        Choice(decision="reject", key="r", label="Misread: reject"),
    ),
    "fact": (Choice(decision="accept", key="a", label="Accept the fact"), Choice(decision="reject", key="r", label="Reject the fact")),
    "same": (Choice(decision="merge", key="a", label="They are one"), Choice(decision="split", key="r", label="They are two")),
    "finding": (Choice(decision="second", key="a", label="I agree"),),
}


def queue_view(reader: Reader, *, kind: str, skipped: Collection[str], day: str, after: str = "", most: int = SHOWN) -> QueueView:
    """The first items (`after`: those behind this one) that are not decided and were not put off."""
    kinds = [kind] if kind else list(KINDS)
    counts = {name: reader.count_noted(SPACE + name) for name in KINDS}
    found: list[tuple[Item, list[Judgement]]] = []
    fresh = [] if after or kind not in {"", "finding"} else _fresh(reader)
    waiting = chain(fresh, (item for item in _stream(reader, kinds, _place(after)) if item not in fresh))
    while len(found) <= most and (some := list(islice(waiting, _CHUNK))):
        open_ones = [item for item in some if item.id not in skipped and (not item.date or item.date <= day)]
        found += _undecided(reader, open_ones)
    shown = found[:most]
    more = f"{shown[-1][0].order}.{shown[-1][0].id}" if len(found) > most else ""
    return QueueView(
        items=_Evidence(reader, [item for item, _ in shown]).items({item.id: rows for item, rows in shown}),
        kinds=tuple((name, said, counts[name]) for name, said in KINDS.items()),
        total=sum(counts.values()),
        more=more,
        behind=reader.count_noted(REWEIGH),
    )


def first_items(reader: Reader) -> list[Item]:
    """The first items that nobody has decided yet."""
    return [item for item, _ in _undecided(reader, list(islice(_stream(reader, list(KINDS), None), _LISTED)))]


def _fresh(reader: Reader) -> list[Item]:
    """Findings that were proposed since the queue was brought up to date: nothing is made anew because of them, so nobody noted them."""
    since = read_noted(reader.noted(STATE, STATE_ID)).seq
    made = [row.subject for row in reader.exact().all(LogEntry, after=since, event=MADE)] if since else []
    return [finding_item(reader, row) for row in reader.all(Judgement, id=made) if row.decision == FINDING]


def item_of(reader: Reader, item: str) -> Item | None:
    """One item of the queue; None where it is there no more."""
    if len(item) != 64 or any(sign not in "0123456789abcdef" for sign in item):
        return None
    noted = (from_json(Item, body) for kind in KINDS if (body := reader.noted(SPACE + kind, item)))
    return next(chain(noted, (one for one in _fresh(reader) if one.id == item)), None)


def _place(after: str) -> tuple[int, str] | None:
    order, _, item = after.partition(".")
    good = (
        order.isascii() and order.isdecimal() and len(order) < 19 and len(item) == 64 and all(sign in "0123456789abcdef" for sign in item)
    )
    return (int(order), item) if good else None


def _stream(reader: Reader, kinds: Sequence[str], after: tuple[int, str] | None) -> Iterator[Item]:
    """Items of some kinds, the most important first, read as they are asked for."""
    return heapq.merge(*(_of_kind(reader, kind, after) for kind in kinds), key=lambda item: (item.order, item.id), reverse=True)


def _of_kind(reader: Reader, kind: str, after: tuple[int, str] | None) -> Iterator[Item]:
    while bodies := reader.topmost(SPACE + kind, limit=_CHUNK, below=after):
        items = [from_json(Item, body) for body in bodies]
        yield from items
        after = (items[-1].order, items[-1].id)


def _undecided(reader: Reader, items: Sequence[Item]) -> list[tuple[Item, list[Judgement]]]:
    """Items about which nobody has decided since they were noted, with what stands about each."""
    targets = {item.id: _target(reader, item) for item in items}
    stands = heads_about(reader, [target for target in targets.values() if target])
    found = []
    for item in items:
        rows = stands.get(targets[item.id], []) if targets[item.id] else []
        apart = len({(row.decision, row.value) for row in rows}) > 1
        done = not apart if item.kind == "conflict" else bool(rows) and not apart and rows[-1].decision != "withdraw"
        if item.kind == "finding":
            done = reader.count(Finding, id=item.target) > 0
        if not done:
            found.append((item, rows))
    return found


def _target(reader: Reader, item: Item) -> str:
    """What a judgement about an item would have as its target."""
    if item.kind != "same":
        return item.target if item.kind in {"edge", "claim", "fact", "conflict"} else ""
    pair = _pair(reader, item)
    return pair_id(item.level, *(min(members(row)) for row in pair)) if len(pair) == 2 and all(map(members, pair)) else ""


def _pair(reader: Reader, item: Item) -> list[Thing]:
    rows: Sequence[Thing] = reader.all(Fact if item.level == "fact" else Entity, id=item.target.split())
    return list(rows)


class _Evidence:
    """What the items of one page are shown with, read together."""

    def __init__(self, reader: Reader, items: Sequence[Item]) -> None:
        self._reader = reader
        self._items = items
        self._edges = {row.id: row for row in reader.all(LineageEdge, id=[item.target for item in items if _about_edge(item)])}
        things = [item.target for item in items if item.kind in {"claim", "fact", "conflict"}]
        pairs = [half for item in items if item.kind == "same" for half in item.target.split()]
        named = {fact for item in items for fact in item.facts[:_FACTS]}
        self._facts = {row.id: row for row in reader.all(Fact, id={*named, *things, *pairs})}
        self._bodies = {row.id: row for row in reader.all(Entity, id=pairs)}
        wanted = {end for edge in self._edges.values() for end in (edge.from_id, edge.to_id)} | set(things)
        wanted |= {claim for fact in (*things, *pairs) if fact in self._facts for claim in self._facts[fact].claims[:_QUOTES]}
        wanted |= {claim for body in self._bodies.values() for claim in body.claims[:_QUOTES]}
        self._proposed = {row.id: row for row in reader.all(Judgement, id=[item.target for item in items if item.kind == "finding"])}
        wanted |= {claim for row in self._proposed.values() for claim in (*told(row)["for"][:_QUOTES], *told(row)["against"][:_QUOTES])}
        self._claims = {row.id: row for row in reader.all(Claim, id=wanted)}
        docs = {claim.doc for claim in self._claims.values()}
        docs |= {end for edge in self._edges.values() if edge.level == "document" for end in (edge.from_id, edge.to_id)}
        self._documents = {row.id: row for row in reader.all(Document, id=docs)}
        self._names = names_for(reader, self._claims.values())

    def items(self, stands: Mapping[str, list[Judgement]]) -> tuple[QueueItem, ...]:
        return tuple(self._item(item, stands[item.id]) for item in self._items)

    def _item(self, item: Item, rows: Sequence[Judgement]) -> QueueItem:
        edge = self._edges.get(item.target)
        return QueueItem(
            id=item.id,
            kind=item.kind,
            kind_words=ONE[item.kind],
            what=self._what(item, edge),
            why=edge.why if edge else "",
            says=item.says,
            because=item.because,
            first=item.tier == 3,
            doubt=item.doubt,
            facts=tuple(FactRef(id=row, label=self._facts[row].label) for row in item.facts[:_FACTS] if row in self._facts),
            touched=item.touched,
            sides=self._sides(item, edge),
            choices=choices_for(item),
            stood=tuple(Stood(id=row.id, who=row.who, when=row.when, decision=row.decision, reason=row.reason) for row in rows),
            seen=tuple(row.id for row in rows),
            open=self._open(item),
            date=item.date,
        )

    def _what(self, item: Item, edge: LineageEdge | None) -> str:
        if edge is not None:
            return words.edge(edge.kind)
        if item.kind == "finding" and item.target in self._proposed:
            return str(told(self._proposed[item.target])["statement"])
        if item.target in self._claims:
            return label_of(self._claims[item.target].kind)
        if item.target in self._facts:
            return self._facts[item.target].label
        return (
            "Two facts that could be one" if item.level == "fact" else "Two names that are alike" if item.kind == "same" else ONE[item.kind]
        )

    def _sides(self, item: Item, edge: LineageEdge | None) -> tuple[Side, ...]:
        if edge is not None:
            return tuple(side for end in (edge.from_id, edge.to_id) if (side := self._end(end, edge)))
        if item.kind == "same":
            return tuple(side for half in item.target.split() if (side := self._half(half)))
        if item.target in self._claims:
            return (self._passage(self._claims[item.target]),)
        if item.target in self._facts:
            return self._passages(self._facts[item.target].claims)
        if item.target in self._proposed:
            given = told(self._proposed[item.target])
            return self._passages([*given["for"][:_QUOTES], *given["against"][:_QUOTES]])
        return ()

    def _end(self, end: str, edge: LineageEdge) -> Side | None:
        if end in self._claims:
            claim = self._claims[end]
            return self._passage(claim, [span.quote for span in edge.evidence if span.doc == claim.doc and span.quote not in claim.quote])
        document = self._documents.get(end)
        if document is None:
            return None
        mine = [span for span in edge.evidence if span.doc == end]
        stretches = tuple(elided(span.quote) for span in mine[:_WORDS])
        ref = document_ref(document)
        place = (mine[0].start, mine[0].end) if mine else (0, 0)
        return Side(
            label=ref.title, document=ref, start=place[0], end=place[1], before="", quote="", after="", evidence=stretches, voice=""
        )

    def _half(self, half: str) -> Side | None:
        thing = self._facts.get(half) or self._bodies.get(half)
        if thing is None:
            return None
        shown = next((self._claims[claim] for claim in thing.claims if claim in self._claims), None)
        if shown is None:
            return Side(label=thing.label, document=None, start=0, end=0, before="", quote="", after="", evidence=(), voice="")
        return self._passage(shown, label=thing.label)

    def _passages(self, claims: Sequence[str]) -> tuple[Side, ...]:
        return tuple(self._passage(self._claims[claim]) for claim in claims if claim in self._claims)[: 2 * _QUOTES]

    def _passage(self, claim: Claim, evidence: Sequence[str] = (), *, label: str = "") -> Side:
        document = self._documents[claim.doc]
        before, after = context(document, claim.start, claim.end)
        deepest = claim.originator
        voice = document.publisher or "" if deepest.kind == "author" else self._names.of(deepest.mention, deepest.kind, deepest.name)
        return Side(
            label=label,
            document=document_ref(document),
            start=claim.start,
            end=claim.end,
            before=before,
            quote=claim.quote,
            after=after,
            evidence=tuple(shortened(text) for text in evidence[:_WORDS]),
            voice=voice,
        )

    def _open(self, item: Item) -> str:
        if item.target in self._claims:
            return f"/documents/{self._claims[item.target].doc}#claim-{item.target}"
        if item.facts:
            return f"/facts/{item.facts[0]}"
        return "/rejected" if item.kind == "lost" else ""


def _about_edge(item: Item) -> bool:
    return item.kind == "edge" or (item.kind == "conflict" and item.level == "edge")


def choices_for(item: Item) -> tuple[Choice, ...]:
    """What can be decided about an item from the queue; nothing where that needs more than two words."""
    return CHOICES.get(item.level if item.kind == "conflict" else item.kind, ())


def decided_words(item: Item, decision: str) -> str:
    """What was decided, and what it changes, in a sentence."""
    turned = decision in {"dispute", "reject", "merge"}
    done = {
        "accept": "Confirmed",
        "dispute": "Disputed",
        "reject": "Rejected",
        "merge": "Made one",
        "split": "Kept apart",
        "second": "Agreed",
    }
    if decision == "second":
        return "Agreed: it is a finding of two people now."
    said = item.says[0].lower() + item.says[1:] if turned and item.says.startswith("If") else ""
    tail = said.partition(", ")[2]
    return (
        f"{done.get(decision, decision)}: {tail}"
        if tail
        else f"{done.get(decision, decision)}; nothing else changes, and it is not asked again."
    )
