"""Addresses that give a file. `DOWNLOADS` is the list of them all."""

from __future__ import annotations

from armslength.web.page import Download

DOWNLOADS: tuple[Download, ...] = ()
