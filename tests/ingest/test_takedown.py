"""All pages of a publisher are taken down and put back together."""

import pytest
from django.contrib.auth.models import User

from careers.models import Publisher, Revision, Role, SalaryStats
from careers.vocabulary import CHOSEN_LISTS, ONE_ROW_GROUPS
from ingest.loading.load import reread_pages
from ingest.loading.propagation import propagate
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.models import Event, Page
from tests.ingest.small_pages import evidence, guide, loaded, pipe, role, state

pytestmark = pytest.mark.django_db

FULLER = {"Yearly salary": ("$33,000", "$44,000"), "Hourly rate": ("$15.87", "$21.15")}


def weekly() -> Publisher:
    return Publisher.objects.get(name="Careers Weekly")


def test_nothing_of_a_publisher_that_was_taken_down_is_current_anywhere() -> None:
    loaded(pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    loaded(guide("Baker", skills=("Ovens",)))
    before = Revision.objects.get().number

    take_down_publisher(weekly(), None, "asked by letter")

    for saved in Role.objects.with_facts():
        rows = [getattr(saved, group) for group in ONE_ROW_GROUPS]
        citations = [row.citation for row in rows if row]
        citations += [getattr(saved, f"{group}_citation") for group in CHOSEN_LISTS]
        assert all(citation.publisher.name == "Jobicy" for citation in citations if citation)
    assert role("Baker").salary is None
    assert role("Baker").skills_citation is not None
    assert Revision.objects.get().number > before


def test_what_other_publishers_say_is_current_instead_and_no_longer_mentions_them() -> None:
    loaded(pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    loaded(pipe("Baker", "Miller"))
    assert role("Baker").salary.annual_average == 33000

    take_down_publisher(weekly(), None, "")

    assert role("Baker").salary.annual_average == 31200
    assert "differs" not in evidence("Baker", "salary", "annual_average")


def test_putting_back_leaves_everything_as_it_was() -> None:
    loaded(pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    loaded(pipe("Baker", "Cook"))
    before = state()

    take_down_publisher(weekly(), None, "")
    assert state() != before
    put_back_publisher(weekly(), None)

    assert state() == before
    assert weekly().taken_down_at is None


def test_nothing_that_was_taken_down_is_deleted() -> None:
    loaded(pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")

    take_down_publisher(weekly(), None, "")

    assert SalaryStats.objects.count() == 2
    assert Page.objects.get().citation is not None


def test_new_pages_of_a_publisher_that_was_taken_down_are_refused() -> None:
    loaded(pipe("Baker", "Miller"), publisher="Careers Weekly")
    take_down_publisher(weekly(), None, "")

    outcome = loaded(pipe("Baker", "Cook"), publisher="careers weekly")

    assert outcome.status == "refused"
    assert "taken down" in (outcome.error or "")
    assert loaded(pipe("Baker", "Cook")).status == "loaded"


def test_pages_loaded_and_read_again_meanwhile_make_nothing_of_it_current() -> None:
    loaded(pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    take_down_publisher(weekly(), None, "")

    loaded(pipe("Baker", "Cook"))
    reread_pages(Page.objects.all())
    propagate()

    assert role("Baker").salary.annual_average == 31200
    assert role("Miller").salary is None
    assert "differs" not in evidence("Baker", "salary", "annual_average")


def test_what_a_better_reader_reads_of_pages_that_were_taken_down_is_not_current() -> None:
    loaded(pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    take_down_publisher(weekly(), None, "")
    SalaryStats.objects.all().delete()  # as if an earlier reader had read no pay

    reread_pages(Page.objects.all())
    propagate()

    assert SalaryStats.objects.count() == 2
    assert role("Baker").salary is None


def test_who_took_down_and_why_is_kept_and_twice_is_once() -> None:
    ann = User.objects.create(username="ann")
    loaded(pipe("Baker", "Miller"), publisher="Careers Weekly")

    first = take_down_publisher(weekly(), ann, "asked by letter")
    again = take_down_publisher(weekly(), ann, "asked twice")

    assert first == again
    assert (first.by, first.publisher, first.details) == (ann, weekly(), {"reason": "asked by letter"})
    assert weekly().taken_down_for == "asked by letter"
    put_back_publisher(weekly(), ann)
    assert Event.objects.filter(publisher=weekly()).count() == 2
