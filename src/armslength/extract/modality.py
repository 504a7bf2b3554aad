"""How real a passage makes what it says: stated, possible, doubtful, negated, future or hypothetical.

In:  a parse, a clause, and the word that tells the deed (`arrested` in `refused to have him arrested`). Out: one modality.
What governs the deed counts, from the deed up to where somebody else begins to speak. Never: looks beyond the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from armslength.extract.clauses import Clause
from armslength.extract.lexicon import load_data
from armslength.extract.parsed import Parse, Word

_DUTY = frozenset({"should", "ought", "must"})
_FUTURE = frozenset({"will", "shall", "would", "wo", "'ll", "’ll"})
_POSSIBLE = frozenset({"may", "might", "could", "can"})
_MEANS = frozenset({"mean", "imply", "suggest", "prove", "show", "follow"})
"""Verbs under which a negation takes back what hangs on them."""
_INSIDE = frozenset({"xcomp", "pcomp", "dobj", "pobj", "prep", "conj", "attr", "acomp", "oprd"})
_NONE = frozenset({"nobody", "none", "neither", "nothing", "nor"})
_NO = frozenset({"no", "neither", "without", "zero"})
_CONDITIONS = frozenset({"if", "unless", "lest", "whether"})
_REAL_AFTER_NOT = frozenset({"only", "just", "merely", "simply"})


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of `data/modality.yaml`, as lemmas."""
    return frozenset(w.strip() for w in load_data("modality.yaml")[name].split(","))


def modality_of(parse: Parse, clause: Clause, *, told: bool, deed: int | None = None) -> str:
    """The modality of a clause, asked at the word that tells its deed.

    `told`: the clause is reported speech, in which `would` is only the past of `will`.
    """
    path = list(_path(parse, clause, deed))
    if _supposed(parse, clause, path, told=told):
        return "hypothetical"
    if taken_back(parse, clause) or _negated(parse, clause, path):
        return "negated"
    aux = _auxiliaries(parse, path)
    if _wanted(parse, path) or (aux & _DUTY and "have" not in aux):
        return "hypothetical"
    due = any(w.lemma == "due" and parse.kid(w.index, "xcomp") is not None for w in (parse.words[i] for i in clause.own))
    if due or aux & _FUTURE or _until(parse, clause) or any(_ahead(w, path) for w in path):
        return "future"
    return _doubt(parse, clause, path, aux)


def _until(parse: Parse, clause: Clause) -> bool:
    """`a matter of time until somebody is abducted`: what has not happened when the main clause speaks."""
    head = parse.words[clause.head]
    verbs = [head, *parse.kids(head.index, "aux", "auxpass")]
    marked = any(m.text.casefold() in {"until", "till", "before"} for m in parse.kids(head.index, "mark"))
    return head.dep == "advcl" and marked and any(v.tag in {"VBZ", "VBP"} for v in verbs)


def looks_ahead(parse: Parse, clause: Clause, deed: int | None = None) -> bool:
    """Whether a clause says what will be, or what will not be."""
    return bool(_auxiliaries(parse, list(_path(parse, clause, deed))) & _FUTURE)


def _auxiliaries(parse: Parse, path: list[Word]) -> set[str]:
    """The auxiliaries over a deed. A bare verb that is joined to others shares theirs: `should search each site and offer protection`."""
    found = {a.lemma for w in path for a in parse.kids(w.index, "aux", "auxpass")}
    here = path[-1]
    if here.dep != "conj" or here.tag != "VB" or parse.kid(here.index, "aux", "auxpass", "nsubj", "nsubjpass") is not None:
        return found
    for above in parse.ancestors(here.index):
        modal = {a.lemma for a in parse.kids(above.index, "aux") if a.tag == "MD"}
        if modal or above.pos not in {"VERB", "AUX"}:
            return found | modal
    return found


def _doubt(parse: Parse, clause: Clause, path: list[Word], aux: set[str]) -> str:
    """`possible`, `doubtful` or `stated`, of what is neither supposed, denied nor ahead."""
    own = {w for i in clause.own if parse.words[i].pos != "NOUN" for w in (parse.words[i].lemma, parse.words[i].text.casefold())}
    if aux & _POSSIBLE or aux & _DUTY or own & words_of("possible_words") or _above(parse, path, "possible_words"):
        return "possible"
    return "doubtful" if own & words_of("doubt_words") or any(_hearsay(parse, w, path) for w in path) else "stated"


def _path(parse: Parse, clause: Clause, deed: int | None) -> Iterator[Word]:
    """The deed's word and what governs it, up to the clause's verb."""
    here = parse.words[deed if deed is not None and deed in clause.own else clause.head]
    yield here
    for _ in range(8):
        if here.index == clause.head or here.dep not in _INSIDE:
            break
        here = parse.words[here.head]
        yield here
    if here.index != clause.head:
        yield parse.words[clause.head]


def _governors(parse: Parse, path: list[Word]) -> Iterator[Word]:
    """What stands above a clause it belongs to as a complement: `it is possible that`, `no evidence that`, `wished that`."""
    here = path[-1]
    for _ in range(4):
        if here.dep not in {"ccomp", "acl", "csubj", "csubjpass", "xcomp"} or here.head == here.index:
            return
        here = parse.words[here.head]
        yield here
        if here.pos == "NOUN":  # `there is no evidence that`: the verb that carries the noun
            continue


def _above(parse: Parse, path: list[Word], name: str) -> bool:
    """Whether a word above the clause, or what is said with it, belongs to a list."""
    for word in _governors(parse, path):
        if {word.lemma, *(k.lemma for k in parse.kids(word.index, "acomp", "attr", "advmod", "amod", "oprd"))} & words_of(name):
            return True
    return False


def _supposed(parse: Parse, clause: Clause, path: list[Word], *, told: bool) -> bool:
    own = [parse.words[i] for i in clause.own]
    if any(w.text.casefold() in _CONDITIONS and w.dep in {"mark", "advmod"} for w in own) or {"assume"} & {w.lemma for w in own}:
        return True
    aux = _auxiliaries(parse, path)
    if ("would" in aux or "'d" in aux) and not told:
        return True
    if _demanded(parse, path[-1]) or _offered(parse, path, aux) or _of_its_kind(parse, path):
        return True
    if _inverted(parse, parse.words[clause.head]) or _asked(parse, clause):
        return True
    if _above(parse, path, "judging"):
        return True
    return any(w.lemma in words_of("suppose") for w in _governors(parse, path)) or any(w.lemma in words_of("suppose") for w in path[1:])


def _demanded(parse: Parse, head: Word) -> bool:
    """`that consular staff be expelled`, `close the stations`: a bare `be` with a subject, or a bare verb that opens the sentence, is only
    ever demanded.
    """
    aux = list(parse.kids(head.index, "aux", "auxpass"))
    bare = any(a.text.casefold() == "be" and a.tag == "VB" for a in aux) and all(a.tag not in {"MD", "TO"} for a in aux)
    spoken_to = head.tag == "VB" and not aux and head.dep in {"ROOT", "ccomp"} and parse.words[parse.edges[head.index][0]] is head
    return (bare and parse.kid(head.index, "nsubj", "nsubjpass") is not None) or spoken_to


def _offered(parse: Parse, path: list[Word], aux: set[str]) -> bool:
    """`they could begin by not deporting people`: what could be left undone has not been left undone."""
    return bool(aux & _POSSIBLE) and any(parse.kid(w.index, "neg") is not None for w in path[:-1] if w.dep in {"pcomp", "xcomp"})


def _of_its_kind(parse: Parse, path: list[Word]) -> bool:
    """`Extradition needs evidence`: what a deed of its kind takes, and no deed."""
    deed, verb = path[0], path[-1]
    bare = deed.tag == "NN" and deed.dep == "nsubj" and next(iter(parse.kids(deed.index)), None) is None
    return bare and verb.tag == "VBZ" and verb.lemma in words_of("takes")


def _inverted(parse: Parse, head: Word) -> bool:
    """`had he stayed`, `should agents come`: a condition without its `if`."""
    aux, subject = parse.kid(head.index, "aux"), parse.kid(head.index, "nsubj", "nsubjpass")
    moved = aux is not None and subject is not None and aux.index < subject.index and aux.lemma in {"have", "should", "be", "do"}
    return moved and head.dep in {"advcl", "ccomp"} and aux is not None and aux.lemma in {"have", "should"} and _opens(parse, aux)


def _opens(parse: Parse, word: Word) -> bool:
    """Whether a word stands first in its clause."""
    return word.index == parse.edges[word.head][0]


def _asked(parse: Parse, clause: Clause) -> bool:
    """A question: the mark stands behind the clause, and its auxiliary before its subject or a question word at its head."""
    after = next((w for w in parse.words[max(clause.own) + 1 : max(clause.own) + 3] if w.is_mark), None)
    marks = [*(parse.words[i] for i in clause.own if parse.words[i].text == "?"), *([after] if after is not None else [])]
    if not any(w.text.startswith("?") for w in marks):
        return False
    head = parse.words[clause.head]
    aux, subject = parse.kid(head.index, "aux", "auxpass"), parse.kid(head.index, "nsubj", "nsubjpass")
    turned = subject is not None and ((aux is not None and aux.index < subject.index) or (head.pos == "AUX" and head.index < subject.index))
    return turned or any(w.tag in {"WP", "WRB", "WDT"} for w in parse.kids(head.index))


def _negated(parse: Parse, clause: Clause, path: list[Word]) -> bool:
    """A negation at the deed or at anything that governs it inside the clause; two of them cancel out."""
    count = 0
    for place, word in enumerate(path):
        count += any(k.dep == "neg" and not _only(parse, k) for k in parse.kids(word.index, "neg"))
        count += any(k.text.casefold() in _NO and k.dep in {"det", "neg", "preconj"} for k in parse.kids(word.index))
        count += word.text.casefold() == "without"
        count += place > 0 and word.lemma in words_of("undone") and not (word.lemma == "rule" and parse.kid(word.index, "prt") is None)
    count += _nobody(parse, clause) and not any(w.index == clause.subject for w in path)
    above = list(_governors(parse, path))
    for word in above:
        if word.pos in {"VERB", "AUX", "NOUN", "ADJ"} and _denied(parse, word):
            count += 1
    count += _above(parse, path, "untrue")
    return count % 2 == 1


def _denied(parse: Parse, word: Word) -> bool:
    """`no evidence that`, `it is not true that`; but `no doubt that` is a certainty."""
    no = any(k.dep in {"neg", "det"} and k.text.casefold() in _NO | {"not", "n't", "n’t", "never"} for k in parse.kids(word.index))
    said = word.pos == "VERB" and word.lemma not in _MEANS
    return no and word.lemma not in words_of("certain") and not said


def _only(parse: Parse, word: Word) -> bool:
    """`not only threatened but abducted` denies nothing."""
    following = parse.words[word.index + 1] if word.index + 1 < len(parse.words) else None
    return following is not None and following.text.casefold() in _REAL_AFTER_NOT


def _nobody(parse: Parse, clause: Clause) -> bool:
    """`Nobody has been charged`, `no arrests were made`: a subject that says there is none."""
    if clause.subject is None:
        return False
    subject = parse.words[clause.subject]
    return (
        subject.text.casefold() in _NONE
        or (subject.text.casefold() == "one" and any(k.text.casefold() == "no" for k in parse.kids(subject.index)))
        or any(k.text.casefold() in {"no", "neither"} and k.dep in {"det", "neg", "preconj", "cc"} for k in parse.kids(subject.index))
    )


def _wanted(parse: Parse, path: list[Word]) -> bool:
    """`asked the court to acquit him`, `want Italy to act`: the deed hangs on a verb of wanting, as its infinitive or its object."""
    for below, above in pairwise(path):
        wanted = above.lemma in words_of("wanted") and above.pos == "VERB" and below.index != above.index
        if wanted and (
            below.dep in {"xcomp", "ccomp", "pcomp", "advcl"}
            or (above.lemma in words_of("wanted_things") and below.dep in {"dobj", "prep"})
        ):
            return True
    top = path[-1]
    subject = parse.kid(top.index, "nsubj", "nsubjpass")
    bare = top.tag == "VB" or (
        top.tag == "VBP" and subject is not None and subject.tag in {"NN", "NNP"}
    )  # `demanded that Ireland close it`
    open_form = bare or any(a.tag == "TO" for a in parse.kids(top.index, "aux"))
    return open_form and top.dep in {"ccomp", "xcomp", "advcl"} and parse.words[top.head].lemma in words_of("wanted")


def _ahead(word: Word, path: list[Word]) -> bool:
    """A verb of planning with the deed below it, or the verb itself where nothing else is the deed."""
    if word.lemma not in words_of("planned"):
        return False
    if word.lemma in {"go", "set", "mean", "agree", "aim", "prepare", "undertake", "schedule", "slate", "commit", "expect"}:
        return word is not path[0] and any(b.dep == "xcomp" for b in path if b is not word)
    return word is not path[0] or word.lemma in {"plot", "plan", "conspire", "intend"}


def _hearsay(parse: Parse, word: Word, path: list[Word]) -> bool:
    """`is said to have`, `are suspected of`, `appears to`: the deed hangs on a passive verb of hearsay or a verb of seeming."""
    if word is path[0]:
        return False
    if word.lemma in words_of("seeming"):
        return any(b.dep == "xcomp" for b in path)
    return word.lemma in words_of("hearsay") and parse.kid(word.index, "auxpass") is not None


def taken_back(parse: Parse, clause: Clause) -> bool:
    """Whether the clause hangs on a verb that takes back or only supposes what it introduces: `it does not mean that`, `assuming that`."""
    head = parse.words[clause.head]
    above = parse.words[head.head]
    if head.dep != "ccomp":
        return False
    return above.lemma in words_of("suppose") or (above.lemma in _MEANS and parse.kid(above.index, "neg") is not None)


_ASKING = frozenset(
    {
        "ask",
        "wonder",
        "question",
        "inquire",
        "enquire",
        "investigate",
        "examine",
        "clarify",
        "establish",
        "know",
        "see",
        "determine",
        "check",
    }
)


def asked_only(parse: Parse, clause: Clause) -> bool:
    """`asked how long it had known`, `to clarify whether`: an indirect question says nothing of what it asks."""
    head = parse.words[clause.head]
    if head.dep not in {"ccomp", "pcomp", "conj", "advcl"} or head.head == head.index:
        return False
    asking = any(a.lemma in _ASKING for a in parse.ancestors(clause.head))
    first = parse.words[parse.edges[head.index][0]]
    marks = {w.text.casefold() for w in parse.kids(head.index, "mark", "advmod")} | {first.text.casefold()}
    plain = any(a.lemma in {"ask", "wonder", "question", "inquire", "enquire", "clarify"} for a in parse.ancestors(clause.head))
    return asking and bool(marks & ({"whether", "if", "why", "how"} if plain else {"whether", "if"}))


_URGING = frozenset({"recommend", "suggest", "urge", "demand", "propose", "insist", "ask", "advise", "request", "call"})


def is_urged(parse: Parse, clause: Clause) -> bool:
    """`recommended that police be trained`, `let prosecutors treat`: the clause is what somebody calls for."""
    head = parse.words[clause.head]
    bare = head.tag in {"VB", "VBP"} or any(a.tag == "VB" for a in parse.kids(head.index, "auxpass", "aux"))
    if not bare or any(a.tag in {"TO", "MD"} for a in parse.kids(head.index, "aux")):
        return False
    if head.lemma == "let" and head.dep == "ROOT" and parse.kid(head.index, "nsubj") is None:
        return True
    above = next((a for a in parse.ancestors(head.index) if a.pos == "VERB" and not (head.dep == "conj" and a.tag == "VB")), None)
    return above is not None and above.lemma in _URGING and parse.kid(head.index, "nsubj", "nsubjpass") is not None
