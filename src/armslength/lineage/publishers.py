"""Which outlets belong to one group: a table with sources, that users extend, and the edges between documents that follow from it.

In:  `data/publishers.yaml`, the case's own `publishers.yaml`, documents with their publishers.
Out: `Groups`, by folded name of the outlet; `LineageEdge`s of level `document` that say that two documents are not two publishers.
Never: joins texts, or takes an owner for the source of what its outlets relay; takes a row without a source and the date it was true.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from armslength.base.errors import InputError
from armslength.base.ids import digest
from armslength.lineage.names import fold
from armslength.model.evidence import Span

if TYPE_CHECKING:
    from armslength.lineage.cast import Cast

OWN_TABLE = "publishers.yaml"
"""In the case's folder: groups that the user adds; a group of the same name replaces the packaged one."""
_FIELDS = ("group", "outlets", "source", "as_of")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Outlets of one owner, and where that is written."""

    name: str
    outlets: tuple[str, ...]
    source: str
    """An address or a title, where anybody can look it up."""
    as_of: str
    """Year, month or day at which the source said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """All groups, by folded name of each outlet."""

    by_outlet: Mapping[str, Group]

    def of(self, names: Iterable[str]) -> Group | None:
        """The group of an outlet that goes by these names."""
        return next((self.by_outlet[folded] for name in names if (folded := fold(name)) in self.by_outlet), None)

    @property
    def fingerprint(self) -> str:
        """Changes when any row does; part of what the counts depend on."""
        rows = {(row.name, row.outlets, row.source, row.as_of) for row in self.by_outlet.values()}
        return digest("publishers", tuple(sorted(rows)))


NO_GROUPS = Groups(by_outlet={})


def groups_for(folder: Path | None) -> Groups:
    """The packaged table, and that of a case's folder if it has one. Raises InputError, naming file and row, when that cannot be read."""
    path = folder / OWN_TABLE if folder else None
    if path is None or not path.is_file():
        return _together(_packaged(), ())
    try:
        rows = yaml.safe_load(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is no YAML file in UTF-8: {error}") from error
    return _together(_packaged(), read_groups(rows or [], where=str(path)))


def read_groups(rows: object, *, where: str) -> tuple[Group, ...]:
    """Groups from the rows of a table. Raises InputError for a row that lacks something, or an outlet that two rows claim."""
    if not isinstance(rows, list):
        raise InputError(f"{where}: this has to be a list of groups, each with {', '.join(_FIELDS)}.")
    found = tuple(_group(row, f"{where}, row {number}") for number, row in enumerate(rows, 1))
    owner: dict[str, str] = {}
    for group in found:
        for outlet in map(fold, group.outlets):
            if owner.setdefault(outlet, group.name) != group.name:
                raise InputError(f"{where}: {outlet!r} is given to both {owner[outlet]} and {group.name}. Leave it in one of them.")
    return found


def _group(row: Any, where: str) -> Group:
    if not isinstance(row, dict) or set(row) - set(_FIELDS) or not all(row.get(name) for name in _FIELDS if name != "outlets"):
        raise InputError(f"{where}: a group needs exactly these fields, none of them empty: {', '.join(_FIELDS)}.")
    outlets = row.get("outlets")
    if not isinstance(outlets, list) or not all(isinstance(name, str) and fold(name) for name in outlets):
        raise InputError(f"{where}: `outlets` has to be a list of names, as in [The Quay, Morning Ledger].")
    if not _DATE.fullmatch(str(row["as_of"])):
        raise InputError(f"{where}: `as_of` has to be a year, month or day at which the source said so, as in 2024-05.")
    return Group(name=str(row["group"]), outlets=tuple(outlets), source=str(row["source"]), as_of=str(row["as_of"]))


@cache
def _packaged() -> tuple[Group, ...]:
    path = files("armslength.lineage") / "data" / OWN_TABLE
    return read_groups(yaml.safe_load(path.read_text("utf-8")), where=OWN_TABLE)


def _together(packaged: Sequence[Group], own: Sequence[Group]) -> Groups:
    """The user's rows take the place of packaged ones of the same name, and an outlet they name leaves the group it had."""
    replaced = {fold(group.name) for group in own}
    rows = [*(group for group in packaged if fold(group.name) not in replaced), *own]
    return Groups(by_outlet={fold(outlet): group for group in rows for outlet in group.outlets})


def owned(one: str, two: str, owner: str, cast: Cast) -> str:
    """Why two outlets are not two: who owns both, and where that is written."""
    names = " and ".join(sorted({cast.label(row) for row in (one, two)}))
    listed = next((group for entity in (one, two) if (group := cast.group(entity))), None)
    told = f" ({listed.source}, as of {listed.as_of})" if listed else ""
    return f"{cast.label(owner)} answers for {names}{told}."


def masthead(doc: str, cast: Cast) -> Span | None:
    """Where a page names its own publisher, if it does."""
    publisher = cast.publisher(doc)
    if publisher not in cast.by_id:
        return None
    entity, document = cast.by_id[publisher], cast.texts[doc]
    names = sorted({*(name for name in (document.publisher, entity.label) if name), *entity.aliases}, key=lambda name: (-len(name), name))
    found = [match for name in names if (match := re.search(rf"\b{re.escape(name)}\b", document.text))]
    return cast.span(doc, *found[0].span()) if found else None
