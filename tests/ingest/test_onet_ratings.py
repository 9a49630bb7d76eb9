"""Skills, knowledge, technology and job zones of O*NET as facts of official occupations."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from ingest.documents.document import read_document
from ingest.parsing.cells import UnreadableError
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from ingest.parsing.role_facts import RatingFact, RoleFacts
from tests.ingest.onet_files import NURSES, write_tabs, write_zones

HEAD = (
    "O*NET-SOC Code",
    "Title",
    "Element ID",
    "Element Name",
    "Scale ID",
    "Data Value",
    "Recommend Suppress",
    "Not Relevant",
    "Date",
)


def make_rating(
    code: str, scale: str, value: str, suppress: str = "N", irrelevant: str = "n/a", element: str = "2.A.1.a"
) -> Sequence[str]:
    return (code, "A title", element, "Reading", scale, value, suppress, irrelevant, "08/2024")


def parse_ratings(*rows: Sequence[str], name: str = "Skills (O*NET 30.1, December 2025).txt") -> ParsedPage:
    return parse_page(read_document(name, write_tabs(HEAD, *rows)))


def get_only_role(page: ParsedPage) -> RoleFacts:
    [role] = page.roles
    return role


def get_only_rating(page: ParsedPage) -> RatingFact:
    [entry] = get_only_role(page).rated_skills
    return entry


def test_importance_and_level_of_a_skill_stand_with_their_rows() -> None:
    entry = get_only_rating(parse_ratings(make_rating(NURSES, "IM", "4.12"), make_rating(NURSES, "LV", "4.62")))
    assert (entry.name, entry.importance, entry.level) == ("Reading", Decimal("4.12"), Decimal("4.62"))
    place = entry.evidence["level"]
    assert (place.line, place.raw, place.column, place.sheet, place.code) == (3, "4.62", "Data Value", "Skills", NURSES)


def test_fields_of_knowledge_are_told_apart_by_their_codes() -> None:
    role = get_only_role(parse_ratings(make_rating(NURSES, "IM", "4", element="2.C.1.a")))
    assert (len(role.knowledge), role.rated_skills) == (1, ())


@pytest.mark.parametrize("element", ["2.A.1.a", "2.B.1.a"])
def test_a_table_of_one_kind_of_skills_says_that_the_other_kind_belongs_in_the_same_file(element: str) -> None:
    name = "Skills (O*NET 30.3).txt"
    [warning] = parse_ratings(make_rating(NURSES, "IM", "4", element=element), name=name).warnings
    assert warning.code == "half-of-the-skills"
    assert "Pack Essential Skills and Transferable Skills into one .zip archive" in warning.message
    both = (
        make_rating(NURSES, "IM", "4"),
        (*make_rating(NURSES, "IM", "3", element="2.B.1.a")[:3], "Speaking", "IM", "3", "N", "", ""),
    )
    page = parse_ratings(*both, name=name)
    assert [entry.name for entry in get_only_role(page).rated_skills] == ["Reading", "Speaking"]
    assert page.warnings == ()


def test_abilities_have_the_same_columns_and_are_not_read() -> None:
    with pytest.raises(UnreadableError, match="Rolewise uses no such table"):
        parse_ratings(make_rating(NURSES, "IM", "4", element="1.A.1.a"))


@pytest.mark.parametrize(
    ("suppress", "irrelevant", "reason"),
    [("Y", "N", "suppressed"), ("N", "Y", "not-relevant"), ("Y", "Y", "not-relevant")],
)
def test_a_level_that_is_not_to_be_used_is_kept_raw_with_the_reason(
    suppress: str, irrelevant: str, reason: str
) -> None:
    entry = get_only_rating(
        parse_ratings(make_rating(NURSES, "IM", "1.5"), make_rating(NURSES, "LV", "0.25", suppress, irrelevant))
    )
    assert (entry.importance, entry.level) == (Decimal("1.5"), None)
    assert (entry.evidence["level"].raw, entry.evidence["level"].missing) == ("0.25", reason)


def test_an_occupation_with_several_codes_has_the_mean_of_those_without_details() -> None:
    page = parse_ratings(
        make_rating("13-1021.00", "IM", "3.00"),
        make_rating("13-1022.00", "IM", "3.25"),
        make_rating("13-1023.00", "IM", "3.13"),
        make_rating("13-1023.00", "LV", "2.00"),
    )
    entry = get_only_rating(page)
    assert (get_only_role(page).soc_code, entry.importance) == ("13-1020", Decimal("3.13"))
    place = entry.evidence["importance"]
    assert (place.how, place.mean_of, place.raw) == ("mean", 3, "3.00, 3.25, 3.13")
    assert place.code == "13-1021.00, 13-1022.00, 13-1023.00"
    assert (entry.evidence["level"].how, entry.evidence["level"].mean_of) == ("cell", 0)


@pytest.mark.parametrize(("scale", "figure"), [("IM", "0.9"), ("IM", "45"), ("LV", "7.01")])
def test_a_figure_outside_its_scale_is_reported_and_not_in_the_mean(scale: str, figure: str) -> None:
    page = parse_ratings(make_rating("13-1021.00", scale, "3.00"), make_rating("13-1022.00", scale, figure))
    entry = get_only_rating(page)
    assert Decimal("3.00") in (entry.importance, entry.level)
    [warning] = [warning for warning in page.warnings if warning.code == "unreadable-value"]
    assert (warning.line, f"“{figure}” in the column “Data Value”" in warning.message) == (3, True)


@pytest.mark.parametrize("figure", ["0", "6", "34"])
def test_an_impossible_job_zone_is_reported_and_not_in_the_mean(figure: str) -> None:
    table = write_zones(("13-1021.00", figure, "08/2023"), ("13-1022.00", "4", "08/2023"))
    page = parse_page(read_document("Job Zones (O*NET 30.1).txt", table))
    assert get_only_role(page).value("entry.job_zone") == 4
    assert [warning.code for warning in page.warnings] == ["unreadable-value"]


def test_two_rows_for_one_figure_are_refused_with_both_rows() -> None:
    with pytest.raises(UnreadableError, match=r"The rows 2 and 3 both give the importance of “Reading” for 29-1141.00"):
        parse_ratings(make_rating(NURSES, "IM", "4"), make_rating(NURSES, "IM", "3"))


@pytest.mark.parametrize(("figures", "zone"), [(("4",), 4), (("2", "3"), 2), (("3", "4"), 4), (("1", "2", "2"), 2)])
def test_a_mean_job_zone_is_rounded_half_to_even(figures: Sequence[str], zone: int) -> None:
    codes = ("13-1021.00", "13-1022.00", "13-1023.00")
    rows = [(code, figure, "08/2023") for code, figure in zip(codes, figures, strict=False)]
    role = get_only_role(parse_page(read_document("Job Zones (O*NET 30.1).txt", write_zones(*rows))))
    assert role.value("entry.job_zone") == zone
    assert role.evidence["entry.job_zone"].mean_of == (len(figures) if len(figures) > 1 else 0)


def test_two_job_zones_of_one_code_are_refused_with_both_rows() -> None:
    table = write_zones((NURSES, "3", "08/2023"), (NURSES, "4", "08/2023"))
    with pytest.raises(UnreadableError, match=r"The rows 2 and 3 both give a job zone for 29-1141.00"):
        parse_page(read_document("Job Zones (O*NET 30.1).txt", table))


def test_a_job_zone_that_one_of_several_codes_lacks_is_that_of_the_others() -> None:
    table = write_zones(("13-1021.00", "n/a", "08/2023"), ("13-1022.00", "4", "08/2023"))
    role = get_only_role(parse_page(read_document("Job Zones.txt", table)))
    assert (role.value("entry.job_zone"), role.evidence["entry.job_zone"].code) == (4, "13-1022.00")
    table = write_zones(("13-1021.00", "n/a", "08/2023"))
    role = get_only_role(parse_page(read_document("Job Zones.txt", table)))
    assert (role.value("entry.job_zone"), role.evidence["entry.job_zone"].missing) == (None, "not-published")


def test_a_mark_of_technology_that_is_neither_yes_nor_no_counts_as_no_and_is_reported() -> None:
    table = write_tabs(
        ("O*NET-SOC Code", "Example", "Hot Technology", "In Demand"),
        (NURSES, "SQL", "perhaps", "n/a"),
        (NURSES, "n/a", "Y", "N"),
        (NURSES, "#N/A", "Y", "N"),
        (NURSES, "**", "Y", "N"),
    )
    page = parse_page(read_document("Technology Skills.txt", table))
    assert [(entry.name, entry.hot, entry.in_demand) for entry in get_only_role(page).technology] == [
        ("SQL", False, False)
    ]
    messages = {warning.line: warning.message for warning in page.warnings if warning.code == "unreadable-value"}
    assert messages[2] == "“perhaps” in the column “Hot Technology” is neither Y nor N; it counts as N."
    assert messages[3] == "“n/a” in the column “Example” is not a technology; it was not read."
    assert [left.line for left in page.unread] == [3, 4, 5]


HEADS = [
    "Example",
    "Workplace Example",
    "Software Example",
    "Software Skill",
    "Software",
    "Software Title",
]


@pytest.mark.parametrize("head", HEADS)
def test_technology_of_all_codes_stands_once_with_its_marks_whatever_the_column_is_called(head: str) -> None:
    table = write_tabs(
        ("O*NET-SOC Code", head, "Commodity Title", "Hot Technology", "In Demand"),
        ("13-1021.00", "Old tool", "x", "N", "N"),
        ("13-1021.00", "SQL", "x", "N", "Y"),
        ("13-1022.00", "SQL", "x", "Y", "N"),
    )
    role = get_only_role(parse_page(read_document("Software Skills (O*NET 30.3).txt", table)))
    assert [(entry.name, entry.hot, entry.in_demand) for entry in role.technology] == [
        ("SQL", True, True),
        ("Old tool", False, False),
    ]
