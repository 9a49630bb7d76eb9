"""Static files as they are served: named by their content, compressed, and our own scripts minified."""

from typing import Any

from django.core.files.base import ContentFile
from rjsmin import jsmin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class MinifyingStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Minifies the scripts at the top of static/; those in folders come from packages or serve the admin alone.

    Style sheets stay as they are: compressed, comments and indentation cost 400 bytes (docs/decisions.md).
    """

    def _save(self, name: str, content: Any) -> str:
        if "/" not in name and name.endswith(".js"):
            content.seek(0)  # it was read for the digest
            content = ContentFile(jsmin(content.read()))
        saved_name: str = super()._save(name, content)
        return saved_name
