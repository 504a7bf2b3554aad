"""The checks of a package. They use the standard library of Python 3.9 only: `assemble` makes `verify.py` of them, word for word."""
