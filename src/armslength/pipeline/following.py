"""What every judgement has to be held against, kept in memory between one judgement and the next.

In:  a reading of a case.
Out: the imports that were taken back; the persons whom the documents name, to be looked for in what people write.
Never: holds more than the case does: it follows the log, reads only what has come since it last looked, and begins anew where the log is
another one. Says whose name one is: it gives the mention, and whoever asks looks up the pseudonym.

In a case of a million claims reading the names takes a second, and looking what has come since a thousandth of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import RLock

from armslength.extract.gazetteer import gazetteer
from armslength.model.custody import LogEntry
from armslength.model.decisions import VOID, Judgement
from armslength.store.judged import MADE
from armslength.store.read import Reader

_WORD = re.compile(r"\w+")
_CASES = 4
"""Cases that are followed at a time."""

Words = tuple[str, ...]


@dataclass(slots=True)
class NameIndex:
    """Persons' names, to be looked for in a text by its words."""

    folded: dict[Words, str] = field(default_factory=dict)
    """Whole names of several words, in small letters, to a mention."""
    exact: dict[Words, str] = field(default_factory=dict)
    """Whole names as they are written, to a mention."""
    last: dict[Words, str] = field(default_factory=dict)
    """Last words that are written with a capital, to a mention. One that is also a place's name in the case names nobody by itself."""
    longest: int = 1
    """Words of the longest name."""

    def learn(self, mention: str, name: str) -> None:
        """Take in a name."""
        words = tuple(_WORD.findall(name))
        if not words:
            return
        self.longest = max(self.longest, len(words))
        self.exact.setdefault(words, mention)
        if " " in name:
            self.folded.setdefault(tuple(word.casefold() for word in words), mention)
        surname = name.rsplit(maxsplit=1)[-1]
        if surname[0].isupper():
            self.last.setdefault(tuple(_WORD.findall(surname)), mention)

    def find(self, text: str, *, is_place: Callable[[str], bool]) -> str:
        """The mention of a person whom a text names; empty where it names none."""
        words = _WORD.findall(text)
        runs = (tuple(words[at : at + size]) for at in range(len(words)) for size in range(1, min(self.longest, len(words) - at) + 1))
        return next((found for run in runs if (found := self._named(run, is_place))), "")

    def _named(self, words: Words, is_place: Callable[[str], bool]) -> str:
        found = self.exact.get(words) or self.folded.get(tuple(word.casefold() for word in words), "")
        if found or words not in self.last:
            return found
        return "" if all(map(is_place, words)) else self.last[words]


@dataclass(slots=True)
class Followed:
    """What is known of one case up to an entry of its log."""

    lock: RLock = field(default_factory=RLock)
    seq: int = 0
    hash: str = ""
    voids: dict[str, Judgement] = field(default_factory=dict)
    names: NameIndex = field(default_factory=NameIndex)
    token: str | None = None
    """Which names those are (`Reader.names_token`); None until they are asked for."""

    def catch_up(self, reader: Reader) -> None:
        """Take in what has come since. A reading of an earlier moment than is known changes nothing."""
        with self.lock:
            seq, found = reader.head()
            if seq < self.seq or (seq, found) == (self.seq, self.hash):
                return
            if not self._same_log(reader):
                self.seq, self.token = 0, None
            if self.seq == 0:
                self.voids = {row.id: row for row in reader.voids()}
            elif seq > self.seq:
                self._follow(reader)
            self.seq, self.hash = seq, found

    def _same_log(self, reader: Reader) -> bool:
        known = reader.get(LogEntry, self.seq) if self.seq else None
        return self.seq == 0 or (known is not None and known.hash == self.hash)

    def _follow(self, reader: Reader) -> None:
        made = [row.subject for row in reader.all(LogEntry, after=self.seq, event=MADE)]
        self.voids |= {row.id: row for row in reader.all(Judgement, id=made) if row.decision == VOID} if made else {}

    def name_index(self, reader: Reader) -> NameIndex:
        """The names of persons in the claims."""
        with self.lock:
            token = reader.names_token()
            if token != self.token:
                names = NameIndex()
                for mention, name in sorted(reader.persons()):
                    names.learn(mention, name)
                self.names, self.token = names, token
            return self.names


@lru_cache(maxsize=_CASES)
def _followed(folder: Path, case: str) -> Followed:
    del folder, case
    return Followed()


def followed(reader: Reader) -> Followed:
    """What is known of the case that is read, as of this reading."""
    found = _followed(reader.case.folder, reader.case.id)
    found.catch_up(reader.exact())
    return found


def voids_now(reader: Reader) -> list[Judgement]:
    """Judgements that take an import back, as of this reading."""
    found = followed(reader)
    with found.lock:
        known = sorted(found.voids)
    return reader.exact().all(Judgement, id=known) if known else []


def written_of(reader: Reader, texts: Iterable[str]) -> Iterator[str]:
    """Mentions of persons whom texts name."""
    index = followed(reader).name_index(reader.exact())
    known = gazetteer().places
    yield from (
        mention for text in texts if (mention := index.find(text, is_place=lambda word: word in known and reader.exact().names_place(word)))
    )
