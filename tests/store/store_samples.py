"""Small rows and cases built by hand for the store's tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text as sql

from armslength.base.clock import FixedClock
from armslength.base.ids import digest, digest_bytes, digest_text
from armslength.model.claims import Claim, Link, Party, Quantity, claim_id, mention_id
from armslength.model.decisions import Finding, Judgement, Release
from armslength.model.evidence import Appearance, Collection, Document, Reader, Source, Span
from armslength.model.facts import Fact, LineageEdge
from armslength.model.outcome import Rejected, StageRun, rejected
from armslength.model.things import Entity
from armslength.store.case import Case, case_engine
from armslength.store.database import is_sqlite
from armslength.store.write import Writer, writing

CLOCK = FixedClock(at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC))
READER = Reader(name="hand", version="1")
WORDS = "The ministry counted 54 harbours. The port union counted 12 cranes in Ystad — 港口 too.\n"


def run(name: str, version: str = "1", input_hash: str = "in") -> StageRun:
    return StageRun(id=name, version=version, input_hash=input_hash, output_hash="")


def source(data: bytes) -> Source:
    return Source(id=digest_bytes(data), size=len(data), media_type="text/plain")


def collection(data: bytes, *, file: str = "report.txt", number: int = 0) -> Collection:
    return Collection(
        id=digest("collection", digest_bytes(data), file, number),
        source=digest_bytes(data),
        file=file,
        method="upload",
        collected_at="2026-01-02T03:04:05Z",
        clock="fixed",
        collector="heron",
        tool="armslength",
        tool_version="0",
    )


def document(text: str = WORDS, *, file: str = "report.txt", publisher: str | None = "The Tide") -> Document:
    where = Appearance(source=digest_bytes(text.encode()), file=file, publisher=publisher)
    return Document(id=digest_text(text), text=text, lang="en", reader=READER, appearances=(where,), boilerplate=((0, 3),))


def claim(doc: Document, quote: str, *, value: float | None = None, kind: str = "quantity.site_count") -> Claim:
    """A claim whose quote is the first occurrence of some words in a document."""
    start = doc.text.index(quote)
    end = start + len(quote)
    number = None
    if value is not None:
        number = Quantity(measure="sites", value=value, comparator="=", low=value, high=value, unit="harbours", start=start, end=start + 1)
    voice = Link(name="the article", kind="author", mention=mention_id(doc.id, "author", "the article"))
    party = Party(
        role="counter", name="the ministry", kind="government", mention=mention_id(doc.id, "government", "ministry"), start=0, end=12
    )
    return Claim(
        id=claim_id(doc.id, start, end, kind, number),
        doc=doc.id,
        start=start,
        end=end,
        quote=quote,
        kind=kind,
        speech_act="reports",
        modality="stated",
        attribution=(voice,),
        parties=(party,),
        quantity=number,
        reader=READER,
    )


def entity(mentions: Iterable[str], *, label: str = "ministry") -> Entity:
    return Entity(
        id=digest("entity", label), kind="government", label=label, aliases=(), protected=False, mentions=tuple(mentions), claims=()
    )


def fact(claims: Iterable[Claim], *, label: str = "54 harbours") -> Fact:
    found = tuple(claims)
    documents = tuple(sorted({one.doc for one in found}))
    return Fact(
        id=digest("fact", label),
        kind="quantity.site_count",
        label=label,
        claims=tuple(c.id for c in found),
        documents=documents,
        measure="sites",
    )


def edge(one: Claim, other: Claim) -> LineageEdge:
    spans = tuple(Span(doc=c.doc, start=c.start, end=c.end, quote=c.quote) for c in (one, other))
    return LineageEdge(
        id=digest("edge", one.id, other.id),
        from_id=one.id,
        to_id=other.id,
        level="claim",
        kind="quotation",
        evidence=spans,
        why="Same words.",
    )


def refusal(doc: Document) -> Rejected:
    return rejected("extract", "no verb", doc=doc.id, start=0, end=3)


def decisions() -> tuple[Judgement, Finding, Release]:
    when = "2026-01-02T00:00:00Z"
    return (
        Judgement(id="j", target="t", decision="accept", reason="seen", who="heron", when=when),
        Finding(
            id="f",
            fact="t",
            standard="reasonable_grounds",
            statement="It was so.",
            evidence_for=(),
            evidence_against=(),
            author="heron",
            second_reviewer="gull",
            when=when,
        ),
        Release(id="r", profile="public", as_of=when, facts=(), head="0" * 64, released_by=("heron", "gull")),
    )


def add(writer: Writer, data: bytes, *, file: str = "report.txt", number: int = 0) -> bool:
    return writer.add_source(data, source=source(data), collection=collection(data, file=file, number=number))


def fill(case: Case) -> tuple[Document, list[Claim]]:
    """A little of everything a case can hold."""
    doc = document()
    claims = [claim(doc, "The ministry counted 54 harbours", value=54), claim(doc, "counted 12 cranes", value=12.5)]
    with writing(case, clock=CLOCK, actor="heron") as writer:
        add(writer, WORDS.encode())
        add(writer, b"another", file="other.txt")
        add(writer, WORDS.encode(), file="again.txt")
        writer.put(run("ingest"), [doc])
        writer.put(run("extract:1"), claims, refused=[refusal(doc)])
        voices = {link.mention for one in claims for link in one.attribution}
        writer.put(run("resolve"), [entity(voices), fact(claims)])
        writer.put(run("lineage"), [edge(*claims)])
        writer.put(run("analyse"), [])
        for row in decisions():
            writer.decide(row)
    return doc, claims


def tamper(case: Case, statement: str, **values: object) -> None:
    """Change the database as an intruder would who knows how to get past the triggers, and puts them back."""
    engine = case_engine(case, writing=True)
    with engine.begin() as connection:
        if is_sqlite(case.database):
            found = connection.execute(sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
            for name, _ in found:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            connection.execute(sql(statement), values)
            for _, trigger in found:
                connection.exec_driver_sql(trigger)
        else:
            connection.execute(sql("SET LOCAL session_replication_role = replica"))
            connection.execute(sql(statement), values)


def flip(path: Path, position: int, mask: int = 0xFF) -> None:
    """Change one byte of a file, past its permissions."""
    mode = path.stat().st_mode
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[position] ^= mask
    path.write_bytes(data)
    path.chmod(mode)


def settle(case: Case) -> None:
    """Bring everything from SQLite's journal into the database file."""
    with case_engine(case, writing=True).connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
