"""The settings that tests run on: the real ones, with a key of their own and two things made quicker."""

import os

# Before the import, so that a fresh copy of the project can be tested without having been started.
os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 3)

from config.settings import *  # noqa: F403 - all of them is the point
from config.settings import STORAGES

# Static files straight from their folders: nothing has to be collected first.
STORAGES["staticfiles"] = {"BACKEND": "config.storage.FilesFromTheirFolders"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

# The safe hashes take a quarter of a second each, by intent.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests change rows behind the back of the Revision; the tests of the cache switch it on.
RESPONSE_CACHE_BYTES = 0
REVISION_SECONDS = 0.0
REVISION_PATIENCE = 60.0  # however busy the machine is
