from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    """A process holds figures until the revision moves; each test begins with another data set at the same revision."""
    from comparisons import dataset  # here, for it needs Django set up

    dataset._held.clear()
    yield
    dataset._held.clear()
