"""Texts that were searched in vain: what is counted, what admins see of it, and the titles that they add for it."""

import re
import sqlite3
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.models import AddedTitle, Role, VainSearch
from careers.models.searches import DAYS_KEPT
from comparisons.search.matching import find_roles
from ingest.loading.merges import TitleError, add_everyday_title, undo_event
from ingest.models import Event
from tests.ingest.admin_steps import sign_in_as_ann
from tests.ingest.projection_tables import make_wage_table
from tests.ingest.small_pages import enter_page, load_content, load_page, read_stored_page, undo_page, write_pipe
from tests.ingest.stored_terms import check_terms

pytestmark = pytest.mark.django_db


def read_counts() -> dict[str, int]:
    return dict(VainSearch.objects.values_list("text", "times"))


def search(client: Client, *typed: str) -> None:
    for text in typed:
        assert client.get("/roles/", {"q": text}).status_code == 200


def test_each_search_without_an_answer_is_counted_by_its_words(client: Client) -> None:
    search(client, "Éclair  Tester!", "eclair tester", "eclair-tester")
    assert read_counts() == {"eclair tester": 3}
    assert VainSearch.objects.get().day == timezone.localdate()


def test_the_question_around_a_text_is_not_counted(client: Client) -> None:
    search(client, "how much does an eclair tester make", "eclair tester salary", "I want to be a tester of eclairs")
    assert read_counts() == {"eclair tester": 2, "tester of eclairs": 1}


def test_what_is_found_or_near_or_names_nothing_is_not_counted(client: Client) -> None:
    load_content(write_pipe("Baker", "Miller"))
    search(client, "baker", "baker qqqq", "", " ", "call 555 0199", "salary", "jobs near me", "entry level")
    assert read_counts() == {}


def test_what_is_typed_into_a_picker_in_vain_is_counted_too(client: Client) -> None:
    load_content(write_pipe("Baker", "Miller"))
    for _ in range(2):
        client.get("/compare/", {"role": ["qqqq", "baker"]})
    client.get("/compare/", {"role": ["bakar", ""]})
    client.get("/compare/")
    assert read_counts() == {"qqqq": 2}


def test_while_a_text_is_typed_nothing_is_counted(client: Client) -> None:
    client.get("/roles/suggest", {"q": "qqqq"})
    client.get("/roles/suggest", {"q": "qqqq", "submitted": "1"})
    assert read_counts() == {}


def test_of_a_comparison_only_the_side_in_vain_is_counted(client: Client) -> None:
    load_content(write_pipe("Baker", "Miller"))
    search(client, "baker vs qqqq")
    assert read_counts() == {"qqqq": 1}


def test_nothing_about_a_person_is_stored() -> None:
    assert {field.name for field in VainSearch._meta.get_fields()} == {"id", "day", "text", "times"}


def test_counting_takes_one_query(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        search(client, "qqqq")
    assert sum("careers_vainsearch" in query["sql"] for query in captured.captured_queries) == 1


def test_a_day_has_a_limited_number_of_texts_and_old_days_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careers.models.searches.MOST_OF_DAY", 2)
    for text in ("first", "second", "third", "first"):
        VainSearch.count(text)
    assert read_counts() == {"first": 2, "second": 1}
    VainSearch.objects.update(day=timezone.localdate() - timedelta(days=DAYS_KEPT + 1))
    VainSearch.forget_old()
    assert read_counts() == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has one lock for all who write")
def test_a_reader_never_waits_for_somebody_who_loads(client: Client) -> None:
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], uri=True, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        search(client, "qqqq")
        other.execute("ROLLBACK")
    finally:
        other.close()
    search(client, "qqqq")
    assert read_counts() == {"qqqq": 1}


# -- in the admin -----------------------------------------------------------------------------


def test_admins_see_a_text_from_its_third_time_on(client: Client) -> None:
    ann = sign_in_as_ann(client, "view_role")
    address = reverse("admin:careers_role_vain_searches")
    for text, times in (("often asked", 3), ("seldom asked", 2)):
        VainSearch.objects.create(day=timezone.localdate(), text=text, times=times)
    screen = ann.get(address).content.decode()
    assert "often asked" in screen
    assert "seldom asked" not in screen
    assert "everyday title …" not in screen  # she may not add one


def test_the_times_of_several_days_are_added_up(client: Client) -> None:
    for days in (0, 1, 2):
        VainSearch.objects.create(day=timezone.localdate() - timedelta(days=days), text="often asked", times=1)
    assert (
        "often asked"
        in sign_in_as_ann(client, "view_role").get(reverse("admin:careers_role_vain_searches")).content.decode()
    )


def test_texts_of_the_same_words_are_added_up(client: Client) -> None:
    for text, times in (("eclair tester", 1), ("eclair testers", 3), ("testers of eclairs", 1), ("eclair taster", 2)):
        VainSearch.objects.create(day=timezone.localdate(), text=text, times=times)
    screen = sign_in_as_ann(client, "view_role").get(reverse("admin:careers_role_vain_searches"))
    shown = screen.content.decode()
    assert re.findall(r'<th scope="row">(.*)</th>', shown) == ["eclair testers"]
    assert re.findall(r'class="number">(\d+)', shown) == ["5"]


def test_an_admin_adds_an_everyday_title_and_it_is_undone(client: Client) -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    search(client, *["ward angel"] * 3)
    ann = sign_in_as_ann(client, "view_role", "link_role")
    assert f"{reverse('admin:careers_role_everyday_title')}?title=ward%20angel" in (
        ann.get(reverse("admin:careers_role_vain_searches")).content.decode()
    )
    form = ann.get(reverse("admin:careers_role_everyday_title"), {"title": "ward angel"}).content.decode()
    assert 'value="ward angel"' in form

    entered = {"title": "Ward Angel", "occupation": "29-1141"}
    answer = ann.post(reverse("admin:careers_role_everyday_title"), entered, follow=True)

    assert "“Ward Angel” finds" in answer.content.decode()
    check_terms()
    result = find_roles("ward angels")
    assert (result.match, result.roles[0].called) == ("found", "Ward Angel")
    nurses = Role.objects.get(soc_code="29-1141")
    assert "Ward Angel" in ann.get(reverse("admin:careers_role_change", args=[nurses.pk])).content.decode()
    undo_event(Event.objects.get(what=Event.What.ADD_TITLE), None)
    assert find_roles("ward angel").match == "nothing"
    check_terms()


def test_a_text_that_finds_something_since_a_title_was_added_is_not_offered_again(client: Client) -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    search(client, *["ward angel", "the ward angels", "qqqq"] * 3)
    nurses = Role.objects.get(soc_code="29-1141")
    add_everyday_title(nurses, "Ward-Angel", None)

    ann = sign_in_as_ann(client, "view_role", "link_role")
    shown = ann.get(reverse("admin:careers_role_vain_searches")).content.decode()

    assert "?title=qqqq" in shown
    assert "ward" not in "".join(re.findall(r"\?title=[^\"]*", shown))
    assert shown.count(f">{nurses.title}</a> now") == 1


def test_a_title_that_finds_the_occupation_already_is_refused() -> None:
    load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    nurses = Role.objects.get(soc_code="29-1141")
    with pytest.raises(TitleError, match="finds Registered Nurses already"):
        add_everyday_title(nurses, "registered  nurse", None)


def test_an_occupation_with_an_added_title_outlives_its_tables() -> None:
    outcome = load_page(enter_page(make_wage_table(), "national_M2025_dl.csv"), commit=True)
    add_everyday_title(Role.objects.get(soc_code="29-1141"), "Ward Angel", None)
    undo_page(read_stored_page(outcome))
    assert [added.role.soc_code for added in AddedTitle.objects.all()] == ["29-1141"]
    assert find_roles("ward angel").match == "found"
