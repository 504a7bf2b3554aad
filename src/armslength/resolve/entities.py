"""Entities: voices and parties across documents.

In:  claims and documents of a case, its secret, what is known of names.
Out: `Entity` rows, each with what it is part of and why its mentions are one.
Never: shows a person's name; joins the persons of two documents by itself: only people do (METHOD N5).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.base.ids import digest, keyed_digest
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.things import Entity
from armslength.resolve.interest import accused_governments
from armslength.resolve.judged import NOBODY, Pair, People, Undone, reasons, regroup
from armslength.resolve.keys import (
    COLLECTIVE,
    Key,
    acronym_keys,
    body_key,
    collective_key,
    named_states,
    person_keys,
    report_author,
    report_bucket,
    state_by_name,
    state_key,
)
from armslength.resolve.known import Known
from armslength.resolve.mentions import Mention, find_mentions
from armslength.resolve.names import fold, is_press, names_somebody
from armslength.resolve.pseudonyms import pseudonyms
from armslength.resolve.reports import report_dates, report_keys
from armslength.resolve.spelling import find_expansions, find_slips
from armslength.resolve.union import Union

APART = "apart"
"""Stands in the key of a mention that people took out of its entity."""
_KIND_ORDER = ("government", "court", "report", "media", "organisation", "person", "author", "unnamed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keyed:
    """Mentions by key, with what ties keys together."""

    clusters: Mapping[Key, tuple[Mention, ...]]
    owners: Mapping[Key, Key]
    """Key to the key of what answers for it."""
    reasons: Mapping[Key, tuple[str, ...]]
    texts: Mapping[Key, str]
    """How a key that nobody mentions is called."""
    rulers: frozenset[Key]
    """Keys that answer for an office of a state or town."""


def resolve_entities(claims: Sequence[Claim], documents: Sequence[Document], *, secret: bytes, known: Known) -> list[Entity]:
    """Put mentions together into entities as the program sees them, sorted by id."""
    return decide_entities(claims, documents, secret=secret, known=known, people=NOBODY)[0]


def decide_entities(
    claims: Sequence[Claim], documents: Sequence[Document], *, secret: bytes, known: Known, people: People
) -> tuple[list[Entity], list[Undone]]:
    """Put mentions together into entities, as people want them where they said so; and the judgements that have nothing to apply to."""
    mentions = find_mentions(claims, documents)
    clustered, undone = _cluster(mentions, claims, documents, known, people.about("entity"))
    keyed = _complete(clustered, known)
    labels = pseudonyms((key for key in keyed.clusters if key[0] == "person"), secret)
    ids = {key: _id(key, secret) for key in keyed.clusters}
    entities = {ids[key]: _entity(key, keyed, ids, labels, known) for key in keyed.clusters}
    roots = {found: _root(found, entities) for found in entities}
    accused = accused_governments(claims, entities, roots)
    rows = (replace(row, interested=row.kind != "author" and roots[row.id] in accused) for row in entities.values())
    return sorted(rows, key=lambda row: row.id), undone


def _root(entity: str, entities: Mapping[str, Entity]) -> str:
    seen = {entity}
    while (above := entities[entity].part_of) and above not in seen:
        seen.add(above)
        entity = above
    return entity


def _id(key: Key, secret: bytes) -> str:
    return keyed_digest(secret, "entity", *key) if key[0] == "person" else digest("entity", *key)


def _cluster(
    mentions: Sequence[Mention], claims: Sequence[Claim], documents: Sequence[Document], known: Known, judged: Sequence[Pair]
) -> tuple[_Keyed, list[Undone]]:
    keys = _keys(mentions, claims, documents, known)
    union: Union[Key] = Union()
    slips: dict[Key, list[str]] = defaultdict(list)
    settled = frozenset(known.states) | frozenset(known.bodies)
    for one, two in find_slips(keys.values(), settled):
        union.join(one, two)
        slips[one].append(f"“{one[1]}” and “{two[1]}” differ by one letter; taken for a slip of the pen.")
    tops = {mention.id: union.top(keys[mention.id]) for mention in mentions}
    final, undone = _judge(mentions, tops, judged)
    moved = {tops[mention]: key for mention, key in final.items() if APART not in key}

    def place(key: Key) -> Key:
        return moved.get(union.top(key), union.top(key))

    clusters: dict[Key, list[Mention]] = defaultdict(list)
    for mention in mentions:
        clusters[final[mention.id]].append(mention)
    why: dict[Key, set[str]] = defaultdict(set)
    for key, found in slips.items():
        why[place(key)] |= set(found)
    for key, members in clusters.items():
        why[key] |= set(reasons(judged, (mention.id for mention in members)))
    owners, texts = _owners(mentions, keys, documents, known, _bodies(mentions, keys))
    owned = {place(key): place(owner) for key, owner in owners.items()}
    owned |= {final[m.id]: place(owners[keys[m.id]]) for m in mentions if APART in final[m.id] and keys[m.id] in owners}
    keyed = _Keyed(
        clusters={key: tuple(found) for key, found in clusters.items()},
        owners={key: owner for key, owner in owned.items() if key != owner},
        reasons={key: tuple(sorted(found)) for key, found in why.items() if found},
        texts={place(key): text for key, text in texts.items()},
        rulers=frozenset(place(owners[keys[m.id]]) for m in mentions if m.kind in {"government", "court"} and keys[m.id] in owners),
    )
    return keyed, undone


def _judge(mentions: Sequence[Mention], tops: Mapping[str, Key], judged: Sequence[Pair]) -> tuple[dict[str, Key], list[Undone]]:
    """Mention to key, as people want it. What is taken out gets a key of its own; what is joined, the smaller of the two."""
    kinds = {mention.id: mention.kind for mention in mentions}

    def group(ids: Sequence[str]) -> list[list[str]]:
        found: dict[Key, list[str]] = defaultdict(list)
        for mention in ids:
            found[tops[mention]].append(mention)
        return list(found.values())

    def bar(one: str, two: str) -> str:
        return "a person and a body are never one." if (kinds[one] == "person") != (kinds[two] == "person") else ""

    groups, undone = regroup([mention.id for mention in mentions], group, judged, bar=bar)
    final: dict[str, Key] = {}
    taken: set[Key] = set()
    for found in groups:
        key = min(tops[mention] for mention in found)
        key = (*key, APART, min(found)) if key in taken else key
        taken.add(key)
        final |= dict.fromkeys(found, key)
    return final, undone


def _keys(mentions: Sequence[Mention], claims: Sequence[Claim], documents: Sequence[Document], known: Known) -> dict[str, Key]:
    """Mention to key."""
    keys: dict[str, Key] = {}
    for mention in mentions:
        if mention.kind == "author":
            keys[mention.id] = ("author", mention.doc)
        elif mention.kind == "unnamed":
            keys[mention.id] = ("unnamed", fold(mention.name), mention.doc)
        elif mention.kind in COLLECTIVE:
            keys[mention.id] = collective_key(mention, known)
    keys |= person_keys(mention for mention in mentions if mention.kind == "person")
    texts = {document.id: document.text for document in documents}
    keys |= named_states(mentions, keys)
    keys |= acronym_keys(mentions, keys, find_expansions(mentions, keys, texts))
    reports = [mention for mention in mentions if mention.kind == "report"]
    bodies = _bodies(mentions, keys)
    buckets = {mention.id: report_bucket(mention, report_author(mention, known, bodies), known) for mention in reports}
    published = {document.id: document.published for document in documents}
    return keys | report_keys(reports, buckets, report_dates(claims, reports), published)


def _bodies(mentions: Sequence[Mention], keys: Mapping[str, Key]) -> frozenset[str]:
    """Folded names of bodies that speak, or that a report or speaker is said to belong to."""
    named = {fold(mention.by) for mention in mentions if mention.by and names_somebody(mention.by)}
    return frozenset(named | {key[1] for key in keys.values() if key[0] == "body"})


def _owners(
    mentions: Sequence[Mention], keys: Mapping[str, Key], documents: Sequence[Document], known: Known, bodies: frozenset[str]
) -> tuple[dict[Key, Key], dict[Key, str]]:
    """What answers for what: publisher for page, body for report or speaker, government for office, owner for medium."""
    owners: dict[Key, Key] = {}
    texts: dict[Key, str] = {}
    publishers = {document.id: document.publisher for document in documents}
    for mention in mentions:
        key = keys[mention.id]
        by = {"author": publishers.get(mention.doc), "report": report_author(mention, known, bodies), "person": mention.by}.get(
            mention.kind
        )
        body = known.body(mention.name) if mention.kind in COLLECTIVE else None
        if key[0] == "state" and key[2]:
            owners[key] = state_key(key[1])
        elif mention.kind in {"government", "court"} and key[0] == "body" and mention.by and names_somebody(mention.by):
            owners[key] = state_by_name(mention.by, bodies)
            texts.setdefault(owners[key], mention.by)
        elif key[0] == "report" and key[1:3] == ("by", "state"):
            owners[key] = state_key(key[3])
        elif by:
            owner = _owner_key(by, mention, known)
            owners[key] = owner
            texts.setdefault(owner, by)
        elif body and body.owner:
            owners[key] = ("body", fold(body.owner))
            texts.setdefault(owners[key], body.owner)
    return {key: owner for key, owner in owners.items() if key != owner}, texts


def _owner_key(by: str, mention: Mention, known: Known) -> Key:
    country, office = known.speaks_for(by)
    if mention.kind == "author" or known.body(by) or not country:
        return body_key(by, mention.doc, known)
    return state_key(country, office)


def _complete(keyed: _Keyed, known: Known) -> _Keyed:
    """Add owners that no document mentions, up to the last."""
    clusters, owners = dict(keyed.clusters), dict(keyed.owners)
    queue = sorted(set(owners.values()) - clusters.keys())
    while queue:
        key = queue.pop()
        clusters.setdefault(key, ())
        body = known.bodies.get(key[1]) if key[0] == "body" else None
        if key[0] == "state" and key[2]:
            owners.setdefault(key, state_key(key[1]))
        elif body and body.owner:
            owners.setdefault(key, ("body", fold(body.owner)))
        if key in owners and owners[key] not in clusters:
            queue.append(owners[key])
    return replace(keyed, clusters=clusters, owners=owners)


def _entity(key: Key, keyed: _Keyed, ids: Mapping[Key, str], labels: Mapping[Key, str], known: Known) -> Entity:
    mentions = keyed.clusters[key]
    person = key[0] == "person"
    owner = keyed.owners.get(key)
    names = sorted({mention.name for mention in mentions}, key=lambda name: (-len(name), name))
    label = labels[key] if person else _label(key, names, keyed, known)
    return Entity(
        id=ids[key],
        kind=_kind(key, keyed, known),
        label=label,
        aliases=() if person or key[0] == "author" else tuple(sorted(set(names) - {label})),
        protected=person,
        mentions=tuple(sorted(mention.id for mention in mentions)),
        claims=tuple(sorted({claim for mention in mentions for claim in mention.claims})),
        country=key[1] if key[0] == "state" else (key[3] if key[:3] == ("report", "by", "state") else ""),
        part_of=ids[owner] if owner else "",
        why=(*_why(key, mentions, names, known), *keyed.reasons.get(key, ())),
    )


def _kind(key: Key, keyed: _Keyed, known: Known) -> str:
    counts = Counter(_said_kind(mention) for mention in keyed.clusters[key])
    if counts:
        return min(counts, key=lambda kind: (-counts[kind], _KIND_ORDER.index(kind)))
    body = known.bodies.get(key[1]) if key[0] == "body" else None
    return body.kind if body else ("government" if key[0] == "state" or key in keyed.rulers else "organisation")


def _said_kind(mention: Mention) -> str:
    if mention.kind != "publisher":
        return mention.kind
    return "media" if is_press(mention.name) else "organisation"


def _label(key: Key, names: Sequence[str], keyed: _Keyed, known: Known) -> str:
    if key[0] == "author":
        owner = keyed.owners.get(key)
        named = sorted({m.name for m in keyed.clusters.get(owner, ())}, key=lambda name: (-len(name), name)) if owner else []
        name = named[0] if named else (keyed.texts.get(owner, "") if owner else "")
        return f"the article’s own voice ({name or 'publisher unknown'})"
    body = next((found for found in map(known.body, names) if found), None)
    if body and key[0] in {"body", "state"}:
        return body.name
    if key[0] == "report" and key[1] == "by" and names:
        owner = keyed.owners.get(key)
        maker = (
            _label(owner, sorted({m.name for m in keyed.clusters.get(owner, ())}, key=lambda n: (-len(n), n)), keyed, known)
            if owner
            else ""
        )
        date = key[-1] if key[-2] == "of" else ""
        name = f"{maker} report" if maker and key[2] == "body" else names[0]
        return f"{name} ({date})" if date else name
    if names:
        return names[0]
    if key[0] == "state":
        return f"Government of {known.labels.get(key[1], key[1])}"
    return keyed.texts.get(key) or key[1]


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
