"""Values as words: numbers with their comparator, dates, counts of origins, codes.

In:  values and codes of the rows.
Out: plain English for a page, a terminal or a print-out.
Never: rounds, guesses a date that is not there, or calls a count of origins higher than its lower end.
"""

from __future__ import annotations

import re

from armslength.model.claims import COMPARED

_SPEECH_ACTS = {
    "asserts": "states it",
    "reports": "reports what another said",
    "quotes": "quotes another",
    "alleges": "alleges it",
    "accuses": "accuses somebody of it",
    "denies": "denies it",
    "declines": "declines to comment",
    "admits": "admits it",
    "testifies": "testifies to it",
    "hedges": "says it with reserve",
    "opines": "gives an opinion",
}

_MODALITIES = {
    "possible": "said to be possible",
    "doubtful": "said to be doubtful",
    "negated": "said not to be so",
    "future": "said to be still to come",
    "hypothetical": "said as a supposition",
}

_VOICES = {
    "author": "the page’s own voice",
    "publisher": "publisher",
    "media": "news medium",
    "organisation": "organisation",
    "report": "report",
    "government": "government",
    "person": "person",
    "court": "court",
    "unnamed": "not named in the text",
}

_EDGES = {
    "identical": "same text",
    "near_copy": "near copy",
    "excerpt": "excerpt",
    "rewrite": "told again in other words",
    "republication": "republication",
    "syndication": "syndicated text",
    "translation": "translation",
    "quotation": "quotation",
    "citation": "citation",
    "same_speaker": "same speaker",
    "same_organisation": "same organisation",
    "same_owner": "same owner",
    "same_interview": "same interview",
    "press_release": "press release and story",
    "relayed_figure": "same exact number",
    "shared_error": "same unusual mistake",
    "common_source": "common source",
}

_STATES = {
    "machine": "read by the program; no person has judged it yet",
    "accepted": "accepted by a person",
    "confirmed": "confirmed by a person",
    "contested": "contested",
    "disputed": "disputed by a person",
    "rejected": "rejected by a person",
}

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_DATE = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?(?P<mark>[~?%])?\Z")


def number(value: float) -> str:
    """Write a number in full, thousands apart: `230,000`, `1.5`."""
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,}"


def valued(value: float | None, comparator: str, *, low: float | None = None, high: float | None = None) -> str:
    """Write a number with its comparator in words: `at least 54`. Without a number, the interval, or nothing."""
    if value is not None:
        return COMPARED.get(comparator, "") + number(value)
    if low is not None and high is not None:
        return f"between {number(low)} and {number(high)}"
    if low is not None:
        return f"not one number; {number(low)} or more"
    if high is not None:
        return f"not one number; {number(high)} or fewer"
    return ""


def plural(count: int, one: str, many: str | None = None) -> str:
    """A counted noun: `1 article`, `4 articles`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def spelled(count: int) -> str:
    """A small number as a word, a larger one in figures."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def articles(documents: int, apparent: int) -> str:
    """How many sources a fact seems to have. An article is one document of the case; one publisher may have several."""
    if documents == apparent:
        return plural(documents, "article")
    return f"{plural(documents, 'article')} from {plural(apparent, 'publisher')}"


def origins(low: int, high: int) -> str:
    """A count of origins, the lower end first: `1 origin`, `1 to 3 origins`, `no known origin`."""
    if high <= 0:
        return "no known origin"
    if low <= 0:
        return "no known origin, at most " + spelled(high)
    if low == high:
        return plural(low, "origin")
    return f"{low} to {high} origins"


def speech_act(code: str) -> str:
    return _SPEECH_ACTS.get(code, code)


def modality(code: str) -> str:
    """How the passage limits what it says; empty for a plain statement."""
    return _MODALITIES.get(code, "")


def voice(kind: str) -> str:
    return _VOICES.get(kind, kind)


def edge(kind: str) -> str:
    return _EDGES.get(kind, kind.replace("_", " "))


def state(code: str) -> str:
    return _STATES.get(code, code)


def dated(edtf: str | None) -> str:
    """An EDTF date in words: `September 2022`, `about 2021`, `from April 2021 to July 2022`. What cannot be read is given back."""
    if not edtf:
        return ""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one_date(start)
    if start in {"", ".."}:
        return f"until {_one_date(end)}"
    if end in {"", ".."}:
        return f"from {_one_date(start)}"
    return f"{_one_date(start)} to {_one_date(end)}"


def _one_date(edtf: str) -> str:
    found = _DATE.match(edtf)
    if not found:
        return edtf
    year, month, day, mark = found["year"], found["month"], found["day"], found["mark"]
    if month and not 1 <= int(month) <= 12:  # EDTF seasons are 21 to 24
        return edtf
    words = year
    if month:
        words = f"{_MONTHS[int(month) - 1]} {year}"
    if day:
        words = f"{int(day)} {words}"
    return {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(mark or "", "") + words


def moment(rfc3339: str) -> str:
    """A moment of the log in words, in UTC: `22 November 2026, 03:12 UTC`."""
    day, _, rest = rfc3339.partition("T")
    return f"{_one_date(day)}, {rest[:5]} UTC" if rest else rfc3339


def field(name: str) -> str:
    """A field of a collection record in words: `final_url` is the final URL."""
    return " ".join({"url": "URL", "http": "HTTP"}.get(part, part) for part in name.split("_"))


def listed(names: list[str]) -> str:
    """Names as a phrase: `A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def size(count: int) -> str:
    """Bytes for a reader: `812 bytes`, `14 kB`, `2.3 MB` (1 kB = 1,000 bytes)."""
    if count < 1000:
        return plural(count, "byte")
    if count < 1_000_000:
        return f"{count / 1000:.0f} kB"
    return f"{count / 1_000_000:.1f} MB"
