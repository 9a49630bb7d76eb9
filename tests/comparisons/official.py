"""Small official tables, loaded as an admin would load them."""

from dataclasses import dataclass

from careers.models import Role
from comparisons.comparison import Comparison, compare
from comparisons.queries.roles import read_current_roles
from ingest.models import Page
from tests.ingest.small_pages import load_page

_COLUMNS = (
    "AREA,AREA_TYPE,OCC_CODE,OCC_TITLE,O_GROUP,TOT_EMP,EMP_PRSE,H_MEAN,A_MEAN,MEAN_PRSE,H_PCT10,H_PCT25,H_MEDIAN,"
    "H_PCT75,H_PCT90,A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90"
)


@dataclass(frozen=True)
class Occupation:
    """One row of a table. `jobs_error` and `pay_error`: relative errors in percent. `times`: of its pay."""

    code: str
    title: str
    jobs: int = 100_000
    jobs_error: str = "1.0"
    yearly: int = 52_000
    pay_error: str = "0.5"
    times: tuple[str, ...] = ("annual", "hourly")
    group: str = "detailed"

    @property
    def row(self) -> str:
        hourly, yearly = ["*"] * 6, ["*"] * 6
        if "hourly" in self.times:
            hourly = [f"{self.yearly * share / 100 / 2080:.2f}" for share in (100, 50, 70, 95, 120, 150)]
        if "annual" in self.times:
            yearly = [str(self.yearly * share // 100) for share in (100, 50, 70, 95, 120, 150)]
        pay = [hourly[0], yearly[0], self.pay_error, *hourly[1:], *yearly[1:]]
        start = ["99", "1", self.code, f'"{self.title}"', self.group, str(self.jobs), self.jobs_error]
        return ",".join([*start, *pay])


def make_all_jobs(yearly: int) -> Occupation:
    """The row of all occupations together."""
    return Occupation("00-0000", "All Occupations", 1_000_000, yearly=yearly, group="total")


def load_release(year: int, *occupations: Occupation, ending: str = "\n") -> None:
    """Load the table of May of a year. `ending`: what stands after its last row."""
    content = "\n".join([_COLUMNS, *(occupation.row for occupation in occupations)]) + ending
    result = load_page(Page(name=f"national_M{year}_dl.csv", content=content.encode()), commit=True)
    assert result.status == "loaded", result


def find_slugs(*codes: str) -> list[str]:
    slugs = dict(Role.objects.filter(soc_code__in=codes).values_list("soc_code", "slug"))
    return [slugs[code] for code in codes]


def find_slug(code: str) -> str:
    return find_slugs(code)[0]


def compare_codes(*codes: str) -> Comparison:
    return compare(read_current_roles(find_slugs(*codes)))
