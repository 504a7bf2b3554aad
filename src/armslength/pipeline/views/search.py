"""Searching: facts with the passage that was found, and documents with the words around it.

In:  a reading of a case; words, and what the facts or documents are chosen by.
Out: `SearchView`: lines and snippets, what was found marked by offsets into them, and how many there are.
Never: looks into what is hidden: words stand in the index with protected names already gone (METHOD N1, P3). A question that names somebody
who is hidden is answered as one whose words stand nowhere, by the same path. Nothing of what was asked is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from armslength.base.language import marked
from armslength.base.masking import Protected, folded, forms
from armslength.base.tokens import Term, asked, holds, mark, near, places
from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Fact
from armslength.pipeline.catalogue_entries import place_code
from armslength.pipeline.indexing import PARTS
from armslength.pipeline.masking import mask_for, mask_stamp
from armslength.pipeline.views.lines import FactLine, about_persons
from armslength.pipeline.views.listing import Option, options_of, read_lines
from armslength.pipeline.views.passages import DocumentRef
from armslength.pipeline.views.source import read_document_lines
from armslength.store import search
from armslength.store.read import Reader

FIRST = {"facts": 5, "documents": 10}
"""Shown of each where both are asked for."""
SHOWN = 20
"""Shown on a page of one of them."""
ORIGINS: tuple[tuple[str, str], ...] = (("0", marked("None known")), ("1", marked("One")), ("2", marked("Two or more")))
_AROUND = 150
"""Letters shown on each side of what was found."""
_LONGEST = 420
_MOST_CLAIMS = 40
"""Passages of a fact that are looked through for the one to show."""
_NOWHERE = Term(words=("\u2588.",))
"""Stands in no text."""
_WORD = re.compile(r"[^\W_]+")
_MOST_YEARS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAsked:
    """What was asked for; empty text for anything."""

    words: str = ""
    what: str = ""
    """`facts`, `documents`, or empty for the first of both."""
    kind: str = ""
    method: str = ""
    country: str = ""
    place: str = ""
    """Name of a town or region."""
    lang: str = ""
    """Language of documents."""
    origins: str = ""
    """Origins of facts: `0`, `1`, `2` for two or more."""
    since: int = 0
    until: int = 0
    """Years; 0 for any."""

    @property
    def chosen(self) -> bool:
        """Whether anything but words was asked for."""
        return bool(self.kind or self.method or self.country or self.place or self.lang or self.origins or self.since or self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A stretch of a text, names hidden."""

    text: str
    marks: tuple[tuple[int, int], ...]
    """What was found, as offsets into `text`."""
    cut_before: bool
    cut_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPassage:
    """A passage of a fact that holds what was asked for."""

    claim: str
    document: DocumentRef
    snippet: Snippet | None
    """None where the passage may be about a person: it is shown on the page of its document only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFact:
    """A fact that holds what was asked for."""

    line: FactLine
    marks: tuple[tuple[int, int], ...]
    """What was found in its label, as offsets."""
    passage: FoundPassage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDocument:
    """A document that holds what was asked for."""

    document: DocumentRef
    claims: int
    snippet: Snippet | None
    """None where nothing but its language, year or claims was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """What was found."""

    asked: SearchAsked
    empty: bool
    """Nothing was asked for yet, or only what must not stand there."""
    facts: tuple[FoundFact, ...]
    facts_total: int
    documents: tuple[FoundDocument, ...]
    documents_total: int
    page: int
    pages: int
    options: Mapping[str, tuple[Option, ...]]
    """What can be asked for: `kind`, `method`, `country`, `lang`."""
    ready: bool
    """False where nothing of this case was indexed yet."""


def search_view(reader: Reader, wanted: SearchAsked, *, page: int = 1) -> SearchView | None:
    """What was found; None for a page, a kind of result or a number of origins that there is not."""
    if wanted.what not in {"", *FIRST} or wanted.origins not in {"", *(code for code, _ in ORIGINS)}:
        return None
    terms = _safe(reader, asked(wanted.words), wanted)
    ready = reader.catalogue.searchable()
    empty = not ready or not (any(not term.excluded for term in terms) or wanted.chosen)
    of_facts, of_documents = _of_facts(terms, wanted), _of_documents(terms, wanted)
    some_facts = not (empty or wanted.lang)
    some_documents = not (empty or wanted.origins)
    facts_total = reader.catalogue.count(search.FACTS, of_facts) if some_facts else 0
    documents_total = reader.catalogue.count(search.DOCUMENTS, of_documents, parts=PARTS) if some_documents else 0
    total = {"facts": facts_total, "documents": documents_total}.get(wanted.what, 0)
    pages = max(1, -(-total // SHOWN))
    if not 1 <= page <= pages:
        return None
    facts: tuple[FoundFact, ...] = ()
    documents: tuple[FoundDocument, ...] = ()
    if some_facts and wanted.what != "documents":
        facts = _facts(reader, of_facts, terms, **_slice(wanted, "facts", page))
    if some_documents and wanted.what != "facts":
        documents = _documents(reader, of_documents, terms, **_slice(wanted, "documents", page))
    return SearchView(
        asked=wanted,
        empty=empty,
        facts=facts,
        facts_total=facts_total,
        documents=documents,
        documents_total=documents_total,
        page=page,
        pages=pages,
        options=_options(reader),
        ready=ready,
    )


def _slice(wanted: SearchAsked, what: str, page: int) -> dict[str, int]:
    return {"limit": SHOWN, "offset": (page - 1) * SHOWN} if wanted.what else {"limit": FIRST[what], "offset": 0}


def _options(reader: Reader) -> dict[str, tuple[Option, ...]]:
    languages = tuple(Option(code=code, words=code, count=n) for code, n in reader.catalogue.totals("lang"))
    return {**{name: rows for name, rows in options_of(reader).items() if name != "state"}, "lang": languages}


def _safe(reader: Reader, terms: Sequence[Term], wanted: SearchAsked) -> tuple[Term, ...]:
    """Terms that look for nobody: where a question names somebody who is hidden, it becomes one that is answered nowhere."""
    names = mask_for(reader).names
    newer = _not_yet_hidden(reader, names)
    kept = tuple(term for term in terms if not (term.excluded and _names_somebody(" ".join(term.words), names, newer)))
    question = " ".join(" ".join(term.words) for term in kept if not term.excluded)
    if _names_somebody(question, names, newer) or _names_somebody(wanted.words, names, newer, whole=True):
        return (_NOWHERE,)
    return (_NOWHERE,) if _names_somebody(wanted.place, names, newer) else kept


def _not_yet_hidden(reader: Reader, names: Protected) -> frozenset[str]:
    """Words that are hidden now and may stand open in an index that was made before they were."""
    if reader.catalogue.state("mask") == mask_stamp(reader):
        return frozenset()
    known = json.loads(reader.catalogue.state("names") or "[]")
    return frozenset(word for form in forms(names).difference(known) for word in form.split())


def _names_somebody(text: str, names: Protected, newer: frozenset[str], *, whole: bool = False) -> bool:
    """Whether a text holds a hidden name: its words together, written as one, or without spaces. A single word of a name may be a word
    of the language too, and then it is found where it is one: in the index it stands nowhere else. `whole`: only scripts without spaces.
    """
    plain, _ = folded(text)
    if names.unspaced is not None and names.unspaced.search(plain):
        return True
    if whole:
        return False
    words = _WORD.findall(plain)
    if any(word in names.handles or word in newer for word in words):
        return True
    return any(
        tuple(words[place : place + len(sequence)]) == sequence
        for place, word in enumerate(words)
        for sequence in names.sequences.get(word, ())
    )


def _of_facts(terms: Iterable[Term], wanted: SearchAsked) -> search.Wanted:
    marks = [("kind", wanted.kind), ("method", wanted.method), ("country", wanted.country), ("origins", wanted.origins)]
    return _wanted(terms, [*marks, ("place", place_code(wanted.place))], wanted)


def _of_documents(terms: Iterable[Term], wanted: SearchAsked) -> search.Wanted:
    marks = [("kind", wanted.kind), ("method", wanted.method), ("country", wanted.country), ("lang", wanted.lang)]
    return _wanted(terms, [*marks, ("place", place_code(wanted.place))], wanted)


def _wanted(terms: Iterable[Term], marks: Iterable[tuple[str, str]], wanted: SearchAsked) -> search.Wanted:
    parts = {excluded: tuple((term.words, term.beginning) for term in terms if term.excluded is excluded) for excluded in (False, True)}
    one_of: list[tuple[str, ...]] = [(mark(scheme, code),) for scheme, code in marks if code]
    if wanted.since or wanted.until:
        last = wanted.until or wanted.since + _MOST_YEARS
        first = wanted.since or last - _MOST_YEARS
        years = range(max(first, last - 2 * _MOST_YEARS), last + 1)
        one_of.append(tuple(mark("year", str(year)) for year in years) or (mark("year", "none"),))
    return search.Wanted(all_of=parts[False], one_of=tuple(one_of), none_of=parts[True])


def _facts(reader: Reader, wanted: search.Wanted, terms: Sequence[Term], *, limit: int, offset: int) -> tuple[FoundFact, ...]:
    numbers = reader.catalogue.find(search.FACTS, wanted, limit=limit, offset=offset)
    found = reader.catalogue.lines_numbered(numbers)
    lines = read_lines(reader, [found[number] for number in numbers if number in found])
    claims = {fact.id: fact.claims[:_MOST_CLAIMS] for fact in reader.exact().all(Fact, id=[line.id for line in lines])}
    rows = {row.id: row for row in reader.exact().all(Claim, id=sorted({claim for ids in claims.values() for claim in ids}))}
    chosen = {line.id: _passage_of(reader, [rows[claim] for claim in claims.get(line.id, ()) if claim in rows], terms) for line in lines}
    refs = _refs(reader, {claim.doc for claim, _ in filter(None, chosen.values())})
    return tuple(
        FoundFact(line=line, marks=tuple(places(line.label, terms)), passage=_found_passage(chosen[line.id], refs)) for line in lines
    )


def _passage_of(reader: Reader, claims: Sequence[Claim], terms: Sequence[Term]) -> tuple[Claim, Snippet | None] | None:
    """The first passage in which the most of what was asked for stands, with names hidden."""
    positive = [term for term in terms if not term.excluded]
    ranked = [(sum(holds(claim.quote, [term]) for term in positive), claim) for claim in claims] if positive else []
    for count, claim in sorted((pair for pair in ranked if pair[0]), key=lambda pair: (about_persons(pair[1]), -pair[0])):
        del count
        if about_persons(claim):
            return claim, None
        quote = reader.hidden(claim).quote
        if places(quote, terms, most=1):
            return claim, snippet(quote, terms)
    return None


def _found_passage(found: tuple[Claim, Snippet | None] | None, refs: Mapping[str, DocumentRef]) -> FoundPassage | None:
    if found is None or found[0].doc not in refs:
        return None
    claim, words = found
    return FoundPassage(claim=claim.id, document=refs[claim.doc], snippet=words)


def _refs(reader: Reader, docs: Iterable[str]) -> dict[str, DocumentRef]:
    rows = list(reader.catalogue.document_lines(set(docs)).items())
    return {line.ref.id: line.ref for line in read_document_lines(reader, rows)}


def _documents(reader: Reader, wanted: search.Wanted, terms: Sequence[Term], *, limit: int, offset: int) -> tuple[FoundDocument, ...]:
    units = reader.catalogue.find(search.DOCUMENTS, wanted, limit=limit, offset=offset, parts=PARTS)
    found = reader.catalogue.documents_numbered({unit // PARTS for unit in units})
    rows = [found[unit // PARTS] for unit in units if unit // PARTS in found]
    texts = {row.id: row.text for row in reader.all(Document, id=[row_id for row_id, _ in rows])}
    return tuple(
        FoundDocument(document=line.ref, claims=line.claims, snippet=snippet(texts.get(line.ref.id, ""), terms))
        for line in read_document_lines(reader, rows)
    )


def snippet(text: str, terms: Sequence[Term]) -> Snippet | None:
    """The words around the first place where something of what was asked for stands; None where nothing does."""
    stretches = (near(text, term) for term in terms if not term.excluded)
    low, high = next(filter(None, stretches), (0, 0))
    marks = [(start + low, end + low) for start, end in places(text[low:high], terms)]
    if not marks:
        return None
    begin = _word_start(text, max(0, marks[0][0] - _AROUND))
    end = _word_end(text, min(len(text), max(marks[0][1] + _AROUND, begin + _LONGEST)))
    shown = tuple((start - begin, stop - begin) for start, stop in marks if stop <= end)
    return Snippet(text=text[begin:end], marks=shown, cut_before=begin > 0, cut_after=end < len(text))


def _word_start(text: str, at: int) -> int:
    """The beginning of a word at or shortly behind a place."""
    found = text.find(" ", at, at + 30)
    return at if at == 0 or found < 0 else found + 1


def _word_end(text: str, at: int) -> int:
    found = text.rfind(" ", max(0, at - 30), at)
    return at if at == len(text) or found < 0 else found
