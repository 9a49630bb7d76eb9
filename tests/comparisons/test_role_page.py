"""The page of one role: the role among all, where it pays, its skills by rank."""

import pytest
from django.test import Client

from careers.areas import AREAS
from careers.models import Role
from comparisons.comparison import compare
from comparisons.language.rank_sentences import write_standing
from comparisons.queries.revision import forget_computed
from comparisons.rows import note_anchor
from comparisons.views.sections.state_map import FEWEST_STATES, TILES
from ingest.models import Page
from tests.comparisons.made_roles import make_page, make_role
from tests.comparisons.official import Occupation, find_slug, find_slugs, load_release
from tests.comparisons.opened_pages import list_texts, open_page
from tests.comparisons.stored_roles import GUIDE, LEAD, store_role, store_role_from
from tests.ingest.small_pages import load_page
from tests.ingest.state_tables import NURSES, make_national_table, make_state_row, make_table

pytestmark = pytest.mark.django_db


def store_many(figures: int = 60) -> None:
    """Occupations of one table, each with a little more of everything than the one before."""
    for number in range(figures):
        store_role_from(
            {"title": f"Role {number}", "publisher": "Bureau", "page": "national"},
            salary={"annual_median": 30_000 + 100 * number, "annual_p10": 20_000, "annual_p90": 90_000},
            outlook={"job_count": 1_000 + number},
            projection={
                "growth_percent": number - 10,
                "openings_per_year": 100 + number,
                "base_year": 2024,
                "target_year": 2034,
                "jobs_base": 1_000,
                "jobs_target": 1_000 + 10 * number,
            },
            skill_ranks={"interpersonal": 97, "mechanical": 42},
        )


def read_row(client: Client, slug: str, label: str) -> list[str]:
    """The texts of a row of the table at the top, without those that say what it is of."""
    for body in open_page(client, f"/roles/{slug}/").cssselect(".pairs tbody"):
        if list_texts(body, ".q")[0].startswith(label):
            return list_texts(body, ".w, .n, .f")
    return []


def test_a_role_stands_beside_the_middle_of_all(client: Client) -> None:
    store_many()
    assert read_row(client, "role-50", "Pay") == [
        "Role 50",
        "$35,000",
        "10th of 60 roles1.1 times the middle one; of Bureau",
        "Middle role",
        "$32,900",
    ]
    assert read_row(client, "role-50", "Growth") == [
        "Role 50",
        "+40%",
        "10th of 60 rolesof Bureau",
        "Middle role",
        "+19%",
    ]
    assert read_row(client, "role-50", "Openings")[-1] == "15 for every 100 jobs67% of them replace people who leave"
    [note] = list_texts(open_page(client, "/roles/role-50/"), f"#o-{note_anchor('middle')}")
    assert "as many have more as have less" in note
    assert "not the middle of all jobs" in note


def test_among_few_there_is_no_middle(client: Client) -> None:
    store_role(LEAD)
    page = open_page(client, "/roles/lead-technician/")
    assert "Middle" not in " ".join(list_texts(page, ".pairs .w"))
    assert not page.cssselect(f"#o-{note_anchor('middle')}")


def test_an_average_that_its_source_contradicts_stands_with_the_contradiction() -> None:
    role = make_role(
        "Baker",
        page=make_page("Zippia", ""),
        salary={"annual_average": 31_200, "annual_low": 32_000, "annual_high": 44_000},
        warnings={"annual_average": "average-outside-range"},
    )
    assert "".join([part.text for part in write_standing(compare([role]), {})]) == (
        "Pays $31,200 a year on average; the source disagrees with itself: pay and its range."
    )


def test_a_role_without_pay_is_described_by_what_is_listed(client: Client) -> None:
    store_role(GUIDE)
    assert list_texts(open_page(client, "/roles/software-technician/"), ".say") == [
        "57 skills and 15 tasks are listed for software technicians, but no pay."
    ]


def test_headings_say_how_far_pay_reaches_and_which_skill_ranks_first(client: Client) -> None:
    store_many(3)
    page = open_page(client, "/roles/role-1/")
    assert list_texts(page, "#pay h3")[0].endswith(" earn between $20,000 and $90,000 a year")
    skills = page.cssselect("#skills")[0]
    assert list_texts(skills, "h3")[0] == "Working with people matters more than in 97% of occupations"
    assert list_texts(skills, ".rungs tbody th") == [
        "Working with people",
        "Matters less than in most",
        "Mechanical things",
    ]


# -- where it pays ----------------------------------------------------------------------------


def load_states(states: int) -> str:
    """The address of nurses with figures in this many states, from Alabama on, the later the better paid."""
    named = [area for area in AREAS.values() if area.state in dict(TILES)][:states]
    rows = []
    for number, area in enumerate(named):
        place = (f"{int(area.fips)}00000", area.name, "2", area.fips)
        rows.append(make_state_row(place, yearly=("40,000", f"{60 + number},000", "90,000")))
    for name, content in (("national_M2025_dl.csv", make_national_table()), ("state_M2025_dl.csv", make_table(*rows))):
        assert load_page(Page(name=name, content=content), commit=True).status == "loaded"
    forget_computed()
    return f"/roles/{find_slugs(NURSES[0])[0]}/"


def test_with_a_state_chosen_the_rank_is_said_to_be_of_the_whole_country(client: Client) -> None:
    store_many()
    role = Role.objects.get(slug="role-59")
    role.soc_code = "11-1011"
    role.save()
    [sentence] = list_texts(open_page(client, "/roles/role-59/?where=CA"), ".say")
    assert sentence.startswith("In the whole country it pays more than nine in ten occupations and grows faster")


def test_an_occupation_is_called_official_beside_a_role_of_the_same_name(client: Client) -> None:
    load_release(2025, Occupation("47-2181", "Roofers"))
    page_role = store_role_from({"title": "Roofers", "page": "of roofers"}, salary={"annual_average": 50_000})
    asked = [open_page(client, f"/roles/{slug}/") for slug in (page_role.slug, find_slug("47-2181"))]
    assert list_texts(asked[0], "#next li a") == ["Roofers or roofers (official)?"]
    assert list_texts(asked[1], "#next li a") == ["Roofers (official) or roofers?"]


def test_a_map_shades_the_states_and_says_the_pay_of_each(client: Client) -> None:
    page = open_page(client, load_states(FEWEST_STATES))
    tiles = {tile.get("title"): tile.get("class") for tile in page.cssselect(".tiles li")}
    assert len(tiles) == len(TILES)
    assert (tiles["Alabama $60,000"], tiles["Texas: not published"]) == ("c6 q1", "c3 q0")
    assert sorted(shade[-2:] for shade in tiles.values() if not shade.endswith("q0")) == [
        f"q{1 + number // 2}" for number in range(FEWEST_STATES)
    ]
    assert len(page.cssselect(".key li")) == 5


def test_few_states_make_a_table_and_no_map(client: Client) -> None:
    page = open_page(client, load_states(FEWEST_STATES - 1))
    assert not page.cssselect(".tiles")
    assert len(page.cssselect("table.states tbody tr")) == FEWEST_STATES - 1


def test_pay_in_a_state_stands_above_that_of_the_whole_country(client: Client) -> None:
    page = open_page(client, f"{load_states(FEWEST_STATES)}?where=AL")
    [pay] = [body for body in page.cssselect(".pairs tbody") if list_texts(body, ".q")[0].startswith("Pay")]
    assert list_texts(pay, ".w, .n, .f") == [
        "Registered nurses",
        "$60,000",
        "6% less than in the whole country",
        "United States",
        "$64,000",
    ]
    assert "United States: row" in list_texts(page, f"#o-{note_anchor('states')}")[0]
