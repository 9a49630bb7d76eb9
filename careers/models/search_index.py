"""The terms that find roles, and the words among them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Length

from careers.bulk import add_to_counts, insert_rows
from careers.search_words import LONGEST, encode_letters, sound_of
from careers.title_terms import SearchTitle, is_word, list_terms, people_with, role_points


class ByLetterField(models.CharField):  # type: ignore[type-arg]  # CharField is generic for the type checker only
    """Text that sorts by its characters.

    PostgreSQL cannot find texts by their beginnings with an index in the order of a language. SQLite has no such order.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, str | None]:
        parameters = super().db_parameters(connection)
        parameters["collation"] = "C" if connection.vendor == "postgresql" else None
        return parameters


class Word(models.Model):
    """One word of the stored titles, and about how many people have it in their title.

    A row exists while some `TitleTerm` is the word.
    """

    word = ByLetterField(max_length=LONGEST, primary_key=True)
    people = models.PositiveBigIntegerField()
    letters = models.IntegerField(help_text="A bit for each letter that the word has.")
    sound = ByLetterField(max_length=LONGEST, help_text="What is heard of the word.")

    class Meta:
        # A misspelled word is compared with those of about its length that have its first letter, and with those that
        # sound like it. The indexes hold all that is read.
        indexes: ClassVar = [
            models.Index(Length("word"), "word", "people", "letters", name="word_of_length"),
            models.Index(fields=["sound", "word", "people"], name="word_of_sound"),
        ]

    def __str__(self) -> str:
        return str(self.word)

    @classmethod
    def add_people(cls, people: Mapping[str, int]) -> None:
        """Add to or subtract from the people of these words; words that nobody has any longer are deleted."""
        changes = {word: number for word, number in people.items() if number}
        add_to_counts(cls, "word", "people", changes, {"letters": encode_letters, "sound": sound_of})
        cls.objects.filter(word__in=[word for word, number in changes.items() if number < 0], people=0).delete()


class RoleTitles(NamedTuple):
    """All that finds a role: its titles, its own first, and how many people do the work."""

    titles: Sequence[SearchTitle]
    jobs: int | None

    @property
    def points(self) -> int:
        return role_points(self.titles[0].title, self.jobs)


class _StoredTerm(NamedTuple):
    """`total`: the points of the term and of the role."""

    term: str
    points: int
    total: int
    title: str


class TitleTerm(models.Model):
    """One term that finds a role by any of its titles, as `careers.title_terms` gives it.

    `total` adds the points of the role itself, so that the best roles of a term are found in one index. Saving or
    deleting a role or an alias keeps its rows up to date. Code that writes roles or titles in bulk must call
    `renew_terms` or `remove` in the same transaction.
    """

    # Its index finds the terms of a role.
    pk = models.CompositePrimaryKey("role", "term")
    term = ByLetterField(max_length=LONGEST)
    role = models.ForeignKey("careers.Role", on_delete=models.CASCADE, db_index=False, related_name="terms")
    points = models.SmallIntegerField()
    total = models.SmallIntegerField()
    title = models.CharField(max_length=200, blank=True, help_text="The title as spelled, of a whole title only.")

    class Meta:
        # The best roles of a term are the first entries of its range, so a search reads few of them however many there
        # are.
        indexes: ClassVar = [models.Index(fields=["term", "-total", "role", "points"], name="title_term_best")]

    def __str__(self) -> str:
        return f"{self.term} ({self.role})"

    @classmethod
    def renew(cls, titles: Mapping[int, RoleTitles]) -> None:
        """Bring the terms of these roles in line with their titles. `titles`: key of a role -> its titles."""
        stored = cls._read_stored_terms(titles)
        people: Counter[str] = Counter()
        changed: list[int] = []
        rows: list[tuple[str, int, int, int, str]] = []
        for pk, role_titles in titles.items():
            own_points = role_titles.points
            wanted = []
            for term, worth in list_terms(role_titles.titles).items():
                wanted.append(_StoredTerm(term, worth.points, own_points + worth.points, worth.title))
            if set(wanted) == set(stored[pk]):
                continue
            changed.append(pk)
            rows += [(term, pk, points, total, title) for term, points, total, title in wanted]
            people.update(_count_people(wanted))
            people.subtract(_count_people(stored[pk]))
        cls._delete_rows(pk for pk in changed if stored[pk])
        insert_rows(cls, ["term", "role_id", "points", "total", "title"], sorted(rows))
        Word.add_people(people)

    @classmethod
    def _read_stored_terms(cls, roles: Collection[int]) -> dict[int, list[_StoredTerm]]:
        stored: dict[int, list[_StoredTerm]] = {pk: [] for pk in roles}
        rows = cls.objects.filter(role__in=roles).order_by()
        for pk, *term in rows.values_list("role_id", "term", "points", "total", "title"):
            stored[pk].append(_StoredTerm._make(term))
        return stored

    @classmethod
    def remove(cls, roles: Collection[int]) -> None:
        """Delete the terms of these roles. Call it before the roles are deleted."""
        people: Counter[str] = Counter()
        for terms in cls._read_stored_terms(roles).values():
            people.subtract(_count_people(terms))
        cls._delete_rows(roles)
        Word.add_people(people)

    @classmethod
    def _delete_rows(cls, roles: Iterable[int]) -> None:
        rows = cls.objects.filter(role__in=list(roles))
        rows._raw_delete(rows.db)  # `delete` would read every row first


def _count_people(terms: Iterable[_StoredTerm]) -> dict[str, int]:
    """Word -> about how many people of a role have it in their title."""
    return {term.term: people_with(term.points, term.total - term.points) for term in terms if is_word(term.term)}
