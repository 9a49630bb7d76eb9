"""The sections of a comparison page as plain data: one module for each, with every text ready for its template."""
