"""Occupations with pay in several years, loaded as an admin would load them."""

from tests.comparisons.stored_states import load_table
from tests.ingest.state_tables import NATION, make_state_row, make_table


def load_years(medians: dict[tuple[str, str], dict[int, str]]) -> None:
    """The median of each occupation in each year; "#" is too high to be published, and "*" is not published."""
    for year in sorted({year for of_years in medians.values() for year in of_years}):
        rows = []
        for occupation, of_years in medians.items():
            if year in of_years:
                hourly = of_years[year] if of_years[year] in ("#", "*") else "30.00"
                yearly = ("41,000", of_years[year], "#")
                rows.append(make_state_row(NATION, occupation, yearly=yearly, hourly=("20.00", hourly, "#")))
        load_table(make_table(*rows), f"national_M{year}_dl.csv")
