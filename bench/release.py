"""How long a large release takes, and how long a stranger needs to check it: `python bench/release.py [--facts 10000]`.

In:  nothing; facts, claims, edges, documents, judgements and a log are made up, all by one rule.
Out: seconds and megabytes for writing the package, for its `verify.py` in a process of its own, and the package's size.
Never: fails because something is slow. The bar: 10,000 facts written in two minutes and 1 GB, checked in 20 seconds.

A document has four claims on two facts; each fact has three claims from three documents in two groups, one edge, two judgements about
that edge. In one document of ten a name is masked, so every claim and fact of that document is renamed.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from armslength.base.ids import digest, digest_bytes, digest_text
from armslength.model.claims import Claim, Link, Quantity, mention_id
from armslength.model.custody import GENESIS, LogEntry
from armslength.model.decisions import Judgement
from armslength.model.evidence import Appearance, Document, Reader, Span
from armslength.model.facts import Access, Fact, LineageEdge, OriginGroup, Origins
from armslength.publish.content import Content
from armslength.publish.package import PackageOptions, Releaser, Side
from armslength.publish.package.public_ids import public_ids
from armslength.publish.package.writing import write_package
from armslength.store.keys import SigningKey, key_id
from armslength.store.log import Event, write_entry

READER = Reader(name="bench", version="1")
NAME = "Ada Ferrer"
CLAIMS_A_FACT = 3
MASKED_EVERY = 10
FILLER = "The paper then told at length of the weather on the quay, of the price of herring and of the mayor's new hat. " * 20


def key(seed: int) -> SigningKey:
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    raw = private.public_key().public_bytes_raw()
    return SigningKey(id=key_id(raw), public=raw.hex(), private=private)


def sentence(number: int, source: int) -> str:
    return f"The Lantern Institute {source} visited and counted {number + 100} stations at quay {number}."


def document(number: int, facts: list[tuple[int, int]]) -> Document:
    words = " ".join(sentence(fact, source) for fact, source in facts)
    text = f"Page {number}. {words} {NAME} was there. {FILLER}"
    first = Appearance(source=digest_bytes(text.encode()), file=f"{number}.html", title=f"Page {number}", publisher=f"Paper {number % 50}")
    return Document(id=digest_text(text), text=text, lang="en", reader=READER, appearances=(first,))


def made(facts: int) -> Content:
    """The whole case."""
    slots = [(fact, source) for source in range(CLAIMS_A_FACT) for fact in range(facts)]
    documents = [document(number, slots[at : at + 4]) for number, at in enumerate(range(0, len(slots), 4))]
    claims: dict[tuple[int, int], Claim] = {}
    for number, at in enumerate(range(0, len(slots), 4)):
        for fact, source in slots[at : at + 4]:
            claims[fact, source] = claim(documents[number], fact, source)
    rows = [fact_rows(number, [claims[number, source] for source in range(CLAIMS_A_FACT)]) for number in range(facts)]
    return Content(
        documents=documents,
        claims=list(claims.values()),
        facts=[row[0] for row in rows],
        origins={row[1].id: row[1] for row in rows},
        edges=[row[2] for row in rows],
        judgements=[one for row in rows for one in row[3]],
        summaries={row[0].id: "3 passages in 3 documents, 3 publishers, 2 independent origins" for row in rows},
    )


def claim(page: Document, fact: int, source: int) -> Claim:
    words = f"counted {fact + 100} stations at quay {fact}."
    start = page.text.index(f"Institute {source} visited and {words}") + len(f"Institute {source} visited and ")
    voice = f"Lantern Institute {source}"
    return Claim(
        id=digest("claim", page.id, start),
        doc=page.id,
        start=start,
        end=start + len(words),
        quote=words,
        kind="quantity.sites",
        speech_act="reports",
        modality="stated",
        attribution=(Link(name=voice, kind="organisation", mention=mention_id(page.id, "organisation", voice)),),
        quantity=Quantity(
            measure="sites",
            value=fact + 100,
            comparator="=",
            low=fact + 100,
            high=fact + 100,
            unit="stations",
            start=start + 8,
            end=start + 11,
        ),
        confidence=0.75,
        reader=READER,
    )


def fact_rows(number: int, claims: list[Claim]) -> tuple[Fact, Origins, LineageEdge, list[Judgement]]:
    """A fact with two shown origins: its first two claims are one group by an edge that people confirmed."""
    ids = tuple(sorted(one.id for one in claims))
    fact = Fact(
        id=digest("fact", ids),
        kind="quantity.sites",
        label=f"{number + 100} stations at quay {number}",
        claims=ids,
        documents=tuple(sorted(one.doc for one in claims)),
        measure="sites",
        value=number + 100,
        comparator="=",
        low=number + 100,
        high=number + 100,
        state="accepted",
    )
    access = [Access(claim=one.id, how="went and looked", shown=span(one)) for one in claims]
    groups = (
        OriginGroup(label="Lantern", claims=tuple(sorted(one.id for one in claims[:2])), access=(access[0],)),
        OriginGroup(label="Lantern 2", claims=(claims[2].id,), access=(access[2],)),
    )
    edge = LineageEdge(
        id=digest("edge", claims[0].id, claims[1].id),
        from_id=claims[0].id,
        to_id=claims[1].id,
        level="claim",
        kind="same_organisation",
        evidence=(span(claims[0]), span(claims[1])),
        why="Both rest on one institute.",
        state="confirmed",
    )
    first = Judgement(
        id=digest("j", edge.id, 1), target=edge.id, decision="accept", reason="one body", who="heron", when="2026-01-01T00:00:00Z"
    )
    second = replace(first, id=digest("j", edge.id, 2), who="tern", when="2026-01-02T00:00:00Z", supersedes=first.id)
    return fact, Origins(id=fact.id, min=2, max=2, unknown=0, apparent=3, groups=groups, why=("Two institutes.",)), edge, [first, second]


def span(row: Claim) -> Span:
    return Span(doc=row.doc, start=row.start, end=row.end, quote=row.quote)


def redacted(whole: Content) -> Content:
    """One document of ten has a name masked."""
    documents = [
        replace(row, text=row.text.replace(NAME, "\u2588" * len(NAME))) if number % MASKED_EVERY == 0 else row
        for number, row in enumerate(whole.documents)
    ]
    return replace(whole, documents=documents)


class Log:
    """A custody log in memory: every judgement, and as many other entries as documents."""

    def __init__(self, content: Content) -> None:
        self.key = key(1)
        self.entries: list[LogEntry] = []
        public: dict[str, object] = {"public": self.key.public}
        self.append("case.created", "c" * 32, public)
        self.append("key.created", self.key.id, public)
        for row in content.documents:
            self.append("source.added", row.first.source, {"file": row.first.file})
        for judgement in content.judgements:
            self.append("judgement.made", judgement.id, {"row": "0" * 64})

    def append(self, event: str, subject: str, data: Mapping[str, object]) -> LogEntry:
        happened = Event(time="2026-01-01T00:00:00Z", clock="bench", actor="heron", event=event, subject=subject, data=data)
        prev = self.entries[-1].hash if self.entries else GENESIS
        self.entries.append(write_entry(happened, seq=len(self.entries) + 1, prev=prev, key=self.key))
        return self.entries[-1]


def megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--facts", type=int, default=10_000)
    parser.add_argument("--documents", choices=["whole", "spans"], default="whole")
    parser.add_argument("--keep", type=Path, help="write the package here and keep it")
    asked = parser.parse_args()
    whole = made(asked.facts)
    log = Log(whole)
    base = megabytes(resource.RUSAGE_SELF)
    people = [Releaser(name=name, public=key(seed).public, sign=signer(seed)) for name, seed in (("heron", 11), ("tern", 12))]
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch) / "package"
        start, busy = time.perf_counter(), time.process_time()
        both = public_ids(redacted(whole), whole, bytes(32))
        written = write_package(
            folder,
            shown=Side(content=both.shown),
            whole=Side(content=both.whole),
            log=log.entries,
            secret=bytes(32),
            releasers=people,
            record=lambda data: log.append("release.made", "r1", data),
            options=PackageOptions(release="r1", profile="everything", as_of="2026", documents=asked.documents, ids=both.ids),
        )
        busy = time.process_time() - busy
        seconds = time.perf_counter() - start
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / (1 << 20)
        shown = sum(rows for name, rows in written.shown.items() if name != "passages")
        print(f"{asked.facts:,} facts, {shown:,} rows shown of {written.rows:,}, {written.masked:,} of them masked")
        told = f"{megabytes(resource.RUSAGE_SELF):7,.0f} MB (the case itself: {base:,.0f}), {busy:.1f} s of a processor"
        print(f"write      {seconds:6.1f} s  {told}")
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-I", folder / "verify.py"], capture_output=True, text=True, check=False)
        spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        print(
            f"verify.py  {time.perf_counter() - start:6.1f} s  {megabytes(resource.RUSAGE_CHILDREN):7,.0f} MB, {spent:.1f} s of a processor"
        )
        print(f"package    {size:6.0f} MB")
        print(done.stdout[-4000:])
    return done.returncode


def signer(seed: int):  # type: ignore[no-untyped-def]
    mine = key(seed)
    return lambda message: bytes.fromhex(mine.sign(message))


if __name__ == "__main__":
    sys.exit(main())
