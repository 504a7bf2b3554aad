"""Who copied whom, and how many origins that leaves."""
