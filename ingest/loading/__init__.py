"""Store what pages say: the only writer of facts.

`load_pages` and `reread_pages` store several pages in one transaction, each completely or not at all. `remove_facts`
undoes a page. Callers of all three call `propagate` at the end, which updates the other pages that the names and
figures concern. A preview runs the same code and is rolled back.
"""
