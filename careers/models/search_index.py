"""The words that find roles, and how many roles each word finds."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F

from careers.bulk import insert_rows
from careers.search_words import FIRST, LONGEST, WHOLE, rank_words


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
        insert_rows(
            cls,
            ["word", "roles"],
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

    role = models.ForeignKey("careers.Role", on_delete=models.CASCADE, db_index=False, related_name="title_words")
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
        rows = [(pk, word, rank) for pk in titles for word, rank in rank_words(titles[pk]).items()]
        insert_rows(cls, ["role_id", "word", "rank"], rows)
        Word.count_up(word for _, word, _ in rows)

    @classmethod
    def renew(cls, titles: Mapping[int, Sequence[str]]) -> None:
        """Write the words of these roles where their titles changed. `titles`: key -> titles, the role's own first."""
        stored: dict[int, dict[str, int]] = {pk: {} for pk in titles}
        for pk, word, rank in cls.objects.filter(role__in=titles).values_list("role", "word", "rank"):
            stored[pk][word] = rank
        changed = [pk for pk in titles if rank_words(titles[pk]) != stored[pk]]
        if changed:
            cls.remove(changed)
            cls.add({pk: titles[pk] for pk in changed})

    @classmethod
    def remove(cls, roles: Collection[int]) -> None:
        """Before these roles go."""
        rows = cls.objects.filter(role__in=roles)
        Word.count_down(rows.values_list("word", flat=True))
        rows.delete()
