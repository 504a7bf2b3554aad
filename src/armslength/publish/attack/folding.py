"""One spelling for a text however it is written: case, accents, scripts, invisible characters, look-alikes.

In:  any text.
Out: plain letters and digits a to z, 0 to 9, as tokens; patterns over them.
Never: shortens what it is given: a letter that has no plain spelling becomes a gap, not nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from anyascii import anyascii

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Soft hyphen, joiners, direction marks, variation selectors and other characters without a shape, as Unicode lists them."""
_TAGS = re.compile("[\U000e0000-\U000e01ef]")
"""Tag characters and further variation selectors: a name can be spelt in them unseen."""
_IDEOGRAPH = re.compile("([\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")
GAP = "0x"
"""A token that is no word."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_TOKEN = re.compile(r"[a-z0-9]+")
_SIGNS = re.compile("[\u2010-\u2bff\u3000-\u3004\u3008-\u3020]+")
"""Punctuation, arrows, blocks and shapes: gaps, whatever they are called. Signs that are letters in disguise became letters before."""
_LOOKALIKE = str.maketrans(
    "АВСЕНІЈКМОРЅТХУҮаеіјорсѕхуһԁԛԝАΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρυ",
    "ABCEHIJKMOPSTXYYaeijopcsxyhdqwAABEZHIKMNOPTYXoavpu",
)
"""Cyrillic and Greek letters that look like Latin ones (the pairs of Unicode's confusables that are one letter to one)."""
_CAN_LOOK_ALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f]")


def visible(text: str) -> str:
    """Text without what cannot be seen, in compatibility form: full-width letters, ligatures and styled letters become plain ones."""
    if text.isascii():
        return text
    spelt = "".join(chr(ord(c) - 0xE0000) if "\U000e0020" <= c <= "\U000e007e" else c for c in text) if _TAGS.search(text) else text
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", _TAGS.sub("", spelt)))


def plain(text: str) -> str:
    """Text in ASCII with its case kept; every Chinese or Japanese character is a syllable of its own."""
    return text if text.isascii() else _NOT_ASCII.sub(lambda found: _sound(found.group()), text)


@lru_cache(maxsize=1 << 16)
def _sound(run: str) -> str:
    """A run of letters beyond ASCII as it sounds. Runs repeat, so this is asked for few of them."""
    seen = _IDEOGRAPH.sub(r" \1 ", _SIGNS.sub(" ", visible(run)))
    return anyascii(unicodedata.normalize("NFC", seen))


def spellings(text: str) -> list[str]:
    """The plain spellings of a text: as it sounds, and where letters of other alphabets stand in for Latin ones, as it looks.

    Chinese and Japanese characters are left out: how they sound is `plain`'s business, and many sound alike.
    """
    if text.isascii():
        return [text]
    found = [without_ideographs(text)]
    if _CAN_LOOK_ALIKE.search(text):
        found.append(plain(visible(text).translate(_LOOKALIKE)))
    return found


def without_ideographs(text: str) -> str:
    """Text in ASCII in which Chinese and Japanese characters only part what stands on their two sides."""
    return plain(_IDEOGRAPH.sub(f" {GAP} ", text)) if has_ideographs(text) else plain(text)


def has_ideographs(text: str) -> bool:
    """Whether a text holds characters that each stand for a syllable."""
    return not text.isascii() and _IDEOGRAPH.search(text) is not None


def tokens(plain_text: str) -> list[str]:
    """Words of a plain text, in lower case."""
    return _TOKEN.findall(plain_text.lower())


def any_of(words: Iterable[str]) -> str:
    """A pattern that finds any of the words in time that does not grow with their number: a tree of their letters."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(root) if root else r"(?!)"


def _branch(node: dict[str, Any]) -> str:
    longest_first = [re.escape(letter) + _branch(rest) for letter, rest in sorted(node.items()) if letter]
    if not longest_first:
        return ""
    inner = longest_first[0] if len(longest_first) == 1 and "" not in node else "(?:" + "|".join(longest_first) + ")"
    return inner + "?" if "" in node else inner
