"""The YAML files of this folder, read into frozen values.

In:  the folder's `*.yaml`, one scheme a file.
Out: `Scheme` values with their entries, and a fingerprint of the whole.
Never: accepts an unknown field or a wrong type; a slip in a file is an error that names the file.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.model.ontology.rows import AuthorityResponse, Coded, CrosswalkScheme, Entry, Kind, Measure, Method, Profile, Scheme

SHAPES: Mapping[str, type[Any]] = {
    "kinds": Kind,
    "methods": Method,
    "measures": Measure,
    "responses": AuthorityResponse,
    "profiles": Profile,
}
"""Shape of the entries, by scheme; every other scheme has plain entries."""

# libyaml where PyYAML was built with it: the whole folder in 0.04 s instead of 0.25 s (measured)
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_files() -> dict[str, str]:
    """The text of every scheme file, by file name, sorted."""
    folder = files(__package__)
    return {
        item.name: item.read_text("utf-8") for item in sorted(folder.iterdir(), key=lambda item: item.name) if item.name.endswith(".yaml")
    }


def read_scheme(name: str, text: str) -> Scheme:
    """Read one file. Raises InputError, naming the file and the entry, when it is not what its scheme asks for."""
    try:
        found = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are the safe ones
    except yaml.YAMLError as problem:
        raise InputError(f"The ontology file {name} is not YAML: {problem}.") from problem
    if not isinstance(found, dict) or name != f"{found.get('scheme')}.yaml":
        raise InputError(f"The ontology file {name} must begin with `scheme:` and its own name.")
    shape = SHAPES.get(found["scheme"], Entry)
    entries: list[Coded] = [_entry(name, shape, raw) for raw in found.pop("entries", [])]
    walks = tuple((key, _convert(name, CrosswalkScheme, value)) for key, value in found.pop("crosswalk_schemes", {}).items())
    head: Scheme = _convert(name, Scheme, found | {"entries": []})
    return dataclasses.replace(head, entries=tuple(entries), crosswalk_schemes=walks)


def fingerprint(texts: Mapping[str, str]) -> str:
    """Name the whole ontology by its text: changes when anything in it does."""
    return digest("ontology", [(name, text) for name, text in sorted(texts.items())])


def _entry(name: str, shape: type[Any], raw: Any) -> Coded:
    found: Coded = _convert(name, shape, raw)
    return found


def _convert(name: str, shape: type[Any], raw: Any) -> Any:
    label = raw.get("code", "its head") if isinstance(raw, dict) else repr(raw)
    known = {field.name for field in dataclasses.fields(shape)}
    if not isinstance(raw, dict) or not known.issuperset(raw):
        extra = ", ".join(sorted(set(raw) - known)) if isinstance(raw, dict) else "no fields"
        raise InputError(f"In the ontology file {name}, {label} has fields that are not known: {extra}.")
    try:
        return msgspec.convert(raw, shape, strict=True)
    except msgspec.ValidationError as problem:
        raise InputError(f"In the ontology file {name}, {label} is not right: {problem}.") from problem
