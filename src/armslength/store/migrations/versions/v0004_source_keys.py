"""Keys of single sources, sealed under the case's key. Rows may be deleted: that is how a source is destroyed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table("source_keys", sa.Column("source", WORDS, primary_key=True), sa.Column("sealed", WORDS, nullable=False))
