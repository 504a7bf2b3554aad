"""Sheets that people coded: rows of a table as claims, each bound to the words of its cells.

In:  a document whose text is a table, and the mapping it was handed over with.
Out: claims and refused rows.
Never: a claim without words in a cell; a guess at what a column means.
"""
