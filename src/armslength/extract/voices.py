"""Who a noun phrase stands for, as a voice: its name, its kind, and whom it answers to.

In:  a parsed sentence and the index of a noun. Out: a `Voice`, or one marked as an anaphor (`she`, `the report`) that the discourse
resolves. Never: decides who somebody is across documents; that is the resolve stage's work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from armslength.extract.lexicon import load_data
from armslength.extract.parsed import Parse, Word
from armslength.extract.places import country_of

_CLAUSES = {"relcl", "acl", "appos", "punct", "cc", "conj", "advcl", "ccomp", "parataxis"}
_LEAD = {"the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "latest", "new", "recent"}
_MARKS = "“”\"'‘’«»() ,;:-–—"
_PLACES = {"GPE", "LOC", "NORP"}
_PERSON_PRONOUNS = {"he", "she", "him", "her", "who", "i", "himself", "herself"}


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


def shown(voice: Voice) -> str:
    """A voice as reasons name it: never a person by name (METHOD P1)."""
    return "a person" if voice.kind == "person" else f"`{voice.name}`"


@cache
def nouns(kind: str) -> frozenset[str]:
    """The lemmas listed for a kind of voice in `data/voices.yaml`."""
    return frozenset(n.strip().casefold() for n in load_data("voices.yaml")[kind].split(","))


@cache
def agencies() -> dict[str, str]:
    """Bodies whose state goes without saying: name in lower case to ISO 3166-1 code."""
    return dict(load_data("voices.yaml")["agencies"])


def voice_of(parse: Parse, index: int) -> Voice:
    """Describe the voice that a noun or pronoun stands for."""
    word = parse.words[index]
    if word.pos == "PRON" and word.text.casefold() not in {"most", "many", "some", "several", "others", "one"}:
        return Voice(word.text, "person" if word.lemma in _PERSON_PRONOUNS else "", word.start, word.end, anaphor=word.text.casefold())
    phrase = phrase_of(parse, index)
    start, end = parse.range_of(phrase)
    named = replace(_kind_of(parse, index, phrase), start=start, end=end)
    return replace(named, name=named.name.strip(_MARKS) or word.text)


def phrase_of(parse: Parse, index: int) -> list[int]:
    """Indexes of a noun phrase without the clauses and appositions that hang on it, contiguous around its head."""
    keep, stack = [], [index]
    while stack:
        here = stack.pop()
        keep.append(here)
        for child in parse.kids(here):
            if child.dep in _CLAUSES and not _inside_name(parse, child, here):
                continue
            if child.dep == "prep" and here == index and child.lemma not in {"of", "in", "for", "at", "by", "from", "to"}:
                continue
            if child.dep == "npadvmod" and child.entity in {"DATE", "TIME"}:
                continue
            stack.append(child.index)
    return sorted(keep)


def _inside_name(parse: Parse, child: Word, here: int) -> bool:
    """Whether an apposition or conjunct belongs to the name itself: `organization “Green Watch”`, `police and prosecutors` do not."""
    head = parse.words[here]
    if child.dep == "punct":
        return child.text == "-"
    return (
        child.dep == "appos" and child.pos == "PROPN" and head.pos == "NOUN" and child.index - here <= 4 and child.text.isupper() is False
    )


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
    return text_of(parse, rest).strip(_MARKS)


def _names_in(parse: Parse, phrase: list[int]) -> list[list[int]]:
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


def _kind_of(parse: Parse, index: int, phrase: list[int]) -> Voice:
    """Read the words of a phrase: listed names first, then proper names, then what its noun tells, else nobody in particular."""
    head = parse.words[index]
    name = bare(parse, phrase)
    listed = _listed(name, head.text.casefold().replace("’s", ""))
    if listed is not None:
        return listed
    if head.pos == "PROPN" and not _office(head):
        return _proper(parse, index, phrase, name)
    told = (reader(parse, index, phrase, name) for reader in (_report, _medium, _spokesperson, _government, _organisation, _role))
    found = next((voice for voice in told if voice is not None), None)
    if found is None and head.pos == "PROPN":
        found = _proper(parse, index, phrase, name)
    return found or Voice(name, "unnamed", 0, 0)


def _listed(name: str, head: str) -> Voice | None:
    """A body or medium that the data file knows by name."""
    fold = name.casefold()
    for known, code in agencies().items():
        if known.split()[-1] == head and (fold == known or fold.endswith(" " + known)):
            return Voice(name, "government", 0, 0, by=code)
    for listed, kind in (("government_names", "government"), ("media_names", "media")):
        if fold in nouns(listed) or head in nouns(listed):
            return Voice(name, kind, 0, 0, by="state" if fold in nouns("state_media") else "")
    for known in sorted(nouns("media_names"), key=len, reverse=True):
        if " " in known and fold.endswith((" " + known, " " + known + " media")):
            at = fold.rindex(known)
            return Voice(name[at : at + len(known)], "media", 0, 0, by="state" if known in nouns("state_media") else "")
    return None


def _office(head: Word) -> bool:
    low = head.text.casefold()
    return low in nouns("government") or low in nouns("spokesperson") or low in nouns("organisation") or low in nouns("report")


def _proper(parse: Parse, index: int, phrase: list[int], name: str) -> Voice:
    """A proper name: state, medium, organisation or person, by the words in it first and the recogniser's label second."""
    head = parse.words[index]
    run = next((r for r in _names_in(parse, phrase) if index in r), [index])
    own = text_of(parse, run).strip(_MARKS)
    first = parse.words[run[0] - 1].lemma if run[0] else ""
    if _titled(parse, run):
        return Voice(_without_role(own), "person", 0, 0, role="titled")
    body = _body(parse, index, run, name)
    if body is not None:
        return body
    if head.entity in _PLACES and first not in nouns("role"):
        # "the Dispatch": no state's name takes an article unless the gazetteer knows it so
        article = first == "the" and not country_of(own)
        return Voice(own, "organisation" if article else "government", 0, 0, by="" if article else own)
    if head.entity not in {"PERSON", ""} and first not in nouns("role"):
        return Voice(own, "organisation", 0, 0)
    beside = parse.kid(index, "appos")
    role = text_of(parse, parse.subtree(beside.index) if beside is not None else [i for i in phrase if i < run[0]])
    return Voice(_without_role(own), "person", 0, 0, role=role)


def _body(parse: Parse, index: int, run: list[int], name: str) -> Voice | None:
    """A medium or organisation, by a word of its name, the recogniser's label, or a noun such as `group` before it."""
    own = text_of(parse, run).strip(_MARKS)
    words = {parse.words[i].text.casefold() for i in run}
    if words & nouns("media_words") or own.casefold() in nouns("media_names"):
        return Voice(name, "media", 0, 0, by="state" if own.casefold() in nouns("state_media") else "")
    named = _group_before(parse, run[0])
    if not (words & nouns("organisation_words") or parse.words[index].entity == "ORG" or named):
        return None
    whole = _entity_name(parse, index) or own
    listed = _listed(whole, whole.split()[-1].casefold())
    return listed or Voice(whole, "organisation", 0, 0, role="named as a body" if named else "")


def _titled(parse: Parse, run: list[int]) -> bool:
    """`Mr Toll`, `Ms. Toll`: always a person."""
    lead = [parse.words[run[0]], *([parse.words[run[0] - 1]] if run[0] else [])]
    return any(w.text.casefold().rstrip(".") in {"mr", "mrs", "ms", "miss", "mx", "sir", "dame"} for w in lead)


def _entity_name(parse: Parse, index: int) -> str:
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


def _without_role(name: str) -> str:
    """`Commentator Xing` is Xing: a leading title or role is not part of a person's name."""
    words = name.split()
    while len(words) > 1 and (
        words[0].casefold().rstrip(".") in nouns("title")
        or words[0].casefold() in nouns("role")
        or words[0].casefold() in nouns("spokesperson")
    ):
        words.pop(0)
    return " ".join(words)


def _name_after(parse: Parse, index: int) -> list[int]:
    """The capitalised name straight behind a noun: `the rights group Green Watch`, `the organisation “Green Watch”`."""
    at = index + 1
    while at < len(parse.words) and parse.words[at].text in {"“", '"', "‘", "'"}:
        at += 1
    run = []
    while at < len(parse.words) and parse.words[at].pos == "PROPN" and parse.words[at].text[:1].isupper():
        run.append(at)
        at += 1
    return run


def _group_before(parse: Parse, first: int) -> bool:
    """`the rights group Green Watch`: what follows a word for a body is that body's name."""
    before = first - 1
    while before >= 0 and parse.words[before].is_mark:
        before -= 1
    return before >= 0 and parse.words[before].lemma in nouns("organisation")


_AUTHORS = {"author", "researcher", "co-author"}
_DEFINITE = {"the", "this", "that", "its", "their"}
_COMMENTS = {"commentary", "editorial", "op-ed", "letter"}


def _report(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """A report or record: `the Green Watch report`, `a video by the prosecutor's office`, `official data`."""
    head = parse.words[index]
    lead = parse.words[phrase[0]].lemma
    record = head.lemma in nouns("record") | {"datum"} or head.text.casefold() in nouns("record")
    report = head.lemma in nouns("report") or head.text.casefold() in nouns("report")
    if not (record or report) or (head.lemma in _AUTHORS and lead not in {"the", "its"}):
        return None
    maker, last = _maker(parse, index, phrase)
    if maker is not None:
        full = bare(parse, list(range(phrase[0], last + 1))) if last >= index else name
        return _made(maker, full, record=record)
    if record and {parse.words[i].lemma for i in phrase} & {"official", "government", "state", "ministry", "party"}:
        return Voice(name, "government", 0, 0, by="official", role="record")
    definite = lead in _DEFINITE or head.lemma in _AUTHORS | {"finding"}
    if head.lemma in _COMMENTS or (record and not definite):
        return Voice(name, "unnamed", 0, 0, role="record")
    titled = any(parse.words[i].pos == "PROPN" for i in phrase)
    pointing = f"{'the' if definite else 'a'} {'record' if record else 'report'}:{head.lemma}"
    return Voice(name, "report", 0, 0, anaphor="" if titled else pointing)


def _made(maker: Voice, name: str, *, record: bool) -> Voice:
    """A report by its maker: a state's own record is the state speaking, a person's report is the person."""
    if maker.kind == "person":
        return maker
    state = maker.kind == "government" or (maker.kind == "media" and maker.by == "state")
    kind = "government" if state else "media" if maker.kind == "media" and record else "report"
    return Voice(name, kind, 0, 0, by=maker.name, role="record" if record else "")


def _maker(parse: Parse, index: int, phrase: list[int]) -> tuple[Voice | None, int]:
    """Whoever made a report: `by X`, `produced by X`, `X's report`, `the X report`. Also the last index of those words."""
    for child in parse.kids(index, "prep", "acl", "agent"):
        if child.dep == "acl":
            for prep in parse.kids(child.index, "agent", "prep"):
                made = parse.kid(prep.index, "pobj") if prep.lemma == "by" else None
                if made is not None:
                    voice, last = _made_by(parse, made.index)
                    return voice, max(last, parse.edges[child.index][1])
        elif child.lemma in {"by", "from"}:
            made = parse.kid(child.index, "pobj")
            if made is not None:
                return _made_by(parse, made.index)
    owner = parse.kid(index, "poss")
    if owner is not None and owner.pos != "PRON":
        return _kind_of(parse, owner.index, phrase_of(parse, owner.index)), -1
    before = [i for i in phrase if i < index and parse.words[i].pos == "PROPN" and parse.words[i].entity != "DATE"]
    if len(before) > 1 or (before and parse.words[before[0]].entity != "NORP"):
        return Voice(text_of(parse, before).strip(_MARKS), "organisation", 0, 0), -1
    return None, -1


def _made_by(parse: Parse, index: int) -> tuple[Voice, int]:
    phrase = phrase_of(parse, index)
    run = _name_after(parse, index) if parse.words[index].lemma in nouns("organisation") else []
    if run:
        return Voice(text_of(parse, run).strip(_MARKS), "organisation", 0, 0, role="named as a body"), max(run)
    return replace(_kind_of(parse, index, phrase), start=0), max(phrase)


def _spokesperson(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """An official speaks for the body: `a spokesman for the ministry` is the ministry speaking."""
    head = parse.words[index]
    if head.lemma not in nouns("spokesperson") and head.text.casefold() not in nouns("spokesperson"):
        return None
    for prep in parse.kids(index, "prep"):
        body = parse.kid(prep.index, "pobj")
        if body is not None and prep.lemma in {"of", "for", "from", "at"} and (body.lemma in nouns("government") or body.pos == "PROPN"):
            inner = _kind_of(parse, body.index, phrase_of(parse, body.index))
            kind = inner.kind if inner.kind in {"government", "organisation", "media"} else "government"
            return Voice(inner.name, kind, 0, 0, by=inner.by, role=head.lemma)
    before = [i for i in phrase if i < index]
    name = bare(parse, [*before, index])  # the office speaks; whoever holds it is a person (METHOD P1)
    if any(parse.words[i].lemma in nouns("government") or parse.words[i].entity in {"GPE", "NORP", "ORG"} for i in before):
        return Voice(name, "government", 0, 0, by=_state_in(parse, phrase), role=head.lemma)
    return Voice(name, "unnamed", 0, 0, role=head.lemma)


def _government(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    head = parse.words[index]
    low = head.text.casefold()
    if head.lemma not in nouns("government") and low not in nouns("government"):
        return None
    lemmas = {parse.words[i].lemma for i in phrase}
    if low in nouns("court") or head.lemma in nouns("court"):
        return Voice(name, "court", 0, 0, by=_state_in(parse, phrase))
    public = lemmas & nouns("public_words") or _state_in(parse, phrase)
    if head.lemma in nouns("maybe_government") and not public:
        return None
    alone = all(parse.words[i].lemma in {"the", "its", head.lemma, "local", "these", "those"} for i in phrase)
    return Voice(name, "government", 0, 0, by=_state_in(parse, phrase), anaphor=f"the government:{head.lemma}" if alone else "")


def _medium(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """`the Spanish daily El Harbour`, `state broadcaster`: a medium by its noun, with its name where one stands beside it."""
    head = parse.words[index]
    if head.lemma not in nouns("medium") or head.pos == "PROPN":
        return None
    run = _name_after(parse, index) or next(
        (r for r in reversed(_names_in(parse, phrase)) if parse.words[r[0]].entity not in {"NORP", "GPE"}), []
    )
    owned = {parse.words[i].lemma for i in phrase} & {"state", "official", "party", "government"}
    return Voice(text_of(parse, run).strip(_MARKS) if run else name, "media", 0, 0, by="state" if owned else "")


def _organisation(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    head = parse.words[index]
    if head.lemma not in nouns("organisation") and head.text.casefold() not in nouns("organisation"):
        return None
    follows = _name_after(parse, index)
    if follows:
        return Voice(text_of(parse, follows).strip(_MARKS), "organisation", 0, 0, role="named as a body")
    runs = [r for r in _names_in(parse, phrase) if r != [index] and any(parse.words[i].entity not in {"NORP", "GPE"} for i in r)]
    if runs:
        return Voice(text_of(parse, runs[-1]).strip(_MARKS), "organisation", 0, 0)
    plural = head.tag in {"NNS", "NNPS"}
    definite = parse.words[phrase[0]].lemma in {"the", "this", "its"}
    return Voice(name, "unnamed" if plural else "organisation", 0, 0, anaphor=f"the group:{head.lemma}" if definite and not plural else "")


def _role(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """A person by role: `former lawyer Wu Shaoping` has a name in it, `a resident` has none."""
    head = parse.words[index]
    if head.lemma not in nouns("role") and head.text.casefold() not in nouns("role"):
        return None
    for child in parse.kids(index, "appos"):
        if child.pos == "PROPN":
            return Voice(text_of(parse, _names_in(parse, phrase_of(parse, child.index))[-1]).strip(_MARKS), "person", 0, 0, role=name)
    runs = [r for r in _names_in(parse, phrase) if all(parse.words[i].entity in {"PERSON", ""} for i in r)]
    if runs:
        return Voice(_without_role(text_of(parse, runs[-1]).strip(_MARKS)), "person", 0, 0, role=name)
    return Voice(name, "unnamed", 0, 0, role=head.lemma)


def _state_in(parse: Parse, phrase: list[int]) -> str:
    """The country name or demonym a phrase opens with: whose government it is."""
    for i in phrase:
        if parse.words[i].entity in {"NORP", "GPE"}:
            return parse.words[i].text
    return ""
