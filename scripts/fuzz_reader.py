"""Feeds the reader broken texts and says what it cannot bear: `python scripts/fuzz_reader.py [--minutes 15] [--seed 1]`.

In:  the example texts, and a seed.
Out: a line for each text that broke a rule, with the seed that makes it again; at the end how many texts were read, and the slowest.
     Exit code 1 if any rule was broken. The rules (`faults`) are the ones every reading keeps, whatever the text.
Never: touches the network or a case; prints more of a text than its length and how it was made.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from armslength.base.ids import digest_text
from armslength.extract.read import read_document
from armslength.extract.reading import Reading
from armslength.ingest.readers import read
from armslength.ingest.reading import UnreadableError
from armslength.model.evidence import Appearance, Document
from armslength.model.evidence import Reader as ReaderName

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
OPENING = "Overseas police stations: "
"""Makes any text one that the scan lets through."""
ALPHABETS = (
    "abcdefgh XYZ.,;:!?",
    "“”‘’\"'«»„「」()[]{}–—-…",
    "0123456789 .,%$€-/:'",
    "警察站點在外國秘密，。「」！？",
    "\u0301\u0308\u20d7\u200d\ufe0f\u202e\u202a\u2066\u200b\u200e\ufeff",
    "\x00\x01\x07\x08\x0b\x0c\x1b\x1f\x7f\x85\u2028\u2029\u00a0\u3000\t\r\n",
    "👩‍👩‍👧🇵🇹🏴󠁧󠁢󠁥󠁮󠁧󠁿😀\U0001f9d1\U0010ffff",
    "شرطةמשטרהполиция",
    "\ud7ff\ue000\ufffd\ufffe\uffff\ufdd0",
)
WORDS = re.findall(
    r"\S+",
    "said told according to citing alleged denied declined report the group they she “ ” ( ) , . not no 54 dozens at least more than "
    "police station consulate Lisbon Valdoria March 2022 last year in of by that who which and but -- –",
)

Draw = random.Random


def faults(document: Document, reading: Reading) -> Iterator[str]:
    """Every rule that a reading breaks."""
    size = len(document.text)
    if reading.taken != reading.kept + len(reading.refused):
        yield f"took {reading.taken}, kept {reading.kept}, refused {len(reading.refused)}"
    for row in reading.refused:
        if "failed on this document" in row.reason or "processor time" in row.reason:
            yield row.reason
        if row.start is not None and not 0 <= row.start < (row.end or 0) <= size:
            yield "a refused sentence lies outside the text"
    for claim in reading.claims:
        if not claim.quote.strip() or document.text[claim.start : claim.end] != claim.quote:
            yield f"the quote of a {claim.kind} is not the text's words"
        named: list[Any] = [
            *claim.attribution,
            *claim.places,
            *claim.parties,
            *(d for d in (claim.as_of, claim.event_date, claim.claimed_period) if d),
        ]
        for part in [*named, *([claim.quantity] if claim.quantity else [])]:
            if part.start is not None and not (0 <= part.start < (part.end or 0) <= size and document.text[part.start : part.end].strip()):
                yield f"a {type(part).__name__} of a {claim.kind} stands on no words of the text"
        if any(not 0 <= start < end <= size for start, end in claim.repeats):
            yield f"a repeat of a {claim.kind} lies outside the text"
        if not 0 <= claim.confidence <= 1:
            yield f"the confidence of a {claim.kind} is {claim.confidence}"


def plain(text: str) -> Document:
    """A document of one text, without blocks."""
    where = (Appearance(source="0" * 64, file="a.txt"),)
    return Document(id=digest_text(text), text=text, lang="en", reader=ReaderName(name="fuzz", version="1"), appearances=where)


def taken_in(text: str, *, published: str | None = None) -> Document:
    """A document as the program itself makes one of a text file; without blocks, where it would not take such a file in."""
    try:
        got = read(text.encode("utf-8", "replace"))
    except UnreadableError:
        return plain(text)
    where = (Appearance(source="0" * 64, file="a.txt", publisher="Tagus Ledger", published=published),)
    return Document(id=digest_text(got.text), text=got.text, lang="en", reader=got.reader, appearances=where, blocks=got.blocks)


def examples() -> list[str]:
    """The English example texts."""
    paths = sorted([*EXAMPLES.glob("written/*.txt"), *EXAMPLES.glob("corpus/*.txt"), *EXAMPLES.glob("corpus/*.html")])
    return [read(path.read_bytes()).text for path in paths if "-zh" not in path.name]


def noise(draw: Draw, longest: int = 3000) -> str:
    """Letters of a few alphabets, mixed."""
    letters = "".join(draw.sample(ALPHABETS, draw.randrange(1, 5)))
    return "".join(draw.choices(letters, k=draw.randrange(longest)))


def babble(draw: Draw) -> str:
    """Words and marks that the rules know, in no order."""
    return " ".join(draw.choices(WORDS, k=draw.randrange(1, 900)))


def mangled(draw: Draw, text: str) -> str:
    """A text with letters, words or lines left out, doubled or swapped."""
    cut = draw.choice((list, lambda t: t.split(" "), lambda t: t.split("\n")))
    parts = cut(text)
    glue = "" if len(parts) == len(text) else " " if len(parts) == len(text.split(" ")) else "\n"
    for _ in range(draw.randrange(1, max(2, len(parts) // 10))):
        at, other = draw.randrange(len(parts)), draw.randrange(len(parts))
        what = draw.randrange(4)
        if what == 0 and len(parts) > 1:
            del parts[at]
        elif what == 1:
            parts.insert(at, parts[at])
        elif what == 2:
            parts[at], parts[other] = parts[other], parts[at]
        else:
            parts.insert(at, draw.choice(draw.choice(ALPHABETS)))
        if not parts:
            break
    return glue.join(parts)


def spliced(draw: Draw, text: str) -> str:
    """A text with noise in the middle, or with every space or line end of another kind."""
    at = draw.randrange(len(text) + 1)
    other = draw.choice((" ", "\u00a0", "\r\n", "\u2028", "\t", "\u200b", "\n\n"))
    return draw.choice(
        (text[:at] + noise(draw, 400) + text[at:], text.replace(" ", other), text.replace("\n", other), text.upper(), text[at:])
    )


HUGE: tuple[tuple[str, Callable[[], str]], ...] = (
    ("a million letters without a space", lambda: "x" * 1_000_000),
    ("a hundred thousand opening marks", lambda: "“" * 100_000),
    ("a hundred thousand single marks", lambda: "a' " * 100_000),
    ("fifty thousand brackets", lambda: "(" * 50_000 + "police" + ")" * 50_000),
    ("fifty thousand line ends", lambda: "police said\n" * 50_000),
    ("two hundred thousand blank lines", lambda: "\n" * 200_000),
    ("fifty thousand full stops", lambda: "Mr. A. " * 50_000),
    ("a million digits", lambda: "1234567890" * 100_000),
    ("fifty thousand numbers", lambda: "54, " * 50_000),
    ("thirty thousand speakers", lambda: "said Mr Berg, the group said, " * 30_000),
    ("twenty thousand short sentences", lambda: "Police said so. " * 20_000),
    ("a table of dates", lambda: "12 March 2022 - 13 April 2023, " * 10_000),
    ("capital letters", lambda: "THE POLICE STATION " * 20_000),
    ("marks that join", lambda: "a\u0301\u200d" * 100_000),
    ("one word, fifty thousand hyphens", lambda: "-".join(["police"] * 50_000)),
    ("labels", lambda: "Q: What is it?\nBerg: It is a police station.\n" * 5_000),
)


def texts(seed: int, *, huge: bool = True) -> Iterator[tuple[str, str]]:
    """How a text was made, and the text: first the huge ones, then others without end."""
    for what, make in HUGE if huge else ():
        yield what, OPENING + make()
    known = examples()
    for number in range(10**9):
        draw = random.Random(f"{seed}.{number}")
        kind = draw.randrange(5)
        made = (
            (noise, babble)[kind](draw)
            if kind < 2
            else mangled(draw, draw.choice(known))
            if kind < 4
            else spliced(draw, draw.choice(known))
        )
        yield f"seed {seed}.{number}", (OPENING + made) if draw.random() < 0.8 else made


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--minutes", type=float, default=15)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--seconds", type=float, default=20, help="processor seconds a document may take for each 100,000 characters")
    asked.add_argument("--no-huge", action="store_true", help="leave out the huge texts, which take about three minutes")
    given = asked.parse_args()
    ends, broken, slowest, count = time.monotonic() + 60 * given.minutes, 0, (0.0, "", 0), 0
    for what, text in texts(given.seed, huge=not given.no_huge):
        if time.monotonic() > ends:
            break
        documents = [taken_in(text, published="2023-02-01")] if count % 2 else [plain(text)]
        for document in documents:
            start = time.process_time()
            found = sorted(set(faults(document, read_document(document, seconds=given.seconds))))
            spent = time.process_time() - start
            broken += bool(found)
            slowest = max(slowest, (spent / max(1.0, len(text) / 10_000), what, len(text)))
            for fault in found:
                print(f"{what} ({len(text)} characters): {fault}", flush=True)
            if count < len(HUGE) and not given.no_huge:
                print(f"{what}: {spent:.1f} s for {len(text)} characters", flush=True)
        count += 1
    rate, which, size = slowest
    print(f"{count} texts, {broken} broke a rule; the slowest took {rate:.1f} s for 10,000 characters ({which}, {size} characters)")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
