"""Bodies that speak: governments and their offices, courts, media, organisations.

In:  a noun with its phrase. Out: a `Voice` for it, or None where the noun is no such body. Words decide before the recogniser's labels do.
"""

from __future__ import annotations

from functools import cache, lru_cache

from armslength.extract.parsed import Parse, Word
from armslength.extract.phrases import (
    MARKS,
    Voice,
    agencies,
    entity_name,
    group_before,
    holder_beside,
    led_by_role,
    name_after,
    name_beside,
    names_in,
    nouns,
    phrase_of,
    state_in,
    text_of,
)

NAMED_AS_BODY = "named as a body"
"""Role of an organisation that a passage calls one: `the rights group Green Watch`; what it calls it follows behind a colon."""
_OWNED = {"state", "official", "party", "government"}
"""Words that say whose a medium is: `the Norland state news agency`, `the party newspaper`."""
_LONG = 4
"""Words of a name that is longer than nearly all persons'."""
_POINTING = {"the", "its", "local", "these", "those", "this", "that", "same"}


@cache
def _by_last_word() -> dict[str, list[tuple[str, str]]]:
    """The agencies by the last word of their names, in the order of the file."""
    table: dict[str, list[tuple[str, str]]] = {}
    for known, code in agencies().items():
        table.setdefault(known.split()[-1], []).append((known, code))
    return table


@cache
def _long_media() -> tuple[str, ...]:
    """The media whose names are several words, the longest first."""
    return tuple(known for known in sorted(nouns("media_names"), key=lambda known: (-len(known), known)) if " " in known)


@lru_cache(maxsize=4096)
def listed_body(name: str, head: str) -> Voice | None:
    """A body or medium that the data file knows by name."""
    fold = name.casefold()
    for known, code in _by_last_word().get(head, ()):
        if fold == known or fold.endswith(" " + known):
            return Voice(name, "government", 0, 0, by=code)
    for listed, kind in (("government_names", "government"), ("media_names", "media")):
        if fold in nouns(listed) or head in nouns(listed):
            return Voice(name, kind, 0, 0, by="state" if fold in nouns("state_media") else "")
    for known in _long_media():
        if fold.endswith((" " + known, " " + known + " media")):
            at = fold.rindex(known)
            return Voice(name[at : at + len(known)], "media", 0, 0, by="state" if known in nouns("state_media") else "")
    return None


def is_office(head: Word) -> bool:
    """Whether a capitalised noun names an office or a work rather than somebody: `the Ministry`, `the Report`."""
    low = head.text.casefold()
    return low in nouns("government") or low in nouns("spokesperson") or low in nouns("organisation") or low in nouns("report")


def named_body(parse: Parse, index: int, run: list[int], name: str) -> Voice | None:
    """A medium or organisation, by a word of its name, the recogniser's label, or a noun such as `group` before it."""
    own = text_of(parse, run).strip(MARKS)
    words = {parse.words[i].text.casefold() for i in run}
    article = run[0] > 0 and parse.words[run[0] - 1].lemma == "the"
    surname = not article and (len(run) == 1 or parse.words[index].entity == "PERSON")  # `Sun said`, `Frank Sun`
    works = parse.words[run[-1]].text.casefold() in nouns("bodies_of_their_own")  # `Sentinel House`
    if (words & nouns("media_words") and not surname and not works) or own.casefold() in nouns("media_names"):
        sure = article or own.casefold() in nouns("media_names") or group_before(parse, run[0])
        outer = phrase_of(parse, index)
        owned = own.casefold() in nouns("state_media") or any(parse.words[i].lemma in _OWNED for i in outer if i < run[0])
        described = any(parse.words[i].pos == "NOUN" for i in outer if i < run[0])  # `the government newspaper Rossan Daily`
        by, guessed = "state" if owned else "", not (sure or described) and len(run) < _LONG
        return Voice(own if described else name, "media", 0, 0, by=by, guessed=guessed)
    named = group_before(parse, run[0])
    beside = parse.kid(index, "appos")
    called = beside is not None and beside.pos == "NOUN" and beside.lemma in nouns("organisation")
    if (led_by_role(parse, run) or (beside is not None and beside.lemma in nouns("role"))) and not words & nouns("organisation_words"):
        return None  # `Lawyer Dhal`, `Gul Dhal, a volunteer from Leeds`, whatever the recogniser takes the name for
    if not (words & nouns("organisation_words") or parse.words[index].entity == "ORG" or named or called):
        return None
    whole = entity_name(parse, index) or own
    listed = listed_body(whole, whole.casefold().split()[-1] if whole.strip() else "")
    if called and beside is not None:
        return listed or Voice(whole, "organisation", 0, 0, role=f"{NAMED_AS_BODY}: {text_of(parse, phrase_of(parse, beside.index))}")
    guessed = not (named or article or words & (nouns("organisation_words") - nouns("surnames")) or _written_as_body(own))
    return listed or Voice(whole, "organisation", 0, 0, role=NAMED_AS_BODY if named else "", guessed=guessed)


def _written_as_body(name: str) -> bool:
    """Whether a name is written as no person's is: with a number, `&`, or a small word in it."""
    return any(w.isdigit() or w in {"&", "of", "and", "for", "the", "without", "in", "on"} for w in name.split()[1:])


def government(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """`the interior ministry`, `police in Vienna`, `a court`: an office of a state, with the state where the phrase names it."""
    head = parse.words[index]
    low = head.text.casefold()
    if head.lemma not in nouns("government") and low not in nouns("government"):
        return None
    lemmas = {parse.words[i].lemma for i in phrase}
    if low in nouns("court") or head.lemma in nouns("court"):
        return Voice(name, "court", 0, 0, by=state_in(parse, phrase))
    alone = all(parse.words[i].lemma in _POINTING | {head.lemma} for i in phrase) and (len(phrase) > 1 or head.tag != "NNS")
    public = lemmas & nouns("public_words") or state_in(parse, phrase)
    if head.lemma in nouns("maybe_government") and not public:
        pointing = alone and len(phrase) > 1 and head.tag not in {"NNS", "NNPS"}
        return Voice(name, "unnamed", 0, 0, anaphor=f"the government:{head.lemma}") if pointing else None
    if parse.words[phrase[0]].lemma == "the" and any(parse.words[i].lemma == "own" for i in phrase):
        state = next((w.text for w in reversed(parse.words[: phrase[0]]) if w.entity == "GPE"), "")
        if state:  # `Valdoria ... the country's own Ministry`
            return Voice(f"{state}'s {name}", "government", 0, 0, by=state)
    return Voice(
        name,
        "government",
        0,
        0,
        by=state_in(parse, phrase) or _owner_of(parse, phrase),
        anaphor=f"the government:{head.lemma}" if alone else "",
    )


def _owner_of(parse: Parse, phrase: list[int]) -> str:
    """The state by name in `the Norland state news agency`, also where the recogniser does not know it for one."""
    state = next((i for i in phrase if parse.words[i].lemma == "state"), -1)
    run = next((r for r in names_in(parse, phrase) if r[-1] in {state - 1, state - 2}), [])
    return text_of(parse, run).strip(MARKS).removesuffix("’s").removesuffix("'s") if state > 0 and run else ""


def medium(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """`the Spanish daily El Harbour`, `state broadcaster`: a medium by its noun, with its name where one stands beside it."""
    head = parse.words[index]
    lemmas = {parse.words[i].lemma for i in phrase if i != index}
    maybe = head.lemma in nouns("maybe_medium") and lemmas & nouns("medium_words")
    if not (maybe or head.lemma in nouns("medium")) or head.pos == "PROPN":
        return None
    owned = lemmas & _OWNED
    last = max((i for i in phrase if i != index and parse.words[i].lemma in _OWNED), default=-1)
    before = [r for r in reversed(names_in(parse, phrase)) if parse.words[r[0]].entity not in {"NORP", "GPE"} and r[0] > last]
    run = name_after(parse, index) or (before[0] if before else [])
    if maybe and owned and not run:
        return None  # `the state news agency`, without a name, is an office of the state
    called = _called(parse, phrase, run) if run else ""
    return Voice(text_of(parse, run).strip(MARKS) if run else name, "media", 0, 0, by="state" if owned else "", role=called)


def _called(parse: Parse, phrase: list[int], name: list[int]) -> str:
    return f"{NAMED_AS_BODY}: {text_of(parse, [i for i in phrase if i not in name])}"


def organisation(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """`the rights group Green Watch`, `a charity`: an organisation by its noun, with its name where one stands beside it."""
    head = parse.words[index]
    if head.lemma not in nouns("organisation") and head.text.casefold() not in nouns("organisation"):
        return None
    follows = name_after(parse, index) or name_beside(parse, index) or holder_beside(parse, index)
    if follows:
        return Voice(text_of(parse, follows).strip(MARKS), "organisation", 0, 0, role=_called(parse, phrase, follows))
    runs = [r for r in names_in(parse, phrase) if r != [index] and any(parse.words[i].entity not in {"NORP", "GPE"} for i in r)]
    if runs:
        return Voice(text_of(parse, runs[-1]).strip(MARKS), "organisation", 0, 0)
    plural = head.tag in {"NNS", "NNPS"}
    definite = parse.words[phrase[0]].lemma in {"the", "this", "its", "that"}
    return Voice(name, "unnamed" if plural else "organisation", 0, 0, anaphor=f"the group:{head.lemma}" if definite and not plural else "")
