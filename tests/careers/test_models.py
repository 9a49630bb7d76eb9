"""Models: keys, slugs, and what the database refuses."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from hypothesis import example, given
from hypothesis import strategies as st

from careers.models import Citation, FactRow, Publisher, Role, RoleAlias, RoleSkill, Skill
from careers.names import make_slug
from careers.spelling import fold_spelling
from careers.vocabulary import BOUNDS, FIELDS, ONE_ROW_GROUPS
from ingest.loading.bounds import UNBOUNDED, fits
from ingest.loading.fit import SPANS, TABLES
from ingest.parsing.role_facts import SkillFact

pytestmark = pytest.mark.without_coverage


def make_role(title: str = "Baker") -> Role:
    return Role.objects.create(title=title, slug=make_slug(title))


def make_citation() -> Citation:
    publisher, _ = Publisher.objects.get_or_create(name="Zippia", slug="zippia")
    return Citation.objects.create(publisher=publisher, loaded_at=datetime(2026, 1, 1, tzinfo=UTC), digest="0")


# -- names and addresses ----------------------------------------------------------------------


@given(st.text(max_size=120))
@example("a" * 116 + " vs b")
@example("ﬁre ＦＩＧＨＴＥＲ")
def test_a_key_is_its_own_key_and_ignores_spaces_and_case(name: str) -> None:
    key = fold_spelling(name)
    assert fold_spelling(f"  {key} ") == key
    assert fold_spelling(key) == key


@given(st.text(max_size=200))
@example("vs")
@example("A vs B vs C")
@example("-vs-")
@example("Chef/VS/Cook")
def test_a_slug_never_contains_vs_and_fits_its_column(name: str) -> None:
    slug = make_slug(name)
    assert slug
    assert "-vs-" not in slug
    assert len(slug) <= 120
    assert not any(sign in slug for sign in "/ &+#?%")


def test_full_width_letters_and_ligatures_do_not_change_a_name() -> None:
    assert fold_spelling("ﬁre ＦＩＧＨＴＥＲ") == fold_spelling("Fire  Fighter")
    assert make_slug("ﬁre ＦＩＧＨＴＥＲ") == make_slug("Fire Fighter")


@pytest.mark.django_db
def test_a_role_is_found_by_any_spelling_of_any_of_its_titles() -> None:
    role = make_role("Lead Baker")
    RoleAlias.objects.create(role=role, title="Head Baker", slug="head-baker")

    assert [stored.pk for stored in Role.objects.with_title(" LEAD  baker")] == [role.pk]
    assert [stored.pk for stored in Role.objects.with_title("head baker")] == [role.pk]
    assert not Role.objects.with_title("baker").exists()


@pytest.mark.django_db
def test_another_spelling_of_a_title_cannot_be_a_second_role() -> None:
    make_role("Lead Baker")
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(title="LEAD  baker", slug="other")


@pytest.mark.django_db
def test_the_database_refuses_a_slug_that_joins_two_slugs() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Role.objects.create(title="Odd", slug="a-vs-b")


# -- facts and tables -------------------------------------------------------------------------


def test_a_parsed_skill_and_its_row_have_the_same_names() -> None:
    parsed = {field.name for field in fields(SkillFact)}
    stored = {column.name for column in RoleSkill._meta.concrete_fields}

    assert parsed <= stored
    assert stored - parsed == {"id", "role", "citation", "skill", "position"}


@pytest.mark.django_db
def test_there_is_one_row_for_each_role_and_citation() -> None:
    role, citation = make_role(), make_citation()
    for group in ONE_ROW_GROUPS:
        TABLES[group]._default_manager.create(role=role, citation=citation)
        with pytest.raises(IntegrityError), transaction.atomic():
            TABLES[group]._default_manager.create(role=role, citation=citation)


# -- bounds -----------------------------------------------------------------------------------


def list_database_bounds() -> list[tuple[str, str]]:
    """(group, field) of every bound that the database holds."""
    bounds = []
    for group, table in TABLES.items():
        prefix = "role_skill_" if group == "skills" else f"{group}_"
        for constraint in table._meta.constraints:
            if constraint.name.endswith("_bounds"):
                bounds.append((group, constraint.name.removesuffix("_bounds").removeprefix(prefix)))
    return bounds


def make_row(group: str, /, **values: Any) -> FactRow:
    needed: dict[str, Any] = {"role": make_role(), "citation": make_citation()}
    if group == "skills":
        skill = Skill.objects.create(name="bread", slug="bread")
        needed |= {"skill": skill, "name": "bread", "kind": "listed", "position": 1, "rank": 1}
    if group in ("rated_skills", "knowledge"):
        needed |= {"skill": Skill.objects.create(name="bread", slug="bread"), "name": "bread", "position": 1}
    return TABLES[group](**needed, **values)


def step_above(table: type[models.Model], name: str, value: int) -> int | Decimal:
    field = table._meta.get_field(name)
    if isinstance(field, models.DecimalField):
        return Decimal(value) + Decimal(1).scaleb(-field.decimal_places)
    return value + 1


@pytest.mark.django_db
@pytest.mark.parametrize(("group", "name"), list_database_bounds())
def test_loading_refuses_exactly_what_the_database_refuses(group: str, name: str) -> None:
    low, high = BOUNDS.get(name, (0, 100))
    too_much = step_above(TABLES[group], name, high)

    assert fits(TABLES[group], name, Decimal(high) if isinstance(too_much, Decimal) else high)
    assert fits(TABLES[group], name, Decimal(low) if isinstance(too_much, Decimal) else low)
    assert not fits(TABLES[group], name, too_much)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_row(group, **{name: too_much}).save()
    with transaction.atomic():
        accepted = make_row(group, **{name: high})
        accepted.save()
        assert not fits(TABLES[group], name, -too_much)


def test_every_share_has_bounds_except_growth_and_errors() -> None:
    shares = {
        (group, column.name)
        for group, table in TABLES.items()
        for column in table._meta.concrete_fields
        if column.name.endswith("percent") and column.name not in UNBOUNDED
    }
    shares |= {(group, name) for group in ("attainment", "skill_ranks") for name in FIELDS[group]}

    others = {bound for bound in list_database_bounds() if bound[1] in BOUNDS}
    of_roles = set(BOUNDS) - {"price_level"}  # the level of prices belongs to a state and only has to be above zero
    assert {name for _, name in others} == of_roles
    assert shares | others == set(list_database_bounds())


@pytest.mark.django_db
@pytest.mark.parametrize("group", SPANS)
def test_the_database_refuses_a_span_that_runs_backwards(group: str) -> None:
    low, high = SPANS[group]
    with pytest.raises(IntegrityError), transaction.atomic():
        make_row(group, **{low: 2, high: 1}).save()


def test_loading_knows_every_span_of_the_tables() -> None:
    spans = [
        group
        for group, table in TABLES.items()
        for constraint in table._meta.constraints
        if constraint.name.endswith("_low_not_above_high")
    ]
    assert spans == list(SPANS)


def list_sample_values(table: type[models.Model], name: str) -> Sequence[int | str | Decimal]:
    match table._meta.get_field(name):
        case models.CharField() | models.TextField():
            return "x" * 60, "é™€𝒳"
        case models.DecimalField():
            return Decimal("99.9"), Decimal("4.25"), Decimal("-99.9")
        case _:
            return 0, 99, 32_767, 2**31 - 1


@pytest.mark.django_db
@pytest.mark.parametrize("group", ONE_ROW_GROUPS)
def test_a_value_that_fits_is_stored_and_read_back_unchanged(group: str) -> None:
    for name in FIELDS[group]:
        for value in list_sample_values(TABLES[group], name):
            if fits(TABLES[group], name, value):
                with transaction.atomic():
                    stored = make_row(group, **{name: value})
                    stored.save()
                    stored.refresh_from_db()
                    assert getattr(stored, name) == value
                    transaction.set_rollback(True)
