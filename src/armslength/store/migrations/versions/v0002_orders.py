"""Two orders that reading needs: claims as they stand in their documents, and the log by what it is about."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_claims_order", "claims", ["doc", "start", "end", "id"])
    op.create_index("ix_log_subject", "log", ["subject", "seq"])
