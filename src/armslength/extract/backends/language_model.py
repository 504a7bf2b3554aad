"""Read documents with a language model that the user runs or chose: the other reader beside the rules.

In:  documents, and the server the user named. Out: the same rows as the rules give: claims, and a `Rejected` row with its reason for all
that was refused of an answer, for each window without an answer, and for each document that could not be read.
Never: runs unless it was configured; keeps a claim, or a field of one, that is not in the text (`language_model_grounding`); fails because
of what a document, a model or a server says.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from armslength import __version__
from armslength.base.offsets import Range
from armslength.base.settings import ModelServer
from armslength.extract.about import context_year, page_links
from armslength.extract.backends import spacy_parser
from armslength.extract.backends.language_model_answers import SaidClaim, understand
from armslength.extract.backends.language_model_grounding import Grounded, Passage, RefusedError, ground, without_copies
from armslength.extract.backends.language_model_http import Answer, Sleep, Trouble, ask, plain_name
from armslength.extract.backends.language_model_prompt import fingerprint, question
from armslength.extract.backends.language_model_windows import Window, windows
from armslength.extract.details import Setting
from armslength.extract.parsed import Parse
from armslength.extract.reading import STAGE, Reading, refused_whole
from armslength.extract.scan import is_relevant
from armslength.extract.sentences import one_line
from armslength.extract.voices import voice_of
from armslength.model.evidence import Document, Reader
from armslength.model.outcome import Rejected, rejected

NAME = "armslength language model"
_LANGUAGES = frozenset({"en", "und"})


def model_reader_version(server: ModelServer) -> str:
    """What the stage's input depends on: our version, the model's name, what it is asked and within what limits. Not where it runs."""
    limits = f"{server.window}+{server.context}, {server.max_tokens} tokens, seed {server.seed}"
    return f"{NAME} {__version__} ({server.model}, {fingerprint()}, {limits}; {spacy_parser.model_version()})"


def read_with_model(batch: Sequence[Document], *, server: ModelServer) -> list[Reading]:
    """Read a batch of documents, one after the other and apart from each other."""
    return [read_document_with_model(document, server=server) for document in batch]


def read_document_with_model(document: Document, *, server: ModelServer, sleep: Sleep = time.sleep) -> Reading:
    """Read one document window by window. Whatever the model answers, the result is a `Reading`."""
    if document.lang not in _LANGUAGES:
        why = f"The document is in `{document.lang}`; claims are read from English only so far. It still takes part in comparing documents."
        return refused_whole(document.id, why)
    if not is_relevant(document.text):
        return refused_whole(
            document.id, "Nothing in the document speaks of the matter (no trigger of the scan), so no language model was asked."
        )
    cut = windows(document, size=server.window, context=server.context)
    read = _read_windows(document, cut, server, sleep)
    troubles = [one.trouble for one in read if one.trouble is not None]
    if read and len(troubles) == len(read):
        return refused_whole(document.id, troubles[0].reason, settled=all(t.lasting for t in troubles))
    kept, copies = without_copies([one for window in read for one in window.grounded])
    refused = [row for window in read for row in window.refused]
    refused += [_row(document, "The language model gave this claim twice.", (c.start, c.end)) for c in copies]
    claims = sorted({g.claim.id: g.claim for g in reversed(kept)}.values(), key=lambda c: (c.start, c.end, c.id))
    taken = sum(len(w.sentences) for w in cut)
    silent = sum(len(one.window.sentences) for one in read if one.trouble is not None)
    return Reading(
        doc=document.id,
        claims=tuple(claims),
        refused=tuple({row.id: row for row in refused}.values()),
        taken=taken,
        kept=taken - silent,
        settled=all(t.lasting for t in troubles),
    )


@dataclass(frozen=True, slots=True)
class _WindowRead:
    """What came of one window."""

    window: Window
    grounded: tuple[Grounded, ...] = ()
    refused: tuple[Rejected, ...] = ()
    trouble: Trouble | None = None


def _read_windows(document: Document, cut: Iterable[Window], server: ModelServer, sleep: Sleep) -> list[_WindowRead]:
    """Read window by window. Once the server fails in a way that may pass, the rest of the document waits for the next build."""
    read: list[_WindowRead] = []
    for window in cut:
        before = read[-1].trouble if read else None
        if before is not None and not before.lasting:
            waits = Trouble("The language model was not asked: its server failed before this passage.")
            read.append(_WindowRead(window, refused=(_row(document, waits.reason, (window.start, window.end)),), trouble=waits))
        else:
            read.append(_read_window(document, window, server, sleep))
    return read


def _read_window(document: Document, window: Window, server: ModelServer, sleep: Sleep) -> _WindowRead:
    answer = ask(server, question(document, window, server), sleep=sleep)
    if isinstance(answer, Trouble):
        return _WindowRead(window, refused=(_row(document, answer.reason, (window.start, window.end)),), trouble=answer)
    said, troubles = understand(answer.content)
    refused = [_row(document, why, (window.start, window.end)) for why in troubles]
    passage = Passage(
        setting=_setting(document),
        window=window,
        year=context_year(document.text, document.published),
        persons=_persons(document, window) if said else frozenset(),
    )
    grounded = _grounded(said, passage, _reader(answer, server), refused)
    return _WindowRead(window, tuple(grounded), tuple(refused))


def _grounded(said: Sequence[SaidClaim], passage: Passage, reader: Reader, refused: list[Rejected]) -> list[Grounded]:
    """Check every claim of an answer; what is refused goes to `refused`."""
    found: list[Grounded] = []
    where = (passage.window.start, passage.window.end)
    doc = passage.setting.doc
    for one in said:
        try:
            result = ground(one, passage, reader, before=found)
        except RefusedError as refusal:
            refused.append(rejected(STAGE, str(refusal), doc=doc, start=where[0], end=where[1]))
            continue
        span = (result.claim.start, result.claim.end)
        refused += [rejected(STAGE, why, doc=doc, start=span[0], end=span[1]) for why in result.refused]
        found.append(result)
    return found


def _reader(answer: Answer, server: ModelServer) -> Reader:
    asked = (("model", answer.model), ("prompt", fingerprint()), ("seed", str(server.seed)), ("temperature", "0"))
    return Reader(name=NAME, version=f"{__version__} ({plain_name(answer.model)})", parameters=asked)


def _setting(document: Document) -> Setting:
    return Setting(
        doc=document.id, text=document.text, page=page_links(document), origin="", copies=document.duplicates, published=document.published
    )


def _persons(document: Document, window: Window) -> frozenset[Range]:
    """Where our own name recogniser sees a person. A model's word that somebody is an organisation must not uncover a person."""
    text = document.text
    parses = spacy_parser.parse([(start, one_line(text[start:end])) for start, end in window.sentences])
    return frozenset(span for parse in parses if parse is not None for span in _persons_of(parse))


def _persons_of(parse: Parse) -> Iterable[Range]:
    run: list[int] = []
    for word in (*parse.words, None):
        if word is not None and word.entity == "PERSON":
            run.append(word.index)
            continue
        if run and voice_of(parse, run[-1]).kind == "person":
            yield parse.words[run[0]].start, parse.words[run[-1]].end
        run = []


def _row(document: Document, why: str, span: Range) -> Rejected:
    return rejected(STAGE, why, doc=document.id, start=span[0], end=span[1])
