"""Small tables in the layout of the Employment Projections, with occupations and figures of our own."""

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook

Cell = str | float | int | None
Rows = list[list[Cell]]

# Code -> title of the occupations in them.
OCCUPATIONS = {"29-1141": "Registered nurses", "35-2014": "Cooks, restaurant", "53-3032": "Heavy truck drivers"}

PROJECTION_TITLE = (
    "Table 1.2 Occupational projections, 2024–2034, and worker characteristics, 2024 (Employment in thousands)"
)
PROJECTION_HEADS: list[Cell] = [
    "2024 National Employment Matrix title",
    "2024 National Employment Matrix code",
    "Occupation type",
    "Employment, 2024",
    "Employment, 2034",
    "Employment change, numeric, 2024–34",
    "Employment change, percent, 2024–34",
    "Percent self employed, 2024",
    "Occupational openings, 2024–34 annual average",
    "Median annual wage, dollars, 2024[1]",
    "Typical education needed for entry",
    "Work experience in a related occupation",
    "Typical on-the-job training needed to attain competency in the occupation",
]
ATTAINMENT_TITLE = (
    "Table 5.3 Educational attainment for workers 25 years and older by detailed occupation, 2022–23 (Percent)"
)
ATTAINMENT_HEADS: list[Cell] = [
    *PROJECTION_HEADS[:2],
    "Less than high school diploma",
    "High school diploma or equivalent",
    "Some college, no degree",
    "Associate's degree",
    "Bachelor's degree",
    "Master's degree",
    "Doctoral or professional degree",
]
RANK_TITLE = "Table 6.5 Percentile rank of detailed occupations by skill, 2024"
SKILLS: list[Cell] = [
    "Adaptability",
    "Computers and information technology",
    "Creativity and innovation",
    "Critical and analytical thinking",
    "Customer service",
    "Detail oriented",
    "Fine motor",
    "Interpersonal",
    "Leadership",
    "Mathematics",
    "Mechanical",
    "Physical strength and stamina",
    "Problem solving and decision making",
    "Project management",
    "Science",
    "Speaking and listening",
    "Writing and reading",
]


def make_projection_rows() -> Rows:
    sums: list[Cell] = ["Healthcare occupations", "29-0000", "Summary", 900.5, 950, 49.5, 5.5, 1, 80, 60000, *["—"] * 3]
    nurses: list[Cell] = ["      Registered nurses", "29-1141", "Line item", 3391, 3557.1, 166.1, 4.9, 0.5, 189.1]
    cooks: list[Cell] = ["    Cooks, restaurant", "35-2014", "Line item", 1450.2, 1450.1, -0.1, -4.7, "—", 12.3]
    drivers: list[Cell] = ["  Heavy truck drivers", "53-3032", "Line item", 2235.1, 2324.4, 89.3, 4, 8.4, 237.6]
    return [
        [PROJECTION_TITLE],
        PROJECTION_HEADS,
        sums,
        [*nurses, 93600, "Bachelor's degree", "None", "None"],
        [*cooks, ">=$239,200", "No formal educational credential", "Less than 5 years", "—"],
        [*drivers, 57440, "Postsecondary nondegree award", "None", "Short-term on-the-job training"],
        ["Note: a dash means that a figure is not available."],
    ]


ALL_JOBS: list[Cell] = [
    *("Total, all occupations", "00-0000", "Summary", 169956.1, 175167.9, 5211.8, 3.1, 5.8, 18863.3, 49500),
    *["—"] * 3,
]


def add_all_jobs(rows: Rows) -> Rows:
    """The same rows below that of all occupations together."""
    return [*rows[:2], ALL_JOBS, *rows[2:]]


def make_attainment_rows() -> Rows:
    return [
        [ATTAINMENT_TITLE],
        ATTAINMENT_HEADS,
        ["Total, all occupations", "00-0000", 7.4, 22.5, 18.6, 9.5, 25.2, 11.9, 4.9],
        ["Registered nurses", "29-1141", 0.5, 1.2, 3.9, 25.6, 54.4, 11.8, 2.7],
        ["Cooks, restaurant[1]", "35-2014", 21.5, 41.2, 20.1, 7.3, 8.5, 1.2, 0.2],
        ["Heavy truck drivers", "53-3032", 15.7, 48.1, "—", 6.8, 6.4, 1.1, 0.2],
        ["[1] The survey counts it together with others."],
    ]


def make_rank_rows() -> Rows:
    return [
        [RANK_TITLE],
        [*PROJECTION_HEADS[:2], *SKILLS],
        ["Registered nurses", "29-1141", *range(80, 97)],
        ["Cooks, restaurant", "35-2014", *range(20, 37)],
        ["Heavy truck drivers[1]", "53-3032", *range(40, 57)],
    ]


def make_workbook(sheets: dict[str, Rows], hidden: str = "") -> bytes:
    """Sheet -> its rows, with a table of contents in front. `hidden`: the sheet that the workbook hides."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "Index"
    for line in ("Contents", "Table 1", "Table 2"):
        book.active.append([line])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name == hidden else "visible"
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def make_csv(rows: Sequence[Sequence[Cell]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def change_row(rows: Rows, code: str, head: str, value: Cell) -> Rows:
    """The same rows with another value in one cell."""
    place = rows[1].index(head)
    return [[*row[:place], value, *row[place + 1 :]] if len(row) > 1 and row[1] == code else row for row in rows]


def move_by_two_years(rows: Rows) -> Rows:
    """The same figures in the release two years later."""
    later: Rows = []
    for row in rows:
        cells = [
            (cell, str(cell).replace("2034", "2036").replace("2024", "2026").replace("–34", "–36")) for cell in row
        ]
        later.append([text if isinstance(cell, str) else cell for cell, text in cells])
    return later


def make_wage_table() -> bytes:
    """A wage table with the same occupations, in the spelling of that program."""
    national = {"AREA": "99", "AREA_TYPE": "1", "NAICS": "000000", "OWN_CODE": "1235", "O_GROUP": "detailed"}
    figures = ["TOT_EMP", "EMP_PRSE", "H_MEAN", "A_MEAN", "MEAN_PRSE", "H_MEDIAN", "A_MEDIAN"]
    figures += [f"{per}_PCT{share}" for per in "HA" for share in (10, 25, 75, 90)]
    rows: list[list[str]] = [[*national, "OCC_CODE", "OCC_TITLE", *figures]]
    for number, (code, title) in enumerate(OCCUPATIONS.items()):
        rows.append([*national.values(), code, title.title(), str(1000 + number), *["*"] * (len(figures) - 1)])
    return make_csv(rows)
