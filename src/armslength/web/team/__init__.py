"""A team's gate: log-in, sessions, roles, own page, accounts."""
