"""`armslength account role`: what an account may do in which case."""

from __future__ import annotations

from pathlib import Path

import click

from armslength.cli import options, say
from armslength.cli.account import accounts_argument
from armslength.model.rights import ROLES


@click.command("role", short_help="Give an account a role in a case, or take it.")
@accounts_argument
@click.argument("pseudonym", metavar="PSEUDONYM")
@click.argument("role", type=click.Choice(list(ROLES)), metavar="ROLE")
@click.option("--case", required=True, type=options.FOLDER, metavar="CASE", help="The case the role is in; its log says so.")
@click.option("--take", is_flag=True, help="Take the role away.")
@options.collector_option
def command(*, accounts: str, pseudonym: str, role: str, case: Path, take: bool, collector: str) -> None:
    """Give the account PSEUDONYM a ROLE in a case, or take it away. Without a role a case does not exist for an account.

      reader         sees every page, with protected names behind blocks
      analyst        and decides about claims and passages
      reviewer       and decides about edges, sameness, findings and releases
      vault_keeper   sees every page, and protected names while the vault is unlocked
      admin          sees every page, keeps the roles of the case, builds it again

    An account can have several. Reviewers, vault keepers and admins have to use one-time codes.

    Example:
      armslength account role team.accounts heron reviewer --case mycase
    """
    from armslength.base.clock import SystemClock
    from armslength.pipeline.team import change_role
    from armslength.store.accounts.opening import open_accounts

    done = change_role(open_accounts(accounts), case, pseudonym, role, give=not take, clock=SystemClock(), actor=collector)
    if not done.new:
        say.strong(f"{done.who} {'did not have' if take else 'had'} this role already.")
    else:
        say.strong(f"{done.who} is {'no longer ' if take else ''}{role.replace('_', ' ')} in {case}.")
