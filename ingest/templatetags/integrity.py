from django import template
from django.contrib.staticfiles.storage import staticfiles_storage

register = template.Library()


@register.simple_tag
def integrity(name: str) -> str:
    """The hash that the admin's pages state for a script; see config/storage.py."""
    return str(staticfiles_storage.integrity(name))  # type: ignore[attr-defined]  # both storage classes have it
