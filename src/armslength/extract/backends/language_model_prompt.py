"""What a language model is asked: the words, and the JSON shape its answer must have. Both are made from the ontology.

In:  a window of a document. Out: the body of a chat request, and a fingerprint that changes whenever either would.
Never: puts text of a page anywhere but between markers that the text cannot contain.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from armslength.base.ids import digest
from armslength.base.settings import ModelServer
from armslength.extract.backends.language_model_windows import Window
from armslength.extract.lexicon import load_data
from armslength.model.evidence import Document
from armslength.model.ontology import load

VOICE_KINDS = ("media", "organisation", "report", "government", "person", "court", "unnamed")
PARTY_KINDS = ("government", "organisation", "court", "report")
"""No `person`: private persons are never made a party (METHOD N1-N3)."""
ROLES = ("authority", "operator", "denier", "asked", "report")
SCHEMES = ("methods", "responses", "outcomes", "site_functions", "site_states")
MOST_CLAIMS = 24
"""For one window of some six paragraphs. Set by hand, well above what a page of news holds."""


def question(document: Document, window: Window, server: ModelServer) -> dict[str, Any]:
    """The body of the chat request for one window."""
    words = load_data("language_model.yaml")
    marker = f"====={digest('window', document.id, window.start, window.end)[:16]}====="
    text = document.text
    around = [text[window.before : window.start].strip(), text[window.end : window.after].strip()]
    context = "\n[...]\n".join(part for part in around if part)
    before = words["before"].format(marker=marker, context=context) if context else ""
    about = _about(document)
    user = words["user"].format(about=about, marker=marker, before=before, passage=text[window.start : window.end])
    return {
        "model": server.model,
        "messages": [{"role": "system", "content": system_message()}, {"role": "user", "content": user}],
        "temperature": 0,
        "seed": server.seed,
        "max_tokens": server.max_tokens,
        "stream": False,
        "response_format": {"type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": schema()}},
    }


@cache
def system_message() -> str:
    """What the model is told, with the ontology's codes in words."""
    known = load()
    kinds = "\n  ".join(f"{e.code}: {e.definition}" for e in known.schemes["kinds"].entries if not e.replaced_by)
    measures = ", ".join(f"{code} ({known.label(code, scheme='measures').casefold()})" for code in known.codes("measures"))
    codes = "\n  ".join(f"{code}: {known.label(code, scheme=scheme)}" for scheme in SCHEMES for code in known.codes(scheme))
    told: str = load_data("language_model.yaml")["system"]
    return told.format(kinds=kinds, measures=measures, codes=codes)


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of an answer. Every property is required, as servers with strict schemas ask; what does not apply is empty."""
    known = load()
    text = {"type": "string"}
    number = _object(words=text, counted=text, measure=_one_of(known.codes("measures")))
    claim = _object(
        quote=text,
        kind=_one_of(known.codes("kinds")),
        act=_one_of(known.codes("speech_acts")),
        act_words=text,
        modality=_one_of(known.codes("modalities")),
        modality_words=text,
        voices=_list(_object(words=text, name=text, kind=_one_of(VOICE_KINDS), by=text), 6),
        number={"anyOf": [number, {"type": "null"}]},
        dates=_list(text, 4),
        places=_list(text, 8),
        codes=_list(_object(code=_one_of(code_names()), words=text), 6),
        parties=_list(_object(role=_one_of(ROLES), kind=_one_of(PARTY_KINDS), words=text), 4),
    )
    return _object(claims=_list(claim, MOST_CLAIMS))


@cache
def code_names() -> tuple[str, ...]:
    """Codes that may stand beside a kind."""
    return tuple(code for scheme in SCHEMES for code in load().codes(scheme))


@cache
def fingerprint() -> str:
    """Changes with the prompt and the schema."""
    words = load_data("language_model.yaml")
    return digest(system_message(), words["user"], words["before"], msgspec.json.encode(schema(), order="sorted"))[:12]


def _about(document: Document) -> str:
    """What is known of the page: when it came out tells a reader what `last month` is."""
    return f"The page was published {document.published}. " if document.published else ""


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(items: Any, most: int) -> dict[str, Any]:
    return {"type": "array", "items": items, "maxItems": most}


def _one_of(codes: tuple[str, ...]) -> dict[str, Any]:
    return {"type": "string", "enum": list(codes)}
