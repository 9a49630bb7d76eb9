"""The pages that Rolewise comes with: present from the start, and never preferred to what somebody loads."""

from datetime import date

import pytest

from careers.models import Citation
from ingest.loading.load import reread_pages
from ingest.loading.propagation import propagate
from ingest.models import Page
from tests.ingest.small_pages import (
    enter_page,
    find_role,
    load_page,
    read_state,
    read_stored_page,
    undo_page,
    write_guide,
    write_pipe,
)

pytestmark = pytest.mark.django_db

FULL = {"Yearly salary": ("$31,200", "$41,600"), "Salary range": ("Between $20,000 And $40,000", "-")}
BARE = {"Yearly salary": ("$35,000", "$45,000")}


def load_rows(rows: dict[str, tuple[str, str]], *, sample: bool = False, captured_on: date | None = None) -> Page:
    return read_stored_page(
        load_page(enter_page(write_pipe("Baker", "Cook", rows), captured_on=captured_on, sample=sample), commit=True)
    )


@pytest.mark.parametrize("sample_first", [True, False])
def test_a_page_that_somebody_loads_takes_precedence_over_a_fuller_sample_of_the_same_day(sample_first: bool) -> None:
    for sample in (sample_first, not sample_first):
        load_rows(FULL if sample else BARE, sample=sample)

    assert find_role("Baker").salary.annual_average == 35_000
    assert find_role("Baker").salary.annual_low is None


def test_even_an_old_capture_takes_precedence_over_a_sample() -> None:
    load_rows(FULL, sample=True)
    load_rows(BARE, captured_on=date(2019, 3, 1))

    assert find_role("Baker").salary.annual_average == 35_000


def test_a_sample_is_current_where_nothing_else_is_and_again_after_an_undo() -> None:
    load_rows(FULL, sample=True)
    before = read_state()
    undo_page(load_rows(BARE))

    assert read_state() == before
    assert find_role("Baker").salary.annual_average == 31_200


def test_a_sample_stays_one_when_it_is_read_or_loaded_again() -> None:
    sample = load_rows(FULL, sample=True)
    reread_pages([sample])
    propagate()
    undo_page(sample)
    load_page(enter_page(write_pipe("Baker", "Cook", FULL)), commit=True)

    assert Citation.objects.get().sample


def test_a_sample_confirms_and_contradicts_no_page_that_somebody_loads() -> None:
    load_rows(FULL, sample=True)
    load_rows({"Yearly salary": ("$31,200", "$45,000")})

    for title in ("Baker", "Cook"):
        assert not {"agrees", "differs"} & find_role(title).salary.evidence["annual_average"].keys()


def test_samples_confirm_one_another() -> None:
    load_rows(FULL, sample=True)
    load_rows({"Yearly salary": ("$31,200", "$45,000")}, sample=True)

    assert find_role("Baker").salary.evidence["annual_average"]["agrees"]["pages"] == 1


def test_what_only_a_sample_tells_stays_beside_what_others_tell() -> None:
    load_page(enter_page(write_guide("Baker", skills=("Ovens",)), sample=True), commit=True)
    load_rows(BARE)

    assert find_role("Baker").skills_citation.sample
    assert not find_role("Baker").salary.citation.sample
