import pytest

from tests.comparisons.stored_states import store_states


@pytest.fixture
def figures_by_state(db: None) -> None:
    """Nurses and cooks with figures by state, drivers without; price levels of Alaska and California."""
    store_states()
