"""What was searched in vain, and the everyday titles that people add in response."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from careers.bulk import count_without_waiting
from careers.models.roles import Role, renew_terms
from careers.search_words import split_words
from careers.spelling import fold_spelling

MOST_LETTERS = 80
# How many different texts are counted a day, and for how many days they are kept.
MOST_OF_DAY = 1_000
DAYS_KEPT = 90
# Rarer texts are shown to nobody, because they can tell who typed them.
FEWEST_TIMES = 3
# A number with this many digits can be a personal one.
_MOST_DIGITS = 3


class VainSearch(models.Model):
    """A text for which a search found nothing, and how many times on one day. Nothing is stored about who typed it."""

    day = models.DateField()
    text = models.CharField(max_length=MOST_LETTERS)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "searches in vain"
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "text"], name="vain_search_once_a_day")]

    def __str__(self) -> str:
        return str(self.text)

    @classmethod
    def count(cls, typed: str) -> None:
        """Count a text once more. The count is lost if another writer holds the database at that moment."""
        text = normalize_search(typed)
        if text:
            count_without_waiting(cls, {"day": timezone.localdate(), "text": text}, "times", most=MOST_OF_DAY)

    @classmethod
    def forget_old(cls) -> None:
        cls.objects.filter(day__lt=timezone.localdate() - timedelta(days=DAYS_KEPT)).delete()


def normalize_search(typed: str) -> str:
    """The words of a text as they are counted; "" for a text that may contain a personal number.

    >>> normalize_search("  Éclair-Tester! "), normalize_search("call 555 0199")
    ('eclair tester', '')
    """
    words = split_words(typed)
    if any(sum(map(str.isdigit, word)) >= _MOST_DIGITS for word in words):
        return ""
    return " ".join(words)[:MOST_LETTERS].strip()


class AddedTitle(models.Model):
    """An everyday title by which people find an official occupation. Pages with this title are not joined to it."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, db_index=False, related_name="added_titles")
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=240, editable=False)

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["role", "key"],
                name="added_title_once",
                violation_error_message="The occupation has this title already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.role})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = fold_spelling(self.title)
        super().save(*args, **kwargs)
        renew_terms([self.role_id])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        renew_terms([self.role_id])
        return deleted
