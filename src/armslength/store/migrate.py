"""Bringing a case's database to the schema this program knows.

In:  a connection inside a transaction.
Out: the newest schema, with every row still there. The caller commits, so that an upgrade happens whole or not at all.
Never: goes back, and never touches a schema newer than it knows.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from armslength.base.errors import CaseError
from armslength.store.schema import SCHEMA_VERSION

MIGRATIONS = Path(__file__).parent / "migrations"


def stored_version(connection: Connection) -> str:
    """The migration a database was last brought to."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to a revision."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def known_versions() -> list[str]:
    """Every migration there is, oldest first."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(MIGRATIONS))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def needs_upgrade(version: str) -> bool:
    """Whether a database is older than this program. Raises CaseError when it is newer, or of no version at all."""
    if version == SCHEMA_VERSION:
        return False
    if version not in known_versions():
        raise CaseError(
            f"This case was written by a newer armslength (schema {version or 'unknown'}; this program knows up to {SCHEMA_VERSION}). "
            "Upgrade armslength to open it."
        )
    return True
