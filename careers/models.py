"""What a role is, and where each fact about it comes from.

One row per (role, citation) in each one-row group, many in the others. Older rows stay:
they are the history. A role points to the row of each group that is current; only
`ingest.loading` writes these tables and sets these pointers.

Money is USD, `annual_*` per year and `hourly_*` per hour; percentages are 0-100, growth is
signed; spans of time are months. Null is "not published" or "unclear"; `evidence` says which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify

from careers.search_words import FIRST, LONGEST, WHOLE, finding
from careers.vocabulary import MANY_ROW_GROUPS, ONE_ROW_GROUPS

ROWS_AT_ONCE = 300  # in one statement


def identity(name: str) -> str:
    """The key by which two spellings of a title or a skill are the same thing.

    >>> identity("  Lead  Technician ") == identity("LEAD TECHNICIAN")
    True
    >>> identity("C++") == identity("C")
    False
    """
    return " ".join(normalize("NFKC", name).casefold().split())


def slug_for(name: str) -> str:
    """The address part of a name; `-vs-` never occurs in it, for it joins two slugs.

    >>> slug_for("C++"), slug_for("C#"), slug_for("C"), slug_for(".NET")
    ('c-plus-plus', 'c-sharp', 'c', 'dot-net')
    >>> slug_for("Information Technology/Support Technician")
    'information-technology-support-technician'
    >>> slug_for("Lead vs Follower")
    'lead-versus-follower'
    """
    text = identity(name)
    if text.startswith("."):
        text = "dot " + text[1:]
    for mark, word in (("+", " plus "), ("#", " sharp "), ("/", " "), ("&", " ")):
        text = text.replace(mark, word)
    slug = slugify(text) or slugify(text, allow_unicode=True) or "role"
    parts = ["versus" if part == "vs" else part for part in slug.split("-") if part]
    return "-".join(parts)[:120].strip("-")


def _bounded(model: str, names: Iterable[str], low: int, high: int) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": low, f"{name}__lte": high}),
            name=f"{model}_{name}_bounds",
            violation_error_message=f"{name} must be between {low} and {high}.",
        )
        for name in names
    ]


class Publisher(models.Model):
    """Someone who publishes pages about roles."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    homepage = models.URLField(max_length=500, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.URLField(max_length=500, blank=True)
    attribution = models.CharField(
        max_length=300, blank=True, help_text="Shown on every page that shows this publisher's text."
    )
    taken_down_at = models.DateTimeField(
        null=True, editable=False, help_text="Since then none of its facts is current, and none is shown."
    )
    taken_down_for = models.TextField(blank=True, editable=False, help_text="Why its pages were taken down.")

    class Meta:
        ordering: ClassVar = ["name"]
        permissions: ClassVar = [("takedown_publisher", "Can take a publisher's pages down and put them back")]

    def __str__(self) -> str:
        return self.name


class Citation(models.Model):
    """One capture of one publisher's page: what every fact row points to."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="citations")
    title = models.CharField(max_length=300, blank=True, help_text="The title of the page.")
    url = models.URLField(max_length=1000, blank=True)
    captured_on = models.DateField(null=True, blank=True)
    figures_of = models.DateField(
        null=True,
        blank=True,
        help_text="The month that its figures are of, where the publisher says it: its first day.",
    )
    sample = models.BooleanField(
        default=False, help_text="A page that Rolewise comes with, in words of its own: any other page goes before it."
    )
    loaded_at = models.DateTimeField(help_text="When the page was first loaded.")
    licence = models.CharField(max_length=120, blank=True)
    licence_url = models.URLField(max_length=500, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the page's bytes; settles ties between captures.")

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title or self.url or self.digest[:12]}"


class RoleQuerySet(models.QuerySet["Role"]):
    def with_facts(self) -> Self:
        """Each role with its current one-row facts and their sources, in one query."""
        groups = [f"{group}__citation__publisher" for group in ONE_ROW_GROUPS]
        lists = [f"{group}_citation__publisher" for group in MANY_ROW_GROUPS]
        return self.select_related(*groups, *lists)

    def by_title(self) -> Self:
        """Roles that are known by their titles: no official occupations, which their codes alone tell."""
        return self.filter(soc_code__isnull=True)

    def occupations(self) -> Self:
        """Official occupations alone."""
        return self.filter(soc_code__isnull=False)

    def free_to_go(self) -> Self:
        """Roles that go with their last page: a person gave them no other title and no closest occupation."""
        return self.filter(aliases=None, closest_occupation=None, closest_to=None)

    def titled(self, title: str) -> Self:
        """Roles by title whose title, or one of whose other titles, is this one in any spelling."""
        key = identity(title)
        return self.by_title().filter(Q(key=key) | Q(aliases__key=key)).distinct()


class Role(models.Model):
    """One job title that pages speak of, or one official occupation (it has a `soc_code`).

    The two are never one, even where their titles are equal: what a page calls a nurse and what
    the official statistics count as nurses need not be the same people.
    """

    title = models.CharField(max_length=120)
    # Of the titles that pages speak of it is unique (below); search finds all by it and by how it begins.
    key = models.CharField(max_length=160, db_index=True, editable=False)
    slug = models.SlugField(max_length=130, unique=True)
    soc_code = models.CharField(
        "SOC code",
        max_length=10,
        null=True,
        unique=True,
        editable=False,
        help_text="The code of an official occupation, as 29-1141; none for a role that pages speak of by title.",
    )
    closest_occupation = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="closest_to",
        help_text="The official occupation that a person found closest to it. Their figures are never mixed.",
    )
    renamed = models.BooleanField(
        default=False, editable=False, help_text="A person gave it this title: no page's spelling changes it."
    )
    uncounted = models.BooleanField(
        default=False, editable=False, help_text="Who agrees with its current values is to be counted anew."
    )
    salary = models.ForeignKey("SalaryStats", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    outlook = models.ForeignKey("Outlook", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    preparation = models.ForeignKey(
        "Preparation", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    demographics = models.ForeignKey(
        "Demographics", null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    profile = models.ForeignKey("Profile", null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    skills_citation = models.ForeignKey(
        Citation, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    duties_citation = models.ForeignKey(
        Citation, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    sections_citation = models.ForeignKey(
        Citation, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title"]
        permissions: ClassVar = [
            ("merge_role", "Can merge and rename roles"),
            ("link_role", "Can name the closest official occupation of a role"),
        ]
        indexes: ClassVar = [
            # Each load asks which roles are left to count: nearly always none, or only its own.
            models.Index(fields=["id"], condition=Q(uncounted=True), name="role_uncounted"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(slug__contains="-vs-"),
                name="role_slug_has_no_vs",
                violation_error_message="A slug cannot contain -vs-: it joins two slugs.",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(soc_code__isnull=True),
                name="role_title_once",
                violation_error_message="Another role has this title. Merge the two instead.",
            ),
            models.CheckConstraint(
                condition=Q(soc_code__isnull=True) | Q(closest_occupation__isnull=True),
                name="role_occupation_has_no_closest",
                violation_error_message="An official occupation has no closest official occupation.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = identity(self.title)
        super().save(*args, **kwargs)
        TitleWord.renew([self.pk])

    def get_absolute_url(self) -> str:
        return reverse("role", args=[self.slug])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        TitleWord.forget([self.pk])
        return super().delete(*args, **kwargs)


class RoleAlias(models.Model):
    """Another title of a role: search, loading and redirects look through these."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="aliases")
    title = models.CharField(max_length=120)
    key = models.CharField(max_length=160, unique=True, editable=False)
    slug = models.SlugField(max_length=130, unique=True)

    class Meta:
        ordering: ClassVar = ["title"]
        verbose_name_plural = "role aliases"

    def __str__(self) -> str:
        return f"{self.title} ({self.role})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = identity(self.title)
        super().save(*args, **kwargs)
        TitleWord.renew([self.role_id])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        TitleWord.renew([self.role_id])
        return deleted


class ByLetterField(models.CharField):  # type: ignore[type-arg]  # no generic class outside of the type checker
    """A text in the order of its characters: under a language's own order PostgreSQL cannot find by an index what
    begins with something, while SQLite has no other order than this."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters


class Word(models.Model):
    """One word of the stored titles, or the initials of some, and how many roles it finds: what a typed word can mean.

    It stands here for as long as a `TitleWord` has it; the marked ones other than initials do not.
    """

    word = ByLetterField(max_length=LONGEST)
    roles = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["word"], name="word_once")]

    def __str__(self) -> str:
        return str(self.word)

    @classmethod
    def count_up(cls, words: Iterable[str]) -> None:
        """One role more for each of these, as often as it is there."""
        more = Counter(word for word in words if word[0] not in (WHOLE, FIRST))
        _insert(
            cls,
            "word, roles",
            list(more.items()),
            "ON CONFLICT (word) DO UPDATE SET roles = {table}.roles + excluded.roles",
        )

    @classmethod
    def count_down(cls, words: Iterable[str]) -> None:
        """One role less; a word that finds none any more goes."""
        less = Counter(word for word in words if word[0] not in (WHOLE, FIRST))
        for number in set(less.values()):  # most words are of one role, so few statements do it
            some = [word for word, roles in less.items() if roles == number]
            cls.objects.filter(word__in=some).update(roles=F("roles") - number)
        cls.objects.filter(word__in=less, roles=0).delete()


class TitleWord(models.Model):
    """One of the words that find a role, as `careers.search_words.finding` gives them, each once for all of its titles.

    Saving and deleting a role or another title keeps these right. Who writes many at once calls `add`, `renew` or
    `forget`, in the same transaction.
    """

    role = models.ForeignKey(Role, on_delete=models.CASCADE, db_index=False, related_name="title_words")
    word = ByLetterField(max_length=LONGEST)
    rank = models.PositiveSmallIntegerField(help_text="The smaller, the further up among those that the word finds.")

    class Meta:
        # Has the role another word, too? It is also what deleting a role goes by.
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "word"], name="title_word_once")]
        # The best roles of a word are the first of its range, however many it finds; nothing has to be sorted.
        indexes: ClassVar = [models.Index(fields=["word", "rank", "role"], name="title_word_by_rank")]

    def __str__(self) -> str:
        return f"{self.word} ({self.role})"

    @classmethod
    def add(cls, titles: Mapping[int, Sequence[str]]) -> None:
        """For roles without words: key -> titles, the own one first."""
        rows = [(pk, word, rank) for pk in titles for word, rank in finding(titles[pk]).items()]
        _insert(cls, "role_id, word, rank", rows)
        Word.count_up(word for _, word, _ in rows)

    @classmethod
    def renew(cls, roles: Collection[int]) -> None:
        """Bring the words of these roles to what their titles are now."""
        titles = {pk: [title] for pk, title in Role.objects.filter(pk__in=roles).values_list("pk", "title")}
        for pk, title in RoleAlias.objects.filter(role__in=roles).order_by("key").values_list("role", "title"):
            titles[pk].append(title)
        stored: dict[int, dict[str, int]] = {pk: {} for pk in titles}
        for pk, word, rank in cls.objects.filter(role__in=roles).values_list("role", "word", "rank"):
            stored[pk][word] = rank
        changed = [pk for pk in titles if finding(titles[pk]) != stored[pk]]
        if changed:
            cls.forget(changed)
            cls.add({pk: titles[pk] for pk in changed})

    @classmethod
    def forget(cls, roles: Collection[int]) -> None:
        """Before these roles go."""
        rows = cls.objects.filter(role__in=roles)
        Word.count_down(rows.values_list("word", flat=True))
        rows.delete()


def _insert(model: type[models.Model], columns: str, rows: Sequence[tuple[Any, ...]], ending: str = "") -> None:
    """Many small rows in few statements: made and written by Django one by one, these would take longest of all
    that a page brings."""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[start : start + ROWS_AT_ONCE]
            places = ", ".join([f"({', '.join(['%s'] * len(some[0]))})"] * len(some))
            statement = f"INSERT INTO {table} ({columns}) VALUES {places} {ending.format(table=table)}"  # noqa: S608 - names of ours only
            cursor.execute(statement, [value for row in some for value in row])


class FactRow(models.Model):
    """What one page says of one role in one group."""

    # No index of its own: the unique constraint of each of these tables begins with the role.
    role = models.ForeignKey(Role, on_delete=models.CASCADE, db_index=False, related_name="%(class)s_rows")
    citation = models.ForeignKey(Citation, on_delete=models.CASCADE, related_name="%(class)s_rows")
    evidence = models.JSONField(
        default=dict,
        blank=True,
        help_text="Field -> line, raw text, how it was read, candidates, warnings, who agrees.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name}: {self.role} ({self.citation})"


def _one_per_citation(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["role", "citation"],
        name=f"{name}_one_per_citation",
        violation_error_message="One row per role and citation.",
    )


class SalaryStats(FactRow):
    """What one page says of a role's pay."""

    annual_average = models.PositiveIntegerField(null=True)
    hourly_average = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    annual_low = models.PositiveIntegerField(null=True)
    annual_high = models.PositiveIntegerField(null=True)
    top_city = models.CharField(max_length=120, null=True)
    top_state = models.CharField(max_length=60, null=True)
    top_company = models.CharField(max_length=200, null=True)
    top_industry = models.CharField(max_length=120, null=True)
    annual_entry = models.PositiveIntegerField(null=True)
    annual_mid = models.PositiveIntegerField(null=True)
    annual_senior = models.PositiveIntegerField(null=True)
    annual_median = models.PositiveIntegerField(null=True)
    annual_p10 = models.PositiveIntegerField(null=True)
    annual_p25 = models.PositiveIntegerField(null=True)
    annual_p75 = models.PositiveIntegerField(null=True)
    annual_p90 = models.PositiveIntegerField(null=True)
    hourly_median = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p10 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p25 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p75 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_p90 = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    relative_error_percent = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    note = models.TextField(null=True, help_text="What the page adds in words.")

    class Meta:
        verbose_name = verbose_name_plural = "salary stats"
        constraints: ClassVar = [
            _one_per_citation("salary"),
            models.CheckConstraint(
                condition=Q(annual_low__isnull=True)
                | Q(annual_high__isnull=True)
                | Q(annual_low__lte=F("annual_high")),
                name="salary_low_not_above_high",
                violation_error_message="The low end of a salary range cannot be above its high end.",
            ),
        ]


class Outlook(FactRow):
    """What one page says of a role's jobs, growth and satisfaction."""

    growth_percent = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    job_count = models.PositiveIntegerField(null=True)
    satisfaction = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    relative_error_percent = models.DecimalField(max_digits=5, decimal_places=1, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "outlook"
        constraints: ClassVar = [
            _one_per_citation("outlook"),
            *_bounded("outlook", ["satisfaction"], 0, 5),
        ]


class Preparation(FactRow):
    """What one page says of getting into a role: time, experience, education."""

    months_low = models.PositiveSmallIntegerField(null=True)
    months_high = models.PositiveSmallIntegerField(null=True)
    years_of_experience = models.PositiveSmallIntegerField(
        null=True,
        help_text="As published: the upper end of a band without its unit; 12 means 6-12 months.",
    )
    degree = models.CharField(max_length=120, null=True)
    degree_percent = models.PositiveSmallIntegerField(
        null=True, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    major = models.CharField(max_length=120, null=True)
    college = models.CharField(max_length=200, null=True)

    class Meta:
        verbose_name = verbose_name_plural = "preparation"
        constraints: ClassVar = [
            _one_per_citation("preparation"),
            *_bounded("preparation", ["degree_percent"], 0, 100),
            models.CheckConstraint(
                condition=Q(months_low__isnull=True)
                | Q(months_high__isnull=True)
                | Q(months_low__lte=F("months_high")),
                name="preparation_low_not_above_high",
                violation_error_message="The shorter time to enter cannot exceed the longer one.",
            ),
        ]


class Demographics(FactRow):
    """What one page says of who is counted in a role now."""

    average_age = models.PositiveSmallIntegerField(null=True)
    male_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    female_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    black_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    unknown_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    hispanic_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    asian_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    white_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    native_percent = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    lgbt_percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "demographics"
        constraints: ClassVar = [
            _one_per_citation("demographics"),
            *_bounded(
                "demographics",
                [
                    "male_percent",
                    "female_percent",
                    "black_percent",
                    "unknown_percent",
                    "hispanic_percent",
                    "asian_percent",
                    "white_percent",
                    "native_percent",
                    "lgbt_percent",
                ],
                0,
                100,
            ),
        ]


class Profile(FactRow):
    """What one page says of a role in words: summary, work life, occupation group."""

    summary = models.TextField(null=True)
    stress_level = models.CharField(max_length=40, null=True)
    balance_rating = models.CharField(max_length=40, null=True)
    occupation_group = models.CharField(max_length=120, null=True)

    class Meta:
        constraints: ClassVar = [_one_per_citation("profile")]


class Skill(models.Model):
    """A skill or tool that pages list for roles."""

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=240, unique=True, editable=False)
    slug = models.SlugField(max_length=130, unique=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = identity(self.name)
        super().save(*args, **kwargs)


class SkillAlias(models.Model):
    """Another spelling of a skill, so that two lists can meet."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=240, unique=True, editable=False)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "skill aliases"

    def __str__(self) -> str:
        return f"{self.name} ({self.skill})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = identity(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """One step leads from a spelling to its skill: comparing follows no second one."""
        key, skill = identity(self.name), Skill.objects.filter(pk=self.skill_id).first()
        others = SkillAlias.objects.exclude(pk=self.pk)
        if len(key) > 240:
            raise ValidationError({"name": "This spelling is too long."})
        if skill is None or not key:
            return  # the fields have said so
        if key == skill.key:
            raise ValidationError({"name": "This is how the skill itself is spelled."})
        if taken := others.filter(key=key).select_related("skill").first():
            raise ValidationError({"name": f"This is another spelling of “{taken.skill}” already."})
        if others.filter(skill__key=key).exists():
            raise ValidationError({"name": "Other spellings are joined with this one: join them with the skill first."})
        if further := others.filter(key=skill.key).select_related("skill").first():
            raise ValidationError({"skill": f"This is another spelling of “{further.skill}”: choose that one."})


class RoleSkill(FactRow):
    """One entry of one of a role's skill lists on one page."""

    class Kind(models.TextChoices):
        LISTED = "listed", "listed"
        TECH = "tech", "technical"
        SOFT = "soft", "personal"
        TOOL = "tool", "tool"

    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="roles")
    name = models.CharField(max_length=200, help_text="As this page spells it.")
    kind = models.CharField(max_length=10, choices=Kind)
    position = models.PositiveSmallIntegerField(help_text="Place among all entries of the page.")
    rank = models.PositiveSmallIntegerField(help_text="Place in its own list, from 1.")
    percent = models.PositiveSmallIntegerField(null=True)
    tier = models.CharField(max_length=120, null=True)

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "citation", "position"], name="role_skill_one_per_place"),
            *_bounded("role_skill", ["percent"], 0, 100),
        ]


class Duty(FactRow):
    """One thing people in a role do, as one page words it."""

    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    truncated = models.BooleanField(default=False, help_text="The page hides further duties behind this one.")

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name_plural = "duties"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "citation", "position"], name="duty_one_per_place")
        ]


class Section(FactRow):
    """A heading of a guide and what stands under it."""

    position = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=200)
    blocks = models.JSONField(help_text='[{"type": "paragraph", "text": ...} or {"type": "list", "items": [...]}]')

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "citation", "position"], name="section_one_per_place")
        ]


class Listing(models.Model):
    """One role as one publisher's lists show it: what sorting, filtering and ranking 100,000 roles needs, in one row.

    A copy of current facts, and nothing else: `ingest.loading` alone writes it, in the transaction that moves them.
    `months_*` is the time to enter that readers are told, from the band of the experience figure where
    `by_experience`; without an upper end it is open.
    """

    role = models.ForeignKey(Role, on_delete=models.CASCADE, db_index=False, related_name="listings")
    publisher = models.ForeignKey(Publisher, on_delete=models.CASCADE, db_index=False, related_name="listings")
    title = models.CharField(max_length=120)
    key = models.CharField(max_length=160)
    slug = models.SlugField(max_length=130, db_index=False)
    pay = models.PositiveIntegerField(null=True, help_text="The average of a year.")
    median = models.PositiveIntegerField(null=True, help_text="The median of a year.")
    low = models.PositiveIntegerField(null=True)
    high = models.PositiveIntegerField(null=True)
    jobs = models.PositiveIntegerField(null=True)
    growth = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    months_low = models.PositiveSmallIntegerField(null=True)
    months_high = models.PositiveSmallIntegerField(null=True)
    by_experience = models.BooleanField(default=False)
    occupation_group = models.CharField(max_length=120, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["role", "publisher"], name="listing_one_per_publisher"),
        ]
        # A list is sorted by one column among the roles of one publisher, and read a page at a time; a rank counts
        # along the same index. Equal values stand by title.
        indexes: ClassVar = [
            models.Index(fields=["publisher", "key"], name="listing_by_title"),
            models.Index(fields=["publisher", "pay", "key"], name="listing_by_pay"),
            models.Index(fields=["publisher", "median", "key"], name="listing_by_median"),
            models.Index(fields=["publisher", "low", "key"], name="listing_by_low"),
            models.Index(fields=["publisher", "jobs", "key"], name="listing_by_jobs"),
            models.Index(fields=["publisher", "growth", "key"], name="listing_by_growth"),
            models.Index(fields=["publisher", "months_low", "key"], name="listing_by_months"),
            # One group alone, its nearest neighbours by pay among them.
            models.Index(fields=["publisher", "occupation_group", "pay"], name="listing_by_group"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"


class Revision(models.Model):
    """One row, counted up by every load, undo, merge and take-down; caches hang on it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def lock(cls) -> Self:
        """The one row, held until the transaction ends: two who write wait for one another here.

        SQLite needs no lock on a row: there the transaction itself is the lock.
        """
        return cls.objects.select_for_update().get_or_create(pk=1)[0]

    def count_up(self) -> None:
        self.number += 1
        self.save(update_fields=["number"])
