"""The Jinja2 environment that draws the public pages."""

from functools import cache
from typing import Any

from django.templatetags.static import static
from django.utils.text import capfirst
from jinja2 import Environment, StrictUndefined

from comparisons.links import address


def environment(**options: Any) -> Environment:
    """Build the environment with the options of Django's backend. A misspelt name in a template is an error."""
    ours = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
    jinja = Environment(**options | ours)  # noqa: S701  Django's backend turns escaping on
    jinja.globals |= {"address": address, "static": cache(static)}
    jinja.filters["capfirst"] = capfirst
    return jinja
