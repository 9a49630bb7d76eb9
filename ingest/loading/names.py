"""Names -> the roles, skills and publishers they mean, made where there are none yet.

Two spellings are the same thing when their identity is the same, aliases included. Which
spelling is shown never depends on the order of loading.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.db.models import Model

from careers.bulk import update_columns
from careers.models import Publisher, Role, RoleAlias, RoleSkill, Skill, TitleWord, identity, read_titles, slug_for
from ingest.models import Mention


def spelling_rank(name: str) -> tuple[bool, int, str]:
    """Smaller is better: more capital letters, unless several words shout; then the smaller text.

    >>> min(["lead technician", "LEAD TECHNICIAN", "Lead Technician"], key=spelling_rank)
    'Lead Technician'
    >>> min(["sql", "SQL", "Sql"], key=spelling_rank)
    'SQL'
    """
    shouts = " " in name and name.isupper()
    return (shouts, -sum(map(str.isupper, name)), name)


# -- roles ------------------------------------------------------------------------------------

# No title's key has capitals: what begins so is the code of an official occupation, and never a title.
_OCCUPATION = "SOC "


def role_key_for(title: str, soc_code: str | None) -> str:
    """What tells a role from all others: the identity of its title, or the code of an official occupation.

    >>> role_key_for("Chief Executives", None), role_key_for("SOC 11-1011", None)
    ('chief executives', 'soc 11-1011')
    >>> role_key_for("Chief Executives", "11-1011")
    'SOC 11-1011'
    """
    return identity(title) if soc_code is None else _OCCUPATION + soc_code


def role_key(role: Role) -> str:
    return role.key if role.soc_code is None else role_key_for(role.title, role.soc_code)


def is_occupation_key(key: str) -> bool:
    return key.startswith(_OCCUPATION)


def _soc_code(key: str) -> str | None:
    return key.removeprefix(_OCCUPATION) if is_occupation_key(key) else None


def find_roles(keys: Collection[str]) -> dict[str, Role]:
    """Key -> role, by titles and by other titles, official occupations by their codes alone. All are unique."""
    found = {role.key: role for role in Role.objects.by_title().filter(key__in=keys)}
    if codes := [code for key in keys if (code := _soc_code(key))]:
        found |= {role_key(role): role for role in Role.objects.filter(soc_code__in=codes)}
    for alias in RoleAlias.objects.filter(key__in=[key for key in keys if key not in found]).select_related("role"):
        found[alias.key] = alias.role
    # One instance for each role, however it was found: pointers are kept on it.
    same = {role.pk: role for role in found.values()}
    return {key: same[role.pk] for key, role in found.items()}


def create_roles(titles: Mapping[str, str]) -> dict[str, Role]:
    """New roles from key -> title, each with an address of its own.

    That of an official occupation ends in its code, so that it is the same whatever other roles there are.
    """
    codes = [_soc_code(key) for key in titles]
    names = [f"{title[:100]} {code}" if code else title for title, code in zip(titles.values(), codes, strict=True)]
    slugs = choose_free_slugs(names, (Role, RoleAlias))
    roles = [
        Role(title=title, key=identity(title), slug=slug, soc_code=code)
        for title, slug, code in zip(titles.values(), slugs, codes, strict=True)
    ]
    made = Role.objects.bulk_create(roles)
    TitleWord.add({role.pk: [role.title] for role in made})
    return dict(zip(titles, made, strict=True))


def respell_roles(roles: Iterable[Role]) -> list[Role]:
    """Give each role the best spelling that pages have for it; returns those that changed.

    A spelling from prose, where titles are lower case, gives way to any other, and all to a person's.
    """
    by_id = {role.pk: role for role in roles if not role.renamed}
    spellings: dict[int, set[tuple[bool, str]]] = {}
    mentions = Mention.objects.filter(role__in=by_id).order_by().values_list("role", "key", "by_prose", "title")
    for role_id, key, by_prose, title in mentions.distinct():
        if key == role_key(by_id[role_id]):
            spellings.setdefault(role_id, set()).add((by_prose, title))
    changed = []
    for role_id, found in spellings.items():
        _, title = min(found, key=lambda each: (each[0], spelling_rank(each[1])))
        if title != by_id[role_id].title:
            by_id[role_id].title = title
            changed.append(by_id[role_id])
    update_columns(changed, ["title"])
    # A code can get another title; elsewhere only the case of letters differs, and words know none.
    TitleWord.renew(read_titles([role.pk for role in changed if role.soc_code]))
    return changed


def delete_unmentioned_roles(roles: Collection[int]) -> None:
    """Roles of which no page speaks any more go, unless a person gave them another title or a closest occupation."""
    gone = list(Role.objects.removable().filter(pk__in=roles, mentions=None).values_list("pk", flat=True))
    TitleWord.remove(gone)
    Role.objects.filter(pk__in=gone).delete()


# -- skills -----------------------------------------------------------------------------------


def get_or_create_skills(names: Collection[str]) -> dict[str, Skill]:
    """Skill key -> skill for all these names; missing ones are made, better spellings taken.

    A spelling that a person joined with another one stays a skill of its own, so that it can be parted again: what is
    joined is looked up when lists are compared.
    """
    best: dict[str, str] = {}
    for name in names:
        key = identity(name)
        best[key] = min(best.get(key, name), name, key=spelling_rank)
    found = {skill.key: skill for skill in Skill.objects.filter(key__in=best)}
    better = []
    for key, skill in found.items():
        if spelling_rank(best[key]) < spelling_rank(skill.name):
            skill.name = best[key]
            better.append(skill)
    update_columns(better, ["name"])
    new = {key: name for key, name in best.items() if key not in found}
    slugs = choose_free_slugs(new.values(), (Skill,))
    made = [Skill(name=name, key=key, slug=slug) for (key, name), slug in zip(new.items(), slugs, strict=True)]
    return found | {skill.key: skill for skill in Skill.objects.bulk_create(made)}


def clean_up_skills(skills: Iterable[int]) -> None:
    """After rows went: skills that no list holds go too, the others get the best spelling left."""
    ids = set(skills)
    spellings: dict[int, set[str]] = {}
    for skill_id, name in RoleSkill.objects.filter(skill__in=ids).order_by().values_list("skill", "name").distinct():
        spellings.setdefault(skill_id, set()).add(name)
    Skill.objects.filter(pk__in=ids - spellings.keys(), aliases=None).delete()
    changed = []
    for skill in Skill.objects.filter(pk__in=spellings):
        own = [name for name in spellings[skill.pk] if identity(name) == skill.key]
        name = min(own, key=spelling_rank, default=skill.name)
        if name != skill.name:
            skill.name = name
            changed.append(skill)
    update_columns(changed, ["name"])


# -- publishers -------------------------------------------------------------------------------


def get_or_create_publishers(names: Collection[str]) -> dict[str, Publisher]:
    """Name -> publisher; two spellings with one slug are one publisher, as first spelled."""
    slugs = {name: slug_for(name) for name in names}
    found = {publisher.slug: publisher for publisher in Publisher.objects.filter(slug__in=slugs.values())}
    for name, slug in slugs.items():
        if slug not in found:
            found[slug] = Publisher.objects.create(name=name, slug=slug)
    return {name: found[slug] for name, slug in slugs.items()}


# -- slugs ------------------------------------------------------------------------------------


def choose_free_slugs(names: Iterable[str], tables: Collection[type[Model]]) -> list[str]:
    """A slug for each name that no row of these tables and no name before it has; a clash gets a number."""
    wanted = [slug_for(name) for name in names]
    taken: set[str] = set()
    for table in tables:
        taken.update(table._default_manager.filter(slug__in=wanted).values_list("slug", flat=True))

    def is_taken(slug: str) -> bool:
        return slug in taken or any(table._default_manager.filter(slug=slug).exists() for table in tables)

    slugs = []
    for slug in wanted:
        if slug in taken:
            slug = _numbered(slug, is_taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _numbered(slug: str, is_taken: Callable[[str], bool]) -> str:
    stem = slug.removesuffix("-vs")  # where a long name was cut; with a number it would join two slugs
    number = 2
    while is_taken(f"{stem}-{number}"):
        number += 1
    return f"{stem}-{number}"
