"""What is stored by the key of a title follows the new keys of `careers`."""

from collections.abc import Collection
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from careers.spelling import SAME_CHARACTERS

ROWS_AT_ONCE = 500


def renew_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    for name in ("Mention", "Question"):
        rows = apps.get_model("ingest", name).objects.order_by("pk").values_list("pk", "key")
        for pk, key in list(rows.iterator(ROWS_AT_ONCE)):
            if renewed(key) != key:
                apps.get_model("ingest", name).objects.filter(pk=pk).update(key=renewed(key))
    renew_column(apps, "Page", "choices", renewed_mapping)
    renew_column(apps, "Draft", "choices", renewed_mapping)
    renew_column(apps, "Draft", "roles", renewed_roles)
    renew_column(apps, "Batch", "same_roles", renewed_mapping)
    # Two roles that would have become one kept their keys, and what was done with them is undone by these.
    old_keys = {*apps.get_model("careers", "Role").objects.values_list("key", flat=True)}
    old_keys |= {*apps.get_model("careers", "RoleAlias").objects.values_list("key", flat=True)}
    renew_column(apps, "Event", "details", lambda details: renewed_details(details, old_keys))


def renew_column(apps: Apps, model: str, column: str, renew: Any) -> None:
    rows = apps.get_model("ingest", model).objects
    changed = []
    for pk, value in rows.order_by("pk").values_list("pk", column).iterator(ROWS_AT_ONCE):
        new_value = renew(value)
        if new_value != value:
            changed.append((pk, new_value))
    for pk, new_value in changed:
        rows.filter(pk=pk).update(**{column: new_value})


def renewed(key: str) -> str:
    return key.translate(SAME_CHARACTERS)


def renewed_mapping(by_key: dict[str, Any]) -> dict[str, Any]:
    """Where two keys become one, what stood under the new key stays."""
    result = {renewed(key): value for key, value in by_key.items()}
    return result | {key: value for key, value in by_key.items() if key in result}


def renewed_roles(roles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [role | {"key": renewed(role["key"])} for role in roles]


def renewed_details(details: dict[str, Any], old_keys: Collection[str]) -> dict[str, Any]:
    """The details of an event: "key", "aliases" and "role" hold keys, "role", "before" and "after" dictionaries."""
    result = dict(details)
    for name, value in details.items():
        if isinstance(value, dict):
            result[name] = renewed_details(value, old_keys)
        elif name == "aliases" and isinstance(value, list):
            result[name] = [key if key in old_keys else renewed(key) for key in value]
        elif name in ("key", "role") and isinstance(value, str) and value not in old_keys:
            result[name] = renewed(value)
    return result


class Migration(migrations.Migration):
    dependencies = [("careers", "0008_keys_by_spelling"), ("ingest", "0005_plain_names")]

    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop)]
