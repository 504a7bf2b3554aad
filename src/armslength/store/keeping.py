"""Changing how an encrypted case's key is kept: passphrase, key file, recovery copy, two halves.

In:  an open encrypted case.
Out: the key kept otherwise, and a log entry that says so (METHOD E3: key use).
Never: changes the key itself: who copied it before can still open what they copied.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from armslength.base.clock import Clock
from armslength.base.errors import CaseError, InputError
from armslength.store.case import Case, locate_case, open_case
from armslength.store.locks import (
    LOCKED,
    USUAL,
    Cost,
    in_key_file,
    join_text,
    key_file,
    key_text,
    read_key_text,
    split_text,
    under_passphrase,
)
from armslength.store.log import KEY_KEPT
from armslength.store.sealing import fingerprint
from armslength.store.write import writing


def keep_under_passphrase(folder: Path, passphrase: str, *, clock: Clock, actor: str, cost: Cost = USUAL) -> None:
    """Lock the key by a new passphrase; the key file, if there is one, goes."""
    case, key = _open(folder, clock=clock, actor=actor)
    under_passphrase(passphrase, cost=cost)(case.keys_dir, case.id, key)
    key_file(case.id).unlink(missing_ok=True)
    _enter(case, "passphrase", clock=clock, actor=actor)


def keep_in_file(folder: Path, *, clock: Clock, actor: str) -> Path:
    """Keep the key in the user's configuration folder, without a passphrase."""
    case, key = _open(folder, clock=clock, actor=actor)
    in_key_file(case.keys_dir, case.id, key)
    (case.keys_dir / LOCKED).unlink(missing_ok=True)
    _enter(case, "key file", clock=clock, actor=actor)
    return key_file(case.id)


def write_copies(folder: Path, paths: Sequence[Path], *, clock: Clock, actor: str) -> None:
    """Write the key out: one file is a recovery copy, two are halves for two holders. Never over a file that is there."""
    case, key = _open(folder, clock=clock, actor=actor)
    texts = (key_text(case.id, key),) if len(paths) == 1 else split_text(case.id, key)
    for path, text in zip(paths, texts, strict=True):
        if path.resolve().is_relative_to(case.folder.resolve()):
            raise InputError(f"{path} lies in the case: a key beside what it opens protects nothing. Give another place.")
        _write_new(path, text)
    _enter(case, "recovery copy" if len(paths) == 1 else "two halves", clock=clock, actor=actor)


def bring_key(folder: Path, paths: Sequence[Path], *, clock: Clock, actor: str) -> None:
    """Put a key back from a recovery copy or two halves, into the user's configuration folder."""
    case = locate_case(folder)
    if not case.sealed:
        raise CaseError(f"The case {folder} is not encrypted; it needs no key.")
    texts = [_read(path) for path in paths]
    key = read_key_text(texts[0], case_id=case.id, named=str(paths[0])) if len(texts) == 1 else join_text(*texts, case_id=case.id)
    if fingerprint(key) != case.sealed:
        raise CaseError(f"This is not the key that the case {folder} is encrypted with.")
    in_key_file(case.keys_dir, case.id, key)
    _enter(open_case(folder, clock=clock, actor=actor), "key file, from a copy", clock=clock, actor=actor)


def _open(folder: Path, *, clock: Clock, actor: str) -> tuple[Case, bytes]:
    case = open_case(folder, clock=clock, actor=actor)
    if case.key is None:
        raise CaseError(f"The case {folder} is not encrypted. Encrypt it first: armslength key encrypt {folder}")
    return case, case.key


def _enter(case: Case, how: str, *, clock: Clock, actor: str) -> None:
    with writing(case, clock=clock, actor=actor) as writer:
        writer.record(KEY_KEPT, case.id, {"how": how})


def _write_new(path: Path, text: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InputError(f"{path} is already there; give another name.") from None
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}).") from None
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"The key {path} cannot be read ({error.strerror}).") from None
