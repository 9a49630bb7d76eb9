"""The words that find roles, and how many roles each word finds."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F

from careers.bulk import insert_rows
from careers.search_words import FIRST, LONGEST, WHOLE, rank_words


class ByLetterField(models.CharField):  # type: ignore[type-arg]  # CharField is generic for the type checker only
    """Text that sorts by its characters.

    PostgreSQL cannot use an index to find a beginning under the order of a language. SQLite has no other order.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters


class Word(models.Model):
    """One word or set of initials from the stored titles, and the number of roles that it finds.

    A row exists while some `TitleWord` has the word. Whole titles and first letters have no row.
    """

    word = ByLetterField(max_length=LONGEST)
    roles = models.PositiveIntegerField()

    class Meta:
        # Its index finds the words that begin with what is typed.
        constraints: ClassVar = [models.UniqueConstraint(fields=["word"], name="word_once")]

    def __str__(self) -> str:
        return str(self.word)

    @classmethod
    def count_up(cls, words: Iterable[str]) -> None:
        """Count one more role for each of these words; a word that occurs twice counts twice."""
        counts = Counter(word for word in words if word[0] not in (WHOLE, FIRST))
        insert_rows(
            cls,
            ["word", "roles"],
            list(counts.items()),
            "ON CONFLICT (word) DO UPDATE SET roles = {table}.roles + excluded.roles",
        )

    @classmethod
    def count_down(cls, words: Iterable[str]) -> None:
        """Count one role less for each of these words, and delete the words that find no role any more."""
        counts = Counter(word for word in words if word[0] not in (WHOLE, FIRST))
        for number in set(counts.values()):  # most words lose one role, so this takes few statements
            with_number = [word for word, roles in counts.items() if roles == number]
            cls.objects.filter(word__in=with_number).update(roles=F("roles") - number)
        cls.objects.filter(word__in=counts, roles=0).delete()


class TitleWord(models.Model):
    """One word that finds a role by any of its titles, as `careers.search_words.rank_words` gives it.

    Saving or deleting a role or an alias keeps its rows up to date. Code that writes roles in bulk must call `add`,
    `renew` or `remove` in the same transaction.
    """

    role = models.ForeignKey("careers.Role", on_delete=models.CASCADE, db_index=False, related_name="title_words")
    word = ByLetterField(max_length=LONGEST)
    rank = models.PositiveSmallIntegerField(help_text="The smaller, the further up among those that the word finds.")

    class Meta:
        # Its index checks whether a role has a second typed word, and finds the words of a role that is deleted.
        constraints: ClassVar = [models.UniqueConstraint(fields=["role", "word"], name="title_word_once")]
        # The best roles of a word are the first entries of its range, so nothing is sorted however many there are.
        indexes: ClassVar = [models.Index(fields=["word", "rank", "role"], name="title_word_by_rank")]

    def __str__(self) -> str:
        return f"{self.word} ({self.role})"

    @classmethod
    def add(cls, titles: Mapping[int, Sequence[str]]) -> None:
        """Write the words of roles that have none. `titles`: key of a role -> its titles, its own first."""
        rows: list[tuple[int, str, int]] = []
        for pk, role_titles in titles.items():
            rows += [(pk, word, rank) for word, rank in rank_words(role_titles).items()]
        insert_rows(cls, ["role_id", "word", "rank"], rows)
        Word.count_up(word for _, word, _ in rows)

    @classmethod
    def renew(cls, titles: Mapping[int, Sequence[str]]) -> None:
        """Rewrite the words of the roles whose titles changed. `titles`: as for `add`."""
        stored: dict[int, dict[str, int]] = {pk: {} for pk in titles}
        for pk, word, rank in cls.objects.filter(role__in=titles).values_list("role", "word", "rank"):
            stored[pk][word] = rank
        changed = [pk for pk in titles if rank_words(titles[pk]) != stored[pk]]
        if changed:
            cls.remove(changed)
            cls.add({pk: titles[pk] for pk in changed})

    @classmethod
    def remove(cls, roles: Collection[int]) -> None:
        """Delete the words of these roles. Call it before the roles are deleted."""
        rows = cls.objects.filter(role__in=roles)
        Word.count_down(rows.values_list("word", flat=True))
        rows.delete()
