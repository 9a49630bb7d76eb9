"""Official occupations: told by their codes alone, never by a title that a page may use for something else."""

from decimal import Decimal

import pytest

from careers.models import Role, RoleAlias
from comparisons.search import resolve
from ingest.facts import Evidence, RoleFacts, SalaryFacts
from ingest.loading.titles import TitleError, add_alias, merge, near_roles, rename
from tests.ingest.made import loaded, pipe, role, stored

pytestmark = pytest.mark.django_db


def occupation(title: str, code: str, annual: int = 50_000) -> RoleFacts:
    line = Evidence(2, str(annual), "cell")
    salary = SalaryFacts(
        annual_average=annual, relative_error_percent=Decimal("1.2"), evidence={"annual_average": line}
    )
    return RoleFacts(title=title, titled_by="table", soc_code=code, salary=salary)


def official(code: str) -> Role:
    return Role.objects.with_facts().get(soc_code=code)


def test_an_occupation_and_a_role_of_the_same_title_are_two_in_either_order() -> None:
    stored(occupation("Bakers", "51-3011"))
    loaded(pipe("Bakers", "Millers"))
    stored(occupation("Millers", "51-9021", 41_000))

    assert Role.objects.count() == 4
    assert role("Bakers").salary.annual_average == 31_200
    assert role("Millers").salary.annual_average == 41_600
    assert [official(code).salary.annual_average for code in ("51-3011", "51-9021")] == [50_000, 41_000]  # type: ignore[union-attr]  # stored above
    assert {each.slug for each in Role.objects.all()} == {
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

    assert near_roles("Baker") == []
    add_alias("bakers-51-3011", "Baker", None)
    assert not RoleAlias.objects.exists()


def test_an_occupation_is_neither_merged_nor_renamed() -> None:
    stored(occupation("Bakers", "51-3011"))
    loaded(pipe("Baker", "Miller"))

    for one, other in ((official("51-3011"), role("Baker")), (role("Baker"), official("51-3011"))):
        with pytest.raises(TitleError, match="never merged"):
            merge(one, other, None)
    with pytest.raises(TitleError, match="keeps the title"):
        rename(official("51-3011"), "Baker", None)
    assert rename(role("Baker"), "Bakers", None).role == role("Bakers")


def test_a_typed_title_means_the_role_of_pages_before_the_occupation() -> None:
    stored(occupation("Bakers", "51-3011"))
    found = resolve("bakers").role
    assert found is not None
    assert found.slug == "bakers-51-3011"

    loaded(pipe("Bakers", "Miller"))

    found = resolve("bakers").role
    assert found is not None
    assert found.slug == "bakers"
