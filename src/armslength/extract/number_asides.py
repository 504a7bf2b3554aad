"""Numbers that are told beside the matter: what somebody was paid, what a study rests on, a figure of speech.

In:  a parsed sentence and a number in it. Out: whether the number is a circumstance of what the sentence tells, and no count of its own.
Never: decides this of a number that counts sites or countries.
"""

from __future__ import annotations

import re
from itertools import pairwise

from armslength.extract.clauses import Clause
from armslength.extract.numbers import Figure
from armslength.extract.parsed import Parse, Word

_PAYING_WORDS = (
    "pay offer hire promise hand demand charge fine owe cost buy sell lend borrow embezzle steal defraud launder"
    " extort swindle bribe reimburse repay ransom embezzlement theft fraud bribery bail bounty"
)
_PAYING = frozenset(_PAYING_WORDS.split())
"""Words that make a sum part of one deed: what was asked for, offered, paid or taken."""
_SIFTING_WORDS = (
    "interview survey examine read review analyse analyze study consult poll collect sift inspect visit hear scan search comb question"
)
_SIFTING = frozenset(_SIFTING_WORDS.split())
"""Verbs of gathering evidence: what they are done to is what a study rests on."""
_STUDY = frozenset({"survey", "poll", "interview", "sample", "review", "analysis", "study", "examination", "questionnaire", "conversation"})
_GATHERED = frozenset({"things", "persons", "victims", "applications", "agents", "officers", "money"})


def is_of_a_deed(parse: Parse, number: Word, clause: Clause) -> bool:
    """`offered him 2,000 dollars to stop`, `accused of embezzling 3 million yuan`: a sum that belongs to one deed."""
    above = [a for a in parse.ancestors(number.index) if a.index in clause.whole or a.index == clause.head]
    return any(a.lemma.casefold() in _PAYING for a in above)


_ROW = re.compile(r"\W*[A-ZÀ-Þ][\w’'. -]{1,40}?\s*[-–—:|(]\s*\d[\d,.]*\)?\s*")
_FIRST_ROW = re.compile(r"\W*[A-ZÀ-Þ][\w’'. -]{1,40}?\s*[-–—:|(]\s*\d[\d,.]*(?:\s+[a-z]+){0,4}\)?\s*")
"""A row of a list, and the first one, which may say what is counted."""


def is_evidence(parse: Parse, unit: Word, code: str) -> bool:
    """`we interviewed 19 people`, `a survey of 1,206 exiles`: what a finding rests on, and no finding."""
    if code not in _GATHERED:
        return False
    above = parse.words[unit.head]
    if unit.dep == "pobj":
        ruler = parse.words[above.head]
        return ruler.lemma.casefold() in _STUDY or (ruler.lemma == "evidence" and above.text.casefold() == "from")
    return unit.dep == "dobj" and above.lemma.casefold() in _SIFTING and _by_a_researcher(parse, above)


def _by_a_researcher(parse: Parse, verb: Word) -> bool:
    """Whether those who gather are no police: `officers questioned 40 people` tells of a deed."""
    subject = parse.kid(verb.index, "nsubj")
    words = {parse.words[i].lemma.casefold() for i in parse.subtree(subject.index)} if subject is not None else set()
    return not words & {"police", "officer", "agent", "official", "authority", "service", "security", "ministry", "embassy", "consulate"}


def is_rhetorical(parse: Parse, number: Word) -> bool:
    """`for each stabbing there are a hundred calls`: a ratio that nobody counted."""
    words = [w.text.casefold() for w in parse.words[: number.index]]
    return any(a in {"for", "behind"} and b in {"each", "every"} for a, b in pairwise(words))


def is_row(text: str, figure: Figure) -> bool:
    """Whether a number ends a line that is one row of a list, behind another such row: `Graz – 12 cases`, `Linz – 6`."""
    start, end = text.rfind("\n", 0, figure.start) + 1, text.find("\n", figure.end)
    before = text[:start].rstrip()
    last = before[before.rfind("\n") + 1 :]
    return _ROW.fullmatch(text[start : end if end >= 0 else len(text)]) is not None and _FIRST_ROW.fullmatch(last) is not None
