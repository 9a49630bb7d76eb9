"""What a role is: names, addresses, and what the database itself refuses."""

from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from careers.models import Citation, FactRow, Publisher, Role, RoleAlias, RoleSkill, Skill, identity, slug_for
from careers.vocabulary import FIELDS, ONE_ROW_GROUPS
from ingest.loading.bounds import UNBOUNDED, fits
from ingest.loading.fit import SPANS, TABLES
from ingest.parsing.facts import FACT_CLASSES, SkillFact


def the_role(title: str = "Baker") -> Role:
    return Role.objects.create(title=title, slug=slug_for(title))


def a_citation(digest: str = "0") -> Citation:
    publisher, _ = Publisher.objects.get_or_create(name="Zippia", slug="zippia")
    return Citation.objects.create(publisher=publisher, loaded_at=datetime(2026, 1, 1, tzinfo=UTC), digest=digest)


# -- names and addresses ----------------------------------------------------------------------


@given(st.text(max_size=120))
@example("a" * 116 + " vs b")
@example("ﬁre ＦＩＧＨＴＥＲ")
def test_the_identity_of_an_identity_is_itself_and_ignores_blanks_and_case(name: str) -> None:
    key = identity(name)
    assert identity(f"  {key} ") == key
    assert identity(key) == key


@given(st.text(max_size=200))
@example("vs")
@example("A vs B vs C")
@example("-vs-")
@example("Chef/VS/Cook")
def test_a_slug_joins_no_two_roles_and_fits_its_column(name: str) -> None:
    slug = slug_for(name)
    assert slug
    assert "-vs-" not in slug
    assert len(slug) <= 120
    assert not any(sign in slug for sign in "/ &+#?%")


def test_full_width_letters_and_ligatures_are_the_same_name() -> None:
    assert identity("ﬁre ＦＩＧＨＴＥＲ") == identity("Fire  Fighter")
    assert slug_for("ﬁre ＦＩＧＨＴＥＲ") == slug_for("Fire Fighter")


@pytest.mark.django_db
def test_a_role_is_found_by_any_spelling_of_any_of_its_titles() -> None:
    role = the_role("Lead Baker")
    RoleAlias.objects.create(role=role, title="Head Baker", slug="head-baker")

    assert [each.pk for each in Role.objects.with_title(" LEAD  baker")] == [role.pk]
    assert [each.pk for each in Role.objects.with_title("head baker")] == [role.pk]
    assert not Role.objects.with_title("baker").exists()


@pytest.mark.django_db
def test_a_title_in_another_spelling_cannot_be_a_second_role() -> None:
    the_role("Lead Baker")
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(title="LEAD  baker", slug="other")


@pytest.mark.django_db
def test_the_database_refuses_a_slug_that_joins_two() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(title="Odd", slug="a-vs-b")


# -- facts and tables -------------------------------------------------------------------------


@pytest.mark.parametrize("group", ONE_ROW_GROUPS)
def test_what_a_page_says_and_what_is_stored_have_the_same_names(group: str) -> None:
    parsed = {field.name for field in fields(FACT_CLASSES[group])}
    stored = {column.name for column in TABLES[group]._meta.concrete_fields}

    assert parsed == stored - {"id", "role", "citation"}


def test_an_entry_of_a_skill_list_has_the_same_names_in_both() -> None:
    said = {each.name for each in fields(SkillFact)}
    stored = {each.name for each in RoleSkill._meta.concrete_fields}

    assert said <= stored
    assert stored - said == {"id", "role", "citation", "skill", "position"}


@pytest.mark.django_db
def test_there_is_one_row_for_each_role_and_citation() -> None:
    role, citation = the_role(), a_citation()
    for group in ONE_ROW_GROUPS:
        TABLES[group]._default_manager.create(role=role, citation=citation)
        with pytest.raises(IntegrityError), transaction.atomic():
            TABLES[group]._default_manager.create(role=role, citation=citation)


# -- bounds -----------------------------------------------------------------------------------


def bounded() -> list[tuple[str, str]]:
    """(group, field) of every bound that the database keeps."""
    return [
        (group, constraint.name.removesuffix("_bounds").split("_", 2 if group == "skills" else 1)[-1])
        for group, table in TABLES.items()
        for constraint in table._meta.constraints
        if constraint.name.endswith("_bounds")
    ]


def row(group: str, **values: Any) -> FactRow:
    needed: dict[str, Any] = {"role": the_role(), "citation": a_citation()}
    if group == "skills":
        skill = Skill.objects.create(name="bread", slug="bread")
        needed |= {"skill": skill, "name": "bread", "kind": "listed", "position": 1, "rank": 1}
    return TABLES[group](**needed, **values)


def step_above(table: type[models.Model], name: str, value: int) -> int | Decimal:
    field = table._meta.get_field(name)
    return (
        Decimal(value) + Decimal(1).scaleb(-field.decimal_places)
        if isinstance(field, models.DecimalField)
        else value + 1
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("group", "name"), bounded())
def test_what_the_database_refuses_loading_refuses_first_and_nothing_more(group: str, name: str) -> None:
    high = 5 if name == "satisfaction" else 100
    too_much = step_above(TABLES[group], name, high)

    assert fits(TABLES[group], name, Decimal(high) if isinstance(too_much, Decimal) else high)
    assert fits(TABLES[group], name, Decimal(0) if isinstance(too_much, Decimal) else 0)
    assert not fits(TABLES[group], name, too_much)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(group, **{name: too_much}).save()
    with transaction.atomic():
        made = row(group, **{name: high})
        made.save()
        assert not fits(TABLES[group], name, -too_much)


def test_every_share_is_bounded_but_growth_and_errors() -> None:
    shares = {
        (group, each.name)
        for group, table in TABLES.items()
        for each in table._meta.concrete_fields
        if each.name.endswith("percent") and each.name not in UNBOUNDED
    }

    assert shares | {("outlook", "satisfaction")} == set(bounded())


@pytest.mark.django_db
@pytest.mark.parametrize("group", SPANS)
def test_a_span_that_runs_backwards_is_refused_by_the_database_too(group: str) -> None:
    low, high = SPANS[group]
    with pytest.raises(IntegrityError), transaction.atomic():
        row(group, **{low: 2, high: 1}).save()


def test_every_span_of_the_tables_is_known_to_loading() -> None:
    spans = [
        group
        for group, table in TABLES.items()
        for constraint in table._meta.constraints
        if constraint.name.endswith("_low_not_above_high")
    ]
    assert spans == list(SPANS)


@pytest.mark.django_db
@pytest.mark.parametrize("group", ONE_ROW_GROUPS)
def test_whatever_fits_can_be_stored_and_comes_back_as_it_was(group: str) -> None:
    table = TABLES[group]
    for name in FIELDS[group]:
        for value in (0, 99, 32_767, 2**31 - 1, Decimal("99.9"), Decimal("4.25"), Decimal("-99.9"), "x" * 60, "é™€𝒳"):
            field = table._meta.get_field(name)
            is_text = isinstance(field, models.CharField | models.TextField)
            if isinstance(value, str) != is_text or isinstance(value, Decimal) != isinstance(
                field, models.DecimalField
            ):
                continue
            if fits(table, name, value):
                with transaction.atomic():
                    made = row(group, **{name: value})
                    made.save()
                    made.refresh_from_db()
                    assert getattr(made, name) == value
                    transaction.set_rollback(True)
