"""The catalogue holds denials too, and what has a date is found by country in the order of dates.

The catalogue forgets how far it went: whoever writes to the case next makes it anew (`pipeline/cataloguing.py`).
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_catalogue_dated_country", "catalogue_dated")
    op.create_index("ix_catalogue_dated_country", "catalogue_dated", ["country", "year", "month", "edtf", "lane", "id"])
    op.execute("DELETE FROM catalogue_state")
