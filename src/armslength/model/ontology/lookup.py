"""The ontology as one value, with lookups by code.

In:  the schemes.
Out: `Ontology`; `load()` gives the packaged one, read once.
Never: answers an unknown code with a default; the error says which codes come near.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from armslength.base.errors import InputError
from armslength.model.ontology import reading
from armslength.model.ontology.rows import AuthorityResponse, Coded, Kind, Measure, Method, Profile, Scheme

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ontology:
    """Every scheme, and its entries by code and alias."""

    schemes: Mapping[str, Scheme]
    by_code: Mapping[str, Mapping[str, Coded]]
    """Scheme, then code or alias."""
    fingerprint: str
    """Changes when anything in the ontology does; part of what a stage's output depends on."""

    def entry(self, code: str, *, scheme: str = "") -> Coded:
        """The entry of a code or alias. Without a scheme, looks through those whose codes are unique everywhere.

        Raises InputError for an unknown code, naming codes that come near.
        """
        if scheme:
            found = self._scheme(scheme).get(code)
        else:
            found = next(
                (entries[code] for name, entries in self.by_code.items() if not self.schemes[name].local and code in entries), None
            )
        if found is None:
            raise InputError(self._unknown(code, scheme))
        return found

    def canonical(self, code: str, *, scheme: str = "") -> str:
        """The code that an alias stands for; a code stands for itself."""
        return self.entry(code, scheme=scheme).code

    def label(self, code: str, *, scheme: str = "") -> str:
        """The words for a code."""
        return self.entry(code, scheme=scheme).label

    def codes(self, scheme: str) -> tuple[str, ...]:
        """The codes of a scheme, in the order in which they are shown, without the retired ones."""
        self._scheme(scheme)
        return tuple(entry.code for entry in self.schemes[scheme].entries if not entry.replaced_by)

    def has(self, code: str, *, scheme: str) -> bool:
        """Whether a scheme knows this code or alias."""
        return code in self._scheme(scheme)

    def kind(self, code: str) -> Kind:
        return self._of(Kind, "kinds", code)

    def method(self, code: str) -> Method:
        return self._of(Method, "methods", code)

    def measure(self, code: str) -> Measure:
        return self._of(Measure, "measures", code)

    def response(self, code: str) -> AuthorityResponse:
        return self._of(AuthorityResponse, "responses", code)

    def profile(self, code: str) -> Profile:
        return self._of(Profile, "profiles", code)

    def _scheme(self, scheme: str) -> Mapping[str, Coded]:
        if scheme not in self.by_code:
            raise InputError(f"The ontology has no scheme `{scheme}`; it has {', '.join(self.by_code)}.")
        return self.by_code[scheme]

    def _of(self, shape: type[Shape], scheme: str, code: str) -> Shape:
        found = self.entry(code, scheme=scheme)
        if not isinstance(found, shape):
            raise TypeError(f"{scheme} holds a {type(found).__name__} where a {shape.__name__} belongs")
        return found

    def _unknown(self, code: str, scheme: str) -> str:
        names = [scheme] if scheme else [name for name in self.by_code if not self.schemes[name].local]
        known = sorted({known for name in names for known in self.by_code[name]})
        near = difflib.get_close_matches(code, known, n=3)
        where = f"scheme `{scheme}` of the ontology" if scheme else "ontology"
        return f"The {where} has no code `{code}`." + (f" Did you mean {' or '.join(near)}?" if near else "")


def build(schemes: Iterable[Scheme], *, fingerprint: str = "") -> Ontology:
    """Put schemes together. Where two entries of a scheme share a code or alias, the first one keeps it; `lint` reports the other."""
    found = {scheme.scheme: scheme for scheme in schemes}
    by_code: dict[str, dict[str, Coded]] = {}
    for name, scheme in found.items():
        index = by_code.setdefault(name, {})
        for entry in scheme.entries:
            index.setdefault(entry.code, entry)
        for entry in scheme.entries:
            for alias in entry.aliases:
                index.setdefault(alias, entry)
    return Ontology(schemes=found, by_code=by_code, fingerprint=fingerprint)


@cache
def load() -> Ontology:
    """The packaged ontology, read once. Raises InputError when a file of it is damaged."""
    texts = reading.read_files()
    return build((reading.read_scheme(name, text) for name, text in texts.items()), fingerprint=reading.fingerprint(texts))
