"""A picture of a page as a file of its own: SVG with its style inside, or PNG.

In:  a picture as a page holds it; a line that says what it is of.
Out: bytes.
Never: a link, a script, or a colour that only a page knows; a PNG that depends on the machine's fonts, unless the picture holds signs
       that the packaged font lacks: then the machine's own fonts are asked for those.
"""

from __future__ import annotations

import re
import struct
from functools import cache
from html import unescape
from importlib.resources import as_file, files

import resvg_py

from armslength.base.errors import InputError
from armslength.web.drawing import label, safe, wrap

FONT = "DejaVuSansCondensed.ttf"
_SIZE = re.compile(r'viewBox="([-\d. ]+)" width="([\d.]+)" height="([\d.]+)"')
_LINK = re.compile(r"<(/?)a\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_PAD, _LINE = 18.0, 15.0
_SHARPER = 2.0
"""Pixels of a PNG to one of the page: readable in print at half its size."""


def svg_file(picture: str, *, title: str, about: str) -> bytes:
    """A picture as an SVG that needs no page: styled, on paper, with a title above and what it is below."""
    found = _SIZE.search(picture)
    if found is None:
        raise InputError("There is nothing to draw under these filters.")
    box, width, height = found[1], float(found[2]), float(found[3])
    lines = wrap(about, width, 11, lines=6)
    inner = _LINK.sub(r"<\1g>", picture[picture.index(">", found.end()) + 1 : picture.rindex("</svg>")])
    css = _attribute(picture, "class")
    full, high = width + 2 * _PAD, height + 2 * _PAD + 24 + _LINE * len(lines)
    below = "".join(label(_PAD, height + _PAD + 40 + _LINE * place, line, css="about") for place, line in enumerate(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full:.0f} {high:.0f}" width="{full:.0f}" height="{high:.0f}">'
        f"<title>{safe(title)}</title><metadata>{safe(about)}</metadata><style>{_style()}</style>"
        f'<rect class="paper" width="{full:.0f}" height="{high:.0f}"/>{label(_PAD, 24, title, css="heading")}'
        f'<svg class="{css}" x="{_PAD:.0f}" y="36" width="{width:.0f}" height="{height:.0f}" viewBox="{box}">{inner}</svg>{below}</svg>\n'
    ).encode()


def png_file(picture: str, *, title: str, about: str) -> bytes:
    """The same as a PNG."""
    made = svg_file(picture, title=title, about=about).decode()
    with as_file(files("armslength.web") / "fonts" / FONT) as font:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=made,
                zoom=_SHARPER,
                font_files=[str(font)],
                font_family="DejaVu Sans",
                skip_system_fonts=_covered(made),
                background="#ffffff",
            )
        )


@cache
def _style() -> str:
    """The colours of a page in daylight, without the names a page has for them."""
    return (files("armslength.web") / "fonts" / "picture.css").read_text(encoding="utf-8").replace("\n", "")


def _attribute(picture: str, name: str) -> str:
    found = re.search(rf'<svg\b[^>]*?\b{name}="([^"]*)"', picture)
    return found[1] if found else ""


def _covered(picture: str) -> bool:
    """Whether the packaged font has every sign of a picture."""
    return {ord(sign) for sign in unescape(_TAG.sub("", picture))} - {0x0A} <= _signs()


@cache
def _signs() -> frozenset[int]:
    """Code points that the packaged font has, from its `cmap` table, format 12 (OpenType, "Segmented coverage")."""
    data = (files("armslength.web") / "fonts" / FONT).read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {data[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">I", data, 20 + 16 * n)[0] for n in range(count)}
    cmap = tables[b"cmap"]
    starts = (cmap + struct.unpack_from(">I", data, cmap + 8 + 8 * n)[0] for n in range(struct.unpack_from(">H", data, cmap + 2)[0]))
    start = next(at for at in starts if struct.unpack_from(">H", data, at)[0] == 12)
    groups = (struct.unpack_from(">II", data, start + 16 + 12 * n) for n in range(struct.unpack_from(">I", data, start + 12)[0]))
    return frozenset(code for first, last in groups for code in range(first, last + 1))
