"""Links and buttons around a page's own text, which saved copies carry along."""

FURNITURE = frozenset(
    "explore jobs|find specific jobs|explore careers|explore professions|best companies|"
    "explore companies|post job|show more".split("|")
)
