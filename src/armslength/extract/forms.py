"""How a clause is put: negated, as an infinitive, as a description, as a call, as giving a name.

In:  a parse and a clause. Out: names of forms, which the grammar asks for as marks. Never: looks at what the words mean.
"""

from __future__ import annotations

from armslength.extract.clauses import Clause
from armslength.extract.modality import is_urged
from armslength.extract.parsed import Parse, Word

_NAMING = frozenset({"call", "name", "dub", "term"})
_NONE = frozenset({"nobody", "none", "nothing"})


def forms_of(parse: Parse, clause: Clause) -> frozenset[str]:
    """`active`, `negated`, `infinitive`, `relative`, `names_it`, `urged`: those that hold."""
    head = parse.words[clause.head]
    told = {
        "active": parse.kid(head.index, "auxpass") is None and (head.tag != "VBN" or parse.kid(head.index, "aux") is not None),
        "negated": any(_negates(parse, parse.words[i]) for i in clause.own) or _joined_by_nor(parse, clause),
        "infinitive": any(a.tag == "TO" for a in parse.kids(head.index, "aux")),
        "relative": head.dep == "relcl",
        "names_it": head.lemma in _NAMING and parse.kid(head.index, "oprd", "attr") is not None,
        "urged": is_urged(parse, clause),
    }
    return frozenset(name for name, holds in told.items() if holds)


def _negates(parse: Parse, word: Word) -> bool:
    low = word.text.casefold()
    if word.dep == "neg" or (word.lemma == "no" and word.dep == "det") or low in _NONE:
        return True
    return low == "one" and word.index > 0 and parse.words[word.index - 1].text.casefold() == "no"


def _joined_by_nor(parse: Parse, clause: Clause) -> bool:
    return any(w.text.casefold() == "nor" for w in parse.words[max(0, min(clause.own) - 1) : clause.head])
