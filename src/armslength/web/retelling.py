"""What the program says, told again in the language of whoever reads.

In:  a sentence, label, date or counted noun as a view holds it: English, made now or stored when the case was built.
Out: the same in the language spoken; what is no sentence of the program comes back as it is.
Never: is handed the words of a document. Views, files and the interface for programs stay English.

A sentence is known by its pattern (`web.phrases`). `%(name)s` stands for what was filled in, and its name says what that can be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from armslength.base.language import ENGLISH, count, names, say, spoken
from armslength.model.ontology import load
from armslength.pipeline.views import words
from armslength.pipeline.views.kinds import countries
from armslength.pipeline.views.languages import all_languages, language_of
from armslength.web.phrases import facts, lineage, pages, queue
from armslength.web.phrases import words as numbers

_MONTHS = "|".join(numbers.MONTHS)
_DATE = rf"(?:perhaps about |about |perhaps )?(?:\d{{1,2}} )?(?:(?:{_MONTHS}) )?-?\d{{4}}"
_SHAPES: Mapping[str, str] = {
    "n": r"\d[\d,]*(?:\.\d+)?",
    "day": r"\d{1,2}",
    "month": _MONTHS,
    "short": "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec",
    "year": r"-?\d{4}",
    "time": r"\d\d:\d\d",
    "iso": r"\d{4}(?:-\d\d){0,2}",
    "date": _DATE,
    "code": r"`[a-z]{2,3}(?:-\w+)?`",
}
"""What a placeholder of this name can stand for; any other stands for any words."""
_OURS = frozenset(
    [
        "articles",
        "publishers",
        "origins",
        "passages",
        "documents",
        "sources",
        "sites",
        "incidents",
        "places",
        "judgements",
        "things",
        "then",
        "rest",
        "share",
        "primary",
        "unknown",
        "note",
        "values",
        "denials",
        "made",
        "changed",
    ]
)
"""Placeholders that stand for the program's own words only: a sentence with anything else there is not of this pattern."""
_THEIRS = frozenset({"name", "names", "who", "quoted", "title", "file"})
"""Placeholders that stand for what others wrote: never translated."""
_DEEP = 8
"""How far sentences may lie in one another."""
_PLACE = re.compile(r"%\((?P<name>[a-z]+)(?P<again>\d?)\)s")
_ENDS = re.compile(r"(?<=[.!?]) (?=[A-Z“\d])")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_AS_OF = re.compile(r"(?<=as of )\d{4}-\d\d(?:-\d\d)?")
_IN_CODE = re.compile(r"(?<=The document is in )`(?P<lang>[a-z-]+)`")


def retold(text: object) -> object:
    """The same for templates: what is no text, or is HTML already, comes back as it is."""
    return told(text) if isinstance(text, str) and not isinstance(text, Markup) else text


def told(text: str) -> str:
    """A sentence of the program in the language spoken."""
    if spoken() == ENGLISH:
        return _plainer(text)
    return _tell(text) or text if text else text


def counted(value: int, one: str, many: str | None = None) -> str:
    """A counted noun of the program."""
    return told(words.plural(value, one, many))


def dated(edtf: str) -> str:
    """A date in words."""
    return told(words.dated(edtf))


def moment(stamp: str) -> str:
    """`2026-03-02 03:05 UTC` in words."""
    day, _, clock = stamp.partition(" ")
    return told(f"{words.dated(day)}, {clock}" if clock else words.dated(day))


def language_name(code: str) -> str:
    """A language's name for its code."""
    return told(language_of(code))


_MEDIA: Mapping[str, str] = {
    "application/pdf": "PDF document",
    "text/html": "web page",
    "application/xhtml+xml": "web page",
    "text/plain": "plain text",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel sheet",
}


def medium(media_type: str) -> str:
    """What kind of file a media type is, for people; the media type itself for one they hardly meet."""
    return _MEDIA.get(media_type.partition(";")[0].strip(), media_type)


def number(value: float) -> str:
    """A number in full, thousands apart as the language does it."""
    return _grouped(words.number(value))


def listed(rows: Iterable[str]) -> str:
    """Words as a phrase: `A`, `A and B`, `A, B and C`."""
    found = [str(row) for row in rows]
    return f"{', '.join(found[:-1])} {say('and')} {found[-1]}" if len(found) > 1 else "".join(found)


def _plainer(text: str) -> str:
    """In English: a date and a language that a stage wrote as codes, in words."""
    text = _AS_OF.sub(lambda found: words.dated(found[0]), text)
    return _IN_CODE.sub(lambda found: language_of(found["lang"]), text)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A pattern, and the sentence or the two forms it is translated by."""

    shape: re.Pattern[str]
    forms: tuple[str, ...]

    def told(self, text: str, deep: int) -> str | None:
        found = self.shape.fullmatch(text)
        if found is None:
            return None
        given: dict[str, str] = {}
        for name, value in found.groupdict().items():
            kind = name.rstrip("0123456789")
            said = _whole(value, deep + 1) if kind in _OURS else _filled(kind, value, deep)
            if said is None and kind in _OURS:
                return None
            given[name] = value if said is None else said
        sentence = count(self.forms[0], self.forms[1], int(found["n"].replace(",", ""))) if len(self.forms) > 1 else say(self.forms[0])
        return sentence % given


def _filled(kind: str, value: str, deep: int) -> str | None:
    if kind in _THEIRS:
        return value
    if kind == "n":
        return _grouped(value)
    if kind == "iso":
        return _tell(words.dated(value), deep + 1)
    if kind == "code":
        return _tell(language_of(value.strip("`")), deep + 1)
    return _tell(value, deep + 1)


def _tell(text: str, deep: int = 0) -> str | None:
    """The sentence in the language spoken, as much of it as is ours; None where nothing is."""
    return _whole(text, deep) or _labelled(text, deep) or _sentences(text, deep, every=False)


def _whole(text: str, deep: int) -> str | None:
    """The same; None as well where only a part of it is ours."""
    if deep > _DEEP:
        return None
    if (found := _word(text) or _sentences(text, deep, every=True)) is not None:
        return found
    found = next((said for phrase in _candidates(text) if (said := phrase.told(text, deep)) is not None), None)
    return found if found is not None else _list(text, deep)


def _word(text: str) -> str | None:
    if text in _exact():
        return say(text)
    if (name := _names(spoken()).get(text)) is not None:
        return name
    small = text[:1].lower() + text[1:]
    if small != text and small in _exact():
        said = say(small)
        return said[:1].upper() + said[1:]
    return _grouped(text) if _NUMBER.fullmatch(text) else None


def _labelled(text: str, deep: int) -> str | None:
    """A label put together of others: `Sites in a city: 2 (Vienna, Austria)`."""
    for at in (found.start() for found in re.finditer(": ", text)):
        if text[:at] in _labels() or text[:at] in _names(spoken()):
            return f"{_word(text[:at])}: {_tell(text[at + 2 :], deep + 1) or text[at + 2 :]}"
    at = _opening(text)
    if at > 0 and (head := _tell(text[: at - 1], deep + 1)) is not None:
        return f"{head} ({', '.join(_part(part, deep) for part in text[at + 1 : -1].split(', '))})"
    first = max((label for label in _labels() if text.startswith(f"{label}, ")), key=len, default="")
    if first:
        left = text[len(first) + 2 :]
        return f"{say(first)}, {_tell(left, deep + 1) or ', '.join(_part(part, deep) for part in left.split(', '))}"
    return None


def _part(text: str, deep: int) -> str:
    if re.fullmatch(_SHAPES["iso"], text):
        return _filled("iso", text, deep) or text
    return _tell(text, deep + 1) or text


def _opening(text: str) -> int:
    """Where the bracket opens that the text ends with; -1 where it ends otherwise."""
    left = 0
    for at in range(len(text) - 1, -1, -1) if text.endswith(")") else ():
        left += {")": 1, "(": -1}.get(text[at], 0)
        if not left:
            return at
    return -1


def _sentences(text: str, deep: int, *, every: bool) -> str | None:
    """Sentences one after another, of which some are ours, or every one."""
    said = _ENDS.split(text)
    told = [_tell(one, deep + 1) for one in said] if len(said) > 1 and deep <= _DEEP else [None]
    ours = all(told) if every else any(told)
    return " ".join(new or old for new, old in zip(told, said, strict=True)) if ours else None


def _list(text: str, deep: int) -> str | None:
    """A list of words that are all ours."""
    for between in ("; ", ", "):
        parts = text.split(between)
        told = [_whole(one, deep + 1) for one in parts] if len(parts) > 1 else [None]
        if all(told):
            return between.join(one for one in told if one)
    return None


def _grouped(text: str) -> str:
    """The separators of a number as the language has them."""
    separator = say("1,000.5")
    return text.translate({ord(","): separator[1], ord("."): separator[5]})


def _sections() -> Iterator[Sequence[str] | Sequence[tuple[str, str]]]:
    for module in (numbers, facts, lineage, queue, pages):
        yield from (rows for name, rows in vars(module).items() if name.isupper())


@cache
def _phrases() -> Mapping[str, tuple[_Phrase, ...]]:
    """Patterns by their first word; under nothing, those that begin with what was filled in. The longest first."""
    found: dict[str, list[_Phrase]] = defaultdict(list)
    for rows in _sections():
        for row in rows:
            forms = (row,) if isinstance(row, str) else row
            for form in forms if "%(" in forms[0] else ():
                first = form.partition(" ")[0]
                found["" if "%(" in first else first].append(_Phrase(_shape(form), forms))
    return {first: tuple(sorted(some, key=lambda one: -len(one.shape.pattern))) for first, some in found.items()}


def _shape(form: str) -> re.Pattern[str]:
    at, parts = 0, []
    for found in _PLACE.finditer(form):
        parts += [re.escape(form[at : found.start()]), f"(?P<{found['name']}{found['again']}>{_SHAPES.get(found['name'], '.+?')})"]
        at = found.end()
    return re.compile("".join(parts) + re.escape(form[at:]), re.DOTALL)


def _candidates(text: str) -> Iterator[_Phrase]:
    yield from _phrases().get(text.partition(" ")[0], ())
    yield from _phrases()[""]


@cache
def _exact() -> frozenset[str]:
    defined = {entry.definition for name in ("methods", "standards_of_proof") for entry in load().schemes[name].entries}
    return _labels() | defined | {row for rows in _sections() for row in rows if isinstance(row, str) and "%(" not in row}


@cache
def _labels() -> frozenset[str]:
    """Every label of the ontology."""
    return frozenset(entry.label for scheme in load().schemes.values() for entry in scheme.entries)


@cache
def _names(language: str) -> Mapping[str, str]:
    """Countries and languages: the name in English, and in a language."""
    known = names(language)
    here = {name: code for code, name in countries()} if known else {}
    tongues = {name: code for code, name in all_languages().items()} if known else {}
    found = {name: known["countries"][code] for name, code in here.items() if code in known["countries"]}
    return {name: known["languages"][code] for name, code in tongues.items() if code in known["languages"]} | found
