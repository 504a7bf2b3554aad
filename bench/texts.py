"""The texts that are measured: many editions of the example corpus, and plain news that has nothing to do with it.

In:  `examples/`, and a number of texts.
Out: the same texts every time, on every machine.
Never: holds words of anybody else; what is not an example is put together here from a few invented phrases.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from armslength.ingest.readers import read

EXAMPLES = Path(__file__).parent.parent / "examples"
DAMAGED = "12-"
CHINESE = "11-"

_WHO = (
    "the harbour board|the choir|a market gardener|the library|the rowing club|the museum|a baker|the tram company|the orchard|"
    "the weather office"
)
_DID = (
    "opened a new hall|planted 40 trees|repaired the clock|moved to the square|sold 1,200 tickets|painted the bridge|won the cup|"
    "lent 300 books"
)
_WHERE = "in Ghent|in Aarhus|near the old mill|beside the lake|in Porto|on the north bank|at the fair|behind the station"
_WHEN = "on Tuesday|in March|last week|before the holidays|in 2019|at noon|after the rain|every spring"
_WHY = (
    "because the roof had leaked|so that children can visit|and the mayor came|to mark 50 years|although few had asked for it|"
    "which pleased the neighbours|and more is planned|with money from a raffle"
)
_SAID = (
    "“We are glad it is done,” {who} said.|Tickets cost 6 euros.|The next meeting is in May.|Nobody knows how long it will last.|"
    "There were 200 guests.|“It was time,” {who} said.|A second hall may follow.|The doors open at nine.|Dogs stay outside.|"
    "The ferry will return at six."
)


def examples() -> list[str]:
    """The English texts of the example corpus, read as the program reads them."""
    paths = [*EXAMPLES.glob("written/*.txt"), *EXAMPLES.glob("corpus/*.html"), *EXAMPLES.glob("corpus/*.txt")]
    wanted = [path for path in sorted(paths, key=lambda path: path.name) if not path.name.startswith((DAMAGED, CHINESE, "saved"))]
    return [read(path.read_bytes()).text for path in wanted]


def editions(number: int) -> list[str]:
    """Texts full of claims: the examples again and again, each time with other numbers and a last line of its own."""
    texts = examples()
    return [edition(texts[at % len(texts)], at // len(texts)) for at in range(number)]


def edition(text: str, which: int) -> str:
    """A text with its small numbers raised, so that no two editions say the same."""
    changed = re.sub(r"(?<![\d.,:])\d{2}(?![\d.,:])", lambda found: str(10 + (int(found[0]) + which) % 90), text)
    return f"{changed}\n\nEdition {which} of this page.\n"


def stream(number: int, *, every: int) -> list[str]:
    """Mostly plain news: one text in `every` is about the matter."""
    return [text for texts in batches_of_stream(number, every=every, size=number) for text in texts]


def batches_of_stream(number: int, *, every: int, size: int) -> Iterator[list[str]]:
    """The same texts as `stream`, so many at a time."""
    draw = random.Random(20)
    known = examples()
    for start in range(0, number, size):
        yield [_of_stream(draw, known, at, every=every) for at in range(start, min(start + size, number))]


def _of_stream(draw: random.Random, known: list[str], at: int, *, every: int) -> str:
    if at % every != every // 2:
        return plain(draw)
    which = at // every
    return edition(known[which % len(known)], which // len(known))


def plain(draw: random.Random) -> str:
    """About 400 words of news that nobody needs. One text in five holds a word that the scan looks for, as real news does."""
    sentences = _sentences(draw)
    return "\n\n".join(" ".join(islice(sentences, 5)) for _ in range(4))


def _sentences(draw: random.Random) -> Iterator[str]:
    def one(choices: str) -> str:
        return draw.choice(choices.split("|"))

    for number in count():
        who = one(_WHO)
        told = f"{who[0].upper()}{who[1:]} {one(_DID)} {one(_WHERE)} {one(_WHEN)} {one(_WHY)}, and {one(_WHO)} {one(_DID)} {one(_WHEN)}."
        yield one(_SAID).format(who=who) if number % 8 == 7 else told
