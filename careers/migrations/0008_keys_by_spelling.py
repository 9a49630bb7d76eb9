"""Keys of titles and skills ignore which apostrophe or hyphen a spelling has.

Two roles that thereby become one title stay two: one of them keeps its old key, and the admin's first page offers to
merge them. Two skills become one, and each list keeps its own spelling.
"""

from collections.abc import Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, OuterRef, Subquery

from careers.spelling import fold_spelling

ROWS_AT_ONCE = 1000


def renew_keys(apps: Apps, schema_editor: BaseDatabaseSchemaEditor | None) -> None:
    renew_role_keys(apps)
    renew_alias_keys(apps)
    renew_skill_keys(apps)
    renew_skill_alias_keys(apps)


def renew_role_keys(apps: Apps) -> None:
    roles, aliases = apps.get_model("careers", "Role").objects, apps.get_model("careers", "RoleAlias").objects
    for role, key in with_new_keys(roles.order_by("pk"), "title"):
        other_aliases = aliases.filter(key=key).exclude(role=role)
        if role.soc_code is None and (roles.filter(key=key, soc_code=None).exists() or other_aliases.exists()):
            continue
        role.key = key
        role.save(update_fields=["key"])
    listings = apps.get_model("careers", "Listing").objects
    role_key = Subquery(roles.filter(pk=OuterRef("role")).values("key")[:1])
    listings.exclude(key=F("role__key")).update(key=role_key)


def renew_alias_keys(apps: Apps) -> None:
    roles, aliases = apps.get_model("careers", "Role").objects, apps.get_model("careers", "RoleAlias").objects
    for alias, key in with_new_keys(aliases.order_by("pk"), "title"):
        other_roles = roles.filter(key=key, soc_code=None).exclude(pk=alias.role_id)
        if not other_roles.exists() and not aliases.filter(key=key).exists():
            alias.key = key
            alias.save(update_fields=["key"])


def renew_skill_keys(apps: Apps) -> None:
    skills, entries = apps.get_model("careers", "Skill").objects, apps.get_model("careers", "RoleSkill").objects
    aliases = apps.get_model("careers", "SkillAlias").objects
    for skill, key in with_new_keys(skills.order_by("pk"), "name"):
        same = skills.filter(key=key).first()
        if same:
            entries.filter(skill=same).update(skill=skill)
            aliases.filter(skill=same).update(skill=skill)
            same.delete()
        skill.key = key
        skill.save(update_fields=["key"])


def renew_skill_alias_keys(apps: Apps) -> None:
    aliases = apps.get_model("careers", "SkillAlias").objects
    for alias, key in with_new_keys(aliases.order_by("pk"), "name"):
        if not aliases.filter(key=key).exists():
            alias.key = key
            alias.save(update_fields=["key"])


def with_new_keys(rows: Any, name: str) -> Iterator[tuple[Any, str]]:
    """Each row whose key is no longer that of its name, with the new key. Each is read when it is its turn."""
    changed = []
    for pk, text, key in rows.values_list("pk", name, "key").iterator(ROWS_AT_ONCE):
        new_key = fold_spelling(text)
        if new_key != key:
            changed.append((pk, new_key))
    for pk, new_key in changed:
        row = rows.filter(pk=pk).first()  # a skill before it may have taken its place
        if row:
            yield row, new_key


class Migration(migrations.Migration):
    dependencies = [("careers", "0007_samples_and_releases")]

    operations = [migrations.RunPython(renew_keys, migrations.RunPython.noop)]
