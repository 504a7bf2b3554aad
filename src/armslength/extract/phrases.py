"""Noun phrases and the names in them: the words that a voice goes by.

In:  a parsed sentence and the index of a noun. Out: the words of its phrase, the runs of names in it, the name a noun stands beside; and
`Voice`, the row that all reading of speakers fills. Never: decides what kind of voice a name is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from armslength.extract.lexicon import load_data
from armslength.extract.parsed import Parse, Word, once

MARKS = "“”\"'‘’«»() ,;:-–—"
_CLAUSES = {"relcl", "acl", "appos", "punct", "cc", "conj", "advcl", "ccomp", "parataxis"}
_PERSONAL = ("ologist", "woman", "ist", "ian", "ee", "man")
_OF_THEM = {"accuse", "suspect", "convict", "acquit", "inform", "remind", "warn", "notify", "deprive"}
"""Verbs whose object and `of` belong to them both: `accused the embassy of harassment`."""
_OPENING = {"“", '"', "‘", "'", "«", "„"}
_SHORT = 5
_OWNED = 3
_LEAD = {"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "my", "latest", "new", "recent"}


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice as one passage names it. `start`/`end` are the words at hand."""

    name: str
    kind: str
    start: int
    end: int
    by: str = ""
    anaphor: str = ""
    """Empty for a name that stands by itself; else what it takes to resolve it: a pronoun, or `the report`, `the group`, ..."""
    role: str = ""
    latent: bool = False
    holder: str = ""
    """For an office that speaks for its body, the person who holds it, where the passage names them."""
    guessed: bool = False
    """Whether nothing but the recogniser's label says what kind of voice it is."""
    via: Voice | None = None
    """The medium or body that this voice speaks to or through, which stands outside it: `she told Harbour Radio`."""


def shown(voice: Voice) -> str:
    """A voice as reasons name it: never a person by name (METHOD P1)."""
    return "a person" if voice.kind == "person" else f"`{voice.name}`"


@cache
def nouns(kind: str) -> frozenset[str]:
    """The lemmas listed for a kind of voice in `data/voices.yaml`."""
    return frozenset(n.strip().casefold() for n in load_data("voices.yaml")[kind].split(","))


def is_human(lemma: str) -> bool:
    """Whether a noun is one for a person: listed, or with an ending that hardly any other noun has (`scientist`, `deportee`)."""
    if lemma in nouns("role") or lemma in nouns("spokesperson"):
        return True
    return len(lemma) > _SHORT and lemma.endswith(_PERSONAL) and lemma not in nouns("not_persons")


@cache
def agencies() -> dict[str, str]:
    """Bodies whose state goes without saying: name in lower case to ISO 3166-1 code."""
    return dict(load_data("voices.yaml")["agencies"])


def phrase_of(parse: Parse, index: int) -> list[int]:
    """Indexes of a noun phrase without the clauses and appositions that hang on it, contiguous around its head."""
    return list(_phrase(parse, index))


@once
def _phrase(parse: Parse, index: int) -> tuple[int, ...]:
    keep, stack = [], [index]
    while stack:
        here = stack.pop()
        keep.append(here)
        accused = here == index and parse.words[index].dep == "dobj" and parse.words[parse.words[index].head].lemma in _OF_THEM
        for child in parse.kids(here):
            if child.dep in _CLAUSES and not _inside_name(parse, child, here):
                continue
            if child.dep == "prep" and here == index and child.lemma not in {"of", "in", "for", "at", "by", "from", "to"}:
                continue
            if child.lemma == "of" and accused:
                continue
            if child.dep == "npadvmod" and child.entity in {"DATE", "TIME"}:
                continue
            stack.append(child.index)
    return tuple(sorted(keep))


def _inside_name(parse: Parse, child: Word, here: int) -> bool:
    """Whether an apposition or conjunct belongs to the name itself: `organization “Green Watch”`, `police and prosecutors` do not."""
    head = parse.words[here]
    if child.dep == "punct":
        return child.text == "-"
    if child.dep != "appos" or child.pos != "PROPN" or head.pos != "NOUN" or child.index - here > 4 or child.text.isupper():
        return False
    return not any(parse.words[i].text in {",", "(", "–", "—"} for i in range(here + 1, child.index))


def name_beside(parse: Parse, index: int) -> list[int]:
    """The name that a noun stands beside: `Karin Holt` for `author` in `its lead author, Karin Holt,`; empty without one."""
    for child in parse.kids(index, "appos"):
        runs = names_in(parse, phrase_of(parse, child.index)) if child.pos == "PROPN" and child.index > index else []
        own = next((run for run in runs if child.index in run), None)
        if own is not None:
            return own
    return []


def holder_beside(parse: Parse, index: int) -> list[int]:
    """The name of whoever holds an office, also where a parser hangs it on the body: `the director of Green Watch, Karin Holt, said`."""
    own = name_beside(parse, index)
    if own:
        return own
    for prep in parse.kids(index, "prep"):
        body = parse.kid(prep.index, "pobj")
        run = name_beside(parse, body.index) if body is not None and prep.lemma in {"of", "for", "at", "from", "in"} else []
        if body is None or not run or parse.words[run[0] - 1].text != ",":
            continue
        words = {parse.words[i].text.casefold() for i in run}
        of_its_own = body.pos == "PROPN" or all(parse.words[i].entity == "PERSON" for i in run)  # `the head of the group, Green Watch,`
        if of_its_own and not words & nouns("organisation_words") and not any(parse.words[i].entity in {"GPE", "LOC"} for i in run):
            return run
    return []


def text_of(parse: Parse, phrase: list[int]) -> str:
    """The words of a phrase as they stand, one space between those that are apart in the text."""
    out, last = "", -1
    for index in phrase:
        word = parse.words[index]
        gap = last >= 0 and word.start > last
        out += (" " if gap else "") + word.text
        last = word.end
    return re.sub(r"\s+", " ", re.sub(r"[“”\"«»]", "", out))


def bare(parse: Parse, phrase: list[int]) -> str:
    """A phrase without the article or possessive it opens with."""
    rest = list(phrase)
    while len(rest) > 1 and (parse.words[rest[0]].text.casefold() in _LEAD or parse.words[rest[0]].is_mark):
        rest.pop(0)
    words = [parse.words[i] for i in rest]
    if (
        len(rest) > _OWNED
        and words[0].lemma in {"country", "state", "nation", "city"}
        and words[1].dep == "case"
        and words[2].lemma == "own"
    ):
        rest = rest[_OWNED:]  # `the country's own Ministry of Order` is the Ministry of Order
    return text_of(parse, rest).strip(MARKS)


def names_in(parse: Parse, phrase: list[int]) -> list[list[int]]:
    """Runs of proper nouns in a phrase, joined over `of`, `for`, `and the` inside a recognised name."""
    runs: list[list[int]] = []
    for index in phrase:
        word = parse.words[index]
        proper = word.pos == "PROPN" or (word.entity in {"PERSON", "ORG"} and word.pos not in {"DET", "PUNCT", "PART"})
        if proper and runs and index - runs[-1][-1] == 1:
            runs[-1].append(index)
        elif proper:
            runs.append([index])
    return runs


def titled(parse: Parse, run: list[int]) -> bool:
    """`Mr Toll`, `Ms. Toll`: always a person."""
    lead = [parse.words[run[0]], *([parse.words[run[0] - 1]] if run[0] else [])]
    return any(w.text.casefold().rstrip(".") in {"mr", "mrs", "ms", "miss", "mx", "sir", "dame"} for w in lead)


def led_by_role(parse: Parse, run: list[int]) -> bool:
    """`Commentator Toll`, `Judge Ann Toll`: a name that opens with what somebody is, set with a capital."""
    return len(run) > 1 and parse.words[run[0]].text.casefold() in nouns("role") | nouns("officers") | nouns("title") | nouns(
        "spokesperson"
    )


def entity_name(parse: Parse, index: int) -> str:
    """The whole name the recogniser found around a word, without its article; empty where it found none."""
    label = parse.words[index].entity
    if label != "ORG":
        return ""
    first = last = index
    while first > 0 and parse.words[first - 1].entity == label:
        first -= 1
    while last + 1 < len(parse.words) and parse.words[last + 1].entity == label:
        last += 1
    while first < index and not parse.words[first].text[:1].isupper():
        first += 1
    return bare(parse, list(range(first, last + 1)))


def without_role(name: str) -> str:
    """`Commentator Xing` is Xing, `FBI Deputy Director Ann Toll` is Ann Toll: titles and roles are not part of a person's name."""
    words = name.split()
    told = nouns("title") | nouns("role") | nouns("spokesperson") | nouns("officers")
    last = max((i for i, w in enumerate(words[:-1]) if w.casefold().rstrip(".") in told), default=-1)
    return " ".join(words[last + 1 :])


def name_after(parse: Parse, index: int) -> list[int]:
    """The capitalised name straight behind a noun: `the rights group Green Watch`, `the organisation “Green Watch”`."""
    at = index + 1
    while at < len(parse.words) and parse.words[at].text in {"“", '"', "‘", "'"}:
        at += 1
    run = []
    while at < len(parse.words) and parse.words[at].pos == "PROPN" and parse.words[at].text[:1].isupper():
        run.append(at)
        at += 1
    return run


def group_before(parse: Parse, first: int) -> bool:
    """`the rights group Green Watch`: what follows a word for a body is that body's name."""
    before = first - 1
    while before >= 0 and parse.words[before].text in _OPENING:
        before -= 1
    several = before >= 0 and parse.words[before].tag == "NNS" and before + 1 < first  # `run by two bureaus,” Toll said`
    return before >= 0 and parse.words[before].lemma in nouns("organisation") and not several


def state_in(parse: Parse, phrase: list[int]) -> str:
    """The country name or demonym a phrase opens with: whose government it is."""
    for i in phrase:
        if parse.words[i].entity in {"NORP", "GPE"}:
            return parse.words[i].text
    return ""
