"""The count of changes to the data set."""

from typing import Self

from django.db import models


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
