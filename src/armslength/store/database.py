"""One door to SQLite and PostgreSQL: engines, transactions, and errors a researcher can read.

In:  a database URL, the case's id, and for an encrypted case its key.
Out: SQLAlchemy engines whose connections begin as told, and `ArmslengthError`s in place of driver errors.
Never: shows a password, nor a row's contents, in an error.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import quote, quote_plus

from sqlalchemy import URL, Connection, CursorResult, Engine, Executable, NullPool, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from armslength.base.errors import ArmslengthError, CaseError, InputError, IntegrityError
from armslength.store.sealing import subkey

BUSY_MS = 10_000
"""How long SQLite waits for another connection, in milliseconds. A writer's longest step, a checkpoint of its journal, takes less."""
_CACHE_KB = 65_536
"""Pages of a SQLite file that a connection keeps in memory, in kB. With SQLite's own 2 MB a large case's pages are read, and decrypted,
again and again: 3,000 documents with 30,000 claims take 21 seconds of processor time instead of 27, and larger cases gain more."""
_AT_A_TIME = 200
"""Rows fetched at a time where rows are streamed. A document may be millions of characters long; 200 of the usual ones are a few MB."""
DATABASE_ERRORS = (SQLAlchemyError, UnicodeDecodeError)
"""What a database can raise. SQLite's driver fails to decode its own message when a damaged name is in it."""
_DAMAGED = ("malformed", "not a database", "could not decode", "codec can't decode", "disk image", "corrupt", "invalid page")


def parse_url(database: str) -> URL:
    """Read a database URL. Raises InputError, without repeating the URL, when it is not one."""
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        raise InputError(
            "The database URL cannot be read. Write it as postgresql+psycopg://user:password@host:5432/name, special characters in the "
            "password percent-encoded, or leave it out for SQLite."
        ) from None
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise InputError(
            f"Databases of the kind {url.drivername} are not supported. Use postgresql+psycopg://..., or leave it out for SQLite."
        )
    return url


def split_password(database: str) -> tuple[str, str | None]:
    """A database URL without its password, and the password."""
    url = parse_url(database)
    in_query = url.query.get("password")
    password = url.password or (in_query if isinstance(in_query, str) else None)
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.difference_update_query(["password"]).render_as_string(hide_password=False), password


def with_password(database: str, password: str | None) -> str:
    """Put a password back into a database URL."""
    url = parse_url(database)
    return (url.set(password=password) if password else url).render_as_string(hide_password=False)


def shown(database: str) -> str:
    """A database as it may be printed: for SQLite the file, otherwise the URL without its password."""
    bare, _ = split_password(database)
    url = parse_url(bare)
    return url.database or "" if url.drivername == "sqlite" else bare


def is_sqlite(database: str) -> bool:
    return database.startswith("sqlite")


def schema_name(case_id: str) -> str:
    """The PostgreSQL schema a case lives in."""
    return f"al_{case_id}"


def make_engine(database: str, case_id: str, *, key: bytes | None = None, writing: bool = False) -> Engine:
    """An engine for a case, read-only unless told otherwise.

    With `key`, a SQLite file is encrypted whole, its write-ahead log with it (SQLCipher); PostgreSQL is not.
    Connections are not pooled: closing one really closes it, and a forked process inherits none.
    """
    url = parse_url(database)
    try:
        if url.drivername == "sqlite":
            return _sqlite_engine(url, key=key, writing=writing)
        return _postgres_engine(url, schema_name(case_id))
    except (NoSuchModuleError, ImportError):
        package = "sqlcipher3-wheels" if url.drivername == "sqlite" else "'psycopg[binary]'"
        raise CaseError(f"The driver of this case's database is not installed. Install it with: pip install {package}") from None


def connect_encrypted(path: str, key: bytes) -> Any:
    """A connection of SQLCipher's driver to an encrypted file, the key given and nothing read yet."""
    import sqlcipher3.dbapi2 as driver

    connection = driver.connect(path, isolation_level=None, check_same_thread=False)
    # A raw key: it is random already, and stretching it anew for every connection would take half a second.
    connection.execute("PRAGMA cipher_log_level = NONE").close()  # it would speak on standard error, past this program
    connection.execute(f"PRAGMA key = \"x'{subkey(key, 'database').hex()}'\"").close()
    return connection


def _sqlite_engine(url: URL, *, key: bytes | None, writing: bool) -> Engine:
    # isolation_level=None: sqlite3 must not begin and commit on its own; SQLAlchemy's `begin` event below says BEGIN.
    if key is None:
        how: dict[str, Any] = {"connect_args": {"isolation_level": None, "check_same_thread": False}}
    else:
        import sqlcipher3.dbapi2 as driver

        how = {"module": driver, "creator": partial(connect_encrypted, url.database or "", key)}
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, **how)
    event.listen(engine, "handle_error", _damaged_page)
    # What SQLite sorts aside stays in memory: on disk it would lie open.
    pragmas = [
        "temp_store=MEMORY",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        f"cache_size=-{_CACHE_KB}",
        "synchronous=FULL",
        "recursive_triggers=ON",
    ]
    pragmas.append("journal_mode=WAL" if writing else "query_only=ON")
    # A writer takes the lock at the start, so that no transaction fails half-way for want of it.
    opening = "BEGIN IMMEDIATE" if writing else "BEGIN"

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(opening)

    return engine


def _damaged_page(context: ExceptionContext) -> SQLAlchemyError | None:
    """SQLCipher reports a page that does not decrypt as if memory had run out (measured with 4.12: `hmac check failed`, MemoryError)."""
    if isinstance(context.original_exception, MemoryError):
        return SQLAlchemyError("corrupt: a page does not decrypt, or memory ran out")
    return None


def _postgres_engine(url: URL, schema: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.autocommit = True  # a SET inside a transaction would be undone by its rollback
        connection.execute(f'SET search_path TO "{schema}"')
        connection.autocommit = False

    return engine


def snapshot(engine: Engine) -> Connection:
    """A connection of a reading engine, in one transaction that sees one moment of the case."""
    connection = engine.connect()
    if engine.dialect.name != "sqlite":
        connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return connection


def streamed(connection: Connection, statement: Executable) -> CursorResult[*tuple[Any, ...]]:
    """Rows of a query a few at a time, so that memory does not grow with them. Close the result: use it in a `with`."""
    return connection.execute(statement, execution_options={"stream_results": True, "yield_per": _AT_A_TIME})


@contextmanager
def clear_errors(database: str) -> Iterator[None]:
    """Turn what a driver raises into a sentence. The driver's own error is not chained: it may hold the URL."""
    try:
        yield
    except DATABASE_ERRORS as error:
        raise explain(error, database) from None


def explain(error: Exception, database: str) -> ArmslengthError:
    """Say in a sentence what went wrong with a database, without its password."""
    text = str(error.orig if isinstance(error, DBAPIError) and error.orig is not None else error)
    text = " ".join(without_password(text, database).split())
    place = without_password(shown(database), database)
    if any(word in text.lower() for word in _DAMAGED):
        return IntegrityError(
            f"The case database {place} is damaged ({text}). Restore it from a backup; the originals in sources/ are separate files."
        )
    if "append-only" in text:
        return IntegrityError(f"{text}: nothing may be changed or taken away there.")
    return CaseError(f"The case database {place} cannot be used: {text}. Check that it is there, readable and not in use elsewhere.")


def without_password(text: str, database: str) -> str:
    """Blot out the password of a database URL wherever it occurs in a text, as it is and percent-encoded."""
    _, password = split_password(database)
    for form in {password, quote(password, safe=""), quote_plus(password)} if password else ():
        text = text.replace(form, "***")
    return text
