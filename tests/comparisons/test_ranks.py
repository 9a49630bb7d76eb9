"""What stands around one role: its place, its pages, its companions, the closest official occupation."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.models import Citation, Listing, Outlook, Publisher, Role, SalaryStats
from comparisons.comparison import compare
from comparisons.language.rank_sentences import rank_takeaway, write_standing
from comparisons.language.reasons import write_companion_reason
from comparisons.queries.ranks import rank_projection, rank_role
from comparisons.queries.related import read_surroundings
from comparisons.queries.roles import read_current_roles
from tests.comparisons.listed_roles import store_listed_role
from tests.comparisons.opened_pages import count_queries, list_texts, open_page
from tests.comparisons.stored_roles import (
    CUSTOMER,
    GUIDE,
    LEAD,
    PROGRAM,
    SOFTWARE,
    SPECIALIST,
    store_role,
    store_role_from,
)

pytestmark = pytest.mark.django_db


def write_ranks(role: Role) -> list[str]:
    """Each rank in words, with the column that it is by."""
    sentences = []
    for rank in rank_role(read_current_roles([role.slug])[0]):
        takeaway = rank_takeaway(rank, official=False)
        sentences.append(f"{takeaway.parts[0].text} by {rank.column}; {takeaway.note}")
    return sentences


def list_companion_reasons(role: Role) -> dict[str, str]:
    """Title of each companion -> why it is one."""
    companions = read_surroundings(read_current_roles([role.slug])[0]).companions
    return {companion.role.title: write_companion_reason(companion) for companion in companions}


# -- Its place among all --------------------------------------------------------------------------------------


def test_the_highest_stands_first_among_those_that_have_the_figure() -> None:
    able, baker, _ = (
        store_listed_role("Able", pay=50_000),
        store_listed_role("Baker", pay=30_000),
        store_listed_role("Cook", pay=40_000),
    )
    store_listed_role("Dreamer", jobs=5)
    assert write_ranks(able) == ["1st of 3 roles by pay; of Zippia"]
    assert write_ranks(baker) == ["3rd of 3 roles by pay; of Zippia"]


def test_a_tie_is_said_and_takes_the_better_place() -> None:
    roles = [
        store_listed_role(f"Role {pay} {number}", pay=pay)
        for number, pay in enumerate((50_000, 40_000, 40_000, 30_000))
    ]
    assert [write_ranks(role)[0] for role in roles] == [
        "1st of 4 roles by pay; of Zippia",
        "2nd of 4 roles by pay; tied with 1 other; of Zippia",
        "2nd of 4 roles by pay; tied with 1 other; of Zippia",
        "4th of 4 roles by pay; of Zippia",
    ]


def test_a_figure_that_all_have_is_no_place() -> None:
    roles = [store_listed_role(f"Role {number}", growth=10) for number in range(3)]
    assert write_ranks(roles[0]) == ["The same for all 3 roles by growth; of Zippia"]


def test_among_one_or_two_a_place_says_nothing() -> None:
    store_listed_role("Able", pay=50_000)
    assert write_ranks(store_listed_role("Baker", pay=30_000)) == []


def test_other_publishers_roles_do_not_count() -> None:
    roles = [store_listed_role(f"Role {number}", pay=30_000 + number) for number in range(3)]
    store_role_from({"title": "Stranger", "publisher": "Jobicy", "salary": {"annual_average": 90_000}})
    assert write_ranks(roles[2])[0].startswith("1st of 3")


def test_decimals_are_ranked_as_they_are() -> None:
    roles = [
        store_listed_role(f"Role {number}", growth=growth) for number, growth in enumerate(("-7.25", "0.1", "0.3"))
    ]
    assert [write_ranks(role)[0].split()[0] for role in roles] == ["3rd", "2nd", "1st"]


def test_the_page_says_the_place(client: Client) -> None:
    for title in (LEAD, SOFTWARE, PROGRAM):
        store_role(title)
    places = list_texts(open_page(client, "/roles/lead-technician/"), ".pairs .f")
    assert places[0] == "1st of 3 rolesof Zippia"


def write_standing_of(slug: str) -> str:
    [role] = read_current_roles([slug])
    ranks = {rank.column: rank for rank in [*rank_role(role), *rank_projection(role)]}
    return "".join(part.text for part in write_standing(compare([role]), ranks))


def test_among_many_its_place_is_said_in_words() -> None:
    for number in range(60):
        facts = {"title": f"Role {number}", "publisher": "Bureau", "page": "national"}
        projection = {"growth_percent": number - 5, "openings_per_year": 10 * number}
        requirements = {"education": "Bachelor's degree"}
        store_role_from(
            facts, salary={"annual_median": 30_000 + number}, projection=projection, requirements=requirements
        )
    store_role_from({"title": "Baker", "publisher": "Bureau", "page": "national"}, projection={"growth_percent": 24.5})
    entry = "People typically enter with a bachelor’s degree."
    assert write_standing_of("role-59") == (
        f"Pays more than nine in ten occupations and grows faster than nine in ten of them. {entry}"
    )
    assert (
        write_standing_of("role-20")
        == f"Pays less than most occupations and grows more slowly than most of them. {entry}"
    )
    assert (
        write_standing_of("role-2") == f"Pays less than nine in ten occupations and is projected to lose jobs. {entry}"
    )
    assert write_standing_of("baker") == "Grows as fast as the middle occupation."


def test_among_few_roles_a_role_is_described_by_its_own_pay() -> None:
    store_role(LEAD)
    expected = "Pays $90,615 a year on average; the published range is $67,000 to $121,000."
    assert write_standing_of("lead-technician") == expected


def test_values_of_one_month_are_counted_along_an_index_alone() -> None:
    role = store_listed_role("Able", pay=50_000, jobs=5)
    current = read_current_roles([role.slug])[0]
    with CaptureQueriesContext(connection) as asked:
        rank_role(current)
    statements = [query["sql"] for query in asked]
    assert len(statements) == 2
    if connection.vendor == "sqlite":
        for statement in statements:
            [(*_, plan)] = execute(f"EXPLAIN QUERY PLAN {statement}")
            assert "USING COVERING INDEX listing_by" in plan


def execute(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


# -- Its pages ------------------------------------------------------------------------------------------------


def store_capture(role: Role, day: date | None, pay: int, jobs: int | None = None) -> Citation:
    citation = Citation.objects.create(
        publisher=Publisher.objects.get(slug="zippia"),
        captured_on=day,
        loaded_at=timezone.now(),
        digest=f"{pay:064d}",
    )
    SalaryStats.objects.create(role=role, citation=citation, annual_average=pay)
    if jobs is not None:
        Outlook.objects.create(role=role, citation=citation, job_count=jobs)
    return citation


def test_what_earlier_pages_said_is_listed_the_newest_first(client: Client) -> None:
    role = store_role(LEAD)
    assert "What each page said" not in open_page(client, "/roles/lead-technician/").text_content()
    store_capture(role, date(2024, 5, 1), 80_000, 1_000)
    page = open_page(client, "/roles/lead-technician/")
    table = page.cssselect("#pages table")[0]
    assert [list_texts(row, "th, td") for row in table.cssselect("tbody tr")] == [
        ["1 March 2026", "Zippia", "$90,615 on average", "$67,000 to $121,000", "250,590 jobs", "+10% growth"],
        ["1 May 2024", "Zippia", "$80,000 on average", "—", "1,000 jobs", "—"],
    ]


def test_releases_of_a_table_are_named_by_the_month_of_their_figures(client: Client) -> None:
    role = store_role(LEAD)
    for year, pay in ((2024, 80_000), (2025, 81_000)):
        table = store_capture(role, None, pay)
        table.figures_of = date(year, 5, 1)
        table.save()
    rows = open_page(client, "/roles/lead-technician/").cssselect("#pages tbody tr")
    assert [list_texts(row, "th, td")[0] for row in rows] == ["1 March 2026", "May 2025", "May 2024"]


def test_pages_with_medians_are_listed_by_these(client: Client) -> None:
    role = store_role(LEAD)
    store_capture(role, date(2024, 5, 1), 80_000)
    SalaryStats.objects.filter(annual_average=80_000).update(annual_median=75_000)
    rows = open_page(client, "/roles/lead-technician/").cssselect("#pages tbody tr")
    assert [list_texts(row, "th, td")[2] for row in rows] == ["$90,615 on average", "$75,000, the median"]


def test_what_was_taken_down_is_listed_no_more() -> None:
    role = store_role(LEAD)
    store_capture(role, date(2024, 5, 1), 80_000)
    Publisher.objects.update(taken_down_at=timezone.now())
    surroundings = read_surroundings(read_current_roles([role.slug])[0])
    assert surroundings.captures == []


# -- Companions -----------------------------------------------------------------------------------------------


def test_a_role_is_compared_with_those_beside_it_with_its_skills_its_pay_or_its_title() -> None:
    for title in (LEAD, SPECIALIST, PROGRAM, GUIDE):
        store_role(title)
    reasons = list_companion_reasons(store_role(CUSTOMER))
    assert reasons[PROGRAM] == "Zippia sets the two side by side"
    assert reasons[LEAD] == "Both list Java"
    assert reasons[SPECIALIST] == "Both list Customer Service"
    assert CUSTOMER not in reasons


def test_titles_alike_help_where_little_else_does() -> None:
    cook = store_listed_role("Fish Cook")
    store_listed_role("Fish Cook Helper")
    store_listed_role("Diet Cooks")
    store_listed_role("Astronaut")
    assert list_companion_reasons(cook) == {"Fish cook helper": "A title much like this one"}


def test_an_occupation_of_a_similar_title_goes_by_its_short_name() -> None:
    cook = store_listed_role("Fish Cook")
    store_listed_role("Fish Cooks")
    Role.objects.filter(title="Fish Cooks").update(singular="Seafood cook", plural="Seafood cooks")
    assert list_companion_reasons(cook) == {"Seafood cook": "A title much like this one"}


def test_official_occupations_are_compared_within_their_group_by_pay() -> None:
    nurse = store_listed_role("Nurse", pay=80_000, group="health")
    store_listed_role("Doctor", pay=200_000, group="health")
    store_listed_role("Midwife", pay=81_000, group="health")
    store_listed_role("Engineer", pay=80_001, group="engineering")
    assert list_companion_reasons(nurse) == {
        "Midwife": "Same occupation group, averages $1,000 apart",
        "Doctor": "Same occupation group, averages $120,000 apart",
    }


def store_occupation(title: str, code: str, pay: int | None = None) -> Role:
    role = store_listed_role(title, pay=pay, jobs=10)
    role.soc_code = code
    role.save()
    return role


def test_occupations_near_in_the_classification_are_compared_those_with_words_in_common_first() -> None:
    nurse = store_occupation("Registered Nurses", "29-1141", 100_000)
    store_occupation("Veterinarians", "29-1131", 140_000)
    store_occupation("Nurse Practitioners", "29-1171", 137_000)
    store_occupation("Pharmacy Aides", "31-9095", 30_000)
    assert list(list_companion_reasons(nurse).items()) == [
        ("Nurse Practitioners", "Near it in the official classification, averages $37,000 apart"),
        ("Veterinarians", "Near it in the official classification, averages $40,000 apart"),
    ]


def test_an_occupation_without_yearly_pay_has_companions_too() -> None:
    actor = store_occupation("Actors", "27-2011")
    for title, code in (("Dancers", "27-2031"), ("Producers, All Other", "27-2012"), ("Umpires", "27-2023")):
        store_occupation(title, code, 50_000)
    assert list(list_companion_reasons(actor).items()) == [
        (title, "Near it in the official classification") for title in ("Producers, All Other", "Umpires", "Dancers")
    ]


def test_the_same_pay_is_said_to_be_the_same() -> None:
    nurse = store_listed_role("Nurse", pay=80_000)
    store_listed_role("Pilot", pay=80_000)
    assert list_companion_reasons(nurse) == {"Pilot": "The same average pay"}


def test_of_many_with_the_same_pay_the_first_by_title_are_companions_on_every_database() -> None:
    for title in ("Pilot", "Mason", "Judge", "Diver", "Baker"):
        store_listed_role(title, pay=80_000)
        store_listed_role(f"{title} Aide", pay=79_000)
    assert set(list_companion_reasons(store_listed_role("Nurse", pay=80_000))) == {
        "Baker",
        "Diver",
        "Judge",
        "Baker Aide",
        "Diver Aide",
        "Judge Aide",
    }


def test_of_many_pages_about_two_roles_the_first_stored_make_companions_on_every_database() -> None:
    nurse = store_listed_role("Nurse")
    pages = [store_capture(nurse, date(2025, 5, 1), 1) for _ in range(20)]
    for number, page in reversed(list(enumerate(pages))):
        SalaryStats.objects.create(role=store_listed_role(f"Other {number:02}"), citation=page, annual_average=1)
    assert list(list_companion_reasons(nurse)) == [f"Other {number:02}" for number in range(8)]


def test_pay_alone_makes_a_companion_only_when_it_is_close() -> None:
    nurse = store_listed_role("Nurse", pay=80_000)
    store_listed_role("Pilot", pay=88_000)
    store_listed_role("Admiral", pay=88_001)
    assert list_companion_reasons(nurse) == {"Pilot": "Averages $8,000 apart"}


def test_a_page_about_many_roles_sets_none_side_by_side() -> None:
    nurse = store_listed_role("Nurse")
    others = [store_listed_role(f"Other {number}") for number in range(6)]
    table = store_capture(nurse, date(2025, 5, 1), 1)
    for role in others:
        SalaryStats.objects.create(role=role, citation=table, annual_average=1)
    assert "side by side" not in " ".join(list_companion_reasons(nurse).values())


# -- The closest official occupation --------------------------------------------------------------------------


def store_official(title: str, pay: int) -> Role:
    role = store_role_from(
        {
            "title": title,
            "publisher": "Bureau",
            "salary": {"annual_average": pay, "annual_median": pay - 1_000},
            "outlook": {"job_count": 5_000},
        }
    )
    role.soc_code = "49-0000"
    role.save()
    return role


def test_the_closest_official_occupation_stands_beside_the_role_and_is_never_mixed(client: Client) -> None:
    lead, occupation = store_role(LEAD), store_official("Technicians", 70_000)
    lead.closest_occupation = occupation
    lead.save()
    page = open_page(client, "/roles/lead-technician/")
    section = page.cssselect("#official")[0]
    assert [list_texts(row, "th, td") for row in section.cssselect("tbody tr")] == [
        ["Average pay a year", "$90,615Zippia", "$70,000Bureau"],
        ["Median pay a year", "not in this source", "$69,000Bureau"],
        ["Number of jobs", "250,590Zippia", "5,000Bureau"],
    ]
    assert "$70,000" not in page.cssselect("#pay")[0].text_content()
    back = open_page(client, f"/roles/{occupation.slug}/")
    assert list_texts(back, "#ordinary + ul li") == [LEAD]


def test_publishers_of_other_facts_of_the_occupation_get_no_table_and_figures_say_their_month(client: Client) -> None:
    lead, occupation = store_role(LEAD), store_official("Technicians", 70_000)
    lead.closest_occupation = occupation
    lead.save()
    month = date(2025, 5, 1)
    Listing.objects.filter(role=occupation).update(pay_of=month, jobs_of=month)
    other = Publisher.objects.create(name="Center for Majors", slug="center-for-majors")
    columns = {"role": occupation, "slug": occupation.slug, "title": occupation.title, "key": occupation.key}
    Listing.objects.create(publisher=other, **columns)
    section = open_page(client, "/roles/lead-technician/").cssselect("#official")[0]
    assert "Majors" not in section.text_content()
    assert [list_texts(row, "td")[1] for row in section.cssselect("tbody tr")] == [
        "$70,000Bureau, May 2025",
        "$69,000Bureau, May 2025",
        "5,000Bureau, May 2025",
    ]


def test_without_one_nothing_is_said_of_it(client: Client) -> None:
    store_role(LEAD)
    store_official("Technicians", 70_000)
    assert not open_page(client, "/roles/lead-technician/").cssselect("#official")
    assert read_surroundings(read_current_roles(["lead-technician"])[0]).closest_to == []


# -- Cost -----------------------------------------------------------------------------------------------------


def test_a_role_takes_few_queries_and_the_same_number_with_many_roles(client: Client) -> None:
    roles = {title: store_role(title) for title in (LEAD, SOFTWARE, SPECIALIST, PROGRAM, CUSTOMER, GUIDE)}
    addresses = [f"/roles/{roles[title].slug}/" for title in (LEAD, CUSTOMER, GUIDE)]
    count_queries(client, addresses[0])
    with_few = [count_queries(client, address) for address in addresses]
    assert max(with_few) <= 8
    for number in range(60):
        store_listed_role(f"Made {number}", pay=30_000 + number, jobs=number)
    for address, few in zip(addresses, with_few, strict=True):
        assert count_queries(client, address) <= few
