"""What every judgement has to be held against, kept in memory between one judgement and the next.

In:  a reading of a case.
Out: the imports that were taken back; the persons whom the documents name, to be looked for in what people write.
Never: holds more than the case does: it follows the log, reads only what has come since it last looked, and begins anew where the log is
another one. Says whose name one is: it gives the mention, and whoever asks looks up the pseudonym.

Reading all claims for their names takes ten seconds in a case of a million; what a single judgement adds takes a thousandth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import RLock

from armslength.model.custody import LogEntry
from armslength.model.decisions import VOID, Judgement
from armslength.store.judged import MADE
from armslength.store.log import STAGE_RUN
from armslength.store.naming import NamedThere
from armslength.store.read import Reader

_WORD = re.compile(r"\w+")
_CASES = 4
"""Cases that are followed at a time."""
_CLAIMS_OF = ("extract:", "added:")
"""Runs that write the claims of one document."""

Words = tuple[str, ...]


@dataclass(slots=True)
class NameIndex:
    """Persons' names, to be looked for in a text by its words."""

    folded: dict[Words, str] = field(default_factory=dict)
    """Whole names of several words, in small letters, to a mention."""
    exact: dict[Words, str] = field(default_factory=dict)
    """Whole names and last words as they are written, to a mention."""
    last: dict[Words, str] = field(default_factory=dict)
    """Last words that are written with a capital, to a mention. One that is also a place's name names nobody by itself."""
    places: set[str] = field(default_factory=set)
    longest: int = 1
    """Words of the longest name."""

    def learn(self, named: Iterable[NamedThere]) -> None:
        """Take in what claims name."""
        for one in named:
            self.places.update(word for place in one.places for word in place.split())
            for mention, name in one.persons:
                if name.strip():
                    self._learn(name, mention)

    def _learn(self, name: str, mention: str) -> None:
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

    def find(self, text: str) -> str:
        """The mention of a person whom a text names; empty where it names none."""
        words = _WORD.findall(text)
        for start in range(len(words)):
            for length in range(1, min(self.longest, len(words) - start) + 1):
                found = self._named(tuple(words[start : start + length]))
                if found:
                    return found
        return ""

    def _named(self, words: Words) -> str:
        found = self.exact.get(words) or self.folded.get(tuple(word.casefold() for word in words))
        if not found and words in self.last and not self.places.issuperset(words):
            found = self.last[words]
        return found or ""


@dataclass(slots=True)
class Followed:
    """What is known of one case up to an entry of its log."""

    lock: RLock = field(default_factory=RLock)
    seq: int = 0
    hash: str = ""
    voids: dict[str, Judgement] = field(default_factory=dict)
    names: NameIndex | None = None
    """Read when first asked for: most of what is decided at a command line needs it once."""
    stale: set[str] = field(default_factory=set)
    """Documents whose claims were read anew since the names were read."""

    def catch_up(self, reader: Reader) -> None:
        """Take in what has come since. A reading of an earlier moment than is known changes nothing."""
        with self.lock:
            seq, found = reader.head()
            if seq < self.seq:
                return
            if not self._same_log(reader):
                self.seq, self.names, self.stale = 0, None, set()
            if self.seq == 0:
                self.voids = {row.id: row for row in reader.voids()}
            elif seq > self.seq:
                self._follow(reader)
            self.seq, self.hash = seq, found

    def _same_log(self, reader: Reader) -> bool:
        known = reader.get(LogEntry, self.seq) if self.seq else None
        return self.seq == 0 or (known is not None and known.hash == self.hash)

    def _follow(self, reader: Reader) -> None:
        entries = reader.all(LogEntry, after=self.seq, event={MADE, STAGE_RUN})
        made = [row.subject for row in entries if row.event == MADE]
        self.voids |= {row.id: row for row in reader.all(Judgement, id=made) if row.decision == VOID} if made else {}
        self.stale |= {row.subject.partition(":")[2] for row in entries if row.event == STAGE_RUN and row.subject.startswith(_CLAIMS_OF)}

    def name_index(self, reader: Reader) -> NameIndex:
        """The names of persons in the claims."""
        with self.lock:
            self.catch_up(reader)
            if self.names is None:
                self.names = NameIndex()
                self.names.learn(reader.named_in())
            elif self.stale:
                self.names.learn(reader.named_in(self.stale))
            self.stale = set()
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
    yield from (mention for text in texts if (mention := index.find(text)))
