"""The spaCy parser: texts of sentences in, `Parse` rows out.

The model is looked for among what is installed, in this order: the official small English model, any other installed model whose
metadata says English with tagger, parser and names. Nothing is downloaded. Results depend on the model, so its name and version
are part of the reader's version.

The pipes of the model are run here one by one, which gives what `model.pipe` gives in half the time (decision 0016): the parser and the
names step through their states with the interpreter's lock held, and word class and lemma come from a table (`spacy_words`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import metadata
from typing import Any

from armslength.base.errors import MissingPieceError
from armslength.extract.backends.spacy_vectors import lighten
from armslength.extract.backends.spacy_words import Forms, forms_of
from armslength.extract.parsed import Parse, Word, build

PREFERRED = ("en_core_web_sm", "en_core_web_md", "en_core_web_lg")
NEEDED_PIPES = frozenset({"tagger", "parser", "ner", "lemmatizer"})
HOW = (
    "No English model for the parser is installed, so no claim can be read. Install one with: "
    "pip install -r requirements.lock (brings a small one), or python -m spacy download en_core_web_sm."
)
LONGEST = 3_000
"""Characters; a sentence beyond this is a table or a broken page, and parsing time grows with its length."""
_TOGETHER = 100
"""Sentences parsed at a time: 20 take a third longer each, 500 no less, and need five times the memory."""
_STEPPED = frozenset({"parser", "ner"})
_LOOKED_UP = frozenset({"attribute_ruler", "lemmatizer"})
_PLAIN = frozenset({"tok2vec", "tagger"})
_COLUMNS = ("ORTH", "TAG", "DEP", "HEAD", "ENT_TYPE", "IDX")
_BELOW_ZERO = 1 << 63
"""From here on spaCy's unsigned numbers mean negative ones: a head before its word."""


@cache
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


@cache
def model_version() -> str:
    """Name and version of parser and model: `spacy 3.8.18, en_core_web_sm 3.8.0`."""
    name = model_name()
    return f"spacy {metadata.version('spacy')}, {name} {metadata.version(name)}"


@lru_cache(maxsize=1)
def _load(name: str) -> tuple[Any, Forms | None]:
    """One model a process: loading takes about a second, and it is never changed. With its table of words, if it is one we know."""
    import spacy

    model = spacy.load(name)
    missing = NEEDED_PIPES - set(model.pipe_names)
    if missing:
        raise MissingPieceError(f"The model {name} has no {', '.join(sorted(missing))}. {HOW}")
    forms = forms_of(model) if set(model.pipe_names) == _STEPPED | _LOOKED_UP | _PLAIN else None
    if forms is not None:
        lighten(model)
    return model, forms


def parse(sentences: Iterable[tuple[int, str]]) -> Iterator[Parse | None]:
    """Parse sentences given as (offset in the document, text), in order. None for one that is too long to be a sentence.

    Which sentences are parsed together depends on nothing but what is given here. Callers give the sentences of one document: then
    how many documents there are, in which order and in how many processes cannot matter, whatever the arithmetic of a processor does
    with a larger matrix.
    """
    model, forms = _load(model_name())
    given = list(sentences)
    short = [(start, text) for start, text in given if len(text) <= LONGEST]
    parsed = (one for at in range(0, len(short), _TOGETHER) for one in _parsed(model, forms, short[at : at + _TOGETHER]))
    for _, text in given:
        yield None if len(text) > LONGEST else next(parsed)


def _parsed(model: Any, forms: Forms | None, some: Sequence[tuple[int, str]]) -> list[Parse]:
    if forms is None:
        docs = list(model.pipe([text for _, text in some], batch_size=len(some)))
        return [_read(doc, start, len(text)) for doc, (start, text) in zip(docs, some, strict=True)]
    docs = [model.make_doc(text) for _, text in some]
    for name, pipe in model.pipeline:
        if name in _STEPPED:
            _step_through(pipe, docs)
        elif name in _PLAIN:
            docs = list(pipe.pipe(docs, batch_size=len(docs)))
    return [_looked_up(forms, doc, start, len(text)) for doc, (start, text) in zip(docs, some, strict=True)]


def _step_through(pipe: Any, docs: Sequence[Any]) -> None:
    """Run a transition-based pipe as its own `greedy_parse` does, but from here.

    That one lets go of the interpreter's lock, and asks for it again for each of 74 possible moves at each word: 0.6 of the 1.1 seconds
    that names took for 12,000 words. The moves, their scores and the choice between them are spaCy's own in both.
    """
    model = pipe.model.predict(docs)
    last = model.vec2scores
    plain = last is not None and last.name == "linear" and all(model.class_is_unseen(move) for move in range(model.nO))
    states = pipe.moves.init_batch(docs)
    going = [state for state in states if not state.is_final()]
    while going:
        if plain:  # every move has been seen in training (for which spaCy's name is the wrong way round): no score needs masking
            scores = last.ops.gemm(model.state2vec.predict(model.get_token_ids(going)), last.get_param("W"), trans2=True)
            scores += last.get_param("b")
        else:
            scores = model.predict(going)
        going = pipe.transition_states(going, scores)
    pipe.set_annotations(docs, states)


def _looked_up(forms: Forms, doc: Any, start: int, length: int) -> Parse:
    """The rows of a sentence whose word classes and lemmas are not set yet."""
    table = doc.to_array(_COLUMNS).tolist() if len(doc) else []
    found = [forms.of(orth, tag, dep) for orth, tag, dep, *_ in table]
    if any(form.opens for form in found):
        return _read(forms.complete(doc), start, length)
    strings = doc.vocab.strings
    words = tuple(
        Word(
            index,
            start + at,
            start + at + len(form.text),
            form.text,
            form.lemma,
            form.pos,
            form.tag,
            form.dep,
            index + (head if head < _BELOW_ZERO else head - 2 * _BELOW_ZERO),
            strings[entity] if entity else "",
        )
        for index, (form, (_, _, _, head, entity, at)) in enumerate(zip(found, table, strict=True))
    )
    return build(start, start + length, words)


def _read(doc: Any, start: int, length: int) -> Parse:
    """The rows of a sentence that has been through all pipes."""
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
