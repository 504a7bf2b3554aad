"""What a fact, site, incident or response is called, in plain words.

In:  ontology codes, places, entities.
Out: short labels.
Never: holds words of a quote or the name of a person; a person is a pseudonym here as everywhere outside the document's text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from armslength.model.claims import COMPARED, Quantity
from armslength.model.ontology import Ontology

_SCHEMES = (
    "kinds", "measures", "methods", "responses", "accused_responses", "outcomes", "site_types", "site_functions", "site_flags",
    "site_states", "target_relations", "perpetrator_relations", "legal_states",
)  # fmt: skip


def label_of(code: str, ontology: Ontology) -> str:
    """The ontology's words for a code; for a code it does not know, the code with its marks as spaces."""
    for scheme in _SCHEMES:
        if ontology.has(code, scheme=scheme):
            return ontology.label(code, scheme=scheme)
    return code.rpartition(".")[2].replace("_", " ")


def number_words(quantity: Quantity, low: float | None, high: float | None) -> str:
    """`at least 54`, `102`, or for a vague count its limits."""
    if quantity.value is not None:
        value = quantity.value
        written = f"{int(value):,}" if float(value).is_integer() else f"{value:,}"
        return COMPARED.get(quantity.comparator, "") + written
    if low is not None and high is not None:
        return f"between {low:,} and {high:,} (no number given)"
    return f"{low:,} or more (no number given)" if low is not None else "no number given"


def in_words(codes: Iterable[str], ontology: Ontology) -> str:
    """Codes as a list in words, sorted by code."""
    return ", ".join(dict.fromkeys(label_of(code, ontology) for code in sorted(codes)))


def place_words(city: str, country: str, countries: Mapping[str, str]) -> str:
    """`Madrid, Spain`, `Spain`, or empty."""
    return ", ".join(part for part in (city, countries.get(country, country)) if part)
