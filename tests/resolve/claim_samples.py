"""Pages and claims for tests, built from a few words. All of it is invented: Valdoria is no state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from whole_case import make_facts, resolve_entities

from armslength.base.ids import digest_text
from armslength.model.claims import Claim, Dated, Link, Party, Place, Quantity, claim_id, mention_id
from armslength.model.evidence import Appearance, Block, Document, Reader
from armslength.model.ontology import load as load_ontology
from armslength.model.things import Entity
from armslength.resolve import known
from armslength.resolve.facts import Naming
from armslength.resolve.readings import Voices, read

READER = Reader(name="test", version="1")
SECRET = b"k" * 32
LISBON = Place(name="Lisbon", country="PT", geonames=2267057, precision="city")
PORTO = Place(name="Porto", country="PT", geonames=2735943, precision="city")
PORTUGAL = Place(name="Portugal", country="PT", geonames=None, precision="country")
SPAIN = Place(name="Spain", country="ES", geonames=None, precision="country")
AUSTRIA = Place(name="Austria", country="AT", geonames=None, precision="country")

Voice = tuple[str, str] | tuple[str, str, str]


def page(
    text: str,
    *,
    publisher: str | None = "The Quay",
    published: str | None = None,
    notice: str = "",
    byline: str | None = None,
    exact: bool = False,
) -> Document:
    """A document; a notice goes to its end as a block of its own. Unless `exact`, the publisher is in the id, so that two may print one text."""
    whole = f"{text}\n\n{notice}" if notice else text
    blocks = tuple(Block(start=m.start(), end=m.end(), kind="paragraph") for m in re.finditer(r"[^\n]+", text))
    if notice:
        blocks += (Block(start=len(text) + 2, end=len(whole), kind="notice"),)
    key = digest_text(whole if exact else whole + (publisher or ""))
    seen = Appearance(source=key, file=f"{key[:6]}.txt", publisher=publisher, published=published, byline=byline)
    return Document(id=key, text=whole, lang="en", reader=READER, appearances=(seen,), blocks=blocks)


def says(
    document: Document,
    quote: str,
    *chain: Voice,
    kind: str = "quantity.site_count",
    value: float | None = None,
    measure: str = "sites.worldwide",
    comparator: str = "=",
    low: float | None = None,
    unit: str = "station",
    act: str = "reports",
    modality: str = "stated",
    places: Sequence[Place] = (),
    methods: Sequence[str] = (),
    codes: Sequence[str] = (),
    parties: Sequence[tuple[str, str, str]] = (),
    as_of: str = "",
    basis: str = "stated",
    event: str = "",
    period: str = "",
    flags: Sequence[str] = (),
) -> Claim:
    """A claim on the first place where the words stand. `chain`: (kind, name[, by]) after the page's own voice. `basis` is that of `as_of`."""
    start = document.text.index(quote)
    end = start + len(quote)
    links = [Link(name="the article", kind="author", mention=mention_id(document.id, "author", "the article"))]
    for voice in chain:
        at = document.text.find(voice[1])
        span = (at, at + len(voice[1])) if at >= 0 else (None, None)
        by = voice[2] if len(voice) > 2 else ""
        links.append(
            Link(name=voice[1], kind=voice[0], mention=mention_id(document.id, voice[0], voice[1]), start=span[0], end=span[1], by=by)
        )
    quantity = None
    if kind.startswith("quantity"):
        limits = {
            "=": (value, value),
            ">=": (value, None),
            ">": (value, None),
            "<=": (None, value),
            "<": (None, value),
            "approx": (low, None),
        }
        bottom, top = limits[comparator]
        quantity = Quantity(
            measure=measure,
            value=value,
            comparator=comparator,
            low=bottom if low is None else low,
            high=top,
            unit=unit,
            start=start,
            end=end,
        )
    return Claim(
        id=claim_id(document.id, start, end, kind, quantity),
        doc=document.id,
        start=start,
        end=end,
        quote=quote,
        kind=kind,
        speech_act=act,
        modality=modality,
        attribution=tuple(links),
        quantity=quantity,
        as_of=Dated(edtf=as_of, basis=basis) if as_of else None,
        event_date=Dated(edtf=event, basis="stated") if event else None,
        claimed_period=Dated(edtf=period, basis="stated") if period else None,
        places=tuple(places),
        methods=tuple(methods),
        codes=tuple(codes),
        parties=tuple(
            Party(role=role, name=name, kind=what, mention=mention_id(document.id, what, name), start=start, end=end)
            for role, what, name in parties
        ),
        flags=tuple(flags),
        reader=READER,
    )


@dataclass
class Resolved:
    """A case resolved in memory."""

    documents: Sequence[Document]
    claims: Sequence[Claim]
    entities: list[Entity] = field(init=False)
    voices: Voices = field(init=False)

    def __post_init__(self) -> None:
        self.entities, _ = resolve_entities(self.claims, self.documents, secret=SECRET, known=known.load())
        self.voices = Voices(entities=self.entities)
        self.naming = Naming(ontology=load_ontology(), countries=known.load().labels)
        self.readings = read(self.claims, self.voices, load_ontology())
        self.facts, self.refused = make_facts(self.readings, self.voices, self.naming)

    def entity(self, label: str) -> Entity:
        return next(row for row in self.entities if row.label == label or label in row.aliases)

    def together(self, one: Claim, two: Claim) -> bool:
        return any({one.id, two.id} <= set(fact.claims) for fact in self.facts)
