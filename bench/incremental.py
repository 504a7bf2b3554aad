"""What one more document costs a large case, beside building the case anew: `python bench/incremental.py [DOCUMENTS ...]`.

In:  how many documents; their words are made up here, and their claims beside them, so that no text has to be parsed.
Out: a table: facts that the new document bears on, seconds of processor time in each stage and for each of these facts, seconds of a
     whole build, memory.
Never: fails because something is slow.

Two documents in five hold claims. Five documents or so tell one story: of one town, one body, one number; some numbers are told in one
document of a hundred, so that a few facts are very wide. The new document tells a story that is told already, one that is not, and a
number that everybody tells.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from armslength.base.clock import FixedClock
from armslength.base.ids import digest_text
from armslength.base.settings import Settings
from armslength.lineage import run as lineage
from armslength.model.claims import Claim, Dated, Link, Party, Place, Quantity, claim_id, mention_id
from armslength.model.evidence import Appearance, Document
from armslength.model.evidence import Reader as ReaderName
from armslength.model.facts import Fact, Origins
from armslength.model.outcome import StageRun
from armslength.pipeline.engines.one_process import OneProcess
from armslength.resolve import run as resolve
from armslength.store.case import create_case, open_case
from armslength.store.write import Writer, writing

CLOCK = FixedClock(at=datetime(2026, 1, 1, tzinfo=UTC))
READER = ReaderName(name="bench", version="1")
SIZES = (10_000, 100_000)
BATCH = 1000
SYLLABLES = ("ba", "ke", "li", "mo", "nu", "ra", "si", "to", "ve", "wa", "dor", "fen", "gal", "hir", "jun", "kal", "lem", "mar", "nor")
STATES = (("China", "CN"), ("Iran", "IR"), ("Russia", "RU"))
HOSTS = (("PT", "Portugal"), ("ES", "Spain"), ("NL", "the Netherlands"), ("IE", "Ireland"), ("CZ", "Czechia"))
PUBLISHER = "publisher"


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["one"]:
        print(json.dumps(measure(int(arguments[1]), Path(arguments[2]))))
        return 0
    print(f"{'documents':>10} {'claims':>8} {'facts':>8} {'':12} {'resolve':>9} {'lineage':>9} {'all':>8} {'each fact':>10} {'memory':>9}")
    for size in map(int, arguments or SIZES):
        with tempfile.TemporaryDirectory() as folder:
            for step in ("whole", "more", "less"):
                out = subprocess.run(
                    [sys.executable, __file__, "one", str(size), folder, step], check=True, stdout=subprocess.PIPE, text=True
                )
                show(json.loads(out.stdout))
    return 0


def show(found: dict[str, float | str]) -> None:
    """A line of the table."""
    facts = float(found["touched"])
    each = f"{float(found['all']) / facts:.2f} s" if facts else ""
    print(
        f"{found['documents']:>10,} {found['claims']:>8,} {found['facts']:>8,} {found['step']:12} {float(found['resolve']):>7.1f} s"
        f" {float(found['lineage']):>7.1f} s {float(found['all']):>6.1f} s {each:>10} {float(found['memory']):>6,.0f} MB"
    )


def measure(size: int, folder: Path) -> dict[str, float | str]:
    """One step: building the case, adding a document to it, taking the document away again."""
    step = sys.argv[4]
    case = create_case(folder / "case", name="bench", clock=CLOCK, actor="bench") if step == "whole" else open_case(folder / "case")
    with writing(case, clock=CLOCK, actor="bench") as writer:
        chance = random.Random(size)
        if step == "whole":
            fill(writer, size, chance)
        elif step == "more":
            document, claims = one_more(size)
            put(writer, "new", [document], claims)
        else:
            writer.drop(["ingest:new", "extract:new"])
        before = {row.id for row in writer.read.all(Fact)} if step != "whole" else set()
        found = {name: timed(writer, stage) for name, stage in (("resolve", resolve), ("lineage", lineage))}
        spent = {name: seconds for name, (seconds, _) in found.items()}
        touched = {row.id for row in writer.read.all(Fact)} ^ before if step != "whole" else set()
        for name, (_, parts) in found.items():
            print(name, [f"{part:.2f}" for part in parts], file=sys.stderr)
        return {
            "step": {"whole": "whole build", "more": "one more", "less": "one less"}[step],
            "documents": size,
            "claims": writer.read.count(Claim),
            "facts": writer.read.count(Origins),
            "touched": len(touched) // 2 or len(touched),
            **spent,
            "all": sum(spent.values()),
            "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        }


def timed(writer: Writer, stage: object) -> tuple[float, list[float]]:
    """Seconds of processor time of a stage, and of its steps."""
    marks = [time.process_time()]

    def seen(step: str, done: int, total: int) -> None:
        del step, done, total
        marks.append(time.process_time())

    stage.run(writer, engine=OneProcess(), settings=Settings(), progress=seen)  # type: ignore[attr-defined]
    marks.append(time.process_time())
    return marks[-1] - marks[0], [b - a for a, b in pairwise(marks)]


def word(chance: random.Random, size: int = 3) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(size))


class Story:
    """What several documents tell: a town, a body, a number, a day."""

    def __init__(self, number: int, size: int) -> None:
        chance = random.Random(f"story {number}")
        self.number = number
        self.body = f"{word(chance, 2).title()} {chance.choice(('Watch', 'Institute', 'Council', 'Alliance'))}" if number % 3 else ""
        self.body = self.body or f"{word(random.Random(f'body {number % 40}'), 2).title()} Watch"
        self.country, self.host = HOSTS[number % len(HOSTS)]
        self.town = word(random.Random(f"town {number % 400}"), 2).title()
        self.value = chance.randint(3, 60) if number % 4 else chance.randint(100, 5000)
        self.state, self.code = STATES[0] if number % 5 else chance.choice(STATES)
        self.month = f"20{chance.randint(18, 24)}-{chance.randint(1, 12):02}"
        self.own = [word(chance) for _ in range(12)]
        del size


def fill(writer: Writer, size: int, chance: random.Random) -> None:
    """A case of so many documents."""
    documents: list[Document] = []
    claims: list[Claim] = []
    batch = 0
    for number in range(size):
        document, told = made(number, size, chance)
        documents.append(document)
        claims += told
        if len(documents) == BATCH or number == size - 1:
            put(writer, f"batch{batch}", documents, claims)
            documents, claims, batch = [], [], batch + 1


def put(writer: Writer, name: str, documents: list[Document], claims: list[Claim]) -> None:
    writer.put(StageRun(id=f"ingest:{name}", version="1", input_hash="x", output_hash=""), documents)
    writer.put(StageRun(id=f"extract:{name}", version="1", input_hash="x", output_hash=""), claims)


def made(number: int, size: int, chance: random.Random) -> tuple[Document, list[Claim]]:
    """One document, and what it says."""
    filler = " ".join(word(chance) for _ in range(120))
    publisher = f"{word(random.Random(f'publisher {number % max(20, size // 200)}'), 2).title()} Post"
    if number % 5 > 1:
        return page(f"{filler}.", publisher, f"2023-{1 + number % 12:02}-15"), []
    story = Story(chance.randrange(max(1, size * 2 // 25)), size)
    common = number % 100 == 0
    return told(story, f"{filler}.", publisher, common=common, chance=chance)


def one_more(size: int) -> tuple[Document, list[Claim]]:
    """The document that is added: it tells a story that others tell, and a number that everybody tells."""
    chance = random.Random("one more")
    return told(Story(7, size), " ".join(word(chance) for _ in range(120)) + ".", "Kelimo Post", common=True, chance=chance)


def told(story: Story, filler: str, publisher: str, *, common: bool, chance: random.Random) -> tuple[Document, list[Claim]]:
    """A document of a story, with two or three claims; `common`: also with a number that everybody tells."""
    words = chance.sample(story.own, 9)
    lines = [
        f"{story.body} lists {story.value} {words[0]} offices in {story.town} {' '.join(words[1:6])}",
        f"{story.state} runs a station at {words[6]} street in {story.town} {' '.join(words[3:7])}",
        f"Police in {story.host} opened an inquiry into the {words[7]} station {words[8]} {story.town}",
    ][: chance.randint(2, 3)]
    if common:
        lines.append(f"{story.state} has opened 102 stations abroad {words[0]}")
    text = f"{filler[:200]} {'. '.join(lines)}. {filler[200:]}"
    document = page(text, publisher, f"{story.month}-{chance.randint(1, 28):02}")
    makers: list[Callable[[Document, str, Story], Claim]] = [a_number, a_site, an_inquiry]
    claims = [
        make(document, line, story) for make, line in zip(makers, lines[:3], strict=False) if not line.startswith(f"{story.state} has")
    ]
    if common:
        claims.append(everybodys(document, lines[-1], story))
    return document, claims


def page(text: str, publisher: str, published: str) -> Document:
    key = digest_text(text)
    seen = Appearance(source=key, file=f"{key[:8]}.txt", publisher=publisher, published=published)
    return Document(id=key, text=text, lang="en", reader=READER, appearances=(seen,))


def a_number(document: Document, line: str, story: Story) -> Claim:
    start = document.text.index(line)
    number = Quantity(
        measure="sites.in_city",
        value=story.value,
        comparator="=",
        low=story.value,
        high=story.value,
        unit="offices",
        start=start,
        end=start + 5,
    )
    return claim(document, line, "quantity.site_count", ("organisation", story.body), story, quantity=number)


def a_site(document: Document, line: str, story: Story) -> Claim:
    return claim(document, line, "site.existence", ("government", story.state), story, codes=("SITE.ty.police",), role="operator")


def an_inquiry(document: Document, line: str, story: Story) -> Claim:
    return claim(
        document,
        line,
        "govt_response.investigation",
        ("government", f"{story.host} police"),
        story,
        codes=("GR.investigation_opened",),
        role="authority",
    )


def everybodys(document: Document, line: str, story: Story) -> Claim:
    start = document.text.index(line)
    number = Quantity(measure="sites.worldwide", value=102, comparator="=", low=102, high=102, unit="stations", start=start, end=start + 5)
    return claim(document, line, "quantity.site_count", ("government", story.state), story, quantity=number, role="operator", placed=False)


def claim(  # noqa: PLR0913 - the parts of a claim
    document: Document,
    line: str,
    kind: str,
    voice: tuple[str, str],
    story: Story,
    *,
    quantity: Quantity | None = None,
    codes: tuple[str, ...] = (),
    role: str = "",
    placed: bool = True,
) -> Claim:
    start = document.text.index(line)
    end = start + len(line)
    chain = [Link(name="the article", kind="author", mention=mention_id(document.id, "author", "the article"))]
    if not role:
        at = document.text.index(voice[1])
        chain.append(Link(name=voice[1], kind=voice[0], mention=mention_id(document.id, *voice), start=at, end=at + len(voice[1])))
    parties = (
        (Party(role=role, name=voice[1], kind=voice[0], mention=mention_id(document.id, *voice), start=start, end=end),) if role else ()
    )
    place = Place(name=story.town, country=story.country, geonames=None, precision="city")
    return Claim(
        id=claim_id(document.id, start, end, kind, quantity),
        doc=document.id,
        start=start,
        end=end,
        quote=line,
        kind=kind,
        speech_act="reports",
        modality="stated",
        attribution=tuple(chain),
        quantity=quantity,
        event_date=Dated(edtf=story.month, basis="stated"),
        places=(place,) if placed else (),
        codes=codes,
        parties=parties,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
