"""The names of persons, kept apart from the claims and documents that hold them, so that hiding them needs none of those;
and entities without the lists of where they are named.

Whoever opens the case fills the tables, before anything else is done (`store/case.py`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "person_names",
        sa.Column("id", WORDS, primary_key=True),
        *(sa.Column(name, WORDS, nullable=False) for name in ("row", "kind", "mention", "name", "run")),
    )
    for name in ("row", "kind", "run"):
        op.create_index(f"ix_person_names_{name}", "person_names", [name])
    op.create_table(
        "entity_heads", sa.Column("id", WORDS, primary_key=True), *(sa.Column(name, WORDS, nullable=False) for name in ("run", "body"))
    )
    op.create_index("ix_entity_heads_run", "entity_heads", ["run"])
    op.create_table(
        "names_token", sa.Column("id", sa.Integer, primary_key=True, autoincrement=False), sa.Column("token", WORDS, nullable=False)
    )
