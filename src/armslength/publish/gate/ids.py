"""The ids of one release: none that leads to a person or to a withheld document.

In:  the true rows, the rows as they are shown.
Out: true id to shown id; the rows with the ids of this release.
Never: keeps an id that can be computed from a page or a name: an id is a hash of what it names, and whoever guesses that has proof.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from armslength.base.ids import keyed_digest
from armslength.publish.content import Content
from armslength.publish.gate.generalise import View
from armslength.publish.gate.naming import shown_entity
from armslength.publish.gate.passages import padded
from armslength.publish.gate.persons import voices_of
from armslength.publish.package.public_ids import rename

_ID = re.compile(r"\b[0-9a-f]{64}\b")


def ids_of(case: Content, true: Content, shown: Content, view: View) -> dict[str, str]:
    """True id to the id of this release, for every id that leads to a person or to a text that is not shown as it is.

    An id is a hash of what it names: whoever guesses the page, or the name, computes it and has proof. `case`: all there is;
    `true` and `shown`: what is shown, before and after it was generalised.
    """
    texts = {row.id: row.text for row in true.documents}
    hidden = {row.id for row in shown.documents if row.text != texts[row.id]}
    claims = {row.id for row in case.claims if row.doc in hidden}
    facts = {row.id for row in case.facts if claims & set(row.claims)}
    found = {*hidden, *claims, *facts}
    found |= {seen.source for row in true.documents if row.id in view.passages.hidden for seen in row.appearances}
    found |= {row.id for row in case.edges if row.from_id in found or row.to_id in found}
    found |= {row.id for row in case.relations if row.fact in facts or row.other in facts}
    found |= {row.id for row in case.incidents if claims & set(row.claims)} | {row.id for row in case.responses if claims & set(row.claims)}
    found |= set(view.persons.protected)
    found |= {voice.mention for rows in (case.claims, shown.claims) for row in rows for voice in voices_of(row)}
    found |= {mention for row in case.entities for mention in row.mentions}
    found |= {row.id for row in case.judgements if row.target in found or not found.isdisjoint(_ID.findall(row.value))}
    return {one: keyed_digest(view.secret, "id", one) for one in found}


def with_ids(content: Content, ids: Mapping[str, str], view: View) -> Content:
    """Rows with the ids of this release, entities as they are shown, and only those that something shown names."""
    linked = {voice.mention for row in content.claims for voice in voices_of(row)}
    entity_of = {mention: one for mention, one in content.entity_of.items() if mention in linked}
    used = set(entity_of.values()) | {row.counter for row in content.facts} | {row.authority for row in content.responses}
    used |= {row.part_of for row in content.entities if row.id in used}
    used &= {row.id for row in content.entities if row.id not in view.persons.protected or row.id in view.labels}
    mentions: dict[str, list[str]] = {}
    for mention, one in sorted(entity_of.items()):
        mentions.setdefault(one, []).append(mention)
    entities = [shown_entity(row, view.persons, view.labels, view.speech) for row in content.entities if row.id in used]
    cut = replace(
        content,
        entities=[replace(row, mentions=tuple(mentions.get(row.id, ()))) for row in entities],
        facts=[replace(row, counter=row.counter if row.counter in used else "") for row in content.facts],
        responses=[replace(row, authority=row.authority if row.authority in used else "") for row in content.responses],
        entity_of={mention: one for mention, one in entity_of.items() if one in used},
    )
    return in_order(rename(cut, ids))


def in_order(content: Content) -> Content:
    """Rows in the order of the ids they have now: an order that was another's would say something."""
    tables = ("documents", "claims", "facts", "relations", "edges", "entities", "sites", "incidents", "responses", "counts", "judgements")
    changed: dict[str, Any] = {table: sorted(getattr(content, table), key=lambda row: str(row.id)) for table in tables}
    return replace(content, **changed)


def whole_of(case: Content, ids: Mapping[str, str], view: View) -> Content:
    """The whole case under the ids of this release: what a package commits to. Withheld texts are as long as they are shown."""
    hidden = view.passages.hidden
    documents = [replace(row, text=padded(row.text)) if row.id in hidden else row for row in case.documents]
    return rename(replace(case, documents=documents), ids)
