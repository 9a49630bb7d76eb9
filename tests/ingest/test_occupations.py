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
from tests.ingest.admin_steps import signed_in
from tests.ingest.small_pages import loaded, pipe, role, stored, undo_page

pytestmark = pytest.mark.django_db


def occupation(title: str, code: str, annual: int = 50_000) -> RoleFacts:
    line = Evidence(2, str(annual), "cell")
    values: dict[str, Value] = {"salary.annual_average": annual, "salary.relative_error_percent": Decimal("1.2")}
    evidence = {"salary.annual_average": line}
    return RoleFacts(title=title, titled_by="table", soc_code=code, values=values, evidence=evidence)


def official(code: str) -> Role:
    return Role.objects.get(soc_code=code)


def test_an_occupation_and_a_role_of_the_same_title_are_two_in_either_order() -> None:
    stored(occupation("Bakers", "51-3011"))
    loaded(pipe("Bakers", "Millers"))
    stored(occupation("Millers", "51-9021", 41_000))

    assert Role.objects.count() == 4
    assert role("Bakers").salary.annual_average == 31_200
    assert role("Millers").salary.annual_average == 41_600
    assert [official(code).salary.annual_average for code in ("51-3011", "51-9021")] == [50_000, 41_000]  # type: ignore[union-attr]  # stored above
    assert {role.slug for role in Role.objects.all()} == {
        "bakers",
        "millers",
        "bakers-51-3011",
        "millers-51-9021",
    }


def test_one_code_is_one_occupation_whatever_its_title() -> None:
    stored(occupation("Bakers", "51-3011"))
    stored(occupation("Bakers and Pastry Makers", "51-3011"))

    assert Role.objects.get().soc_code == "51-3011"


def test_a_title_that_looks_like_a_code_is_a_title() -> None:
    stored(occupation("Bakers", "51-3011"))
    loaded(pipe("SOC 51-3011", "Miller"))

    assert Role.objects.count() == 3


def test_an_occupation_is_never_offered_as_near_nor_given_another_title() -> None:
    stored(occupation("Bakers", "51-3011"))

    assert find_similar_roles(["Baker"]) == {"Baker": []}
    add_alias("bakers-51-3011", "Baker", None)
    assert not RoleAlias.objects.exists()


def test_an_occupation_is_neither_merged_nor_renamed() -> None:
    stored(occupation("Bakers", "51-3011"))
    loaded(pipe("Baker", "Miller"))

    for one, other in ((official("51-3011"), role("Baker")), (role("Baker"), official("51-3011"))):
        with pytest.raises(TitleError, match="never merged"):
            merge_roles(one, other, None)
    with pytest.raises(TitleError, match="keeps the title"):
        rename_role(official("51-3011"), "Baker", None)
    with pytest.raises(TitleError, match="title of an official occupation"):
        rename_role(role("Baker"), "Bakers", None)


def test_a_typed_title_means_the_role_of_pages_before_the_occupation() -> None:
    stored(occupation("Bakers", "51-3011"))
    role = resolve_titles("bakers")[0].role
    assert role is not None
    assert role.slug == "bakers-51-3011"

    loaded(pipe("Bakers", "Miller"))

    role = resolve_titles("bakers")[0].role
    assert role is not None
    assert role.slug == "bakers"


# -- beside a role ----------------------------------------------------------------------------


def linked() -> Event:
    stored(occupation("Bakers", "51-3011"))
    loaded(pipe("Baker", "Miller"))
    return set_closest_occupation(role("Baker"), official("51-3011"), None)


def test_a_role_and_its_closest_occupation_stay_two() -> None:
    before = Revision.objects.first()
    event = linked()

    assert role("Baker").closest_occupation == official("51-3011")
    assert role("Baker").salary.annual_average == 31_200
    assert (event.what, event.role) == ("closest", role("Baker"))
    assert Revision.objects.get().number > (before.number if before else 0)


def test_a_closest_occupation_is_undone_and_another_named_in_its_place_is_in_the_way() -> None:
    event = linked()
    with_none = set_closest_occupation(role("Baker"), None, None)

    with pytest.raises(TitleError, match="changed again since"):
        undo_event(event, None)
    undo_event(with_none, None)
    assert role("Baker").closest_occupation == official("51-3011")
    undo_event(event, None)
    assert role("Baker").closest_occupation is None


def test_only_a_role_of_pages_has_a_closest_occupation_and_only_an_occupation_is_one() -> None:
    stored(occupation("Bakers", "51-3011"), occupation("Millers", "51-9021"))
    loaded(pipe("Baker", "Miller"))

    for one, other in ((role("Baker"), role("Miller")), (official("51-3011"), official("51-9021"))):
        with pytest.raises(TitleError, match="has a closest official occupation"):
            set_closest_occupation(one, other, None)


def test_what_a_person_linked_outlives_the_undoing_of_its_pages() -> None:
    linked()
    for saved in Page.objects.all():
        undo_page(saved)

    assert set(Role.objects.values_list("title", flat=True)) == {"Baker", "Bakers"}
    stored(occupation("Bakers", "51-3011"), seed="again")
    assert role("Baker").closest_occupation.salary.annual_average == 50_000


def test_a_merge_that_is_undone_gives_the_closest_occupation_back() -> None:
    linked()
    event = merge_roles(role("Baker"), role("Miller"), None)
    undo_event(event, None)

    assert role("Baker").closest_occupation == official("51-3011")


# -- in the admin -----------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["51-3011", "bakers"])
def test_an_admin_names_the_closest_occupation_by_title_or_code(client: Client, given: str) -> None:
    stored(occupation("Bakers", "51-3011"))
    loaded(pipe("Baker", "Miller"))
    address = reverse("admin:careers_role_closest", args=[role("Baker").pk])
    ann = signed_in(client, "link_role")
    assert "Bakers" in ann.get(address).content.decode()

    answer = ann.post(address, {"occupation": given}, follow=True)

    assert role("Baker").closest_occupation == official("51-3011")
    assert "named the closest official occupation of Baker: Bakers." in answer.content.decode()


def test_an_admin_without_the_permission_cannot_and_a_title_of_none_is_reported(client: Client) -> None:
    stored(occupation("Bakers", "51-3011"))
    loaded(pipe("Baker", "Miller"))
    address = reverse("admin:careers_role_closest", args=[role("Baker").pk])
    ann = signed_in(client, "merge_role")
    assert ann.post(address, {"occupation": "51-3011"}).status_code == 403

    User.objects.get().user_permissions.add(Permission.objects.get(codename="link_role"))
    answer = ann.post(address, {"occupation": "Miller"}).content.decode()
    assert "No official occupation is called “Miller”." in answer
    occupied = reverse("admin:careers_role_closest", args=[official("51-3011").pk])
    assert ann.get(occupied).status_code == 404


# -- proposals --------------------------------------------------------------------------------


def titled(occupation_facts: RoleFacts, *titles: str) -> RoleFacts:
    facts = tuple(TitleFact(title, "onet", {"title": Evidence(2, title, "cell", column="Title")}) for title in titles)
    return replace(occupation_facts, titles=facts)


def test_everyday_titles_propose_the_closest_occupation_with_the_title_that_made_it(client: Client) -> None:
    stored(titled(occupation("Bakers", "51-3011"), "Bread Maker"), titled(occupation("Cooks", "35-2014"), "Line Cook"))
    loaded(pipe("Bread Maker", "Night Bread Maker"))
    roles = list(Role.objects.by_title())
    assert propose_occupations(roles) == {role.pk: [Proposal("51-3011", "Bakers", "Bread Maker")] for role in roles}
    ann = signed_in(client, "link_role", "view_role")
    words = "Bakers (51-3011), also called “Bread Maker”"
    address = reverse("admin:careers_role_change", args=[role("Night Bread Maker").pk])
    screen = ann.get(address).content.decode()
    assert words in screen
    assert f"proposed: {words}" in ann.get(reverse("admin:careers_role_changelist")).content.decode()
    form = reverse("admin:careers_role_closest", args=[role("Night Bread Maker").pk]) + "?occupation=51-3011"
    assert form in screen
    assert 'value="51-3011"' in ann.get(form).content.decode()
    # A proposal joins nothing: only a person names the closest occupation.
    assert role("Night Bread Maker").closest_occupation is None

    ann.post(form, {"occupation": "bread maker"})
    assert role("Night Bread Maker").closest_occupation == official("51-3011")
    assert propose_occupations([role("Night Bread Maker")]) == {}


def test_one_word_that_many_titles_end_with_is_no_hint() -> None:
    stored(titled(occupation("Bakers", "51-3011"), "Maker"))
    loaded(pipe("Bread Maker", "Maker"))
    assert propose_occupations([role("Bread Maker")]) == {role("Bread Maker").pk: []}
    assert propose_occupations([role("Maker")])[role("Maker").pk][0].called == "Maker"


def test_admins_find_roles_by_everyday_titles_and_by_code(client: Client) -> None:
    stored(titled(occupation("Bakers", "51-3011"), "Bread Maker"), occupation("Cooks", "35-2014"))
    ann = signed_in(client, "view_role")
    address = reverse("admin:careers_role_changelist")
    for typed in ("bread mak", "51-3011", "BAKER"):
        page = ann.get(address, {"q": typed}).content.decode()
        assert "bakers-51-3011" in page
        assert "cooks-35-2014" not in page


def test_admins_read_the_likeliest_role_first_or_sort_by_a_column(client: Client) -> None:
    stored(
        titled(occupation("Bread Cutters", "35-2014"), "Breader"), titled(occupation("Oven Hands", "51-3011"), "Bread")
    )
    ann = signed_in(client, "view_role")
    address = reverse("admin:careers_role_changelist")
    likeliest, by_title = [ann.get(address, {"q": "bread"} | order).content.decode() for order in ({}, {"o": "1"})]
    assert 0 < likeliest.index("oven-hands-51-3011") < likeliest.index("bread-cutters-35-2014")
    assert 0 < by_title.index("bread-cutters-35-2014") < by_title.index("oven-hands-51-3011")
