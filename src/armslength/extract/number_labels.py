"""Numbers that are no numbers: labels, dates, clock times, phone numbers, addresses, parts of names.

In:  a text and a number in it. Out: whether the number only names something.
Never: looks further than a few words to either side.
"""

from __future__ import annotations

import re
from functools import cache

from armslength.extract.lexicon import load_data
from armslength.extract.number_atoms import Numeral

_BEFORE_REACH, _AFTER_REACH = 30, 60
_SHORT = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_MONTH = rf"(?:{_SHORT}|January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH_BEFORE = re.compile(rf"\b(?:{_MONTH},?|(?:{_SHORT})\.)[ \u00a0]+(?:the\s+)?$")
_STUCK_BEFORE = re.compile(r"(?:[\w.,][/:#]|[/:#&=@_]|[A-Za-z\d][-‑–.]|\+|\d[\s\u00a0]|^\s*\[|\[)$")
_STUCK_AFTER = re.compile(r"[_@=/:]\w|[-–‑]\d+[-–‑]\d|[-–‑]\d{4,}(?![\d,])|\.\w|[-–‑][A-Z]")
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*[(\[]?$")
_LIST_END = re.compile(r"[.)\]]\s|\]")
_NUMBERED = re.compile(
    r"(?:\b(?:the|a|an|at|by|its|house|flat|phone|case|room|registration|badge|telephone|hotline|under)\s+number|\bNumber|\bNumbers|[Nn][oº°]\.?|№)\s*$|#$"
)
_NAMED = re.compile(r"(?:^|(?P<before>\S)\s+|\S?\()?(?P<name>[A-Za-z][\w&’'.-]*)[ \u00a0]$")
_COUNTED_NEXT = re.compile(
    r"\s+(?:[a-z][\w’'-]+\s+){0,3}?(?:(?!(?:has|was|is|its|this|as|does|us|his|plus|across|says)\b)[a-z][\w’'-]*[^s’'\W]s|people|men|women|police|children|personnel|staff|more|others|aircraft)\b"
)


_NAME_NEXT = re.compile(r"[ \u00a0][“\"]?\s?(?P<name>[A-Z][\w’'-]+)")
_PLURAL_NEXT = re.compile(r"\s(?:[\w’'“”\"-]+\s+){0,4}?[“\"]?(?:[\w’'-]*[^sS’'\W][sS]|\d+s|people|men|women|aircraft|staff)(?:\b|[”\"])")


def _of_people(word: str) -> bool:
    """Whether a capitalised word tells where people are from, as in `54 Freedonian nationals`."""
    from armslength.extract.places import country_of

    return bool(country_of(word))


@cache
def phrases_of(key: str) -> frozenset[str]:
    """One of the flat lists of `numbers.yaml`."""
    return frozenset(" ".join(w.split()) for w in load_data("numbers.yaml")[key].split(","))


@cache
def _label_after() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in load_data("numbers.yaml")["label_after"]))


def is_label(text: str, one: Numeral) -> bool:
    """Whether a number only names, dates or addresses something."""
    if one.form in {"part", "vague"}:
        return False
    after = text[one.end : one.end + _AFTER_REACH]
    before = text[max(0, one.start - _BEFORE_REACH) : one.start]
    if one.form == "digits" and (_stuck(text, one, before, after) or _is_emergency(text, one, after)):
        return True
    if _label_after().match(after) or (one.form != "words" and _MONTH_BEFORE.search(before)) or _NUMBERED.search(before):
        return True
    return _is_labelled(before, one) or (one.form == "digits" and one.scale == 1 and not one.percent and _in_name(text, one, before, after))


def _stuck(text: str, one: Numeral, before: str, after: str) -> bool:
    """Digits that are part of a longer string, a phone number, a list number or a reference."""
    written = text[one.start : one.end]
    joined = _STUCK_BEFORE.search(before)
    if joined is not None and not _is_range_end(before, joined):
        return True
    if before[-1:] in {"’", "'"} and len(written) == 2:
        return True  # `the spring of ’22`
    if _STUCK_AFTER.match(after) or (written.isdecimal() and (len(written) > 9 or (written.startswith("0") and len(written) > 1))):
        return True
    return _LIST_NUMBER.search(before) is not None and _LIST_END.match(after) is not None and len(written) < 4


def _is_range_end(before: str, joined: re.Match[str]) -> bool:
    """`30-40`: digits and one hyphen before a number are the other end of a range; `$5`, `(5` are not stuck at all."""
    return joined[0][-1:] in "-–‑" and re.search(r"(?<![\w,.-])[$€£]?\d[\d,.]*%?[-–‑]$", before) is not None


def _is_emergency(text: str, one: Numeral, after: str) -> bool:
    """`the 110 overseas police service centres`: the number of a hotline, and no count."""
    if text[one.start : one.end] not in phrases_of("emergency"):
        return False
    word = re.match(r"[”’\"]?\s+([^\W\d_]+)", after)
    if word is not None and word[1].lower() in phrases_of("emergency_after"):
        return True
    led = re.search(r"(?:\bthe|\bdial\w*|\bcall\w*|[“‘\"])\s?$", text[max(0, one.start - 12) : one.start])
    return led is not None and not _COUNTED_NEXT.match(after)


def _is_labelled(before: str, one: Numeral) -> bool:
    """`Article 12`, `Room 5`, `aged`: the word right before makes a label of what follows."""
    if one.form == "words" and one.scale > 1:
        return False
    stem = before.rstrip(" \t\n\u00a0-:.–").lower()
    if len(stem) == len(before) or not stem[-1:].isalpha() or "\n" in before[len(stem) :]:
        return False
    words = re.findall(r"[^\W_]+", stem)[-2:]
    labels = phrases_of("label_before")
    return bool(words) and (words[-1] in labels or " ".join(words) in labels)


def _in_name(text: str, one: Numeral, before: str, after: str) -> bool:
    """`Boeing 747`, `Studio 54`, `Windows 7`: digits right behind a name. Behind a place, or before a counted noun, they count."""
    model = _NAME_NEXT.match(after)
    if model is not None and len(text[one.start : one.end]) > 1 and not _PLURAL_NEXT.match(after) and not _of_people(model["name"]):
        return True
    match = _NAMED.search(before)
    if match is None or "," in text[one.start : one.end]:
        return False
    name = match["name"]
    if name.islower() or name in phrases_of("no_name") or name.rstrip(".") in phrases_of("no_name"):
        return False
    previous = match["before"]
    opens = one.start - len(before) == 0 and match.start("name") == 0 if previous is None else previous in '.!?:;“"”'
    if (opens and name[1:].islower()) or _COUNTED_NEXT.match(after):
        return False
    from armslength.extract.places import country_of

    return not country_of(name)
