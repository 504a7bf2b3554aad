"""Words in a row that a release shares with what its sources print about protected persons (METHOD P8).

In:  passages of the public originals; texts of a release.
Out: the longest run of words that both have, where it is long enough to lead a search engine to the page.
Never: keeps the passages: only their words' hashes, eight at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from armslength.publish.attack.folding import plain, tokens

RUN = 8
"""Words in a row that find a page. A search for eight words in quotation marks rarely has two answers; with five the sentences of news
repeat each other ("declined to comment on the matter")."""
AROUND = 30
"""Words on each side of a name that count as being about it: about one sentence before and one after."""


def words_of(text: str) -> list[str]:
    """A text as the words that runs are made of."""
    return tokens(plain(text))


def runs_of(words: Sequence[str], length: int = RUN) -> Iterator[int]:
    """Every run of that many words, as a number."""
    return map(hash, zip(*(words[start:] for start in range(length)), strict=False))


def known_runs(passages: Iterable[str]) -> frozenset[int]:
    """All runs of some passages."""
    return frozenset(run for passage in passages for run in runs_of(words_of(passage)))


def longest_run(text: str, known: frozenset[int]) -> int:
    """Words in the longest run that a text shares with the passages; 0 where none reaches `RUN`."""
    return longest_of(words_of(text), known) if known else 0


def longest_of(words: Sequence[str], known: frozenset[int]) -> int:
    """The same of a text whose words are at hand."""
    if not known or known.isdisjoint(runs_of(words)):
        return 0
    longest = here = 0
    for run in runs_of(words):
        here = here + 1 if run in known else 0
        longest = max(longest, here)
    return longest + RUN - 1
