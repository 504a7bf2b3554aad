"""What stages note about the rows they have seen, so that a build touches only what new or removed rows can change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "entries",
        sa.Column("space", WORDS, primary_key=True),
        sa.Column("no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("doc", WORDS, nullable=False),
        sa.Column("part", sa.BigInteger, nullable=False),
        sa.Column("keys", sa.LargeBinary, nullable=False),
        sa.Column("body", WORDS, nullable=False),
    )
    op.create_index("ix_entries_doc", "entries", ["space", "doc"])
    op.create_index("ix_entries_part", "entries", ["space", "part"])
    op.create_table(
        "entry_keys",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("no", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("shape", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "seen",
        *(sa.Column(name, WORDS, primary_key=True) for name in ("stage", "kind", "id")),
        *(sa.Column(name, WORDS, nullable=False) for name in ("hash", "doc")),
    )
    op.create_index("ix_documents_hash", "documents", ["id", "hash"])
    op.create_index("ix_claims_hash", "claims", ["id", "hash", "doc"])
    op.create_index("ix_facts_hash", "facts", ["id", "hash"])
