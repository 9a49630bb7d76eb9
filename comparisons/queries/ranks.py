"""A role's place among all roles of its publisher."""

from comparisons import formats
from comparisons.queries import listings
from comparisons.queries.listings import Rank
from comparisons.queries.roles import CurrentRole

# The columns of a list by which a role has a place, the fact that they copy, and how the place is said.
RANKED = (
    ("pay", "salary", "annual_average", "average pay"),
    ("median", "salary", "annual_median", "median pay"),
    ("jobs", "outlook", "job_count", "number of jobs"),
    ("growth", "outlook", "growth_percent", "growth rate"),
)
# Among fewer roles a place says nothing.
FEWEST_RANKED = 3


def rank_role(role: CurrentRole) -> list[str]:
    """Its place among all roles of the publisher that have the figure, the highest being first; no query while the
    figures of this revision are held."""
    said = []
    for column, group, field, words in RANKED:
        facts = role.groups.get(group)
        value = facts.values[field] if facts else None
        if facts is None or value is None or (column == "median" and facts.values["annual_average"] is not None):
            continue
        rank = listings.rank_value(role.revision, facts.source.publisher_pk, column, value)
        if rank.among >= FEWEST_RANKED:
            said.append(place(rank, words, facts.source.publisher))
    return said


def place(rank: Rank, words: str, publisher: str) -> str:
    """
    >>> place(Rank(312, 825, 0), "average pay", "Zippia")
    '312th of 825 by average pay, among the roles of Zippia that give it'
    >>> place(Rank(1, 825, 2), "growth rate", "Zippia")
    '1st of 825 by growth rate, level with 2 others, among the roles of Zippia that give it'
    >>> place(Rank(1, 6, 5), "growth rate", "Zippia")
    'The same growth rate as all 6 roles of Zippia that give it'
    """
    among = f"roles of {publisher} that give it"
    if rank.ties == rank.among - 1:
        return f"The same {words} as all {formats.plain(rank.among)} {among}"
    level = f", level with {formats.counted(rank.ties, 'other')}" if rank.ties else ""
    return f"{ordinal(rank.place)} of {formats.plain(rank.among)} by {words}{level}, among the {among}"


def ordinal(number: int) -> str:
    """
    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 111, 1012, 1023)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '22nd', '111th', '1,012th', '1,023rd']
    """
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{formats.plain(number)}{ending}"
