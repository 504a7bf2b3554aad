"""Word class and lemma of a token, looked up: what spaCy's attribute ruler and rule lemmatizer give, without running them each time.

In:  a loaded model; then the spelling, tag and dependency of a token.
Out: its row of the table. A row is made by the model's own two pipes, on a sentence of this one token: it is the pipes' answer.
Never: guesses. A sentence in which a rule over several words may apply goes through the pipes themselves, and a model whose rules
look at anything but a token's spelling, tag and dependency has no table at all (`forms_of` gives None).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_KNOWN = frozenset({"ORTH", "TEXT", "LOWER", "LENGTH", "SHAPE", "IS_SPACE", "IS_ALPHA", "IS_DIGIT", "IS_PUNCT", "LIKE_NUM", "TAG", "DEP"})
"""What a rule may ask about a word: what its spelling, tag and dependency tell."""
_MOST = 300_000
"""Rows kept: about 100 MB. News has some 60,000 in its first 10 million words."""


@dataclass(frozen=True, slots=True)
class Form:
    """A spelling under one tag and dependency."""

    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    opens: bool
    """A rule over several words may begin with it: its sentence has to go through the pipes."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The table of one model. It only remembers: what it answers does not depend on what it was asked before."""

    model: Any
    ruler: Any
    lemmatizer: Any
    first: Any
    """A matcher for the words that rules over several words begin with."""
    known: dict[tuple[int, int, int], Form] = field(default_factory=dict)

    def of(self, orth: int, tag: int, dep: int) -> Form:
        """The row of a spelling, tag and dependency, each by its number in the model's strings."""
        found = self.known.get((orth, tag, dep))
        if found is None:
            if len(self.known) >= _MOST:
                self.known.clear()
            found = self.known[orth, tag, dep] = self._made(orth, tag, dep)
        return found

    def complete(self, doc: Any) -> Any:
        """Run the pipes themselves on a sentence."""
        return self.lemmatizer(self.ruler(doc))

    def _made(self, orth: int, tag: int, dep: int) -> Form:
        from spacy.tokens import Doc

        name = self.model.vocab.strings
        text, tagged, hangs = name[orth], name[tag] if tag else "", name[dep] if dep else ""
        one = Doc(self.model.vocab, words=[text], spaces=[False], tags=[tagged], deps=[hangs], heads=[0])
        opens = bool(self.first(one))
        token = self.complete(one)[0]
        return Form(text, token.lemma_.lower(), token.pos_, token.tag_, token.dep_, opens)


def forms_of(model: Any) -> Forms | None:
    """The table of a model; None for a model whose rules are of another make than this table can stand for."""
    from spacy.lang.en.lemmatizer import EnglishLemmatizer
    from spacy.matcher import Matcher
    from spacy.pipeline import AttributeRuler

    ruler, lemmatizer = model.get_pipe("attribute_ruler"), model.get_pipe("lemmatizer")
    if type(ruler) is not AttributeRuler or type(lemmatizer) is not EnglishLemmatizer or lemmatizer.mode != "rule":
        return None
    patterns = [pattern for rule in ruler.patterns for pattern in rule["patterns"]]
    if not all(_plain(word) for pattern in patterns for word in pattern):
        return None
    first = Matcher(model.vocab)
    for number, pattern in enumerate(p for p in patterns if len(p) > 1):
        first.add(str(number), [[pattern[0]]])
    return Forms(model, ruler, lemmatizer, first)


def _plain(word: dict[str, object]) -> bool:
    """Whether a rule asks of a word only what the table is kept by, and for one word, no more and no less."""
    return bool(word) and set(word) <= _KNOWN
