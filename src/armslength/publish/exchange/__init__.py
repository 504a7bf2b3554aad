"""Formats of other programs, each with a list of what it cannot hold.

In:  the content of a case.
Out: files another program reads, what a reader gets back from them in the words of the export contract, and the losses.
Never: a person in a format made for matching and looking up (METHOD N1); a loss that is not written down beside the files.
"""
