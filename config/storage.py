"""Static files as they are served: named by their content, compressed, our own scripts and style sheets minified.

Pages state the hash of each script (`integrity`), so that browsers do not run a file that was changed on its way.
"""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.files.base import ContentFile
from lightningcss import process_stylesheet
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class MinifyingStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Minifies what is at the top of static/. Files in folders come from packages or serve only the admin."""

    @cache  # noqa: B019 - there is one storage in a process
    def integrity(self, name: str) -> str:
        """The hash that a page states for this file as it is served, decompressed. Each process reads the file once."""
        return hash_for_browsers(Path(self.path(self.stored_name(name))).read_bytes())

    def _save(self, name: str, content: Any) -> str:
        if "/" not in name and name.endswith((".js", ".css")):
            content.seek(0)  # it was read for the digest
            content = ContentFile(_minify(name, content.read()))
        saved_name: str = super()._save(name, content)
        return saved_name


def _minify(name: str, source: bytes) -> bytes:
    """Raises ValueError if a style sheet is wrong."""
    if name.endswith(".js"):
        script: bytes = jsmin(source)
        return script
    return process_stylesheet(source.decode(), filename=name, minify=True).encode()


class FilesFromTheirFolders(StaticFilesStorage):
    """For development and tests: files are served as they are, and change without a restart."""

    def integrity(self, name: str) -> str:
        path = finders.find(name)
        if path is None:
            raise FileNotFoundError(name)
        return hash_for_browsers(Path(path).read_bytes())


def hash_for_browsers(content: bytes) -> str:
    """The shortest of the hashes that browsers accept."""
    return "sha256-" + b64encode(sha256(content).digest()).decode()
