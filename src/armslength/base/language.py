"""The language in which somebody is spoken to: English in the code, others from catalogues in `locale/`.

In:  a language tag, an English sentence.
Out: the sentence in that language; in English where nobody has translated it.
Never: translates what a source says. A quote stays in its own language.

Catalogues are GNU gettext's (`.po`, compiled `.mo`); `scripts/translations.py` extracts and compiles them.
"""

from __future__ import annotations

import gettext as library
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files

DOMAIN = "armslength"
ENGLISH = "en"
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ug", "ur", "yi"})
"""Languages written from right to left (CLDR, `characterOrder`)."""
_LONGEST = 200
"""Characters of an Accept-Language header that are looked at."""
_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def languages() -> tuple[str, ...]:
    """The languages there is a catalogue of, English first."""
    found = (one.name for one in files("armslength").joinpath("locale").iterdir() if one.is_dir() and not one.name.startswith("_"))
    return (ENGLISH, *sorted(found))


def wanted(header: str) -> str:
    """The language to speak, of those a browser asks for (RFC 9110, `Accept-Language`): the first best there is, else English."""
    asked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:_LONGEST].split(",")):
        tag, _, rest = part.strip().partition(";")
        asked.append((-_quality(rest), place, tag.strip().lower().partition("-")[0]))
    known = languages()
    return next((tag for minus, _, tag in sorted(asked) if minus < 0 and tag in known), ENGLISH)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language until the block ends."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def say(sentence: str) -> str:
    """A sentence in the language spoken."""
    return _catalogue(_spoken.get()).gettext(sentence) if sentence else sentence


def count(one: str, many: str, n: int) -> str:
    """The form of a sentence that goes with a number."""
    return _catalogue(_spoken.get()).ngettext(one, many, n)


def marked(sentence: str) -> str:
    """A sentence that is translated where it is shown, not here."""
    return sentence


def both(one: str, many: str) -> tuple[str, str]:
    """The two forms of a sentence that goes with a number, translated where they are shown."""
    return one, many


def spoken() -> str:
    """The language spoken."""
    return _spoken.get()


def names(language: str) -> dict[str, dict[str, str]]:
    """What `countries` and `languages` are called in a language, by code (Unicode CLDR); nothing for English, which is in the tables."""
    file = files("armslength").joinpath("locale", language, "names.json")
    found: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return found


def direction(language: str) -> str:
    """`rtl` for a language written from right to left, else `ltr`."""
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


@cache
def _catalogue(language: str) -> library.NullTranslations:
    if language not in languages() or language == ENGLISH:
        return library.NullTranslations()
    with files("armslength").joinpath("locale", language, "LC_MESSAGES", f"{DOMAIN}.mo").open("rb") as file:
        return library.GNUTranslations(file)


def _quality(parameters: str) -> float:
    said: Sequence[str] = parameters.strip().partition("q=")
    try:
        return min(1.0, float(said[2])) if said[1] else 1.0
    except ValueError:
        return 0.0
