"""Derive every count of origins again from an export alone, and compare.

In:  the rows of `documents`, `claims`, `facts`, `lineage` and `judgements` of a JSON-lines export.
Out: what does not agree, in sentences; nothing when all does.
Never: uses anything of the program but the rule: groups are what edges leave connected, `max` is their number, `min` is a largest
matching of groups that show access and the texts they show it in (docs/how-origins-are-counted.md, steps 4 to 6). Standard library only.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
TABLES = ("documents", "claims", "facts", "lineage", "judgements")
ONE_TEXT = frozenset({"identical", "near_copy", "excerpt", "rewrite", "republication", "syndication", "translation"})
"""Edges between documents that make them one text."""
_DECIDES = {"confirmed": {"accept", "add"}, "disputed": {"dispute", "reject"}}


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What came of it."""

    facts: int
    spans: int
    """Spans of claims, edges and access that were compared with the documents' words."""
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Export:
    """An export, looked up by id."""

    texts: Mapping[str, str]
    claims: Mapping[str, Row]
    facts: Sequence[Row]
    edges: Sequence[Row]
    judgements: Sequence[Row]
    text_of: Mapping[str, str] = field(default_factory=dict)


def read_export(folder: Path) -> dict[str, list[Row]]:
    """The rows of an export's files. Raises OSError or ValueError, naming the file, when one is missing or broken."""
    found: dict[str, list[Row]] = {}
    for table in TABLES:
        path = folder / f"{table}.jsonl"
        try:
            found[table] = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
        except ValueError as error:
            raise ValueError(f"{path} is no JSON-lines file: {error}") from error
    return found


def recompute(rows: Mapping[str, Sequence[Row]]) -> Recomputed:
    """Check every span, every edge's state and every fact's `[min, max]` and `unknown`."""
    edges = rows["lineage"]
    texts = {str(row["id"]): str(row["text"]) for row in rows["documents"]}
    between = [(edge["from"], edge["to"]) for edge in edges if edge["level"] == "document" and edge["kind"] in ONE_TEXT and _ties(edge)]
    export = _Export(
        texts=texts,
        claims={str(row["id"]): row for row in rows["claims"]},
        facts=rows["facts"],
        edges=edges,
        judgements=rows["judgements"],
        text_of={doc: part[0] for part in _connected(texts, between) for doc in part},
    )
    spans = list(_spans(export))
    problems = [*_misquoted(export, spans), *_unjudged(export), *(line for fact in export.facts for line in _miscounted(fact, export))]
    return Recomputed(len(export.facts), len(spans), tuple(problems))


def _ties(edge: Row) -> bool:
    return bool(edge["state"] != "disputed")


def _spans(export: _Export) -> Iterator[tuple[str, Row]]:
    """Every span that carries words, with what it belongs to."""
    for claim in export.claims.values():
        yield f"claim {claim['id']}", claim
    for edge in export.edges:
        for span in edge["evidence"]:
            yield f"edge {edge['id']}", span
    for fact in export.facts:
        for group in fact["origins"]["groups"]:
            for access in group["access"]:
                yield f"fact {fact['id']}", access


def _misquoted(export: _Export, spans: Iterable[tuple[str, Row]]) -> Iterator[str]:
    for owner, span in spans:
        text = export.texts.get(span["doc"])
        if text is None:
            yield f"{owner}: its document {span['doc']} is not in the export."
        elif text[span["start"] : span["end"]] != span["quote"]:
            yield f"{owner}: the words at {span['start']}-{span['end']} of {span['doc']} are not the ones it quotes."


def _unjudged(export: _Export) -> Iterator[str]:
    """An edge that people confirmed or disputed has a judgement that says so, and the judgement about an edge shows in it.

    Where two judgements about an edge stand and do not agree, neither is carried out.
    """
    judgements = [row for row in export.judgements if row.get("in_force", True)]
    replaced = {old for row in judgements for old in (row["supersedes"] or "").split()}
    said: dict[str, set[str]] = defaultdict(set)
    for row in judgements:
        if row["id"] not in replaced and row["decision"] != "withdraw":
            said[row["target"]].add(row["decision"])
    last = {target: next(iter(decisions)) for target, decisions in said.items() if len(decisions) == 1}
    for edge in export.edges:
        wanted = _DECIDES.get(edge["state"])
        if wanted is not None and last.get(edge["id"]) not in wanted:
            yield f"edge {edge['id']}: it is {edge['state']}, and no judgement in the export says so."
        if wanted is None and last.get(edge["id"]) is not None:
            yield f"edge {edge['id']}: a judgement ({last[edge['id']]}) is not carried out."


def _miscounted(fact: Row, export: _Export) -> Iterator[str]:
    name, told, claims = f"fact {fact['id']}", fact["origins"], list(fact["claims"])
    strange = [claim for claim in claims if claim not in export.claims]
    if strange:
        yield f"{name}: {len(strange)} of its claims are not in the export."
    given = sorted(sorted(group["claims"]) for group in told["groups"])
    if fact["opinion"]:
        expected = (0, 0, 0)
    elif fact["kind"] == "publication_event":
        expected = (1, 1, 0)
        if [claim for group in given for claim in group] != sorted(claims):
            yield f"{name}: its one group does not hold all its claims."
    else:
        parts = [list(part) for part in _connected(claims, _claim_ties(export, claims))]
        if parts != given:
            yield f"{name}: its edges leave {len(parts)} groups, and it shows {len(given)}; or a claim stands in another group."
        hidden = {claim for group in told["groups"] for claim in group["hidden"]}
        unknown = sum(len(part) for part in parts if set(part) <= hidden)
        expected = (max(1, _matching(told["groups"], export)), len(parts), unknown)
    yield from _strays(name, told["groups"], export)
    if (told["min"], told["max"], told["unknown"]) != expected:
        yield (
            f"{name}: it says {told['min']} to {told['max']} origins and {told['unknown']} unknown; its edges and the words that show "
            f"access give {expected[0]} to {expected[1]} and {expected[2]}."
        )


def _strays(name: str, groups: Sequence[Row], export: _Export) -> Iterator[str]:
    """Access is shown by a claim of the group, in that claim's document."""
    for group in groups:
        for access in group["access"]:
            claim = export.claims.get(access["claim"])
            if access["claim"] not in group["claims"] or claim is None or claim["doc"] != access["doc"]:
                yield f"{name}: what shows the access of {group['label']!r} belongs to another group or document."


def _claim_ties(export: _Export, claims: Iterable[str]) -> list[tuple[str, str]]:
    mine = set(claims)
    return [(edge["from"], edge["to"]) for edge in export.edges if edge["level"] == "claim" and _ties(edge) and edge["from"] in mine]


def _matching(groups: Sequence[Row], export: _Export) -> int:
    """Size of a largest matching of groups and the texts in which they show access (augmenting paths)."""
    texts = [
        sorted({export.text_of.get(doc, doc) for access in group["access"] for doc in (access.get("told_in") or access["doc"],)})
        for group in groups
        if not set(group["claims"]) <= set(group["hidden"])
    ]
    taken: dict[str, int] = {}

    def place(group: int, seen: set[str]) -> bool:
        for text in texts[group]:
            if text not in seen:
                seen.add(text)
                if text not in taken or place(taken[text], seen):
                    taken[text] = group
                    return True
        return False

    return sum(place(group, set()) for group in range(len(texts)))


def _connected(ids: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Connected groups, each sorted, in order."""
    near: dict[str, set[str]] = {one: set() for one in ids}
    for one, two in pairs:
        if one in near and two in near:
            near[one].add(two)
            near[two].add(one)
    seen: set[str] = set()
    groups: dict[str, list[str]] = defaultdict(list)
    for start in sorted(near):
        stack = [start] if start not in seen else []
        seen.add(start)
        while stack:
            here = stack.pop()
            groups[start].append(here)
            stack += sorted(near[here] - seen)
            seen |= near[here]
    return sorted(tuple(sorted(group)) for group in groups.values())
