"""One module per publisher and layout.

Each has `recognises(document) -> bool` and `parse(document, known) -> ParsedPage`. A new layout
is a new file here: nothing else has to know of it.
"""
