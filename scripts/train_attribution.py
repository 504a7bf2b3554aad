"""Learns the weights of attribution: `python scripts/train_attribution.py FOLDER [--folds N] [--out FILE]`.

In:  a folder of annotated articles, as PolNeAR 1.0 comes: `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (brat stand-off with events
     of Source, Cue and Content). Out: `src/armslength/extract/data/attribution.tsv.gz`; with --folds, no file but weights for each part
     of the articles learned from the other parts, to measure with (`--out` then names a folder).
Three models are learned, each a sum of weights of features: whether a word is a cue (logistic regression), which candidate is its
content, which its source (conditional logit over the candidates). Only features seen in eight articles or more are kept, so that no name or
turn of phrase of one article is; names and numbers never become features at all (`attribution_view.shown_as`).
Deterministic: the same articles, parser and options give the same bytes. Takes about two minutes and 3 GB for 840 articles.
"""

from __future__ import annotations

import argparse
import re
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from log_linear import Ints, choice_loss, minimum, ridged, yes_no_loss

from armslength.base.offsets import Range
from armslength.extract.attribution_contents import BEFORE, NEXT, Candidate, content_candidates, content_features
from armslength.extract.attribution_cues import cue_features, cue_key, is_candidate
from armslength.extract.attribution_model import packed
from armslength.extract.attribution_sources import paths_up, source_candidates, source_features
from armslength.extract.attribution_view import Line
from armslength.extract.attributions import Page, page_in
from armslength.model.evidence import Document, Reader

OUT = Path(__file__).resolve().parent.parent / "src" / "armslength" / "extract" / "data" / "attribution.tsv.gz"
LEAST_ARTICLES = 8
"""Articles a feature must occur in. With 4 the weights take twice the room and measure the same on held-out articles."""
LEAST_CUE_ARTICLES = 3
SHORTEST_NAME = 3
CAPITAL_SHARE = 0.9
"""Share of a word's occurrences inside sentences that have a capital, from which on it counts as a name."""
GRAMMAR = {"wright", "wto", "fara", "hof"}
"""What `right`, `to`, `far` and `of` look like beside the letter of a feature's kind."""
RIDGE = 3.0
"""Strength of the pull of weights to zero. 1, 3 and 6 differ by less than 0.005 in any figure on held-out articles; 3 was best."""
ROUNDS = 60

Head = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution."""

    source: Range | None
    cue: Range
    content: tuple[Range, ...]


@dataclass(slots=True)
class Article:
    """An annotated article: what the model is shown of it, and what people marked, by sentence and word of the cue."""

    name: str
    page: Page
    letters: Ints
    """How many letters and digits stand before each offset."""
    gold: dict[Head, Gold] = field(default_factory=dict)


@dataclass(slots=True)
class Examples:
    """Rows of features, grouped, with how right each is."""

    rows: list[list[str]] = field(default_factory=list)
    article: list[int] = field(default_factory=list)
    right: list[float] = field(default_factory=list)
    groups: list[int] = field(default_factory=lambda: [0])

    def add(self, rows: Sequence[list[str]], right: Sequence[float], article: int) -> None:
        self.rows.extend(rows)
        self.right.extend(right)
        self.article.extend([article] * len(rows))
        self.groups.append(len(self.rows))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--folds", type=int, default=0)
    options.add_argument("--out", type=Path, default=OUT)
    given = options.parse_args()
    articles = [article(path) for path in sorted((given.folder / "text").glob("*.txt"))]
    print(f"{len(articles)} articles, {sum(len(a.gold) for a in articles)} attributions")
    for fold in range(given.folds):
        rest = [a for a in articles if fold_of(a.name, given.folds) != fold]
        (given.out / f"fold{fold}.tsv.gz").write_bytes(packed(learn(rest)))
    if not given.folds:
        given.out.write_bytes(packed(learn(articles)))
    return 0


def fold_of(name: str, folds: int) -> int:
    """Which part an article is in: by its name alone, so that parts stay the same when articles are added."""
    return zlib.crc32(name.encode("utf-8")) % folds


def article(path: Path) -> Article:
    """Read, parse and align one annotated article."""
    with path.open(encoding="utf-8", newline="") as handle:
        text = handle.read()
    page = page_in(Document(id=path.stem, text=text, lang="en", reader=Reader(name="", version=""), appearances=()))
    letters = np.concatenate([[0], np.cumsum([letter.isalnum() for letter in text], dtype=np.int64)])
    out = Article(path.stem, page, letters)
    files = sorted((path.parent.parent / "attributions").glob(f"{path.stem}_*.ann"))
    for one in annotated(files[0].read_text(encoding="utf-8")) if files else ():
        head = cue_head(page, one.cue)
        if head is not None and head not in out.gold:
            out.gold[head] = one
    return out


def annotated(standoff: str) -> Iterator[Gold]:
    """The attributions of a brat stand-off file that have both a cue and a content."""
    spans: dict[str, list[Range]] = {}
    for line in standoff.split("\n"):
        if re.match(r"T\d+\t", line):
            name, where = line.split("\t")[:2]
            pieces = where.split(" ", 1)[1].split(";")
            spans[name] = [(int(a), int(b)) for a, b in (p.split() for p in pieces)]
    for line in standoff.split("\n"):
        if not re.match(r"E\d+\t", line):
            continue
        roles: defaultdict[str, list[Range]] = defaultdict(list)
        for part in line.split("\t")[1].split()[1:]:
            role, name = part.split(":")
            roles[role.rstrip("0123456789")] += spans[name]
        if roles["Cue"] and roles["Content"]:
            source = hull(roles["Source"]) if roles["Source"] else None
            yield Gold(source, hull(roles["Cue"]), tuple(sorted(roles["Content"])))


def hull(pieces: Sequence[Range]) -> Range:
    return min(s for s, _ in pieces), max(e for _, e in pieces)


def cue_head(page: Page, cue: Range) -> Head | None:
    """The word that the rest of a marked cue hangs on, verbs before nouns; the sentence it stands in."""
    rank = {"VERB": 0, "NOUN": 1, "ADJ": 2, "AUX": 3, "ADV": 4}
    for number, line in enumerate(page.lines):
        if line is None or not line.parse.start <= cue[0] < line.parse.end:
            continue
        words = line.parse.words
        marked = [w for w in words if w.start < cue[1] and w.end > cue[0]]
        marked = [w for w in marked if not w.is_mark] or marked
        inside = {w.index for w in marked}
        tops = [w for w in marked if w.head not in inside or w.head == w.index]
        if tops:
            return number, min(tops, key=lambda w: (rank.get(w.pos, 5), w.index)).index
    return None


def learn(articles: Sequence[Article]) -> dict[str, Mapping[str, float]]:
    """All weights from some articles."""
    rates = Rates(articles)
    cues, contents, sources = Examples(), Examples(), Examples()
    for number, one in enumerate(articles):
        known = rates.without(number)
        _cue_examples(one, number, known, cues)
        for (sentence, cue), gold in one.gold.items():
            line = one.page.lines[sentence]
            best = _content_examples(one, number, line, sentence, cue, gold, known, contents) if line else None
            if best is not None and line is not None:
                _source_examples(line, number, cue, gold, best, sources)
    tables = {
        "rate": rates.shipped,
        "cue": fitted(cues, grouped=False),
        "content": fitted(contents, grouped=True),
        "source": fitted(sources, grouped=True),
    }
    return without_names(tables, names_in(one.page for one in articles))


def names_in(pages: Iterable[Page]) -> set[str]:
    """Words that stand with a capital inside sentences in most of their occurrences, whatever the tagger makes of them."""
    seen: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    labels = set()
    for line in (line for page in pages for line in page.lines if line is not None):
        for word in line.parse.words[1:]:
            labels.add(word.dep.casefold())
            seen[word.text.casefold()] += 1
            capital[word.text.casefold()] += word.text[:1].isupper()
    always = {w for w, count in capital.items() if count >= CAPITAL_SHARE * seen[w]}
    return {w for w in always if len(w) >= SHORTEST_NAME and w.isalpha() and w not in labels | GRAMMAR}


def without_names(tables: Mapping[str, Mapping[str, float]], names: set[str]) -> dict[str, Mapping[str, float]]:
    """Weights without those of features that hold one of some names."""
    return {
        part: {f: w for f, w in table.items() if not (words_of(f) if part != "rate" else {f.partition("|")[0]}) & names}
        for part, table in tables.items()
    }


def words_of(feature: str) -> set[str]:
    """The words that may be meant by a feature, whose first letters say what it is about: `htrade|dobj` holds `trade`."""
    whole = re.findall(r"[a-z]+", feature)
    return {
        *whole,
        *re.findall(
            r"[a-z]+", re.sub(r"^(hh|h|l(?=[a-z]+\|[A-Z]+$)|x|[12]f|wbefore|wnext|none|subj(own|shared|far|noun|object))", "", feature)
        ),
    }


class Rates:
    """How often each word is a cue. For learning, the article at hand is left out, or rare words would give themselves away."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.seen = [
            Counter(cue_key(ln, w.index) for ln in a.page.lines if ln for w in ln.parse.words if possible(ln, w.index)) for a in articles
        ]
        self.cues = [Counter(self._keys(a)) for a in articles]
        self.all_seen, self.all_cues = sum(self.seen, Counter()), sum(self.cues, Counter())
        spread = Counter(key for one in self.cues for key in one)
        self.shipped = {
            key: self.rate(count, self.all_seen[key])
            for key, count in self.all_cues.items()
            if spread[key] >= LEAST_CUE_ARTICLES and not key.startswith("#") and count / self.all_seen[key] >= 0.01
        }

    @staticmethod
    def _keys(one: Article) -> Iterator[str]:
        for sentence, cue in one.gold:
            line = one.page.lines[sentence]
            if line is not None and possible(line, cue):
                yield cue_key(line, cue)

    @staticmethod
    def rate(cues: int, seen: int) -> float:
        """Share of a word's occurrences that are cues, drawn towards a tenth while there are few."""
        return (cues + 0.2) / (seen + 2)

    def without(self, number: int) -> dict[str, float]:
        known = dict(self.shipped)
        for key, seen in self.seen[number].items():
            if key in known:
                known[key] = self.rate(self.all_cues[key] - self.cues[number][key], self.all_seen[key] - seen)
        return known


def possible(line: Line, index: int) -> bool:
    """Whether a word is ever looked at: no mark but a colon."""
    word = line.parse.words[index]
    return word.text == ":" or not word.is_mark


def _cue_examples(one: Article, number: int, rates: Mapping[str, float], out: Examples) -> None:
    for sentence, line in enumerate(one.page.lines):
        for word in line.parse.words if line else ():
            if line and is_candidate(line, word, rates):
                out.add([cue_features(line, word.index, rates)], [float((sentence, word.index) in one.gold)], number)


def _content_examples(
    one: Article, number: int, line: Line, sentence: int, cue: int, gold: Gold, rates: Mapping[str, float], out: Examples
) -> Candidate | None:
    """Add the candidates for one cue; the one nearest to what people marked, or None where none is near."""
    candidates = content_candidates(line, cue)
    right = rightness(one, line, sentence, gold, candidates)
    if not any(right):
        return None
    out.add([content_features(line, cue, c, rates) for c in candidates], right, number)
    return candidates[int(np.argmax(right))]


def rightness(one: Article, line: Line, sentence: int, gold: Gold, candidates: Sequence[Candidate]) -> list[float]:
    """How right each candidate is, together 1: the best by F1 of letters share it; all 0 where the best is under a half."""
    here = one.page.sentences[sentence]
    within = shared(gold.content, [(here.start, here.end)])
    if not size(one, within):
        wanted = NEXT if gold.content[0][0] >= here.end else BEFORE
        return [float(c.runs == wanted) for c in candidates]
    words = line.parse.words
    fit = [
        0.0 if c.runs in (NEXT, BEFORE) else overlap_f1(one, [(words[a].start, words[b].end) for a, b in c.runs], within)
        for c in candidates
    ]
    best = max(fit)
    chosen = [best >= 0.5 and f >= best - 0.02 for f in fit]
    return [c / sum(chosen) if any(chosen) else 0.0 for c in chosen]


def _source_examples(line: Line, number: int, cue: int, gold: Gold, content: Candidate, out: Examples) -> None:
    candidates, words = source_candidates(line), line.parse.words
    marked = {i for i in candidates if i >= 0 and gold.source and gold.source[0] < words[i].end and gold.source[1] > words[i].start}
    top = next((i for i in sorted(marked) if words[i].head not in marked or words[i].head == i), -1)
    ways = paths_up(line.parse, cue)
    rows = [source_features(line, cue, i, content.runs, ways) for i in candidates]
    out.add(rows, [float(i == top) for i in candidates], number)


def shared(some: Sequence[Range], others: Sequence[Range]) -> list[Range]:
    return [(max(s, x), min(e, y)) for s, e in some for x, y in others if max(s, x) < min(e, y)]


def size(one: Article, pieces: Sequence[Range]) -> int:
    """Letters and digits in some pieces."""
    return sum(int(one.letters[e] - one.letters[s]) for s, e in pieces)


def overlap_f1(one: Article, some: Sequence[Range], others: Sequence[Range]) -> float:
    total = size(one, some) + size(one, others)
    return 2 * size(one, shared(some, others)) / total if total else 0.0


def fitted(examples: Examples, *, grouped: bool) -> dict[str, float]:
    """Weights by feature: of a logistic regression, or of a choice among the rows of each group."""
    names, columns, starts = matrix(examples)
    right = np.array(examples.right)
    loss = choice_loss(columns, starts, np.array(examples.groups), right) if grouped else yes_no_loss(columns, starts, right)
    weights = minimum(ridged(loss, RIDGE), np.zeros(len(names)), rounds=ROUNDS)
    print(f"{len(examples.rows)} rows, {len(names)} features")
    return {name: float(weights[i]) for i, name in enumerate(names)}


def matrix(examples: Examples) -> tuple[list[str], Ints, Ints]:
    """Names of the features kept, and each row's as numbers: all in one array, with where each row starts."""
    spread: defaultdict[str, set[int]] = defaultdict(set)
    for row, number in zip(examples.rows, examples.article, strict=True):
        for feature in row:
            spread[feature].add(number)
    names = [feature for feature, where in spread.items() if len(where) >= LEAST_ARTICLES]
    numbers = {feature: i for i, feature in enumerate(names)}
    columns: list[int] = []
    starts = [0]
    for row in examples.rows:
        columns.extend(numbers[f] for f in row if f in numbers)
        starts.append(len(columns))
    return names, np.array(columns, np.int64), np.array(starts, np.int64)


if __name__ == "__main__":
    sys.exit(main())
