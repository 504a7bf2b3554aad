"""Keeps protected persons' names out of what people write into the log, which is kept for ever.

In:  a case, words that somebody wrote.
Out: nothing, or an InputError that names the pseudonym to use.
Never: repeats the name in its message. It knows the names that were read in the documents, however they are written, and their last words
as they are written there, and no others.
"""

from __future__ import annotations

from armslength.base.errors import InputError
from armslength.model.things import Entity
from armslength.pipeline.following import written_of
from armslength.publish.content import UNKNOWN_PERSON
from armslength.store.read import Reader


def refuse_names(reader: Reader, *texts: str) -> None:
    """Raise InputError when one of the texts holds a protected person's name."""
    written = [text for text in texts if text.strip()]
    mention = next(written_of(reader, written), "") if written else ""
    if not mention:
        return
    entity = reader.get(Entity, reader.entity_of([mention]).get(mention, ""))
    told = entity.label if entity is not None and entity.protected else UNKNOWN_PERSON
    raise InputError(
        f"What you wrote holds the name of a protected person. The log is kept for ever and travels with the case: write {told!r} instead."
    )
