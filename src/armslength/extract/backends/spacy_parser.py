"""The spaCy parser: texts of sentences in, `Parse` rows out.

The model is looked for among what is installed, in this order: the official small English model, any other installed model whose
metadata says English with tagger, parser and names. Nothing is downloaded. Results depend on the model, so its name and version
are part of the reader's version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata
from typing import Any

from armslength.base.errors import MissingPieceError
from armslength.extract.parsed import Parse, Word, build

PREFERRED = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")
NEEDED_PIPES = frozenset({"tagger", "parser", "ner", "lemmatizer"})
HOW = (
    "No English model for the parser is installed, so no claim can be read. Install one with: "
    "pip install -r requirements.lock (brings a small one), or python -m spacy download en_core_web_sm."
)
_LONGEST = 3_000  # characters; a sentence beyond this is a table or a broken page, and parsing time grows with its length


def model_name() -> str:
    """Name of the model that will be used. Raises MissingPieceError with what to do when there is none."""
    try:
        from spacy.util import get_installed_models
    except ImportError as error:
        raise MissingPieceError("spaCy is not installed, so no claim can be read. Install it with: pip install spacy") from error
    found = sorted(get_installed_models())
    for name in (*PREFERRED, *found):
        if name in found and name.startswith("en_"):
            return str(name)
    raise MissingPieceError(HOW)


def model_version() -> str:
    """Name and version of parser and model: `spacy 3.8.18, en_core_web_sm 3.8.0`."""
    name = model_name()
    return f"spacy {metadata.version('spacy')}, {name} {metadata.version(name)}"


@lru_cache(maxsize=1)
def _load(name: str) -> Any:
    """One model a process: loading takes about a second, and it is never changed."""
    import spacy

    model = spacy.load(name)
    missing = NEEDED_PIPES - set(model.pipe_names)
    if missing:
        raise MissingPieceError(f"The model {name} has no {', '.join(sorted(missing))}. {HOW}")
    return model


def parse(sentences: Iterable[tuple[int, str]]) -> Iterator[Parse | None]:
    """Parse sentences given as (offset in the document, text), in order. None for one that is too long to be a sentence."""
    model = _load(model_name())
    given = list(sentences)
    short = [(text, start) for start, text in given if len(text) <= _LONGEST]
    parsed = model.pipe(short, as_tuples=True, batch_size=64)
    for start, text in given:
        if len(text) > _LONGEST:
            yield None
        else:
            doc, _ = next(parsed)
            yield _rows(doc, start, len(text))


def _rows(doc: Any, start: int, length: int) -> Parse:
    words = tuple(
        Word(
            index=t.i,
            start=start + t.idx,
            end=start + t.idx + len(t.text),
            text=t.text,
            lemma=t.lemma_.lower(),
            pos=t.pos_,
            tag=t.tag_,
            dep=t.dep_,
            head=t.head.i,
            entity=t.ent_type_,
        )
        for t in doc
    )
    return build(start, start + length, words)
