"""A small case built by hand: one article about one report, one person, one denial."""

from armslength.base.ids import digest_text
from armslength.model.claims import Claim, Dated, Link, Party, Place, Quantity, mention_id
from armslength.model.evidence import Appearance, Copy, Document, Missing, Reader, Span
from armslength.model.facts import Count, Fact, LineageEdge, OriginGroup, Origins, Relation
from armslength.model.outcome import rejected
from armslength.model.things import Entity, Incident, Response, Site, Supported
from armslength.publish.content import Content

TEXT = "=Stations\nAda Ferrer told the Harbour Institute that at least 12 offices exist in Oslo. The embassy denied it.\u2028End \U0001f3db"
DOC = digest_text(TEXT)
PERSON = mention_id(DOC, "person", "Ada Ferrer")
HARBOUR = mention_id(DOC, "organisation", "Harbour Institute")
READER = Reader(name="test reader", version="1")


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def document() -> Document:
    first = Appearance(
        source="5" * 64,
        file="a.txt",
        title="=Stations",
        byline="Ada Ferrer",
        publisher="The Quay",
        missing=(Missing(field="url", reason="not in the manifest"), Missing(field="published", reason="no date in the file")),
    )
    return Document(
        id=DOC,
        text=TEXT,
        lang="en",
        reader=READER,
        appearances=(first,),
        boilerplate=((0, 3),),
        duplicates=(Copy(start=3, end=5, of=(0, 2)),),
    )


def quantity_claim() -> Claim:
    start, end = span("at least 12 offices")
    ada, harbour = span("Ada Ferrer"), span("Harbour Institute")
    return Claim(
        id="1" * 64,
        doc=DOC,
        start=start,
        end=end,
        quote=TEXT[start:end],
        kind="quantity.sites",
        speech_act="reports",
        modality="stated",
        attribution=(
            Link(name="the article", kind="author", mention=mention_id(DOC, "author", "the article")),
            Link(name="Harbour Institute", kind="organisation", mention=HARBOUR, start=harbour[0], end=harbour[1]),
            Link(name="Ada Ferrer", kind="person", mention=PERSON, start=ada[0], end=ada[1], by="the office of Ada Ferrer"),
        ),
        quantity=Quantity(measure="sites", value=12, comparator=">=", low=12, high=None, unit="offices", start=start, end=end),
        as_of=Dated(edtf="2022-09", basis="stated"),
        places=(Place(name="Oslo", country="NO", geonames=3143244, precision="city"),),
        parties=(Party(role="target", name="Ada Ferrer", kind="person", mention=PERSON, start=ada[0], end=ada[1]),),
        confidence=0.75,
        reader=READER,
    )


def denial_claim() -> Claim:
    start, end = span("The embassy denied it")
    return Claim(
        id="2" * 64,
        doc=DOC,
        start=start,
        end=end,
        quote=TEXT[start:end],
        kind="denial",
        speech_act="denies",
        modality="stated",
        attribution=(Link(name="the embassy", kind="government", mention=mention_id(DOC, "government", "the embassy")),),
        reader=READER,
    )


def content() -> Content:
    person = Entity(
        id="e" * 64,
        kind="person",
        label="Person 7K",
        aliases=(),
        protected=True,
        mentions=(PERSON,),
        claims=("1" * 64,),
        why=("Ferrer and Ada Ferrer are one name",),
    )
    harbour = Entity(
        id="d" * 64,
        kind="organisation",
        label="Harbour Institute",
        aliases=("the institute",),
        protected=False,
        mentions=(HARBOUR,),
        claims=("1" * 64,),
    )
    count = Fact(
        id="a" * 64,
        kind="quantity.sites",
        label="at least 12 offices, said Ada Ferrer",
        claims=("1" * 64,),
        documents=(DOC,),
        measure="sites",
        value=12,
        comparator=">=",
        low=12,
        as_of="2022-09",
    )
    denial = Fact(id="b" * 64, kind="denial", label="the embassy denies the offices", claims=("2" * 64,), documents=(DOC,))
    group = OriginGroup(label="Ada Ferrer", claims=("1" * 64,), interested=True)
    return Content(
        documents=[document()],
        claims=[quantity_claim(), denial_claim()],
        facts=[denial, count],
        origins={
            "a" * 64: Origins(id="a" * 64, min=1, max=1, unknown=0, apparent=1, groups=(group,), why=("Ada Ferrer is the only voice",))
        },
        relations=[Relation(id="9" * 64, type="denies", fact="b" * 64, other="a" * 64, reason="the embassy denies what Ada Ferrer said")],
        edges=[
            LineageEdge(
                id="8" * 64,
                from_id="1" * 64,
                to_id="2" * 64,
                level="claim",
                kind="same_speaker",
                evidence=(Span(doc=DOC, start=0, end=9, quote="=Stations"),),
                why="Ada Ferrer speaks in both.",
            )
        ],
        entities=[person, harbour],
        sites=[
            Site(
                id="4" * 64,
                label="office of Ada Ferrer in Oslo",
                type="service_station",
                country="NO",
                place="Oslo",
                geonames=3143244,
                claims=("1" * 64,),
                fields=(Supported(field="operator", value="Ada Ferrer", claim="1" * 64),),
            )
        ],
        incidents=[
            Incident(
                id="6" * 64,
                label="threat against Ada Ferrer",
                country="NO",
                place="",
                period="2022-09-14/2022-09-20",
                methods=("threat",),
                outcomes=(),
                claims=("1" * 64,),
            )
        ],
        responses=[Response(id="7" * 64, label="denial", code="denial", country="", authority="", date="", claims=("2" * 64,))],
        counts=[Count(id="3" * 64, table="overview", row="facts", unit="facts", value=2, profile="everything", supports=("a" * 64,))],
        rejected=[rejected("extract", "no reader for that language yet", doc=DOC)],
        entity_of={PERSON: "e" * 64, HARBOUR: "d" * 64},
        summaries={"a" * 64: "1 passage in 1 document, 1 publisher, 1 independent origin: Ada Ferrer"},
        locate=lambda place, country, geonames: (10.7461234, 59.91273) if geonames else ((8.0, 61.0) if country and not place else None),
    )
