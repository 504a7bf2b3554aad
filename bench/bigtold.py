"""What the documents of the large case tell: stories, and the documents and claims in which they are told.

In:  numbers; everything else is drawn from them, so that the same number always gives the same words.
Out: `Story`, `Document` and `Claim` rows. Every quote, voice, number, place and date stands where its span says.
Never: reads a text: the claims are made beside the words. Every body, paper and person is invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from armslength.base.ids import digest_text
from armslength.extract.gazetteer import Candidate, read_table
from armslength.model.claims import Claim, Dated, Link, Party, Place, Quantity, claim_id, mention_id
from armslength.model.evidence import Appearance, Block, Document, Missing, Reader

READER = Reader(name="bench", version="1")
SYLLABLES = tuple("ba ke li mo nu ra si to ve wa dor fen gal hir jun kal lem mar nor pel".split())  # noqa: SIM905 - words read best as prose
NAMES = tuple("zan ith ory wen ulf agn eli osk ira ume bry cas dun fae gwi hov jas kyr lun".split())  # noqa: SIM905 - words read best as prose
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅建国志文"
CYRILLIC = tuple("ба ви ге до жи ко ла ми но пе ру со те".split())  # noqa: SIM905 - words read best as prose
HOSTS = tuple("NL DE ES PT FR IT GB CZ SE CA US AU JP KR BR TR UA TZ NG RS".split())  # noqa: SIM905 - words read best as prose
CITIES = 400
NEW_WORDS = 1500
"""Sentences that documents are filled up with."""
CLAIMS = 10
"""Claims of a document."""
_RESPONSES = (
    "GR.investigation_opened",
    "GR.statement",
    "GR.order_to_close",
    "GR.no_comment",
    "GR.investigation_closed_no_charge",
    "GR.summons",
)
_METHODS = ("D1", "D3", "C2", "A1", "B2", "E1", "D7")
_MEASURES = ("sites.in_city", "sites.worldwide", "returns.persuaded", "persons.arrested", "officers", "countries")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How one kind of story is told: words with places for the body, the number, the town, the month and a person in them."""

    kind: str
    speech_act: str
    words: str
    chinese: str
    voice: str
    """Kind of the voice."""


_FORMS = """
5 quantity.site_count reports organisation
The rights group {voice} counts at least {number} contact offices in {place} as of {date}, {own}
{voice}称，截至{date}，{place}有{number}个联络站，{own}
3 incident.case testifies person
{person} said that two men from the {place} office threatened the family in {date}, {own}
{person}说，{date}{place}的人威胁其家人，{own}
3 govt_response.investigation asserts government
The {voice} said in {date} that it would look into the offices in {place}, {own}
{voice}在{date}表示将调查{place}的站点，{own}
2 site.existence reports organisation
{voice} lists an office near the station of {place} since {date}, {own}
{voice}列出{place}自{date}的一个站点，{own}
1 denial denies government
The {voice} denied in {date} that any office exists in {place}, {own}
{voice}在{date}否认{place}存在站点，{own}
1 publication_event reports organisation
{voice} published its study on {place} in {date}, {own}
{voice}在{date}发表关于{place}的报告，{own}
1 law_policy.policy asserts government
The {voice} put the new rules for {place} online in {date}, {own}
{voice}在{date}公布{place}新规，{own}
1 testimony.first_person testifies person
{person} told of a visit in {place} in {date}, {own}
{person}讲述{date}在{place}的经历，{own}
1 assessment opines none
The affair in {place} is the most brazen since {date}, {own}
{place}一事是{date}以来最恶劣的，{own}
1 legal.charge asserts government
The {voice} said that it had charged two people in {place} in {date}, {own}
{voice}称{date}在{place}起诉两人，{own}
"""
"""Three lines a form: how often of twenty, the kind of claim, the speech act and the voice; the words; the words in Chinese."""


def _forms() -> Iterable[Form]:
    lines = _FORMS.strip().splitlines()
    for head, words, chinese in zip(lines[::3], lines[1::3], lines[2::3], strict=True):
        often, kind, act, voice = head.split()
        form = Form(kind=kind, speech_act=act, words=words, chinese=chinese, voice="" if voice == "none" else voice)
        yield from (form for _ in range(int(often)))


FORMS = tuple(_forms())


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What several documents tell."""

    number: int
    form: Form
    voice: str
    person: str
    town: Candidate
    date: str
    value: int
    measure: str
    code: str
    method: str

    @property
    def country(self) -> str:
        return self.town.country

    @property
    def label(self) -> str:
        """The fact in words, without a person's name."""
        family, _, rest = self.form.kind.partition(".")
        words = {
            "quantity": f"At least {self.value} contact offices",
            "incident": "A threat to a family",
            "denial": "A denial of any office",
        }
        return f"{words.get(family, (rest or family).replace('_', ' '))} in {self.town.name}, {self.date}"


def word(chance: random.Random, size: int = 3, parts: tuple[str, ...] = SYLLABLES) -> str:
    return "".join(chance.choices(parts, k=size))


@cache
def cities() -> tuple[Candidate, ...]:
    """Larger cities of the host countries, from the packaged gazetteer."""
    found = [
        row for name, row in read_table() if row.precision == "city" and row.country in HOSTS and row.people > 200_000 and name.isascii()
    ]
    random.Random("cities").shuffle(found)
    return tuple(found[:CITIES])


@cache
def person(number: int) -> str:
    """An invented person: one in ten with a Chinese name, one in thirty with a Cyrillic one."""
    chance = random.Random(f"person {number}")
    if number % 10 == 3:
        return chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2 if number % 3 else 1))
    parts = CYRILLIC if number % 30 == 7 else NAMES
    return f"{word(chance, 2, parts).title()} {word(chance, 3, parts).title()}"


@cache
def body(number: int) -> str:
    """An invented organisation."""
    chance = random.Random(f"body {number}")
    return f"{word(chance, 2).title()}{word(chance, 2)} {chance.choice(('Watch', 'Institute', 'Council', 'Alliance', 'Monitor'))}"


@cache
def office(number: int) -> str:
    """An invented authority."""
    chance = random.Random(f"office {number}")
    return f"{word(chance, 2).title()} {chance.choice(('foreign ministry', 'interior ministry', 'embassy', 'prosecution service'))}"


@cache
def paper(number: int) -> str:
    """An invented newspaper."""
    chance = random.Random(f"paper {number}")
    return f"{word(chance, 3).title()} {chance.choice(('Post', 'Herald', 'Courier', 'Tribune'))}"


@cache
def fillers() -> tuple[str, ...]:
    """Sentences that say nothing."""
    chance = random.Random("fillers")
    return tuple(
        f"{' '.join(word(chance, chance.randint(1, 4)) for _ in range(chance.randint(8, 20))).capitalize()}." for _ in range(NEW_WORDS)
    )


def skewed(chance: random.Random, many: int) -> int:
    """A number below `many`, small ones far more often: a few bodies are named everywhere, most of them once or twice."""
    return int(many * chance.random() ** 3)


def story(number: int, documents: int) -> Story:
    """What the story of this number tells, in a case of so many documents."""
    chance = random.Random(number)
    form = FORMS[number % len(FORMS)]
    voice = body(skewed(chance, max(30, documents // 20))) if form.voice == "organisation" else office(skewed(chance, 120))
    return Story(
        number=number,
        form=form,
        voice=voice if form.voice else "",
        person=person(number) if form.voice == "person" else "",
        town=cities()[skewed(chance, CITIES)],
        date=f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}",
        value=chance.randint(2, 9_000),
        measure=chance.choice(_MEASURES),
        code=chance.choice(_RESPONSES),
        method=chance.choice(_METHODS),
    )


def tell(number: int, stories: Iterable[Story], documents: int) -> tuple[Document, list[Claim]]:
    """The document of this number, which tells these stories, each once."""
    chance = random.Random(f"document {number}")
    chinese = number % 20 == 7
    told = list(stories)
    town = told[0].town.name if told else "nowhere"
    title = f"{town}关于海外联络站的报道{number}" if chinese else f"What is known of the offices in {town}, part {number}"
    text, blocks, marked = title, [Block(start=0, end=len(title), kind="title")], []
    for one in told:
        text += "\n\n"
        start = len(text)
        spans: dict[str, tuple[int, int]] = {}
        for name, words in _parts(one, f"{word(chance, 2)} {word(chance, 2)}", chinese=chinese):
            if name:
                spans[name] = (len(text), len(text) + len(words))
            text += words
        marked.append((one, start, len(text), spans))
        text += f". {' '.join(chance.choices(fillers(), k=2))}"
        blocks.append(Block(start=start, end=len(text), kind="paragraph"))
    published = f"{chance.randint(2015, 2024)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    where = Appearance(
        source=digest_text(text),
        file=f"{number:06}.txt",
        title=title,
        byline=f"By {person(10_000_000 + number)}" if number % 3 else None,
        publisher=paper(skewed(chance, max(20, documents // 200))),
        published=published,
        missing=(Missing(field="url", reason="the file was handed over, not fetched"),),
    )
    document = Document(
        id=digest_text(text), text=text, lang="zh" if chinese else "en", reader=READER, appearances=(where,), blocks=tuple(blocks)
    )
    return document, [_claim(document, *one) for one in marked]


def _parts(one: Story, own: str, *, chinese: bool) -> Iterable[tuple[str, str]]:
    """The words of a story, piece by piece: (what it is, or empty; the words)."""
    values = {"voice": one.voice, "person": one.person, "number": str(one.value), "place": one.town.name, "date": one.date, "own": own}
    for piece in (one.form.chinese if chinese else one.form.words).split("{"):
        name, brace, rest = piece.partition("}")
        if brace:
            yield name, values[name]
        yield "", rest if brace else piece


def _claim(document: Document, one: Story, start: int, end: int, spans: dict[str, tuple[int, int]]) -> Claim:
    quantity = None
    if "number" in spans:
        first, last = spans["number"]
        quantity = Quantity(
            measure=one.measure, value=one.value, comparator=">=", low=one.value, high=None, unit="contact offices", start=first, end=last
        )
    dated = Dated(edtf=one.date, basis="stated", start=spans["date"][0], end=spans["date"][1])
    kind = one.form.kind
    return Claim(
        id=claim_id(document.id, start, end, kind, quantity),
        doc=document.id,
        start=start,
        end=end,
        quote=document.text[start:end],
        kind=kind,
        speech_act=one.form.speech_act,
        modality="stated",
        attribution=tuple(_chain(document, one, spans)),
        quantity=quantity,
        as_of=dated if quantity else None,
        event_date=None if quantity else dated,
        places=(_place(one, spans["place"]),),
        methods=(one.method,) if kind.startswith("incident") else (),
        codes=(one.code,) if kind.startswith("govt_response") else (),
        parties=tuple(_parties(document, one, spans)),
        confidence=0.3 + one.number % 7 / 10,
        why=("A verb of saying before the words, and a voice as its subject.",),
        reader=READER,
    )


def _chain(document: Document, one: Story, spans: dict[str, tuple[int, int]]) -> Iterable[Link]:
    yield Link(name="the article", kind="author", mention=mention_id(document.id, "author", "the article"))
    if one.number % 3 == 0:
        told_by = paper(one.number % 40)
        yield Link(name=told_by, kind="media", mention=mention_id(document.id, "media", told_by), latent=True)
    for part, kind, name in (("person", "person", one.person), ("voice", one.form.voice, one.voice)):
        if part in spans:
            start, end = spans[part]
            yield Link(name=name, kind=kind, mention=mention_id(document.id, kind, name), start=start, end=end)


def _parties(document: Document, one: Story, spans: dict[str, tuple[int, int]]) -> Iterable[Party]:
    role = {"incident": "target", "govt_response": "authority", "denial": "denier", "site": "operator"}.get(one.form.kind.partition(".")[0])
    for part, kind, name in (("person", "person", one.person), ("voice", one.form.voice, one.voice)):
        if role and part in spans:
            yield Party(
                role=role, name=name, kind=kind, mention=mention_id(document.id, kind, name), start=spans[part][0], end=spans[part][1]
            )


def _place(one: Story, span: tuple[int, int]) -> Place:
    town = one.town
    return Place(name=town.name, country=town.country, geonames=town.geonames, precision="city", start=span[0], end=span[1])
