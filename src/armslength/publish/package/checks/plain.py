"""Problems in plain words, and JSON read without mercy.

In:  bytes and lines of a package that anybody may have written.
Out: values, with each field's own text; or a `Problem`.
Never: accepts what two readers could read in two ways: a name given twice, NaN, a carriage return, bytes that are not UTF-8.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

Row = Mapping[str, Any]

SAYS = {
    "package.unknown": "There is no {file} here that this program can read, so this is no armslength package, or not one of version 1.",
    "file.unsafe": "This name, or what it stands for (a link, a device), is one that no package holds. It was not opened.",
    "file.huge": "It has {size} bytes; such a file has at most {most}. It was not opened.",
    "file.missing": "It is listed, and it is not here.",
    "file.extra": "It is here, and nothing lists it: somebody put it in.",
    "file.changed": "Its bytes are not those that were listed: it was changed.",
    "manifest.bad": "Line {line} is not a hash, two spaces and a path, in order.",
    "json.bad": "Line {line} can be read in two ways or in none: it is no JSON object in UTF-8 without repeated names, NaN, loose spaces.",
    "shape.wrong": "The field {field} is missing, or holds something else than it should.",
    "row.twice": "Two rows have this id.",
    "seal.manifest": "The list of files is not the one that was sealed.",
    "seal.file": "It is not the file that was sealed.",
    "seal.table": "The seal says that it has {said} rows; it has {found}.",
    "release.seal": "The log entry of the release is about another package than this one.",
    "release.root": "The log entry of the release commits to another whole than the seal names.",
    "signer.two": "A package is released by two people, each with a key of their own; the log entry does not name two.",
    "signer.missing": "The log names this releaser, and there is no signature of theirs.",
    "signer.extra": "This is a signature of somebody whom the log does not name as a releaser.",
    "signer.order": "The signatures do not stand in the order of the log.",
    "signer.wrong": "The signature is not by this key over this seal.",
    "key.untrusted": "This key, which you trust, is not the case's first key and not a releaser's: somebody else made this package.",
    "log.hash": "Its text does not have the hash beside it.",
    "log.entry": "Its text is not a log entry, or says another number than the line.",
    "log.order": "It does not come after the entry on the line before.",
    "log.chain": "It does not continue the entry before it: one of the two was changed, taken out or put in.",
    "log.key": "It names the key {named}; the key in use there was {used}.",
    "log.signature": "Its signature is not by the key in use there.",
    "log.rotation": "It names a new key without proof that the holder of the new key agreed.",
    "log.judgement": "No entry of the log says that this judgement was made, or the entry named says something else.",
    "proof.missing": "Nothing ties this row to the sealed whole.",
    "proof.extra": "A proof without the row that it proves.",
    "proof.row": "It is not a row of the sealed whole: what it shows and what it hides do not give its leaf.",
    "proof.root": "The leaves do not lead to the sealed root: a row, a proof or the root was changed.",
    "count.sealed": "Its count is not tied to the sealed whole, so edges may have been left out.",
    "passage.wrong": "It is no piece of a document shown here, or stands twice.",
    "document.id": "All its words are shown, and they are not the words that its id stands for.",
    "source.bytes": "Its bytes are not those that its name stands for.",
    "stamp.entry": "It is not named for a log entry of this package.",
    "stamp.over": "It is not a time stamp over the log entry that it is named for.",
    "stamp.wrong": "openssl does not accept it: {why}",
    "stamp.lost": "The log says that this time stamp was received, and it is not here as it came.",
}
"""What each code means, for both verifiers."""


class Problem(NamedTuple):
    """Something that does not hold."""

    code: str
    where: str
    says: str


class Refused(Exception):  # noqa: N818 - a verdict, not a fault
    """What cannot be looked at any further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


def problem(code: str, where: str, **values: object) -> Problem:
    """A problem in the words of its code."""
    return Problem(code, where, SAYS[code].format(**values))


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(name: str) -> Any:
    raise ValueError(name)


DEEPEST = 100
"""Brackets in brackets: rows have fewer than ten, and the readers of all Pythons can go several hundred deep."""


def _is_deep(value: Any, text: str) -> bool:
    """Whether a value that was read from a text is nested too deep."""
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    level: list[Any] = [value]
    depth = 0
    while level and depth <= DEEPEST:
        level = [inner for one in level if isinstance(one, (dict, list)) for inner in (one.values() if isinstance(one, dict) else one)]
        depth += 1
    return depth > DEEPEST


_JSON = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_no_number)
_FIELD = re.compile(r'[{,]"([a-z][a-z0-9_]*)":')


def read_object(text: str) -> Row:
    """A JSON object. Raises ValueError when it is none, or can be read in two ways."""
    try:
        found = _JSON.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(found, dict) or "\r" in text or _is_deep(found, text):
        raise ValueError("no object")
    return found


def read_fields(line: str) -> tuple[Row, dict[str, str]]:
    """The values of a line, and the text of each as it stands there. Raises ValueError as `read_object` does."""
    values: dict[str, Any] = {}
    texts: dict[str, str] = {}
    at, end = 0, len(line) - 1
    match, read = _FIELD.match, _JSON.raw_decode
    try:
        while True:
            found = match(line, at)
            if found is None or found[1] in values or (line[at] == "{") != (at == 0):
                raise ValueError("no field")
            name, start = found[1], found.end()
            values[name], at = read(line, start)
            texts[name] = line[start:at]
            if at == end:
                break
    except (RecursionError, IndexError):
        raise ValueError("no object") from None
    if line[end] != "}" or _is_deep(values, line):
        raise ValueError("no object, or nested too deep")
    return values, texts


def read_whole(line: str) -> tuple[Row, dict[str, str]]:
    """The values of a line of which nobody needs the text."""
    return read_object(line), {}


def read_lines(
    data: bytes, where: str, read: Callable[[str], tuple[Row, dict[str, str]]] = read_fields
) -> Iterator[tuple[Row, dict[str, str]]]:
    """The rows of a JSON-lines file, each line ended by one line feed. Raises Refused at the first that is not one plain object."""
    lines = data.split(b"\n")
    last = lines.pop()
    for number, line in enumerate(lines if not last else [*lines, last + b"\r"], 1):
        try:
            yield read("" if b"\r" in line else line.decode("utf-8"))
        except ValueError:
            raise Refused(problem("json.bad", where, line=number)) from None


TEXT, WHOLE_NUMBER, YES_OR_NO, TEXT_OR_NULL = "text", "whole number", "yes or no", "text or null"
TEXT_IF_ANY, YES_OR_NO_IF_ANY = "text if any", "yes or no if any"
Shape = Any
"""One of the words above, a list of one shape, or shapes by field."""
_WORDS = {"doc": TEXT, "start": WHOLE_NUMBER, "end": WHOLE_NUMBER, "quote": TEXT}
SHAPES: dict[str, Shape] = {
    "documents": {"id": TEXT, "text": TEXT_OR_NULL},
    "claims": {"id": TEXT, **_WORDS},
    "facts": {
        "id": TEXT,
        "kind": TEXT,
        "opinion": YES_OR_NO,
        "claims": [TEXT],
        "origins": {
            "min": WHOLE_NUMBER,
            "max": WHOLE_NUMBER,
            "unknown": WHOLE_NUMBER,
            "groups": [{"label": TEXT, "claims": [TEXT], "hidden": [TEXT], "access": [{"claim": TEXT, "told_in": TEXT_IF_ANY, **_WORDS}]}],
        },
    },
    "lineage": {"id": TEXT, "from": TEXT, "to": TEXT, "level": TEXT, "kind": TEXT, "state": TEXT, "evidence": [_WORDS]},
    "judgements": {"id": TEXT, "target": TEXT, "decision": TEXT, "when": TEXT, "supersedes": TEXT_OR_NULL, "in_force": YES_OR_NO_IF_ANY},
    "log": {"id": TEXT, "seq": WHOLE_NUMBER, "hash": TEXT, "entry": TEXT_OR_NULL, "signature": TEXT_OR_NULL},
    "origin_counts": {"id": TEXT, "min": WHOLE_NUMBER, "max": WHOLE_NUMBER, "unknown": WHOLE_NUMBER},
    "logged": {"id": TEXT, "seq": WHOLE_NUMBER},
    "passages": {"id": TEXT, "doc": TEXT, "piece": WHOLE_NUMBER, "text": TEXT},
}
"""What the checks rely on; a table that is not here needs an id."""
ANY_ROW: Shape = {"id": TEXT}
MARKS: Shape = {"id": TEXT, "at": WHOLE_NUMBER, "leaf": TEXT}
SEAL: Shape = {
    "armslength_package": WHOLE_NUMBER,
    "release": TEXT,
    "profile": TEXT,
    "as_of": TEXT,
    "documents": TEXT,
    "whole": {"root": TEXT, "rows": WHOLE_NUMBER},
    "manifest": TEXT,
    "tags": {},
    "tables": {},
}
ENTRY: Shape = {"seq": WHOLE_NUMBER, "time": TEXT, "event": TEXT, "subject": TEXT, "actor": TEXT, "prev": TEXT, "key": TEXT, "data": {}}
LOGGED: Shape = {"seq": WHOLE_NUMBER, "hash": TEXT, "entry": TEXT, "signature": TEXT}
SIGNER: Shape = {"name": TEXT, "key": TEXT, "public": TEXT}


def is_shaped(value: Any, shape: Shape) -> bool:
    """Whether a value has its shape: `misshapen`, but quick."""
    if shape.__class__ is str:
        return _FITS[shape](value)
    if shape.__class__ is list:
        return value.__class__ is list and all(is_shaped(part, shape[0]) for part in value)
    if value.__class__ is not dict:
        return False
    for name, part in shape.items():
        found = value.get(name, _NOTHING)
        if part.__class__ is str:
            if not _FITS[part](found):
                return False
        elif not is_shaped(found, part):
            return False
    return True


def misshapen(value: Any, shape: Shape, field: str = "") -> str | None:
    """The first field that does not have its shape, or None."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            return field or "(all)"
        inside = ((f"{field}.{name}" if field else name, value.get(name, _NOTHING), part) for name, part in shape.items())
    elif isinstance(shape, list):
        if not isinstance(value, list):
            return field
        inside = ((field, part, shape[0]) for part in value)
    else:
        return None if _FITS[shape](value) else field
    return next((wrong for name, part, wanted in inside if (wrong := misshapen(part, wanted, name)) is not None), None)


_NOTHING = object()
_FITS = {
    TEXT: lambda value: isinstance(value, str),
    TEXT_OR_NULL: lambda value: value is None or isinstance(value, str),
    WHOLE_NUMBER: lambda value: type(value) is int and 0 <= value < 1 << 53,
    YES_OR_NO: lambda value: isinstance(value, bool),
    TEXT_IF_ANY: lambda value: value is _NOTHING or isinstance(value, str),
    YES_OR_NO_IF_ANY: lambda value: value is _NOTHING or isinstance(value, bool),
}
