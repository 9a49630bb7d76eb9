import pytest

from tests.comparisons.stored_roles import LEAD, SOFTWARE, store_role
from tests.comparisons.stored_states import store_states


@pytest.fixture
def figures_by_state(db: None) -> None:
    """Nurses and cooks with figures by state, drivers without; price levels of Alaska and California."""
    store_states()


@pytest.fixture
def pair(db: None) -> None:
    """Average pay $90,615 and $79,670, both +10%, 250,590 and 117,059 jobs."""
    store_role(LEAD)
    store_role(SOFTWARE)
