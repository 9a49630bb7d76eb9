"""What a copy lost at its end is kept as lost by the copy, and what is whole there is read."""

import pytest

from careers.vocabulary import LIST_CUT
from ingest.documents.document import read_document
from ingest.loading.fit import fit_page
from ingest.parsing.parse_page import parse_page
from ingest.parsing.parsed_page import ParsedPage
from tests.ingest.small_pages import find_evidence, find_role, load_content, run_together, write_guide, write_pipe

OVERVIEW = {"Yearly salary": ("$31,200", "$41,600"), "Hourly rate": ("$15.00", "$20.00")}


def read(text: str, name: str = "page.txt", publisher: str = "") -> ParsedPage:
    return parse_page(read_document(name, text.encode()), publisher=publisher)


def list_cut_keys(page: ParsedPage, index: int = 0) -> set[str]:
    """The vocabulary keys of the values that the copy lost."""
    keys = set()
    for key, value_evidence in page.roles[index].evidence.items():
        if value_evidence.missing == "cut":
            assert page.roles[index].value(key) is None
            keys.add(key)
    return keys


AFTER_GROWTH = {
    "outlook.job_count",
    "outlook.satisfaction",
    "education.degree",
    "education.degree_percent",
    "demographics.average_age",
    "entry.years_of_experience",
}


@pytest.mark.parametrize(
    ("end", "keys"),
    [
        ("| Number of jobs | 12,000 | 8,", AFTER_GROWTH),
        ("| Number of jobs | 12,0", AFTER_GROWTH),
        ("| Numb", AFTER_GROWTH),
        ("| Average age | 41 | 4", {"demographics.average_age", "entry.years_of_experience"}),
        ("| Years of experience | 2 |", {"entry.years_of_experience"}),
    ],
)
def test_the_row_at_the_cut_and_those_below_it_are_lost_with_the_copy(end: str, keys: set[str]) -> None:
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW | {'Growth rate': ('1%', '2%')}).decode()}\n{end}")
    for index in (0, 1):
        assert list_cut_keys(page, index) == keys
    lost = page.roles[0].evidence.get("demographics.average_age")
    assert lost is None or (lost.line, lost.raw, lost.how) == (5, end, "unread")


def test_a_sentence_that_the_copy_may_have_lost_contradicts_no_years_of_experience() -> None:
    rows = OVERVIEW | {"Years of experience": ("2", "6")}
    page = read(f"{write_pipe('Baker', 'Miller', rows).decode()}\nBakers and mill")
    assert page.roles[0].value("entry.years_of_experience") == 2
    assert [warning.code for warning in page.warnings] == ["cut-here"]


@pytest.mark.parametrize("end", ["Number of jobs12,0008,", "Number of jo"])
def test_a_run_together_row_at_the_cut_is_lost_with_the_copy(end: str) -> None:
    rows = f"Yearly salary$31,200$41,600\nGrowth rate1%2%\n{end}"
    text = f"Baker vs miller\n\nBaker vs miller overview\n\nBakerMiller\n{rows}"
    for index in (0, 1):
        assert list_cut_keys(read(text), index) == AFTER_GROWTH


def test_a_table_of_a_saved_page_is_cut_in_the_same_way() -> None:
    whole = "<tr><td>Yearly salary</td><td>$31,200</td><td>$41,600</td></tr>"
    rows = f"{whole}<tr><td>Number of jobs</td><td>12,000</td><td>8,"
    page = read(f"<html><body><table><tr><th>Baker</th><th>Miller</th><th></th></tr>{rows}", "page.html")
    assert list_cut_keys(page) == AFTER_GROWTH


@pytest.mark.parametrize("end", ["</tr>", "</tr></table></div>", "</tr><tr><td>Number of jobs</td><td>12,000</td>"])
def test_a_saved_page_that_stops_between_two_lines_is_a_cut_copy_too(end: str) -> None:
    row = "<tr><td>Yearly salary</td><td>$31,200</td><td>$41,600</td>"
    page = read(f"<html><body><div><table><tr><th>Baker</th><th>Miller</th><th></th></tr>{row}{end}", "page.html")
    assert page.cut_line is not None
    assert page.roles[0].value("salary.annual_average") == 31_200
    assert "outlook.job_count" in list_cut_keys(page) | list_missing_keys(page, "after-cut")
    assert "demographics.race.white_percent" in list_missing_keys(page, "after-cut")


def test_a_plain_table_of_a_saved_page_that_stops_after_a_row_is_a_cut_copy() -> None:
    rows = "<tr><td>Average salary</td><td>$31,200</td><td>$41,600</td></tr>"
    text = f"<html><body><table><tr><th></th><th>Baker</th><th>Miller</th></tr>{rows}"
    assert read(text, "page.html", "Northwind").cut_line is not None
    assert read(f"{text}</table></body></html>", "page.html", "Northwind").cut_line is None


def test_a_row_of_another_table_than_the_one_above_loses_only_its_own_table() -> None:
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW).decode()}\n| Baker | Miller | |\n| Most common major | Busi")
    assert list_cut_keys(page) == {"education.major", "education.college"}


def test_a_page_that_ends_with_a_whole_row_lost_nothing_for_certain() -> None:
    assert list_cut_keys(read(write_pipe("Baker", "Miller", OVERVIEW).decode())) == set()


def test_a_value_that_stands_elsewhere_is_not_lost() -> None:
    age = {"Average age": ("41", "43")}
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW | age).decode()}\n| Baker | Miller | |\n| Average age | 4")
    assert page.roles[0].value("demographics.average_age") == 41
    assert "demographics.average_age" not in list_cut_keys(page)


@pytest.mark.parametrize(
    ("end", "keys"),
    [
        ("It typically takes 1-2 years to become bo", {"entry.months_low", "entry.months_high"}),
        ("A baker has an average salary of $31,", {"salary.annual_average"}),
        ("It takes years to become a good bak", set()),
        ("A baker typically takes a nap at no", set()),
    ],
)
def test_the_values_of_a_sentence_that_is_cut_are_lost_with_the_copy(end: str, keys: set[str]) -> None:
    start = "Explore jobs\n| Baker | Miller | |\n| Hourly rate | $15.00 | $20.00 |\n| Gender ratio | - | - |"
    page = read(f"{start}\n{end}")
    for index in (0, 1):
        assert list_cut_keys(page, index) == keys


def test_a_long_line_that_is_cut_is_kept_in_part() -> None:
    end = "| Number of jobs | " + "1" * 400
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW | {'Growth rate': ('1%', '2%')}).decode()}\n{end}")
    assert page.roles[0].evidence["outlook.job_count"].raw == end[:300]


def test_a_row_above_the_cut_that_could_not_be_read_is_not_lost_with_the_copy() -> None:
    rows = OVERVIEW | {"Growth rate": ("1%", "2% | 3%"), "Number of jobs": ("1", "2")}
    page = read(f"{write_pipe('Baker', 'Miller', rows).decode()}\n| Job satis")
    assert "outlook.growth_percent" not in list_cut_keys(page)
    assert "outlook.satisfaction" in list_cut_keys(page)


def test_a_cut_below_both_summaries_loses_none() -> None:
    summaries = "A baker bakes bread before others get up.\nA miller grinds corn after others lie down."
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW).decode()}\n{summaries}\nBoth of them sleep while others dan")
    assert [list_cut_keys(page, index) for index in (0, 1)] == [set(), set()]
    assert page.roles[1].value("summary") == "A miller grinds corn after others lie down."


def test_a_summary_that_is_cut_is_lost_with_the_copy() -> None:
    summary = (
        "Millers turn grain into flour, watch over the stones and the sieves, mend belts and shafts, and load the "
        "carts with sac"
    )
    page = read(
        f"{write_pipe('Baker', 'Miller', OVERVIEW).decode()}\nA baker bakes bread before others get up.\n{summary}"
    )
    assert list_cut_keys(page, 0) == set()
    assert list_cut_keys(page, 1) == {"summary"}


@pytest.mark.parametrize(
    ("end", "keys"),
    [
        ("30,000—48,", {"low", "high", "median", "entry", "mid", "senior"}),
        ("30,000—48,000\n\nMedian: $39,", {"median", "entry", "mid", "senior"}),
        ("30,000—48,000\n\nMedian: $39,000\n\nEntry-Level\n\n$32,", {"entry", "mid", "senior"}),
        ("30,000—48,000\n\nMedian: $39,000\n\nEntry-Level\n\n$32,700\n\nMid-L", {"mid", "senior"}),
        ("30,000—48,000\n\nMedian: $39,000\n\nEntry-Level\n\n$32,700\n\nMid-Level", {"mid", "senior"}),
        ("30,000—48,000\n\nMedian: $39,000\n\nEntry-Level\n\n$32,700\n\n50,00", set()),
        ("30,000—48,000\n\nMedian: $39,000\n\nAll of it is pa", set()),
        ("30,000—48,000\n\n…", set()),
    ],
)
def test_the_pay_of_a_guide_is_lost_from_the_cut_on(end: str, keys: set[str]) -> None:
    page = read(f"Baker Career Path Guide\n\nA baker bakes.\n\nAnnual Salary (US, USD)\n\n{end}")
    assert list_cut_keys(page) == {f"salary.annual_{key}" for key in keys}


def test_a_rating_of_a_guide_that_is_cut_is_lost_with_the_copy() -> None:
    text = write_guide("Baker").decode().partition("Source:")[0] + "Work-Life Balance & Stress\nStress Level: Mod"
    assert list_cut_keys(read(text)) == {"work_life.stress_level"}


def test_the_row_of_a_plain_table_at_the_cut_is_lost_with_the_copy() -> None:
    text = "| | Baker | Miller |\n| Average salary | $31,200 | $41,600 |\n| Number of jobs | 12,000 | 8,"
    assert list_cut_keys(read(text, publisher="Northwind")) == {"outlook.job_count"}


@pytest.mark.django_db
def test_what_a_copy_lost_is_stored_as_evidence_even_where_nothing_else_is_known() -> None:
    load_content(write_pipe("Baker", "Miller", OVERVIEW) + b"\n| Number of jobs | 12,000 | 8,")

    assert find_role("Baker").outlook.job_count is None
    lost = find_evidence("Baker", "outlook", "job_count")
    assert (lost["missing"], lost["line"], lost["raw"]) == ("cut", 4, "| Number of jobs | 12,000 | 8,")


@pytest.mark.django_db
def test_a_copy_that_is_cut_never_hides_what_another_page_gives() -> None:
    load_content(write_pipe("Baker", "Miller", OVERVIEW | {"Number of jobs": ("12,000", "8,000")}))
    load_content(write_pipe("Baker", "Miller", OVERVIEW) + b"\n| Number of jobs | 12,000 | 8,")

    assert find_role("Baker").outlook.job_count == 12_000


# -- a last line that is whole -----------------------------------------------------------------

WORDS = "A baker bakes bread before others get up, and sells it while it is still warm"


@pytest.mark.parametrize("stop", [".", "!", "?", ".”", ".)", '."'])
def test_a_paragraph_that_ends_with_its_sentence_and_its_line_is_read(stop: str) -> None:
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW).decode()}\n{WORDS}{stop}\n")
    assert page.cut_line is None
    assert page.roles[0].value("summary") == f"{WORDS}{stop}"


@pytest.mark.parametrize("end", [f"{WORDS}.", f"{WORDS}\n", f"{WORDS},\n", f"{WORDS} in St.\n", f"{WORDS} for $4.\n"])
def test_a_paragraph_without_its_end_or_with_a_doubtful_one_is_cut(end: str) -> None:
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW).decode()}\n{end}")
    assert page.cut_line == 4
    assert page.roles[0].value("summary") is None


@pytest.mark.parametrize(
    "page",
    [
        run_together("Baker", "Miller", ending="Growth rate1%2%"),
        write_pipe("Baker", "Miller", OVERVIEW) + b"\n| Average age | 41 | 4",
    ],
)
def test_a_line_end_proves_nothing_for_a_row(page: bytes) -> None:
    read_page = read(f"{page.decode()}\n")
    assert read_page.cut_line is not None
    assert read_page.roles[0].value("outlook.growth_percent") is None


def test_a_guide_whose_last_paragraph_is_whole_is_read_to_its_end() -> None:
    text = write_guide("Baker").decode().partition("Source:")[0]
    page = read(f"{text}Global Outlook\nPeople eat bread everywhere.\n")
    assert page.cut_line is None
    assert page.roles[0].sections[-1].blocks == (("paragraph", "People eat bread everywhere."),)


# -- what a copy does not come to ---------------------------------------------------------------


def list_missing_keys(page: ParsedPage, reason: str, index: int = 0) -> set[str]:
    return {key for key, value_evidence in page.roles[index].evidence.items() if value_evidence.missing == reason}


def test_tables_that_would_follow_the_cut_are_not_in_the_copy() -> None:
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW).decode()}\n| Number of jobs | 12,")
    for index in (0, 1):
        below = list_missing_keys(page, "after-cut", index)
        assert {"salary.top_city", "salary.annual_low", "education.major", "demographics.race.white_percent"} <= below
        assert below.isdisjoint(AFTER_GROWTH)


@pytest.mark.parametrize(
    "end", ["The top three skills for a baker include Kneading, Sh", "Baker vs Miller sk", "What does a miller d"]
)
def test_a_cut_in_a_sentence_or_a_heading_leaves_the_tables_below_out_of_the_copy(end: str) -> None:
    page = read(f"{write_pipe('Baker', 'Miller', OVERVIEW).decode()}\n{end}")
    assert {"salary.top_city", "demographics.average_age", "outlook.job_count"} <= list_missing_keys(page, "after-cut")


def test_a_whole_page_has_nothing_that_its_copy_lost() -> None:
    page = read(run_together("Baker", "Miller").decode())
    assert list_missing_keys(page, "after-cut") == set()


def test_a_guide_that_is_cut_may_have_ratings_that_the_copy_does_not_hold() -> None:
    page = read(write_guide("Baker", skills=("Kneading",)).decode().partition("Work Setting")[0] + "Work Sett")
    assert list_missing_keys(page, "after-cut") == {"work_life.stress_level", "work_life.balance_rating"}


@pytest.mark.parametrize(
    ("text", "group"),
    [
        (
            "Baker vs miller\n\nBakerMiller\nYearly salary$31,200$41,600\n\nBaker example responsibilities.\n\n"
            "• Knead the dough.\n• Heat the ov",
            "duties",
        ),
        (
            "Baker vs miller\n\nBakerMiller\nYearly salary$31,200$41,600\n\nCommon baker skills\n\n"
            "• Kneading, 20%\n• Shaping, 1",
            "skills",
        ),
        ("Core Functions of the Baker Role\nBakers bake.\nKey Responsibilities\n- Begin.\n- Go", "duties"),
        ("Core Functions of the Baker Role\nBakers bake.\nTech Skills\n- Kneading\n- Shap", "skills"),
        ("Core Functions of the Baker Role\nBakers bake.\nGlobal Outlook\nBread is eaten. Every", "sections"),
        ("Core Functions of the Baker Role\nBakers bake.\nSkill Map\nBasics\n- Kneading\n- Shap", "sections"),
    ],
)
def test_the_last_entry_of_a_list_at_the_cut_says_that_more_may_follow(text: str, group: str) -> None:
    entries = getattr(read(text).roles[0], group)
    assert [LIST_CUT in entry.evidence.warnings for entry in entries] == [False] * (len(entries) - 1) + [True]


def test_a_role_for_which_the_copy_holds_no_value_is_not_created() -> None:
    fitted = fit_page(
        read(f"{write_pipe('Baker', 'Miller', {'Yearly salary': ('$31,200', '-')}).decode()}\n| Hourly ra")
    )
    assert [bool(role.groups) for role in fitted.roles] == [True, False]
