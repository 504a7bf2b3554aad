"""Through whom somebody speaks: `told Harbour Radio`, `in an interview with the daily El Faro`, `was quoted by the agency as saying`.

In:  a parsed sentence and a reporting word of it. Out: the noun phrase that stands for whoever heard it and passes it on, as a voice.
Never: takes a court, a crowd of reporters or the reader for one who passes it on; decides whether it is the page's own outlet.
"""

from __future__ import annotations

from collections.abc import Iterator

from armslength.extract.cues import Reported
from armslength.extract.parsed import Parse, Word
from armslength.extract.voices import Voice, voice_of

_TALKS = {
    "interview", "comment", "statement", "email", "e-mail", "mail", "remark", "message", "conversation", "call", "letter", "reply",
    "response", "article", "column", "appearance", "broadcast", "answer", "briefing", "exchange", "post",
}  # fmt: skip
"""What somebody says something in: `in an interview with X`."""
_TOWARDS = {"to", "with", "for", "on", "by", "in"}
_SPEAKS = {"speak", "talk", "write", "interview", "respond", "reply", "answer"}
_PASSES_ON = {
    "quote",
    "cite",
    "see",
    "obtain",
    "review",
    "examine",
    "leak",
    "interview",
    "report",
    "publish",
    "carry",
    "broadcast",
    "air",
    "share",
}
_KINDS = {"media", "organisation", "report"}


def heard_by(parse: Parse, one: Reported) -> Voice | None:
    """Who heard what one reporting word reports, and tells it on; None where it is nobody of that kind."""
    for word in _listeners(parse, one):
        if any(kid.text.casefold() in {"this", "our", "my", "these"} for kid in parse.kids(word.index, "det", "poss")):
            return None  # `this newspaper` is the page itself
        voice = voice_of(parse, word.index)
        pointing = voice.anaphor.startswith(("the report", "the group", "the government"))
        if voice.kind in _KINDS and (voice.name[:1].isupper() or pointing or voice.kind == "media"):
            return voice
        if voice.kind == "unnamed" and pointing:
            return voice
    return None


def _listeners(parse: Parse, one: Reported) -> Iterator[Word]:
    """Noun heads that may be the listener, in the order in which they are to be tried."""
    cue = parse.words[one.cue]
    yield from parse.kids(cue.index, "dobj", "dative", "iobj") if cue.lemma in {"tell", "inform", "assure"} else ()
    for prep in parse.kids(cue.index, "prep", "dative", "agent"):
        noun = parse.kid(prep.index, "pobj")
        if noun is None:
            continue
        if noun.lemma in _TALKS:
            yield from _behind(parse, noun)
        elif (prep.lemma == "to" or (prep.lemma == "by" and cue.tag == "VBN")) and cue.lemma != "according" and noun.entity != "DATE":
            yield noun
    for child in parse.kids(cue.index, "advcl", "acl"):
        if child.lemma in _SPEAKS | _PASSES_ON:
            yield from _behind(parse, child)
    yield from _of_the_speaker(parse, one)


def _of_the_speaker(parse: Parse, one: Reported) -> Iterator[Word]:
    """`documents seen by X`, `a soldier interviewed by X`, `X, quoted by the agency,`."""
    for word in parse.words:
        if one.voice.start <= word.start < one.voice.end:
            for child in parse.kids(word.index, "acl", "relcl"):
                if child.lemma in _PASSES_ON and child.tag == "VBN":
                    yield from _behind(parse, child)


def _behind(parse: Parse, word: Word) -> Iterator[Word]:
    """The nouns that a word reaches by a preposition: `with El Faro` of `interview`."""
    for prep in parse.kids(word.index, "prep", "agent", "dative"):
        noun = parse.kid(prep.index, "pobj")
        if noun is not None and prep.lemma in _TOWARDS:
            yield noun
