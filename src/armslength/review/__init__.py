"""People: judgements and findings."""
