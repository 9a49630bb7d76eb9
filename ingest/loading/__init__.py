"""Store what pages say: the only writer of facts.

`load_pages` and `reread_pages` handle several pages to a transaction, each completely or not at all. `remove_facts`
undoes a page. All of them leave it to the caller to call `propagate` at the end: it updates the other pages that the
names and figures concern. A preview runs the same code and is rolled back.
"""
