"""Stands in for `comparisons.language.parts` until nothing asks for it by this name."""

from comparisons.language.parts import Part, Sentence

__all__ = ["Part", "Sentence"]
