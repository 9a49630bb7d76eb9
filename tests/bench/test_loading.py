"""The measurement of loading takes pages that are read whole, and leaves nothing of them."""

import pytest

from bench import loading
from careers.models import Role
from ingest.documents.document import read_document
from ingest.parsing.parse_page import parse_page


def test_each_page_has_two_roles_of_its_own_and_is_read_whole() -> None:
    titles = set()
    for name, text in loading.make_pages(5):
        page = parse_page(read_document(name, text.encode()))
        titles |= {role.title for role in page.roles}
        assert page.unread == ()
    assert len(titles) == 10


@pytest.mark.django_db
def test_a_batch_is_previewed_loaded_and_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "PAGES", 3)
    seconds = loading.run_batch()
    assert seconds.keys() == loading.LIMITS.keys()
    assert min(seconds.values()) > 0
    assert not Role.objects.exists()
