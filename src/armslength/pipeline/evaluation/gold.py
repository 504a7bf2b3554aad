"""A gold file: what people found in some documents, coded by hand (docs/evaluating.md says how to write one).

In:  the bytes of a JSON file. Out: `Gold`, checked. Never: ignores a claim that it cannot place; a file with one is refused.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from armslength.base.errors import InputError
from armslength.base.offsets import Range

OPINIONS = frozenset({"assessment", "recommendation", "prediction"})
"""Kind families that are views and no facts."""


class GoldDocument(msgspec.Struct, frozen=True):
    """A document that was coded."""

    id: str
    file: str
    sha256: str = ""
    """Of the file's bytes; finds a file that was given another name."""
    publisher: str | None = None
    original_publisher: str | None = None
    chars: int | None = None


class GoldEntity(msgspec.Struct, frozen=True):
    """Somebody who speaks. Entities of one `party` are one voice: an organisation, its report and its spokeswoman."""

    id: str
    name: str | None = None
    aliases: tuple[str, ...] = ()
    party: str | None = None
    organisation: str | None = None


class GoldClaim(msgspec.Struct, frozen=True):
    """What one passage says, as people read it."""

    id: str
    doc: str
    type: str
    """Kind; its family, before the dot, is what is compared."""
    start: int
    end: int
    quote: str
    originator: str
    salience: str = "core"
    """`core`, `secondary` or `opinion`."""
    attribution_chain: tuple[str, ...] = ()
    originator_also: tuple[str, ...] = ()
    type_also: tuple[str, ...] = ()
    chain_partly_latent: bool = False
    normalised: dict[str, object] = {}
    """`value` and `comparator` where the claim gives a number; `comparator_also`."""
    duplicate_spans: tuple[Mapping[str, object], ...] = ()

    @property
    def family(self) -> str:
        return self.type.partition(".")[0]

    @property
    def value(self) -> float | None:
        """The number, if there is one."""
        return as_number(self.normalised.get("value"))

    @property
    def comparators(self) -> frozenset[str]:
        also = self.normalised.get("comparator_also")
        given = [self.normalised.get("comparator"), *(also if isinstance(also, list) else [])]
        return frozenset(one for one in given if isinstance(one, str))

    @property
    def factual(self) -> bool:
        return self.salience != "opinion" and self.family not in OPINIONS

    @property
    def spans(self) -> tuple[Range, ...]:
        """Where it stands, and where the page says it again in the same words."""
        copies = [(copy.get("start"), copy.get("end")) for copy in self.duplicate_spans]
        return ((self.start, self.end), *((a, b) for a, b in copies if isinstance(a, int) and isinstance(b, int)))

    @property
    def numberless(self) -> bool:
        """Whether a reader that gives a number here has made it up: the coders found none in any form."""
        return not any(key.startswith(("value", "count", "established")) for key in self.normalised)

    @property
    def voices(self) -> frozenset[str]:
        """Entities that may be its originator. Where the page hides part of the chain, each voice of it may be."""
        hidden = [v for v in self.attribution_chain if not is_page(v)] if self.chain_partly_latent else []
        return frozenset({self.originator, *self.originator_also, *hidden})


class Gold(msgspec.Struct, frozen=True):
    """Documents, who speaks in them, and what they say."""

    documents: tuple[GoldDocument, ...]
    claims: tuple[GoldClaim, ...]
    entities: tuple[GoldEntity, ...] = ()


def read_gold(data: bytes, *, name: str) -> Gold:
    """Take a gold file apart. Raises InputError, saying where, when it is not one."""
    try:
        gold = msgspec.json.decode(data, type=Gold)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise InputError(f"{name} is not a gold file: {error}. docs/evaluating.md shows the form.") from error
    known = {document.id for document in gold.documents}
    for one in gold.claims:
        if one.doc not in known:
            raise InputError(f"{name}: claim {one.id} is about the document {one.doc}, which is not among the file's documents.")
        if not 0 <= one.start < one.end:
            raise InputError(f"{name}: claim {one.id} stands nowhere (start {one.start}, end {one.end}).")
    return gold


def is_page(entity: str) -> bool:
    """Whether an entity is the page's own voice: its author or publisher."""
    return entity.startswith(("author:", "pub:"))


def as_number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
