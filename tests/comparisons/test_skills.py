"""Lists of skills side by side: what they share, what each covers of the other, and which spellings mean one skill."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.models import Revision, Skill, SkillAlias
from comparisons.comparison import Comparison, compare
from comparisons.exports.role_json import export_role
from comparisons.language.skills_in_lists import write_coverage, write_moves
from comparisons.language.verdict.skill_findings import find_listed_skills
from comparisons.queries.roles import read_current_roles
from comparisons.views.sections.glance import build_glance_rows
from tests.comparisons.stored_roles import CUSTOMER, LEAD, PROGRAM, SOFTWARE, store_role
from tests.comparisons.verdict_words import write_with_markers

pytestmark = pytest.mark.django_db


def store_listing(title: str, *skills: str | tuple[str, int], publisher: str = "Zippia") -> str:
    """Stores a role with this list; a name with a number has that share. Its slug."""
    pairs = [(skill, None) if isinstance(skill, str) else skill for skill in skills]
    listed = [
        {"name": name, "kind": "listed", "rank": rank, "percent": percent, "tier": None}
        for rank, (name, percent) in enumerate(pairs, 1)
    ]
    return store_role(title, skills=listed, publisher=publisher).slug


def compare_slugs(*slugs: str) -> Comparison:
    return compare(read_current_roles(slugs))


def join(name: str, skill: str) -> SkillAlias:
    with Revision.counting_up():
        return SkillAlias.objects.create(name=name, skill=Skill.objects.get(name=skill))


@pytest.fixture
def slugs() -> tuple[str, str]:
    """Two lists that mean one skill in two spellings."""
    return (
        store_listing(LEAD, ("Troubleshoot", 30), ("Java", 20)),
        store_listing(CUSTOMER, ("Troubleshooting", 25), ("SQL", 5), ("Linux", 10)),
    )


# -- Names that mean much the same ------------------------------------------------------------------------------


def write_skill_sentence(comparison: Comparison) -> str:
    return "".join(part.text for part in find_listed_skills(comparison) or ())


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("customer service", "Customer Service Orientation"),
        ("Troubleshoot", "Troubleshooting"),
        ("analyze data", "Data Analysis"),
        ("Analytical skills", "analysis"),
        ("Network", "network management"),
    ],
)
def test_no_skill_is_said_to_be_shared_by_name_only_where_a_near_one_is(name: str, near: str) -> None:
    comparison = compare_slugs(store_listing(LEAD, name, "Java"), store_listing(CUSTOMER, near, "C"))

    sentence = write_skill_sentence(comparison)
    assert sentence == f"No skill of one name is on both lists, but “{name}” and “{near}” are close"
    assert [write_with_markers(sentence).partition(", ")[2] for sentence in write_moves(comparison)] == [
        f"nothing listed there is on your list by the same name (near: {name} / {near}), and you would add C",
        f"nothing listed there is on your list by the same name (near: {near} / {name}), and you would add Java",
    ]


def test_no_skill_is_on_both_lists_where_no_name_is_near() -> None:
    comparison = compare_slugs(
        store_listing(LEAD, "Java", "C", "R"), store_listing(CUSTOMER, "JavaScript", "C++", "R&D")
    )

    assert write_skill_sentence(comparison) == "No skill is on both lists"


def test_a_near_skill_is_none_that_would_be_added() -> None:
    comparison = compare_slugs(store_listing(LEAD, "Java", "Test"), store_listing(CUSTOMER, "Java", "Testing", "SQL"))

    assert write_with_markers(write_moves(comparison)[0]).endswith(
        "your list has 1 of the 3 skills listed there (33%), others by another name (near: Test / Testing), "
        "and you would add SQL"
    )


def test_three_lists_are_near_only_where_all_three_are() -> None:
    slugs = (
        store_listing(LEAD, "Testing"),
        store_listing(CUSTOMER, "Test"),
        store_listing(SOFTWARE, "Software tests", "Java"),
    )

    sentence = write_skill_sentence(compare_slugs(*slugs))
    assert (
        sentence == "No skill of one name is on all three lists, but “Testing”, “Test” and “Software tests” are close"
    )


def test_files_name_what_is_near(client: Client) -> None:
    slugs = store_listing(LEAD, "Test"), store_listing(CUSTOMER, "Testing")
    values = {value["field"]: value for value in client.get(f"/compare/{'-vs-'.join(slugs)}.json").json()["values"]}

    assert values["skills.shared_count"]["value"] == 0
    assert values["skills.shared_count"]["note"] == "of the same name; near: Test / Testing"
    assert values["skills.only[0]"]["note"] == "on no other role's list by this name; near: Test / Testing"


def test_a_skill_on_two_lists_of_one_role_counts_once() -> None:
    twice = [{"name": "SQL", "kind": kind, "rank": 1, "percent": 20, "tier": None} for kind in ("listed", "tech")]
    comparison = compare_slugs(store_role(LEAD, skills=twice).slug, store_listing(CUSTOMER, ("SQL", 5)))

    assert comparison.skills.cover == (20, 5)
    assert write_with_markers(write_coverage(comparison)[0]) == (
        "The list for ● lead technicians has 1 skill with a share of 20%: 80% of the whole is not listed"
    )


# -- Moving from one role to another ---------------------------------------------------------------------------


def test_a_move_says_what_is_covered_and_what_would_be_added_in_both_directions() -> None:
    comparison = compare_slugs(store_listing(LEAD, "SQL", "Java"), store_listing(SOFTWARE, "SQL", "Linux", "Printers"))

    assert [write_with_markers(sentence) for sentence in write_moves(comparison)] == [
        "If you move from ● lead technician to ◆ software support technician, your list has 1 of the 3 skills listed "
        "there (33%), and you would add Linux and Printers",
        "If you move from ◆ software support technician to ● lead technician, your list has 1 of the 2 skills listed "
        "there (50%), and you would add Java",
    ]


def test_a_move_between_lists_with_shares_weighs_them() -> None:
    comparison = compare_slugs(
        store_listing(LEAD, ("SQL", 30), ("Java", 10)), store_listing(SOFTWARE, ("SQL", 15), ("Linux", 5))
    )
    there, back = [write_with_markers(sentence) for sentence in write_moves(comparison)]

    assert there.endswith("1 of the 2 skills listed there (50%; 75% by their shares), and you would add Linux (5%)")
    assert back.endswith("and you would add Java (10%)")


def test_a_list_that_holds_all_of_the_other_needs_nothing_added() -> None:
    comparison = compare_slugs(store_listing(LEAD, "SQL", "Java"), store_listing(SOFTWARE, "SQL"))
    there, back = [write_with_markers(sentence) for sentence in write_moves(comparison)]

    assert there.endswith("everything listed there is on your list: SQL")
    assert back.endswith("1 of the 2 skills listed there (50%), and you would add Java")


def test_moves_among_more_than_two_roles_begin_at_the_first() -> None:
    comparison = compare_slugs(
        store_listing(LEAD, "SQL"), store_listing(SOFTWARE, "SQL", "Java"), store_listing(PROGRAM, "Excel")
    )

    assert [write_with_markers(sentence).split(",")[0] for sentence in write_moves(comparison)] == [
        "If you move from ● lead technician to ◆ software support technician",
        "If you move from ● lead technician to ▲ program support technician",
    ]


def test_a_role_without_a_list_is_no_start_and_no_goal() -> None:
    assert write_moves(compare_slugs(store_listing(LEAD, "SQL"), store_listing(SOFTWARE))) == []


def test_lists_of_two_publishers_are_named_with_the_move() -> None:
    comparison = compare_slugs(store_listing(LEAD, "SQL"), store_listing(SOFTWARE, "SQL", "Java", publisher="Jobicy"))

    assert write_with_markers(write_moves(comparison)[0]).endswith("(lists of different publishers: Zippia and Jobicy)")


# -- How much of the whole a list covers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skills", "coverage"),
    [
        ([("SQL", 30), ("Java", 20)], "has 2 skills whose shares add up to 50%: 50% of the whole is not listed"),
        ([("SQL", 60), ("Java", 40)], "has 2 skills whose shares add up to 100%"),
        ([("SQL", 30), "Java"], "has 2 skills; 1 of them has a share: 30%"),
    ],
)
def test_a_list_says_how_much_of_the_whole_it_covers(skills: list[str | tuple[str, int]], coverage: str) -> None:
    [sentence] = write_coverage(compare_slugs(store_listing(LEAD, *skills)))

    assert write_with_markers(sentence) == f"The list for ● lead technicians {coverage}"


def test_lists_of_which_none_has_shares_have_one_sentence_without_names() -> None:
    one, two = store_listing(LEAD, "SQL"), store_listing(SOFTWARE, "Linux", "Printers")
    other_two = store_listing(CUSTOMER, "Phones", "Tickets")
    unknown = "of the work they cover is not published"
    for roles, words in (
        ([one], "A list of 1 skill without shares: how much of the work it covers is not published"),
        ([two, other_two], f"Lists of 2 skills each, without shares: how much {unknown}"),
        ([one, two], f"Lists of 1 and 2 skills without shares: how much {unknown}"),
    ):
        [sentence] = write_coverage(compare_slugs(*roles))
        assert write_with_markers(sentence) == words


def test_lists_without_shares_are_named_together() -> None:
    bare = store_listing(LEAD, "SQL", "Java"), store_listing(SOFTWARE, "Linux", "Printers")
    sentences = write_coverage(compare_slugs(bare[0], store_listing(CUSTOMER, ("SQL", 5)), bare[1]))
    assert [write_with_markers(sentence) for sentence in sentences] == [
        "The list for ◆ customer support technicians has 1 skill with a share of 5%: 95% of the whole is not listed",
        "The lists for ● lead technicians and ▲ software support technicians have 2 skills each, without shares: how "
        "much of the whole they cover is not published",
    ]


# -- Two spellings, one skill ----------------------------------------------------------------------------------


def test_spellings_meet_only_when_an_admin_joined_them(slugs: tuple[str, str]) -> None:
    assert compare_slugs(*slugs).skills.shared == ()

    join("troubleshoot", "Troubleshooting")
    [match] = compare_slugs(*slugs).skills.shared

    assert match.name == "Troubleshoot / Troubleshooting"
    assert [entry and entry.name for entry in match.entries] == ["Troubleshoot", "Troubleshooting"]


def test_a_joined_spelling_keeps_its_name_in_the_data_and_names_the_skill_it_means(slugs: tuple[str, str]) -> None:
    join("Troubleshoot", "Troubleshooting")
    [role] = read_current_roles([slugs[0]])
    [first, _] = export_role(role)["skills"]

    assert (first["name"], first["slug"]) == ("Troubleshoot", "troubleshooting")


@pytest.mark.parametrize("start", [0, 1])
def test_joined_spellings_make_companions_from_either_side(slugs: tuple[str, str], client: Client, start: int) -> None:
    assert "Both list" not in client.get(f"/roles/{slugs[start]}/").content.decode()

    join("Troubleshoot", "Troubleshooting")
    assert "Both list Troubleshoot" in client.get(f"/roles/{slugs[start]}/").content.decode()


def test_joining_takes_no_further_query(slugs: tuple[str, str]) -> None:
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            read_current_roles(slugs)
        counts.append(len(queries))
        join(f"Troubleshoot{'er' * len(counts)}", "Troubleshooting")

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("name", "skill", "message"),
    [
        ("TROUBLESHOOTING", "Troubleshooting", "This is how the skill itself is spelled."),
        ("Repair", "Java", "This is already another spelling of “Troubleshooting”."),
        ("Troubleshooting", "Java", "Other spellings point to this one"),
        ("Fixing", "Repair", "This is another spelling of “Troubleshooting”: choose that one."),
    ],
)
def test_a_chain_of_spellings_is_refused(slugs: tuple[str, str], name: str, skill: str, message: str) -> None:
    Skill.objects.create(name="Repair", slug="repair")
    join("Repair", "Troubleshooting")

    with pytest.raises(ValidationError, match=message):
        SkillAlias(name=name, skill=Skill.objects.get(name=skill)).full_clean()


def test_an_admin_joins_and_parts_spellings_and_every_page_follows(slugs: tuple[str, str], client: Client) -> None:
    client.force_login(User.objects.create_superuser("keeper"))
    page, skill = f"/compare/{slugs[0]}-vs-{slugs[1]}/", Skill.objects.get(name="Troubleshooting")
    before = Revision.lock().number
    assert "is on both lists: Troubleshoot" not in client.get(page).content.decode()

    answer = client.post(reverse("admin:careers_skillalias_add"), {"name": "Troubleshoot", "skill": skill.pk})
    assert answer.status_code == 302
    assert Revision.lock().number == before + 1
    assert "Troubleshoot / Troubleshooting is on both lists" in client.get(page).content.decode()

    alias = SkillAlias.objects.get()
    client.post(reverse("admin:careers_skillalias_delete", args=[alias.pk]), {"post": "yes"})
    assert Revision.lock().number == before + 2
    assert "is on both lists: Troubleshoot" not in client.get(page).content.decode()


def test_many_spellings_parted_at_once_change_the_pages_once(slugs: tuple[str, str], client: Client) -> None:
    client.force_login(User.objects.create_superuser("keeper"))
    aliases = [join("Troubleshoot", "Troubleshooting"), join("Structured queries", "SQL")]
    before = Revision.lock().number
    chosen = {"action": "delete_selected", "_selected_action": [alias.pk for alias in aliases], "post": "yes"}
    client.post(reverse("admin:careers_skillalias_changelist"), chosen)

    assert not SkillAlias.objects.exists()
    assert Revision.lock().number == before + 1


# -- Lists as the pages have them ------------------------------------------------------------------------------


def test_the_page_says_what_moving_takes_and_that_lists_are_parts(client: Client) -> None:
    first, second = store_role(PROGRAM).slug, store_role(CUSTOMER).slug
    page = client.get(f"/compare/{first}-vs-{second}/").content.decode()

    assert "If you move from" in page
    assert "whose shares add up to" in page
    assert "A skill that is not listed may still be needed." in page


def test_a_program_among_the_skills_has_its_capital_though_the_page_writes_it_small() -> None:
    comparison = compare_slugs(
        store_listing(LEAD, "customer service", "java"), store_listing(SOFTWARE, "troubleshoot", "java")
    )
    [row] = [row for row in build_glance_rows(comparison) if row.label == "Skills listed"]
    assert [line.text for line in row.lines] == ["Customer service, Java", "Troubleshoot, Java"]
    assert comparison.skills.lists[0][1].name == "java", "as published"
