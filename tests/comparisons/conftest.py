from collections.abc import Iterator

import pytest

from comparisons import dataset


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """Roles made through the ORM do not count the revision up, so what a process holds must not outlive a test."""
    dataset._held.clear()
    yield
    dataset._held.clear()
