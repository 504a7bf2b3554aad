"""What the columns of a sheet mean: written by people, checked here.

In:  a mapping as YAML, or the canonical JSON that was kept with the source.
Out: a `Mapping`, or one sentence that says which field is wrong and what to write.
Never: guesses a column, a code or a kind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping as Dictionary
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from armslength.base.errors import InputError
from armslength.model.ontology import load

SEVERAL = "|"
"""Between several values in one cell, unless the mapping says otherwise; what Uwazi uses."""
VOICES = ("organisation", "report", "media", "government", "court", "person", "unnamed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """A column whose words stand for codes."""

    column: str = ""
    words: Dictionary[str, str] = field(default_factory=dict)
    """Words in a cell, in lower case, to a code."""
    always: str = ""
    """A code that every row has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """What the columns mean."""

    name: str
    kind: Coding
    """Kind of claim."""
    quote: tuple[str, ...]
    """Columns whose words the claim is bound to: the first that is not empty."""
    key: str = ""
    """The column that names a row from one version of the sheet to the next."""
    date: str = ""
    country: str = ""
    city: str = ""
    methods: Coding = field(default_factory=Coding)
    codes: Coding = field(default_factory=Coding)
    value: str = ""
    measure: str = ""
    source: str = ""
    """The column that says whom the coder has it from."""
    source_kind: str = "organisation"
    persons: tuple[str, ...] = ()
    """Columns that name persons: they are protected, and hidden wherever the sheet is shown."""
    several: str = SEVERAL

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column it uses."""
        named = (
            self.key,
            self.date,
            self.country,
            self.city,
            self.value,
            self.source,
            self.kind.column,
            self.methods.column,
            self.codes.column,
        )
        return tuple(dict.fromkeys(filter(None, (*self.quote, *named, *self.persons))))


def canonical(mapping: Mapping) -> str:
    """The mapping as it is kept with the source: JSON, sorted, without what is empty."""
    told = {name: value for name, value in asdict(mapping).items() if value not in ("", (), {}, None)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@cache
def kept(told: str) -> Mapping:
    """The mapping that was kept with a source."""
    return _mapping(json.loads(told), "the mapping kept with the source")


def shipped() -> dict[str, str]:
    """Names of the mappings that come with armslength, and what each is for."""
    found = sorted((path for path in (files("armslength.extract") / "data" / "sheets").iterdir()), key=lambda path: path.name)
    return {path.name.removesuffix(".yaml"): read_mapping(path.read_text(encoding="utf-8"), name=path.name).name for path in found}


def shipped_mapping(name: str) -> Mapping:
    """A mapping that comes with armslength. Raises InputError where there is none of that name."""
    if name not in shipped():
        raise InputError(f"There is no mapping {name!r}; give a YAML file, or one of {', '.join(shipped())}.")
    return read_mapping((files("armslength.extract") / "data" / "sheets" / f"{name}.yaml").read_text(encoding="utf-8"), name=name)


def read_mapping(text: str, *, name: str) -> Mapping:
    """Read a mapping. Raises InputError that names the field and says what to write."""
    try:
        told = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes texts only; `on` and `no` are columns, not truth values
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        raise InputError(f"{name} is not YAML that can be read{f' (line {at.line + 1})' if at else ''}.") from None
    if not isinstance(told, dict):
        raise InputError(f"{name} must hold fields, such as `kind: incident.case` and `quote: [description]`.")
    return _mapping(told, name)


def _mapping(told: dict[str, Any], name: str) -> Mapping:
    known = {one.name for one in fields(Mapping)}
    if strange := sorted(set(told) - known):
        raise InputError(f"{name}: there is no field {', '.join(strange)}; fields are {', '.join(sorted(known))}.")
    if not told.get("quote") or not told.get("kind"):
        raise InputError(f"{name}: `kind` and `quote` are needed: what each row is, and the columns whose words it is bound to.")
    given = {one: told[one] for one in told if one not in {"kind", "methods", "codes", "quote", "persons"}}
    mapping = Mapping(
        **{"name": name, **given},
        kind=_coding(told["kind"], "kind", name, scheme="kinds"),
        methods=_coding(told.get("methods", {}), "methods", name, scheme="methods"),
        codes=_coding(told.get("codes", {}), "codes", name, scheme=""),
        quote=_columns(told["quote"], "quote", name),
        persons=_columns(told.get("persons", ()), "persons", name),
    )
    _check(mapping, name)
    return mapping


def _check(mapping: Mapping, name: str) -> None:
    for one in ("name", "key", "date", "country", "city", "value", "measure", "source", "source_kind", "several"):
        if not isinstance(getattr(mapping, one), str):
            raise InputError(f"{name}: `{one}` must be a text.")
    if mapping.source_kind not in VOICES:
        raise InputError(f"{name}: `source_kind` must be one of {', '.join(VOICES)}.")
    if bool(mapping.value) != bool(mapping.measure):
        raise InputError(f"{name}: `value` (a column) and `measure` (what it counts) go together; one of them is missing.")
    if mapping.measure and not load().has(mapping.measure, scheme="measures"):
        raise InputError(f"{name}: `measure` {mapping.measure!r} is not in the ontology's measures; see docs/ontology.md.")


def _columns(told: object, what: str, name: str) -> tuple[str, ...]:
    found = [told] if isinstance(told, str) else told
    if not isinstance(found, list | tuple) or not all(isinstance(one, str) for one in found):
        raise InputError(f"{name}: `{what}` must be a column's name, or a list of them.")
    return tuple(found)


def _coding(told: object, what: str, name: str, *, scheme: str) -> Coding:
    """A code for every row (`kind: incident.case`), or a column with words for codes."""
    if isinstance(told, str):
        told = {"always": told}
    if not isinstance(told, dict) or set(told) - {"column", "words", "always"}:
        raise InputError(f"{name}: `{what}` must be a code, or `column` with `words`: what a cell says, and the code for it.")
    words = told.get("words") or {}
    if not isinstance(words, dict):
        raise InputError(f"{name}: `{what}.words` must pair what a cell says with a code.")
    coding = Coding(
        column=str(told.get("column") or ""),
        words={str(word).strip().casefold(): str(code) for word, code in words.items()},
        always=str(told.get("always") or ""),
    )
    for code in filter(None, (*coding.words.values(), coding.always)):
        try:
            load().entry(code, scheme=scheme)
        except InputError as error:
            raise InputError(f"{name}: `{what}`: {error}") from None
    return coding
