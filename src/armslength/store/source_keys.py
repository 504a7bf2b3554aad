"""Keys of single sources in an encrypted case. Each source has its own, so that one source can be destroyed by destroying one row.

In:  a connection, an open case, a source's id.
Out: the source's key, sealed under the case's key while it is stored.
Never: stores anything in a case that is not encrypted.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from armslength.base.errors import IntegrityError
from armslength.store.case import Case
from armslength.store.schema import SOURCE_KEYS
from armslength.store.sealing import UnsealError, new_key, seal, subkey, unseal


def make_source_key(connection: Connection, case: Case, source_id: str) -> bytes | None:
    """Make and store a source's key; None in a case that is not encrypted."""
    if case.key is None:
        return None
    made = new_key()
    sealed = seal(made, subkey(case.key, "sources"), about=source_id).hex()
    connection.execute(insert(SOURCE_KEYS).values(source=source_id, sealed=sealed))
    return made


def find_source_key(connection: Connection, case: Case, source_id: str) -> bytes | None:
    """A source's key; None where there is none. Raises IntegrityError when it does not open."""
    if case.key is None:
        return None
    sealed = connection.execute(select(SOURCE_KEYS.c.sealed).where(SOURCE_KEYS.c.source == source_id)).scalar()
    if sealed is None:
        return None
    try:
        return unseal(bytes.fromhex(sealed), subkey(case.key, "sources"), about=source_id)
    except UnsealError:
        raise IntegrityError(f"The key of the source {source_id} is damaged. Restore the case from a backup.") from None


def drop_source_key(connection: Connection, source_id: str) -> None:
    """Destroy a source's key."""
    connection.execute(delete(SOURCE_KEYS).where(SOURCE_KEYS.c.source == source_id))
