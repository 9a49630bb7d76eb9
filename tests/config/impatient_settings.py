"""The settings of tests with the response cache on, and no more patience with the database than is served."""

from config.settings import REVISION_PATIENCE as PATIENCE_AS_SERVED
from tests.config.cached_settings import *  # noqa: F403 - all the others

REVISION_PATIENCE = PATIENCE_AS_SERVED
