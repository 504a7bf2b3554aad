"""Derive every count of origins again from an export alone, and compare.

In:  the rows of `documents`, `claims`, `facts`, `lineage` and `judgements` of a JSON-lines export, or of a package.
Out: what does not agree, in sentences; nothing when all does.
Never: uses anything of the program but the rule: groups are what edges leave connected, `max` is their number, `min` is a largest
matching of groups that show access and the texts they show it in (docs/how-origins-are-counted.md, steps 4 to 6). Standard library of
Python 3.9 only: a package's `verify.py` holds this file.
"""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from armslength.publish.package.checks.plain import Problem, Row

TABLES = ("documents", "claims", "facts", "lineage", "judgements")
ONE_TEXT = frozenset({"identical", "near_copy", "excerpt", "rewrite", "republication", "syndication", "translation"})
"""Edges between documents that make them one text."""
_DECIDES = {"confirmed": {"accept", "add"}, "disputed": {"dispute", "reject"}}
COUNT_SAYS = {
    "span.document": "The words at {start}-{end} of {doc} that it quotes are not here to compare with.",
    "span.words": "The words at {start}-{end} of {doc} are not the ones it quotes.",
    "edge.unjudged": "It is {state}, and no judgement here says so.",
    "edge.judgement": "A judgement ({decision}) is not carried out.",
    "count.claims": "{number} of its claims are not here.",
    "count.publication": "Its one group does not hold all its claims.",
    "count.groups": "Its edges leave {found} groups, and it shows {shown}; or a claim stands in another group.",
    "count.access": "What shows the access of a group ({label}) belongs to another group or document.",
    "count.wrong": "It says {said}; its edges and the words that show access give {found}.",
}
Words = Callable[[str, int, int], "str | None"]
"""The words of a document from one offset to another; None where they are not known."""


class Recomputed(NamedTuple):
    """What came of it."""

    facts: int
    spans: int
    """Spans of claims, edges and access that were compared with the documents' words."""
    problems: tuple[Problem, ...]


class _Export(NamedTuple):
    """An export, looked up by id."""

    words: Words
    claims: Mapping[str, Row]
    facts: Sequence[Row]
    edges: Sequence[Row]
    judgements: Sequence[Row]
    text_of: Mapping[str, str]
    """Document to the one text it is a copy of."""
    ties: Mapping[str, Sequence[str]]
    """Claim to the claims that its edges tie it to."""


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


def recompute(rows: Mapping[str, Sequence[Row]], words: Words | None = None) -> Recomputed:
    """Check every span, every edge's state and every fact's `[min, max]` and `unknown`. `words` reads documents shown in part."""
    edges = rows["lineage"]
    between = [(edge["from"], edge["to"]) for edge in edges if edge["level"] == "document" and edge["kind"] in ONE_TEXT and _ties(edge)]
    ties: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge["level"] == "claim" and _ties(edge):
            ties[edge["from"]].append(edge["to"])
    export = _Export(
        words=words or words_of(rows["documents"]),
        claims={row["id"]: row for row in rows["claims"]},
        facts=rows["facts"],
        edges=edges,
        judgements=rows["judgements"],
        text_of={doc: part[0] for part in _connected([row["id"] for row in rows["documents"]], between) for doc in part},
        ties=ties,
    )
    spans = list(_spans(export))
    problems = [*_misquoted(export, spans), *_unjudged(export), *(line for fact in export.facts for line in _miscounted(fact, export))]
    return Recomputed(len(export.facts), len(spans), tuple(problems))


def words_of(documents: Iterable[Row]) -> Words:
    """Looks words up in documents that have all of theirs."""
    texts = {row["id"]: row["text"] for row in documents}

    def words(doc: str, start: int, end: int) -> str | None:
        text = texts.get(doc)
        return None if text is None else text[start:end]

    return words


def _says(code: str, where: str, **values: object) -> Problem:
    return Problem(code, where, COUNT_SAYS[code].format(**values))


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


def _misquoted(export: _Export, spans: Iterable[tuple[str, Row]]) -> Iterator[Problem]:
    for owner, span in spans:
        found = export.words(span["doc"], span["start"], span["end"])
        if found != span["quote"]:
            code = "span.document" if found is None else "span.words"
            yield _says(code, owner, start=span["start"], end=span["end"], doc=span["doc"])


def _unjudged(export: _Export) -> Iterator[Problem]:
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
        wanted, decision = _DECIDES.get(edge["state"]), last.get(edge["id"])
        if wanted is not None and decision not in wanted:
            yield _says("edge.unjudged", f"edge {edge['id']}", state=edge["state"])
        if wanted is None and decision is not None:
            yield _says("edge.judgement", f"edge {edge['id']}", decision=decision)


def _miscounted(fact: Row, export: _Export) -> Iterator[Problem]:
    name, told, claims = f"fact {fact['id']}", fact["origins"], list(fact["claims"])
    strange = [claim for claim in claims if claim not in export.claims]
    if strange:
        yield _says("count.claims", name, number=len(strange))
    given = sorted(sorted(group["claims"]) for group in told["groups"])
    if fact["opinion"]:
        expected = (0, 0, 0)
    elif fact["kind"] == "publication_event":
        expected = (1, 1, 0)
        if [claim for group in given for claim in group] != sorted(claims):
            yield _says("count.publication", name)
    else:
        parts = [list(part) for part in _connected(claims, [(one, two) for one in claims for two in export.ties.get(one, ())])]
        if parts != given:
            yield _says("count.groups", name, found=len(parts), shown=len(given))
        hidden = {claim for group in told["groups"] for claim in group["hidden"]}
        unknown = sum(len(part) for part in parts if set(part) <= hidden)
        expected = (max(1, _matching(told["groups"], export)), len(parts), unknown)
    yield from _strays(name, told["groups"], export)
    said = (told["min"], told["max"], told["unknown"])
    if said != expected:
        yield _says("count.wrong", name, said=_count(*said), found=_count(*expected))


def _count(low: int, high: int, unknown: int) -> str:
    return f"{low} to {high} origins and {unknown} unknown"


def _strays(name: str, groups: Sequence[Row], export: _Export) -> Iterator[Problem]:
    """Access is shown by a claim of the group, in that claim's document."""
    for group in groups:
        for access in group["access"]:
            claim = export.claims.get(access["claim"])
            if access["claim"] not in group["claims"] or claim is None or claim["doc"] != access["doc"]:
                yield _says("count.access", name, label=group["label"])


def _matching(groups: Sequence[Row], export: _Export) -> int:
    """Size of a largest matching of groups and the texts in which they show access (augmenting paths, breadth first)."""
    texts = [
        sorted({export.text_of.get(doc, doc) for access in group["access"] for doc in (access.get("told_in") or access["doc"],)})
        for group in groups
        if not set(group["claims"]) <= set(group["hidden"])
    ]
    taken: dict[str, int] = {}
    return sum(_placed(start, texts, taken) for start in range(len(texts)))


def _placed(start: int, texts: Sequence[Sequence[str]], taken: dict[str, int]) -> bool:
    """Give a group a text of its own, moving others where that makes room."""
    came_from: dict[str, int] = {}
    waiting = deque([start])
    while waiting:
        group = waiting.popleft()
        for text in texts[group]:
            if text in came_from:
                continue
            came_from[text] = group
            if text in taken:
                waiting.append(taken[text])
                continue
            held = {other: one for one, other in taken.items()}
            while True:
                mover = came_from[text]
                taken[text] = mover
                if mover == start:
                    return True
                text = held[mover]  # noqa: PLW2901 - walks the path back
    return False


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
