"""Sentences of the program that pages show but do not make: those of the views, and those that stages stored when the case was built.

Each is a pattern: `%(name)s` stands for what was filled in. `web.retelling` finds the pattern of a sentence and says it otherwise.
"""
