"""The migrations' tests run on both engines."""

from __future__ import annotations

from store.postgres import postgres_url

__all__ = ["postgres_url"]
