"""The one ordered list of stages, and what runs it."""
