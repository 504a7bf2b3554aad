"""Commits to every row of the whole, and marks the rows that are shown.

In:  the tables of both sides; a secret that the salts come from.
Out: the root over the whole; for each row shown its mark: salts of what is shown, leaves of what is not; the proof.
Never: gives away a salt of anything that is not shown.

`checks/tree.py` says what is hashed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from armslength.base.errors import InputError
from armslength.base.ids import digest_text, keyed_digest
from armslength.publish.jsonl import Row, line
from armslength.publish.package.checks.plain import read_fields
from armslength.publish.package.checks.tree import field_leaf, piece_leaf, pieces, prove, root, row_leaf, salt_of

DOCUMENTS, TEXT = "documents", "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row as shown: its id, its line, and for a document the words it may show and which pieces of them it does."""

    id: str
    line: str
    text: str | None = None
    pieces: frozenset[int] | None = None
    """Numbers of the pieces that are shown; None for all."""


@dataclass(slots=True, kw_only=True)
class Seal:
    """Leaves and marks, as tables are added."""

    key: bytes
    leaves: list[bytes] = field(default_factory=list)
    marks: dict[str, list[Row]] = field(default_factory=dict)
    """By table, in the order of the shown rows' ids; each row's place in the tree is added by `finish`."""
    masked: int = 0
    open_documents: set[str] = field(default_factory=set)
    """Ids, as shown, of documents of which nothing is masked."""

    def add(self, table: str, whole: Iterable[Row], shown: Mapping[str, ShownRow]) -> None:
        """Commit to a table; `shown` is by id. Raises InputError when a shown row is not a row of it."""
        marks: list[Row] = []
        left = dict(shown)
        for row in whole:
            name = str(row["id"])
            seed = bytes.fromhex(keyed_digest(self.key, table, name))
            mine = left.pop(name, None)
            leaf, mark = self._row(table, line(row)[:-1], row, seed, mine)
            self.leaves.append(leaf)
            if mine is not None:
                marks.append({"id": mine.id, "leaf": leaf.hex(), **mark})
        if left:
            strange = next(iter(left.values()))
            raise InputError(
                f"The release shows the row {strange.id} of {table}, which the case does not have: only rows of the case can be shown."
            )
        self.marks[table] = sorted(marks, key=lambda mark: str(mark["id"]))

    def _row(self, table: str, text: str, row: Row, seed: bytes, mine: ShownRow | None) -> tuple[bytes, Row]:
        """The leaf of a row of the whole, and its mark where it is shown."""
        _, fields = read_fields(text)
        salts = {name: salt_of(seed, name) for name in fields}
        nodes = {name: field_leaf(salts[name], name, value) for name, value in fields.items() if (table, name) != (DOCUMENTS, TEXT)}
        cut: list[str] = []
        leaves: list[bytes] = []
        if table == DOCUMENTS:
            cut = pieces(str(row[TEXT]))
            leaves = [piece_leaf(salt_of(salts[TEXT], str(at)), words) for at, words in enumerate(cut)]
            nodes[TEXT] = root(leaves)
        leaf = row_leaf(table, [nodes[name] for name in fields])
        if mine is None:
            return leaf, {}
        if mine.line == text:
            self.open_documents.add(mine.id)
            return leaf, {"seed": seed.hex()}
        given = read_fields(mine.line)[1]
        if list(given) != list(fields):
            raise InputError(f"The row {mine.id} of {table} has other fields in the release than in the case: {', '.join(given)}.")
        same = {name: value == fields[name] for name, value in given.items()}
        mark: dict[str, object] = {
            "fields": {
                name: ["salt", salts[name].hex()] if same[name] else ["leaf", nodes[name].hex()]
                for name in nodes
                if name != TEXT or table != DOCUMENTS
            }
        }
        if table == DOCUMENTS:
            mark[TEXT], same[TEXT] = self._pieces(mine, cut, leaves, salts[TEXT])
        if all(same.values()):
            self.open_documents.add(mine.id)
        else:
            self.masked += 1
        return leaf, mark

    def _pieces(self, mine: ShownRow, cut: Sequence[str], leaves: Sequence[bytes], salt: bytes) -> tuple[list[list[str]], bool]:
        """Marks of a document's pieces, and whether none that is shown is masked."""
        shown = pieces(mine.text or "")
        if len(shown) != len(cut) or len(shown[-1]) != len(cut[-1]):
            raise InputError(f"The text of the document {mine.id} has another length in the release. Mask with blocks of the same length.")
        if shown != list(cut) and digest_text("".join(cut)) == mine.id:
            raise InputError(f"The document {mine.id} is masked and still called by the hash of its words: see public_ids.")
        marks, whole = [], True
        for at, words in enumerate(cut):
            seen = mine.pieces is None or at in mine.pieces
            same = shown[at] == words
            marks.append(["salt", salt_of(salt, str(at)).hex()] if seen and same else ["leaf", leaves[at].hex()])
            whole = whole and (same or not seen)
        return marks, whole

    def finish(self) -> tuple[str, Row]:
        """The root over the whole and the proof; puts each mark's place in."""
        ordered = sorted(self.leaves)
        place = {found.hex(): at for at, found in enumerate(ordered)}
        marks = [mark for rows in self.marks.values() for mark in rows]
        shown = sorted(place[str(mark["leaf"])] for mark in marks)
        for table, rows in self.marks.items():
            self.marks[table] = [{"id": mark["id"], "at": place[str(mark["leaf"])], **mark} for mark in rows]
        return root(ordered).hex(), {"size": len(ordered), "hidden": [found.hex() for found in prove(ordered, shown)]}
