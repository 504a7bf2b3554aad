"""Cases that grow and shrink document by document, made up at random from a few names, so that much of it bears on much else.

All of it is invented: Valdoria and Kestria are no states.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from claim_samples import AUSTRIA, LISBON, PORTO, PORTUGAL, page, says

from armslength.base.engine import silent
from armslength.base.settings import Settings
from armslength.lineage import run as lineage
from armslength.model.claims import Claim
from armslength.model.codec import to_json
from armslength.model.evidence import Document
from armslength.model.facts import Fact, LineageEdge, Origins, Relation
from armslength.model.outcome import Rejected, StageRun
from armslength.model.things import Entity, Incident, Response, Site
from armslength.pipeline.engines.one_process import OneProcess
from armslength.resolve import run as resolve
from armslength.store.write import Writer

DERIVED = (Entity, Site, Incident, Response, Fact, LineageEdge, Origins, Relation, Rejected)
PUBLISHERS = ("The Quay", "The Mole", "Quay Daily", "Northern Observer", "Northern Obsarver", "Green Watch", "Voice of America", None)
BODIES = ("Green Watch", "Green Harbour Alliance", "GHA", "Great Hill Association", "Harbourline Institute", "Harborline Institute", "VOA")
OFFICES = (
    ("government", "China"),
    ("government", "Chinese embassy in Lisbon"),
    ("government", "Portuguese police"),
    ("government", "Valdorian ministry", "Valdorian"),
    ("government", "Valdoria"),
    ("government", "Kestrian embassy", "Kestria"),
    ("court", "Kestrian court", "Kestrian"),
    ("government", "the ministry"),
)
REPORTS = (
    ("report", "Green Watch report"),
    ("report", "Green Watch report", "Green Watch"),
    ("report", "the report", "Green Harbour Alliance"),
    ("report", "Harbourline Institute study"),
    ("report", "Tide Tables"),
)
PERSONS = ("Ana Silva", "Rui Costa", "Silva", "Mr Rui Costa")
PLACES = (LISBON, PORTO, PORTUGAL, AUSTRIA)
SENTENCES = (
    "lists 54 stations run from abroad across the harbour towns",
    "counted 54 stations in harbour towns with its own volunteers",
    "says that 102 stations are open",
    "says that at least 54 stations are open",
    "lists 30 offices in the north and 24 offices in the south, 54 in all",
    "tells of a station at a noodle shop behind the tram depot",
    "opened an inquiry into the stations near the tram depot",
    "denied everything and called the report baseless",
    "was stabbed near the tram depot after calls from the embassy",
    "published a report on harbour stations",
    "is tied to the harbour association",
    "told how callers came to the tram depot at night",
)


def voice(chance: random.Random) -> tuple[str, ...]:
    kind = chance.random()
    if kind < 0.3:
        return ("organisation", chance.choice(BODIES))
    if kind < 0.5:
        return chance.choice(OFFICES)
    if kind < 0.75:
        return chance.choice(REPORTS)
    if kind < 0.85:
        return ("media", chance.choice(("Voice of America", "VOA", "The Quay", "Quay Daily")))
    if kind < 0.95:
        return ("person", chance.choice(PERSONS), *chance.choice(((), ("Green Watch",))))
    return ("unnamed", "officials")


def claim(document: Document, words: str, chance: random.Random) -> Claim:
    """One of the kinds of claim that the words may carry."""
    chain = [voice(chance) for _ in range(chance.randint(0, 2))]
    places = [chance.choice(PLACES)] if chance.random() < 0.5 else []
    dates = {"as_of": chance.choice(("", "", "2022-09", "2022-12"))}
    actor = [("operator", *chance.choice(OFFICES[:2])[:2])] if chance.random() < 0.4 else []
    if "stations" in words and any(sign.isdigit() for sign in words):
        value = 102 if "102" in words else 54
        more = {"comparator": ">="} if "least" in words else {}
        return says(document, words, *chain, value=value, places=places, parties=actor, **dates, **more)
    if "offices" in words:
        part = chance.choice(("30 offices", "24 offices", "54 in all"))
        return says(document, part, *chain, value=int(part[:2]), unit="office", places=places)
    if "station at" in words:
        return says(
            document, words, *chain, kind="site.existence", codes=[chance.choice(("SITE.ty.police", "SITE.ty.unknown"))], places=places
        )
    if "inquiry" in words:
        authority = [("authority", *OFFICES[chance.choice((2, 3, 6))][:2])]
        return says(
            document, words, *chain, kind="govt_response.investigation", codes=["GR.investigation_opened"], parties=authority, places=places
        )
    if "denied" in words:
        return says(document, words, *chain, kind="denial", act="denies", parties=[("denier", *chance.choice(OFFICES)[:2])])
    if "stabbed" in words:
        event = chance.choice(("2024-03-29", "2024-03", ""))
        return says(document, words, *chain, kind="incident.case", methods=["A2"], places=places, event=event, parties=actor)
    if "published" in words:
        event = chance.choice(("2022-09-13", "2022-12", ""))
        named = [("author", "report", chance.choice(REPORTS)[1])] if chance.random() < 0.5 else []
        return says(document, words, *chain, kind="publication_event", event=event, parties=named)
    if "tied" in words:
        return says(
            document, words, *chain, kind="org_link", parties=[("party", "organisation", name) for name in chance.sample(BODIES, 2)]
        )
    kind = chance.choice(("testimony.account", "person.role", "assessment"))
    return says(document, words, *chain, kind=kind, modality=chance.choice(("stated", "hypothetical")))


@dataclass(frozen=True)
class Told:
    """A document and what it says."""

    document: Document
    claims: tuple[Claim, ...]


def made_up(seed: int, number: int) -> list[Told]:
    """Documents with claims, all of them different. Some hold none."""
    chance = random.Random(seed)
    found: dict[str, Told] = {}
    while len(found) < number:
        names = [chance.choice(BODIES) for _ in range(2)]
        spelt = chance.choice(("", "Green Harbour Alliance (GHA) spoke. ", "Great Hill Association (GHA) spoke. "))
        words = [f"{name} {sentence}." for name, sentence in zip(names, chance.sample(SENTENCES, 2), strict=True)]
        published = chance.choice((None, "2022-09-20", "2022-10-02", "2023-05-01", "2024-04-01"))
        text = f"{spelt}{' '.join(words)} Notice {len(found)} of the day, page {chance.randint(1, 9)}."
        document = page(text, publisher=chance.choice(PUBLISHERS), published=published, exact=True)
        claims = {}
        for line in words if chance.random() < 0.8 else ():
            made = claim(document, line.rstrip("."), chance)
            claims[made.id] = made
        found[document.id] = Told(document, tuple(claims.values()))
    return list(found.values())


def add(writer: Writer, told: Sequence[Told]) -> None:
    for one in told:
        doc = one.document.id
        writer.put(StageRun(id=f"ingest:{doc}", version="1", input_hash="x", output_hash=""), [one.document])
        writer.put(StageRun(id=f"extract:{doc}", version="1", input_hash="x", output_hash=""), one.claims)


def take(writer: Writer, told: Sequence[Told]) -> None:
    writer.drop([f"{stage}:{one.document.id}" for one in told for stage in ("ingest", "extract")])


def build(writer: Writer, stages: Sequence[object] = (resolve, lineage)) -> None:
    for stage in stages:
        stage.run(writer, engine=OneProcess(), settings=Settings(), progress=silent)  # type: ignore[attr-defined]


def rows(writer: Writer) -> dict[str, dict[str, str]]:
    """Everything derived: type to id to body."""
    return {kind.__name__: {row.id: to_json(row) for row in writer.read.all(kind)} for kind in DERIVED}


def difference(one: dict[str, dict[str, str]], two: dict[str, dict[str, str]]) -> list[str]:
    """What two cases do not have in common, for people to read."""
    pairs = ((kind, row) for kind in one for row in sorted({*one[kind], *two[kind]}))
    return [
        f"{kind} {row[:8]}\n  {one[kind].get(row)}\n  {two[kind].get(row)}"
        for kind, row in pairs
        if one[kind].get(row) != two[kind].get(row)
    ]
