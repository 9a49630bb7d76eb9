"""The settings of tests, with the response cache on."""

from tests.settings import *  # noqa: F403 - all of them is the point

RESPONSE_CACHE_BYTES = 8_000_000
REVISION_SECONDS = 1.0
