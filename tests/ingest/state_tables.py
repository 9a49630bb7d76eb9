"""Small wage tables by state in the columns of the Bureau, with figures of our own."""

import csv
import io

HEADS = [
    *("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "OWN_CODE", "OCC_CODE", "OCC_TITLE", "O_GROUP"),
    *("TOT_EMP", "EMP_PRSE", "H_MEAN", "A_MEAN", "MEAN_PRSE"),
    *("H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90"),
    *("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90"),
]
NURSES = ("29-1141", "Registered Nurses")
COOKS = ("35-2014", "Cooks, Restaurant")
DRIVERS = ("53-3032", "Heavy Truck Drivers")
CALIFORNIA = ("600000", "California", "2", "06")
ALABAMA = ("100000", "Alabama", "2", "01")
GUAM = ("6600000", "Guam", "3", "66")
# The Bureau's own download numbers states by their FIPS codes, and gives their postal codes.
IN_DOWNLOAD = {CALIFORNIA: ("06", "California", "2", "CA"), ALABAMA: ("1", "Alabama", "2", "AL")}
NATION = ("99", "U.S.", "1", "US")

Row = list[str]


def make_state_row(
    area: tuple[str, ...],
    occupation: tuple[str, str] = NURSES,
    jobs: str = "1,200",
    yearly: tuple[str, str, str] = ("50,000", "70,000", "90,000"),
    hourly: tuple[str, str, str] = ("24.04", "33.65", "43.27"),
    group: str = "detailed",
) -> Row:
    """`yearly`, `hourly`: the tenth percentile, the median and the ninetieth percentile."""
    spread_hours = [hourly[0], "*", hourly[1], "*", hourly[2]]
    spread_years = [yearly[0], "*", yearly[1], "*", yearly[2]]
    return [*area, "000000", "1235", *occupation, group, jobs, "1.0", "*", "*", "1.0", *spread_hours, *spread_years]


def make_table(*rows: Row, heads: Row = HEADS) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([heads, *rows])
    return file.getvalue().encode()


def make_national_table(*occupations: tuple[str, str], jobs: str = "5,000", median: str = "64,000") -> bytes:
    rows = [
        make_state_row(NATION, occupation, jobs, yearly=("41,000", median, "99,000"))
        for occupation in occupations or (NURSES, COOKS, DRIVERS)
    ]
    return make_table(*rows)
