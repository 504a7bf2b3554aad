"""The ground floor: ids, clock, text offsets, errors, settings. Imports nothing but the standard library."""
