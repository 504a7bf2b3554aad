"""Pages on this machine, read-only."""
