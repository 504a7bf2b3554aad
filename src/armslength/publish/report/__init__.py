"""The report: what a case shows, for people who read from the first page to the last, with a numbered note for every quotation.

In:  the content of a case.
Out: one outline, and from it a DOCX, a tagged PDF and a web site, which therefore say the same.
Never: a fact without its source summary (METHOD C10), or without its denials as plain to see as itself (F3).
"""
