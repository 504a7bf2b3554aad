"""Attacks a release before it leaves: looks in every file, at every depth, for what must not be in it."""
