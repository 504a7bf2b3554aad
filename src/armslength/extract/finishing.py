"""Give drafts their names: from a draft to a claim with quote, chain, dates, places, parties and reasons.

In:  a draft, its sentence and what holds for the document. Out: a claim. Never: changes the kind or the chain that was read.
"""

from __future__ import annotations

from dataclasses import replace

from armslength.base.offsets import Range, trim
from armslength.extract.circumstances import Scene, side_of, state_key
from armslength.extract.details import Setting, dates_of, parties_of, place_before, places_of
from armslength.extract.discourse import Heard
from armslength.extract.drafts import Draft
from armslength.extract.modality import looks_ahead, modality_of
from armslength.extract.voices import Voice
from armslength.model.claims import Claim, Link, Place, claim_id, mention_id
from armslength.model.evidence import Reader

_EDGES = ' \t\r\n\u00a0\u3000“”"•·▪◦‣*'
_DONE = frozenset({"legal", "govt_response", "site", "incident"})
"""Families whose codes say that something was done: what is denied, expected or only possible does not carry them (METHOD F1)."""

_TOLD_AS_DONE = frozenset({"method", "site", "incident", "testimony", "victim_category", "org_link"})
"""Families that tell of what is or was: what will not be is foretold in them, and not denied."""


def finish(draft: Draft, one: Heard, scene: Scene, setting: Setting, reader: Reader) -> Claim:
    """Give a draft its quote, chain, dates, places, parties and name."""
    start, end = trim(setting.text, *draft.range, drop=_EDGES)
    links = (*setting.page, *(_link(setting, _of_its_state(v, setting, scene)) for v in draft.chain.voices))
    dates = dates_of(draft.kind, (start, end), scene.dates, setting)
    modality = modality_of(one.parse, draft.clause, told=bool(draft.chain.voices), deed=draft.deed)
    if modality == "negated" and draft.kind.partition(".")[0] in _TOLD_AS_DONE and looks_ahead(one.parse, draft.clause, draft.deed):
        modality = "future"
    if modality in draft.absorbs:
        modality = "stated"  # the code holds the `no` already: "no charges will be brought" says that there is no charge
    return Claim(
        id=claim_id(setting.doc, start, end, draft.kind, draft.quantity),
        doc=setting.doc,
        start=start,
        end=end,
        quote=setting.text[start:end],
        kind=draft.kind,
        speech_act=draft.act,
        modality=modality,
        attribution=links,
        quantity=draft.quantity,
        as_of=dates.as_of,
        event_date=dates.event,
        claimed_period=dates.period,
        places=_places(draft, (start, end), scene),
        methods=draft.methods,
        codes=draft.codes if modality == "stated" or not _claims_a_deed(draft) else (),
        parties=parties_of(draft.kind, draft.chain, draft.clause, one, scene, setting),
        repeats=_repeats((start, end), setting),
        flags=draft.flags,
        confidence=draft.sure,
        why=draft.why,
        reader=reader,
    )


def _places(draft: Draft, span: Range, scene: Scene) -> tuple[Place, ...]:
    """The places a claim names; for an authority named without its place, the one named before."""
    if draft.places is not None:
        return draft.places
    return places_of(span, scene.places) or place_before(draft.kind, draft.chain, draft.clause, scene)


def _of_its_state(voice: Voice, setting: Setting, scene: Scene) -> Voice:
    """A mission, or a foreign ministry with its spokesman's name, that goes without a state speaks for the one that acts."""
    if voice.kind != "government" or voice.by or not setting.origin_name or scene.origin != setting.origin or state_key(voice.name):
        return voice
    return replace(voice, by=setting.origin_name) if side_of(voice, scene.origin) == "origin" else voice


def _link(setting: Setting, voice: Voice) -> Link:
    """The link of a voice. Words at hand that are the name of whoever speaks for a body are not pointed to (METHOD P1)."""
    kind = voice.kind or "unnamed"
    named = kind != "person" and any(word in setting.text[voice.start : voice.end] for word in voice.holder.split())
    return Link(
        name=voice.name,
        kind=kind,
        mention=mention_id(setting.doc, kind, voice.name),
        start=None if named else voice.start,
        end=None if named else voice.end,
        latent=voice.latent,
        by=voice.by if voice.by != "official" else "",
    )


def _claims_a_deed(draft: Draft) -> bool:
    """Whether the codes say that something was done, as an arrest is and an inquiry that ended without charge is not."""
    family = draft.kind.partition(".")[0]
    return family in _DONE and draft.act != "declines" and not any("no_charge" in code for code in draft.codes)


def _repeats(span: Range, setting: Setting) -> tuple[Range, ...]:
    """Where the document says the same words again."""
    out = []
    for copy in setting.copies:
        if copy.of[0] <= span[0] and span[1] <= copy.of[1]:
            shift = copy.start - copy.of[0]
            out.append((span[0] + shift, span[1] + shift))
    return tuple(out)
