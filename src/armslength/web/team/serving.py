"""The application of a team: one case behind a log-in.

In:  an open case, its accounts, the address people type.
Out: an ASGI application.
Never: starts where nobody could log in, or where a person would have to be there to start it again.
"""

from __future__ import annotations

import os
import sys

from fastapi import FastAPI

from armslength.base.clock import SystemClock
from armslength.base.errors import CaseError
from armslength.model.rights import ROLES
from armslength.pipeline.access import beside
from armslength.pipeline.desk import Desk
from armslength.store.accounts.grants import grants
from armslength.store.accounts.opening import open_accounts
from armslength.store.case import Case
from armslength.store.locks import key_file
from armslength.store.unlock import PASSPHRASE_FILE
from armslength.web.app import create_app
from armslength.web.team.gate import Team

_TURN = 0.001
"""Seconds after which a thread that computes lets another go on."""


def serve_team(case: Case, *, accounts: str, address: str, proxy: str) -> tuple[FastAPI, Team]:
    """The application, and its gate, which is to be started and closed."""
    refuse_asking(case)
    opened = open_accounts(accounts)
    if not [grant for grant in grants(opened, case_id=case.id) if grant.role in ROLES]:
        raise CaseError(
            f"No account has a role in {case.folder}, so nobody could log in to see it. Give one: "
            f"armslength account role {accounts} PSEUDONYM admin --case {case.folder}"
        )
    share_processor()
    clock = SystemClock()
    desk = Desk(case, clock, apart=True)
    gate = Team(opened, case=case, desk=desk, address=address, clock=clock, proxy=proxy, how=beside)
    return create_app(case, gate=gate, desk=desk), gate


def share_processor() -> None:
    """Let threads take turns a thousand times a second and not two hundred times: keeping a judgement is many short looks at a database,
    and after each of them its thread would wait for all who make pages just then.
    """
    sys.setswitchinterval(_TURN)


def refuse_asking(case: Case) -> None:
    """Raise CaseError for a case whose key has to be asked for: nobody sits at a server when it starts again at night."""
    if case.sealed and not key_file(case.id).is_file() and not os.environ.get(PASSPHRASE_FILE):
        raise CaseError(
            f"The key of {case.folder} is under a passphrase, and nobody sits at a server to type it. Keep the key in a file on this "
            f"server, whose disk has to be encrypted: armslength key file {case.folder}. Or name a file that holds the passphrase in "
            f"{PASSPHRASE_FILE}."
        )
