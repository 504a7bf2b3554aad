"""Dates, places, parties and modality of a claim.

In:  the claim's range and clause, the sentence's dates and places. Out: the rows that go into the claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from armslength.base.offsets import Range
from armslength.extract.chains import Chain
from armslength.extract.circumstances import Scene, side_of, who_acts
from armslength.extract.clauses import Clause
from armslength.extract.discourse import Heard
from armslength.extract.voices import Voice, nouns, voice_of
from armslength.model.claims import Dated, Link, Party, Place, mention_id
from armslength.model.dates import OF_THE_TELLING
from armslength.model.evidence import Copy

_AS_OF = {"as of", "by", "to date", "since", "until", "at the end of"}
_TELLING = re.compile(
    r"\b(?:publish\w*|releas\w*|issued|dated|out|says?|said|told|announced|reports?|study|survey|statement|list|wrote|presented|unveiled"
    r"|updated?)\s+(?:(?:early|late|again|here|back|in|on|of|from|for|this|last|the)\s+)*$",
    re.IGNORECASE,
)
"""Words before a date that say when a number was told, and not when what is counted happened: `published on Monday`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What holds for a whole document while it is read."""

    doc: str
    text: str
    page: tuple[Link, ...]
    """The page's own voice, and the medium it republishes."""
    origin: str
    """State key of the acting state."""
    origin_name: str = ""
    """What the page calls it, where it does."""
    origins: tuple[str, ...] = ()
    """That of each heard sentence, where a page tells of several."""
    copies: tuple[Copy, ...]
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDates:
    """The three kinds of date a claim keeps apart (METHOD C1)."""

    as_of: Dated | None = None
    event: Dated | None = None
    period: Dated | None = None


def dates_of(kind: str, span: Range, dates: Iterable[Dated], setting: Setting) -> ClaimDates:
    """Sort a sentence's dates: a period that is claimed, the day an event fell on, the day a count holds for."""
    found = list(dates)
    inside = [d for d in found if d.start is not None and span[0] <= d.start < span[1]]
    family = kind.partition(".")[0]
    periods = [d for d in inside if "/" in d.edtf]
    single = [d for d in inside if "/" not in d.edtf]
    if family != "quantity":
        near = single or [d for d in found if "/" not in d.edtf]
        return ClaimDates(event=near[0] if near else None, period=periods[0] if periods else None)
    outside = [d for d in found if d not in inside and d.edtf and "/" not in d.edtf]
    stated = [d for d in single if _holds_as_of(setting.text, d)]
    told = [d for d in single if d.edtf and d not in stated and _of_the_telling(setting.text, d)]
    as_of = next(iter(stated), None) or next((replace(d, basis=f"{d.basis}{OF_THE_TELLING}") for d in (*told, *outside)), None)
    if as_of is None and setting.published:
        as_of = Dated(edtf=setting.published, basis="publication date of the page: no other date is given")
    event = next((d for d in single if d not in stated and d not in told), None)
    return ClaimDates(as_of=as_of, event=event, period=periods[0] if periods else None)


def _holds_as_of(text: str, date: Dated) -> bool:
    before = text[max(0, (date.start or 0) - 16) : date.start or 0].casefold()
    return any(before.rstrip().endswith(word) for word in _AS_OF)


def _of_the_telling(text: str, date: Dated) -> bool:
    return _TELLING.search(text[max(0, (date.start or 0) - 40) : date.start or 0]) is not None


def places_of(span: Range, places: Iterable[Place]) -> tuple[Place, ...]:
    """The places named inside a claim's quote."""
    return tuple(p for p in places if p.start is not None and span[0] <= p.start < span[1])


def place_before(kind: str, chain: Chain, clause: Clause, scene: Scene) -> tuple[Place, ...]:
    """Where an authority acts that is named without its place (`the mayor ordered the third to close`): the last city named before.

    The place has no offsets here, since the claim's words do not name it.
    """
    if not kind.startswith("govt_response") or scene.city is None:
        return ()
    doer = who_acts(scene, clause, chain.voices, "").doer
    return (replace(scene.city, start=None, end=None),) if "official" in doer and not doer & {"host", "origin", "mission"} else ()


def parties_of(kind: str, chain: Chain, clause: Clause, one: Heard, scene: Scene, setting: Setting) -> tuple[Party, ...]:
    """Authorities, operators and deniers of a claim. Private persons are never made a party here (METHOD N1-N3)."""
    family = kind.partition(".")[0]
    subject = _subject(clause, one)
    speaker = chain.voices[-1] if chain.voices else None
    found: list[Party] = []
    if family in {"govt_response", "legal"}:
        acting = who_acts(scene, clause, chain.voices, "")
        done_by = acting.voice if acting.doer & {"host", "official"} else None
        bodies = [v for v in (done_by, subject, speaker) if v is not None and v.kind in {"government", "court"}]
        hosts = [v for v in bodies if family == "govt_response" and side_of(v, scene.origin) != "origin"]
        actor = next(
            iter(hosts if family == "govt_response" else bodies), None
        )  # `it was told that Valdoria had closed them`: who was told answers
        if actor is not None:
            found.append(_party("authority", actor, setting))
    elif family in {"denial", "no_comment", "admission"}:
        actor = speaker or subject
        if actor is not None and actor.kind != "person" and actor.kind:
            found.append(_party("denier" if family == "denial" else "asked", actor, setting))
    elif (
        family in {"quantity", "site", "method", "org_link", "law_policy", "incident"}
        and subject is not None
        and subject.kind in {"government", "organisation"}
        and not subject.anaphor
        and not subject.guessed  # what only the recogniser takes for a body may be somebody's name (METHOD P1)
        and all(v.name != subject.name for v in chain.voices)  # who counts or tells does not run what is counted
    ):
        role = "operator" if side_of(subject, scene.origin) != "host" or family == "site" else "authority"
        found.append(_party(role, subject, setting))
    if kind in {"denial", "publication_event"}:
        found += [_party("report", v, setting) for v in _works(one, clause)]
    return tuple(found)


def _works(one: Heard, clause: Clause) -> list[Voice]:
    """The reports a sentence names with whoever made them: what is denied, or what came out."""
    found = []
    for word in one.parse.words:
        if word.lemma in nouns("report") and word.pos in {"NOUN", "PROPN"} and (word.index in clause.whole or word.index in clause.own):
            voice = next((r.voice for r in one.reports if r.voice.start <= word.start < r.voice.end), None) or voice_of(
                one.parse, word.index
            )
            if voice.kind == "report" and voice.by:
                found.append(voice)
    return found[:1]


def _subject(clause: Clause, one: Heard) -> Voice | None:
    if clause.subject is None:
        return None
    word = one.parse.words[clause.subject]
    resolved = next((r.voice for r in one.reports if r.voice.start <= word.start < r.voice.end), None)
    named = next((v for v in one.subjects if v.start <= word.start < v.end and not v.anaphor), None)
    return resolved or named or voice_of(one.parse, clause.subject)


def _party(role: str, voice: Voice, setting: Setting) -> Party:
    """A voice as a party. Where the words at hand are the name of whoever speaks for a body, the party points to no word (METHOD P1)."""
    named = voice.kind != "person" and any(word in setting.text[voice.start : voice.end] for word in voice.holder.split())
    return Party(
        role=role,
        name=voice.name,
        kind=voice.kind,
        mention=mention_id(setting.doc, voice.kind, voice.name),
        start=voice.start,
        end=voice.start if named else voice.end,
    )
