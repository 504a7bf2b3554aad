"""Who a noun phrase stands for, as a voice: its name, its kind, and whom it answers to.

In:  a parsed sentence and the index of a noun. Out: a `Voice`, or one marked as an anaphor (`she`, `the report`, `the lawyer`) that the
discourse resolves. Never: decides who somebody is across documents; that is the resolve stage's work.
"""

from __future__ import annotations

import re
from dataclasses import replace

from armslength.extract.bodies import NAMED_AS_BODY, government, is_office, listed_body, medium, named_body, organisation
from armslength.extract.parsed import Parse, once
from armslength.extract.phrases import (
    MARKS,
    Voice,
    bare,
    holder_beside,
    is_human,
    led_by_role,
    name_after,
    name_beside,
    names_in,
    nouns,
    phrase_of,
    shown,
    state_in,
    text_of,
    titled,
    without_role,
)
from armslength.extract.places import country_of

__all__ = ["Voice", "nouns", "shown", "voice_of"]

_NAMELESS = "…"
"""What a voice is called whose words are blanks and control characters."""
_AGED = re.compile(r"\d+[- ]years?[- ]?")
_AUTHORS = {"author", "researcher", "co-author"}
_COMMENTS = {"commentary", "editorial", "letter", "op-ed"}
_DEFINITE = {"the", "this", "that", "its", "their"}
_PERSON_PRONOUNS = {"he", "she", "him", "her", "who", "i", "himself", "herself"}
_TITLES = ("mr", "mrs", "ms", "miss", "mx", "sir ", "dame ")
_PLACES = {"GPE", "LOC", "NORP"}


@once
def voice_of(parse: Parse, index: int) -> Voice:
    """Describe the voice that a noun or pronoun stands for."""
    word = parse.words[index]
    if word.pos == "PRON" and word.text.casefold() not in {"most", "many", "some", "several", "others", "one"}:
        return Voice(word.text, "person" if word.lemma in _PERSON_PRONOUNS else "", word.start, word.end, anaphor=word.text.casefold())
    whole = _whole_noun(parse, index)
    phrase = sorted({*phrase_of(parse, whole), *range(index, whole), *phrase_of(parse, index)})
    index, word = whole, parse.words[whole]
    start, end = parse.range_of(phrase)
    named = replace(_kind_of(parse, index, phrase), start=start, end=end)
    if word.tag == "NNS" and named.role == word.lemma:
        named = replace(named, role=f"several {named.role}")  # nobody whom `he` or `she` takes up
    return replace(named, name=named.name.strip(MARKS).strip() or word.text.strip() or _NAMELESS)


def _whole_noun(parse: Parse, index: int) -> int:
    """`co-author`, `ex-officer`: a parser may take the two halves for two subjects."""
    cut = parse.words[index].text.casefold() in {"co", "ex", "vice"} and index + 2 < len(parse.words) and parse.words[index + 1].text == "-"
    return index + 2 if cut and parse.words[index + 2].pos in {"NOUN", "PROPN"} else index


def _kind_of(parse: Parse, index: int, phrase: list[int]) -> Voice:
    """Read the words of a phrase: listed names first, then proper names, then what its noun tells, else nobody in particular."""
    head = parse.words[index]
    name = bare(parse, phrase)
    example = _example(parse, index)
    if example is not None:
        return example
    listed = listed_body(name, head.text.casefold().replace("’s", ""))
    if listed is not None:
        return listed
    if head.pos == "PROPN" and not is_office(head):
        return _proper(parse, index, phrase, name)
    told = (reader(parse, index, phrase, name) for reader in (_beside, _report, medium, _spokesperson, government, organisation, _role))
    found = next((voice for voice in told if voice is not None), None)
    if found is None and head.pos == "PROPN":
        found = _proper(parse, index, phrase, name)
    return found or Voice(name, "unnamed", 0, 0)


def _example(parse: Parse, index: int) -> Voice | None:
    """`newspapers such as The Quay`: the one that is named is the one that spoke."""
    head = parse.words[index]
    kind = next(
        (k for k, n in (("media", "medium"), ("organisation", "organisation"), ("government", "government")) if head.lemma in nouns(n)), ""
    )
    if head.tag != "NNS" or not kind:
        return None
    for prep in parse.kids(index, "prep"):
        such = prep.lemma in {"like", "including", "include"} or (prep.text == "as" and parse.words[prep.index - 1].lemma == "such")
        named = parse.kid(prep.index, "pobj") if such else None
        run = next((r for r in names_in(parse, phrase_of(parse, named.index)) if named.index in r), []) if named is not None else []
        if run:
            return Voice(text_of(parse, run).strip(MARKS).removeprefix("The "), kind, 0, 0, role=NAMED_AS_BODY)
    return None


def _proper(parse: Parse, index: int, phrase: list[int], name: str) -> Voice:
    """A proper name: state, medium, organisation or person, by the words in it first and the recogniser's label second."""
    head = parse.words[index]
    run = next((r for r in names_in(parse, phrase) if index in r), [index])
    own = text_of(parse, run).strip(MARKS)
    first = parse.words[run[0] - 1].lemma if run[0] else ""
    if titled(parse, run):
        lead = parse.words[run[0]] if own.casefold().startswith(_TITLES) else parse.words[run[0] - 1]
        return Voice(without_role(own), "person", 0, 0, role=f"titled {lead.text.casefold().rstrip('.')}")
    body = named_body(parse, index, run, name)
    if body is not None:
        return body
    if head.entity == "NORP" and head.tag == "NNPS":
        return Voice(own, "unnamed", 0, 0)  # `Russians said`: people, and no state
    if head.entity in _PLACES and first not in nouns("role") and not (led_by_role(parse, run) and not country_of(own)):
        # "the Dispatch": no state's name takes an article unless the gazetteer knows it so
        known = bool(country_of(own))
        article = first == "the" and not known
        return Voice(own, "organisation" if article else "government", 0, 0, by="" if article else own, guessed=not (known or article))
    beside = parse.kid(index, "appos")
    human = first in nouns("role") or led_by_role(parse, run) or (beside is not None and beside.lemma in nouns("role"))
    if head.entity not in {"PERSON", ""} and not human:
        return Voice(own, "organisation", 0, 0, guessed=first != "the")
    return _person(parse, index, run, without_role(own))


def _person(parse: Parse, index: int, run: list[int], name: str) -> Voice:
    """A named person with what the passage says of them: `commentator X`, `X, a researcher at Y`. A spokesperson is the body's voice."""
    beside = parse.kid(index, "appos")
    title = next((i for i in (run[0] - 1, run[0]) if i >= 0 and parse.words[i].lemma.casefold().startswith("spokes")), None)
    office = title if title is not None else beside.index if beside is not None else None
    body = _body_of_office(parse, office) if office is not None and parse.words[office].lemma.startswith("spokes") else None
    if title is not None and body is None:
        body = _named_before(parse, title)
    if body is not None and body.kind in {"government", "organisation", "court", "media"}:
        return Voice(body.name, body.kind, 0, 0, by=body.by, role="spokesperson", anaphor=body.anaphor, holder=name)
    alone = title is not None and (title == 0 or parse.words[title - 1].pos in {"PUNCT", "DET"})  # not `opposition spokesperson X`
    if body is None and (alone or (beside is not None and beside.lemma.startswith("spokes"))):
        return Voice("spokesperson", "unnamed", 0, 0, role="spokesperson", holder=name)  # whose, the discourse tells
    words = parse.subtree(beside.index) if beside is not None else [i for i in phrase_of(parse, index) if i < run[0]]
    return Voice(name, "person", 0, 0, role=text_of(parse, words))


def _named_before(parse: Parse, title: int) -> Voice | None:
    """`Foreign Ministry spokesman X`: the body whose name or noun stands straight before the title."""
    noun = parse.words[title - 1] if title else None
    if noun is None or noun.lemma.casefold() not in nouns("government") | nouns("organisation"):
        return None
    first = title - 1
    while first > 0 and parse.words[first - 1].pos in {"PROPN", "ADJ", "NOUN", "DET"} and not parse.words[first - 1].is_mark:
        first -= 1
    phrase = list(range(first, title))
    return government(parse, noun.index, phrase, bare(parse, phrase)) or organisation(parse, noun.index, phrase, bare(parse, phrase))


def _beside(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """`its lead author, Karin Holt`, `Malik's deputy Eva Stein`: a person by name, with what the noun says of them."""
    head = parse.words[index]
    run = holder_beside(parse, index) if is_human(head.lemma) else name_beside(parse, index)
    one = head.pos == "NUM" and all(parse.words[i].entity == "PERSON" for i in run)  # `one of them, Ria Vos,`
    if not (head.pos == "NOUN" or one) or not run or head.lemma in nouns("spokesperson"):
        return None
    words = {parse.words[i].text.casefold() for i in run}
    officer = head.lemma in nouns("officers") and all(parse.words[i].entity == "PERSON" for i in run)
    body = head.lemma in nouns("government") - (nouns("officers") if officer else frozenset()) | nouns("organisation") | nouns(
        "medium"
    ) or words & nouns("organisation_words")
    human = head.lemma in nouns("role") | _AUTHORS or officer or any(parse.words[i].entity == "PERSON" for i in run)
    if body or not human or (head.lemma in nouns("report") | nouns("record") and head.lemma not in _AUTHORS):
        return None
    role = bare(parse, [i for i in phrase if i not in run]) or name
    return Voice(without_role(text_of(parse, run).strip(MARKS)), "person", 0, 0, role=role)


def _report(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """A report or record: `the Green Watch report`, `a video by the prosecutor's office`, `official data`."""
    head = parse.words[index]
    lead = parse.words[phrase[0]].lemma
    record = head.lemma in nouns("record") | {"datum"} or head.text.casefold() in nouns("record")
    report = head.lemma in nouns("report") or head.text.casefold() in nouns("report")
    if not (record or report) or (head.lemma in _AUTHORS and lead not in {"the", "its", "their"}):
        return None
    maker, last = _maker(parse, index, phrase)
    if _of_a_court(parse, index, phrase) and (maker is None or maker.kind in {"court", "government"}):
        return Voice(name, "court", 0, 0, by=maker.by if maker else "", role="record")
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


def _of_a_court(parse: Parse, index: int, phrase: list[int]) -> bool:
    """`the indictment`, `court papers`: what a court or a prosecutor puts on file speaks for them."""
    head = parse.words[index]
    modified = any(parse.words[i].lemma in {"court", "criminal", "charge", "legal"} for i in phrase if i < index)
    return head.lemma in nouns("court_records") or (modified and head.lemma in {"paper", "document", "record", "sheet", "complaint"})


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
                made = parse.kid(prep.index, "pobj") if prep.lemma == "by" and child.lemma in nouns("making") else None
                if made is not None:
                    voice, last = _made_by(parse, made.index)
                    return voice, max(last, parse.edges[child.index][1])
        elif child.lemma in {"by", "from"}:
            made = parse.kid(child.index, "pobj")
            if made is not None:
                return _made_by(parse, made.index)
    issuer = _issuer(parse, index)
    if issuer is not None:
        return issuer, -1
    owner = parse.kid(index, "poss")
    if owner is not None and owner.pos != "PRON":
        return _kind_of(parse, owner.index, phrase_of(parse, owner.index)), -1
    before = [i for i in phrase if i < index and parse.words[i].pos == "PROPN" and parse.words[i].entity != "DATE"]
    if len(before) > 1 or (before and parse.words[before[0]].entity != "NORP"):
        return Voice(text_of(parse, before).strip(MARKS), "organisation", 0, 0), -1
    return None, -1


def _issuer(parse: Parse, index: int) -> Voice | None:
    """`The ministry published a series of notices`: an authority's papers are its own. What others publish may be somebody else's."""
    noun = parse.words[index]
    above = parse.words[noun.head]
    if noun.dep == "pobj" and above.lemma == "of" and parse.words[above.head].lemma in {"series", "number", "set", "list", "batch"}:
        noun, above = parse.words[above.head], parse.words[parse.words[above.head].head]
    subject = parse.kid(above.index, "nsubj") if noun.dep == "dobj" and above.lemma in nouns("making") else None
    if subject is None or subject.pos == "PRON" or subject.index >= index:
        return None
    maker = _kind_of(parse, subject.index, phrase_of(parse, subject.index))
    return maker if maker.kind == "government" and parse.words[index].lemma in nouns("record") else None


def _made_by(parse: Parse, index: int) -> tuple[Voice, int]:
    phrase = phrase_of(parse, index)
    run = name_after(parse, index) if parse.words[index].lemma in nouns("organisation") else []
    if run:
        return Voice(text_of(parse, run).strip(MARKS), "organisation", 0, 0, role=NAMED_AS_BODY), max(run)
    return replace(_kind_of(parse, index, phrase), start=0), max(phrase)


def _spokesperson(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """An official speaks for the body: `a spokesman for the ministry` is the ministry; whoever holds the office is a person (METHOD P1)."""
    head = parse.words[index]
    if head.lemma not in nouns("spokesperson") and head.text.casefold() not in nouns("spokesperson"):
        return None
    run = holder_beside(parse, index)
    holder = without_role(text_of(parse, run).strip(MARKS)) if run else ""
    body = _body_of_office(parse, index)
    if holder and not head.lemma.startswith("spokes"):
        return Voice(holder, "person", 0, 0, by=body.name if body else "", role=bare(parse, [i for i in phrase if i not in run]))
    if body is not None:
        kind = body.kind if body.kind in {"government", "organisation", "media", "court"} else "government"
        return Voice(body.name, kind, 0, 0, by=body.by, role=head.lemma, anaphor=body.anaphor, holder=holder)
    before = [i for i in phrase if i < index]
    name = bare(parse, [*before, index])
    if any(parse.words[i].lemma in nouns("government") or parse.words[i].entity in {"GPE", "NORP", "ORG"} for i in before):
        return Voice(name, "government", 0, 0, by=state_in(parse, phrase), role=head.lemma, holder=holder)
    return _pointing(parse, index, phrase, replace(Voice(name, "unnamed", 0, 0, role=head.lemma), holder=holder))


def _body_of_office(parse: Parse, index: int) -> Voice | None:
    """The body that an official belongs to: `a spokesman for the ministry`, `the ministry's spokesman`, `a ministry spokeswoman`."""
    for prep in parse.kids(index, "prep"):
        body = parse.kid(prep.index, "pobj")
        known = body is not None and (body.lemma in nouns("government") | nouns("organisation") | nouns("medium") or body.pos == "PROPN")
        if body is not None and known and prep.lemma in {"of", "for", "from", "at"}:
            return _kind_of(parse, body.index, phrase_of(parse, body.index))
    spokes = parse.words[index].lemma.startswith("spokes")
    for child in parse.kids(index, "poss", "compound"):
        body_noun = child.lemma in nouns("government") | nouns("organisation") or child.text.casefold() in nouns("government")
        if spokes and body_noun and child.index < index:
            found = _kind_of(parse, child.index, _up_to(parse, index, child.index))
            return found if found.kind in {"government", "organisation", "court", "unnamed"} else None
    return None


def _up_to(parse: Parse, index: int, last: int) -> list[int]:
    """The words of a noun's phrase up to one that names a body in it: `the Valdorian foreign ministry` of `... ministry spokeswoman`."""
    return [i for i in phrase_of(parse, index) if i <= last and parse.words[i].dep not in {"case", "det"}]


def _role(parse: Parse, index: int, phrase: list[int], name: str) -> Voice | None:
    """A person by role: `former lawyer Wu Shaoping` has a name in it, `a resident` has none."""
    head = parse.words[index]
    aged = _AGED.search(text_of(parse, phrase)) is not None
    if not aged and not is_human(head.lemma) and head.text.casefold() not in nouns("role"):
        return None
    runs = [r for r in names_in(parse, phrase) if all(parse.words[i].entity in {"PERSON", ""} for i in r)]
    owned = [r for r in runs if parse.words[r[-1]].dep != "poss"]
    if owned:
        return Voice(without_role(text_of(parse, owned[-1]).strip(MARKS)), "person", 0, 0, role=name)
    return _pointing(parse, index, phrase, Voice(name, "unnamed", 0, 0, role=head.lemma))


def _pointing(parse: Parse, index: int, phrase: list[int], voice: Voice) -> Voice:
    """`the lawyer`, `his sister`, `the 34-year-old`: somebody whom the document may name elsewhere. `The lawyer for the second defendant`,
    `the other man` and `a lawyer` say who they are, as far as they do, by themselves.
    """
    words = [parse.words[i] for i in phrase]
    lead = words[0].text.casefold()
    if _AGED.match(text_of(parse, phrase)) and phrase[0] > 0:  # parsers hang the article of `the 34-year-old` elsewhere
        lead = parse.words[phrase[0] - 1].text.casefold()
    told_apart = any(
        w.dep == "prep" or (w.dep == "nummod" and w.entity != "DATE" and not _AGED.search(text_of(parse, phrase))) for w in words
    ) or any(w.text.casefold() in {"other", "another", "second", "third", "next"} for w in words)
    plural = parse.words[index].tag in {"NNS", "NNPS"}
    if lead not in _DEFINITE | {"his", "her", "my"} or told_apart or plural:
        return voice
    return replace(voice, anaphor=f"the person:{parse.words[index].lemma}")
