"""Table 1.2 of the Employment Projections by the U.S. Bureau of Labor Statistics, or the export of its search page.

It gives the number of jobs in a year and ten years later, growth, openings a year, the share of self-employed people,
and what is typically needed to get in. The table counts in thousands; facts count jobs. Only line items are
occupations; the other rows are sums, and the sum over all occupations gives the figures of all jobs. Its wages are
those of another program and are not read here.

Source: https://www.bls.gov/emp/tables/occupational-projections-and-characteristics.htm
"""

import re
from dataclasses import replace

from careers.spelling import fold_spelling
from ingest.documents.document import Document
from ingest.documents.tables import simplify_head
from ingest.parsing.cells import UnreadableError
from ingest.parsing.evidence import Evidence
from ingest.parsing.parsed_page import Knowledge, ParsedPage, make_figures_of_all_jobs
from ingest.parsing.role_facts import RoleFacts, TitleFact, Value
from ingest.sources.bls import matrix_tables
from ingest.sources.bls.bureau_tables import TableKind, TableRelease
from ingest.sources.bls.matrix_tables import MatrixReader, MatrixRow, MatrixTable

_SPAN = r"(20\d\d)-(20\d\d|\d\d)"
_HEADS = {
    "jobs_base": r"employment,? (20\d\d)",
    "jobs_target": r"employment,? (20\d\d)",
    "growth_percent": rf"employment (?:change, percent|percent change), {_SPAN}",
    "openings_per_year": rf"occupational openings, {_SPAN} annual average",
    "education": r"typical (?:entry-level education|education needed for entry)",
    "work_experience": r"work experience in a related occupation",
    "training": r"typical on-the-job training.*",
}
_OPTIONAL_HEADS = {"kind": r"occupation type", "self_employed_percent": r"percent self[ -]employed, (20\d\d)"}
_NEEDED = {
    "title": "with titles of occupations",
    "code": "with their codes",
    "jobs_base": "“Employment” of a year",
    "jobs_target": "“Employment” of another year",  # whichever of the two stands in the table is the first to match
    "growth_percent": "“Employment change, percent”",
    "openings_per_year": "“Occupational openings, annual average”",
    "education": "“Typical education needed for entry”",
    "work_experience": "“Work experience in a related occupation”",
    "training": "“Typical on-the-job training”",
}
_TABLE = TableKind(
    "Table 1.2 of the Employment Projections",
    r"occupational projections, 20\d\d-.*worker characteristics",
    _HEADS,
    _OPTIONAL_HEADS,
    _NEEDED,
)
# The heads that identify the export of the Bureau's search page, which does not say that it counts in thousands.
_EXPORT_HEADS = {"education code", "workex code", "trcode"}


def recognizes(document: Document) -> bool:
    return matrix_tables.find_table(document, _TABLE) is not None


def parse(document: Document, knowledge: Knowledge) -> ParsedPage:
    source = _order_years(matrix_tables.require_table(document, _TABLE))
    _require_thousands(source)
    years = _read_years(source)
    reader = MatrixReader(source)
    roles = [_read_role(reader, row, years) for row in reader.occupations()]
    release = TableRelease(f"{years[0]}–{years[1] % 100:02}", years[0])
    page = reader.make_matrix_page(roles, release, f"Employment Projections, {release.name}")
    if reader.all_jobs is None:
        return page
    return replace(page, all_jobs=make_figures_of_all_jobs(*_read_figures(reader, reader.all_jobs, years)))


def _require_thousands(source: MatrixTable) -> None:
    """Raises UnreadableError if the table does not say that it counts jobs in thousands."""
    heads = {simplify_head(head) for head in source.table.columns}
    if "in thousands" not in source.title.casefold() and not heads >= _EXPORT_HEADS:
        raise UnreadableError(
            "The table does not say that it counts jobs in thousands, as the title of table 1.2 does: “(Employment in "
            "thousands)”. Load it with its title above the columns."
        )


def _year_of(source: MatrixTable, name: str) -> int:
    return int(source.head(name).split()[-1])


def _order_years(source: MatrixTable) -> MatrixTable:
    """The table with the earlier of its two columns of jobs as the first, wherever they stand."""
    if _year_of(source, "jobs_base") <= _year_of(source, "jobs_target"):
        return source
    columns = source.columns
    swapped = {"jobs_base": columns["jobs_target"], "jobs_target": columns["jobs_base"]}
    return replace(source, columns={**columns, **swapped})


def _read_years(source: MatrixTable) -> tuple[int, int]:
    """The years of the projection, by the heads. Raises UnreadableError if they contradict one another."""
    base, target = _year_of(source, "jobs_base"), _year_of(source, "jobs_target")
    spans = set()
    for name in ("growth_percent", "openings_per_year"):
        match = re.search(_SPAN, simplify_head(source.head(name)))
        if match:
            spans.add((int(match[1]), matrix_tables.find_last_year(match[1], match[2])))
    if "self_employed_percent" in source.columns and _year_of(source, "self_employed_percent") != base:
        spans.add((_year_of(source, "self_employed_percent"), target))
    if base >= target or spans != {(base, target)}:
        heads = [source.head(name) for name in ("jobs_base", "jobs_target", "growth_percent", "openings_per_year")]
        raise UnreadableError(
            f"It is not clear from which year to which the projection runs: the columns are “{'”, “'.join(heads)}”. "
            "Load the table of one release, as the Bureau publishes it."
        )
    return base, target


def _read_figures(
    reader: MatrixReader, row: MatrixRow, years: tuple[int, int]
) -> tuple[dict[str, Value], dict[str, Evidence]]:
    values: dict[str, Value] = {}
    evidence: dict[str, Evidence] = {}
    cells = {
        "projection.growth_percent": reader.percent,
        "projection.jobs_base": reader.thousands,
        "projection.jobs_target": reader.thousands,
        "projection.openings_per_year": reader.thousands,
        "projection.self_employed_percent": reader.percent,
        "requirements.education": reader.text,
        "requirements.work_experience": reader.text,
        "requirements.training": reader.text,
    }
    for key, read in cells.items():
        name = key.rpartition(".")[2]
        if name in reader.source.columns:
            values[key], evidence[key] = read(row, name, key)
    if any(value is not None for key, value in values.items() if key.startswith("projection.")):
        for name, head, year in zip(("base_year", "target_year"), ("jobs_base", "jobs_target"), years, strict=True):
            key = f"projection.{name}"
            values[key] = year
            column, place = reader.source.head(head), reader.source.table.head_row
            evidence[key] = Evidence(place, column, "cell", column=column, sheet=reader.source.number)
    return values, evidence


def _read_role(reader: MatrixReader, row: MatrixRow, years: tuple[int, int]) -> RoleFacts:
    values, evidence = _read_figures(reader, row, years)
    return RoleFacts(
        title=row.title,
        soc_code=row.code,
        values=values,
        evidence=evidence,
        titles=tuple(_list_titles(reader, row)),
    )


def _list_titles(reader: MatrixReader, row: MatrixRow) -> list[TitleFact]:
    """The job titles that the export gives after the title of an occupation, each after a star."""
    titles: dict[str, TitleFact] = {}
    for text in row.cells[reader.source.columns["title"]].split("*")[1:]:
        title = " ".join(text.split())
        if title:
            place = Evidence(
                row.number, title, "cell", column=reader.source.head("title"), sheet=reader.source.number, code=row.code
            )
            titles.setdefault(fold_spelling(title), TitleFact(title, "bls", {"title": place}))
    return list(titles.values())
