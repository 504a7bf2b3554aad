"""Lines of the facts that something is told in: from the catalogue, and from the facts themselves where it does not know them.

In:  ids of facts.
Out: their lines, names hidden as the reading hides them.
Never: leaves a fact out because a list of it has not been made yet.
"""

from __future__ import annotations

from collections.abc import Collection

from armslength.model.facts import Fact
from armslength.pipeline.views.lines import FactLine, fact_lines
from armslength.pipeline.views.listing import lines_of
from armslength.store.read import Reader


def told_lines(reader: Reader, facts: Collection[str]) -> dict[str, FactLine]:
    """Lines by id of the facts that are there."""
    found = lines_of(reader, facts) if facts else {}
    missing = sorted(set(facts) - found.keys())
    return found | ({line.id: line for line in fact_lines(reader, reader.all(Fact, id=missing))} if missing else {})
