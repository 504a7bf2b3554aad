"""Entities, facts, sites, incidents and responses of the documents that came, changed or went, and of all that these concern.

In:  which documents are different; what was noted of all others; a way to read rows of the case.
Out: rows to stand from now on, rows to go, and what is noted now. Resolved document by document, a case has the rows it has at once.
Never: looks at a document, claim or entity that the change cannot concern; guesses: where the whole case is concerned, it says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from armslength.model.claims import Claim
from armslength.model.codec import from_json
from armslength.model.entries import Entries, Entry, number
from armslength.model.heads import HEADS, RENAMED, TOUCHED, Head
from armslength.model.outcome import rejected
from armslength.model.things import Entity
from armslength.resolve import facts, incidents, responses, sites
from armslength.resolve.entities import PERSONS, Decided, decide_entities, head_entries
from armslength.resolve.keys import Key
from armslength.resolve.making import DATES, OPEN, RESTS, make_things
from armslength.resolve.pages import SPACE as PAGES
from armslength.resolve.pages import Draft, Page, concerned, draft, entry_of, make_pages, page_of
from armslength.resolve.readings import names_of
from armslength.resolve.touched import Rows, Touched, Update, Way, by_document, cut
from armslength.resolve.world import STATE, EntityOf, State, World, accused_of, count_votes, load_heads

VOTES = "votes"
SPACES = (
    PAGES, HEADS, PERSONS, OPEN, DATES, RESTS, VOTES, STATE, facts.FACTS, responses.RESPONSES, sites.SITES, incidents.INCIDENTS,
)  # fmt: skip


def update(changed: Collection[str], kept: Entries, rows: Rows, way: Way, state: State, *, again: Collection[str] = ()) -> Update:
    """Bring a case up to date with some documents. Where `whole` comes back, nothing of it is to be used.

    `again`: documents whose claims are read again although nothing in them has changed.
    """
    found = Update(state=state)
    asked, old, new = _turn(set(changed), kept, rows, way)
    decided = decide_entities(_moved_keys(old, new), kept, way.setting, everything=way.everything)
    found.undone += decided.undone
    entity_of = _entity_of(decided, rows)
    touched = Touched(kept=kept, rows=rows, way=way)
    touched.add({*asked, *again, *decided.docs, *_by_names(decided, kept)})
    votes = _votes(touched, entity_of, kept, state)
    heads = _with_above({row for voters in votes for row in voters.split()}, decided, kept)
    accused = accused_of(votes, heads)
    entities = {row.id: _interested(row, decided.heads[row.id], accused) for row in decided.rows.values()}
    kept.forget([*decided.entries, *kept.of_ids(PERSONS, list(decided.old))])
    kept.note(head_entries(decided, entities, way.setting))
    countries = _countries(kept)
    if not way.everything and (accused, countries) != (state.accused, state.countries):
        found.whole = True
        return found
    found.state = replace(state, accused=accused, countries=countries, votes=tuple(sorted(votes.items())))
    found.rows += entities.values()
    found.gone[Entity] |= decided.old.keys() - entities.keys()
    world = World(kept=kept, entity_of=entity_of, countries=frozenset(countries))
    make_things(touched, world, found)
    _tell(found, decided, kept)
    found.rows += [rejected(facts.STAGE, row.sentence) for row in found.undone]
    return found


def _tell(found: Update, decided: Decided, kept: Entries) -> None:
    """Note for the stage after this one which documents are read otherwise, and which entities go by other names."""
    before, after = ({row: _naming(head) for row, head in heads.items()} for heads in (decided.old, decided.heads))
    renamed = {row for row in {*before, *after} if before.get(row) != after.get(row)}
    for space, ids in ((TOUCHED, found.docs), (RENAMED, renamed)):
        there = {row.id for row in kept.of_ids(space, ids)}
        kept.note(Entry(space=space, id=row) for row in sorted(ids - there))


def _naming(head: Head) -> tuple[object, ...]:
    return head.entity.kind, head.entity.label, head.entity.aliases


def _turn(asked: set[str], kept: Entries, rows: Rows, way: Way) -> tuple[set[str], list[Page], list[Page]]:
    """Pages of documents, and of all others that these concern: which documents, their pages as they were and as they are."""
    old: list[Page] = []
    drafts: list[Draft] = []
    new: list[Page] = []
    more = set(asked)
    while more:
        entries = kept.of_docs(PAGES, more)
        kept.forget(entries)
        old += map(page_of, entries)
        for some in cut(sorted(more)):
            by_doc = by_document(rows.claims_in(some))
            drafts += [draft(document, by_doc.get(document.id, [])) for document in rows.documents(some)]
        new = make_pages([one.again() for one in drafts], kept, way.setting.known)
        more = set() if way.everything else concerned(old, new, kept) - asked
        asked |= more
    kept.note(entry_of(page, way.setting.known) for page in new)
    return asked, old, new


def _moved_keys(old: Iterable[Page], new: Iterable[Page]) -> set[Key]:
    """Keys that have another voice than before, and what answers for them."""
    before, after = ({voice for page in pages for voice in page.voices} for pages in (old, new))
    moved = before ^ after
    return {voice.key for voice in moved} | {voice.owner for voice in moved if voice.owner}


def _entity_of(decided: Decided, rows: Rows) -> EntityOf:
    """The entity of a mention as it is now."""
    here = {mention: row.id for row in decided.rows.values() for mention in row.mentions}

    def entity_of(mentions: Iterable[str]) -> Mapping[str, str]:
        wanted = set(mentions)
        return {**rows.entity_of(wanted - here.keys()), **{mention: here[mention] for mention in wanted & here.keys()}}

    return entity_of


def _by_names(decided: Decided, kept: Entries) -> set[str]:
    """Documents that tell of a publication and may name an organisation in passing whose names are others now."""
    before, after = _names(decided.old), _names(decided.heads)
    names = {name for name, _, _ in before ^ after}
    if not names:
        return set()
    return {row.doc for row in kept.of_space(OPEN) if any(f" {name} " in f" {row.body} " for name in names)}


def _names(heads: Mapping[str, Head]) -> set[tuple[str, str, str]]:
    """(name of an organisation, what answers for it, how that is called)"""
    labels = {row: head.entity.label for row, head in heads.items()}
    return {(name, head.root, labels.get(head.root, "")) for head in heads.values() for name in names_of(head.entity)}


def _votes(touched: Touched, entity_of: EntityOf, kept: Entries, state: State) -> Counter[str]:
    """How often who acts, in all claims: as it was, without these documents as they were, with them as they are."""
    votes = Counter(dict(state.votes))
    old = kept.of_docs(VOTES, touched.docs)
    kept.forget(old)
    for row in old:
        votes.subtract(row.body.split("\n"))
    for doc, claims in touched.by_doc.items():
        mine = count_votes(claims, entity_of({mention for claim in claims for mention in _mentions(claim)}))
        if mine:
            kept.note([Entry(space=VOTES, id=doc, doc=doc, body="\n".join(sorted(mine.elements())))])
        votes.update(mine)
    return +votes


def _mentions(claim: Claim) -> Iterator[str]:
    yield from (party.mention for party in claim.parties)
    yield from (link.mention for link in claim.attribution)


def _with_above(ids: set[str], decided: Decided, kept: Entries) -> dict[str, Head]:
    here = {row: head for row, head in decided.heads.items() if row in ids}
    above = {row for head in here.values() for row, *_ in head.above}
    return {**load_heads(ids | above, kept), **decided.heads}


def _interested(row: Entity, head: Head, accused: Sequence[str]) -> Entity:
    return replace(row, interested=row.kind != "author" and head.root in accused)


def _countries(kept: Entries) -> tuple[str, ...]:
    found = (from_json(Head, row.body).entity.country for _, row in kept.heads(HEADS, [number("interested")]))
    return tuple(sorted(set(found)))
