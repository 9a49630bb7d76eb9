"""The sections of the page of a comparison, a module for each."""
