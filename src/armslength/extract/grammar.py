"""Which kind of claim a clause makes: the rules of `data/kinds.yaml`, applied to what is known about the clause.

In:  a `Circumstance`: the word classes in a clause and around it, who says it, how. Out: the first rule that fits, or None.
Rules are data; this file only evaluates them. Every rule names itself, so that a claim can say why it was read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from armslength.extract.lexicon import load_data


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """What a rule can ask about one clause."""

    own: frozenset[str]
    """Classes of the clause's own words, with the derived ones (`single`, `plural_target`, `site_any`, `method`, ...)."""
    near: frozenset[str]
    """Those, and the classes of its subject and of the clause it hangs on."""
    below: frozenset[str]
    """Classes of everything that hangs on the clause."""
    head: frozenset[str]
    """Classes the verb belongs to."""
    subject: frozenset[str]
    """What the subject is: `person`, `official`, `host`, `origin`, `report`, `site`, ..."""
    speaker: frozenset[str]
    """What the deepest voice is, and `page` when nobody else speaks."""
    marks: frozenset[str]
    """Yes-or-no circumstances: `said`, `quoted`, `dated`, `place`, `past`, `cueing`, `definite`, `verbless`, `single_context`, ..."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the grammar."""

    name: str
    kind: str
    needs: tuple[tuple[str, ...], ...] = ()
    avoid: frozenset[str] = frozenset()
    head: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    speaker: frozenset[str] = frozenset()
    marks: tuple[tuple[str, bool], ...] = ()
    whole: bool = False
    codes: tuple[str, ...] = ()
    act: str = ""
    sure: float = 0.5
    words: str = field(default="", compare=False)


_NAMED = {"kind", "needs", "not", "head", "subject", "speaker", "whole", "codes", "act", "sure"}


@cache
def rules() -> tuple[Rule, ...]:
    """The grammar, in the order in which it is tried."""
    return tuple(_rule(number, entry) for number, entry in enumerate(load_data("kinds.yaml")["rules"], start=1))


def _rule(number: int, entry: dict[str, object]) -> Rule:
    def names(key: str) -> tuple[str, ...]:
        value = entry.get(key) or ()
        return tuple(str(v) for v in value) if isinstance(value, list | tuple) else (str(value),)

    needs = tuple(tuple(choice.split("|")) for choice in names("needs"))
    said = [
        f"{' and '.join(' or '.join(n) for n in needs)}" if needs else "",
        f"said by {' or '.join(names('speaker'))}" if names("speaker") else "",
    ]
    return Rule(
        name=f"rule {number}",
        kind=str(entry["kind"]),
        needs=needs,
        avoid=frozenset(names("not")),
        head=frozenset(names("head")),
        subject=frozenset(names("subject")),
        speaker=frozenset(names("speaker")),
        marks=tuple((key, bool(value)) for key, value in entry.items() if key not in _NAMED),
        whole=bool(entry.get("whole")),
        codes=names("codes"),
        act=str(entry.get("act", "")),
        sure=float(str(entry.get("sure", 0.5))),
        words="; ".join(s for s in said if s),
    )


def classify(here: Circumstance, *, only: Iterable[str] | None = None) -> Rule | None:
    """The first rule that fits; `only` keeps to some families."""
    wanted = frozenset(only) if only is not None else None
    for rule in rules():
        if (wanted is None or rule.kind.partition(".")[0] in wanted) and fits(rule, here):
            return rule
    return None


def fits(rule: Rule, here: Circumstance) -> bool:
    """Whether every condition of a rule holds."""
    if rule.avoid & here.own or (rule.head and not rule.head & here.head):
        return False
    if rule.subject and not rule.subject & here.subject:
        return False
    if rule.speaker and not rule.speaker & here.speaker:
        return False
    if any((name in here.marks) is not wanted for name, wanted in rule.marks):
        return False
    return all(any(_holds(c, here) for c in choices) for choices in rule.needs)


def _holds(name: str, here: Circumstance) -> bool:
    if name.startswith("@"):
        return name[1:] in here.near
    return name[1:] in here.below if name.startswith("*") else name in here.own
