"""Keeps protected persons' names out of what people write into the log, which is kept for ever.

In:  a case, words that somebody wrote.
Out: nothing, or an InputError that names the pseudonym to use.
Never: repeats the name in its message. It knows the names that were read in the documents, however they are written, and their last words
as they are written there, and no others.
"""

from __future__ import annotations

import re

from armslength.base.errors import InputError
from armslength.model.claims import Claim
from armslength.model.things import Entity
from armslength.publish.content import Content, names_of
from armslength.store.read import Reader

_WORD = re.compile(r"\w+")


def refuse_names(reader: Reader, *texts: str) -> None:
    """Raise InputError when one of the texts holds a protected person's name."""
    written = [text for text in texts if text.strip()]
    entities = reader.all(Entity) if written else []
    if not any(row.protected for row in entities):
        return
    claims = reader.all(Claim)
    mentions = {link.mention for claim in claims for link in claim.attribution} | {
        party.mention for claim in claims for party in claim.parties
    }
    names = names_of(Content(claims=claims, entities=entities, entity_of=reader.entity_of(mentions)))
    for text in written:
        folded = f" {' '.join(_WORD.findall(text.casefold()))} "
        whole = (label for name, label in names.whole.items() if " " in name and f" {' '.join(_WORD.findall(name.casefold()))} " in folded)
        written_out = names.hidden.search(text) if names.hidden else None
        found = names.told[written_out.group()] if written_out else next(whole, None)
        if found is not None:
            raise InputError(
                "What you wrote holds the name of a protected person. The log is kept for ever and travels with the case: "
                f"write {found!r} instead."
            )
