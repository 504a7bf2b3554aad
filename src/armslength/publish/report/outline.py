"""What stands in a report, before anybody says how it looks.

In:  the content of a case, and the ontology's labels.
Out: `Report`: sections of entries, an entry a fact with its passages, denials and relations; every passage with a numbered source note.
Never: counts or decides anything; leaves out a fact; names a protected person outside a quotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from armslength.model.claims import Claim
from armslength.model.evidence import Document
from armslength.model.facts import Fact, Relation
from armslength.model.ontology import Ontology, load
from armslength.publish.content import Content, Names, fair_of, names_of

_SECTIONS: tuple[tuple[str, frozenset[str]], ...] = (
    ("Numbers", frozenset({"quantity", "undercount"})),
    ("Sites and ties", frozenset({"site", "org_link"})),
    ("What was done to people", frozenset({"incident", "method", "testimony", "victim_category"})),
    ("What authorities did", frozenset({"govt_response", "legal", "law_policy", "legal_characterisation"})),
    ("Denials and answers", frozenset({"denial", "no_comment", "admission"})),
    ("Reports and where they come from", frozenset({"publication_event", "provenance"})),
)
_OTHER = "Other"
_BEARS = {
    "supersedes": ("Later than", "Superseded by"),
    "contradicts": ("Contradicts", "Contradicted by"),
    "refines": ("Says more exactly", "Said more exactly by"),
    "derives": ("Is the sum of, or part of", "Is part of"),
}
"""Relation to the words for it, seen from either end; of two numbers in one sum each end reads naturally."""
ABOUT = tuple(
    """\
This report says what public documents say, who says it, and from whom they have it. It does not say what is true.
A fact is a group of passages that say the same thing about the same thing. Beside each fact stands how many independent origins it \
has, as a range: the lower number is what is shown, the upper what is possible. Five articles about one report are five documents and \
one origin. Passages of which nobody is named as the source never raise the lower number.
An opinion has no origins to count. Who denies a fact stands beside it. A later count by the same counter does not make the earlier \
one wrong.
Every quotation has a number, which leads to the document, its publisher and date, and the exact place in its text.""".splitlines()
)
"""How to read the report, for its first page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Where a quotation stands."""

    number: int
    text: str
    """The document in words: publisher, title, date."""
    place: str
    """Characters of its text, and the first signs of the hash that names it."""
    doc: str
    """Id of the document."""
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Exact words, who speaks in them, and the note that says where they stand."""

    quote: str
    lang: str
    chain: str
    """From the page's own voice to the deepest source named."""
    note: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """Another fact that bears on this one."""

    words: str
    label: str
    reason: str
    fact: str
    passages: tuple[Passage, ...] = ()
    """Quoted for a denial, so that it reads as plainly as what it denies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact."""

    fact: str
    heading: str
    kind: str
    summary: str
    as_of: str
    state: str
    passages: tuple[Passage, ...]
    denials: tuple[Bearing, ...]
    fairness: tuple[str, ...]
    """What must stand beside it about those it accuses: legal status, replies or that none was sought, corrections."""
    bearings: tuple[Bearing, ...]
    reasons: tuple[str, ...]
    """Why passages are not independent, or groups are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Facts of one sort."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole."""

    title: str
    as_of: str
    scope: str
    """The profile it was made under, in words; empty for an export of a whole case."""
    counted: str
    """How much there is, in one sentence."""
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]


def outline(content: Content) -> Report:
    """Put a case's content in the order in which it is read."""
    writer = _Writer(content, load())
    sections = tuple(writer.sections())
    facts, documents = len(content.facts), len(content.documents)
    return Report(
        title=content.title,
        as_of=content.as_of,
        scope=content.scope,
        counted=f"{_plural(facts, 'fact')} from {_plural(len(content.claims), 'passage')} in {_plural(documents, 'document')}.",
        about=ABOUT,
        sections=sections,
        notes=tuple(writer.notes),
    )


class _Writer:
    """Hands out note numbers in the order in which passages are read."""

    def __init__(self, content: Content, ontology: Ontology) -> None:
        self.notes: list[Note] = []
        self._content = content
        self._ontology = ontology
        self._names: Names = names_of(content)
        self._numbers: dict[str, int] = {}
        self._claims: Mapping[str, Claim] = {row.id: row for row in content.claims}
        self._documents: Mapping[str, Document] = {row.id: row for row in content.documents}
        self._facts: Mapping[str, Fact] = {row.id: row for row in content.facts}
        self._fair = fair_of(content)
        self._relations = _by_fact(content.relations)

    def sections(self) -> Iterator[Section]:
        """Sections that hold anything, in the order of reading."""
        families = [families for _, families in _SECTIONS]
        for heading, held in (*_SECTIONS, (_OTHER, None)):
            mine = [
                row
                for row in self._content.facts
                if (_family(row) in held if held is not None else not any(_family(row) in other for other in families))
            ]
            if mine:
                yield Section(heading=heading, entries=tuple(self._entry(row) for row in sorted(mine, key=self._order)))

    def _order(self, fact: Fact) -> tuple[int, str, str]:
        """What most documents tell of comes first."""
        return -len(fact.documents), fact.label, fact.id

    def _entry(self, fact: Fact) -> Entry:
        origins = self._content.origins.get(fact.id)
        passages = self._passages(fact)
        found = list(self._bearings(fact))
        return Entry(
            fact=fact.id,
            heading=self._names.masked(fact.label),
            kind=self._label(fact.kind),
            summary=self._names.masked(self._content.summaries.get(fact.id, "")),
            as_of=fact.as_of,
            state=fact.state,
            passages=passages,
            denials=tuple(one for type_, one in found if type_ == "denies"),
            fairness=tuple(self._names.masked(sentence) for sentence in self._fair[fact.id].sentences),
            bearings=tuple(one for type_, one in found if type_ != "denies"),
            reasons=tuple(self._names.masked(reason) for reason in origins.why) if origins else (),
        )

    def _label(self, code: str) -> str:
        return self._ontology.label(code) if self._ontology.has(code, scheme="kinds") else code

    def _passages(self, fact: Fact) -> tuple[Passage, ...]:
        rows = sorted((self._claims[claim] for claim in fact.claims if claim in self._claims), key=self._read)
        return tuple(self._passage(row) for row in rows)

    def _read(self, row: Claim) -> tuple[str, str, int]:
        document = self._documents.get(row.doc)
        return (document.published or "9999") if document else "9999", row.doc, row.start

    def _passage(self, row: Claim) -> Passage:
        document = self._documents.get(row.doc)
        if row.id not in self._numbers:
            self._numbers[row.id] = len(self.notes) + 1
            self.notes.append(self._note(row, document, self._numbers[row.id]))
        chain = " › ".join(self._voice(row))
        return Passage(quote=row.quote, lang=document.lang if document else "und", chain=chain, note=self._numbers[row.id])

    def _voice(self, row: Claim) -> Iterator[str]:
        document = self._documents.get(row.doc)
        for link in row.attribution:
            page = link.kind == "author"
            yield (document.publisher if page and document and document.publisher else None) or (
                "the article" if page else self._names.shown(link)
            )

    def _note(self, row: Claim, document: Document | None, number: int) -> Note:
        place = f"characters {row.start}–{row.end} of text {row.doc[:12]}"
        if document is None:
            return Note(number=number, text="A document that is not part of this release", place=place, doc=row.doc, start=row.start)
        told = [document.publisher or "publisher unknown", f"“{document.title}”" if document.title else document.first.file]
        told += [document.published or "date unknown", *([document.first.url] if document.first.url else [])]
        return Note(number=number, text=", ".join(told), place=place, doc=row.doc, start=row.start)

    def _bearings(self, fact: Fact) -> Iterator[tuple[str, Bearing]]:
        for relation, mine in self._relations.get(fact.id, ()):
            other = self._facts.get(relation.other if mine else relation.fact)
            if other is None or (relation.type == "denies" and mine):
                continue
            denied = relation.type == "denies"
            words = "Denied" if denied else _BEARS[relation.type][0 if mine else 1]
            label, reason = self._names.masked(other.label), self._names.masked(relation.reason)
            passages = self._passages(other) if denied else ()
            yield relation.type, Bearing(words=words, label=label, reason=reason, fact=other.id, passages=passages)


def _by_fact(relations: Sequence[Relation]) -> dict[str, list[tuple[Relation, bool]]]:
    """Fact to the relations it is an end of, with whether it is the first."""
    found: dict[str, list[tuple[Relation, bool]]] = {}
    for row in sorted(relations, key=lambda row: row.id):
        found.setdefault(row.fact, []).append((row, True))
        found.setdefault(row.other, []).append((row, False))
    return found


def _family(fact: Fact) -> str:
    return fact.kind.partition(".")[0]


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def entries(report: Report) -> Iterable[Entry]:
    """Every entry, in the order of reading."""
    return (entry for section in report.sections for entry in section.entries)
