"""What somebody may do in a case, and the roles that a team gives.

In:  nothing.
Out: rights and roles, as data.
Never: a right over persons. Seeing names is a right of its own that no other implies.
"""

from __future__ import annotations

from collections.abc import Mapping

READ, JUDGE, REVIEW, NAMES, ADMIN = "read", "judge", "review", "names", "admin"

RIGHTS: Mapping[str, str] = {
    READ: "see every page, with protected names behind blocks",
    JUDGE: "decide about claims and passages, add what was missed, code, keep the coverage log",
    REVIEW: "decide about edges, about what is one and what is two, findings, second opinions, and what is settled between coders",
    NAMES: "see protected names while the vault is unlocked; every look is logged",
    ADMIN: "accounts, roles, building the case again",
}

ROLES: Mapping[str, frozenset[str]] = {
    "reader": frozenset({READ}),
    "analyst": frozenset({READ, JUDGE}),
    "reviewer": frozenset({READ, JUDGE, REVIEW}),
    "vault_keeper": frozenset({READ, NAMES}),
    "admin": frozenset({READ, ADMIN}),
}
"""Role to its rights. Nobody's role holds all: whoever keeps accounts does not decide, and whoever decides does not see names."""

ALL = frozenset(RIGHTS)
"""One person alone at a laptop."""
