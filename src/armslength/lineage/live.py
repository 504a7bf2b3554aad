"""Who is who, looked up when it is asked: for edges between documents, which may ask about any publisher of a case.

In:  what was noted of entities, a way to read which entity a mention belongs to.
Out: a `Cast` whose lookups read what they need.
Never: reads all entities.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from armslength.lineage.cast import AUTHOR, Cast
from armslength.lineage.lookups import Live
from armslength.lineage.publishers import Groups
from armslength.lineage.tracing import Rows, heads_of, names_of
from armslength.model.claims import mention_id
from armslength.model.entries import Entries
from armslength.model.things import Entity


def live_cast(rows: Rows, kept: Entries, groups: Groups, *, publishers: Collection[str], docs: Collection[str]) -> Cast:
    """Who is who in a case. `publishers`, `docs`: entities, and documents whose own voice, will be asked for in any case."""
    voices = rows.entity_of([mention_id(doc, "author", AUTHOR) for doc in docs])
    entities: Live[Entity] = Live(lambda ids: heads_of(ids, kept), heads_of({*publishers, *voices.values()}, kept))

    def by_mention(mentions: Collection[str]) -> Mapping[str, Entity]:
        return {mention: entities[row] for mention, row in rows.entity_of(mentions).items()}

    cast = Cast(entities=(), documents=(), groups=groups)
    cast.__dict__.update(
        by_id=entities,
        by_mention=Live(by_mention, {mention: entities[row] for mention, row in voices.items()}),
        by_name=Live(lambda names: names_of(names, kept)),
        owners=Live(lambda ids: {row: owner for row in ids if (owner := cast.owner(row))}),
    )
    return cast


def publishers_in(pieces: Iterable[str]) -> set[str]:
    """The publishers that pieces of prints hold: the second line of each."""
    return {who for piece in pieces for who in piece.split("\n", 2)[1].split(" ") if len(who) > 1}
