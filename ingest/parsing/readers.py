"""How the cells of tables are read, by row label and by vocabulary key.

A publisher's table and a person's choice are read the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass

from careers.vocabulary import RACE_KEYS
from ingest.parsing import cells
from ingest.parsing.parsed_page import NameKind
from ingest.parsing.role_facts import Value

GENDERS = ("male", "female")
# In the order of RACE_KEYS.
RACES = (
    *("black or african american", "unknown", "hispanic or latino", "asian", "white"),
    "american indian and alaska native",
)


@dataclass(frozen=True, slots=True)
class CellReader:
    """How the cells of one kind of row are read.

    `labels`: what the row is called, as `fold_spelling` gives it. `keys`: the vocabulary keys that a cell fills; the
    first one stands for the whole cell. `read`: text -> one value for each key, or UnreadableError.
    `names`: the kind of name that a cell holds.
    """

    labels: tuple[str, ...]
    keys: tuple[str, ...]
    read: Callable[[str], tuple[Value, ...]]
    names: NameKind | None = None


def _make_reader(
    label: str, key: str, read: Callable[[str], Value] = cells.read_name, names: NameKind | None = None
) -> CellReader:
    return CellReader((label,), (key,), _make_single_reader(read), names)


def _make_single_reader(read: Callable[[str], Value]) -> Callable[[str], tuple[Value, ...]]:
    return lambda text: (read(text),)


CELL_READERS = (
    CellReader(("yearly salary", "average salary"), ("salary.annual_average",), _make_single_reader(cells.read_money)),
    _make_reader("hourly rate", "salary.hourly_average", cells.read_rate),
    CellReader(("salary range",), ("salary.annual_low", "salary.annual_high"), cells.read_pay_range),
    _make_reader("highest paying city", "salary.top_city"),
    _make_reader("highest paying state", "salary.top_state"),
    _make_reader("best paying company", "salary.top_company", names="company"),
    _make_reader("best paying industry", "salary.top_industry", names="industry"),
    _make_reader("growth rate", "outlook.growth_percent", cells.read_growth),
    _make_reader("number of jobs", "outlook.job_count", cells.read_count),
    _make_reader("job satisfaction", "outlook.satisfaction", cells.read_satisfaction),
    _make_reader("years of experience", "entry.years_of_experience", cells.read_years),
    CellReader(("most common degree",), ("education.degree", "education.degree_percent"), cells.read_share),
    _make_reader("most common major", "education.major", names="major"),
    _make_reader("most common college", "education.college", names="college"),
    _make_reader("average age", "demographics.average_age", cells.read_age),
    CellReader(
        ("gender ratio",),
        ("demographics.male_percent", "demographics.female_percent"),
        lambda text: cells.read_shares(text, GENDERS),
    ),
    CellReader(("race ratio",), RACE_KEYS, lambda text: cells.read_shares(text, RACES)),
    _make_reader("lgbt percentage", "demographics.lgbt_percent", cells.read_whole_percent),
)

# Row label -> reader, and vocabulary key -> reader.
READER_BY_LABEL: dict[str, CellReader] = {}
READER_OF: dict[str, CellReader] = {}
for _cell_reader in CELL_READERS:
    READER_BY_LABEL.update(dict.fromkeys(_cell_reader.labels, _cell_reader))
    READER_OF.update(dict.fromkeys(_cell_reader.keys, _cell_reader))
