"""Make the tables of languages and countries: names in English and in the languages of the pages, and what is in official use where.

In:  Unicode CLDR, as the package Babel has it.
Out: src/armslength/pipeline/views/languages.json, and names.json beside each catalogue.
Never: runs with the program. The result lies in the package.
"""

from __future__ import annotations

import json
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.languages import get_official_languages

PACKAGE = Path(__file__).parents[1] / "src/armslength"
TARGET = PACKAGE / "pipeline/views/languages.json"


def main() -> None:
    """Write the table."""
    names = Locale("en").languages
    countries = {}
    for country in sorted(code for code in get_global("territory_languages") if len(code) == 2):
        found = list(dict.fromkeys(code.partition("_")[0] for code in get_official_languages(country, regional=False, de_facto=True)))
        if found:
            countries[country] = " ".join(found)
    used = {code for found in countries.values() for code in found.split()}
    languages = {code: name for code, name in sorted(names.items()) if "_" not in code and (len(code) == 2 or code in used | MORE)}
    write(TARGET, countries, languages)
    for catalogue in sorted((PACKAGE / "locale").glob("*/LC_MESSAGES")):
        locale = Locale(catalogue.parent.name)
        there = {code: name for code, name in sorted(locale.territories.items()) if len(code) == 2}
        write(catalogue.parent / "names.json", there, {code: locale.languages[code] for code in languages if code in locale.languages})


def write(path: Path, countries: dict[str, str], languages: dict[str, str]) -> None:
    """Write two tables into a file."""
    path.write_text(json.dumps({"countries": countries, "languages": languages}, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


MORE = frozenset({"ckb", "yue", "nan", "hak", "prs", "kmr", "zgh", "tzm", "bal", "sdh"})
"""Languages of more than a million people that are official in no country, or have no code of two letters."""


if __name__ == "__main__":
    main()
