from typing import Any

from django import template

from ingest.admin.home import describe_home

register = template.Library()


@register.simple_tag(takes_context=True)
def admin_home(context: template.Context) -> dict[str, Any]:
    """What the first page of the admin shows beside the stock one; see `describe_home`."""
    return describe_home(context["request"])
