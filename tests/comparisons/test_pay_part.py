"""Pay as rungs: which table comes first, and whose its figures are and for which month."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from comparisons.language.verdict.incomparable_pay import write_incomparable
from comparisons.queries.current_role import CurrentRole
from comparisons.views.sections.pay import PaySection, build_pay_section
from comparisons.views.sections.rungs import Rung, RungHeading
from tests.comparisons.made_roles import compare_roles, make_page, make_pay, make_role

ZIPPIA = make_page("Zippia", "")
BY_THE_HOUR = make_pay(*map(Decimal, "10 12 14 16 18".split()), time="hourly")


def build_part(*roles: CurrentRole) -> PaySection:
    part = build_pay_section(compare_roles(*roles))
    assert part is not None
    return part


def make_role_with_salary(title: str, salary: dict[str, Any], **options: Any) -> CurrentRole:
    return make_role(title, salary=salary, **options)


def test_pay_that_all_roles_have_is_drawn_and_pay_that_some_lack_is_folded() -> None:
    actor = make_role_with_salary("Actor", BY_THE_HOUR)
    cook = make_role_with_salary("Cook", BY_THE_HOUR | make_pay(20_000, 24_000, 28_000, 32_000, 36_000))
    part = build_part(actor, cook)
    assert [rungs.unit for rungs in part.rungs] == ["An hour"]
    assert "salary.annual_median" in [line.row.key for line in part.folded]
    assert [rungs.unit for rungs in build_part(cook, cook).rungs] == ["A year"]


def test_a_role_without_pay_has_no_column_and_a_sentence_says_why() -> None:
    guided = make_role("Guide")
    baker, cook = (
        make_role_with_salary(title, {"annual_average": pay}) for title, pay in (("Baker", 30_000), ("Cook", 40_000))
    )
    part = build_part(guided, cook)
    assert [(heading.letter, len(rung.cells)) for (heading,), rung in list_headed_rungs(part)] == [("b", 1)]
    assert part.notes == ["Pay, a year: not in this source for ●\N{NO-BREAK SPACE}Guide."]
    of_three = build_part(baker, guided, cook)
    ((headings, rung),) = list_headed_rungs(of_three)
    assert ([heading.letter for heading in headings], rung.difference) == (["a", "c"], "+$10,000")
    assert of_three.notes == ["Pay, a year: not in this source for ◆\N{NO-BREAK SPACE}Guide."]


def test_why_a_role_has_none_of_many_steps_stands_once_in_its_column() -> None:
    scraped = make_role_with_salary(
        "Baker", {"annual_low": 20_000, "annual_average": 30_000, "annual_high": 40_000}, page=ZIPPIA
    )
    cook = make_role_with_salary("Cook", make_pay(20_000, 24_000, 28_000, 32_000, 36_000) | {"annual_average": 29_000})
    columns = zip(
        *[[cell.missing for cell in rung.cells] for _, rung in list_headed_rungs(build_part(scraped, cook))],
        strict=True,
    )
    of_baker, of_cook = map(list, columns)
    assert of_baker == ["not published", *["—"] * 4, "", "", ""]
    assert of_cook == [*[""] * 5, "not published", "", "—"]


def list_headed_rungs(part: PaySection) -> list[tuple[Sequence[RungHeading], Rung]]:
    """Each step with the headings of its table."""
    return [(table.headings, rung) for table in part.rungs for group in table.groups for rung in group.rungs]


def test_the_time_of_pay_stands_beside_each_role_where_it_is_not_the_same_for_all() -> None:
    scraped = make_role_with_salary("Baker", {"annual_average": 30_000}, page=ZIPPIA)
    counted = make_role_with_salary("Cook", {"annual_average": 40_000})
    times = "●\N{NO-BREAK SPACE}year not given, ◆\N{NO-BREAK SPACE}May 2025"
    assert build_part(scraped, counted).when == f"United States, {times}."
    assert build_part(counted, counted).when.endswith(", United States, May 2025.")


def test_no_role_is_ahead_by_figures_of_two_publishers() -> None:
    scraped = make_role_with_salary("Baker", {"annual_average": 30_000}, page=ZIPPIA)
    counted = make_role_with_salary("Cook", {"annual_average": 40_000})
    [group] = build_part(scraped, counted).rungs[0].groups
    assert [(rung.ahead, rung.difference) for rung in group.rungs] == [(None, "$10,000 apart (different publishers)")]


def test_a_publisher_whose_name_takes_an_article_has_it_in_a_sentence() -> None:
    scraped = make_role_with_salary("Baker", {"annual_average": 30_000}, page=ZIPPIA)
    counted = make_role_with_salary(
        "Cook", {"annual_average": 40_000}, page=make_page("U.S. Bureau of Labor Statistics")
    )
    sentence = write_incomparable(compare_roles(scraped, counted))
    assert sentence is not None
    assert "".join(part.text for part in sentence).endswith("is from the U.S. Bureau of Labor Statistics, May 2025.")
