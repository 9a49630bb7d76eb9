"""Official occupations are recognized by their codes alone, never by a title that a page may use for something else."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from careers.models import Revision, Role, RoleAlias
from comparisons.search.named_roles import resolve_titles
from ingest.loading.closest import Proposal, propose_occupations
from ingest.loading.merges import TitleError, add_alias, merge_roles, rename_role, set_closest_occupation, undo_event
from ingest.loading.similar_roles import find_similar_roles
from ingest.models import Event, Page
from ingest.parsing.evidence import Evidence
from ingest.parsing.role_facts import RoleFacts, TitleFact, Value
from tests.ingest.admin_steps import sign_in_as_ann
from tests.ingest.small_pages import find_role, load_content, store_facts, undo_page, write_pipe

pytestmark = pytest.mark.django_db


def make_occupation(title: str, code: str, annual: int = 50_000) -> RoleFacts:
    line = Evidence(2, str(annual), "cell")
    values: dict[str, Value] = {"salary.annual_average": annual, "salary.relative_error_percent": Decimal("1.2")}
    evidence = {"salary.annual_average": line}
    return RoleFacts(title=title, titled_by="table", soc_code=code, values=values, evidence=evidence)


def find_official(code: str) -> Role:
    return Role.objects.get(soc_code=code)


def test_an_occupation_and_a_role_of_the_same_title_are_two_in_either_order() -> None:
    store_facts(make_occupation("Bakers", "51-3011"))
    load_content(write_pipe("Bakers", "Millers"))
    store_facts(make_occupation("Millers", "51-9021", 41_000))

    assert Role.objects.count() == 4
    assert find_role("Bakers").salary.annual_average == 31_200
    assert find_role("Millers").salary.annual_average == 41_600
    assert [find_official(code).salary.annual_average for code in ("51-3011", "51-9021")] == [50_000, 41_000]  # type: ignore[union-attr]  # stored above
    assert {role.slug for role in Role.objects.all()} == {
        "bakers",
        "millers",
        "bakers-51-3011",
        "millers-51-9021",
    }


def test_one_code_is_one_occupation_whatever_its_title() -> None:
    store_facts(make_occupation("Bakers", "51-3011"))
    store_facts(make_occupation("Bakers and Pastry Makers", "51-3011"))

    assert Role.objects.get().soc_code == "51-3011"


def test_a_title_that_looks_like_a_code_is_a_title() -> None:
    store_facts(make_occupation("Bakers", "51-3011"))
    load_content(write_pipe("SOC 51-3011", "Miller"))

    assert Role.objects.count() == 3


def test_an_occupation_is_never_offered_as_near_nor_given_another_title() -> None:
    store_facts(make_occupation("Bakers", "51-3011"))

    assert find_similar_roles(["Baker"]) == {"Baker": []}
    add_alias("bakers-51-3011", "Baker", None)
    assert not RoleAlias.objects.exists()


def test_an_occupation_is_neither_merged_nor_renamed() -> None:
    store_facts(make_occupation("Bakers", "51-3011"))
    load_content(write_pipe("Baker", "Miller"))

    for one, other in ((find_official("51-3011"), find_role("Baker")), (find_role("Baker"), find_official("51-3011"))):
        with pytest.raises(TitleError, match="never merged"):
            merge_roles(one, other, None)
    with pytest.raises(TitleError, match="keeps the title"):
        rename_role(find_official("51-3011"), "Baker", None)
    with pytest.raises(TitleError, match="title of an official occupation"):
        rename_role(find_role("Baker"), "Bakers", None)


def test_a_typed_title_means_the_role_of_pages_before_the_occupation() -> None:
    store_facts(make_occupation("Bakers", "51-3011"))
    role = resolve_titles("bakers")[0].role
    assert role is not None
    assert role.slug == "bakers-51-3011"

    load_content(write_pipe("Bakers", "Miller"))

    role = resolve_titles("bakers")[0].role
    assert role is not None
    assert role.slug == "bakers"


# -- beside a role ----------------------------------------------------------------------------


def link_baker() -> Event:
    store_facts(make_occupation("Bakers", "51-3011"))
    load_content(write_pipe("Baker", "Miller"))
    return set_closest_occupation(find_role("Baker"), find_official("51-3011"), None)


def test_a_role_and_its_closest_occupation_stay_two() -> None:
    before = Revision.objects.first()
    event = link_baker()

    assert find_role("Baker").closest_occupation == find_official("51-3011")
    assert find_role("Baker").salary.annual_average == 31_200
    assert (event.what, event.role) == ("closest", find_role("Baker"))
    assert Revision.objects.get().number > (before.number if before else 0)


def test_a_closest_occupation_is_undone_and_another_named_in_its_place_is_in_the_way() -> None:
    event = link_baker()
    with_none = set_closest_occupation(find_role("Baker"), None, None)

    with pytest.raises(TitleError, match="changed again since"):
        undo_event(event, None)
    undo_event(with_none, None)
    assert find_role("Baker").closest_occupation == find_official("51-3011")
    undo_event(event, None)
    assert find_role("Baker").closest_occupation is None


def test_only_a_role_of_pages_has_a_closest_occupation_and_only_an_occupation_is_one() -> None:
    store_facts(make_occupation("Bakers", "51-3011"), make_occupation("Millers", "51-9021"))
    load_content(write_pipe("Baker", "Miller"))

    for one, other in ((find_role("Baker"), find_role("Miller")), (find_official("51-3011"), find_official("51-9021"))):
        with pytest.raises(TitleError, match="has a closest official occupation"):
            set_closest_occupation(one, other, None)


def test_what_a_person_linked_outlives_the_undoing_of_its_pages() -> None:
    link_baker()
    for saved in Page.objects.all():
        undo_page(saved)

    assert set(Role.objects.values_list("title", flat=True)) == {"Baker", "Bakers"}
    store_facts(make_occupation("Bakers", "51-3011"), seed="again")
    assert find_role("Baker").closest_occupation.salary.annual_average == 50_000


def test_a_merge_that_is_undone_gives_the_closest_occupation_back() -> None:
    link_baker()
    event = merge_roles(find_role("Baker"), find_role("Miller"), None)
    undo_event(event, None)

    assert find_role("Baker").closest_occupation == find_official("51-3011")


# -- in the admin -----------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["51-3011", "bakers"])
def test_an_admin_names_the_closest_occupation_by_title_or_code(client: Client, given: str) -> None:
    store_facts(make_occupation("Bakers", "51-3011"))
    load_content(write_pipe("Baker", "Miller"))
    address = reverse("admin:careers_role_closest", args=[find_role("Baker").pk])
    ann = sign_in_as_ann(client, "link_role")
    assert "Bakers" in ann.get(address).content.decode()

    answer = ann.post(address, {"occupation": given}, follow=True)

    assert find_role("Baker").closest_occupation == find_official("51-3011")
    assert "named the closest official occupation of Baker: Bakers." in answer.content.decode()


def test_an_admin_without_the_permission_cannot_and_a_title_of_none_is_reported(client: Client) -> None:
    store_facts(make_occupation("Bakers", "51-3011"))
    load_content(write_pipe("Baker", "Miller"))
    address = reverse("admin:careers_role_closest", args=[find_role("Baker").pk])
    ann = sign_in_as_ann(client, "merge_role")
    assert ann.post(address, {"occupation": "51-3011"}).status_code == 403

    User.objects.get().user_permissions.add(Permission.objects.get(codename="link_role"))
    answer = ann.post(address, {"occupation": "Miller"}).content.decode()
    assert "No official occupation is called “Miller”." in answer
    occupied = reverse("admin:careers_role_closest", args=[find_official("51-3011").pk])
    assert ann.get(occupied).status_code == 404


# -- proposals --------------------------------------------------------------------------------


def add_titles(occupation_facts: RoleFacts, *titles: str) -> RoleFacts:
    facts = tuple(TitleFact(title, "onet", {"title": Evidence(2, title, "cell", column="Title")}) for title in titles)
    return replace(occupation_facts, titles=facts)


def test_everyday_titles_propose_the_closest_occupation_with_the_title_that_made_it(client: Client) -> None:
    store_facts(
        add_titles(make_occupation("Bakers", "51-3011"), "Bread Maker"),
        add_titles(make_occupation("Cooks", "35-2014"), "Line Cook"),
    )
    load_content(write_pipe("Bread Maker", "Night Bread Maker"))
    roles = list(Role.objects.by_title())
    assert propose_occupations(roles) == {role.pk: [Proposal("51-3011", "Bakers", "Bread Maker")] for role in roles}
    ann = sign_in_as_ann(client, "link_role", "view_role")
    words = "Bakers (51-3011), also called “Bread Maker”"
    address = reverse("admin:careers_role_change", args=[find_role("Night Bread Maker").pk])
    screen = ann.get(address).content.decode()
    assert words in screen
    assert f"proposed: {words}" in ann.get(reverse("admin:careers_role_changelist")).content.decode()
    form = reverse("admin:careers_role_closest", args=[find_role("Night Bread Maker").pk]) + "?occupation=51-3011"
    assert form in screen
    assert 'value="51-3011"' in ann.get(form).content.decode()
    # A proposal joins nothing: only a person names the closest occupation.
    assert find_role("Night Bread Maker").closest_occupation is None

    ann.post(form, {"occupation": "bread maker"})
    assert find_role("Night Bread Maker").closest_occupation == find_official("51-3011")
    assert propose_occupations([find_role("Night Bread Maker")]) == {}


def test_one_word_that_many_titles_end_with_is_no_hint() -> None:
    store_facts(add_titles(make_occupation("Bakers", "51-3011"), "Maker"))
    load_content(write_pipe("Bread Maker", "Maker"))
    assert propose_occupations([find_role("Bread Maker")]) == {find_role("Bread Maker").pk: []}
    assert propose_occupations([find_role("Maker")])[find_role("Maker").pk][0].called == "Maker"


def test_admins_find_roles_by_everyday_titles_and_by_code(client: Client) -> None:
    store_facts(add_titles(make_occupation("Bakers", "51-3011"), "Bread Maker"), make_occupation("Cooks", "35-2014"))
    ann = sign_in_as_ann(client, "view_role")
    address = reverse("admin:careers_role_changelist")
    for typed in ("bread mak", "51-3011", "BAKER"):
        page = ann.get(address, {"q": typed}).content.decode()
        assert "bakers-51-3011" in page
        assert "cooks-35-2014" not in page


def test_admins_read_the_likeliest_role_first_or_sort_by_a_column(client: Client) -> None:
    store_facts(
        add_titles(make_occupation("Bread Cutters", "35-2014"), "Breader"),
        add_titles(make_occupation("Oven Hands", "51-3011"), "Bread"),
    )
    ann = sign_in_as_ann(client, "view_role")
    address = reverse("admin:careers_role_changelist")
    likeliest, by_title = [ann.get(address, {"q": "bread"} | order).content.decode() for order in ({}, {"o": "1"})]
    assert 0 < likeliest.index("oven-hands-51-3011") < likeliest.index("bread-cutters-35-2014")
    assert 0 < by_title.index("bread-cutters-35-2014") < by_title.index("oven-hands-51-3011")
