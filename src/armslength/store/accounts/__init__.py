"""Accounts of a team: who may log in, with what proof, and which role in which case. A database of its own: a team has several cases."""
