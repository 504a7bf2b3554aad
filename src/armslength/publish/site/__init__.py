"""The release as a web site that needs no server and no JavaScript: a folder of pages that open from a disk.

In:  the content of a case.
Out: `files`: names and bytes of pages, one style sheet and nothing else.
Never: a request to anywhere; a script; a page about a person; a map of anything but sites and incidents, or finer than a city.
"""
