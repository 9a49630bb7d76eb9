"""Addresses that are put together from one look at the patterns are those that Django makes."""

import pytest
from django.template import Template, TemplateSyntaxError
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse

from comparisons.links import address, of_roles


@pytest.mark.parametrize("slug", ["lead-technician", "c-plus-plus", "señor-3d", "架构师"])
@pytest.mark.parametrize("view", ["role", "role_json", "comparison", "comparison_json"])
def test_an_address_is_the_one_of_the_pattern(view: str, slug: str) -> None:
    assert address(view, slug) == reverse(view, args=[slug])
    assert address(view, slug, "b") == reverse(view, args=[f"{slug}-vs-b"])


def test_one_role_alone_leads_to_the_form_that_asks_for_another() -> None:
    assert of_roles(["clerk"]) == f"{reverse('compare')}?role=clerk"
    assert of_roles(["clerk", "nurse"]) == reverse("comparison", args=["clerk-vs-nurse"])


def test_what_is_fixed_stands_in_the_template_from_the_start() -> None:
    template = Template("{% load fixed %}<a href=\"{% fixed url 'roles' %}\">{% fixed static 'site.css' %}</a>")
    assert template.render(Context()) == f'<a href="{reverse("roles")}">{static("site.css")}</a>'


def test_a_part_that_needs_nothing_of_the_page_is_fixed_too() -> None:
    part = Template("{% load fixed %}{% fixed include 'comparisons/_other.html' %}").render(Context({"label": "no"}))
    assert 'name="role"' in part
    assert "Compare with" in part


@pytest.mark.parametrize("wrong", ["fixed url", "fixed colour 'red'", "fixed url 'role' slug"])
def test_a_wrong_fixed_tag_is_named(wrong: str) -> None:
    with pytest.raises(TemplateSyntaxError, match=wrong.split()[-1].strip("'")):
        Template("{% load fixed %}{% " + wrong + " %}")
