"""A small case made by hand, row by row: fiction, and some of it hostile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from armslength.base.clock import FixedClock
from armslength.base.ids import digest, digest_bytes, digest_text
from armslength.model.claims import Claim, Dated, Link, Party, Quantity, claim_id, mention_id
from armslength.model.evidence import Appearance, Block, Collection, Copy, Document, Missing, Reader, Source, Span
from armslength.model.facts import Fact, LineageEdge, OriginGroup, Origins, Relation
from armslength.model.outcome import StageRun, rejected
from armslength.model.things import Entity, Incident, Response
from armslength.pipeline.cataloguing import catalogue
from armslength.store.case import Case, create_case
from armslength.store.locks import Lock
from armslength.store.write import writing

READER = Reader(name="by hand", version="1")
HOSTILE_TITLE = 'Nothing to see</title><script src="https://evil.invalid/x.js"></script>\u202egnp.exe'
HOSTILE_WORDS = '<script>alert(1)</script><img src="https://evil.invalid/p.png" onerror="alert(2)"><a href="javascript:alert(3)">press</a>'
HOSTILE_PUBLISHER = '"><style>body{display:none}</style>'
PERSON = "Marit Solheim"
PSEUDONYM = "Person K4-17"


def document(
    file: str, title: str | None, publisher: str | None, published: str | None, parts: list[tuple[str, str]], **more: Any
) -> Document:
    """A document of (kind of block, text) parts, a line each."""
    text, blocks = "", []
    for kind, words in parts:
        text += "\n\n" if text else ""
        blocks.append(Block(start=len(text), end=len(text) + len(words), kind=kind))
        text += words
    source = digest_bytes(text.encode())
    missing = (Missing(field="byline", reason="the file names no author"),)
    first = Appearance(source=source, file=file, title=title, publisher=publisher, published=published, missing=missing)
    boilerplate = tuple((block.start, block.end) for block in blocks if block.kind == "boilerplate")
    plain = Document(
        id=digest_text(text), text=text, lang="en", reader=READER, appearances=(first,), blocks=tuple(blocks), boilerplate=boilerplate
    )
    return replace(plain, **more)


def link(doc: Document, name: str, kind: str, words: str | None = None, *, near: int = 0, **more: Any) -> Link:
    """A voice, and where the document names it."""
    start = doc.text.index(words, near) if words else None
    end = start + len(words) if words and start is not None else None
    return Link(name=name, kind=kind, mention=mention_id(doc.id, kind, name), start=start, end=end, **more)


def claim(doc: Document, quote: str, kind: str, chain: list[Link], *, number: tuple[Any, ...] | None = None, **more: Any) -> Claim:
    """A claim on exact words; `number` is (measure, value, comparator, unit)."""
    start = doc.text.index(quote)
    quantity = None
    if number:
        measure, value, comparator, unit = number
        at = doc.text.index(str(value), start)
        low, high = (value, None) if comparator == ">=" else (value, value)
        quantity = Quantity(
            measure=measure, value=value, comparator=comparator, low=low, high=high, unit=unit, start=at, end=at + len(str(value))
        )
    author = Link(name="the article", kind="author", mention=mention_id(doc.id, "author", "the article"))
    plain = Claim(
        id=claim_id(doc.id, start, start + len(quote), kind, quantity),
        doc=doc.id,
        start=start,
        end=start + len(quote),
        quote=quote,
        kind=kind,
        speech_act="reports" if chain else "asserts",
        modality="stated",
        attribution=(author, *chain),
        quantity=quantity,
        reader=READER,
        why=("a number before a noun for a place of work",),
    )
    return replace(plain, **more)


def fact(label: str, kind: str, claims: list[Claim], **more: Any) -> Fact:
    ids = tuple(row.id for row in claims)
    return Fact(
        id=digest("fact", label, ids), kind=kind, label=label, claims=ids, documents=tuple(sorted({row.doc for row in claims})), **more
    )


def origins(of: Fact, low: int, high: int, groups: list[OriginGroup], *, unknown: int = 0, apparent: int | None = None) -> Origins:
    why = ("All of them name the Quay Watch report as where the number comes from.",) if len(of.documents) > 1 else ()
    count = len(of.documents) if apparent is None else apparent
    return Origins(id=of.id, min=low, max=high, unknown=unknown, apparent=count, groups=tuple(groups), why=why)


def relation(kind: str, newer: Fact, other: Fact, reason: str) -> Relation:
    return Relation(id=digest("relation", kind, newer.id, other.id), type=kind, fact=newer.id, other=other.id, reason=reason)


def edge(kind: str, a: str, b: str, level: str, evidence: tuple[Span, ...], why: str) -> LineageEdge:
    return LineageEdge(id=digest("edge", kind, a, b), from_id=a, to_id=b, level=level, kind=kind, evidence=evidence, why=why)


def span(doc: Document, words: str) -> Span:
    start = doc.text.index(words)
    return Span(doc=doc.id, start=start, end=start + len(words), quote=words)


FIRST = "The rights group Quay Watch says the Republic of Karst runs at least 54 contact offices in 30 countries"
SECOND = "The rights group Quay Watch has now counted 102 contact offices"


def articles() -> dict[str, Document]:
    """The documents of the sample."""
    count = [
        ("title", "Karst runs at least 54 contact offices abroad, group says"),
        (
            "paragraph",
            (
                "The country has built the network since 2016, according to a study published on Monday. "
                f"{FIRST}, citing notices that the Karst interior ministry put online. The offices renew driving licences and, the study says, "
                "press people who fled to go home."
            ),
        ),
        ("heading", "A knock on the door"),
        (
            "paragraph",
            (
                f"{PERSON}, who left Karst in 2019, said two men from the Rotterdam office visited her flat and told her that her father "
                "would lose his pension unless she returned. The Karst embassy in The Hague denied that any office exists. "
                "“There are no such offices. These are tea rooms run by volunteers,” the embassy said."
            ),
        ),
        ("paragraph", "The affair is the most brazen of its kind in Europe."),
        ("boilerplate", "Subscribe to our newsletter. All rights reserved."),
    ]
    herald = document("herald.html", count[0][1], "The Harbour Herald", "2024-09-12", count)
    post = document(
        "post.html",
        "Karst’s 54 offices abroad",
        "Northern Post",
        "2024-09-13",
        [("title", "Karst’s 54 offices abroad"), *count[1:3], ("boilerplate", "First published by The Harbour Herald.")],
    )
    ledger = document(
        "ledger.txt",
        "What are the Karst offices?",
        "The Daily Ledger",
        "2024-09-20",
        [
            ("title", "What are the Karst offices?"),
            (
                "paragraph",
                (
                    "At least 54 offices in 30 countries are listed in the Quay Watch report. The Dutch foreign ministry said it had opened an "
                    "investigation into two of them."
                ),
            ),
        ],
    )
    later = document(
        "herald-december.html",
        "Number of Karst offices doubles in new count",
        "The Harbour Herald",
        "2024-12-05",
        [
            ("title", "Number of Karst offices doubles in new count"),
            ("paragraph", f"{SECOND}, up from the 54 it found in September. The group says most were opened before 2022."),
            ("paragraph", "The Dutch investigation has been closed without charges, the prosecution service said."),
            ("paragraph", f"{SECOND}, up from the 54 it found in September."),
        ],
    )
    copied = later.text.rindex(SECOND)
    later = replace(later, duplicates=(Copy(start=copied, end=len(later.text), of=(later.text.index(SECOND), later.blocks[1].end)),))
    bulletin = document(
        "bulletin.pdf",
        None,
        None,
        None,
        [("paragraph", "There are about 54 offices, several officials believe. Nobody would say where the number comes from.")],
    )
    chinese = document(
        "notice.html",
        "关于海外联络站的通知",
        "某省日报",
        "2018-07",
        [("title", "关于海外联络站的通知"), ("paragraph", "各地联络站应当为侨胞提供服务。")],
        lang="zh",
    )
    hostile = document(
        "hostile.html",
        HOSTILE_TITLE,
        HOSTILE_PUBLISHER,
        "2024-10",
        [("paragraph", f"{HOSTILE_WORDS} There are 54 offices, the blog says.")],
    )
    return {"herald": herald, "post": post, "ledger": ledger, "later": later, "bulletin": bulletin, "chinese": chinese, "hostile": hostile}


def claims(docs: dict[str, Document]) -> dict[str, Claim]:
    """The claims of the sample."""
    out: dict[str, Claim] = {}
    measure = ("sites.worldwide", 54, ">=", "contact offices")
    september = Dated(edtf="2024-09", basis="relative to publication")
    for name in ("herald", "post"):
        doc = docs[name]
        report = link(doc, "Quay Watch report", "report", "a study published on Monday", by="Quay Watch")
        ministry = link(doc, "Karst interior ministry", "government", "the Karst interior ministry")
        out[name] = claim(doc, FIRST, "quantity.site_count", [report, ministry], number=measure, as_of=september)
    doc = docs["ledger"]
    report = link(doc, "Quay Watch report", "report", "the Quay Watch report", by="Quay Watch")
    ministry = Link(name="Karst interior ministry", kind="government", mention=mention_id(doc.id, "government", "ministry"), latent=True)
    words = "At least 54 offices in 30 countries are listed in the Quay Watch report"
    out["ledger"] = claim(doc, words, "quantity.site_count", [report, ministry], number=measure, as_of=september)
    words = "The Dutch foreign ministry said it had opened an investigation into two of them"
    ministry = link(doc, "Dutch foreign ministry", "government", "The Dutch foreign ministry")
    out["opened"] = claim(doc, words, "govt_response", [ministry], codes=("GR.investigation_opened",))
    doc = docs["later"]
    group = link(doc, "Quay Watch", "organisation", "The rights group Quay Watch")
    repeats = ((doc.text.rindex(SECOND), doc.text.rindex(SECOND) + len(SECOND)),)
    out["later"] = claim(
        doc,
        SECOND,
        "quantity.site_count",
        [group],
        number=("sites.worldwide", 102, "=", "offices"),
        as_of=Dated(edtf="2024-12", basis="stated"),
        repeats=repeats,
    )
    words = "The Dutch investigation has been closed without charges"
    service = link(doc, "Dutch prosecution service", "government", "the prosecution service")
    out["closed"] = claim(doc, words, "govt_response", [service], codes=("GR.investigation_closed_no_charge",))
    doc = docs["bulletin"]
    officials = link(doc, "several officials", "unnamed", "several officials")
    out["bulletin"] = claim(
        doc,
        "There are about 54 offices",
        "quantity.site_count",
        [officials],
        number=("sites.worldwide", 54, "approx", "offices"),
        speech_act="hedges",
    )
    doc = docs["hostile"]
    blog = link(doc, "<b>the blog</b>", "media", "the blog")
    out["hostile"] = claim(
        doc, f"{HOSTILE_WORDS} There are 54 offices", "quantity.site_count", [blog], number=("sites.worldwide", 54, "=", "offices")
    )
    doc = docs["herald"]
    person = link(doc, PERSON, "person", PERSON)
    words = "two men from the Rotterdam office visited her flat and told her that her father would lose his pension unless she returned"
    target = Party(role="target", name=PERSON, kind="person", mention=person.mention, start=person.start or 0, end=person.end or 0)
    out["threat"] = claim(doc, words, "incident.case", [person], speech_act="testifies", parties=(target,), methods=("D1",))
    embassy = link(doc, "Karst embassy in The Hague", "government", "The Karst embassy in The Hague", by="Republic of Karst")
    out["denial"] = claim(
        doc, "“There are no such offices. These are tea rooms run by volunteers,”", "denial", [embassy], speech_act="denies"
    )
    out["inside"] = claim(
        doc,
        "54 contact offices in 30 countries",
        "quantity.countries",
        list(out["herald"].attribution[1:]),
        number=("countries", 30, "=", "countries"),
    )
    out["opinion"] = claim(doc, "The affair is the most brazen of its kind in Europe.", "assessment", [], speech_act="opines")
    return out


def sample_case(
    folder: Path, clock: FixedClock, *, name: str = "The Karst contact offices", lock: Lock | None = None, database: str | None = None
) -> Case:
    """Write the sample into a new case."""
    case = create_case(folder, name=name, clock=clock, actor="tester", lock=lock, database=database)
    docs = articles()
    found = claims(docs)
    with writing(case, clock=clock, actor="tester") as writer:
        for doc in docs.values():
            data = doc.text.encode()
            source = Source(
                id=doc.first.source, size=len(data), media_type="text/html" if doc.first.file.endswith("html") else "text/plain"
            )
            missing = (Missing(field="requested_url", reason="the file was handed over, not fetched"),)
            act = Collection(
                id=digest("collection", source.id), source=source.id, file=doc.first.file, method="upload", collected_at="2026-01-02T03:04:05.000006Z",
                clock="fixed", collector="tester", tool="armslength", tool_version="0", title=doc.title, publisher=doc.publisher, missing=missing,
            )  # fmt: skip
            writer.add_source(data, source=source, collection=act)
        for stage, rows in _stages(docs, found).items():
            run = StageRun(id=stage, version="1", input_hash="0" * 64, output_hash="")
            writer.put(run, rows)
        catalogue(writer)
    return case


def _stages(docs: dict[str, Document], found: dict[str, Claim]) -> dict[str, list[object]]:
    facts = _facts(found)
    return {
        "ingest": [
            *docs.values(),
            rejected("ingest", "The file is damaged: it says it is a PDF and ends after 40 bytes.", doc="broken.pdf"),
        ],
        "extract": [
            *found.values(),
            rejected("extract", "There is no reader for Chinese yet, so no claims were looked for.", doc=docs["chinese"].id),
            rejected("extract", "A number that belongs to a newsletter, not to the report.", doc=docs["herald"].id, start=0, end=40),
        ],
        "resolve": [*facts.values(), *_things(found)],
        "lineage": [*_lineage(docs, found, facts)],
    }


def _facts(found: dict[str, Claim]) -> dict[str, Fact]:
    number = {"measure": "sites.worldwide", "value": 54, "comparator": ">=", "low": 54, "as_of": "2024-09"}
    many = [found[name] for name in ("herald", "post", "ledger", "bulletin", "hostile")]
    later = {"measure": "sites.worldwide", "value": 102, "comparator": "=", "low": 102, "high": 102, "as_of": "2024-12"}
    return {
        "54": fact(
            "At least 54 contact offices abroad", "quantity.site_count", many, **number, why=("The same measure, the same number.",)
        ),
        "102": fact("102 contact offices abroad", "quantity.site_count", [found["later"]], **later),
        "countries": fact(
            "Offices in 30 countries", "quantity.countries", [found["inside"]], measure="countries", value=30, comparator="="
        ),
        "threat": fact("A threat to a relative of a person in the Netherlands", "incident.case", [found["threat"]], country="NL"),
        "opened": fact("Netherlands: investigation opened", "govt_response", [found["opened"]], country="NL"),
        "closed": fact("Netherlands: investigation closed, no charge", "govt_response", [found["closed"]], country="NL"),
        "denial": fact("The Karst embassy in The Hague denies that the offices exist", "denial", [found["denial"]]),
        "opinion": fact("The affair is called the most brazen of its kind", "assessment", [found["opinion"]], opinion=True),
    }


def _things(found: dict[str, Claim]) -> list[object]:
    person = found["threat"].attribution[1]
    ministry = sorted({row.attribution[2].mention for row in found.values() if len(row.attribution) > 2})
    return [
        Entity(id=digest("e", 1), kind="person", label=PSEUDONYM, aliases=(), protected=True, mentions=(person.mention,), claims=(found["threat"].id,)),
        Entity(
            id=digest("e", 2), kind="government", label="Karst interior ministry", aliases=(), protected=False, mentions=tuple(ministry),
            claims=(found["herald"].id,), interested=True,
        ),
        Response(id=digest("r", 1), label="Investigation opened", code="GR.investigation_opened", country="NL", authority="", date="2024-09", claims=(found["opened"].id,)),
        Response(id=digest("r", 2), label="Investigation closed without charge", code="GR.investigation_closed_no_charge", country="NL", authority="", date="2024-12", claims=(found["closed"].id,)),
        Incident(id=digest("i", 1), label="Threat to a relative", country="NL", place="Rotterdam", period="2023", methods=("D1",), outcomes=(), claims=(found["threat"].id,)),
    ]  # fmt: skip


def _lineage(docs: dict[str, Document], found: dict[str, Claim], facts: dict[str, Fact]) -> list[object]:
    def group(label: str, *names: str, **more: Any) -> OriginGroup:
        return OriginGroup(label=label, claims=tuple(found[name].id for name in names), **more)

    copied = "The country has built the network since 2016, according to a study published on Monday."
    return [
        origins(facts["54"], 1, 3, [group("Karst interior ministry", "herald", "post", "ledger", interested=True), group("<b>the blog</b>", "hostile"), group("source not named, as told by bulletin.pdf", "bulletin")], unknown=1, apparent=4),
        origins(facts["102"], 1, 1, [group("Quay Watch", "later")]),
        origins(facts["countries"], 1, 1, [group("Karst interior ministry", "inside", interested=True)]),
        origins(facts["threat"], 1, 1, [group(PSEUDONYM, "threat", primary_seen=True)]),
        origins(facts["opened"], 1, 1, [group("Dutch foreign ministry", "opened")]),
        origins(facts["closed"], 1, 1, [group("Dutch prosecution service", "closed")]),
        origins(facts["denial"], 1, 1, [group("Karst embassy in The Hague", "denial", interested=True)]),
        origins(facts["opinion"], 0, 0, []),
        relation("supersedes", facts["102"], facts["54"], "The same counter, Quay Watch, for a later date."),
        relation("supersedes", facts["closed"], facts["opened"], "A later step of the same investigation."),
        relation("denies", facts["denial"], facts["54"], "The embassy says that there are no such offices."),
        edge(
            "republication", docs["post"].id, docs["herald"].id, "document", (span(docs["post"], copied), span(docs["herald"], copied)),
            "94 of 100 words are the same, and the later text names the earlier one.",
        ),
        edge("common_source", found["ledger"].id, found["herald"].id, "claim", (span(docs["ledger"], "the Quay Watch report"), span(docs["herald"], "a study published on Monday")), "Both rest on the Quay Watch report."),
    ]  # fmt: skip
