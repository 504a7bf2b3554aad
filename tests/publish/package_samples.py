"""A small case to release: two counters, a copy, an opinion, a publication, a judged edge, one protected person. All of it is invented."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from armslength.base.ids import digest, digest_bytes, digest_text
from armslength.model.claims import Claim, Link, Party, Quantity, mention_id
from armslength.model.custody import GENESIS, LogEntry
from armslength.model.decisions import Judgement
from armslength.model.evidence import Appearance, Document, Reader, Source, Span
from armslength.model.facts import Access, Fact, LineageEdge, OriginGroup, Origins, Relation
from armslength.model.things import Entity
from armslength.publish.content import Content
from armslength.publish.package import PackageOptions, Releaser, Side, Written
from armslength.publish.package.public_ids import public_ids, rename
from armslength.publish.package.tables import source_rows
from armslength.publish.package.writing import write_package
from armslength.store.keys import SigningKey, key_id
from armslength.store.log import Event, rotation_message, write_entry

SECRET = bytes(range(32))
NAME = "Ada Ferrer"
MASK = "\u2588" * len(NAME)
READER = Reader(name="test reader", version="1")
AUDIT = (
    "Port Audit visited the quay and counted three stations there. "
    f"{NAME}, a baker, lives beside one of them \U0001f3db and saw it open. "
    "The audit was long in the making, and its authors walked every street between the old harbour and the new one."
)
NORD = "Uni Nord interviewed neighbours of the quay. Its study speaks of three stations. An expert frets about it all."
COPY = "As Port Audit writes, three stations stand there. Port Audit published its study in May, and papers say three as well."
BYTES = {name: f"<p>{text}</p>".encode() for name, text in {"audit.html": AUDIT, "nord.html": NORD, "copy.html": COPY}.items()}


def document(text: str, file: str, publisher: str) -> Document:
    first = Appearance(source=digest_bytes(BYTES[file]), file=file, title=f"On the quay: {publisher}", publisher=publisher)
    return Document(id=digest_text(text), text=text, lang="en", reader=READER, appearances=(first,))


DOCUMENTS = (document(AUDIT, "audit.html", "Port Audit"), document(NORD, "nord.html", "Uni Nord"), document(COPY, "copy.html", "The Quay"))
TEXTS = {"audit": DOCUMENTS[0], "nord": DOCUMENTS[1], "copy": DOCUMENTS[2]}


def span(doc: str, words: str) -> Span:
    found = TEXTS[doc]
    start = found.text.index(words)
    return Span(doc=found.id, start=start, end=start + len(words), quote=words)


def claim(doc: str, words: str, kind: str, voice: str, *, value: int | None = None, person: str = "") -> Claim:
    here = span(doc, words)
    link = Link(name=voice, kind="person" if person else "organisation", mention=mention_id(here.doc, "voice", voice))
    party = (
        Party(role="target", name=person, kind="person", mention=mention_id(here.doc, "person", person), start=0, end=0) if person else None
    )
    number = Quantity(
        measure="sites", value=value or 0, comparator="=", low=value, high=value, unit="stations", start=here.start, end=here.end
    )
    return Claim(
        id=digest("claim", here.doc, here.start, kind),
        doc=here.doc,
        start=here.start,
        end=here.end,
        quote=here.quote,
        kind=kind,
        speech_act="reports",
        modality="stated",
        attribution=(link,),
        parties=(party,) if party else (),
        quantity=number if value else None,
        confidence=0.75,
        reader=READER,
    )


CLAIMS = {
    "audit": claim("audit", "counted three stations", "quantity.sites", "Port Audit", value=3),
    "nord": claim("nord", "three stations", "quantity.sites", "Uni Nord", value=3),
    "copy": claim("copy", "three stations stand there", "quantity.sites", "Port Audit", value=3),
    "papers": claim("copy", "papers say three", "quantity.sites", "papers", value=3),
    "opinion": claim("nord", "An expert frets about it all", "assessment", "an expert"),
    "study": claim("copy", "Port Audit published its study in May", "publication_event", "The Quay"),
    "seen": claim("audit", f"{NAME}, a baker, lives beside one of them \U0001f3db and saw it open", "testimony.sight", NAME, person=NAME),
    "denied": claim("nord", "Its study speaks", "denial", "Uni Nord"),
}


def fact(name: str, label: str, *claims: str, **more: object) -> Fact:
    ids = tuple(sorted(CLAIMS[one].id for one in claims))
    kind = CLAIMS[claims[0]].kind
    documents = tuple(sorted({CLAIMS[one].doc for one in claims}))
    return Fact(id=digest("fact", name), kind=kind, label=label, claims=ids, documents=documents, state="accepted", **more)


FACTS = {
    "count": fact("count", "three stations", "audit", "nord", "copy", "papers", measure="sites", value=3, comparator="=", low=3, high=3),
    "opinion": fact("opinion", "an expert frets", "opinion", opinion=True),
    "study": fact("study", "Port Audit published a study", "study"),
    "seen": fact("seen", f"{NAME} saw a station open", "seen"),
    "denied": fact("denied", "Uni Nord denies it", "denied"),
}


def group(label: str, *claims: str, access: Mapping[str, Span] | None = None, hidden: tuple[str, ...] = ()) -> OriginGroup:
    shown = tuple(Access(claim=CLAIMS[one].id, how="went and looked", shown=words) for one, words in (access or {}).items())
    return OriginGroup(
        label=label, claims=tuple(sorted(CLAIMS[one].id for one in claims)), access=shown, hidden=tuple(CLAIMS[one].id for one in hidden)
    )


def origins(name: str, low: int, high: int, unknown: int, *groups: OriginGroup) -> Origins:
    return Origins(id=FACTS[name].id, min=low, max=high, unknown=unknown, apparent=len(FACTS[name].documents), groups=groups)


ORIGINS = (
    origins(
        "count",
        2,
        3,
        1,
        group("Port Audit", "audit", "copy", access={"audit": span("audit", "Port Audit visited the quay")}),
        group("Uni Nord", "nord", access={"nord": span("nord", "Uni Nord interviewed neighbours")}),
        group("source not named", "papers", hidden=("papers",)),
    ),
    origins("opinion", 0, 0, 0),
    origins("study", 1, 1, 0, group("the publication", "study")),
    origins("seen", 1, 1, 0, group(NAME, "seen", access={"seen": span("audit", f"{NAME}, a baker, lives beside one of them")})),
    origins("denied", 1, 1, 0, group("Uni Nord", "denied")),
)


def edge(name: str, one: str, two: str, state: str = "machine") -> LineageEdge:
    ends = (CLAIMS[one], CLAIMS[two])
    words = tuple(Span(doc=end.doc, start=end.start, end=end.end, quote=end.quote) for end in ends)
    return LineageEdge(
        id=digest("edge", name),
        from_id=ends[0].id,
        to_id=ends[1].id,
        level="claim",
        kind="same_organisation",
        evidence=words,
        why="Both rest on one body.",
        state=state,
    )


EDGES = (
    edge("tied", "copy", "audit"),
    edge("untied", "nord", "audit", "disputed"),
    edge("apart", "papers", "nord", "disputed"),
    LineageEdge(
        id=digest("edge", "texts"),
        from_id=DOCUMENTS[2].id,
        to_id=DOCUMENTS[0].id,
        level="document",
        kind="same_organisation",
        evidence=(span("copy", "As Port Audit writes"), span("audit", "Port Audit visited")),
        why="One publisher answers for both.",
    ),
)
JUDGEMENTS = (
    Judgement(id=digest("j1"), target=EDGES[1].id, decision="accept", reason="one study", who="heron", when="2026-01-01T00:00:00Z"),
    Judgement(
        id=digest("j2"),
        target=EDGES[1].id,
        decision="dispute",
        reason="two studies",
        who="tern",
        when="2026-01-02T00:00:00Z",
        supersedes=digest("j1"),
    ),
    Judgement(id=digest("j3"), target=EDGES[2].id, decision="dispute", reason="no study", who="tern", when="2026-01-03T00:00:00Z"),
)
PERSON = CLAIMS["seen"].parties[0].mention


def whole() -> Content:
    """The case as it is."""
    voice = CLAIMS["seen"].attribution[0].mention
    person = Entity(
        id=digest("person"),
        kind="person",
        label="Person 7K",
        aliases=(),
        protected=True,
        mentions=(PERSON, voice),
        claims=(CLAIMS["seen"].id,),
    )
    return Content(
        documents=DOCUMENTS,
        claims=tuple(CLAIMS.values()),
        facts=tuple(FACTS.values()),
        origins={row.id: row for row in ORIGINS},
        relations=(
            Relation(id=digest("r"), type="denies", fact=FACTS["denied"].id, other=FACTS["count"].id, reason="Uni Nord doubts it."),
        ),
        edges=EDGES,
        entities=(person,),
        judgements=JUDGEMENTS,
        entity_of={PERSON: person.id, voice: person.id},
        summaries={row.id: f"{len(row.claims)} passages in {len(row.documents)} documents" for row in FACTS.values()},
    )


def _masked(words: Span) -> Span:
    return replace(words, quote=words.quote.replace(NAME, MASK))


def redacted() -> Content:
    """The case with a protected person's name masked wherever its words stand; nothing is left out."""
    found = whole()
    hidden = {
        row.id: replace(
            row,
            groups=tuple(replace(one, access=tuple(replace(had, shown=_masked(had.shown)) for had in one.access)) for one in row.groups),
        )
        for row in ORIGINS
    }
    return replace(
        found,
        documents=tuple(replace(row, text=row.text.replace(NAME, MASK)) for row in DOCUMENTS),
        claims=tuple(replace(row, quote=row.quote.replace(NAME, MASK)) for row in CLAIMS.values()),
        origins=hidden,
        edges=tuple(replace(row, evidence=tuple(_masked(one) for one in row.evidence)) for row in EDGES),
    )


SOURCES = [Source(id=digest_bytes(data), size=len(data), media_type="text/html") for data in BYTES.values()]


def key(seed: int) -> SigningKey:
    """A signing key that is the same every time."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    raw = private.public_key().public_bytes_raw()
    return SigningKey(id=key_id(raw), public=raw.hex(), private=private)


def releaser(name: str, seed: int) -> Releaser:
    mine = key(seed)
    return Releaser(name=name, public=mine.public, sign=lambda message: bytes.fromhex(mine.sign(message)))


RELEASERS = (releaser("heron", 11), releaser("tern", 12))


@dataclass
class Log:
    """A custody log in memory."""

    key: SigningKey = field(default_factory=lambda: key(1))
    entries: list[LogEntry] = field(default_factory=list)

    def append(self, event: str, subject: str, data: Mapping[str, object]) -> LogEntry:
        time = f"2026-03-01T00:00:{len(self.entries) % 60:02d}.000000Z"
        happened = Event(time=time, clock="test", actor="heron", event=event, subject=subject, data=data)
        prev = self.entries[-1].hash if self.entries else GENESIS
        self.entries.append(write_entry(happened, seq=len(self.entries) + 1, prev=prev, key=self.key))
        return self.entries[-1]

    def rotate(self, new: SigningKey) -> None:
        message = rotation_message(old=self.key.id, new=new.id, public=new.public, prev=self.entries[-1].hash)
        self.append("key.rotated", new.id, {"old": self.key.id, "public": new.public, "proof": new.sign(message)})
        self.key = new


def log(*, rotated: bool = True) -> Log:
    """The log of the sample case: a key change between two judgements, and something at its end that a package does not show."""
    found = Log()
    public = {"public": found.key.public}
    found.append("case.created", "c" * 32, {"name": f"About {NAME}", "key": found.key.id, **public})
    found.append("key.created", found.key.id, {"algorithm": "ed25519", **public})
    found.append("source.added", digest_bytes(BYTES["audit.html"]), {"file": "audit.html"})
    found.append("judgement.made", JUDGEMENTS[0].id, {"row": "0" * 64})
    if rotated:
        found.rotate(key(2))
    found.append("judgement.made", JUDGEMENTS[1].id, {"row": "1" * 64})
    found.append("judgement.made", JUDGEMENTS[2].id, {"row": "2" * 64})
    found.append("stage.run", "analyse", {"rows": 3})
    return found


def release(folder: Path, *, mine: Log | None = None, shown: Content | None = None, **more: object) -> Written:
    """Write the sample's package."""
    found = mine or log()
    both = public_ids(shown or redacted(), whole(), SECRET)
    sources = source_rows(SOURCES)
    options = {"release": "r1", "profile": "everything", "as_of": "2026-03", "title": "Three stations", **more}
    return write_package(
        folder,
        shown=Side(content=both.shown, more={"sources": rename(sources, both.ids)}),
        whole=Side(content=both.whole, more={"sources": rename(sources, both.ids)}),
        log=tuple(found.entries),
        secret=SECRET,
        releasers=RELEASERS,
        record=lambda data: found.append("release.made", "r1", data),
        options=PackageOptions(ids=both.ids, **options),
    )


def source_bytes(source: str) -> bytes:
    return next(data for data in BYTES.values() if hashlib.sha256(data).hexdigest() == source)
