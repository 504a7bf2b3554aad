"""Parsers behind one door: what they give is `extract.parsed.Sentence` rows, and nothing else of theirs gets out."""
