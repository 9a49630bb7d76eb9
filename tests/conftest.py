from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """Clears what a process remembers per revision: each test has other data, often at the same revision."""
    clear_caches()
    yield
    clear_caches()


def clear_caches() -> None:
    from comparisons import response_cache  # here, because these modules need Django to be set up
    from comparisons.queries import per_revision, revision

    per_revision.forget()
    response_cache.forget()
    revision.forget()
