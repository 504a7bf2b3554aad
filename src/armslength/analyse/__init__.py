"""Counts with their unit and scope, time lines, responses by country."""
