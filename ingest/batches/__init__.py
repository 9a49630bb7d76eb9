"""Uploads worked through in steps: unpacked, previewed, loaded, undone, read again.

A request does about a second of the next work and reports the progress. All state is in the database, so any process
can continue at any time. Each step is one transaction, which stores the outcome of a page together with the page: if a
process is killed, no page is half stored and none is loaded twice.
"""
