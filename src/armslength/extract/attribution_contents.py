"""Which words a cue may make somebody say, think or want: candidates and what the model is shown of each.

In:  a `Line` and the index of a cue. Out: candidates as runs of words, each with features. A candidate is what hangs on the cue, what the
cue hangs on, what stands before or behind it, a quotation, its subject, or a neighbouring sentence. Never: decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from armslength.extract.attribution_view import SUBJECTS, Line, subject_index
from armslength.extract.parsed import Parse, Word

Run = tuple[int, int]
"""First and last index of some words that stand together."""
NEXT, BEFORE = ((-1, -1),), ((-2, -2),)
"""Stand for the next sentence and the one before it."""
_LIGHT = {
    "punct",
    "det",
    "cc",
    "aux",
    "auxpass",
    "neg",
    "prt",
    "mark",
    "case",
    "expl",
    "intj",
    "predet",
    "conj",
    "compound",
    "amod",
    "nummod",
}
_DEPTH = 3


@dataclass(slots=True)
class Candidate:
    """Some runs of words and the ways they were come by."""

    runs: tuple[Run, ...]
    ways: list[str] = field(default_factory=list)


def content_candidates(line: Line, cue: int) -> list[Candidate]:
    """Every candidate for what a cue reports, each once."""
    found: dict[tuple[Run, ...], Candidate] = {}
    for way, runs in _ways(line, cue):
        clean = tuple(r for r in (_trimmed(line.parse, run) for run in runs) if r[0] <= r[1])
        if clean and not any(a <= cue <= b for a, b in clean):
            found.setdefault(clean, Candidate(clean)).ways.append(way)
    for way, around in (("next", NEXT), ("before", BEFORE)):
        found[around] = Candidate(around, [way])
    return list(found.values())


def _trimmed(parse: Parse, run: Run) -> Run:
    first, last = run
    while first <= last and parse.words[first].is_mark:
        first += 1
    while first <= last and parse.words[last].is_mark:
        last -= 1
    return first, last


def _ways(line: Line, cue: int) -> Iterator[tuple[str, list[Run]]]:
    parse = line.parse
    end = _end_of(parse, cue)
    yield from _below(parse, cue, end, "", 0, cue)
    yield from _sides(parse, cue)
    yield from _heads(parse, cue)
    for number in range(len(line.quotes)):
        words = [i for i, n in enumerate(line.inside) if n == number]
        if words:
            yield "quote", [(words[0], words[-1])]
    at, how = subject_index(parse, cue)
    if at >= 0 and how != "noun":
        run = parse.edges[at]
        yield "subj", [run]
        for child in parse.kids(cue, "xcomp", "acomp", "oprd", "advcl", "attr", "prep"):
            yield f"subj+{child.dep}", [run, parse.edges[child.index]]


def _end_of(parse: Parse, cue: int) -> int:
    """The last word that hangs on the cue itself and not on a verb joined to it."""
    end = parse.edges[cue][1]
    for child in parse.kids(cue, "conj", "cc"):
        if child.index > cue:
            end = min(end, parse.edges[child.index][0] - 1)
    return end


def _below(parse: Parse, at: int, end: int, path: str, depth: int, cue: int) -> Iterator[tuple[str, list[Run]]]:
    """What hangs on the cue, to some depth, and from there to the end of its clause."""
    for index in parse.children[at]:
        child = parse.words[index]
        if child.dep in _LIGHT or (depth == 0 and child.dep in SUBJECTS):
            continue
        name = f"{child.dep}:{child.lemma}" if child.dep in {"prep", "agent", "dative"} else child.dep
        here = f"{path}>{name}"
        first, last = parse.edges[index]
        yield here, [(first, last)]
        if index > cue and last < end:
            yield here + "..", [(first, end)]
        if depth + 1 < _DEPTH and child.dep not in {"ccomp", "parataxis"}:
            yield from _below(parse, index, end, here, depth + 1, cue)


def _sides(parse: Parse, cue: int) -> Iterator[tuple[str, list[Run]]]:
    """What stands before and behind the cue with its speaker."""
    left = right = cue
    for child in parse.kids(cue):
        if (
            child.dep in {*SUBJECTS, "aux", "auxpass", "neg", "prt", "advmod"}
            and parse.edges[child.index][1] - parse.edges[child.index][0] < 25
        ):
            left = min(left, parse.edges[child.index][0])
            right = max(right, parse.edges[child.index][1])
    wide = right
    for child in parse.kids(cue, "prep", "npadvmod", "dative", "dobj", "advcl"):
        if child.index > right and parse.edges[child.index][0] <= wide + 2:
            wide = max(wide, parse.edges[child.index][1])
    last = len(parse.words) - 1
    yield "left", [(0, left - 1)]
    yield "right", [(right + 1, last)]
    yield "both", [(0, left - 1), (right + 1, last)]
    yield "after cue", [(cue + 1, last)]
    if wide > right:
        yield "right wide", [(wide + 1, last)]
        yield "both wide", [(0, left - 1), (wide + 1, last)]
    comma = next((w.index for w in parse.words[cue:] if w.text in {",", ":", "“", '"'}), None)
    if comma is not None and comma < last:
        yield "comma", [(comma + 1, last)]
        yield "both comma", [(0, left - 1), (comma + 1, last)]
        yield "to comma", [(right + 1, comma - 1)]


def _heads(parse: Parse, cue: int) -> Iterator[tuple[str, list[Run]]]:
    """What the cue hangs on, without the cue's own words: `X, officials say, did Y`; `the claim made by X`."""
    below, path = parse.edges[cue], ""
    for level, above in enumerate(parse.ancestors(cue)):
        if level > 3:
            break
        path = f"{path}^{parse.words[cue].dep if level == 0 else above.dep}"
        first, last = parse.edges[above.index]
        around = [(first, below[0] - 1), (below[1] + 1, last)]
        yield f"head{path}", around
        yield f"head<{path}", around[:1]
        if above.dep in {"nsubj", "ccomp", "relcl", "acl", "ROOT"}:
            for child in parse.kids(above.index, "ccomp", "xcomp", "dobj", "attr"):
                if child.index != cue and not parse.edges[child.index][0] <= cue <= parse.edges[child.index][1]:
                    yield f"head{path}>{child.dep}", [parse.edges[child.index]]
        if above.dep == "prep" or parse.words[above.head].dep in {"nsubj", "nsubjpass", "dobj"}:
            continue


def alike(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates share at least half of their words (F1)."""
    if one.runs == other.runs:
        return True
    if NEXT in (one.runs, other.runs) or BEFORE in (one.runs, other.runs):
        return False
    both = sum(max(0, min(b, y) - max(a, x) + 1) for a, b in one.runs for x, y in other.runs)
    return 4 * both >= sum(b - a + 1 for a, b in (*one.runs, *other.runs))


def content_features(line: Line, cue: int, one: Candidate, rates: Mapping[str, float]) -> list[str]:
    """What the model is shown of one candidate."""
    parse, lex = line.parse, line.lex
    word = parse.words[cue]
    own = f"{lex[cue]}|{word.pos}"
    out = []
    passive = "p" if parse.kid(cue, "auxpass") is not None else "a"
    for way in one.ways:
        out += [f"w{way}", f"{own}w{way}", f"{word.dep}{passive}w{way}", f"{word.pos}w{way}"]
    main = one.ways[0]
    q = f"{int(line.opens)}{int(line.runs_on)}{int(line.next_quoted)}{int(line.before_quoted)}"
    if one.runs in (NEXT, BEFORE):
        return [*out, f"w{main}q{q}", f"w{main}{_after(line, cue)}", f"w{main}n{min(10, len(parse.words) - cue)}"]
    first, last = one.runs[0][0], one.runs[-1][1]
    size = sum(b - a + 1 for a, b in one.runs)
    side = ("<" if first < cue else "") + (">" if last > cue else "")
    out += [f"n{len(one.runs)}{side}", f"{own}n{len(one.runs)}{side}", f"z{_bucket(size)}", f"{word.pos}z{_bucket(size)}"]
    out += _edges(line, cue, one, own, side, main)
    out += _quotes(line, one, side, q)
    out += _shape(line, cue, one, own, rates)
    return out


def _bucket(size: int) -> int:
    return size if size < 4 else 4 if size < 6 else 5 if size < 10 else 6 if size < 20 else 7 if size < 40 else 8


def _after(line: Line, index: int) -> str:
    words = line.parse.words
    return words[index + 1].text.casefold() if index + 1 < len(words) and words[index + 1].pos != "PROPN" else "$"


def _edges(line: Line, cue: int, one: Candidate, own: str, side: str, main: str) -> Iterator[str]:
    """The words at the edges of a candidate and just outside them."""
    words = line.parse.words
    for name, (first, last) in zip(("1", "2"), one.runs, strict=False):
        before = words[first - 1] if first else None
        behind = words[last + 1] if last + 1 < len(words) else None
        yield f"{name}f{words[first].tag}"
        yield f"{name}f{line.lex[first]}"
        yield f"{name}f{words[first].tag}|{words[cue].pos}"
        yield f"{own}{name}f{words[first].tag}"
        yield f"{name}l{words[last].tag}"
        yield f"{name}b{_mark(before)}"
        yield f"{name}b{_mark(before)}{side}"
        yield f"{name}e{_mark(behind)}"
        yield f"{name}e{_mark(behind)}{main}"
    first = one.runs[0][0]
    gap = first - cue if first > cue else cue - one.runs[0][1]
    yield f"g{side}{min(gap, 6)}"
    yield f"g{side}{min(gap, 6)}|{words[cue].pos}"
    if first > cue and gap == 2:
        yield f"gap{words[cue + 1].pos}|{line.lex[cue + 1]}"


def _mark(word: Word | None) -> str:
    if word is None:
        return "$"
    return word.text if word.is_mark else f"{word.pos}{word.dep}"


def _quotes(line: Line, one: Candidate, side: str, q: str) -> Iterator[str]:
    """How a candidate lies to the sentence's quotations: holds, cuts, is, misses them."""
    covered = {i for a, b in one.runs for i in range(a, b + 1)}
    for number in range(len(line.quotes)):
        words = [i for i, n in enumerate(line.inside) if n == number]
        inside = sum(i in covered for i in words)
        how = "misses" if not inside else "cuts" if inside < len(words) - 1 else "is" if len(covered) - inside < 2 else "holds"
        long = line.quotes[number].end - line.quotes[number].start >= 25
        yield f"q{how}{int(long)}"
        yield f"q{how}{int(long)}{side}{q}"
    if not line.quotes:
        yield f"noq{side}"


def _shape(line: Line, cue: int, one: Candidate, own: str, rates: Mapping[str, float]) -> Iterator[str]:
    """What a candidate is: the word its runs hang by, and whether it swallows the subject or another cue."""
    parse = line.parse
    for name, (first, last) in zip(("1", "2"), one.runs, strict=False):
        tops = [i for i in range(first, last + 1) if not first <= parse.words[i].head <= last or parse.words[i].dep == "ROOT"]
        top = parse.words[tops[0]]
        yield f"{name}tops{min(len(tops), 3)}"
        yield f"{name}top{top.dep}|{top.pos}"
        yield f"{name}top{top.tag}|{parse.words[cue].pos}"
        yield f"{own}{name}top{top.dep}"
        best = max(rates.get(f"{line.lex[i]}|{parse.words[i].pos}", 0.0) for i in tops)
        yield f"{name}rate{int(best * 10)}"
    at, how = subject_index(parse, cue)
    if at >= 0:
        yield f"swallows{how}{int(any(a <= at <= b for a, b in one.runs))}"
    total = len(parse.words)
    yield f"share{int(4 * sum(b - a + 1 for a, b in one.runs) / total)}"
