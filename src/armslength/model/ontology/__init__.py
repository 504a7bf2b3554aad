"""What claims are coded in: kinds, methods, measures, responses and the rest, as YAML files that are linted and documented.

`load()` gives the ontology; `Ontology` looks codes up; `takes_in` asks whether a claim falls under a scope profile.
"""

from __future__ import annotations

from armslength.model.ontology.lookup import Ontology, load
from armslength.model.ontology.rows import AuthorityResponse, Coded, Crosswalk, Entry, Kind, Measure, Method, Profile, Scheme
from armslength.model.ontology.scope import methods_of, takes_in

__all__ = [
    "AuthorityResponse",
    "Coded",
    "Crosswalk",
    "Entry",
    "Kind",
    "Measure",
    "Method",
    "Ontology",
    "Profile",
    "Scheme",
    "load",
    "methods_of",
    "takes_in",
]
