"""What an action is: an address that is sent a form, and what is done with it.

In:  a form's fields, from a page or as JSON; who sends it.
Out: `Done`: a sentence, where to go next, the judgement that was kept.
Never: writes past `pipeline/desk.py`, nor for a visitor without the right.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from urllib.parse import parse_qs

import msgspec

from armslength.base.errors import InputError
from armslength.model.rights import JUDGE
from armslength.pipeline.desk import Desk
from armslength.web.page import Asked

CSRF = "csrf"
"""Field in which a page's form brings the visitor's token along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of an action."""

    says: str
    """A sentence for whoever sent it."""
    go: str
    """Address of the page to show next."""
    judgement: str = ""
    """Id of the judgement that was kept, if one was."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """More, for scripts and programs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that can be done from a page."""

    path: str
    form: type[Any]
    """A frozen dataclass: the fields. Tuples of text may come several times."""
    act: Callable[[Desk, Asked, Any], Done]
    does: str
    """One sentence, for the description of the interface."""
    right: str = JUDGE
    signs: bool = True
    """Whether it keeps a judgement: then the visitor has to have said who they are."""
    alone: bool = False
    """Whether it is for one person at one machine only: it has to do with the keys in their own folder."""


def read_form(form: type[Any], body: bytes, media_type: str) -> Any:
    """A form's fields as its dataclass. Raises InputError naming the field that cannot be."""
    try:
        given = msgspec.json.decode(body, type=dict[str, Any]) if media_type == "application/json" else _plain(form, body)
        given.pop(CSRF, None)
        unknown = sorted(given.keys() - get_type_hints(form).keys())
        if unknown:
            raise InputError(f"The form has no field {', '.join(unknown)}.")
        return msgspec.convert(given, type=form, strict=media_type == "application/json")
    except (msgspec.DecodeError, ValueError) as error:
        raise InputError(f"What was sent cannot be read as this form: {error}.") from None


def token_in(body: bytes, media_type: str) -> str:
    """The token that a page's form brings along."""
    if media_type == "application/json":
        return ""
    return (parse_qs(body.decode("utf-8", "replace")).get(CSRF) or [""])[0]


def _plain(form: type[Any], body: bytes) -> dict[str, Any]:
    """Fields of a page's form. One left empty takes its default."""
    lists = _lists(cast("Hashable", form))
    found = parse_qs(body.decode("utf-8"), keep_blank_values=False, max_num_fields=1000)
    return {name: values if name in lists else values[-1] for name, values in found.items()}


@cache
def _lists(form: Hashable) -> frozenset[str]:
    """Fields that may come several times."""
    return frozenset(name for name, kind in get_type_hints(cast("type[Any]", form)).items() if _is_list(kind))


def _is_list(kind: Any) -> bool:
    if get_origin(kind) in (Union, UnionType):
        return any(_is_list(one) for one in get_args(kind))
    return get_origin(kind) in (tuple, list)
