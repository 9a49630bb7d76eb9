"""Find the roles, skills and publishers that names mean, and create missing ones.

Two spellings mean the same thing when they fold to the same text, or to that of an alias. Which spelling is
shown never depends on the order of loading.
"""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.db.models import Model

from careers import models
from careers.bulk import create_rows, make_row, update_columns
from careers.names import make_slug
from careers.spelling import fold_spelling
from ingest.models import Mention
from ingest.parsing.role_facts import OCCUPATION_KEY

SpellingRank = tuple[bool, int, str]

# Every table whose rows name a skill.
SKILL_TABLES = (models.RoleSkill, models.SkillRating, models.KnowledgeRating, models.Technology)


def rank_spelling(name: str) -> SpellingRank:
    """Smaller is better: more capital letters, but not several words in capitals only; then alphabetical order.

    >>> min(["lead technician", "LEAD TECHNICIAN", "Lead Technician"], key=rank_spelling)
    'Lead Technician'
    >>> min(["sql", "SQL", "Sql"], key=rank_spelling)
    'SQL'
    """
    all_capitals = " " in name and name.isupper()
    return (all_capitals, -sum(map(str.isupper, name)), name)


# -- roles ------------------------------------------------------------------------------------


def make_role_key(title: str, soc_code: str | None) -> str:
    """The key that identifies a role: the folded spelling of its title, or the code of an official occupation.

    >>> make_role_key("Chief Executives", None), make_role_key("SOC 11-1011", None)
    ('chief executives', 'soc 11-1011')
    >>> make_role_key("Chief Executives", "11-1011")
    'SOC 11-1011'
    """
    return fold_spelling(title) if soc_code is None else OCCUPATION_KEY + soc_code


def get_role_key(role: models.Role) -> str:
    """The key that pages use for a role by its present title."""
    return role.key if role.soc_code is None else make_role_key(role.title, role.soc_code)


def is_occupation_key(key: str) -> bool:
    return key.startswith(OCCUPATION_KEY)


def _read_soc_code(key: str) -> str | None:
    return key.removeprefix(OCCUPATION_KEY) if is_occupation_key(key) else None


def find_roles(keys: Collection[str]) -> dict[str, models.Role]:
    """Key -> role, found by its title or another title of it. Official occupations are found by their codes alone."""
    roles = {role.key: role for role in models.Role.objects.by_title().filter(key__in=keys)}
    if codes := [key.removeprefix(OCCUPATION_KEY) for key in keys if is_occupation_key(key)]:
        roles |= {get_role_key(role): role for role in models.Role.objects.filter(soc_code__in=codes)}
    missing = [key for key in keys if key not in roles]
    for alias in models.RoleAlias.objects.filter(key__in=missing).select_related("role"):
        roles[alias.key] = alias.role
    # Pointers are set on the instance, so each role has one instance, however many keys it has.
    instances = {role.pk: role for role in roles.values()}
    return {key: instances[role.pk] for key, role in roles.items()}


def create_roles(titles: Mapping[str, str]) -> dict[str, models.Role]:
    """Create roles from key -> title, each with an address of its own.

    The address of an official occupation ends in its code, so it never depends on other roles.
    """
    names: list[str] = []
    for key, title in titles.items():
        code = _read_soc_code(key)
        names.append(f"{title[:100]} {code}" if code else title)
    slugs = choose_free_slugs(names, (models.Role, models.RoleAlias))
    roles: list[models.Role] = []
    for (key, title), slug in zip(titles.items(), slugs, strict=True):
        code = _read_soc_code(key)
        roles.append(make_row(models.Role, title=title, key=fold_spelling(title), slug=slug, soc_code=code))
    create_rows(roles)
    return dict(zip(titles, roles, strict=True))


def respell_roles(roles: Iterable[models.Role]) -> list[models.Role]:
    """Give each role the best title that pages have for it. Return the roles that changed.

    An official occupation has the title of its newest release. For other roles any spelling takes precedence over one
    from prose, where titles are lower case. A title that a person gave takes precedence over all.
    """
    by_id = {role.pk: role for role in roles if not role.renamed}
    if not by_id:
        return []  # even queries about nothing take time to build
    occupations = [role_id for role_id, role in by_id.items() if role.soc_code]
    titles = _find_best_spellings({role_id: role for role_id, role in by_id.items() if not role.soc_code})
    titles |= _fetch_newest_titles(occupations)
    changed = []
    for role_id, title in titles.items():
        if title != by_id[role_id].title:
            by_id[role_id].title = title
            changed.append(by_id[role_id])
    update_columns(changed, ["title"])
    models.renew_terms([role.pk for role in changed])
    return changed


def _find_best_spellings(roles: Mapping[int, models.Role]) -> dict[int, str]:
    """Role id -> the best spelling of its title. `roles`: role id -> role by title."""
    best: dict[int, tuple[bool, SpellingRank, str]] = {}
    mentions = Mention.objects.filter(role__in=roles).order_by().values_list("role", "key", "by_prose", "title")
    for role_id, key, by_prose, title in mentions.distinct():
        if key == get_role_key(roles[role_id]):
            ranked = (by_prose, rank_spelling(title), title)
            best[role_id] = min(ranked, best.get(role_id, ranked))
    return {role_id: title for role_id, (*_, title) in best.items()}


def _fetch_newest_titles(occupations: Collection[int]) -> dict[int, str]:
    """Role id -> the title in its newest release. Sample tables count only where there is no other, as for figures.

    A table that joins occupations by code has no titles of its own.
    """
    named = Mention.objects.filter(role__in=occupations, joined=False)
    mentions = named.select_related("page__citation").defer("page__content")
    best: dict[int, tuple[bool, int, SpellingRank, str]] = {}
    for mention in mentions:
        citation, title = mention.page.citation, mention.title
        if citation is not None and is_occupation_key(mention.key):
            ranked = (citation.sample, -citation.effective_date.toordinal(), rank_spelling(title), title)
            best[mention.role_id] = min(ranked, best.get(mention.role_id, ranked))
    return {role_id: title for role_id, (*_, title) in best.items()}


def find_unmentioned_roles(roles: Collection[int]) -> set[int]:
    """Those of these roles that no page mentions any more, unless a person gave them another title or a closest
    occupation."""
    return set(models.Role.objects.removable().filter(pk__in=roles, mentions=None).values_list("pk", flat=True))


def delete_roles(roles: Collection[int]) -> None:
    """Delete roles with their search terms and listings."""
    models.TitleTerm.remove(roles)
    models.Role.objects.filter(pk__in=roles).delete()


# -- skills -----------------------------------------------------------------------------------


def get_or_create_skills(names: Collection[str]) -> dict[str, models.Skill]:
    """Skill key -> skill for all these names. Missing skills are created, and stored names get better spellings.

    A skill that a person joined with another one stays, so that the two can be separated again: joined skills are
    looked up when lists are compared.
    """
    best: dict[str, str] = {}
    for name in names:
        key = fold_spelling(name)
        best[key] = min(best.get(key, name), name, key=rank_spelling)
    skills = {skill.key: skill for skill in models.Skill.objects.filter(key__in=best)}
    respelled = []
    for key, skill in skills.items():
        if rank_spelling(best[key]) < rank_spelling(skill.name):
            skill.name = best[key]
            respelled.append(skill)
    update_columns(respelled, ["name"])
    missing = {key: name for key, name in best.items() if key not in skills}
    slugs = choose_free_slugs(missing.values(), (models.Skill,))
    new = [
        models.Skill(name=name, key=key, slug=slug) for (key, name), slug in zip(missing.items(), slugs, strict=True)
    ]
    create_rows(new)
    return skills | {skill.key: skill for skill in new}


def find_skills_listed_by(citations: Collection[int]) -> set[int]:
    """The skills that the lists of these citations name."""
    skills: set[int] = set()
    for table in SKILL_TABLES:
        skills |= set(table.objects.filter(citation__in=citations).order_by().values_list("skill", flat=True))
    return skills


def clean_up_skills(skills: Iterable[int]) -> None:
    """After rows were deleted: delete skills that are in no list, and give the others the best spelling left."""
    ids = set(skills)
    if not ids:
        return
    spellings: dict[int, set[str]] = {}
    for table in SKILL_TABLES:
        rows = table.objects.filter(skill__in=ids).order_by().values_list("skill", "name").distinct()
        for skill_id, name in rows:
            spellings.setdefault(skill_id, set()).add(name)
    models.Skill.objects.filter(pk__in=ids - spellings.keys(), aliases=None).delete()
    changed = []
    for skill in models.Skill.objects.filter(pk__in=spellings):
        same_key = [name for name in spellings[skill.pk] if fold_spelling(name) == skill.key]
        name = min(same_key, key=rank_spelling, default=skill.name)
        if name != skill.name:
            skill.name = name
            changed.append(skill)
    update_columns(changed, ["name"])


# -- publishers -------------------------------------------------------------------------------


def get_or_create_publishers(names: Collection[str]) -> dict[str, models.Publisher]:
    """Name -> publisher. Spellings with the same slug mean one publisher, which keeps its first spelling."""
    slugs = {name: make_slug(name) for name in names}
    publishers = {publisher.slug: publisher for publisher in models.Publisher.objects.filter(slug__in=slugs.values())}
    for name, slug in slugs.items():
        if slug not in publishers:
            publishers[slug] = models.Publisher.objects.create(name=name, slug=slug)
    return {name: publishers[slug] for name, slug in slugs.items()}


# -- slugs ------------------------------------------------------------------------------------


def choose_free_slugs(names: Iterable[str], tables: Collection[type[Model]]) -> list[str]:
    """A slug for each name that no row of these tables and no earlier name has. A taken slug gets a number."""
    wanted = [make_slug(name) for name in names]
    if not wanted:
        return []  # even queries about nothing take time to build
    taken: set[str] = set()
    for table in tables:
        taken.update(table._default_manager.filter(slug__in=wanted).values_list("slug", flat=True))

    def is_taken(slug: str) -> bool:
        return slug in taken or any(table._default_manager.filter(slug=slug).exists() for table in tables)

    slugs = []
    for slug in wanted:
        if slug in taken:
            slug = _add_number(slug, is_taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs


def _add_number(slug: str, is_taken: Callable[[str], bool]) -> str:
    stem = slug.removesuffix("-vs")  # left by cutting a long name; followed by a number it would read as a comparison
    number = 2
    while is_taken(f"{stem}-{number}"):
        number += 1
    return f"{stem}-{number}"
