"""Which kind of claim a clause makes: the rules of `data/kinds*.yaml`, applied to what is known about the clause.

In:  a `Circumstance`: the word classes in a clause and around it, who says it, who does it, how. Out: the first rule that fits, or None.
Rules are data; this file only evaluates them. Every rule says in words what it asks for, so that a claim can say why it was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from armslength.extract.lexicon import load_data

FILES = ("kinds_answers.yaml", "kinds.yaml", "kinds_views.yaml")
"""Rule files in the order in which they are tried: what is said and answered, what was done, what is made of it."""
_NOTHING: frozenset[str] = frozenset()


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
    doer: frozenset[str] = _NOTHING
    """What the one who does it is, whatever the construction: `host`, `origin`, `official`, ..., its classes, or `nobody_named`."""
    theme: frozenset[str] = _NOTHING
    """Classes of what is acted on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of the grammar."""

    number: int = 0
    """Its place in the order in which rules are tried."""
    title: str = ""
    """In words, for whoever asks why a claim was read. Empty where its kind says enough."""
    kind: str
    needs: tuple[tuple[str, ...], ...] = ()
    avoid: frozenset[str] = _NOTHING
    head: frozenset[str] = _NOTHING
    subject: frozenset[str] = _NOTHING
    not_subject: frozenset[str] = _NOTHING
    speaker: frozenset[str] = _NOTHING
    doer: frozenset[str] = _NOTHING
    not_doer: frozenset[str] = _NOTHING
    not_below: frozenset[str] = _NOTHING
    marks: tuple[tuple[str, bool], ...] = ()
    whole: bool = False
    spread: bool = False
    """The quote takes in the clauses that complete the verb, such as `to say how many`."""
    codes: tuple[str, ...] = ()
    act: str = ""
    absorbs: frozenset[str] = _NOTHING
    """Modalities that the rule's own words bring with them, such as the `no` of `no action was taken`: the claim is stated all the same."""
    sure: float = 0.5

    @property
    def deeds(self) -> tuple[str, ...]:
        """The classes whose words tell the deed: those of the verb, else the first ones needed."""
        first = self.needs[0] if self.needs else ()
        return (*sorted(self.head), *(name.lstrip("@*^") for name in first))


_NAMED = frozenset({
    "kind", "name", "needs", "not", "head", "subject", "not_subject", "speaker", "doer", "not_doer", "not_below", "absorbs", "whole",
    "spread", "codes", "act", "sure",
})  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """The grammar, in the order in which it is tried."""
    entries = [entry for file in FILES for entry in load_data(file)["rules"]]
    return tuple(_rule(number, entry) for number, entry in enumerate(entries, start=1))


def _rule(number: int, entry: Mapping[str, object]) -> Rule:
    def names(key: str) -> tuple[str, ...]:
        value = entry.get(key) or ()
        return tuple(str(v) for v in value) if isinstance(value, list | tuple) else (str(value),)

    needs = tuple(tuple(choice.split("|")) for choice in names("needs"))
    return Rule(
        number=number,
        title=str(entry.get("name", "")),
        kind=str(entry["kind"]),
        needs=needs,
        avoid=frozenset(names("not")),
        head=frozenset(names("head")),
        subject=frozenset(names("subject")),
        not_subject=frozenset(names("not_subject")),
        speaker=frozenset(names("speaker")),
        doer=frozenset(names("doer")),
        not_doer=frozenset(names("not_doer")),
        not_below=frozenset(names("not_below")),
        absorbs=frozenset(names("absorbs")),
        marks=tuple((key, bool(value)) for key, value in entry.items() if key not in _NAMED),
        whole=bool(entry.get("whole")),
        spread=bool(entry.get("spread")),
        codes=names("codes"),
        act=str(entry.get("act", "")),
        sure=float(str(entry.get("sure", 0.5))),
    )


@cache
def _indexed() -> tuple[dict[str, tuple[int, ...]], tuple[int, ...]]:
    """Rule numbers by a class that one of their conditions cannot do without, and those that name none.

    Of a rule's conditions the one with the fewest choices is taken. So a clause is only held against rules whose words occur in it.
    """
    by_class: dict[str, list[int]] = {}
    free = []
    for number, rule in enumerate(rules()):
        gates = [tuple(n.lstrip("@*^") for n in choices) for choices in rule.needs]
        gates += [tuple(rule.head)] if rule.head else []
        if not gates:
            free.append(number)
            continue
        for name in min(gates, key=len):
            by_class.setdefault(name, []).append(number)
    return {name: tuple(found) for name, found in by_class.items()}, tuple(free)


def classify(here: Circumstance, *, only: Iterable[str] | None = None) -> Rule | None:
    """The first rule that fits; `only` keeps to some families."""
    wanted = frozenset(only) if only is not None else None
    every, (by_class, free) = rules(), _indexed()
    numbers = set(free)
    for name in here.own | here.near | here.below | here.head | here.theme:
        numbers.update(by_class.get(name, ()))
    for number in sorted(numbers):
        rule = every[number]
        if (wanted is None or rule.kind.partition(".")[0] in wanted) and fits(rule, here):
            return rule
    return None


def fits(rule: Rule, here: Circumstance) -> bool:
    """Whether every condition of a rule holds."""
    if rule.avoid & here.own or rule.not_below & here.below or (rule.head and not rule.head & here.head):
        return False
    if (rule.subject and not rule.subject & here.subject) or rule.not_subject & here.subject:
        return False
    if rule.speaker and not rule.speaker & here.speaker:
        return False
    if (rule.doer and not rule.doer & here.doer) or rule.not_doer & here.doer:
        return False
    if any((name in here.marks) is not wanted for name, wanted in rule.marks):
        return False
    return all(any(_holds(c, here) for c in choices) for choices in rule.needs)


def _holds(name: str, here: Circumstance) -> bool:
    if name[0] == "@":
        return name[1:] in here.near
    if name[0] == "^":
        return name[1:] in here.theme
    return name[1:] in here.below if name[0] == "*" else name in here.own
