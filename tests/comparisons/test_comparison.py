"""What a comparison says of roles, and why it says nothing."""

import pytest

from careers.models import SalaryStats
from careers.vocabulary import NOT_IN_SOURCE, NOT_PUBLISHED, TOO_HIGH, UNCLEAR
from comparisons.comparison import Cell, Comparison, compare
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.origins import write_origin
from tests.comparisons.occupations import compare_stored
from tests.comparisons.stored_roles import CUSTOMER, GUIDE, LEAD, PROFESSIONAL, PROGRAM, SOFTWARE, store_role

pytestmark = pytest.mark.django_db


def list_cells(comparison: Comparison, key: str) -> tuple[Cell, ...]:
    return comparison.by_key[key].cells


def list_texts(comparison: Comparison, key: str) -> list[str]:
    return [cell.text for cell in list_cells(comparison, key)]


def list_reasons(comparison: Comparison, key: str) -> list[str]:
    return [cell.missing for cell in list_cells(comparison, key)]


def test_values_keep_their_number_beside_their_text() -> None:
    comparison = compare_stored(store_role(LEAD), store_role(SOFTWARE))
    assert list_texts(comparison, "salary.annual_average") == ["$90,615", "$79,670"]
    assert [cell.value for cell in list_cells(comparison, "salary.annual_average")] == [90615, 79670]
    assert [cell.value for cell in list_cells(comparison, "salary.range")] == [(67000, 121000), (55000, 113000)]
    assert list_texts(comparison, "salary.annual_low") == ["$67,000 to $121,000", "$55,000 to $113,000"]


def test_a_difference_is_the_first_less_the_second_with_sign_and_unit() -> None:
    lead, software = store_role(LEAD), store_role(SOFTWARE)
    one, other = compare_stored(lead, software), compare_stored(software, lead)
    keys = ["salary.annual_average", "salary.hourly_average", "outlook.job_count", "education.degree", "salary.range"]
    assert [one.by_key[key].difference for key in keys] == [
        "+$10,945",
        "+$5.26",
        "+133,531",
        "−9 points",
        "85% overlap",
    ]
    assert other.by_key["salary.annual_average"].difference == "−$10,945"


def test_of_three_roles_each_is_set_against_the_first() -> None:
    line = compare_stored(store_role(LEAD), store_role(SOFTWARE), store_role(CUSTOMER, salary=None)).by_key[
        "salary.annual_average"
    ]
    assert line.differences == ("−$10,945", "")
    assert line.difference == ""


def test_two_missing_values_are_no_difference() -> None:
    none = {"job_count": None}
    comparison = compare_stored(store_role(LEAD, outlook=none), store_role(SOFTWARE, outlook=none))
    line = comparison.by_key["outlook.job_count"]
    assert (line.differences, line.same, line.empty) == (("",), False, True)


def test_the_order_asked_for_is_the_order_of_the_sides() -> None:
    lead, software = store_role(LEAD), store_role(SOFTWARE)
    assert [side.title for side in compare_stored(software, lead).sides] == [
        "Software support technician",
        "Lead technician",
    ]
    assert [side.marker for side in compare_stored(software, lead).sides] == ["●", "◆"]


def test_zero_is_a_value_and_a_dash_is_none() -> None:
    comparison = compare_stored(store_role(LEAD, outlook={"growth_percent": 0, "job_count": 0}), store_role(SOFTWARE))
    assert list_texts(comparison, "outlook.growth_percent") == ["0%", "+10%"]
    assert list_texts(comparison, "outlook.job_count") == ["0", "117,059"]
    assert list_texts(comparison, "outlook.satisfaction") == ["—", "—"]
    assert list_reasons(comparison, "outlook.satisfaction") == [NOT_PUBLISHED, NOT_PUBLISHED]
    assert [cell.value for cell in list_cells(comparison, "outlook.satisfaction")] == [None, None]


def test_a_value_that_the_page_leaves_unclear_says_so_and_keeps_what_stands_there() -> None:
    lead = store_role(LEAD, outlook={"job_count": None})
    outlook = lead.outlook
    assert outlook is not None
    outlook.evidence["job_count"] = {"line": 7, "raw": "12312,345", "how": "unread", "candidates": ["123", "1231"]}
    outlook.save()
    comparison = compare_stored(lead, store_role(SOFTWARE))
    line = comparison.by_key["outlook.job_count"]
    assert list_reasons(comparison, "outlook.job_count") == [UNCLEAR, ""]
    assert line.cells[0].origins[0].evidence["raw"] == "12312,345"
    assert line in comparison.sections["jobs"].informative


def test_a_figure_above_what_an_official_table_tells_says_so_and_where_it_stands() -> None:
    surgeons = store_role(LEAD, salary={"annual_median": None})
    salary = SalaryStats.objects.get(role=surgeons)
    where = {"line": 17, "column": "A_MEDIAN", "raw": "#", "how": "cell", "missing": "too-high"}
    salary.evidence["annual_median"] = where
    salary.save()
    comparison = compare_stored(surgeons, store_role(SOFTWARE))
    line = comparison.by_key["salary.annual_median"]
    assert list_reasons(comparison, "salary.annual_median") == [TOO_HIGH, NOT_PUBLISHED]
    assert write_origin(line.cells[0].origins[0], line.row) == "“#”, row 17, column A_MEDIAN, as published."


def test_who_agrees_and_who_says_otherwise_is_stated_in_the_rows_own_unit() -> None:
    lead = store_role(LEAD)
    salary = SalaryStats.objects.get(role=lead)
    salary.evidence["annual_average"] |= {
        "agrees": {"pages": 2, "sources": 0},
        "differs": [{"publisher": "Jobicy", "value": 89000, "pages": 1}],
    }
    salary.evidence["hourly_average"] |= {"differs": [{"publisher": "Jobicy", "value": "43.5", "pages": 2}]}
    salary.save()
    comparison = compare_stored(lead, store_role(SOFTWARE))
    lines = [comparison.by_key[key] for key in ("salary.annual_average", "salary.hourly_average")]
    origin_texts = [write_origin(line.cells[0].origins[0], line.row) for line in lines]
    assert origin_texts[0].endswith("3 pages of this publisher agree. Jobicy says $89,000 on 1 other page.")
    assert origin_texts[1].endswith("Jobicy says $43.50 on 2 other pages.")


def test_what_the_source_never_gives_is_distinguished_from_what_it_does_not_publish() -> None:
    comparison = compare_stored(store_role(PROGRAM), store_role(GUIDE))
    assert list_reasons(comparison, "salary.annual_average") == ["", NOT_IN_SOURCE]
    assert list_reasons(comparison, "work_life.stress_level") == [NOT_IN_SOURCE, ""]


def test_a_role_whose_whole_group_is_empty_does_not_publish_what_its_publisher_gives_for_others() -> None:
    comparison = compare_stored(store_role(LEAD), store_role(SOFTWARE, salary=None))
    assert list_reasons(comparison, "salary.annual_average") == ["", NOT_PUBLISHED]


def test_rows_that_no_source_mentions_are_left_out() -> None:
    comparison = compare_stored(store_role(LEAD), store_role(SOFTWARE))
    assert comparison.by_key.get("salary.annual_p10") is None


def test_doubts_about_a_value_are_said_in_plain_words() -> None:
    lead = store_role(LEAD)
    salary = SalaryStats.objects.get(role=lead)
    salary.evidence["top_company"]["warnings"] = ["split-by-spelling"]
    salary.evidence["hourly_average"]["warnings"] = ["hourly-disagrees-with-annual"]
    salary.save()
    comparison = compare_stored(lead, store_role(SOFTWARE))
    keys = ("salary.top_company", "salary.hourly_average")
    doubts = {key: comparison.by_key[key].cells[0].doubts for key in keys}
    assert doubts["salary.top_company"] == ("split by spelling alone: not confirmed elsewhere",)
    assert doubts["salary.hourly_average"] == ("the source disagrees with itself: hourly and yearly pay",)


def test_figures_of_two_publishers_are_never_compared_without_their_names() -> None:
    line = compare_stored(store_role(LEAD), store_role(SOFTWARE, publisher="Jobicy")).by_key["salary.annual_average"]
    assert line.publishers == ("Zippia", "Jobicy")
    assert [cell.publisher for cell in line.cells] == ["Zippia", "Jobicy"]


def test_a_publisher_that_gives_no_value_is_not_named_beside_the_one_that_does() -> None:
    other = store_role(SOFTWARE, publisher="Jobicy", salary={"annual_average": None})
    line = compare_stored(store_role(LEAD), other).by_key["salary.annual_average"]
    assert line.publishers == ("Zippia",)


def test_rows_that_are_equal_stand_apart_from_those_that_differ() -> None:
    jobs = compare_stored(store_role(LEAD), store_role(SOFTWARE)).sections["jobs"]
    assert [line.row.key for line in jobs.informative] == ["outlook.job_count"]
    assert [line.row.key for line in jobs.lines if line.same] == ["outlook.growth_percent"]
    assert [line.row.key for line in jobs.lines if line.empty] == ["outlook.satisfaction"]


def test_skills_are_shared_or_belong_to_one_role() -> None:
    skills = compare_stored(store_role(LEAD), store_role(SOFTWARE)).skills
    assert [match.name for match in skills.shared] == ["java"]
    assert [[entry.slug for entry in entries] for entries in skills.only] == [
        ["architecture", "digital-transformation"],
        ["customer-service", "troubleshoot"],
    ]
    assert skills.cover == (None, None)


def test_four_roles_stand_side_by_side_and_more_do_not() -> None:
    roles = [store_role(title) for title in (LEAD, SOFTWARE, PROFESSIONAL, CUSTOMER)]
    assert len(compare_stored(*roles).by_key["salary.annual_average"].cells) == 4
    with pytest.raises(ValueError, match="1 to 4 roles, not 8"):
        compare(read_current_roles([role.slug for role in roles]) * 2)


def test_an_unknown_slug_is_left_out_and_a_nul_reaches_no_database() -> None:
    lead = store_role(LEAD)
    assert [role.slug for role in read_current_roles(["nobody", lead.slug, "a\0b"])] == [lead.slug]
    assert read_current_roles(["\0"]) == []


def test_duties_keep_their_order_and_tell_when_the_page_holds_some_back() -> None:
    duties = compare_stored(store_role(CUSTOMER), store_role(PROGRAM)).sides[0].role.duties
    assert [duty.truncated for duty in duties] == [False] * 5 + [True]
