"""Entities: voices and parties across documents.

In:  the pages of a case, which keys are concerned by a change, the case's secret, what is known of names, what people decided.
Out: `Entity` rows, each with what it is part of and why its mentions are one; what is noted of them; documents whose voices changed.
Never: shows a person's name; joins the persons of two documents by itself: only people do (METHOD N5).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from armslength.base.ids import digest, keyed_digest
from armslength.model.codec import from_json, to_json
from armslength.model.entries import Entries, Entry, number
from armslength.model.heads import HEADS, Head, bare, seen_as
from armslength.model.things import Entity
from armslength.resolve.judged import Pair, Undone, reasons, regroup
from armslength.resolve.keys import Key
from armslength.resolve.known import Known
from armslength.resolve.mentions import Mention
from armslength.resolve.names import fold, is_press
from armslength.resolve.pages import SPACE as PAGES
from armslength.resolve.pages import Voice, answers, known_owner, letters, page_of
from armslength.resolve.pseudonyms import code_of, pseudonym, shortest
from armslength.resolve.spelling import find_slips, is_slip
from armslength.resolve.union import Union

PERSONS = "person"
APART = "apart"
"""Stands in the key of a mention that people took out of its entity."""
_KIND_ORDER = ("government", "court", "report", "media", "organisation", "person", "author", "unnamed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What entities are made with."""

    secret: bytes
    known: Known
    judged: Sequence[Pair]
    spoken_of: frozenset[str] = frozenset()
    """Mentions that any judgement speaks of, standing or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Entities that a change concerns, as they are now."""

    heads: Mapping[str, Head]
    """By id."""
    rows: Mapping[str, Entity]
    old: Mapping[str, Head]
    """The same keys' entities as they were."""
    entries: Sequence[Entry]
    """What was noted of the old ones."""
    docs: frozenset[str]
    """Documents with a voice that is another entity's now, or whose entity others see otherwise."""
    undone: Sequence[Undone]
    digits: int
    """Signs of a person's pseudonym."""


@dataclass(kw_only=True)
class _Clusters:
    """Voices of some keys, put together."""

    keys: set[Key]
    voices: Sequence[Voice]
    """Sorted by mention; all that have one of the keys."""
    below: Mapping[Key, Sequence[Voice]]
    """Key that no voice has to the voices it answers for, sorted by mention."""
    setting: Setting
    kept: Entries
    slips: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    final: dict[str, Key] = field(default_factory=dict)
    """Mention to key."""
    moved: dict[Key, Key] = field(default_factory=dict)
    union: Union[Key] = field(default_factory=Union)

    def place(self, key: Key) -> Key:
        """The key a key has gone to."""
        top = self.union.top(key)
        return self.moved.get(top, top)

    @cached_property
    def members(self) -> Mapping[Key, Sequence[Voice]]:
        found: dict[Key, list[Voice]] = defaultdict(list)
        for voice in self.voices:
            found[self.final[voice.mention.id]].append(voice)
        return found

    @cached_property
    def owners(self) -> Mapping[Key, Key]:
        """Key to the key of what answers for it; the last voice decides."""
        owners: dict[Key, Key] = {}
        for voice in self.voices:
            if voice.owner:
                owners[voice.key] = voice.owner
        owned = {self.place(key): owner for key, owner in owners.items() if key != owner}
        for voice in self.voices:
            final = self.final[voice.mention.id]
            if APART in final and owners.get(voice.key, voice.key) != voice.key:
                owned[final] = owners[voice.key]
        owned |= {key: owner for key in self.below if (owner := known_owner(key, self.setting.known))}
        return {key: owner for key, owner in owned.items() if self.place(owner) != key}

    @cached_property
    def above(self) -> Mapping[Key, Head]:
        """Heads of owners that are not concerned themselves."""
        wanted = {number("stands", owner) for owner in self.owners.values() if owner not in self.keys}
        heads = (from_json(Head, row.body) for row in self.kept.of_keys(HEADS, wanted))
        return {key: head for head in heads for key in head.keys}

    def id(self, key: Key) -> str:
        """The entity of a key."""
        return self.above[key].entity.id if key in self.above else entity_id(self.place(key), self.setting.secret)

    def names(self, key: Key) -> list[str]:
        return sorted({voice.mention.name for voice in self.members.get(key, ())}, key=lambda name: (-len(name), name))

    def called(self, key: Key) -> str:
        """The fullest name that a document gives."""
        if key in self.above:
            return self.above[key].called
        names = self.names(self.place(key))
        told = (voice.called for voice in self.below.get(key, ()) if voice.owner == key and voice.called)
        return names[0] if names else next(told, "")

    def label(self, key: Key) -> str:
        """What an entity that is no person is called."""
        names, known, owner = self.names(key), self.setting.known, self.owners.get(key)
        if key[0] == "author":
            return f"the article’s own voice ({(self.called(owner) if owner else '') or 'publisher unknown'})"
        body = next((found for found in map(known.body, names) if found), None)
        if body and key[0] in {"body", "state"}:
            return body.name
        if key[0] == "report" and key[1] == "by" and names:
            maker = (self.above[owner].entity.label if owner in self.above else self.label(self.place(owner))) if owner else ""
            date = key[-1] if key[-2] == "of" else ""
            name = f"{maker} report" if maker and key[2] == "body" else names[0]
            return f"{name} ({date})" if date else name
        if names:
            return names[0]
        return f"Government of {known.labels.get(key[1], key[1])}" if key[0] == "state" else self.called(key) or key[1]


def entity_id(key: Key, secret: bytes) -> str:
    """The id of the entity of a key; a person's cannot be guessed from the name."""
    return keyed_digest(secret, "entity", *key) if key[0] == "person" else digest("entity", *key)


def decide_entities(keys: Collection[Key], kept: Entries, setting: Setting, *, everything: bool = False) -> Decided:
    """The entities of some keys, and of all keys that these concern in turn. `kept` holds the pages as they are now, entities as they were.

    `everything`: these are all keys there are.
    """
    asked = set(keys) | _judged_keys(kept, setting)
    while True:
        asked = asked if everything else _with_slips(asked, kept)
        clusters = _gather(asked, kept, setting)
        undone = _judge(clusters)
        entries = kept.of_keys(HEADS, [number("stands", key) for key in asked])
        old = {row.id: from_json(Head, row.body) for row in entries}
        digits, persons = _digits(clusters, old, kept)
        heads, rows = _heads(clusters, digits)
        more = _below(clusters, heads, old) | persons | {key for head in old.values() for key in head.keys}
        if more <= asked:
            return Decided(
                heads=heads, rows=rows, old=old, entries=entries, docs=_changed_docs(clusters, heads, old), undone=undone, digits=digits
            )
        asked |= more


def head_entries(decided: Decided, rows: Mapping[str, Entity], setting: Setting) -> list[Entry]:
    """How entities are noted: by the keys they stand for."""
    found = []
    for row_id, head in decided.heads.items():
        row = replace(head, entity=bare(rows[row_id]))
        keys = {(number("stands", key), 0) for key in head.keys} | {(number("kind", head.entity.kind), 0)}
        keys |= {(number("interested"), number(row.entity.country))} if row.entity.interested and row.entity.country else set()
        found.append(Entry(space=HEADS, id=row_id, keys=tuple(sorted(keys)), body=to_json(row)))
        if head.key[0] == "person":
            found.append(Entry(space=PERSONS, id=row_id, body=code_of(head.key, setting.secret)))
    return found


def _judged_keys(kept: Entries, setting: Setting) -> set[Key]:
    """The keys of mentions that people spoke of."""
    named = setting.spoken_of
    pages = map(page_of, kept.of_keys(PAGES, [number("mention", mention) for mention in named]))
    return {voice.key for page in pages for voice in page.voices if voice.mention.id in named}


def _with_slips(keys: set[Key], kept: Entries) -> set[Key]:
    """The keys and all that a slip of the pen ties to them, by way of one another."""
    found, new = set(keys), set(keys)
    while new:
        cells = {where for key in new if key[0] == "body" and len(key) == 2 for where in letters(key[1])}
        near: set[Key] = {("body", name) for names in answers(cells, kept).values() for name in names}
        names = [key for key in found if key[0] == "body" and len(key) == 2]
        reached = {other for other in near - found if any(is_slip(other[1].split(), key[1].split(), frozenset()) for key in names)}
        found |= reached
        new = reached
    return found


def _gather(keys: set[Key], kept: Entries, setting: Setting) -> _Clusters:
    """All voices that have one of the keys, and for keys that no voice has, those it answers for."""
    pages = map(page_of, kept.of_keys(PAGES, [number("voice", key) for key in keys]))
    voices = sorted((voice for page in pages for voice in page.voices if voice.key in keys), key=lambda voice: voice.mention.id)
    silent = keys - {voice.key for voice in voices}
    numbers = {number("owned", key): key for key in silent}
    below: dict[Key, list[Voice]] = defaultdict(list)
    for row in kept.of_keys(PAGES, numbers):
        owned = [numbers[key] for key, _ in row.keys if key in numbers]
        for key in owned:
            below[key] += [voice for voice in page_of(row).voices if voice.owner]
    clusters = _Clusters(
        keys=keys,
        voices=voices,
        below={key: sorted(found, key=lambda voice: voice.mention.id) for key, found in below.items()},
        setting=setting,
        kept=kept,
    )
    settled = frozenset(setting.known.states) | frozenset(setting.known.bodies)
    for one, two in find_slips((voice.key for voice in voices), settled):
        clusters.union.join(one, two)
        clusters.slips[one].append(f"“{one[1]}” and “{two[1]}” differ by one letter; taken for a slip of the pen.")
    return clusters


def _judge(clusters: _Clusters) -> list[Undone]:
    """Give each mention its key, as people want it. What is taken out gets a key of its own; what is joined, the smaller of the two."""
    mentions = {voice.mention.id: voice.mention for voice in clusters.voices}
    tops = {voice.mention.id: clusters.union.top(voice.key) for voice in clusters.voices}

    def group(ids: Sequence[str]) -> list[list[str]]:
        found: dict[Key, list[str]] = defaultdict(list)
        for mention in ids:
            found[tops[mention]].append(mention)
        return list(found.values())

    def bar(one: str, two: str) -> str:
        persons = (mentions[one].kind == "person") != (mentions[two].kind == "person")
        return "a person and a body are never one." if persons else ""

    groups, undone = regroup(list(mentions), group, clusters.setting.judged, bar=bar)
    taken: set[Key] = set()
    for found in groups:
        key = min(tops[mention] for mention in found)
        key = (*key, APART, min(found)) if key in taken else key
        taken.add(key)
        clusters.final |= dict.fromkeys(found, key)
    clusters.moved |= {tops[mention]: key for mention, key in clusters.final.items() if APART not in key}
    return undone


def _digits(clusters: _Clusters, old: Mapping[str, Head], kept: Entries) -> tuple[int, set[Key]]:
    """Signs of a pseudonym; and the keys of all persons, if these need another number of signs now."""
    persons = {key for key in clusters.members if key[0] == "person"}
    if not persons and not any(head.key[0] == "person" for head in old.values()):
        return 0, set()
    codes = {row.id: row.body for row in kept.of_space(PERSONS)}
    before = shortest(codes.values())
    left = [code for row_id, code in codes.items() if row_id not in old]
    digits = shortest([*left, *(code_of(key, clusters.setting.secret) for key in persons)])
    if digits == before or not codes:
        return digits, set()
    return digits, {key for row in kept.of_keys(HEADS, [number("kind", "person")]) for key in from_json(Head, row.body).keys}


def _heads(clusters: _Clusters, digits: int) -> tuple[dict[str, Head], dict[str, Entity]]:
    stands: dict[Key, set[Key]] = defaultdict(set)
    for voice in clusters.voices:
        stands[clusters.final[voice.mention.id]].add(voice.key)
    for key in clusters.below:
        stands[key].add(key)
    rows = {key: _entity(key, clusters, digits) for key in stands}
    by_id = {row.id: row for row in rows.values()}
    above = {head.entity.id: head for head in clusters.above.values()}
    heads = {
        row.id: Head(
            entity=bare(row),
            above=tuple(_line(row.part_of, by_id, above)),
            called=clusters.called(key),
            key=key,
            keys=tuple(sorted(stands[key])),
        )
        for key, row in rows.items()
    }
    return heads, by_id


def _line(row_id: str, rows: Mapping[str, Entity], above: Mapping[str, Head]) -> Iterator[tuple[str, str, str, str]]:
    """What answers for an entity, up to the last."""
    seen: set[str] = set()
    while row_id in rows and row_id not in seen:
        seen.add(row_id)
        yield seen_as(rows[row_id])
        row_id = rows[row_id].part_of
    if row_id in above and row_id not in seen:
        yield seen_as(above[row_id].entity)
        yield from (told for told in above[row_id].above if told[0] not in seen)


def _below(clusters: _Clusters, heads: Mapping[str, Head], old: Mapping[str, Head]) -> set[Key]:
    """Keys of which what answers for them is another now, or is called or rooted otherwise."""
    before = {key: (head.called, head.view) for head in old.values() for key in head.keys}
    after = {key: (head.called, head.view) for head in heads.values() for key in head.keys}
    changed = {key for key, told in before.items() if after.get(key) != told}
    pages = map(page_of, clusters.kept.of_keys(PAGES, [number("owned", key) for key in changed]))
    below = {voice.key for page in pages for voice in page.voices if voice.owner in changed}
    return below | {key for head in old.values() for key in head.keys}


def _changed_docs(clusters: _Clusters, heads: Mapping[str, Head], old: Mapping[str, Head]) -> frozenset[str]:
    before, after = _views(old.values()), _views(heads.values())
    changed = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    return frozenset(voice.mention.doc for voice in clusters.voices if voice.key in changed)


def _views(heads: Iterable[Head]) -> dict[Key, frozenset[object]]:
    """How others see the entities of each key; there are several where people took mentions apart."""
    found: dict[Key, set[object]] = defaultdict(set)
    for head in heads:
        for key in head.keys:
            found[key].add(head.view)
    return {key: frozenset(views) for key, views in found.items()}


def _entity(key: Key, clusters: _Clusters, digits: int) -> Entity:
    mentions = [voice.mention for voice in clusters.members.get(key, ())]
    person = key[0] == "person"
    owner = clusters.owners.get(key)
    label = pseudonym(key, clusters.setting.secret, digits) if person else clusters.label(key)
    names = clusters.names(key)
    ids = {mention.id for mention in mentions}
    slips = {why for one, found in clusters.slips.items() if clusters.place(one) == key for why in found}
    judged = [pair for pair in clusters.setting.judged if pair.one in ids and pair.two in ids]
    return Entity(
        id=entity_id(key, clusters.setting.secret),
        kind=_kind(key, mentions, clusters),
        label=label,
        aliases=() if person or key[0] == "author" else tuple(sorted(set(names) - {label})),
        protected=person,
        mentions=tuple(sorted(ids)),
        claims=tuple(sorted({claim for mention in mentions for claim in mention.claims})),
        country=key[1] if key[0] == "state" else (key[3] if key[:3] == ("report", "by", "state") else ""),
        part_of=clusters.id(owner) if owner else "",
        why=(*_why(key, mentions, names, clusters.setting.known), *sorted({*slips, *reasons(judged, ids)})),
    )


def _kind(key: Key, mentions: Iterable[Mention], clusters: _Clusters) -> str:
    counts = Counter(_said_kind(mention) for mention in mentions)
    if counts:
        return min(counts, key=lambda kind: (-counts[kind], _KIND_ORDER.index(kind)))
    body = clusters.setting.known.bodies.get(key[1]) if key[0] == "body" else None
    ruled = any(voice.owner == key and voice.mention.kind in {"government", "court"} for voice in clusters.below.get(key, ()))
    return body.kind if body else ("government" if key[0] == "state" or ruled else "organisation")


def _said_kind(mention: Mention) -> str:
    if mention.kind != "publisher":
        return mention.kind
    return "media" if is_press(mention.name) else "organisation"


def _why(key: Key, mentions: Sequence[Mention], names: Sequence[str], known: Known) -> Iterable[str]:
    """Why these mentions are one, in sentences that name no person."""
    documents = len({mention.doc for mention in mentions})
    if not mentions:
        yield "No document lets it speak; it stands here because it answers for another."
    elif key[0] == "person" and documents > 1:
        yield f"People decided that the mentions in {documents} documents are one person."
    elif key[0] == "state" and not key[2] and len(names) > 1:
        yield f"All these names speak for the government of {known.labels.get(key[1], key[1])}."
    elif key[0] == "report" and documents > 1:
        yield f"The same author, and dates that agree, in {documents} documents."
    elif len({fold(name) for name in names}) > 1:
        yield "These names are listed as names of one body, or a document writes the one as short for the other."
    elif documents > 1:
        yield f"The same name in {documents} documents."
