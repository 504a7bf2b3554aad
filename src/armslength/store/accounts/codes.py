"""One-time codes (TOTP, RFC 6238) and recovery codes: a second proof beside the passphrase.

In:  an account, a code, the time.
Out: whether the code is good, this once; new secrets.
Never: accepts a code twice, also not in two requests at once; keeps a secret in the open or a recovery code at all.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from sqlalchemy import Connection, delete, func, insert, select, update

from armslength.base.errors import InputError, IntegrityError
from armslength.store.accounts.opening import Accounts
from armslength.store.accounts.tables import ACCOUNTS, RECOVERY
from armslength.store.sealing import UnsealError, seal, unseal

DIGITS, STEP_SECONDS = 6, 30
"""What every authenticator app can do."""
DRIFT = 1
"""Steps that a telephone's clock may be wrong (RFC 6238, 5.2)."""
SECRET_BYTES = 20
"""RFC 4226: at least 128 bits, 160 recommended."""
RECOVERY_CODES = 10
_RECOVERY_BYTES = 10
"""80 random bits: sixteen letters and digits, too many to try; a plain keyed digest is enough for them."""


def new_secret() -> bytes:
    """A random secret for an authenticator app."""
    return secrets.token_bytes(SECRET_BYTES)


def secret_text(secret: bytes) -> str:
    """A secret as a person types it into an app."""
    return base64.b32encode(secret).decode()


def secret_uri(secret: bytes, *, who: str, team: str) -> str:
    """A secret as an app reads it (`otpauth://`)."""
    asked = {"secret": secret_text(secret), "issuer": team, "algorithm": "SHA1", "digits": DIGITS, "period": STEP_SECONDS}
    return f"otpauth://totp/{quote(f'{team}:{who}', safe='')}?{urlencode(asked, quote_via=quote)}"


def code_at(secret: bytes, step: int) -> str:
    """The code of one step of thirty seconds."""
    return HOTP(secret, DIGITS, SHA1()).generate(step).decode()  # noqa: S303 - RFC 6238's default; HMAC-SHA1 is not broken, and apps know it


def step_of(moment: datetime) -> int:
    """The step a moment lies in."""
    return int(moment.timestamp()) // STEP_SECONDS


def start_codes(connection: Connection, accounts: Accounts, account: str, secret: bytes, *, code: str, now: datetime) -> tuple[str, ...]:
    """Ask an account for codes from now on, once one shows that the app has the secret. Returns new recovery codes, to be shown once.

    Raises InputError where the code is not the app's.
    """
    step = _matching(secret, code, now)
    if step is None:
        raise InputError("This is not the code the app shows for this secret now. Check the clock of the telephone, and type the next one.")
    kept = seal(secret, accounts.key_for("codes"), about=account).hex()
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(secret=kept, last_step=step))
    return new_recovery_codes(connection, accounts, account)


def stop_codes(connection: Connection, account: str) -> None:
    """Ask an account for no codes any more."""
    connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(secret="", last_step=0))
    connection.execute(delete(RECOVERY).where(RECOVERY.c.account == account))


def new_recovery_codes(connection: Connection, accounts: Accounts, account: str) -> tuple[str, ...]:
    """Codes that each stand in once for the app, in place of those there were."""
    made = [base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode() for _ in range(RECOVERY_CODES)]
    connection.execute(delete(RECOVERY).where(RECOVERY.c.account == account))
    connection.execute(insert(RECOVERY), [{"account": account, "digest": _digest(accounts, account, code)} for code in made])
    return tuple("-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in made)


def recovery_codes_left(connection: Connection, account: str) -> int:
    """How many recovery codes were not used yet."""
    return connection.execute(select(func.count()).select_from(RECOVERY).where(RECOVERY.c.account == account)).scalar_one()


def take_code(connection: Connection, accounts: Accounts, account: str, sealed: str, *, code: str, now: datetime) -> bool:
    """Use up a code of the app, or a recovery code; whether it was good. The caller commits whatever the answer."""
    plain = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())
    if len(plain) != DIGITS:
        spent = delete(RECOVERY).where(RECOVERY.c.account == account, RECOVERY.c.digest == _digest(accounts, account, plain))
        return connection.execute(spent).rowcount == 1
    try:
        secret = unseal(bytes.fromhex(sealed), accounts.key_for("codes"), about=account)
    except (UnsealError, ValueError):
        raise IntegrityError("The secret of an account's codes is damaged. Set its codes up again: armslength account totp") from None
    step = _matching(secret, plain, now)
    if step is None:
        return False
    used = update(ACCOUNTS).where(ACCOUNTS.c.id == account, ACCOUNTS.c.last_step < step).values(last_step=step)
    return connection.execute(used).rowcount == 1


def _matching(secret: bytes, code: str, now: datetime) -> int | None:
    """The step whose code this is; every step that may be meant is computed, whichever it is."""
    here = step_of(now)
    typed = "".join(code.split()).encode("ascii", "replace")
    found = [step for step in range(here - DRIFT, here + DRIFT + 1) if hmac.compare_digest(code_at(secret, step).encode(), typed)]
    return found[-1] if found else None


def _digest(accounts: Accounts, account: str, code: str) -> str:
    return hmac.digest(accounts.key_for("recovery"), f"{account} {code}".encode(), "sha256").hex()
