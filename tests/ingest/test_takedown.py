"""All pages of a publisher are taken down and put back together."""

import pytest
from django.contrib.auth.models import User

from careers.models import Publisher, Revision, Role, SalaryStats
from careers.vocabulary import CHOSEN_LISTS, ONE_ROW_GROUPS
from ingest.loading.load import reread_pages
from ingest.loading.propagation import propagate
from ingest.loading.removal import put_back_publisher, take_down_publisher
from ingest.models import Event, Page
from tests.ingest.small_pages import find_evidence, find_role, load_content, read_state, write_guide, write_pipe

pytestmark = pytest.mark.django_db

FULLER = {"Yearly salary": ("$33,000", "$44,000"), "Hourly rate": ("$15.87", "$21.15")}


def find_weekly() -> Publisher:
    return Publisher.objects.get(name="Careers Weekly")


def test_nothing_of_a_publisher_that_was_taken_down_is_current_anywhere() -> None:
    load_content(write_pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    load_content(write_guide("Baker", skills=("Ovens",)))
    before = Revision.objects.get().number

    take_down_publisher(find_weekly(), None, "asked by letter")

    for saved in Role.objects.with_facts():
        rows = [getattr(saved, group) for group in ONE_ROW_GROUPS]
        citations = [row.citation for row in rows if row]
        citations += [getattr(saved, f"{group}_citation") for group in CHOSEN_LISTS]
        assert all(citation.publisher.name == "Jobicy" for citation in citations if citation)
    assert find_role("Baker").salary is None
    assert find_role("Baker").skills_citation is not None
    assert Revision.objects.get().number > before


def test_what_other_publishers_say_is_current_instead_and_no_longer_mentions_them() -> None:
    load_content(write_pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    load_content(write_pipe("Baker", "Miller"))
    assert find_role("Baker").salary.annual_average == 33000

    take_down_publisher(find_weekly(), None, "")

    assert find_role("Baker").salary.annual_average == 31200
    assert "differs" not in find_evidence("Baker", "salary", "annual_average")


def test_putting_back_leaves_everything_as_it_was() -> None:
    load_content(write_pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    load_content(write_pipe("Baker", "Cook"))
    before = read_state()

    take_down_publisher(find_weekly(), None, "")
    assert read_state() != before
    put_back_publisher(find_weekly(), None)

    assert read_state() == before
    assert find_weekly().taken_down_at is None


def test_nothing_that_was_taken_down_is_deleted() -> None:
    load_content(write_pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")

    take_down_publisher(find_weekly(), None, "")

    assert SalaryStats.objects.count() == 2
    assert Page.objects.get().citation is not None


def test_new_pages_of_a_publisher_that_was_taken_down_are_refused() -> None:
    load_content(write_pipe("Baker", "Miller"), publisher="Careers Weekly")
    take_down_publisher(find_weekly(), None, "")

    outcome = load_content(write_pipe("Baker", "Cook"), publisher="careers weekly")

    assert outcome.status == "refused"
    assert "taken down" in (outcome.error or "")
    assert load_content(write_pipe("Baker", "Cook")).status == "loaded"


def test_pages_loaded_and_read_again_meanwhile_make_nothing_of_it_current() -> None:
    load_content(write_pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    take_down_publisher(find_weekly(), None, "")

    load_content(write_pipe("Baker", "Cook"))
    reread_pages(Page.objects.all())
    propagate()

    assert find_role("Baker").salary.annual_average == 31200
    assert find_role("Miller").salary is None
    assert "differs" not in find_evidence("Baker", "salary", "annual_average")


def test_what_a_better_reader_reads_of_pages_that_were_taken_down_is_not_current() -> None:
    load_content(write_pipe("Baker", "Miller", FULLER), publisher="Careers Weekly")
    take_down_publisher(find_weekly(), None, "")
    SalaryStats.objects.all().delete()  # as if an earlier reader had read no pay

    reread_pages(Page.objects.all())
    propagate()

    assert SalaryStats.objects.count() == 2
    assert find_role("Baker").salary is None


def test_who_took_down_and_why_is_kept_and_twice_is_once() -> None:
    ann = User.objects.create(username="ann")
    load_content(write_pipe("Baker", "Miller"), publisher="Careers Weekly")

    first = take_down_publisher(find_weekly(), ann, "asked by letter")
    again = take_down_publisher(find_weekly(), ann, "asked twice")

    assert first == again
    assert (first.by, first.publisher, first.details) == (ann, find_weekly(), {"reason": "asked by letter"})
    assert find_weekly().taken_down_for == "asked by letter"
    put_back_publisher(find_weekly(), ann)
    assert Event.objects.filter(publisher=find_weekly()).count() == 2
