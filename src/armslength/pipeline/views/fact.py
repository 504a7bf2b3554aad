"""One fact, whole: its value, who says it, how many independent origins that leaves and why, and what speaks against it.

In:  a reading of a case and a fact's id; of a fact with hundreds of passages, which part of them is wanted.
Out: `FactView`, the same for the page and the terminal.
Never: leaves a denial or an answer out, or shows it with less than the claim has (METHOD F3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armslength.analyse.summary import summarise
from armslength.model.claims import Claim
from armslength.model.facts import Fact, Origins
from armslength.model.fairness import Asked as AskedOf
from armslength.model.fairness import fair
from armslength.model.ledger import Ledger
from armslength.pipeline.ledgers import ledger_of
from armslength.pipeline.views import words
from armslength.pipeline.views.answers import AnswerView, answers_of
from armslength.pipeline.views.conclusions import FindingView, findings_about
from armslength.pipeline.views.edge import EdgeView, edges_shown
from armslength.pipeline.views.lineage import GroupView, LineageView, Rows, lineage_view, rows_of
from armslength.pipeline.views.lines import FactLine, fact_lines
from armslength.pipeline.views.passages import DocumentRef, Passage
from armslength.pipeline.views.related import Related, RelatedFact, passages_of, quoted, related_to
from armslength.pipeline.views.standing import Standing, standing_of_fact
from armslength.pipeline.views.values import ValueStory, value_story
from armslength.store.read import Reader

__all__ = ["FactView", "GroupView", "Part", "RelatedFact", "fact_view", "passages_of"]

WHOLE = 40
"""Passages up to which a page shows all: some 4 kB each, far from the 500 kB that a page may weigh."""
FIRST = 4
"""Passages of each origin that a page shows where there are more; of many origins one each, so that all are no more than `WHOLE`."""
_EDGES = 60
"""Edges told in words on a fact's page; the others are on the page of its lineage."""
_GROUPS = 60
"""Origins listed on a page; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which passages a page wants."""

    group: int | None = None
    """Number of an origin, 0 for those that go back to none; None: the first few of each."""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfView:
    """Passages that go back to one origin, as far as the page shows them."""

    group: GroupView | None
    """None: those whose origin is not known."""
    number: int
    passages: tuple[Passage, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """Everything that is known about one fact, and what is not."""

    line: FactLine
    summary: str
    """The generated source summary (METHOD C10)."""
    apparent_words: str
    """How many sources it seems to have, and how many origins that are independent it has, in one sentence."""
    as_of_edtf: str
    state: str
    state_words: str
    standing: Standing
    why: tuple[str, ...]
    why_origins: tuple[str, ...]
    groups: tuple[GroupView, ...]
    unplaced: tuple[int, ...]
    """Numbers of passages that go back to no known origin."""
    shelves: tuple[ShelfView, ...]
    total: int
    """Passages of the fact."""
    edges: tuple[EdgeView, ...]
    edges_in_all: int
    related: Related
    answers: tuple[AnswerView, ...]
    legal: tuple[str, ...]
    """Legal status of those it speaks of, and what was put right, in sentences (METHOD F1, F4)."""
    fairness: tuple[str, ...]
    """Legal status, answers and corrections in sentences."""
    findings: tuple[FindingView, ...]
    values: ValueStory
    lineage: LineageView
    not_known: tuple[str, ...]
    """What is missing, in whole sentences."""

    @property
    def id(self) -> str:
        return self.line.id

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages shown, by number."""
        return tuple(sorted((row for shelf in self.shelves for row in shelf.passages), key=lambda row: row.number))

    def origin_of(self, number: int) -> GroupView | None:
        """The group that a passage is counted under."""
        return next((group for group in self.groups if number in group.passages), None)

    @property
    def denials(self) -> tuple[RelatedFact, ...]:
        return self.related.denials

    @property
    def documents(self) -> tuple[DocumentRef, ...]:
        """The documents of the passages shown, once each."""
        return tuple({found.document.id: found.document for found in self.passages}.values())


def fact_view(reader: Reader, fact_id: str, *, part: Part | None = None) -> FactView | None:
    """Everything about one fact, or with a `part` what one page shows of it. None: no such fact, or the part has no passage."""
    fact = reader.get(Fact, fact_id)
    if fact is None:
        return None
    rows = rows_of(reader, fact)
    line = fact_lines(reader, [fact], claims=rows.claims)[0]
    lineage = lineage_view(rows, articles=line.articles, origins=line.origins)
    shelves = _shelves(rows, lineage.groups, part)
    if part is not None and (part.page < 1 or not any(shelf.passages for shelf in shelves)):
        return None
    now, standing = ledger_of(reader.exact()), standing_of_fact(reader, fact)
    fairness, answers, legal = _fairness(rows, now)
    related = related_to(reader, fact_id)
    return FactView(
        line=line,
        summary=summarise(fact, rows.origins, rows.documents.values()),
        apparent_words=apparent_words(line),
        as_of_edtf=fact.as_of,
        state=fact.state,
        state_words=standing.words,
        standing=standing,
        why=fact.why,
        why_origins=rows.origins.why if rows.origins else (),
        groups=lineage.groups[:_GROUPS] if part else lineage.groups,
        unplaced=tuple(strand.number for strand in lineage.strands if not strand.origin),
        shelves=shelves,
        total=len(rows.claims),
        edges=edges_shown(rows, rows.edges[: _EDGES if part else None]),
        edges_in_all=len(lineage.ties),
        related=related,
        answers=answers,
        legal=legal,
        fairness=fairness,
        findings=findings_about(reader, fact, now, numbers=rows.numbers),
        values=value_story(reader, fact),
        lineage=lineage,
        not_known=not_known(fact, rows.origins, lineage.groups, latent=_latent(rows.claims), denied=bool(related.denials)),
    )


def apparent_words(line: FactLine) -> str:
    """Apparent sources beside independent origins, in one sentence."""
    if not line.counted:
        return f"{line.articles}; {line.origins}."
    seems = words.plural(line.apparent, "source")
    if line.unnamed:
        return f"It looks like {seems}; none of them says whom the information comes from."
    number = words.plural(line.min, "independent origin")
    more = f", at most {line.max}" if line.max > line.min else ""
    return f"It looks like {seems}; what can be shown is {number}{more}."


def _shelves(rows: Rows, groups: Sequence[GroupView], part: Part | None) -> tuple[ShelfView, ...]:
    """Passages by origin, those of unknown origin last."""
    placed = {number for group in groups for number in group.passages}
    left = tuple(number for number in rows.numbers.values() if number not in placed)
    asked: list[tuple[GroupView | None, int, tuple[int, ...]]] = [(group, group.number, group.passages) for group in groups]
    asked += [(None, 0, left)] if left else []
    if part is not None:
        asked = [row for row in asked if part.group in {None, row[1]}][:_GROUPS]
    first = max(1, min(FIRST, WHOLE // max(1, len(asked))))
    cuts = [(row, *_cut(row[2], len(rows.claims), part, first=first)) for row in asked]
    wanted = [number for _, numbers, _, _ in cuts for number in numbers]
    shown = dict(zip(wanted, quoted(rows.reader, [rows.claims[n - 1] for n in wanted], numbers=rows.numbers), strict=True))
    return tuple(
        ShelfView(group=row[0], number=row[1], passages=tuple(shown[n] for n in numbers), total=len(row[2]), page=page, pages=pages)
        for row, numbers, page, pages in cuts
    )


def _cut(numbers: tuple[int, ...], total: int, part: Part | None, *, first: int) -> tuple[tuple[int, ...], int, int]:
    """The passages of one origin that are shown, which page of them that is, and of how many."""
    if part is None or (part.group is None and total <= WHOLE):
        return numbers, 1, 1
    pages = max(1, -(-len(numbers) // WHOLE))
    if part.group is None:
        return numbers[:first], 1, pages
    return (numbers[(part.page - 1) * WHOLE : part.page * WHOLE] if 1 <= part.page <= pages else ()), part.page, pages


def _fairness(rows: Rows, now: Ledger) -> tuple[tuple[str, ...], tuple[AnswerView, ...], tuple[str, ...]]:
    """What must stand beside it about those it accuses: all in sentences, answers by themselves, the rest in sentences."""
    found = fair(rows.fact, {row.id: row for row in rows.claims}, rows.names.entities, now)
    answers = answers_of(rows.reader, rows.fact, found.asked)
    told = _Sentences(every=found.sentences, legal=tuple(_legal(found.sentences, found.asked)), answers=answers)
    hidden = rows.reader.hidden(told)
    return hidden.every, hidden.answers, hidden.legal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentences:
    every: tuple[str, ...]
    legal: tuple[str, ...]
    answers: tuple[AnswerView, ...]


def _legal(sentences: Sequence[str], asked: Sequence[AskedOf]) -> Iterator[str]:
    """The sentences that are no answers."""
    for sentence in sentences:
        if not any(sentence.startswith((f"{row.label} has not been asked", f"{row.label} was asked")) for row in asked):
            yield sentence


def _latent(claims: Sequence[Claim]) -> bool:
    return any(link.latent for claim in claims for link in claim.attribution)


def not_known(fact: Fact, origins: Origins | None, groups: Sequence[GroupView], *, latent: bool, denied: bool) -> tuple[str, ...]:
    """What a reader might take for granted and must not, in whole sentences."""
    found = []
    if origins and origins.max > origins.min and not fact.opinion:
        found.append(
            f"{words.plural(origins.min, 'origin')} can be shown to be independent. Up to {origins.max} are possible, but nothing in the "
            "documents shows that the others are separate."
        )
    if origins and origins.unknown:
        found.append(
            f"{words.plural(origins.unknown, 'passage')} {'does' if origins.unknown == 1 else 'do'} not say where the information "
            "comes from. An unknown chain counts as dependent and never raises the lower number of origins."
        )
    unseen = [group.label for group in groups if group.known and not group.primary_seen]
    if unseen:
        named = unseen if len(unseen) <= FIRST else [*unseen[:FIRST], f"{len(unseen) - FIRST} more"]
        found.append(f"What {words.listed(named)} published is not among the documents. It is known only by what others say it says.")
    if fact.measure and not fact.as_of:
        found.append("No passage says for which date this number holds.")
    if latent:
        found.append("Some passages do not name their source themselves; it was named elsewhere in the same document.")
    found.append("No source of this fact has been verified: the checklist of source, content and technical checks is not done.")
    if not denied:
        found.append("No denial was found in the documents of this case. That does not mean nobody denies it.")
    return tuple(found)
