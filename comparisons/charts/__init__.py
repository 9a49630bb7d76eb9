"""The drawings of the pages. Each is described once: templates write the description out as SVG, and Plotly draws over
it for readers who point at its marks.

Only what a source says is drawn. A role without a figure has no mark, and the row beside the drawing says why.
"""
