"""What holds for a whole document while it is read: whose page it is, which state it is about, which year its dates mean.

In:  a document, its heard sentences and their word classes. Out: a `Setting`, a year.
Never: looks at another document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from armslength.extract.circumstances import state_key
from armslength.extract.details import Setting
from armslength.extract.discourse import Heard
from armslength.extract.lexicon import Hit
from armslength.extract.notices import republished_from
from armslength.extract.parsed import Parse, Word
from armslength.model.claims import Link, mention_id
from armslength.model.dates import find_dates
from armslength.model.evidence import Document

_ANSWERING = frozenset({
    "prosecutor", "prosecution", "parliament", "court", "senate", "lawmaker", "senator", "jury", "judge", "mayor", "municipality",
    "immigration", "legislator", "congress", "congressman", "congresswoman", "mp", "detective", "investigator", "authorities",
})  # fmt: skip
"""Organs whose mention tells that a state answers: the organs of the state that acts are seldom these."""
_MISSIONS = frozenset({"embassy", "consulate", "regime", "ambassador", "consul", "envoy", "mission", "legation", "consul-general", "junta"})
_WHERE = frozenset({"in", "at", "near", "across", "inside", "outside", "around", "throughout", "within"})
"""Words before a place at which something happens, which is seldom the state that does it."""
_DEMANDING = frozenset(
    {"request", "seek", "deny", "accuse", "extradite", "pressure", "target", "lure", "abduct", "kidnap", "reject", "dismiss"}
)
_ORGAN = 6
"""What naming a state's mission, agents or sites counts: as much as six plain mentions. All weights were set on 25 articles, of
which the acting state was found in 24."""
_TARGETED = 3
"""What `a Valdorian exile` counts: the state that a target comes from."""
_LED_BACK = 2
"""What `return to Valdoria` counts."""
_ASKING_BACK = 3
_ANSWERED = -2
_ENOUGH_VOTES = 3
"""A state named once or twice is not yet what a document is about."""


def setting_of(document: Document, heard: Sequence[Heard], classes: Sequence[tuple[Hit, ...]]) -> Setting:
    """What every sentence of a document is read with."""
    states = acting_states(heard, classes)
    origin = next(iter(_most(states)), "")
    return Setting(
        doc=document.id,
        text=document.text,
        page=page_links(document),
        origin=origin,
        origin_name=next((word.text for one in heard for word in one.parse.words if origin and _named_as(one.parse, word) == origin), ""),
        origins=states,
        copies=document.duplicates,
        published=document.published,
    )


def _most(states: Sequence[str]) -> list[str]:
    return [key for key, _ in Counter(s for s in states if s).most_common(1)]


def page_links(document: Document) -> tuple[Link, ...]:
    """The page's own voice, and the medium a notice says it republishes."""
    name = document.publisher or "the article"
    own = Link(name=name, kind="author", mention=mention_id(document.id, "author", "the article"))
    original = republished_from(document)
    if original is None:
        return (own,)
    label, start, end = original
    return own, Link(name=label, kind="media", mention=mention_id(document.id, "media", label), start=start, end=end)


def acting_states(heard: Sequence[Heard], found: Sequence[Sequence[Hit]]) -> tuple[str, ...]:
    """For each sentence the state that acts in it, as a key: the one the document is mostly about, unless the sentence, or its paragraph
    before it, names the organs abroad of another one that acts in the document. Empty where none is known.
    """
    votes: Counter[str] = Counter()
    abroad: Counter[str] = Counter()
    named = [_named(one, classes) for one, classes in zip(heard, found, strict=True)]
    for mentions in named:
        for key, weight in mentions:
            votes[key] += weight
            abroad[key] += weight == _ORGAN
    first, second = [*votes.most_common(2), ("", 0), ("", 0)][:2]
    main = first[0] if first[1] >= _ENOUGH_VOTES and first[1] > second[1] else ""
    others = {key for key, times in abroad.items() if times and votes[key] > 0}
    out, last, paragraph = list[str](), main, -1
    for one, mentions in zip(heard, named, strict=True):
        if one.sentence.paragraph != paragraph:
            last, paragraph = main, one.sentence.paragraph
        here = {key for key, weight in mentions if weight == _ORGAN and key in others}
        if main and any(key == main and weight > 0 for key, weight in mentions):
            last = main
        elif len(here) == 1:
            last = next(iter(here))
        out.append(last)
    return tuple(out)


def _named_as(parse: Parse, word: Word) -> str:
    """The key of a word that is a state's name or adjective by itself, or empty."""
    alone = word.entity in {"NORP", "GPE"} and word.text[:1].isupper()
    return state_key(word.text) if alone and _state_of(parse, word) == state_key(word.text) else ""


def _named(one: Heard, classes: Sequence[Hit]) -> list[tuple[str, int]]:
    """The states a sentence names, each with what the mention counts."""
    organs = {i for h in classes if h.name in {"site", "agent_noun", "regime_word"} for i in range(h.first, h.last + 1)}
    targets = {h.last for h in classes if h.name in {"target_group", "protected_target"}}
    out = []
    for word in one.parse.words:
        if word.entity not in {"NORP", "GPE", "ORG"} or not word.text[:1].isupper():
            continue
        key = _state_of(one.parse, word)
        if key:
            out.append((key, _weight(one.parse, word, organs, targets)))
    return out


def _state_of(parse: Parse, word: Word) -> str:
    """The key of a name, of two words where those are one state's: `Saudi Arabia`, `South Korea`. The last word alone is none."""
    head = parse.words[word.head]
    if word.dep == "compound" and head.pos == "PROPN" and (pair := state_key(f"{word.text} {head.text}")) and len(pair) == 2:
        return pair
    paired = (k for k in parse.kids(word.index, "compound") if k.pos == "PROPN")
    return "" if any(len(state_key(f"{k.text} {word.text}")) == 2 for k in paired) else state_key(word.text)


def _weight(parse: Parse, word: Word, organs: set[int], targets: set[int]) -> int:
    """What a mention of a state tells of whether it is the one that acts."""
    here = word
    while here.dep in {"conj", "appos"} and here.head != here.index and parse.words[here.head].pos in {"PROPN", "ADJ"}:
        here = parse.words[here.head]
    head = parse.words[here.head]
    if here.dep == "pobj":
        return _LED_BACK if head.lemma == "to" else 0 if head.lemma in _WHERE else 1
    if head.lemma in _ANSWERING:
        return _ANSWERED
    if head.lemma in _MISSIONS or head.index in organs:
        return _ORGAN
    if head.index in targets and here.dep in {"amod", "compound", "nmod"}:
        return _TARGETED
    return _ASKING_BACK if here.dep == "nsubj" and head.lemma in _DEMANDING else 1


def context_year(text: str, published: str | None) -> int | None:
    """The year most often written out in the document's dates: what "December 5" is told from when the page has no date."""
    if published:
        return None
    years = Counter(d.edtf[:4] for d in find_dates(text) if d.basis == "stated" and d.edtf[:4].isdigit())
    best = years.most_common(2)
    return int(best[0][0]) if best and (len(best) == 1 or best[0][1] > best[1][1]) else None
