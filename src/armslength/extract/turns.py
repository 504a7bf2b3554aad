"""Turns of speech that no quotation marks tell: interviews, transcripts, debates, words set apart as a block, pages that are a statement.

In:  the paragraphs of a document as ranges with the kind of block they are. Out: for each turn the words spoken and what the text calls the
speaker. Never: decides who that is; a label that is no speaker (`Update:`, `Sweden:`) makes no turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from armslength.extract.phrases import nouns, without_role
from armslength.extract.places import country_of

_LABEL = re.compile(
    r"(?P<label>(?:[A-Z][\w.’'-]*|Q|A|\[[^\]]{2,40}\])(?:[ ,]+(?:[\w.’'&-]+))*?(?:\s\([^()]{2,60}\))?)\s?(?::|\s–|\s—)\s+(?=\S)|"
    r"(?P<short>[QA])\d{0,2}[.:)]\s+(?=\S)"
)
_LONGEST_LABEL = 70
_LONGEST_NAME = 5
_PARTICLES = {"de", "van", "von", "al", "bin", "of", "the", "for", "der", "la", "el", "and", "reporter", "interviewer"}
_QA = {"q": "question", "a": "answer", "question": "question", "answer": "answer"}
_STATEMENT = re.compile(
    r"(?:(?:joint|official|press|public|written|opening|closing|witness|sworn|personal|victim|impact)\s+)*"
    r"(?:statement|declaration|remarks|speech|address|testimony|evidence|submission|(?:open\s+)?letter|communiqué|communique|message|comment)"
    r"(?:\s+(?:submitted|issued|delivered|given|made|released))?\s+(?:by|of|from)\s+(?P<name>(?:the\s+)?[A-Z].{2,80}?)"
    r"(?=\s+(?:in\s+response|on|to|at|before|about|regarding|concerning|following|regards)\b|[,:;.–—]|\s-\s|$)",
    re.IGNORECASE,
)
_STATEMENT_BLOCKS = 3
_QUESTIONS = 3
"""A page is an interview printed without labels if at least so many paragraphs are questions and the next answers in the first person."""
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|me|us)\b")
_STAGE = re.compile(r"^[\[(][^\])]*[\])]$")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a turn: `start`/`end` are the speaker's words, `speaks` is where the turn begins."""

    name: str
    start: int
    end: int
    speaks: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """Words spoken by one voice. No `label`: the voice that introduces them has to be found (`how` is `block`), or is the page's."""

    start: int
    end: int
    paragraph: int
    how: str
    """`label`, `answer`, `block` or `page`."""
    label: Label | None = None


Paragraph = tuple[int, int, str]


def labels(text: str, paragraphs: Sequence[Paragraph]) -> dict[int, Label]:
    """The speakers' names that open paragraphs, by paragraph number: two turns at least, and one name twice or a question and an answer."""
    found: dict[int, Label] = {}
    for number, (start, end, kind) in enumerate(paragraphs):
        label = _label(text, start, end) if kind not in {"title", "boilerplate", "caption"} else None
        if label is not None:
            found[number] = label
    names = Counter(_surname(label.name) for label in found.values())
    talk = any(n > 1 for n in names.values()) or {"question", "answer"} <= set(names)
    if len(found) < 2 or not talk:
        return {}
    known = {name for name, times in names.items() if times > 1}
    known |= {n for n in names if n not in known and re.search(rf"\b[A-Z][\w’-]+\s+{re.escape(n)}\b", text, re.IGNORECASE)}
    return {n: label for n, label in found.items() if _surname(label.name) in known or _looks_like_a_name(label)}


def _label(text: str, start: int, end: int) -> Label | None:
    match = _LABEL.match(text, start, min(end, start + _LONGEST_LABEL + 40))
    if match is None or match.end() >= end:
        return None
    if match.group("short"):
        return Label(_QA[match.group("short").casefold()], match.start("short"), match.end("short"), match.end())
    words = match.group("label")
    if len(words) > _LONGEST_LABEL or words.count(" ") > 9:
        return None
    name, role = _name_and_role(words)
    if not name or country_of(name) or not _capitals(name):
        return None
    at = text.find(name.split()[0], match.start("label")) if name.split()[0] in words else match.start("label")
    return Label(_QA.get(name.casefold(), _cased(name)), at, match.start("label") + len(words), match.end(), role)


def _name_and_role(words: str) -> tuple[str, str]:
    """`MARTIN COE, HOST` and `The Minister for Security (Dame Ruth Calder)`: who speaks, and as what."""
    inside = re.match(r"(?P<before>.*?)\s?\((?P<inside>[^()]+)\)$", words)
    if inside:
        office = inside["before"].split()[0].casefold() == "the" if inside["before"] else False
        return (inside["inside"], inside["before"]) if office else (inside["before"], inside["inside"])
    name, _, role = words.strip("[] ").partition(",")
    return name.strip(), role.strip()


def _cased(name: str) -> str:
    """A name set in capitals, as names are written."""
    return name if not name.isupper() or len(name) <= 3 else name.title()


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1].casefold()


def _capitals(name: str) -> bool:
    """Whether the words are written as a name is; `The embassy said in a statement:` opens no turn."""
    return all(w[:1].isupper() or w in _PARTICLES for w in name.split()[0 if name[:1].isupper() else 1 :])


def _looks_like_a_name(label: Label) -> bool:
    """Whether a label that stands only once may be a speaker: two to five words, or one with a role beside it."""
    return 1 < len(label.name.split()) <= _LONGEST_NAME or bool(label.role)


def hosts(label: Label) -> bool:
    """Whether a speaker runs the conversation, and so speaks for the page: `Q`, `Our reporter`, `HOST`."""
    words = set(re.findall(r"[a-z]+", f"{label.name} {label.role}".casefold()))
    return bool(words & nouns("hosts"))


def person_of(label: Label) -> str:
    """The name without a title."""
    return without_role(label.name)


def turns(text: str, paragraphs: Sequence[Paragraph], found: Mapping[int, Label]) -> list[Turn]:
    """Every turn of a document, in order. A labelled turn runs on over paragraphs without a label until the next one."""
    out = [*_labelled(text, paragraphs, found), *_answers(text, paragraphs), *_blocks(text, paragraphs)]
    page = _statement(text, paragraphs)
    return [*([page] if page is not None else []), *sorted(out, key=lambda t: (t.start, -t.end))]


def _labelled(text: str, paragraphs: Sequence[Paragraph], found: Mapping[int, Label]) -> list[Turn]:
    numbers = sorted(found)
    out = []
    for place, number in enumerate(numbers):
        after = numbers[place + 1] if place + 1 < len(numbers) else number + 1
        for n in range(number, after):
            start, end, kind = paragraphs[n]
            if n > number and (kind in {"title", "heading", "boilerplate", "caption", "notice"} or _STAGE.match(text[start:end])):
                break
            out.append(Turn(found[number].speaks if n == number else start, end, n, "label", found[number]))
    return out


def _answers(text: str, paragraphs: Sequence[Paragraph]) -> list[Turn]:
    """Answers of an interview that is printed as questions and answers without labels."""
    asked = [
        n
        for n, (start, end, kind) in enumerate(paragraphs[:-1])
        if kind in {"paragraph", "heading"} and text[end - 1] == "?" and text.count(". ", start, end) <= 2 and text[start] not in "“\"'‘«"
    ]
    answered = [n for n in asked if _FIRST_PERSON.search(text, *paragraphs[n + 1][:2]) and text[paragraphs[n + 1][0]] not in "“\"'‘«"]
    if len(answered) < _QUESTIONS:
        return []
    nexts = dict(zip(asked, [*asked[1:], None], strict=True))
    out = []
    for n in answered:
        last = nexts[n] or n + 2
        out += [Turn(*paragraphs[m][:2], m, "answer") for m in range(n + 1, last) if paragraphs[m][2] in {"paragraph", "list_item"}]
    return out


def _blocks(text: str, paragraphs: Sequence[Paragraph]) -> list[Turn]:
    """Words set apart behind a colon: block quotes, a quoted paragraph, a list."""
    out: list[Turn] = []
    for n in range(1, len(paragraphs)):
        start, end, kind = paragraphs[n]
        introduced = text[paragraphs[n - 1][1] - 1] == ":" and paragraphs[n - 1][2] in {"paragraph", "list_item", "quote"}
        again = bool(out) and out[-1].paragraph == n - 1 and paragraphs[n - 1][2] == kind and kind in {"quote", "list_item"}
        set_apart = kind in {"quote", "list_item"} or text[start] in '“"«„'
        if set_apart and (introduced or again):
            out.append(Turn(start, end, n, "block"))
    return out


def _statement(text: str, paragraphs: Sequence[Paragraph]) -> Turn | None:
    """`Statement by the Embassy of X in Y` above a page: the page's words are the embassy's."""
    for n, (start, end, kind) in enumerate(paragraphs[:_STATEMENT_BLOCKS]):
        match = _STATEMENT.match(text, start, end) if kind in {"title", "heading", "paragraph"} and text[end - 1] not in ".?!" else None
        if match and n + 1 < len(paragraphs) and match["name"].split()[-1][:1].isupper():
            name = re.sub(r"^the\s+", "", match["name"], flags=re.IGNORECASE)
            at = match.end("name") - len(name)
            return Turn(paragraphs[n + 1][0], paragraphs[-1][1], n, "page", Label(name, at, match.end("name"), paragraphs[n + 1][0]))
    return None
