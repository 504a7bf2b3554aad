"""A copy of a case to take along: everything read in it, nothing that names a protected person, no source bytes, no vault.

In:  a case; a new folder; how the copy's key is kept.
Out: a case of its own that opens like any other, with names hidden for good. It cannot be built, added to or unmasked.
Never: carries a text as the source has it, the case's keys or secret, or an id that can be guessed from a name or a public text.

What is hidden cannot be brought back: the copy holds blocks. Documents are named by the hash of their masked text; everything else, whose
id could be guessed from a name or worked out from a public article, gets an id of the copy's own.
"""

from __future__ import annotations

import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.base.ids import digest, digest_text, keyed_digest
from armslength.base.masking import mask
from armslength.model.claims import Claim
from armslength.model.codec import from_json, to_json
from armslength.model.evidence import Document
from armslength.model.facts import Count, Fact, LineageEdge, Origins, Relation
from armslength.model.outcome import Rejected, StageRun
from armslength.model.things import Entity, Incident, Response, Site
from armslength.pipeline.cataloguing import catalogue
from armslength.pipeline.counting import count_again
from armslength.pipeline.masking import mask_for
from armslength.store.case import Case, create_case, open_case
from armslength.store.locks import Lock
from armslength.store.log import COPY_MADE
from armslength.store.read import Reader, reading
from armslength.store.write import writing

_CARRIED: tuple[type, ...] = (Claim, Entity, Site, Incident, Response, Fact, LineageEdge, Origins, Relation, Count, Rejected)
_ID = re.compile(r"[0-9a-f]{64}")


def make_travel_copy(folder: Path, to: Path, *, lock: Lock | None, clock: Clock, actor: str) -> Case:
    """Make a travel copy of a case in a new folder. Raises InputError for a copy of a copy, or a folder inside the case."""
    case = open_case(folder, clock=clock, actor=actor)
    if case.copy_of:
        raise InputError(f"{folder} is a travel copy itself. Copy its folder as it is.")
    if to.resolve().is_relative_to(case.folder.resolve()):
        raise InputError(f"{to} lies in the case. Give --to a folder elsewhere.")
    with writing(case, clock=clock, actor=actor) as writer:
        count_again(writer)
    with reading(case) as reader:
        hide = mask_for(reader)
        copy = create_case(to, name=mask(case.name, hide.names), clock=clock, actor=actor, lock=lock, copy_of=case.id)
        hidden, ids = reader.hiding(hide.row), _Ids(reader)
        run = StageRun(id="travel", version="1", input_hash=digest("travel", case.id), output_hash="")
        try:
            with writing(copy, clock=clock, actor=actor) as writer:
                writer.put(run, _rows(hidden, ids))
                catalogue(writer)
        except BaseException:
            shutil.rmtree(copy.folder, ignore_errors=True)
            raise
    with writing(case, clock=clock, actor=actor) as writer:
        writer.record(COPY_MADE, copy.id, {"kind": "travel", "encrypted": lock is not None})
    return copy


class _Ids:
    """New ids in the place of old ones, wherever a row holds them."""

    def __init__(self, reader: Reader) -> None:
        secret = secrets.token_bytes(32)
        own = {mention for entity in reader.all(Entity) for mention in entity.mentions}
        for claim in reader.all(Claim):
            own |= {link.mention for link in claim.attribution} | {party.mention for party in claim.parties}
        for row_type in _CARRIED:
            rows: list[Any] = reader.all(row_type)
            own |= {row.id for row in rows if _ID.fullmatch(row.id)}
        self._new: dict[str, str] = {old: keyed_digest(secret, "row", old) for old in sorted(own)}
        self._secret = secret

    def documents(self, rows: list[Document]) -> Iterator[Document]:
        """Documents under the hash of their masked text. Two texts that differ in names only become one, found in both places."""
        found: dict[str, Document] = {}
        for row in rows:
            new = digest_text(row.text)
            self._new[row.id] = new
            places = tuple(replace(one, source=keyed_digest(self._secret, "source", one.source)) for one in row.appearances)
            known = found.get(new)
            found[new] = replace(row, id=new, appearances=(*(known.appearances if known else ()), *places))
        yield from found.values()

    def renamed(self, row: Any) -> Any:
        """A row with new ids."""
        return from_json(type(row), _ID.sub(lambda match: self._new.get(match.group(), match.group()), to_json(row)))


def _rows(reader: Reader, ids: _Ids) -> Iterator[object]:
    yield from ids.documents(reader.all(Document))
    for row_type in _CARRIED:
        rows: list[object] = reader.all(row_type)
        yield from (ids.renamed(row) for row in rows)
