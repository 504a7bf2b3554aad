"""Measures numbers and dates on MEANTIME: `python bench/meantime.py FOLDER [--part even|odd] [--misses]`.

In:  the folder `intra_cross-doc_annotation` of the MEANTIME corpus (English, 120 Wikinews articles, CC BY 4.0; not part of this project).
Out: for numbers (VALUE) and for times (TIMEX3) precision, recall and F1 of the spans: `strict`, where both ends agree; `overlap`, where a
     found span shares a character with one of the corpus; `paired`, as `overlap`, but each span answers for one other only. Beside all
     TIMEX3 those of type DATE alone: dates, and words such as `recently`, without lengths of time and clock times.
Never: looks at sentences that nobody annotated: the corpus has numbers and times in the title and the first four sentences only.

Articles are numbered by file name; the even half is for development, the odd half for reporting. Tokens are joined again as English is
printed. The text's own date is the one the corpus calls CREATION_TIME.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from armslength.extract.numbers import find_numbers
from armslength.model.times import find_times

LAST_SENTENCE = 5
"""Sentence 0 is the title, 1 the date line; in no article is a number or a time annotated behind sentence 5."""
ORDINALS_AND_LENGTHS = frozenset({"ordinal", "duration"})
"""What `find_numbers` gives and the corpus does not call VALUE: `third`, and `six months`, which is a TIMEX3."""
_NO_SPACE_BEFORE = {".", ",", ";", ":", "%", ")", "]", "'s", "'", "''", "n't", "?", "!", "’s", "’", "'re", "'ll", "'ve"}
_NO_SPACE_AFTER = {"(", "[", "$", "``", "US$", "AU$", "€", "£"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Article:
    """The annotated part of one article: its text, its date, and the spans of the corpus by name."""

    name: str
    text: str
    published: str | None
    spans: dict[str, list[Span]]


def read_article(path: Path) -> Article:
    """Read one file of the corpus. Raises ParseError where it is no XML."""
    root = ET.parse(path).getroot()  # noqa: S314 - a corpus from disk, read by whoever downloaded it
    tokens = [t for t in root.iter("token") if int(t.get("sentence") or 0) <= LAST_SENTENCE]
    text, where = joined(tokens)
    spans: dict[str, list[Span]] = {"VALUE": [], "TIMEX3": [], "DATE": []}
    published = None
    for mark in root.find("Markables") or ():
        found = [where[i] for a in mark.iter("token_anchor") if (i := a.get("t_id") or "") in where]
        if mark.tag not in spans or not found:
            continue
        span = (min(s for s, _ in found), max(e for _, e in found))
        spans[mark.tag].append(span)
        if mark.get("type") == "DATE":
            spans["DATE"].append(span)
        if mark.get("functionInDocument") == "CREATION_TIME":
            published = mark.get("value")
    return Article(path.stem, text, published, spans)


def joined(tokens: Iterable[ET.Element]) -> tuple[str, dict[str, Span]]:
    """The tokens as a text, sentences on lines of their own, and where each token stands."""
    text, where = "", {}
    sentence, before = "0", ""
    for token in tokens:
        word = (token.text or "").replace("``", "“").replace("''", "”")
        if token.get("sentence") != sentence:
            sentence, text = token.get("sentence") or "", text + "\n"
        elif text and word not in _NO_SPACE_BEFORE and before not in _NO_SPACE_AFTER:
            text += " "
        where[token.get("t_id") or ""] = (len(text), len(text) + len(word))
        text, before = text + word, word
    return text, where


@dataclass(slots=True)
class Tally:
    """Spans found, in the corpus, and agreed on, seen from either side."""

    found: int = 0
    gold: int = 0
    right: int = 0
    """Found spans that the corpus has."""
    reached: int = 0
    """Spans of the corpus that were found."""

    def line(self, name: str) -> str:
        precision, recall = self.right / max(1, self.found), self.reached / max(1, self.gold)
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        return f"{name:24} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}   ({self.found} found, {self.gold} in the corpus)"


def meet(one: Span, two: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < two[1] and two[0] < one[1]


def paired(found: Sequence[Span], gold: Sequence[Span]) -> int:
    """How many pairs of spans that meet there are when none is used twice. Spans are taken from left to right, shortest first."""
    free = sorted(gold, key=lambda s: (s[1], s[0]))
    pairs = 0
    for span in sorted(found, key=lambda s: (s[1], s[0])):
        other = next((g for g in free if meet(span, g)), None)
        if other is not None:
            free.remove(other)
            pairs += 1
    return pairs


def count(articles: Sequence[Article], name: str, find: Callable[[Article], list[Span]]) -> Iterator[tuple[str, Tally]]:
    """The three tallies of one kind of span."""
    strict, overlap, pairs = Tally(), Tally(), Tally()
    for article in articles:
        gold, found = sorted(set(article.spans[name])), find(article)
        both = len(set(found) & set(gold))
        one_to_one = paired(found, gold)
        _add(strict, found, gold, both, both)
        _add(overlap, found, gold, sum(any(meet(f, g) for g in gold) for f in found), sum(any(meet(f, g) for f in found) for g in gold))
        _add(pairs, found, gold, one_to_one, one_to_one)
    yield from (("strict", strict), ("overlap", overlap), ("paired", pairs))


def _add(tally: Tally, found: Sequence[Span], gold: Sequence[Span], right: int, reached: int) -> None:
    tally.found += len(found)
    tally.gold += len(gold)
    tally.right += right
    tally.reached += reached


def numbers_of(article: Article) -> list[Span]:
    return [(n.start, n.end) for n in find_numbers(article.text) if n.kind not in ORDINALS_AND_LENGTHS]


def times_of(article: Article) -> list[Span]:
    return [(t.start, t.end) for t in find_times(article.text, published=article.published)]


def dates_of(article: Article) -> list[Span]:
    found = find_times(article.text, published=article.published)
    return [(t.start, t.end) for t in found if t.kind in {"date", "vague"}]


SETS: tuple[tuple[str, str, Callable[[Article], list[Span]]], ...] = (
    ("numbers", "VALUE", numbers_of),
    ("times", "TIMEX3", times_of),
    ("dates", "DATE", dates_of),
)


def misses(articles: Sequence[Article], name: str, find: Callable[[Article], list[Span]]) -> Iterator[str]:
    """What was found and is not in the corpus, and what is and was not found, with the words around it."""
    for article in articles:
        found, gold = find(article), article.spans[name]
        wrong = [("extra", s) for s in found if not any(meet(s, g) for g in gold)]
        for what, (start, end) in sorted(
            [*wrong, *(("missed", g) for g in gold if not any(meet(g, s) for s in found))], key=lambda w: w[1]
        ):
            text = article.text
            yield f"{what:7} {text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}".replace("\n", "/")


def main(arguments: list[str]) -> int:
    folders = [a for a in arguments if not a.startswith("--")]
    if not folders:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    files = sorted(Path(folders[0]).rglob("*.xml"), key=lambda p: p.name)
    half = arguments[arguments.index("--part") + 1] if "--part" in arguments else "all"
    articles = [read_article(f) for n, f in enumerate(files) if half == "all" or n % 2 == (half == "odd")]
    print(f"{len(articles)} articles ({half})")
    for label, name, find in SETS:
        for how, tally in count(articles, name, find):
            print(tally.line(f"{label} {how}"))
        if "--misses" in arguments:
            print(*misses(articles, name, find), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
