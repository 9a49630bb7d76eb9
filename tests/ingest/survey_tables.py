"""Tables in the layout of the Current Population Survey, with the groups of the shipped crosswalk and invented
figures."""

from collections.abc import Mapping, Sequence

from ingest.sources.bls.census_groups import read_census_matches
from tests.ingest.projection_tables import Cell, Rows, make_workbook

SHARES_TITLE = (
    "HOUSEHOLD DATA\nANNUAL AVERAGES\n"
    "11. Employed persons by detailed occupation, sex, race, and Hispanic or Latino ethnicity"
)
AGES_TITLE = "HOUSEHOLD DATA\n ANNUAL AVERAGES\n 11b. Employed people by detailed occupation and age"
AGES = [f"{low} to {low + 9} years" for low in range(25, 65, 10)]

# Title of a group -> the cells of its row that are not those of every row.
Changes = Mapping[str, Sequence[Cell]]


def list_group_titles() -> list[str]:
    return list(dict.fromkeys(match.group.title for match in read_census_matches()))


def make_shares_rows(changes: Changes | None = None, year: int | str = 2022) -> Rows:
    """Each group has 100 thousand people, of whom 40% are women, 70% White, 20% Black, 5% Asian and 10% Hispanic."""
    rows: Rows = [
        [SHARES_TITLE],
        ["[Numbers in thousands]"],
        ["Occupation", year],
        [None, "Total\nemployed", "Percent of total employed"],
        [None, None, "Women", "White", "Black or\nAfrican\nAmerican", "Asian", "Hispanic\nor Latino"],
        [],
        ["Total, 16 years and over", 158_000, 46.8, 77, 12.6, 6.7, 18.5],
        ["Management occupations", 20_000, 40.5, 81.6, 9, 6.6, 11.5],
    ]
    for title in list_group_titles():
        rows.append([title, *(changes or {}).get(title, (100, 40, 70, 20, 5, 10))])
    rows.append(["NOTE: A dash stands where the base is less than 50,000."])
    return rows


def make_ages_rows(changes: Changes | None, note: str) -> Rows:
    """Each group has 100 thousand people with a median age of 41."""
    rows: Rows = [
        [AGES_TITLE],
        ["[Numbers in thousands]"],
        ["Occupation", "2025"],
        [None, "Total, 16 years and over", *AGES, "Median age"],
        [],
        ["Total employed", 163_000, *[40_000] * len(AGES), 42.1],
    ]
    for title in list_group_titles():
        employed, age = (changes or {}).get(title, (100, 41))
        rows.append([title, employed, *[25] * len(AGES), age])
    rows.append([note or "NOTE: Median age is the midpoint."])
    return rows


def make_survey_book(rows: Rows) -> bytes:
    return make_workbook({"cpsaat11": rows})
