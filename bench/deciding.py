"""How long a judgement takes to be kept in a large case: `python bench/deciding.py [CLAIMS]`.

In:  how many claims; they are made up here, ten a document, every tenth with a person in it.
Out: milliseconds until a judgement is in the log, by what is decided: the middle, the 95th of a hundred, the longest; and the first one,
     which reads the persons' names.
Never: carries anything out: that is `bench/incremental.py`. Fails because something is slow.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from armslength.base.clock import SystemClock
from armslength.base.ids import digest_text
from armslength.model.claims import Claim, Link, Quantity, claim_id, mention_id
from armslength.model.evidence import Appearance, Document
from armslength.model.evidence import Reader as ReaderName
from armslength.model.facts import LineageEdge
from armslength.model.outcome import StageRun
from armslength.pipeline.adding import Draft
from armslength.pipeline.desk import Desk
from armslength.pipeline.reviewing import add_reviewer
from armslength.pipeline.signing import Hand, Said, keep
from armslength.store.case import Case, create_case
from armslength.store.locks import in_key_file
from armslength.store.write import Writer, writing

CLOCK = SystemClock()
READER = ReaderName(name="bench", version="1")
A_DOCUMENT, A_RUN = 10, 200
JUDGED = 10_000
TIMES = 100
NEVER = 1e6


def main(arguments: list[str]) -> int:
    claims = int(arguments[0]) if arguments else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        case = create_case(Path(folder) / "case", name="bench", clock=CLOCK, actor="bench", lock=in_key_file)
        keys = Path(folder) / "keys"
        with writing(case, clock=CLOCK, actor="bench") as writer:
            fill(writer, claims // A_DOCUMENT)
        measure(case, entered(case, keys), keys, claims // A_DOCUMENT)
    return 0


def entered(case: Case, keys: Path) -> Hand:
    """A reviewer of the case."""
    return add_reviewer(case.folder, "heron", keys=keys, clock=CLOCK)


def measure(case: Case, hand: Hand, keys: Path, documents: int) -> None:
    """Print what keeping takes."""
    chance = random.Random(1)
    desk = Desk(case, CLOCK, keys=keys, quiet=NEVER)
    desk.start()
    with writing(case, clock=CLOCK, actor="heron") as writer, writer.together():
        for number in range(JUDGED):
            keep(writer, Said(target=f"{number:064x}", decision="accept", value='{"level":"claim"}'), hand=hand, reason="So.", clock=CLOCK)
    ids = [claim_of(number, place).id for number in chance.sample(range(documents), TIMES + 1) for place in (chance.randrange(A_DOCUMENT),)]
    first = timed(lambda: desk.say_of(ids[-1], level="claim", decision="accept", hand=hand, reason="It says so."))
    print(f"{'the first, which reads the names':36} {first:9.0f} ms")
    waiting, edges, docs = iter(ids), (edge(number).id for number in range(TIMES)), count()
    doing: dict[str, Callable[[], object]] = {
        "a verdict on a claim": lambda: desk.say_of(next(waiting), level="claim", decision="reject", hand=hand, reason="Not so."),
        "a verdict on an edge": lambda: desk.judge_edge(next(edges), decision="dispute", hand=hand, reason="Two."),
        "a claim that was missed": lambda: desk.add_claim(
            Draft(doc=text_of(next(docs))[0], start=0, end=40, kind="site.existence", places=("Rome",)), hand=hand, reason="Missed."
        ),
        "taking the last back": lambda: desk.undo(hand),
    }
    for name, do in doing.items():
        found = sorted(timed(do) for _ in range(TIMES))
        print(f"{name:36} {found[TIMES // 2]:9.1f} {found[TIMES * 95 // 100]:9.1f} {found[-1]:9.1f} ms")
    desk.close()


def timed(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000


def fill(writer: Writer, documents: int) -> None:
    """Documents with their claims, and edges between the first of them."""
    for begun in range(0, documents, A_RUN):
        numbers = range(begun, min(begun + A_RUN, documents))
        writer.put(StageRun(id=f"ingest:{begun}", version="1", input_hash="x", output_hash=""), [document_of(number) for number in numbers])
        writer.put(StageRun(id=f"extract:{begun}", version="1", input_hash="x", output_hash=""), claims_of(numbers))
    writer.put(StageRun(id="lineage", version="1", input_hash="x", output_hash=""), [edge(number) for number in range(TIMES)])


def text_of(number: int) -> tuple[str, str]:
    """Id and text of a document."""
    lines = (
        f"In its {place}th part the survey of town {number} lists {place + 3} offices, Ada{number % 500} Reed said."
        for place in range(A_DOCUMENT)
    )
    text = "\n".join(lines)
    return digest_text(text), text


def document_of(number: int) -> Document:
    key, text = text_of(number)
    return Document(id=key, text=text, lang="en", reader=READER, appearances=(Appearance(source=key, file=f"{number}.txt"),))


def claims_of(numbers: range) -> Iterator[Claim]:
    return (claim_of(number, place) for number in numbers for place in range(A_DOCUMENT))


def claim_of(number: int, place: int) -> Claim:
    doc, text = text_of(number)
    line = text.split("\n")[place]
    start = text.index(line)
    at = start + line.index("lists") + 6
    quantity = Quantity(
        measure="sites.in_city", value=place + 3, comparator="=", low=place + 3, high=place + 3, unit="offices", start=at, end=at + 1
    )
    name = f"Ada{number % 500} Reed"
    voice = Link(
        name=name, kind="person", mention=mention_id(doc, "person", name), start=start + line.index(name), end=start + len(line) - 6
    )
    page = Link(name="the article", kind="author", mention=mention_id(doc, "author", "the article"))
    return Claim(
        id=claim_id(doc, start, start + len(line), "quantity.site_count", quantity), doc=doc, start=start, end=start + len(line),
        quote=line,
        kind="quantity.site_count", speech_act="asserts", modality="stated", attribution=(page, voice) if place == 0 else (page,),
        quantity=quantity, reader=READER,
    )  # fmt: skip


def edge(number: int) -> LineageEdge:
    one, two = claim_of(number, 0).id, claim_of(number + TIMES, 0).id
    return LineageEdge(
        id=digest_text(f"edge {number}"), from_id=one, to_id=two, level="claim", kind="same_speaker", evidence=(), why="bench"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
