"""A language model's answer as values: JSON taken apart claim by claim, so that one broken claim costs only itself.

In:  the text of an answer. Out: the claims it holds, and in words what could not be understood.
Never: mends JSON, or repeats in a reason what the answer said.
"""

from __future__ import annotations

import msgspec

_STRICT = {"forbid_unknown_fields": True}


class SaidVoice(msgspec.Struct, **_STRICT):
    words: str
    name: str = ""
    kind: str = "unnamed"
    by: str = ""


class SaidNumber(msgspec.Struct, **_STRICT):
    words: str
    counted: str
    measure: str


class SaidCode(msgspec.Struct, **_STRICT):
    code: str
    words: str


class SaidParty(msgspec.Struct, **_STRICT):
    role: str
    kind: str
    words: str


class SaidClaim(msgspec.Struct, **_STRICT):
    """A claim as the model gave it. Nothing of it is believed before it has been found in the text."""

    quote: str
    kind: str
    act: str = "asserts"
    act_words: str = ""
    modality: str = "stated"
    modality_words: str = ""
    voices: list[SaidVoice] = []
    number: SaidNumber | None = None
    dates: list[str] = []
    places: list[str] = []
    codes: list[SaidCode] = []
    parties: list[SaidParty] = []


class _Answer(msgspec.Struct):
    claims: list[msgspec.Raw]


def understand(content: str) -> tuple[list[SaidClaim], list[str]]:
    """Take an answer apart; the second list says what in it could not be used, one sentence each."""
    try:
        answer = msgspec.json.decode(_bare(content), type=_Answer)
    except msgspec.ValidationError:
        return [], ["The language model's answer is JSON of another shape than was asked for."]
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return [], ["The language model's answer is not JSON."]
    claims: list[SaidClaim] = []
    troubles: list[str] = []
    for raw in answer.claims:
        try:
            claims.append(msgspec.json.decode(raw, type=SaidClaim))
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            troubles.append("A claim in the language model's answer has another shape than was asked for.")
    return claims, troubles


def _bare(content: str) -> bytes:
    """Without the code fence that some models put around JSON."""
    text = content.strip()
    if text.startswith("```") and text.endswith("```"):
        text = text.removeprefix("```json").removeprefix("```").removesuffix("```")
    return text.encode("utf-8")
