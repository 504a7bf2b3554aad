"""Texts of which it is known which are copies, excerpts and retellings of which, as many as are wanted: for `matching.py`.

In:  how many texts.
Out: a file with one JSON object a line: the text, the family it belongs to, and what it is to the first of its family.
Never: holds more than a few hundred texts at once. Every word is invented; lengths are those of news (150 to 600 words).
"""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np

NEAR, EXCERPT, RETOLD = "near copy", "excerpt", "retelling"
SHARES = {NEAR: 0.10, EXCERPT: 0.05, RETOLD: 0.10}
"""Of all originals, how many have such a follower."""
APART = 200
"""A follower comes at most so many texts after its original."""
WORDS, NAMES = 50_000, 20_000
_LETTERS, _VOWELS = "bcdfghjklmnprstvw", "aeiou"

Sentence = list[str]


def write_stories(path: Path, number: int) -> None:
    """Write texts to a file, the same every time."""
    with path.open("w", encoding="utf-8") as out:
        for text, family, what in stories(number):
            out.write(json.dumps({"text": text, "family": family, "what": what}) + "\n")


def stories(number: int) -> Iterator[tuple[str, int, str]]:
    """(text, family, what it is to the first of its family; empty for the first)."""
    draw = random.Random(4)
    waiting: deque[tuple[list[Sentence], int, str]] = deque()
    family = made = 0
    while made < number:
        if len(waiting) > APART // 2 or (waiting and draw.random() < len(waiting) / APART):
            waiting.rotate(draw.randrange(len(waiting)))
            sentences, of, what = waiting.popleft()
            yield written(followed(draw, sentences, what)), of, what
        else:
            sentences = story(draw)
            chosen = draw.random()
            for what, share in SHARES.items():
                if 0 <= chosen < share:
                    waiting.append((sentences, family, what))
                chosen -= share
            yield written(sentences), family, ""
            family += 1
        made += 1


def story(draw: random.Random) -> list[Sentence]:
    """Sentences of 8 to 22 words, 150 to 600 in all, with numbers and the names of a cast of eight. Some names stand in very many texts."""
    wanted, cast = draw.randint(150, 600), [vocabulary()[1][int(NAMES * draw.random() ** 3)] for _ in range(8)]
    found: list[Sentence] = []
    while sum(map(len, found)) < wanted:
        found.append(sentence(draw, cast))
    return found


def sentence(draw: random.Random, cast: list[str]) -> Sentence:
    words = some_words(draw, draw.randint(8, 22))
    if draw.random() < 0.5:
        words.insert(draw.randint(1, len(words)), draw.choice(cast))
    if draw.random() < 0.4:
        words.insert(draw.randint(1, len(words)), some_number(draw))
    return words


def some_number(draw: random.Random) -> str:
    """Half of all numbers are small, a quarter are years, a quarter may be large: most of them stand in very many texts."""
    kind = draw.random()
    return str(draw.randint(10, 99) if kind < 0.5 else draw.randint(1990, 2026) if kind < 0.75 else draw.randint(100, 99_999))


def some_words(draw: random.Random, number: int) -> list[str]:
    """Words as often as in a language: the second half as often as the first, the third a third as often."""
    words, _, bounds = vocabulary()
    return [words[at] for at in np.searchsorted(bounds, [draw.random() for _ in range(number)]).tolist()]


@cache
def vocabulary() -> tuple[list[str], list[str], np.ndarray]:
    """Invented words, invented names, and the running share of each word in all texts."""
    draw = random.Random(5)
    found: dict[str, None] = {}
    while len(found) < WORDS + NAMES:
        found["".join(draw.choice(_LETTERS) + draw.choice(_VOWELS) for _ in range(draw.randint(2, 4)))] = None
    every = list(found)
    weights = np.cumsum(1 / (np.arange(WORDS) + 10))
    return every[:WORDS], [name.capitalize() for name in every[WORDS:]], weights / weights[-1]


def followed(draw: random.Random, sentences: list[Sentence], what: str) -> list[Sentence]:
    """A text that follows another: with one sentence in ten changed, half of it, or only its numbers and names in other words."""
    if what == NEAR:
        return [sentence(draw, ["Elsewhere"]) if draw.random() < 0.1 else row for row in sentences]
    if what == EXCERPT:
        half, first = len(sentences) // 2, draw.randint(0, len(sentences) // 2)
        return sentences[first : first + half]
    return [[word if word[0].isdigit() or word[0].isupper() else some_words(draw, 1)[0] for word in row] for row in sentences]


def written(sentences: list[Sentence]) -> str:
    return " ".join(f"{row[0].capitalize()} {' '.join(row[1:])}." for row in sentences)
