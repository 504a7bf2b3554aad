"""What changed since the release before: each with a reason code (METHOD F4).

In:  the facts of both releases as rows of the export contract; facts whose meaning a legal status changed.
Out: rows `{id, reason, fact, label, was, now, why}`; the same for the same two releases.
Never: passes over a fact that was published: it is still there, or it is listed with the reason why it is not.

Reasons: `added`, `superseded` (a later count took its place), `corrected` (what is said of it is otherwise), `withdrawn` (it is no longer
said), `status_changed` (people decided about it otherwise, or a person's legal status did).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Fact = Mapping[str, Any]
COMPARED = ("kind", "label", "measure", "value", "comparator", "interval", "as_of", "country", "counter", "opinion")
REASONS = ("withdrawn", "corrected", "superseded", "status_changed", "added")


def find_changes(before: Sequence[Fact], now: Sequence[Fact], status: Mapping[str, str]) -> list[dict[str, Any]]:
    """Every change, by reason (the gravest first) and fact. `status` is fact id to a sentence about a legal status."""
    there = {fact["id"]: fact for fact in now}
    earlier = {fact["id"]: fact for fact in before}
    found: list[dict[str, Any]] = []
    heirs = _heirs(before, there)
    taken, known = _takers(now), _takers(before)
    for fact in before:
        takers = taken.get(fact["id"], set()) - known.get(fact["id"], set())
        found += _change(fact, there.get(heirs.get(fact["id"], "")), takers, status)
    found += [_row("added", fact, None, fact["id"], "") for fact in now if fact["id"] not in earlier and fact["id"] not in heirs.values()]
    return sorted(found, key=lambda row: (REASONS.index(row["reason"]), row["fact"]))


def _heirs(before: Iterable[Fact], there: Mapping[str, Fact]) -> dict[str, str]:
    """Fact of before to what it is now: itself, or the fact that has most of its claims."""
    by_claim = {claim: fact["id"] for fact in there.values() for claim in fact["claims"]}
    found = {}
    for fact in before:
        shared = sorted(by_claim[claim] for claim in fact["claims"] if claim in by_claim)
        if fact["id"] in there:
            found[fact["id"]] = fact["id"]
        elif shared:
            found[fact["id"]] = max(shared, key=lambda one: (shared.count(one), one))
    return found


def _takers(facts: Iterable[Fact]) -> dict[str, set[str]]:
    """Fact to the facts that supersede it."""
    found: dict[str, set[str]] = {}
    for row in facts:
        for relation in row["relations"]:
            if relation["type"] == "supersedes":
                found.setdefault(relation["fact"], set()).add(row["id"])
    return found


def _change(was: Fact, now: Fact | None, takers: set[str], status: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    if takers:
        yield _row("superseded", was, was["id"], now["id"] if now else None, f"superseded by {', '.join(sorted(takers))}")
    if now is None:
        if not takers:
            yield _row("withdrawn", was, was["id"], None, "no longer said")
        return
    fields = [name for name in COMPARED if was[name] != now[name]]
    fields += [f"origins.{name}" for name in ("min", "max", "unknown") if was["origins"][name] != now["origins"][name]]
    fields += ["claims"] if was["claims"] != now["claims"] else []
    if fields:
        yield _row("corrected", now, was["id"], now["id"], ", ".join(fields))
    if was["state"] != now["state"]:
        yield _row("status_changed", now, was["id"], now["id"], f"{was['state']} before, {now['state']} now")
    elif was["id"] in status or now["id"] in status:
        yield _row("status_changed", now, was["id"], now["id"], status.get(now["id"]) or status[was["id"]])


def _row(reason: str, fact: Fact, was: str | None, now: str | None, why: str) -> dict[str, Any]:
    name = was or str(now)
    return {"id": f"{reason}:{name}", "reason": reason, "fact": name, "label": fact["label"], "was": was, "now": now, "why": why}
