"""Alembic's entry point: runs the migrations on the connection it is handed, inside the caller's transaction."""

from __future__ import annotations

from alembic import context

from armslength.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
