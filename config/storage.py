"""Static files as they are served: named by their content, compressed, and our own without what only we read."""

import re
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# With or without the digest of its content; what stands in folders comes from packages, as they ship it.
OURS = re.compile(r"[\w-]+(?:\.[0-9a-f]{12})?\.(css|js)")


def lean(text: str, kind: str) -> str:
    """Without indentation and without comments, of script only those that have a line of their own.

    >>> lean("a {\\n  color: red; /* why */\\n}\\n", "css")
    'a {\\ncolor: red; \\n}\\n'
    >>> lean("// why\\nf(() => {\\n  // how\\n  g(); // so\\n});\\n", "js")
    'f(() => {\\ng(); // so\\n});\\n'
    """
    text = re.sub(r"(?s)/\*.*?\*/", "", text) if kind == "css" else re.sub(r"(?m)^[ \t]*//.*\n", "", text)
    return re.sub(r"(?m)^[ \t]+", "", text)


class LeanStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """A first view must fit into the packets that a server sends before the first answer comes back."""

    def _save(self, name: str, content: Any) -> str:
        if found := OURS.fullmatch(name):
            content.seek(0)  # it was read for its digest
            content = ContentFile(lean(content.read().decode(), found[1]).encode())
        saved: str = super()._save(name, content)
        return saved
