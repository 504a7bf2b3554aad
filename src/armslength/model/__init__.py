"""The frozen rows: one dataclass for every word of the design, and the ontology they are coded in."""
