"""Where a value stands on its page and how it was read."""

from dataclasses import dataclass

from careers.vocabulary import How, Missing

LONGEST_RAW = 300  # characters of a whole line that are kept with a value


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value stands on its page: the line (from 1), the raw text, and how it was read.

    In a table `line` is the row (the head is row 1) and `column` the head of the column. `candidates`: the readings
    of an ambiguous value. `missing`: why a cell has no figure, if the publisher says so. `sheet`: the table within its
    file or release. `code`: of the occupation, where it identifies the row. `mean_of`: of how many figures of the table
    the value is the mean. `wider_group`: the group of occupations that the figure is of, if it is not of one alone.
    `number`: which entry of its line it is on the page, from 1, where a person changed or removed entries of the line.
    """

    line: int
    raw: str
    how: How
    candidates: tuple[str | None, ...] = ()
    warnings: tuple[str, ...] = ()
    column: str = ""
    missing: Missing | None = None
    sheet: str = ""
    code: str = ""
    mean_of: int = 0
    wider_group: str = ""
    number: int = 0
