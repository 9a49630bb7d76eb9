"""The table at the top of a comparison: which rows it has, what roles stand out for, and what is said below it."""

from comparisons.views.sections.glance import build_glance_rows
from comparisons.views.sections.shared_facts import find_shared_facts, name_missing_facts
from tests.comparisons.made_roles import compare_roles, make_outlook, make_page, make_role


def test_a_role_stands_out_for_what_is_important_in_it_and_clearly_ahead_of_the_others() -> None:
    cook = make_role("Cook", ratings={"Speaking": 3.5, "Listening": 3.4, "Operations Monitoring": 2.9, "Writing": 2.0})
    baker = make_role("Baker", ratings={"Speaking": 3.0, "Listening": 3, "Operations Monitoring": 1.0, "Writing": 2.6})
    both = compare_roles(cook, baker)
    assert [[need.skill.name for need in needs] for needs in both.official_skills.needs["rated"]] == [["Speaking"], []]


def test_the_degree_of_one_source_stands_under_another_name_than_the_education_of_another() -> None:
    official = make_role("Nurse", requirements={"education": "Master's degree"})
    degree = {"degree": "Bachelor's Degree", "degree_percent": 50}
    scraped = make_role("Baker", preparation=degree, page=make_page("Zippia", ""))
    labels = [row.label for row in build_glance_rows(compare_roles(official, scraped))]
    assert labels.count("Education") == labels.count("Most common degree") == 1


def test_what_nobody_has_is_not_published_for_either_with_the_reason_behind() -> None:
    counted = {"female_percent": None}
    nurse = make_role("Nurse", demographics=counted, missing={"female_percent": "too-few"})
    baker = make_role("Baker", demographics=counted, missing={"female_percent": "too-few"})
    sentences = name_missing_facts(compare_roles(nurse, baker), has_states=False, has_years=False)
    assert sentences[-1] == "Women: not published for either (the survey counts fewer than 50,000 people)."


def test_no_figure_is_set_off_in_a_row_on_which_a_source_disagrees_with_itself() -> None:
    page, doubt = make_page("Zippia", ""), {"annual_average": "average-outside-range"}
    baker = make_role("Baker", salary={"annual_average": 30_000}, page=page)
    cook = make_role("Cook", salary={"annual_average": 40_000}, page=page)
    doubted = make_role("Cook", salary={"annual_average": 40_000}, page=page, warnings=doubt)
    leading = [
        [line.leads for line in build_glance_rows(compare_roles(baker, other))[0].lines] for other in (cook, doubted)
    ]
    assert leading == [[False, True], [False, False]]


def test_a_marker_stays_with_its_name_where_a_reason_is_of_one_role() -> None:
    nurse = make_role("Nurse", demographics={"female_percent": None}, missing={"female_percent": "too-few"})
    baker = make_role("Baker", page=make_page("Zippia", ""))
    sentences = " ".join(name_missing_facts(compare_roles(nurse, baker), has_states=False, has_years=False))
    assert "for ●\N{NO-BREAK SPACE}Nurse" in sentences
    assert "for ◆\N{NO-BREAK SPACE}Baker" in sentences


def test_what_a_row_is_of_begins_with_a_small_letter() -> None:
    page = make_page("Zippia", "")
    roles = [make_role(title, outlook={"job_count": jobs}, page=page) for title, jobs in (("Baker", 10), ("Cook", 20))]
    [row] = build_glance_rows(compare_roles(*roles))
    assert list(row.notes) == ["year not given"]


def test_a_fact_that_all_share_says_its_unit_once() -> None:
    alike = [make_role(title, projection=make_outlook(4, 100_000)) for title in ("Baker", "Cook")]
    shared = find_shared_facts(compare_roles(*alike), {})
    assert shared is not None
    [openings] = [fact for fact in shared.facts if fact.label.startswith("Projected openings")]
    assert f"{openings.label}: {openings.text}".count("a year") == 1
