"""Addresses of pages, in Python and in templates."""

import pytest
from django.template import engines
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import UndefinedError

from comparisons.links import address, of_roles


@pytest.mark.parametrize("slug", ["lead-technician", "c-plus-plus", "señor-3d", "架构师"])
@pytest.mark.parametrize("view", ["role", "role_json", "comparison", "comparison_json"])
def test_several_slugs_are_joined_in_an_address(view: str, slug: str) -> None:
    assert address(view, slug) == reverse(view, args=[slug])
    assert address(view, slug, "b") == reverse(view, args=[f"{slug}-vs-b"])


def test_one_role_alone_leads_to_the_form_that_asks_for_another() -> None:
    assert of_roles(["clerk"]) == f"{reverse('compare')}?role=clerk"
    assert of_roles(["clerk", "nurse"]) == reverse("comparison", args=["clerk-vs-nurse"])


def test_templates_can_ask_for_addresses_of_pages_and_files() -> None:
    template = engines["jinja2"].from_string('<a href="{{ address("role", "clerk") }}">{{ static("site.css") }}</a>')
    assert template.render() == f'<a href="/roles/clerk/">{static("site.css")}</a>'


def test_templates_escape_what_they_write() -> None:
    assert engines["jinja2"].from_string("{{ text }}").render({"text": "<b>"}) == "&lt;b&gt;"


def test_a_misspelled_name_in_a_template_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="titel"):
        engines["jinja2"].from_string("{{ titel }}").render({"title": "Clerk"})
