"""A case built by hand for the gate: one page that names nobody, many pages about one person each, two reviewers with keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from armslength.base.ids import digest, digest_text
from armslength.model.claims import Claim, Dated, Link, Party, Place, mention_id
from armslength.model.decisions import Judgement
from armslength.model.evidence import Appearance, Document, Reader
from armslength.model.facts import Count, Fact, OriginGroup, Origins
from armslength.model.ledger import Entry, ledger, value_of
from armslength.model.ontology import load as load_ontology
from armslength.model.things import Entity, Incident, Supported
from armslength.publish.content import Content
from armslength.publish.gate.clear import clear
from armslength.publish.gate.profile import Profile, shipped
from armslength.publish.gate.rows import Ask, Cleared, Past, Refusal

ONTOLOGY = load_ontology()
READER = Reader(name="test", version="1")
DAY = "2026-03-01"
CITIES = {"Oslo": "NO", "Bergen": "NO", "Vienna": "AT", "Lisbon": "PT"}
DECISIONS = {"LegalStatus": "status", "Reply": "reply", "Consent": "consent", "Restriction": "restrict", "Request": "request",
             "Disclosure": "disclose", "Retention": "retain", "Protection": "protect"}  # fmt: skip


def document(text: str, *, number: int, url: str = "", title: str = "", byline: str | None = None) -> Document:
    seen = Appearance(
        source=digest("source", number),
        file=f"page-{number}.html",
        title=title or f"A page of number {number}",
        publisher="The Quay",
        published="2025-03-14",
        url=url or f"https://quay.example/pages/{number}",
        byline=byline,
    )
    return Document(id=digest_text(text), text=text, lang="en", reader=READER, appearances=(seen,))


def voice(doc: Document, name: str, kind: str = "person") -> Link:
    at = doc.text.find(name)
    return Link(
        name=name, kind=kind, mention=mention_id(doc.id, kind, name), start=at if at >= 0 else None, end=at + len(name) if at >= 0 else None
    )


def claim(
    doc: Document,
    quote: str,
    *,
    kind: str = "incident.case",
    who: str = "",
    city: str = "",
    when: str = "",
    methods: tuple[str, ...] = (),
    parties: tuple[Party, ...] = (),
    act: str = "reports",
) -> Claim:
    start = doc.text.index(quote)
    chain = [Link(name="The Quay", kind="author", mention=mention_id(doc.id, "author", "The Quay"))]
    return Claim(
        id=digest("claim", doc.id, start, kind),
        doc=doc.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        kind=kind,
        speech_act=act,
        modality="stated",
        attribution=tuple([*chain, voice(doc, who)] if who else chain),
        event_date=Dated(edtf=when, basis="stated") if when else None,
        places=(Place(name=city, country=CITIES[city], geonames=1, precision="city"),) if city else (),
        methods=methods,
        parties=parties,
        reader=READER,
    )


def party(doc: Document, name: str, role: str, kind: str = "organisation") -> Party:
    at = doc.text.index(name)
    return Party(role=role, name=name, kind=kind, mention=mention_id(doc.id, kind, name), start=at, end=at + len(name))


def fact(*claims: Claim, label: str = "") -> Fact:
    ids = tuple(sorted(row.id for row in claims))
    return Fact(
        id=digest("fact", ids),
        kind=claims[0].kind,
        label=label or "Case (Oslo, Norway)",
        claims=ids,
        documents=tuple(sorted({row.doc for row in claims})),
        country="NO" if claims[0].places else "",
        as_of=claims[0].event_date.edtf if claims[0].event_date else "",
    )


def content(documents: Sequence[Document], claims: Sequence[Claim], facts: Sequence[Fact], **more: object) -> Content:
    """The rows joined: an entity for every name, origins for every fact, an incident for every claim of one."""
    voices = [(found, row.id) for row in claims for found in (*row.attribution, *row.parties)]
    named: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for found, one in voices:
        named.setdefault((found.kind, found.name), []).append((found.mention, one))
    entities = [
        Entity(
            id=digest("entity", kind, name),
            kind=kind,
            label=f"Person {digest(name)[:4].upper().translate(str.maketrans('ABCDEF', '678901'))}" if kind == "person" else name,
            aliases=(),
            protected=kind == "person",
            mentions=tuple(sorted({mention for mention, _ in rows})),
            claims=tuple(sorted({one for _, one in rows})),
        )
        for (kind, name), rows in sorted(named.items())
    ]
    incidents = [
        Incident(
            id=digest("incident", row.id),
            label=f"Threat, {row.places[0].name}, 2025" if row.places else "Threat",
            country=row.places[0].country if row.places else "",
            place=row.places[0].name if row.places else "",
            period=row.event_date.edtf if row.event_date else "",
            methods=row.methods,
            outcomes=(),
            claims=(row.id,),
            fields=tuple(Supported(field="place", value=place.name, claim=row.id) for place in row.places),
        )
        for row in claims
        if row.family == "incident"
    ]
    made = Content(
        documents=documents,
        claims=claims,
        facts=facts,
        entities=entities,
        incidents=incidents,
        origins={
            row.id: Origins(id=row.id, min=1, max=1, unknown=0, apparent=1, groups=(OriginGroup(label="The Quay", claims=row.claims),))
            for row in facts
        },
        entity_of={mention: entity.id for entity in entities for mention in entity.mentions},
        summaries={row.id: "1 passage in 1 document" for row in facts},
    )
    return replace(made, **more)  # type: ignore[arg-type]


def person(name: str) -> str:
    return digest("entity", "person", name)


def organisation(name: str) -> str:
    return digest("entity", "organisation", name)


def judgement(
    target: str, who: str, decision: str, value: Mapping[str, object] | str = "", *, over: Sequence[Judgement] = (), key: str | None = None
) -> Judgement:
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    key = f"key-{who}" if key is None else key
    when = "2025-01-01T00:00:00Z" if decision == "reviewer" else f"2026-01-0{1 + len(over)}T00:00:00Z"
    return Judgement(
        id=digest("judgement", target, who, decision, text, key),
        target=target,
        decision=decision,
        reason="It is so.",
        who=who,
        when=when,
        value=text,
        supersedes=" ".join(row.id for row in over),
        key=key,
        signature="good" if key else "",
    )


REVIEWERS = [judgement(f"key-{who}", who, "reviewer", {"public": who * 8, "reviewer": who}) for who in ("heron", "ibis")]


def accepted(row: Fact, *who: str) -> list[Judgement]:
    """A fact accepted by one reviewer after the other."""
    found: list[Judgement] = []
    for one in who:
        found.append(judgement(row.id, one, "accept", {"level": "fact", "claims": sorted(row.claims)}, over=found[-1:]))
    return found


def entry(row: Entry, *who: str, target: str = "") -> list[Judgement]:
    """An entry of a ledger, by one reviewer or by several side by side."""
    about = target or getattr(row, "person", "") or getattr(row, "target", "")
    kind = DECISIONS[type(row).__name__]
    return [judgement(f"{kind}:{about}:{one}", one, kind, value_of(row)) for one in who or ("heron",)]


def reviewed(made: Content, *more: Judgement, who: Sequence[str] = ("heron", "ibis")) -> Content:
    """All facts accepted by these reviewers."""
    judgements = [*REVIEWERS, *(row for one in made.facts for row in accepted(one, *who)), *more]
    return replace(made, judgements=judgements, ledger=ledger(judgements))


def ask(
    made: Content,
    *,
    profile: Profile | str = "public",
    secret: bytes = b"one release",
    without: Iterable[str] = (),
    past: Sequence[Past] = (),
    counts: Sequence[Count] = (),
) -> Ask:
    return Ask(
        content=made,
        ledger=ledger(made.judgements),
        profile=shipped(profile) if isinstance(profile, str) else profile,
        day=DAY,
        secret=secret,
        without=frozenset(without),
        past=past,
        recount=lambda _: counts,
    )


def through(made: Content, **how: object) -> Cleared:
    """Through the gate; fails, with the refusals, when it stays closed."""
    found = clear(ask(made, **how), ONTOLOGY)  # type: ignore[arg-type]
    assert isinstance(found, Cleared), found
    return found


def refused(made: Content, **how: object) -> tuple[Refusal, ...]:
    """What the gate says when it stays closed."""
    found = clear(ask(made, **how), ONTOLOGY)  # type: ignore[arg-type]
    assert not isinstance(found, Cleared), found.changes
    return found


OPEN = document(
    "Offices abroad\n\nAt least 12 offices exist in Oslo, the Harbour Institute said.\n\nThe embassy denied that there are offices in Oslo.",
    number=0,
)
OFFICES = claim(OPEN, "At least 12 offices exist in Oslo", kind="quantity.site_count", city="Oslo")
DENIED = claim(OPEN, "The embassy denied that there are offices in Oslo", kind="denial", act="denies")
NAMES = ("Mirela Dosk", "Anselm Varga", "Tilde Marren", "Ivo Stanek", "Petra Quillon", "Zeng Lihua", "Harun Belisk")


def victim(
    number: int, *, city: str = "Oslo", when: str = "2025-03-14", methods: tuple[str, ...] = ("A5",)
) -> tuple[Document, Claim, Fact]:
    """A page about one person who was followed."""
    name = NAMES[number]
    text = f"Followed home {number}\n\n{name} said that two men in a grey car number {number} waited for her outside her shop in {city} for a whole week."
    doc = document(text, number=10 + number, byline="Ludo Haspel")
    row = claim(doc, f"two men in a grey car number {number} waited for her", who=name, city=city, when=when, methods=methods)
    return doc, row, fact(row)


def case(*victims: tuple[Document, Claim, Fact]) -> Content:
    """The open page and some victims."""
    facts = [fact(OFFICES, label="Sites in a city: at least 12 (Oslo, Norway)"), fact(DENIED, label="Denial: General denial")]
    return content(
        [OPEN, *(doc for doc, _, _ in victims)],
        [OFFICES, DENIED, *(row for _, row, _ in victims)],
        [*facts, *(row for _, _, row in victims)],
    )
