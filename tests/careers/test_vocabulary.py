"""The vocabulary, the facts of a page, the models and the rows of a comparison name the same things."""

import re
from pathlib import Path
from typing import get_args

import pytest
from django.db.models import DecimalField

from careers import vocabulary
from careers.models import FactRow, RoleSkill
from comparisons.api import openapi
from comparisons.rows import SECTIONS, SUMMARY, Row
from ingest.loading.fit import TABLES

PROJECT = Path(__file__).parents[2]
ROWS = [SUMMARY, *(row for section in SECTIONS for row in section.rows)]


def test_no_two_terms_share_a_key_a_label_or_a_column() -> None:
    assert len({term.key for term in vocabulary.TERMS}) == len(vocabulary.TERMS)
    assert len({term.label for term in vocabulary.TERMS}) == len(vocabulary.TERMS)
    assert len({(term.group, term.field) for term in vocabulary.TERMS}) == len(vocabulary.TERMS)


@pytest.mark.parametrize("group", vocabulary.ONE_ROW_GROUPS)
def test_models_and_vocabulary_name_the_same_fields_in_one_order(group: str) -> None:
    columns = tuple(column.name for column in TABLES[group]._meta.concrete_fields)
    assert columns == ("id", "role", "citation", "evidence", *vocabulary.FIELDS[group])


def test_every_group_has_a_name_a_table_and_one_kind_of_rows() -> None:
    assert tuple(vocabulary.GROUPS) == tuple(TABLES) == vocabulary.ONE_ROW_GROUPS + vocabulary.MANY_ROW_GROUPS


def test_figures_with_decimals_are_those_with_decimals_in_their_tables() -> None:
    stored = {key for key, (group, name) in vocabulary.STORED_IN.items() if has_decimals(TABLES[group], name)}
    assert stored == vocabulary.KEYS_WITH_DECIMALS


def has_decimals(table: type[FactRow], name: str) -> bool:
    return isinstance(table._meta.get_field(name), DecimalField)


def test_rows_show_every_term_and_nothing_else() -> None:
    assert {key for row in ROWS for key in row.reads} == vocabulary.STORED_IN.keys()
    assert {row.key for row in ROWS} | vocabulary.STORED_IN.keys() == vocabulary.LABELS.keys()


def test_every_way_of_reading_has_words_and_every_kind_of_skill_is_stored() -> None:
    assert tuple(vocabulary.HOW) == get_args(vocabulary.How)
    assert get_args(vocabulary.SkillKind) == tuple(RoleSkill.Kind.values)


def read_api_description(key: str) -> str:
    schema = openapi.DOCUMENT["components"]["schemas"]["Role"]
    for step in key.split("."):
        schema = schema["properties"][step]
    return str(schema["description"])


@pytest.mark.parametrize("row", ROWS[1:], ids=lambda row: row.key)
def test_the_api_describes_each_value_with_the_label_of_its_row_and_its_unit(row: Row) -> None:
    for key in row.reads:
        unit = vocabulary.unit_of(key)
        assert read_api_description(key).startswith(row.label)
        assert read_api_description(key).endswith(f", {unit}" if unit else "")


def test_numbers_have_units_and_text_has_none() -> None:
    for key, (group, name) in vocabulary.STORED_IN.items():
        is_number = TABLES[group]._meta.get_field(name).get_internal_type().endswith(("IntegerField", "DecimalField"))
        assert bool(vocabulary.unit_of(key)) == is_number, key


def test_each_warning_of_the_readers_is_of_one_kind() -> None:
    """The codes stand in calls such as `warn("cut-here", ...)`."""
    call = re.compile(r'[wW]arn(?:ing)?\(\s*(?:role,\s*)?"([a-z]+(?:-[a-z0-9]+)*)"')
    codes = set()
    for path in (PROJECT / "ingest").rglob("*.py"):
        codes |= set(call.findall(path.read_text()))

    of_a_kind = [code for kind in vocabulary.WARNING_KINDS.values() for code in kind.codes]
    assert {"cut-here", "race-sum", "repaired-text", "same-role"} <= codes
    assert codes - set(of_a_kind) == set()
    assert len(of_a_kind) == len(set(of_a_kind))
