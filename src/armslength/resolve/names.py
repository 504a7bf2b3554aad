"""Names and words, folded so that the same name written differently compares equal.

In:  a name or a passage as a text gives it.
Out: folded names, initials, content words.
Never: crosses scripts, sounds names out, or decides that two names are one: that is `entities.py`, with a reason.
"""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files

import yaml

_MARKS = re.compile("[\u0300-\u036f]")
_POSSESSIVE = re.compile(r"['’ʼ`]s\b|(?<=s)['’ʼ`](?=\s|$)")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_NOT_WORD = re.compile(r"[\W_]+")
_ARTICLES = frozenset({"the", "a", "an"})
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lord", "lady", "madam"})

_WORDS: dict[str, str] = yaml.safe_load((files("armslength.resolve") / "data" / "words.yaml").read_text("utf-8"))

GENERIC: frozenset[str] = frozenset(_WORDS["generic"].split())
"""Words that name nobody by themselves."""

STOP: frozenset[str] = frozenset(_WORDS["small"].split())
TOPIC: frozenset[str] = frozenset(_WORDS["topic"].split())
"""Words that nearly every passage of a case about sites abroad has."""
TELLING_VERBS: frozenset[str] = frozenset(_WORDS["telling"].split())
"""Words by which somebody gives a count or an account."""
SAME: tuple[str, ...] = tuple(_WORDS["same"].split(";"))
"""Words that may stand for one another, a row each."""
_BODIES: frozenset[str] = frozenset(_WORDS["bodies"].split())
_PRESS = frozenset(
    {"news", "press", "times", "post", "daily", "journal", "gazette", "herald", "tribune", "radio", "television", "tv", "wire"}
)
_ENDINGS = (("ings", ""), ("ing", ""), ("ies", "i"), ("ied", "i"), ("ss", "ss"), ("ed", ""), ("s", ""))
_STEM = 4
"""Letters a stem keeps at least."""


def fold(name: str) -> str:
    """A name without case, articles, possessives, punctuation and accents. `The People’s Daily` and `people's daily` fold alike."""
    text = _MARKS.sub("", unicodedata.normalize("NFKD", name))
    text = unicodedata.normalize("NFC", text).casefold()
    text = _DOTTED.sub(lambda found: found.group().replace(".", ""), text)
    words = _NOT_WORD.sub(" ", _POSSESSIVE.sub("", text)).split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)


def person_words(name: str) -> tuple[str, ...]:
    """The words of a person's name, folded, without titles."""
    return tuple(word for word in fold(name).split() if word not in _TITLES)


def names_somebody(name: str) -> bool:
    """Whether a name could tell one body from another: a proper word that is not one of the words every body is called by."""
    for word in _NOT_WORD.sub(" ", _POSSESSIVE.sub("", name)).split():
        proper = word[0].isupper() or (word[0].isalpha() and word[0].lower() == word[0].upper())
        if proper and word.casefold() not in GENERIC:
            return True
    return False


def initials(name: str) -> frozenset[str]:
    """What a name may be shortened to: the first letters of all its words, and of those that are not small words."""
    words = fold(name).split()
    if len(words) < 2:
        return frozenset()
    small = {"of", "and", "for", "the", "in", "on", "to", "a", "an"}
    return frozenset({"".join(word[0] for word in words), "".join(word[0] for word in words if word not in small)})


def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: two to six capitals, with or without points."""
    bare = name.replace(".", "").strip()
    return 2 <= len(bare) <= 6 and bare.isupper() and bare.isalpha()


def is_press(name: str) -> bool:
    """Whether a publisher is to be taken for a news medium: unless its name says that it is another kind of body."""
    words = set(fold(name).split())
    return bool(words & _PRESS) or not words & _BODIES


def content_words(text: str) -> frozenset[str]:
    """What a passage is about: its words without the small ones, cut to rough stems. Numbers stay."""
    return frozenset(map(stem, small_words_out(text)))


def small_words_out(text: str) -> list[str]:
    """The folded words of a passage without the small ones; numbers stay."""
    return [word for word in fold(text).split() if word not in STOP and (len(word) > 2 or word.isdigit())]


def stem(word: str) -> str:
    """A word without its ending, roughly: `office` and `offices`, `closed` and `closing`, `family` and `families` come out alike."""
    for ending, left in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: len(word) - len(ending)] + left
            break
    if word.endswith("e") and len(word) > _STEM:
        return word[:-1]
    if word.endswith("y") and len(word) > _STEM:
        return f"{word[:-1]}i"
    return word[:-1] if len(word) > _STEM and word[-1] == word[-2] and not word.isdigit() else word
