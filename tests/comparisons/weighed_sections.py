"""The section on what matters to the reader, and what it says."""

from careers.models import Role
from comparisons.comparison import Comparison, compare
from comparisons.judging.weighing import Aspect, read_weights
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.weights import WeightRow, WeightsSection, build_weights_section
from tests.comparisons.verdict_words import write_with_markers

PAIR = "/compare/lead-technician-vs-software-support-technician/"
SPAN = {"base_year": 2024, "target_year": 2034}
WAYS = {"less_than_high_school": 1, "high_school": 9, "some_college": 10, "associate": 5}


def build_section(*roles: Role, **query: str) -> WeightsSection:
    comparison = compare(read_current_roles([role.slug for role in roles]))
    return build_section_of(comparison, **read_weights(query))


def build_section_of(comparison: Comparison, **weights: int) -> WeightsSection:
    section = build_weights_section(comparison, weights)
    assert section
    return section


def read_result(section: WeightsSection) -> str:
    return "".join(part.text for part in section.result)


def read_row(section: WeightsSection, name: str) -> list[tuple[str, str]]:
    """The figure and the product of each role."""
    return [(cell.figure, cell.product) for cell in find_row(section, name).cells]


def find_row(section: WeightsSection, name: str) -> WeightRow:
    return next(row for row in section.rows if row.name == name)


def read_left_out(section: WeightsSection) -> str:
    return write_with_markers(section.left_out)


def make_aspects(**shares: tuple[int, ...]) -> list[Aspect]:
    return [Aspect(name, "", (), of_roles) for name, of_roles in shares.items()]
