"""One module or package per publisher.

A module has `recognises(document) -> bool` and `parse(document, knowledge) -> ParsedPage`. A package lists
such modules in LAYOUTS. Modules and packages are found by themselves: a new one needs no other change.
"""
