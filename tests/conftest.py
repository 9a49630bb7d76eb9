from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """A process holds figures until the revision moves; each test begins with another data set at the same revision."""
    from comparisons import response_cache
    from comparisons.queries import (
        overview,
        revision,  # here, for they need Django set up
    )

    for forget in (overview._held.clear, response_cache.forget, revision.forget):
        forget()
    yield
    for forget in (overview._held.clear, response_cache.forget, revision.forget):
        forget()
