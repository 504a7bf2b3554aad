"""What persons are called in one release, and every id that would lead back to them or to a withheld document.

In:  persons, the release's own secret.
Out: pseudonyms and ids that hold in this release and in no other; a writer of generated sentences.
Never: keeps a pseudonym from one release to the next (two could be laid over each other), or an id that can be computed from a page.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from armslength.base.ids import keyed_digest
from armslength.model.things import Entity
from armslength.publish.attack.folding import any_of
from armslength.publish.attack.runs import RUN, words_of
from armslength.publish.content import UNKNOWN_PERSON, Content
from armslength.publish.gate.persons import Persons, voices_of

_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, which are misread or spell words."""
_SHORTEST = 4
OUTLETS = {"author": "the page’s own voice", "publisher": "a publisher", "media": "a news outlet", "unnamed": "somebody not named"}
"""What stands for the names of those who print things, where the name would lead to the page."""
_LABEL = re.compile(r"Person [0-9A-HJKMNP-TV-Z]{4,}")


def pseudonyms(ids: Iterable[str], secret: bytes, *, word: str) -> dict[str, str]:
    """Id to a label of this release: `Person 7KQM`. More signs where two would share them."""
    codes = {one: _code(keyed_digest(secret, "pseudonym", word, one)) for one in ids}
    length = _SHORTEST
    while len({code[:length] for code in codes.values()}) < len(codes):
        length += 1
    return {one: f"{word} {code[:length]}" for one, code in codes.items()}


def _code(found: str) -> str:
    number = int(found, 16)
    return "".join(_SIGNS[(number >> (251 - 5 * place)) & 31] for place in range(51))


@dataclass(frozen=True, slots=True)
class Speech:
    """Writes generated sentences again: no protected name, this release's pseudonyms."""

    names: re.Pattern[str]
    called: Mapping[str, str]
    """What stands in sentences now (a name, a last name, the case's own pseudonym) to the person."""
    labels: Mapping[str, str]
    """Person to what they are called in this release."""
    pages: re.Pattern[str]
    """What else would lead to a withheld page: who published it, names as long as a search."""
    instead: Mapping[str, str]
    """What stands for each of them."""
    mine: frozenset[str] = frozenset()
    """The labels of this release."""

    def say(self, text: str, *, linked: bool) -> str:
        """A sentence as it may be printed. Not `linked`: persons are not told apart in it."""
        if not text:
            return text

        def name(found: re.Match[str]) -> str:
            label = self.labels.get(self.called.get(found.group(), ""), UNKNOWN_PERSON)
            return label if linked or label not in self.mine else UNKNOWN_PERSON

        swapped = self.pages.sub(lambda found: self.instead[found.group()], self.names.sub(name, text))
        return _LABEL.sub(lambda found: found.group() if found.group() in self.mine else UNKNOWN_PERSON, swapped)


def without_pseudonyms(text: str) -> str:
    """A sentence in which persons are not told apart: the same in every release."""
    return _LABEL.sub(UNKNOWN_PERSON, text)


def speech_of(content: Content, persons: Persons, labels: Mapping[str, str], publishers: Iterable[str]) -> Speech:
    """Make the writer of one release. `publishers`: of withheld documents."""
    called: dict[str, str] = {}
    rows = {row.id: row for row in content.entities}
    places = {word for claim in content.claims for place in claim.places for word in place.name.split()}
    for who, names in persons.protected.items():
        for name in names:
            called.setdefault(name, who)
        for name in names:
            last = name.split()[-1] if name.split() else ""
            if last and last[0].isupper() and last not in places:
                called.setdefault(last, who)
    for who in (*persons.protected, *persons.public):
        if who in rows:
            called.setdefault(rows[who].label, who)
    instead = dict.fromkeys(publishers, "a publisher")
    instead.update((row.label, OUTLETS.get(row.kind, f"a {row.kind}")) for row in content.entities if len(words_of(row.label)) >= RUN)
    voices = (voice for claim in content.claims for voice in voices_of(claim))
    instead.update((voice.name, OUTLETS.get(voice.kind, f"a {voice.kind}")) for voice in voices if len(words_of(voice.name)) >= RUN)
    return Speech(
        re.compile(rf"(?<!\w)(?:{any_of(called)})(?!\w)"),
        called,
        {**labels, **persons.public},
        re.compile(rf"(?<!\w)(?:{any_of(instead)})(?!\w)"),
        instead,
        frozenset(labels.values()),
    )


def shown_entity(row: Entity, persons: Persons, labels: Mapping[str, str], speech: Speech) -> Entity:
    """An entity as it is shown: public persons by name, protected ones by this release's pseudonym and nothing else."""
    if row.id in persons.public:
        return dataclasses.replace(row, label=persons.public[row.id], protected=False, aliases=(), why=())
    if row.id in persons.protected:
        return Entity(
            id=row.id,
            kind=row.kind,
            label=labels.get(row.id, UNKNOWN_PERSON),
            aliases=(),
            protected=True,
            mentions=row.mentions,
            claims=row.claims,
        )
    return dataclasses.replace(
        row,
        label=speech.say(row.label, linked=False),
        aliases=tuple(sorted({speech.say(alias, linked=False) for alias in row.aliases})),
        why=tuple(speech.say(line, linked=False) for line in row.why),
    )
