"""Which words of a sentence may be cues, and what the model is shown of each.

In:  a `Line`. Out: for each possible cue its index and features (short strings). Never: decides; that is the model's work.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from armslength.extract.attribution_view import Line, subject_index
from armslength.extract.parsed import Word

_CLAUSAL = {"ccomp", "xcomp", "parataxis"}
_SKIP = {"punct", "det", "cc", "aux", "auxpass", "neg", "prt", "poss", "case"}
_SMALL = {"prep", "prt", "agent", "mark", "advmod", "aux", "neg", "dative"}
_OBJECTS = {"dobj", "attr", "acomp", "oprd", "pobj"}


def is_candidate(line: Line, word: Word, rates: Mapping[str, float]) -> bool:
    """Whether a word may be a cue at all: any verb, and the other words that were one in several of the articles learned from."""
    return word.pos == "VERB" or cue_key(line, word.index) in rates


def cue_key(line: Line, index: int) -> str:
    """How the table of cue words names a word: lemma and word class."""
    return f"{line.lex[index]}|{line.parse.words[index].pos}"


def cue_features(line: Line, index: int, rates: Mapping[str, float]) -> list[str]:
    """What the model is shown of a possible cue."""
    parse, lex = line.parse, line.lex
    word = parse.words[index]
    own = f"{lex[index]}|{word.pos}"
    head, dep = lex[word.head], word.dep
    quoted = line.quoted(index)
    out = [
        "b",
        "l" + own,
        "t" + word.tag,
        "d" + dep,
        f"{own}d{dep}",
        f"{own}t{word.tag}",
        f"h{head}|{dep}",
        f"q{quoted}",
        f"q{quoted}|{own}",
        f"q{quoted}d{dep}",
        f"pl{min(line.place, 2)}",
        f"rate{int(10 * rates.get(own, -0.1))}",
    ]
    out += _children(line, index, own)
    out += _subject(line, index, own)
    out += _around(line, index, own)
    out += _above(line, word, rates)
    return out


def _children(line: Line, index: int, own: str) -> Iterator[str]:
    """What hangs on the word."""
    parse, clause = line.parse, False
    for at in parse.children[index]:
        child = parse.words[at]
        dep = child.dep
        if dep in {"punct", "det"}:
            if child.text == ":":
                yield "c:"
            continue
        side = "<" if at < index else ">"
        yield f"c{side}{dep}"
        yield f"{own}c{side}{dep}"
        if dep in _SMALL:
            yield from _small(line, child, own)
        elif dep in _OBJECTS:
            yield from _object(line, child, own)
        elif dep in _CLAUSAL:
            clause = True
            yield f"cl={dep}|{child.tag}"
            yield f"cl={line.lex[at]}"
            if any(k.lemma == "that" for k in parse.kids(at, "mark")):
                yield "that"
    if not clause:
        yield "noclause"


def _small(line: Line, child: Word, own: str) -> Iterator[str]:
    yield f"{child.dep}={line.lex[child.index]}"
    yield f"{own}{child.dep}={line.lex[child.index]}"
    if child.dep == "prep":
        for below in line.parse.kids(child.index, "pobj", "pcomp"):
            yield f"prep={line.lex[child.index]}:{below.dep}|{line.lex[below.index]}"


def _object(line: Line, child: Word, own: str) -> Iterator[str]:
    yield f"o={line.lex[child.index]}"
    yield f"{own}o={line.lex[child.index]}"
    yield f"ot={child.pos}{child.entity}"
    for below in line.parse.kids(child.index):
        if below.dep not in _SKIP:
            yield f"o>{below.dep}"
            yield f"o={line.lex[child.index]}>{below.dep}"


def _subject(line: Line, index: int, own: str) -> Iterator[str]:
    at, how = subject_index(line.parse, index)
    yield f"s{how}"
    if at < 0:
        return
    word = line.parse.words[at]
    kind = f"{word.pos}{word.entity}"
    yield f"s={line.lex[at]}"
    yield f"sk={kind}"
    yield f"{own}sk={kind}|{how}"
    yield f"{own}sh={how}"


def _around(line: Line, index: int, own: str) -> Iterator[str]:
    words = line.parse.words
    before = words[index - 1].text.casefold() if index else "^"
    after = words[index + 1].text.casefold() if index + 1 < len(words) else "$"
    tag = words[index + 1].tag if index + 1 < len(words) else "$"
    if index == 0 or words[index - 1].pos != "PROPN":
        yield f"-1{before}"
    if index + 1 >= len(words) or words[index + 1].pos != "PROPN":
        yield f"+1{after}"
        yield f"{own}+1{after}"
    yield f"+t{tag}"
    quotes = any(n >= 0 for n in line.inside)
    yield f"qs{int(quotes)}{int(line.opens)}{int(line.runs_on)}{int(line.next_quoted)}{int(line.before_quoted)}"
    if quotes:
        left = any(n >= 0 for n in line.inside[max(0, index - 6) : index])
        right = any(n >= 0 for n in line.inside[index + 1 : index + 8])
        yield f"qn{int(left)}{int(right)}"
        yield f"{own}qn{int(left)}{int(right)}"


def _above(line: Line, word: Word, rates: Mapping[str, float]) -> Iterator[str]:
    """What the word hangs in: whether some word above it is itself a likely cue."""
    parse, here, path = line.parse, word, ""
    best = 0.0
    for _ in range(8):
        if here.head == here.index:
            break
        path = here.dep if len(path) > 14 or not path else f"{path}^{here.dep}"
        here = parse.words[here.head]
        rate = rates.get(f"{line.lex[here.index]}|{here.pos}", 0.0)
        if rate > best:
            best = rate
            if rate >= 0.3:
                yield f"up{path}|{line.lex[here.index]}"
                yield f"up{path}|{int(rate * 10)}"
                yield f"up{int(rate * 10)}"
    yield f"best{int(best * 10)}"
    grand = parse.words[parse.words[word.head].head]
    yield f"hh{line.lex[grand.index]}"
