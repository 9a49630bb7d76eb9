"""The count of changes to the data set."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from django.db import models, transaction


class Revision(models.Model):
    """The single row that every load, undo, merge and take-down counts up. Caches depend on it."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def lock(cls) -> Self:
        """Lock the row until the transaction ends, so that writers wait for one another.

        SQLite needs no lock on a row: its transaction is the lock.
        """
        return cls.objects.select_for_update().get_or_create(pk=1)[0]

    def count_up(self) -> None:
        self.number += 1
        self.save(update_fields=["number"])

    @classmethod
    @contextmanager
    def counting_up(cls) -> Iterator[None]:
        """Make a change in one transaction that holds the lock, and count it, so that no cached page is served again.

        A block that raises counts nothing.
        """
        with transaction.atomic():
            revision = cls.lock()
            yield
            revision.count_up()
