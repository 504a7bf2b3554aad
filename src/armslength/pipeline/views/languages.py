"""Languages as words, and which languages a country's offices and papers write in.

In:  codes; the data file `languages.json` beside this module (Unicode CLDR, cut down by `scripts/languages.py`).
Out: names; codes.
Never: says which language a person speaks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def language_of(code: str) -> str:
    """A language's name for its code; the code itself where it is not known."""
    return _table()["languages"].get(code.partition("-")[0], code)


def is_language(code: str) -> bool:
    """Whether a code names a language."""
    return code in _table()["languages"]


def spoken_in(country: str) -> tuple[str, ...]:
    """Languages in official use in a country, by code; none for a code that is no country."""
    return tuple(_table()["countries"].get(country, "").split())


def all_languages() -> Mapping[str, str]:
    """Code to name, by name."""
    return dict(sorted(_table()["languages"].items(), key=lambda row: row[1]))


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads((files("armslength.pipeline.views") / "languages.json").read_text(encoding="utf-8"))
    return found
