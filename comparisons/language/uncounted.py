"""Who the counts of official occupations leave out, and whether that changes an answer."""

from careers.vocabulary import SELF_EMPLOYED
from comparisons import formats
from comparisons.comparison import Comparison
from comparisons.language.titles import capital, plural
from comparisons.thresholds import FEW_SELF_EMPLOYED


def describe_self_employed(comparison: Comparison) -> str:
    """How many people the counts leave out, and what that means; "" where no role is an official occupation."""
    if not any(side.official for side in comparison.sides):
        return ""
    shares = []
    highest = 0.0
    for side in comparison.sides:
        cell = comparison.cells[side.index].get("projection.self_employed_percent")
        if cell:
            shares.append(f"{formats.percent(cell.value)} of {plural(side.title)}")
            highest = max(highest, float(cell.value))
    start = capital(f"{SELF_EMPLOYED} in pay and jobs")
    if not shares:
        return f"{start}."
    if highest < FEW_SELF_EMPLOYED:
        return f"{start}; they are {formats.listed(shares)}, too few to change the answer."
    return f"{start}; they are {formats.listed(shares)}. What they earn may be more or less than what is shown."
