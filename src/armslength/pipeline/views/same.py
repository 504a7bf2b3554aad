"""What people made one, or keep apart, and what could be one: organisations, sites, incidents, facts. Persons by pseudonym, in lists only.

In:  a reading of a case; the kind and id of a thing.
Out: lists of pairs; `ThingView` of an organisation, a site, an incident or a fact.
Never: a page of a person, or one that puts persons beside places or times (METHOD N1, N3); merges anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from armslength.base.language import marked
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.facts import Fact
from armslength.model.things import Entity, Incident, Site
from armslength.pipeline.remaking import THINGS, Thing, members
from armslength.pipeline.snapshots import Snapshot, as_logged
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import country_of, label_of
from armslength.pipeline.views.lookalikes import Lookalike, lookalike_lines
from armslength.pipeline.views.passages import Passage
from armslength.pipeline.views.related import first_passages
from armslength.pipeline.views.standing import JudgementView, judgement_view, said_in
from armslength.resolve.judged import MERGE, SPLIT, Pair, judged, pair_id
from armslength.store.read import Reader

COMPARED = 20_000
"""Claims up to which all that could be one is looked for while a page is made; beyond, the queue brings it, which is kept up to date."""
SHOWN = 12
"""Passages of a thing that are quoted."""
AMONG = 200
"""Passages among which the earliest are looked for that name an organisation: of one that 70,000 passages name, all take half a minute."""
_SEARCHED = 4_000
"""Things of a kind among which a name is looked for: 60 ms."""
_FOUND = 20
NOUN: Mapping[str, str] = {"entity": marked("organisation"), "site": marked("site"), "incident": marked("incident"), "fact": marked("fact")}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndView:
    """One side of a pair."""

    id: str
    """Of the thing now; empty where there is none any more."""
    label: str
    linked: bool
    """Whether it has a page: persons have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairView:
    """What people said of two things: that they are one, or that they are two."""

    decision: str
    """`merge` or `split`."""
    level: str
    noun: str
    ends: tuple[EndView, EndView]
    judgement: JudgementView
    done: bool
    """Whether things stand as it says: another judgement, or what the two say, can be in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouldBe:
    """Two things that could be one."""

    level: str
    noun: str
    ends: tuple[EndView, EndView]
    why: str
    seen: tuple[str, ...]
    """Judgements that stand about the two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """One passage, or one mention, that is in a thing."""

    id: str
    words: str
    """How the thing is named there, or what is said of it."""
    where: str
    """Title of the document."""
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingView:
    """An organisation, site, incident or fact, with what made it what it is."""

    id: str
    level: str
    noun: str
    label: str
    kind: str
    """In words."""
    also: tuple[str, ...]
    """Other names, country, place, period: what tells it apart."""
    state: str
    passages: tuple[Passage, ...]
    members: tuple[MemberView, ...]
    in_all: int
    """Passages, or mentions, it has."""
    pairs: tuple[PairView, ...]
    """Judgements that made it one, or keep something out of it; the latest first."""
    could_be: tuple[CouldBe, ...]
    found: tuple[EndView, ...]
    """Things of the same kind whose name holds the words looked for."""


def thing_of(reader: Reader, level: str, thing: str) -> Thing | None:
    """The thing; None where there is none, and for a person."""
    kind = THINGS.get(level)
    found = reader.get(kind, thing) if kind else None
    return None if isinstance(found, Entity) and found.kind in _NO_PAGE else found


_NO_PAGE = frozenset({"person", "unnamed", "author"})


def thing_view(reader: Reader, level: str, thing: str, *, find: str = "") -> ThingView | None:
    """A thing with what made it; None where it has no page."""
    row = thing_of(reader, level, thing)
    if row is None:
        return None
    among = row.claims[:AMONG] if isinstance(row, Entity) else row.claims
    passages = first_passages(reader, among, most=SHOWN)
    return ThingView(
        id=row.id,
        level=level,
        noun=NOUN[level],
        label=row.label,
        kind=_kind(row),
        also=tuple(part for part in _also(row) if part),
        state="machine" if isinstance(row, Entity) else row.state,
        passages=() if isinstance(row, Entity) else passages,
        members=tuple(_members(reader, row, passages, among)),
        in_all=len(members(row)),
        pairs=tuple(pair for pair in pairs(reader) if thing in {end.id for end in pair.ends}),
        could_be=tuple(pair for pair in could_be(reader) or () if thing in {end.id for end in pair.ends}),
        found=tuple(_found(reader, row, find)),
    )


def _kind(row: Thing) -> str:
    match row:
        case Entity():
            return words.voice(row.kind)
        case Site():
            return label_of(row.type)
        case Incident():
            return words.listed([label_of(code) for code in row.methods]) or "incident"
    return label_of(row.kind)


def _also(row: Thing) -> Iterator[str]:
    match row:
        case Entity():
            yield from row.aliases
            yield country_of(row.country) if row.country else ""
        case Site() | Incident():
            yield row.place
            yield country_of(row.country) if row.country else ""
            if isinstance(row, Incident):
                yield words.dated(row.period)
        case Fact():
            yield words.dated(row.as_of)


def _members(reader: Reader, row: Thing, passages: Sequence[Passage], among: Sequence[str]) -> Iterator[MemberView]:
    """Of an organisation, where it is named in the documents of these passages and how; of everything else, the passages."""
    if not isinstance(row, Entity):
        for shown in passages:
            yield MemberView(id=shown.id, words=shown.quote, where=shown.document.title, document=shown.document.id)
        return
    named: dict[str, tuple[str, str]] = {}
    for claim in reader.exact().all(Claim, id=among):
        for mention, name in (*((v.mention, v.name) for v in claim.attribution), *((p.mention, p.name) for p in claim.parties)):
            named.setdefault(mention, (name, claim.doc))
    refs = {shown.document.id: shown.document for shown in passages}
    for mention in sorted(named.keys() & set(row.mentions)):
        name, doc = named[mention]
        if name and doc in refs:
            yield reader.hidden(MemberView(id=mention, words=name, where=refs[doc].title, document=doc))


def _found(reader: Reader, row: Thing, find: str) -> Iterator[EndView]:
    """Things of the same kind whose name holds all words: never persons, and only what can be made one with this."""
    wanted = [word for word in find.casefold().split() if word]
    if not wanted:
        return
    near: Sequence[Thing]
    match row:
        case Entity():
            near = reader.heads_of(reader.ids(Entity, kind=row.kind)[:_SEARCHED])
        case Site():
            near = reader.all(Site, country=row.country, limit=_SEARCHED)
        case Incident():
            near = reader.all(Incident, country=row.country, limit=_SEARCHED)
        case _:
            near = reader.all(Fact, kind=row.kind, limit=_SEARCHED)
    hits = (other for other in near if other.id != row.id and all(word in other.label.casefold() for word in wanted))
    for _, other in zip(range(_FOUND), hits, strict=False):
        yield EndView(id=other.id, label=other.label, linked=True)


def pairs(reader: Reader) -> list[PairView]:
    """Everything that people made one or keep apart, the latest first."""
    said = said_in(reader)
    standing = judged(said.rows).pairs
    by_id = {row.id: row for row in said.rows}
    homes = _homes(reader.exact(), standing)
    return [_pair(reader, row, by_id[row.judgement], homes) for row in standing]


def _homes(reader: Reader, standing: Iterable[Pair]) -> dict[tuple[str, str], Thing]:
    """(level, claim or mention) to the thing it is in now."""
    wanted: dict[str, set[str]] = {}
    for pair in standing:
        wanted.setdefault(pair.level, set()).update((pair.one, pair.two))
    found: dict[tuple[str, str], Thing] = {}
    for level, ids in wanted.items():
        rows: Sequence[Thing]
        if level == "fact":
            rows = reader.all(Fact, id=sorted({home for homes in reader.facts_of(ids).values() for home in homes}))
        elif level == "entity":
            homes = reader.entity_of(ids)
            heads = {row.id: row for row in reader.heads_of(homes.values())}
            found |= {(level, mention): heads[home] for mention, home in homes.items() if home in heads}
            continue
        else:
            rows = reader.all(THINGS[level])
        found |= {(level, member): row for row in rows for member in members(row) if member in ids}
    return found


def _pair(reader: Reader, pair: Pair, row: Judgement, homes: Mapping[tuple[str, str], Thing]) -> PairView:
    one, two = homes.get((pair.level, pair.one)), homes.get((pair.level, pair.two))
    together = one is not None and two is not None and one.id == two.id
    person = any(isinstance(thing, Entity) and thing.kind == "person" for thing in (one, two))
    return PairView(
        decision=pair.decision,
        level=pair.level,
        noun="person" if person else NOUN[pair.level],
        ends=(_end(reader, one), _end(reader, two)),
        judgement=judgement_view(reader, row),
        done=together == (pair.decision == MERGE) and one is not None,
    )


def _end(reader: Reader, thing: Thing | None) -> EndView:
    if thing is None:
        return EndView(id="", label="read otherwise now", linked=False)
    person = isinstance(thing, Entity) and thing.kind in _NO_PAGE
    return reader.hidden(EndView(id=thing.id, label=thing.label, linked=not person))


@lru_cache(maxsize=2)
def _lookalikes(moment: Snapshot) -> tuple[Lookalike, ...]:
    return tuple(lookalike_lines(moment.reader))


def could_be(reader: Reader) -> list[CouldBe] | None:
    """All pairs that could be one and that nobody has decided about; None in a case too large to compare while a page is made."""
    exact = reader.exact()
    if _claims(exact) > COMPARED:
        return None
    said = said_in(reader)
    apart = {frozenset((row.one, row.two)) for row in judged(said.rows).pairs if row.decision == SPLIT}
    found = []
    for row in _lookalikes(as_logged(exact)):
        level = row.kind if row.kind in {"fact", "site", "incident"} else "entity"
        target = _target(exact, level, row.one, row.two)
        if target is None or any(pair & target[0] and pair & target[1] for pair in apart):
            continue
        seen = said.heads.get(pair_id(level, min(target[0]), min(target[1])), ())
        person = row.kind == "person"
        ends = tuple(EndView(id=end, label=label, linked=not person) for end, label in zip((row.one, row.two), row.labels, strict=True))
        made = CouldBe(
            level=level,
            noun="person" if person else NOUN[level],
            ends=(ends[0], ends[1]),
            why=row.why,
            seen=tuple(one.id for one in seen),
        )
        found.append(reader.hidden(made))
    return found


def _claims(reader: Reader) -> int:
    """How many claims there are. The catalogue has their number; to count a million of them takes a quarter of a second."""
    kept = reader.catalogue
    return kept.total("all", "claims") if kept.made() and not kept.behind() else reader.count(Claim)


def _target(reader: Reader, level: str, one: str, two: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The members of two things by which a judgement would name them."""
    first, second = reader.get(THINGS[level], one), reader.get(THINGS[level], two)
    if first is None or second is None or not members(first) or not members(second):
        return None
    return frozenset(members(first)), frozenset(members(second))


def heads_of_pair(reader: Reader, level: str, one: Thing, two: Thing) -> tuple[str, ...]:
    """Ids of the judgements that stand about two things."""
    if not members(one) or not members(two):
        return ()
    return tuple(row.id for row in said_in(reader).heads.get(pair_id(level, min(members(one)), min(members(two))), ()))
