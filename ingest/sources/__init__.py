"""One module or package per publisher.

A module has `recognizes(document) -> bool` and `parse(document, knowledge) -> ParsedPage`. A package lists
such modules in LAYOUTS. Modules and packages are found automatically: a new one needs no other change.

`recognizes` needs several signs of the publisher: its address (`document.stated_publisher`), its standard sentences,
its links. An everyday label such as "Average salary" is not a sign. A module may also have
`resembles(document) -> bool`, for copies that do not name their publisher but have a layout that nobody else uses.
"""
