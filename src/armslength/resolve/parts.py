"""Which groups of passages a change concerns: the parts that hung on what went, and those that hang on what came.

In:  entries of passages that came, changed or went; all other entries as they were noted, each with the part it hung together with.
Out: the passages of all parts that are concerned, anew in parts and groups.
Never: compares passages of two documents that the change does not concern, unless it opens a way between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from armslength.model.entries import Bucket, Entries, Entry
from armslength.resolve.clusters import Pair, Rules, bucket_pairs, candidates, parts_of, tied, worth
from armslength.resolve.readings import Reading, Voices
from armslength.resolve.union import Union

ALL = 1 << 60
"""More than any key has."""
Read = Callable[[Collection[str]], tuple[Mapping[str, Reading], Voices]]
"""Readings of claims by id, and who is who in them."""
RulesFor = Callable[[Sequence[Reading], Voices], Callable[[Reading], Rules]]
"""The rules for each of some readings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """What a change concerns in one space."""

    entries: Sequence[Entry]
    """With the part that each is in now."""
    stale: Sequence[Entry]
    """The same, as they were noted."""
    parts: Sequence[Sequence[Sequence[str]]]
    """Parts, each as groups of claims."""
    readings: Mapping[str, Reading]
    voices: Voices


def concern(
    space: str, old: Sequence[Entry], new: Sequence[Entry], *, also: Collection[str], kept: Entries, read: Read, rules: RulesFor
) -> Concerned:
    """Make the parts that a change concerns again. `kept` holds `new` and no longer `old`; `also`: claims to be looked at in any case."""
    fresh = {row.no for row in new}
    dropped, added = _moved_pairs(old, new, kept)
    reached = {no for pair in (*dropped, *added) for no in pair} - fresh
    others = {row.no: row for row in kept.of_numbers(space, reached)}
    part_of = {no: row.part for no, row in others.items()} | {row.no: row.part for row in old}
    parts = {row.part for row in old} | {row.part for row in kept.of_ids(space, also) if row.no not in fresh}
    parts |= {part_of[one] for one, two in dropped if one in part_of and part_of[one] == part_of.get(two)}
    parts |= _opened(added, others | {row.no: row for row in new}, fresh, read, rules)
    stale = [row for row in kept.of_parts(space, parts) if row.no not in fresh] if parts else []
    return _settled([*stale, *new], kept, read, rules)


def concern_all(new: Sequence[Entry], *, kept: Entries, read: Read, rules: RulesFor) -> Concerned:
    """Make all parts of a space. `kept` holds `new`, and nothing else in the space."""
    return _settled(new, kept, read, rules)


def _opened(added: Mapping[Pair, bool], entries: Mapping[int, Entry], fresh: Collection[int], read: Read, rules: RulesFor) -> set[int]:
    """The parts that pairs which were not compared before tie to others."""
    pairs = [pair for pair in worth(added, entries) if not (pair[0] in fresh and pair[1] in fresh)]
    if not pairs:
        return set()
    rows, voices = read({entries[no].id for pair in pairs for no in pair})
    chosen = rules(list(rows.values()), voices)
    found: set[int] = set()
    for one, two in pairs:
        first, second = rows[entries[one].id], rows[entries[two].id]
        if tied(first, second, chosen(first)):
            found |= {entries[no].part for no in (one, two) if no not in fresh}
    return found


def _moved_pairs(old: Sequence[Entry], new: Sequence[Entry], kept: Entries) -> tuple[set[Pair], dict[Pair, bool]]:
    """Pairs that were compared by a key and are not; and those that were not and are, or that are with what came: to whether more than
    terms says so.
    """
    before, after = _having(old), _having(new)
    fresh = {row.no for row in new}
    now = kept.buckets({*before, *after}, ALL)
    dropped: set[Pair] = set()
    added: dict[Pair, bool] = {}
    for key in {*before, *after}:
        members = dict(now[key].members) if key in now else {}
        earlier = {no: shape for no, shape in members.items() if no not in after[key]} | before[key]
        was, are = set(bucket_pairs(_bucket(earlier))), set(bucket_pairs(_bucket(members)))
        dropped |= was - are
        for pair in are:
            if pair not in was or pair[0] in fresh or pair[1] in fresh:
                added[pair] = added.get(pair, False) or bool(key % 2)
    return dropped, added


def _having(rows: Iterable[Entry]) -> defaultdict[int, dict[int, int]]:
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for row in rows:
        for key, shape in row.keys:
            found[key][row.no] = shape
    return found


def _bucket(members: Mapping[int, int]) -> Bucket:
    ordered = sorted(members.items())
    return Bucket(len(ordered), {shape: no for no, shape in reversed(ordered)}, ordered)


def _settled(stale: Sequence[Entry], kept: Entries, read: Read, rules: RulesFor) -> Concerned:
    entries = sorted(stale, key=lambda row: row.no)
    buckets = kept.buckets({key for row in entries for key, _ in row.keys}, 0)
    pairs = candidates(entries, buckets)
    rows, voices = read([row.id for row in entries])
    chosen = rules(list(rows.values()), voices)
    by_no = {row.no: rows[row.id] for row in entries}
    by_rules: dict[int, tuple[Rules, dict[int, Reading]]] = {}
    for no, row in by_no.items():
        rule = chosen(row)
        by_rules.setdefault(id(rule), (rule, {}))[1][no] = row
    parts: list[list[list[str]]] = []
    part_of: dict[int, int] = {}
    for rule, found in by_rules.values():
        inside = [pair for pair in pairs if pair[0] in found]
        numbers = {row.id: no for no, row in found.items()}
        for part in parts_of(found, inside, rule):
            parts.append([[row.id for row in group] for group in part])
            members = [numbers[row.id] for group in part for row in group]
            part_of |= dict.fromkeys(members, min(members))
    now = [replace(row, part=part_of[row.no]) for row in entries]
    return Concerned(entries=now, stale=stale, parts=parts, readings=rows, voices=voices)


def share(
    space: str, old: Sequence[Entry], new: Sequence[Entry], *, also: Collection[str], kept: Entries
) -> tuple[list[Entry], list[Entry]]:
    """The same where all that share a key hang together: the entries that a change concerns as they were noted, and in their parts."""
    fresh = {row.no for row in new}
    near = kept.of_keys(space, {key for row in new for key, _ in row.keys})
    parts = {row.part for row in old} | {row.part for row in (*near, *kept.of_ids(space, also)) if row.no not in fresh}
    stale = sorted([*(row for row in kept.of_parts(space, parts) if row.no not in fresh), *new], key=lambda row: row.no)
    union: Union[int] = Union()
    first: dict[int, int] = {}
    for row in stale:
        for key, _ in row.keys:
            union.join(first.setdefault(key, row.no), row.no)
    return stale, [replace(row, part=union.top(row.no)) for row in stale]
