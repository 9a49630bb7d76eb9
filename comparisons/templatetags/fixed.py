"""{% fixed url 'roles' %}, {% fixed static 'site.css' %} and {% fixed include 'part.html' %}: what is the same on every
page is made once.

Django's own tags look it up each time; for the dozen in the frame of every page that takes as long as two empty pages.
"""

from collections.abc import Callable

from django import template
from django.template.base import Parser, TextNode, Token
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

register = template.Library()
KINDS: dict[str, Callable[[str], str]] = {"url": reverse, "static": static, "include": render_to_string}


@register.tag
def fixed(parser: Parser, token: Token) -> TextNode:
    """The address stands in the template from when it is read, which a server does once."""
    try:
        _, kind, name = token.split_contents()
        find = KINDS[kind]
    except (ValueError, KeyError):
        raise template.TemplateSyntaxError(
            f"{token.contents!r} must be fixed, then url, static or include, then a name."
        ) from None
    return TextNode(find(name.strip("'\"")))
