"""Skills, their other spellings, and the lists of skills on pages."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from careers.models.facts import FactRow, bound_columns, require_one_per_place
from careers.spelling import fold_spelling


class Skill(models.Model):
    """One skill or tool that pages list for roles."""

    name = models.CharField(max_length=200)
    key = models.CharField(max_length=240, unique=True, editable=False)
    slug = models.SlugField(max_length=130, unique=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold_spelling(self.name)
        super().save(*args, **kwargs)


class SkillAlias(models.Model):
    """Another spelling of one skill, so that lists with different spellings can be compared."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=240, unique=True, editable=False)

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "skill aliases"

    def __str__(self) -> str:
        return f"{self.name} ({self.skill})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold_spelling(self.name)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse chains of spellings: a comparison follows one step from a spelling to its skill, and no second."""
        key, skill = fold_spelling(self.name), Skill.objects.filter(pk=self.skill_id).first()
        others = SkillAlias.objects.exclude(pk=self.pk)
        if len(key) > 240:
            raise ValidationError({"name": "This spelling is too long."})
        if skill is None or not key:
            return  # the form reports missing fields itself
        if key == skill.key:
            raise ValidationError({"name": "This is how the skill itself is spelled."})
        same_spelling = others.filter(key=key).select_related("skill").first()
        if same_spelling:
            raise ValidationError({"name": f"This is already another spelling of “{same_spelling.skill}”."})
        if others.filter(skill__key=key).exists():
            raise ValidationError({"name": "Other spellings point to this one: point them to the skill first."})
        alias_of_skill = others.filter(key=skill.key).select_related("skill").first()
        if alias_of_skill:
            raise ValidationError({"skill": f"This is another spelling of “{alias_of_skill.skill}”: choose that one."})


class SkillRow(FactRow):
    """One entry in a list of skills that one source gives for one role."""

    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="%(class)s_rows")
    name = models.CharField(max_length=200, help_text="As the source spells it.")
    position = models.PositiveSmallIntegerField(help_text="Place among all entries of the source.")

    class Meta:
        abstract = True


class RoleSkill(FactRow):
    """One entry in a list of skills that one page gives for one role."""

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
            require_one_per_place("role_skill"),
            *bound_columns("role_skill", ["percent"], 0, 100),
        ]


class RatedRow(SkillRow):
    """How important a skill is for one role, from 1 to 5, and at which level it is needed, from 0 to 7."""

    importance = models.DecimalField(max_digits=3, decimal_places=2, null=True)
    level = models.DecimalField(max_digits=3, decimal_places=2, null=True)

    class Meta:
        abstract = True


class SkillRating(RatedRow):
    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            require_one_per_place("rated_skills"),
            *bound_columns("rated_skills", ["importance"], 1, 5),
            *bound_columns("rated_skills", ["level"], 0, 7),
        ]


class KnowledgeRating(RatedRow):
    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name_plural = "knowledge"
        constraints: ClassVar = [
            require_one_per_place("knowledge"),
            *bound_columns("knowledge", ["importance"], 1, 5),
            *bound_columns("knowledge", ["level"], 0, 7),
        ]


class Technology(SkillRow):
    """One tool or piece of software. `hot`: employers often ask for it. `in_demand`: they often do for this role."""

    hot = models.BooleanField()
    in_demand = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["position"]
        verbose_name_plural = "technology"
        constraints: ClassVar = [require_one_per_place("technology")]
