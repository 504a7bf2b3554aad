"""Decides what of a case may be shown: generalises what can be, withholds what must be, refuses the rest with what to do about it."""
