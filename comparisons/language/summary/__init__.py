"""Stands in for `comparisons.language.parts` until nothing asks for it by this name."""
