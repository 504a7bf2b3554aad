"""How well a reader reads: its claims beside those that people coded by hand. Pure functions; `trying` supplies the claims."""
