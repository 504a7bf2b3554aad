"""What people say of claims, facts, sites and incidents: accepted, rejected, or read otherwise.

In:  a case, a row named by the first characters of its id, a decision with its reason and the reviewer's hand.
Out: the judgement, kept and logged; what it changed.
Never: changes the machine's reading, which stays beside the reviewer's; takes an edit that no row could hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.errors import InputError
from armslength.model.claims import Claim
from armslength.model.edtf import is_valid
from armslength.model.facts import Fact
from armslength.model.ontology import load as load_ontology
from armslength.model.things import Incident, Site
from armslength.model.verdicts import DECISIONS, EDIT
from armslength.pipeline.finding import find_by_prefix
from armslength.pipeline.naming import refuse_names
from armslength.pipeline.remaking import Remade, remade
from armslength.pipeline.signing import Hand, Said, signed_row
from armslength.store.case import open_case
from armslength.store.read import Reader
from armslength.store.write import writing

Row = Claim | Fact | Site | Incident
ROWS: Mapping[str, type[Row]] = {"claim": Claim, "fact": Fact, "site": Site, "incident": Incident}
"""What people may accept, reject or edit, by the word for it."""
SCHEMES = {
    "kind": "kinds",
    "speech_act": "speech_acts",
    "modality": "modalities",
    "measure": "measures",
    "comparator": "comparators",
    "type": "site_types",
}
"""Fields whose values are codes, by the scheme they are in."""
_DATES = frozenset({"as_of", "event_date", "claimed_period", "period"})
FIELDS: Mapping[str, tuple[str, ...]] = {
    "claim": ("kind", "speech_act", "modality", "measure", "value", "comparator", "as_of", "event_date", "claimed_period"),
    "fact": ("label",),
    "site": ("label", "type", "country", "place"),
    "incident": ("label", "country", "place", "period"),
}
"""What may be edited. A claim's own words and who says them may not: reject the claim."""


def say_of(
    folder: Path, row: str, *, level: str, decision: str, reason: str, hand: Hand, clock: Clock, edits: Mapping[str, str] | None = None
) -> Remade:
    """Accept, reject or edit a row. `edits` are field to reading, as text. Raises InputError for a field or value that cannot be."""
    with writing(open_case(folder, clock=clock, actor=hand.who), clock=clock, actor=hand.who) as writer:
        said = said_of_row(writer.read, row, level=level, decision=decision, edits=edits)
        return remade(writer, signed_row(writer, said, hand=hand, reason=reason, clock=clock))


def said_of_row(reader: Reader, row: str, *, level: str, decision: str, edits: Mapping[str, str] | None = None) -> Said:
    """What is said of a row. Raises InputError for what cannot be said of it, a field it has not, or a value that cannot be."""
    if level not in ROWS or decision not in DECISIONS:
        raise InputError(f"{decision!r} cannot be said of a {level}. A {', '.join(ROWS)} can be accepted, rejected or edited.")
    if (decision == EDIT) != bool(edits):
        raise InputError("An edit needs at least one field to read otherwise, and nothing else takes any.")
    found: Row = find_by_prefix(reader, ROWS[level], row, word=level)
    told: dict[str, object] = {"level": level}
    if not isinstance(found, Claim):
        told["claims"] = sorted(found.claims)
    if edits:
        refuse_names(reader, *edits.values())
        told["set"] = {name: reading(level, name, text) for name, text in sorted(edits.items())}
        if isinstance(found, Claim) and found.quantity is None and edits.keys() & {"measure", "value", "comparator"}:
            raise InputError("No number was read in that claim, so there is none to read otherwise.")
    value = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Said(target=found.id, decision=decision, value=value)


def reading(level: str, name: str, text: str) -> str | int | float:
    """A reviewer's reading of a field. Raises InputError when the row has no such field or the field no such value."""
    if name not in FIELDS[level]:
        raise InputError(f"A {level} has no {name!r} that can be edited; it has {', '.join(FIELDS[level])}.")
    text = text.strip()
    if name in SCHEMES:
        return load_ontology().canonical(text, scheme=SCHEMES[name])
    if name in _DATES and not is_valid(text):
        raise InputError(f"{text!r} is no date in EDTF: write 2026, 2026-03, 2026-03-14, 2026-01/2026-03.")
    if name == "country" and not (len(text) == 2 and text.isalpha() and text.isupper()):
        raise InputError(f"{text!r} is no country code: two capital letters, as in ISO 3166-1.")
    return _number(text) if name == "value" else text


def _number(text: str) -> int | float:
    try:
        return int(text) if text.lstrip("-").isdigit() else _finite(float(text))
    except ValueError:
        raise InputError(f"{text!r} is no number.") from None


def _finite(value: float) -> float:
    if value - value != 0:
        raise ValueError("not finite")
    return value
