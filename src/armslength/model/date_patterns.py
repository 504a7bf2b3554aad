"""The patterns by which `date_atoms.py` finds dates in English and Chinese prose, and the words that make them none.

In:  nothing. Out: compiled patterns, the fuller before the barer.
Never: a pattern that takes more than linear time: no repetition stands inside another, and what looks back is bounded by its caller.
"""

from __future__ import annotations

import re

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip

_LONG = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:(?P<month>{_LONG}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?|{_LONG.upper()})(?<!\w-)(?!\w))"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%])(?![.,:]\d)"
_DAY2 = r"(?P<day2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%])(?![.,:]\d)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\w|[.,]\d)"
_WEEK = r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WEEKDAY = rf"(?:(?:{_WEEK}|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?),?[ \u00a0]+(?:the\s+)?)?"
_TO = r"\s?(?:–|—|-|to|until|through|and)\s?"
_DAY_WORD = (
    "the day before yesterday|(?:(?:earlier|later) )?(?:yesterday|today|tomorrow)|this (?:morning|afternoon|evening)|tonight|last night"
)
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(WORDS) + ")"
_LOOSE = "about|around|some|nearly|almost|roughly|over|more than"
_LENGTHS = r"(?P<unit>decades?|years|months|weeks|days|(?<=past[ ])(?:year|month|week))"
_LED_SEASON = r"(?P<said>(?:the[ ])?(?:early[ ]|late[ ]|mid-)?(?P<season>spring|summer|autumn|winter))"
_REL = r"(?P<rel>this|last|next|past|previous|that|the same|the following|the previous)"
_PART = (
    r"(?:(?:the\s+)?(?P<part>early|mid|late|middle|end|close|beginning|start|Early|Mid|Late)(?:\s+(?:of|in)(?:\s+the\s+year)?\s+|\s+|-))"
)

_PATTERNS: tuple[tuple[str, str], ...] = (
    ("year_span", r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)[-–/](?P<yy>\d\d)(?![\w/.-]\w|\d|-)"),
    ("iso", r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)-(?P<mm>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?(?![\w-])(?![./]\w)"),
    ("iso_time", r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)-(?P<mm>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?=T\d\d:)"),
    ("numeric", r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<year>(?:1[5-9]|20)\d\d)(?![\w/-])(?!\.\d)"),
    ("numeric", r"(?<![\w./-])(?P<a>\d{1,2})(?P<sep>/)(?P<b>\d{1,2})/(?P<year>[0-3]\d)(?![\w/.-]\w|\w)"),
    (
        "chinese",
        r"(?<!\d)(?P<year>(?:1[5-9]|20)\d\d)\s?年(?:\s?(?P<mm>1[0-2]|0?[1-9])\s?月(?:\s?(?P<day>3[01]|[12]\d|0?[1-9])\s?[日号號])?)?",
    ),
    ("chinese_day", r"(?<![\d年])(?P<mm>1[0-2]|0?[1-9])月(?P<day>3[01]|[12]\d|0?[1-9])[日号號]"),
    ("days_month", rf"(?<![\w.,/-]){_DAY}{_TO}{_DAY2}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"),
    ("month_days", rf"{_MONTH}\s+{_DAY}{_TO}{_DAY2}(?!\s+(?:{_LONG}))(?:,?\s+{_YEAR})?"),
    (
        "day_month",
        rf"(?<![\w.,/-]){_WEEKDAY}(?<!\d[.,])\b{_DAY}(?:\s+of)?[\s-]{_MONTH}(?:(?:,?\s+|-)(?:of\s+)?{_YEAR}|\s+(?:of\s+)?{_REL}\s+year)?",
    ),
    ("month_day", rf"(?<!\w){_WEEKDAY}{_MONTH}\s+(?:the\s+)?{_DAY}(?:,?\s+(?:of\s+)?{_YEAR}|,?\s+(?:of\s+)?{_REL}\s+year)?"),
    ("month_year", rf"(?<![\w-]){_PART}?{_MONTH},?\s+(?:of\s+)?{_YEAR}"),
    ("month_rel", rf"(?<![\w-]){_PART}?{_MONTH},?\s+(?:of\s+)?{_REL}\s+year"),
    ("rel_month", rf"(?<![\w-])(?i:{_REL})\s+{_MONTH}"),
    (
        "half",
        rf"(?:the\s+)?\b(?P<ordinal>first|second|third|fourth|last|final)\s+(?P<fraction>half|quarter)\s+of\s+(?:{_YEAR}|{_REL}\s+year)",
    ),
    ("quarter", rf"\b(?P<letter>[QH])(?P<digit>[1-4])\s+(?:of\s+)?{_YEAR}"),
    ("season", rf"(?i:\b(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter))(?:\s+of)?,?\s+{_YEAR}"),
    ("rel_season", rf"(?i:\b{_REL}\s+(?P<season>spring|summer|autumn|fall|winter))\b"),
    ("decade", r"(?<!\w)(?:the\s+)?(?:(?P<part>early|mid|late)[\s-])?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b"),
    ("years", r"(?<![\w./-])(?P<year>(?:1[5-9]|20)\d\d)\s?[-–—]\s?(?P<year2>(?:1[5-9]|20)\d\d)(?![\w/-])"),
    ("part_year", rf"(?<![\w-])(?i:{_PART})(?:{_YEAR}|(?P<this>this|last|next|the)\s+year\b)"),
    ("ago", rf"(?i:\b(?P<about>{_LOOSE})?\s?\b{_NUMBER}\s+(?P<unit>day|week|month|year)s?\s+(?:ago|back\b))"),
    (
        "period",
        rf"(?i:\b(?:(?:the|these|this)[ ])?(?P<rel>past|last|previous|coming|next)[ ](?:{_NUMBER}[ ])?{_LENGTHS}\b(?![ ]ago))",
    ),
    ("told", r"(?i:\bthe[ ](?P<rel>previous|preceding|following|next)[ ](?P<unit>day|week|month|year)\b)"),
    ("told", r"(?i:\bthe[ ](?P<unit>day|week|month|year)[ ](?P<rel>before|after|previous|earlier)\b)"),
    ("told", rf"(?i:\b{_NUMBER}[ ](?P<unit>day|week|month|year)s?[ ](?P<rel>later|earlier)\b)"),
    ("weekend", r"(?i:\b(?:(?:at|over|during|on)[ ]the|last|this|the[ ]past)[ ]weekend\b)"),
    (
        "season_alone",
        rf"(?i:\b(?:in|during|by|since|until|over)[ ]{_LED_SEASON}\b(?![ ]of\b))",
    ),
    ("season_alone", r"\b(?P<said>(?P<season>Autumn|Summer|Winter))\b(?![ \u00a0](?:of\b|[A-Z]))"),
    ("short_decade", r"\b[Tt]he[ ](?:(?:early|mid|late)[ -])?['’]?(?P<short>[1-9]0)s\b"),
    ("quarter_alone", r"(?i:\b(?:the[ ])?(?:first|second|third|fourth|final|last)[ -]quarter\b(?![ ]of\b))"),
    ("short_year", r"(?<=[ \u00a0])['’](?P<short>\d\d)(?![\w’'])"),
    ("rel_unit", r"(?i:\b(?:(?:earlier|later)\s+)?(?P<rel>this|last|next|the current|current)\s+(?P<unit>week|month|year)\b(?! of\b))"),
    ("same_day", r"(?i:\b(?:that|the) (?:same|very) day\b|\bthat day\b)"),
    (
        "rel_day",
        rf"(?i:\b(?P<word>{_DAY_WORD})\b)",
    ),
    ("weekday", rf"(?<![\w-])(?:(?P<rel>[Tt]his|[Ll]ast|[Nn]ext|[Pp]ast)\s+)?(?P<weekday>{_WEEK})\b(?!['’](?!s\b)\w)"),
    ("month_alone", rf"(?<![\w-]){_PART}?{_MONTH}(?!\s\d)"),
    ("year", rf"(?<![\w.,/$€£¥#+=_&-]){_YEAR}"),
)

SCAN = tuple((name, re.compile(pattern)) for name, pattern in _PATTERNS)

DIGIT = re.compile(r"\d")
MONTH_HINT = re.compile("jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
MONTHLY = frozenset(name for name, pattern in _PATTERNS if _MONTH in pattern)
DIGITAL = frozenset(name for name, pattern in _PATTERNS if _YEAR in pattern or r"\d\d" in pattern) - {"half", "part_year", "ago"} | {
    "days_month", "month_days", "chinese_day",
}  # fmt: skip
HINTS = {
    "ago": ("ago", "back"),
    "rel_day": ("day", "tomorrow", "morning", "afternoon", "evening", "night"),
    "rel_unit": ("week", "month", "year"),
    "rel_season": ("spring", "summer", "autumn", "fall", "winter"),
    "half": ("half", "quarter"),
    "weekday": ("day",),
    "same_day": ("day",),
    "period": ("past", "last", "previous", "coming", "next"),
    "told": ("day", "week", "month", "year"),
    "weekend": ("weekend",),
    "season_alone": ("spring", "summer", "autumn", "winter"),
    "quarter_alone": ("quarter",),
}
"""What a text must hold for a pattern to match it. Looking for that first halves the time that dates take."""

BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|last|this|next|until|till|by|before|after|during|from|of|to|through|between|early|late|mid|and|or|for|on|past|every|per|also)\s+|[–(,]\s?|mid-)$",
    re.IGNORECASE,
)
SURELY_BEFORE_MONTH = re.compile(r"\b(?:in|since|last|this|next|until|till|before|during|early|late)\s+$|mid-$", re.IGNORECASE)
SURELY_BEFORE_YEAR = re.compile(r"\b(?:in|since|of|from|until|till|by|before|after|late|early)[ \u00a0]$", re.IGNORECASE)
CAPITAL_NEXT = re.compile(r"[ \u00a0]+[A-Z][a-z]")
EVENT_NEXT = re.compile(
    r"\s+(?:terror\w*\s+)?(?:attacks?|massacre|crackdown|movement|incident|uprising|riots?|bombings?|anniversary|generation)\b"
)
NOT_A_YEAR_BEFORE = re.compile(
    r"(?:\b(?:No\.?|number|Resolution|Directive|Regulation|Room|Flight|Route|Article|Section|Act|Law|Code|Bill|Ordinance|Convention|Protocol|Order|page|p\."
    r"|some|over|than|nearly|almost|roughly|approximately|(?<!until\sat\s)(?<!since\sat\s)(?<!to\sat\s)least|most|total\s+of|only|another|all|extra|additional|model|Model|Windows|Boeing|Airbus)\s+"
    r"|\+\d[\d\s()-]*|\d[\s-])$"
)
NOT_A_YEAR_AFTER = re.compile(
    r"\s?(?:%|percent\b|per\s+cent\b)|[ \u00a0-]\d{3,}|\s+(?:\w+\s+)?(?:people|persons|men|women|nationals|officers|agents"
    r"|stations|dollars|euros|pounds|yuan"
    r"|Index|copies|cars|units|jobs|workers|employees|dealerships|stores|planes|aircraft|shares|points|miles|kilomet\w+|metres|meters|feet|tons?|tonnes|times|cases"
    r"|students|members|suspects|victims|homes|houses|residents|citizens|soldiers|troops|fugitives|offices|sites|incidents)\b"
)
YEAR_DIGITS = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
WEEKDAY_NAME = re.compile(r"(?:\b(?:Black|Good|Easter|Bloody|Cyber|Palm|Super|Ash|Holy|Fat|Shrove)\s)$")
