"""The admin's screens of stored rows, of each kind of which a pair page and a guide store some."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from tests.ingest.small_pages import load_content, write_guide, write_pipe

STORED = {
    "careers_citation",
    "careers_duty",
    "careers_roleskill",
    "careers_salarystats",
    "careers_skill",
    "ingest_page",
}


@pytest.mark.django_db
@pytest.mark.same_on_every_database
def test_a_row_of_each_model_can_be_opened(admin_client: Client) -> None:
    load_content(write_pipe("Kite Builder", "Lantern Maker"))
    load_content(write_guide("Kite Builder", skills=("Patience",)))
    opened = {}
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model._default_manager.first()
        if row is not None:
            answer = admin_client.get(reverse(f"admin:{name}_change", args=[row.pk]), follow=True)
            opened[name] = answer.status_code
    assert opened.keys() >= STORED
    assert set(opened.values()) == {200}
