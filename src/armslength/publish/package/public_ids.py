"""Ids that lead nowhere, for whatever a release masks or leaves out.

In:  both sides of a release, the case's secret.
Out: both sides with other ids in the place of those that could be tried out, and which they are.
Never: changes an id that says nothing more than what is shown.

An id is a hash of what a row is made from: of a document its words, of a claim its document and place, of a fact its claims. Whoever
knows all but the masked name could try names until the hash fits. So a row that is masked or left out, and every row whose id is made
from its id, is called by an HMAC of its id under the case's secret: the same in every release of the case, and of no use to anybody else.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from armslength.base.ids import keyed_digest
from armslength.publish.content import Content

_Any = TypeVar("_Any")
_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_TABLES = ("documents", "claims", "facts", "relations", "edges", "entities", "sites", "incidents", "responses", "judgements")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PublicIds:
    """Both sides as they go into every format of a release."""

    shown: Content
    whole: Content
    ids: Mapping[str, str]
    """Id in the case to id in the release, where they differ."""


def public_ids(shown: Content, whole: Content, secret: bytes) -> PublicIds:
    """Rename what could be tried out, on both sides alike."""
    hidden = hidden_ids(shown, whole)
    ids = {one: keyed_digest(secret, "public id", one) for one in sorted(hidden)}
    return PublicIds(shown=rename(shown, ids), whole=rename(whole, ids), ids=ids)


def hidden_ids(shown: Content, whole: Content) -> frozenset[str]:
    """Ids of the rows that are masked or left out, of their sources, and of all rows whose ids are made from theirs."""
    found = {row.id for table in _TABLES for row in _masked(table, shown, whole)}
    found |= {one for one, row in whole.origins.items() if shown.origins.get(one) != row}
    found |= {seen.source for row in whole.documents if row.id in found for seen in row.appearances}
    found |= {row.id for row in whole.claims if row.doc in found}
    made_of_claims: Iterable[Any] = (*whole.facts, *whole.entities, *whole.sites, *whole.incidents, *whole.responses)
    found |= {row.id for row in made_of_claims if not found.isdisjoint(row.claims)}
    found |= {row.id for row in whole.edges if row.from_id in found or row.to_id in found}
    found |= {row.id for row in whole.relations if row.fact in found or row.other in found}
    found |= {row.id for row in whole.judgements if row.target in found or not found.isdisjoint(_ID.findall(row.value))}
    return frozenset(found)


def _masked(table: str, shown: Content, whole: Content) -> Iterable[Any]:
    there = {row.id: row for row in getattr(shown, table)}
    return [row for row in getattr(whole, table) if there.get(row.id) != row]


def rename(value: _Any, ids: Mapping[str, str]) -> _Any:
    """Rows, or rows of rows, with every id that is renamed in its new spelling; also inside text."""
    if not ids:
        return value
    new: Any = _renamed(value, ids)
    found: _Any = new
    return found


def _renamed(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        if len(value) == 64:
            return ids.get(value, value)
        return _ID.sub(lambda match: ids.get(match[0], match[0]), value) if len(value) > 64 else value
    if isinstance(value, tuple | list):
        return type(value)([_renamed(part, ids) for part in value])
    if isinstance(value, Mapping):
        return {_renamed(name, ids): _renamed(part, ids) for name, part in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {name: getattr(value, name) for name in _fields(type(value))}
        changed = {name: new for name, part in parts.items() if (new := _renamed(part, ids)) != part}
        return dataclasses.replace(value, **changed) if changed else value
    return value


def _fields(row_type: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(row_type) if field.init)
