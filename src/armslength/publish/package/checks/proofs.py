"""The rows of a package, each held against the root of the sealed whole.

In:  the tables, their marks (`data/seals/`), the proof, the seal.
Out: the rows that the other checks need; what does not hold; what is masked.
Never: takes a row that nothing ties to the whole; takes a field as shown where only its leaf is given.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from armslength.publish.package.checks.custody import unhex
from armslength.publish.package.checks.files import Package, read_json
from armslength.publish.package.checks.plain import (
    ANY_ROW,
    MARKS,
    SHAPES,
    Problem,
    Refused,
    Row,
    is_shaped,
    misshapen,
    problem,
    read_fields,
    read_lines,
    read_whole,
)
from armslength.publish.package.checks.tree import PIECE, climb, field_leaf, piece_leaf, pieces, root, row_leaf, salt_of

PROOF_FILE = "data/seals/proof.json"
PASSAGES = "passages"
UNSEALED = frozenset({PASSAGES, "changes"})
"""Tables that say nothing of their own: passages are pieces of documents, changes follow from two releases."""
NEEDED = ("documents", "claims", "facts", "lineage", "judgements", "log", "logged", "origin_counts")
_TABLE = re.compile(r"data/([a-z][a-z0-9_]*)\.jsonl")
_MARKED = re.compile(r"data/seals/([a-z][a-z0-9_]*)\.jsonl")


class Shown(NamedTuple):
    """What a package shows."""

    rows: Mapping[str, Sequence[Row]]
    """By table, those that other checks need."""
    number: int
    """Rows that are tied to the whole."""
    masked: Mapping[str, int]
    """`table.field` to rows in which it is masked."""
    words: Callable[[str, int, int], str | None]
    problems: tuple[Problem, ...]


class _Found:
    """What is collected, table by table."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {name: [] for name in NEEDED}
        self.leaves: dict[int, bytes] = {}
        self.masked: Counter[str] = Counter()
        self.problems: list[Problem] = []
        self.texts: dict[str, list[str | None]] = {}
        """Document to the words of its pieces, as shown; None for a piece that is not."""
        self.passages: dict[tuple[str, int], str] = {}
        self.counts: Counter[str] = Counter()


def check_proofs(package: Package, seal: Row) -> Shown:
    """Read every table and hold each row against the root. Raises Refused at a line that cannot be read or has not its shape."""
    found = _Found()
    tables = [match[1] for path in sorted(package.sizes) if (match := _TABLE.fullmatch(path))]
    for table in sorted(tables, key=lambda name: (name != PASSAGES, name)):
        rows = _rows(package, f"data/{table}.jsonl", SHAPES.get(table, ANY_ROW), found)
        if table == PASSAGES:
            _keep_passages(rows, found)
        elif table in UNSEALED:
            deque(rows, maxlen=0)
        else:
            _check_table(package, table, rows, found)
    for name in sorted({match[1] for path in package.sizes if (match := _MARKED.fullmatch(path))} - set(tables)):
        found.problems.append(problem("proof.extra", f"data/seals/{name}.jsonl"))
    _check_root(package, seal, found)
    _check_tables(seal, tables, found)
    return Shown(found.rows, len(found.leaves), dict(found.masked), _words(found.texts), tuple(found.problems))


def _rows(package: Package, path: str, shape: Any, found: _Found) -> Iterator[tuple[Row, Mapping[str, str]]]:
    seen: set[str] = set()
    for number, (row, texts) in enumerate(read_lines(package.read(path), path, read_whole if shape is MARKS else read_fields), 1):
        if not is_shaped(row, shape):
            raise Refused(problem("shape.wrong", f"{path} line {number}", field=misshapen(row, shape)))
        if row["id"] in seen:
            found.problems.append(problem("row.twice", f"{path} {row['id']}"))
        seen.add(row["id"])
        found.counts[path] += 1
        yield row, texts


def _keep_passages(rows: Iterator[tuple[Row, Mapping[str, str]]], found: _Found) -> None:
    for row, _ in rows:
        if row["id"] != f"{row['doc']}:{row['piece']}" or len(row["text"]) > PIECE:
            found.problems.append(problem("passage.wrong", f"passage {row['id']}"))
        found.passages[row["doc"], row["piece"]] = row["text"]


def _check_table(package: Package, table: str, rows: Iterator[tuple[Row, Mapping[str, str]]], found: _Found) -> None:
    path = f"data/seals/{table}.jsonl"
    marks = {row["id"]: row for row, _ in _rows(package, path, MARKS, found)} if path in package.sizes else {}
    kept = found.rows.get(table)
    for row, texts in rows:
        where = f"{table} {row['id']}"
        mark = marks.pop(row["id"], None)
        if mark is None:
            found.problems.append(problem("proof.missing", where))
        else:
            _check_row(table, row, texts, mark, found, where)
        if kept is not None:
            kept.append(row)
    found.problems += [problem("proof.extra", f"{table} {name}") for name in sorted(marks)]


def _check_row(table: str, row: Row, texts: Mapping[str, str], mark: Row, found: _Found, where: str) -> None:
    nodes, masked = _nodes(table, row, texts, mark, found)
    leaf = row_leaf(table, nodes) if None not in nodes else b""
    if leaf.hex() != mark["leaf"] or mark["at"] in found.leaves:
        found.problems.append(problem("proof.row", where))
    found.leaves[mark["at"]] = unhex(mark["leaf"]) or b""
    found.masked.update(f"{table}.{name}" for name in masked)
    if table == "documents" and not {"id", "text"} & set(masked):
        _check_id(row, found, where)
    if table == "origin_counts" and {"min", "max", "unknown"} & set(masked):
        found.problems.append(problem("count.sealed", f"fact {row['id']}"))


def _check_id(row: Row, found: _Found, where: str) -> None:
    """A document of which every word is shown is named by its words."""
    words = found.texts.get(row["id"], [])
    text = "".join(part for part in words if part is not None)
    if words and None not in words and hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != row["id"]:
        found.problems.append(problem("document.id", where))


def _nodes(table: str, row: Row, texts: Mapping[str, str], mark: Row, found: _Found) -> tuple[list[Any], list[str]]:
    """The node of each field, None for one that has none; and the names of the masked ones."""
    seed = unhex(mark.get("seed"))
    if seed is not None:
        salts = {name: salt_of(seed, name) for name in texts}
        nodes = [field_leaf(salts[name], name, text) for name, text in texts.items()]
        if table == "documents" and row["text"] is not None:
            cut = pieces(row["text"])
            nodes[list(texts).index("text")] = root([piece_leaf(salt_of(salts["text"], str(at)), words) for at, words in enumerate(cut)])
            found.texts[row["id"]] = list(cut)
        return nodes, []
    given_fields = mark.get("fields")
    fields = given_fields if isinstance(given_fields, dict) else {}
    out: list[Any] = []
    masked = []
    for name, text in texts.items():
        if table == "documents" and name == "text":
            given, whole = _piece_nodes(row, mark.get("text"), found)
            out.append(given)
            masked += [] if whole else [name]
            continue
        kind, value = _mark(fields.get(name))
        out.append(field_leaf(value, name, text) if kind == "salt" and value is not None else value)
        masked += [name] if kind == "leaf" else []
    return out, masked


def _piece_nodes(row: Row, marks: Any, found: _Found) -> tuple[bytes | None, bool]:
    """The node of a document's text from its pieces, and whether none is masked; a piece that is not shown is not masked, either."""
    given = [_mark(mark) for mark in marks] if isinstance(marks, list) else []
    whole = pieces(row["text"]) if row["text"] is not None else None
    if whole is not None and len(whole) != len(given):
        return None, False
    words: list[str | None] = (
        list(whole) if whole is not None else [found.passages.pop((str(row["id"]), at), None) for at in range(len(given))]
    )
    found.texts[row["id"]] = list(words)
    nodes = []
    masked = False
    for at, ((kind, value), shown) in enumerate(zip(given, words)):  # noqa: B905 - Python 3.9; both have one length
        short = shown is not None and len(shown) < PIECE and at + 1 < len(given)
        if value is None or short or (kind == "salt" and shown is None):
            return None, False
        nodes.append(piece_leaf(value, shown) if kind == "salt" and shown is not None else value)
        masked = masked or (kind == "leaf" and shown is not None)
    return (root(nodes) if nodes else None), not masked


def _mark(mark: Any) -> tuple[str, bytes | None]:
    if isinstance(mark, list) and len(mark) == 2 and mark[0] in {"salt", "leaf"}:
        return mark[0], unhex(mark[1])
    return "", None


def _check_root(package: Package, seal: Row, found: _Found) -> None:
    proof = read_json(package, PROOF_FILE, {"size": "whole number", "hidden": ["text"]})
    hidden = [unhex(text) for text in proof["hidden"]]
    whole = seal["whole"]
    known = [one for one in hidden if one is not None]
    top = climb(proof["size"], found.leaves, known) if len(known) == len(hidden) else None
    if top is None or top.hex() != whole["root"] or proof["size"] != whole["rows"]:
        found.problems.append(problem("proof.root", PROOF_FILE))
    found.problems += [problem("passage.wrong", f"passage {doc}:{at}") for doc, at in sorted(found.passages)]


def _check_tables(seal: Row, tables: Sequence[str], found: _Found) -> None:
    """Every table that is needed is there, and no row of it is missing."""
    for name in sorted({*NEEDED, *seal["tables"]} - set(tables)):
        found.problems.append(problem("file.missing", f"data/{name}.jsonl"))
    for name in tables:
        path, said = f"data/{name}.jsonl", seal["tables"].get(name, 0)
        if type(said) is not int or said != found.counts[path]:
            found.problems.append(problem("seal.table", path, said=said, found=found.counts[path]))


def _words(texts: Mapping[str, Sequence[str | None]]) -> Callable[[str, int, int], str | None]:
    """Looks words up in the pieces that are shown."""

    def words(doc: str, start: int, end: int) -> str | None:
        parts = texts.get(doc)
        if parts is None or start > end:
            return None
        first, last = start // PIECE, max(start, end - 1) // PIECE
        found = parts[first : last + 1]
        if None in found or len(found) <= last - first:
            return None
        return "".join(part for part in found if part is not None)[start - first * PIECE : end - first * PIECE]

    return words
