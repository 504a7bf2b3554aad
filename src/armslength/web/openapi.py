"""What the interface takes and gives, as OpenAPI 3.1: made from the pages, actions and downloads themselves, so it cannot be out of date.

In:  the lists of pages, actions and downloads.
Out: the description as JSON.
Never: names an address that the application does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast, get_args, get_type_hints

import msgspec

from armslength import __version__
from armslength.web.action import Action, Done
from armslength.web.page import Download, Page

_REF = "#/components/schemas/{name}"
_SAYS = {"type": "object", "required": ["says"], "properties": {"says": {"type": "string", "description": "A sentence."}}}
_PROBLEMS = {
    "400": "The request cannot be read.",
    "401": "Log in first.",
    "403": "The visitor may not do this, or did not bring the token of the session.",
    "404": "There is nothing at this address.",
    "409": "Somebody else decided meanwhile.",
    "413": "What was sent is too long.",
    "415": "What was sent is no form and no JSON.",
    "422": "The form cannot be taken as it is; the sentence says which field.",
    "429": "Too many requests.",
}


def description(pages: Sequence[Page], actions: Sequence[Action], downloads: Sequence[Download], *, under: Callable[[str], str]) -> bytes:
    """The description of the whole interface; `under` gives the address of a page's JSON."""
    shown = [context_of(page) for page in pages]
    refs, schemas = msgspec.json.schema_components([Done, *shown, *(action.form for action in actions)], ref_template=_REF)
    done, contexts, forms = refs[0], refs[1 : 1 + len(pages)], refs[1 + len(pages) :]
    paths: dict[str, dict[str, Any]] = {}
    for page, schema in zip(pages, contexts, strict=True):
        paths.setdefault(under(page.path), {})["get"] = _read(page, schema)
    for action, schema in zip(actions, forms, strict=True):
        paths.setdefault(under(action.path), {})["post"] = _write(action, schema, done)
    for download in downloads:
        paths.setdefault(download.path, {})["get"] = _file(download)
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "armslength",
                "version": __version__,
                "description": "The pages of a case as JSON, and what can be done from them. Protected names are behind blocks.",
            },
            "paths": dict(sorted(paths.items())),
            "components": {
                "schemas": {**schemas, "Says": _SAYS},
                "securitySchemes": {
                    "token": {"type": "http", "scheme": "bearer", "description": "The start token that `armslength serve` shows."}
                },
            },
            "security": [{"token": []}],
        }
    )


def context_of(page: Page) -> type[Any]:
    """The dataclass that a page's function gives."""
    found: Any = get_type_hints(page.context)["return"]
    kinds: list[type[Any]] = [kind for kind in get_args(found) if kind is not type(None)]
    return kinds[0] if kinds else cast("type[Any]", found)


def _read(page: Page, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "summary": _sentence(page.context),
        "operationId": "read" + _name(page.path),
        "parameters": _parameters(page.path, page.queries),
        "responses": {"200": _answer("The page as data.", "application/json", schema), **_said("403", "404", "422")},
    }


def _write(action: Action, schema: Mapping[str, Any], done: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "summary": action.does,
        "operationId": "do" + _name(action.path),
        "parameters": _parameters(action.path, {}),
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"200": _answer("It was done.", "application/json", done), **_said("403", "404", "409", "413", "415", "422")},
    }


def _file(download: Download) -> dict[str, Any]:
    return {
        "summary": download.does,
        "operationId": "download" + _name(download.path),
        "parameters": _parameters(download.path, download.queries),
        "responses": {"200": _answer("The file.", "*/*", {}), **_shown("403", "404", "422")},
    }


def _parameters(path: str, queries: Mapping[str, str]) -> list[dict[str, Any]]:
    places = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    asked = [{"name": name, "in": "query", "description": says, "schema": {"type": "string"}} for name, says in sorted(queries.items())]
    return places + asked


def _answer(says: str, media_type: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": says, "content": {media_type: {"schema": schema}}}


def _said(*statuses: str) -> dict[str, Any]:
    return {status: _answer(_PROBLEMS[status], "application/json", {"$ref": _REF.format(name="Says")}) for status in statuses}


def _shown(*statuses: str) -> dict[str, Any]:
    """What is the matter, said as a page: to whoever asks for a file."""
    return {status: _answer(_PROBLEMS[status], "text/html", {"type": "string"}) for status in statuses}


def _sentence(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0]


def _name(path: str) -> str:
    words = re.findall(r"\w+", path) or ["case"]
    return "".join(word[:1].upper() + word[1:] for word in words)
