"""Tables of the accounts, and the steps that bring an older database up to date.

In:  a connection inside a transaction.
Out: the newest tables. `facts` says which step a database was last brought to.
Never: goes back, or touches a database newer than it knows.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import BigInteger, Boolean, Column, Connection, Integer, MetaData, Table, Text, insert, inspect, select, update

from armslength.base.errors import CaseError

METADATA = MetaData()

FACTS = Table("facts", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
"""About the database itself: `id`, `version`, `key` (fingerprint of the server's key)."""

ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("folded", Text, nullable=False, unique=True),
    Column("passphrase", Text, nullable=False),
    Column("renew", Boolean, nullable=False),
    Column("signing", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("public", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("last_step", BigInteger, nullable=False),
    Column("created", Text, nullable=False),
    Column("disabled", Text, nullable=False),
    Column("changed", Text, nullable=False),
)
RECOVERY = Table("recovery", METADATA, Column("account", Text, primary_key=True), Column("digest", Text, primary_key=True))
ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("failed", Integer, nullable=False),
    Column("until", Text, nullable=False),
    Column("last", Text, nullable=False, index=True),
)
"""Failed log-ins by what was typed as a pseudonym, whether or not there is such an account; keyed digests, for people mistype passphrases
into that field."""
GRANTS = Table(
    "grants",
    METADATA,
    Column("account", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("role", Text, primary_key=True),
    Column("given", Text, nullable=False),
)
HISTORY = Table(
    "history",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("time", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("event", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("data", Text, nullable=False),
)


def _first(connection: Connection) -> None:
    METADATA.create_all(connection)


STEPS: tuple[Callable[[Connection], None], ...] = (_first,)
"""What brings a database from version n to n + 1."""


def fact(connection: Connection, name: str) -> str:
    """What a database says about itself; empty for what it does not say, and for one that has no tables yet."""
    if not inspect(connection).has_table(FACTS.name):
        return ""
    return connection.execute(select(FACTS.c.value).where(FACTS.c.name == name)).scalar() or ""


def write_fact(connection: Connection, name: str, value: str) -> None:
    """Write down something about the database, in the place of what it said before."""
    if not connection.execute(update(FACTS).where(FACTS.c.name == name).values(value=value)).rowcount:
        connection.execute(insert(FACTS).values(name=name, value=value))


def version_of(connection: Connection) -> int:
    """Which step a database was brought to; 0 for an empty one."""
    return int(fact(connection, "version") or 0)


def refuse_newer(version: int) -> None:
    """Raise CaseError for a database that a newer program wrote."""
    if version > len(STEPS):
        raise CaseError(
            f"These accounts were written by a newer armslength (version {version}; this program knows up to {len(STEPS)}). Upgrade it."
        )


def upgrade(connection: Connection) -> None:
    """Bring a database to the newest version."""
    version = version_of(connection)
    refuse_newer(version)
    for step in STEPS[version:]:
        step(connection)
    write_fact(connection, "version", str(len(STEPS)))
