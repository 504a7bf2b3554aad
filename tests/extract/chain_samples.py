"""Small made-up articles with the voices that their passages should have, and how to read them.

An article is a text file: the text, a line `=====`, and lines `passage :: voice > voice`, outermost first, without the page's own; `page` where
there is no other. `a|b` accepts either; `name/kind` asks for the kind too.
"""

from __future__ import annotations

import re
from pathlib import Path

from armslength.base.ids import digest_text
from armslength.extract.backends import spacy_parser
from armslength.extract.chains import Chain, carried_voices, chain_of
from armslength.extract.clauses import Clause, clauses
from armslength.extract.discourse import Heard, converse
from armslength.extract.sentences import one_line, sentences
from armslength.extract.voices import Voice
from armslength.ingest.readers import read
from armslength.model.evidence import Appearance, Document, Reader

ARTICLES = Path(__file__).parent / "articles"
_SKIP = {"title", "boilerplate", "caption", "heading", "notice"}


def document_of(text: str, *, publisher: str | None = None) -> Document:
    reading = read(text.encode())
    shown = Appearance(source="0" * 64, file="a.txt", publisher=publisher)
    return Document(
        id=digest_text(reading.text),
        text=reading.text,
        lang="en",
        reader=Reader(name="test", version="1"),
        appearances=(shown,),
        blocks=reading.blocks,
    )


def hear(document: Document) -> list[Heard]:
    """Every sentence of the prose, heard: the scan is left out, so that only the voices are tried."""
    prose = [s for s in sentences(document) if s.block not in _SKIP]
    parses = spacy_parser.parse([(s.start, one_line(document.text[s.start : s.end])) for s in prose])
    return converse(document, [(s, p) for s, p in zip(prose, parses, strict=True) if p is not None])


def chains(document: Document) -> list[tuple[Heard, Clause, Chain]]:
    heard = hear(document)
    carried = carried_voices(heard, [document.text[h.sentence.start : h.sentence.end] for h in heard])
    return [(one, c, chain_of(one, c, carried.get(one.sentence.index))) for one in heard for c in clauses(one.parse)]


def voices_of(text: str, passage: str, *, publisher: str | None = None) -> list[Voice]:
    """The voices of the clause that holds most of a passage."""
    document = document_of(text, publisher=publisher)
    return list(chain_at(document, chains(document), passage).voices)


def chain_at(document: Document, found: list[tuple[Heard, Clause, Chain]], passage: str) -> Chain:
    at = document.text.index(passage)
    best, most = None, 0
    for one, clause, chain in found:
        words = (one.parse.words[i] for i in clause.own)
        shared = sum(max(0, min(w.end, at + len(passage)) - max(w.start, at)) for w in words)
        if shared > most:
            best, most = chain, shared
    assert best is not None, passage
    return best


def names_of(text: str, passage: str, *, publisher: str | None = None) -> list[str]:
    return [voice.name for voice in voices_of(text, passage, publisher=publisher)]


def article(path: Path) -> tuple[str, list[tuple[str, list[str]]]]:
    text, _, key = path.read_text("utf-8").partition("\n=====\n")
    asked = []
    for line in key.strip().splitlines():
        passage, _, voices = line.partition(" :: ")
        asked.append((passage, [] if voices == "page" else voices.split(" > ")))
    return text, asked


def fits(want: str, voice: Voice) -> bool:
    """Whether a voice is the one wanted: its name, maker or role has every word."""
    name, _, kind = want.partition("/")
    said = _words(f"{voice.name} {voice.by} {voice.role} {voice.holder}")
    return (not kind or voice.kind == kind) and any(_words(choice) <= said for choice in name.split("|"))


def _words(text: str) -> set[str]:
    plain = re.sub(r"[’']s\b", "", text.casefold())
    return set(re.findall(r"\w+", plain)) - {"the", "a", "an"}
