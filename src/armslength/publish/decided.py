"""Judgements and what is owed to the accused, as rows of an export.

In:  judgements; what must stand beside a fact.
Out: plain values. A judgement that is whole can be checked against its signature and brought into another copy of the case.
Never: the ids of mentions, which can be guessed from a name, nor words of a document: a judgement that holds any is not whole here.
"""

from __future__ import annotations

import json

from armslength.model.decisions import Judgement, told
from armslength.model.fairness import NOT_SOUGHT, Fair
from armslength.publish.content import Names

Row = dict[str, object]

_SAMENESS = frozenset({"merge", "split", "withdraw"})
_RELEASING = frozenset({"propose", "release"})
"""Decisions whose value is a release's private record: persons behind its pseudonyms, what was counted apart. It stays in the case."""


def judgement_row(row: Judgement, names: Names, *, in_force: bool = True) -> Row:
    """What somebody decided, by pseudonym. What an added edge says stands in the lineage, with its words; what a merge or split is about
    stands here: its level and two ids of claims. Of an entity, whose mentions are not shown, only the level.
    """
    whole = is_whole(row, names)
    return {
        "id": row.id,
        "target": row.target,
        "decision": row.decision,
        "reason": row.reason if whole else names.masked(row.reason),
        "who": row.who,
        "when": row.when,
        "supersedes": row.supersedes or None,
        "about": _about(row),
        "value": row.value if whole else None,
        "key": row.key or None,
        "signature": row.signature or None,
        "whole": whole,
        "in_force": in_force,
    }


def is_whole(row: Judgement, names: Names) -> bool:
    """Whether a judgement can be shown with all that was signed: it holds no mention, no words of a document, no protected name."""
    mentions = row.decision in _SAMENESS and told(row).get("level") == "entity"
    kept = row.decision in {"add", *_RELEASING} or mentions
    return not kept and names.masked(row.reason) == row.reason and names.masked(row.value) == row.value


def _about(row: Judgement) -> Row | None:
    if row.decision not in _SAMENESS or not row.value:
        return None
    given = json.loads(row.value)
    return {"level": given["level"], "ids": given["ids"] if given["level"] != "entity" else []}


def fair_row(row: Fair, names: Names) -> Row:
    """What must stand beside a fact: replies (or that none was sought), legal status, corrections, and all of it in sentences."""
    return {
        "right_of_reply": [
            {
                "entity": asked.entity,
                "state": asked.state,
                "asked": asked.reply.asked if asked.reply else None,
                "deadline": asked.reply.deadline if asked.reply else None,
                "answered": (asked.reply.answered or None) if asked.reply else None,
                "answer": names.masked(asked.reply.answer) if asked.reply and asked.reply.answer else None,
            }
            for asked in row.asked
        ],
        "legal_status": [
            {
                "person": status.person,
                "status": status.status,
                "charge": names.masked(status.charge),
                "forum": names.masked(status.forum),
                "date": status.date,
                "claims": list(status.claims),
            }
            for _, status in row.statuses
        ],
        "corrections": [
            {"kind": request.kind, "received": request.received, "decided": request.decided, "outcome": request.outcome}
            for request in row.corrections
        ],
        "fairness": [names.masked(sentence) for sentence in row.sentences],
    }


def fair_map_row(rows: list[Fair]) -> Row:
    """What must stand beside a place or incident on a map: states without persons, charges or dates (METHOD N3)."""
    states = {asked.state for row in rows for asked in row.asked}
    reply = NOT_SOUGHT if NOT_SOUGHT in states else "sought" if "sought" in states else "answered" if states else None
    return {
        "right_of_reply": reply,
        "legal_status": sorted({status.status for row in rows for _, status in row.statuses}),
        "corrected": any(row.corrections for row in rows),
    }
