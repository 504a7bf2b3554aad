"""A case resolved and traced in memory."""

from __future__ import annotations

from collections.abc import Sequence

from claim_samples import Resolved

from armslength.lineage.cast import Cast
from armslength.lineage.judged import judged
from armslength.lineage.publishers import NO_GROUPS, Groups
from armslength.lineage.relations import between_numbers, denials
from armslength.lineage.run import between_documents, trace
from armslength.lineage.sums import sums
from armslength.model.claims import Claim
from armslength.model.decisions import Judgement
from armslength.model.evidence import Document
from armslength.model.facts import LineageEdge, Origins
from armslength.pipeline.engines.one_process import OneProcess


class Traced(Resolved):
    """Everything from claims to origins and relations."""

    def __init__(self, documents: Sequence[Document], claims: Sequence[Claim], *judgements: Judgement, groups: Groups = NO_GROUPS) -> None:
        super().__init__(documents, claims)
        self.cast = Cast(entities=self.entities, documents=documents, groups=groups)
        self.people = judged(judgements)
        self.between = between_documents(self.cast, self.people, engine=OneProcess())
        self.edges, self.origins = trace(self.facts, claims, self.cast, self.between, people=self.people)
        by_id = {claim.id: claim for claim in claims}
        found = [row for made in (between_numbers, denials, sums) for row in made(self.facts, by_id, self.cast)]
        self.relations = sorted({row.id: row for row in found}.values(), key=lambda row: row.id)

    def of(self, claim: Claim) -> Origins:
        """The origins of the fact a claim is in."""
        fact = next(fact for fact in self.facts if claim.id in fact.claims)
        return next(row for row in self.origins if row.id == fact.id)

    def tie(self, one: Claim, two: Claim) -> list[LineageEdge]:
        """Edges between two claims, either way round."""
        return [edge for edge in self.edges if {edge.from_id, edge.to_id} == {one.id, two.id}]

    def relation(self, one: Claim, two: Claim) -> list[str]:
        """Types of the relations from the fact of one claim to that of another."""
        a, b = self.of(one).id, self.of(two).id
        return [row.type for row in self.relations if (row.fact, row.other) == (a, b)]


def limits(documents: Sequence[Document], claims: Sequence[Claim]) -> tuple[int, int, int]:
    """(min, max, unknown) of the only fact that the first claim is in."""
    found = Traced(documents, claims).of(claims[0])
    return found.min, found.max, found.unknown
