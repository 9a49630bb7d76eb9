"""Which of many rows is current."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Role
from careers.vocabulary import ONE_ROW_GROUPS
from ingest.loading.current import Candidate, choose_best, choose_current, choose_with_new, subtract_year
from ingest.models import Page
from ingest.parsing.evidence import Evidence
from ingest.parsing.role_facts import DutyFact, RoleFacts
from tests.ingest.small_pages import DAY, find_role, load_content, make_moment, store_facts, write_pipe

pytestmark = pytest.mark.without_coverage

FULL = {"Yearly salary": ("$31,200", "$41,600"), "Hourly rate": ("$15.00", "$20.00")}
YEAR = timedelta(days=365)

candidates = st.builds(
    Candidate,
    effective_date=st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    value_count=st.integers(0, 3),
    digest=st.text("abc", min_size=1, max_size=2),
    sample=st.booleans(),
)
# A digest is of one page only, so no two candidates have the same.
candidate_lists = st.lists(candidates, max_size=8, unique_by=lambda candidate: candidate.digest)


# -- the rule ---------------------------------------------------------------------------------


@given(candidate_lists)
def test_the_best_was_captured_within_a_year_of_the_newest(stored: list[Candidate]) -> None:
    best = choose_best(stored)
    usable = [candidate for candidate in stored if candidate.value_count] or stored
    usable = [candidate for candidate in usable if not candidate.sample] or usable
    if best is None:
        assert not stored
    else:
        newest = max(candidate.effective_date for candidate in usable)
        assert best.effective_date >= subtract_year(newest)


@given(candidate_lists)
def test_nothing_as_new_has_more_values_than_the_best(stored: list[Candidate]) -> None:
    best = choose_best(stored)
    for candidate in stored:
        assert best is not None
        if candidate.effective_date >= best.effective_date and candidate.sample == best.sample:
            assert candidate.value_count <= best.value_count


@given(candidate_lists, st.randoms())
def test_the_order_of_the_rows_does_not_matter(stored: list[Candidate], shuffling: object) -> None:
    shuffled = list(stored)
    shuffling.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a Random that it can replay
    assert choose_best(shuffled) == choose_best(stored)


@given(st.lists(candidates, min_size=1, max_size=8, unique_by=lambda candidate: candidate.digest))
def test_adding_one_by_one_gives_the_best_of_all(stored: list[Candidate]) -> None:
    current: Candidate | None = None
    for count, candidate in enumerate(stored, 1):
        current = choose_with_new(current, candidate) or choose_best(stored[:count])
        assert current == choose_best(stored[:count])


def test_a_row_without_a_value_never_hides_one_with_a_value() -> None:
    old, new = Candidate(date(2020, 1, 1), 5, "b"), Candidate(date(2026, 1, 1), 0, "a")
    assert choose_best([old, new]) is old
    assert choose_with_new(old, new) is old
    assert choose_with_new(new, old) is old


# -- on stored pages --------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_page_with_fewer_values_of_the_same_year_hides_nothing() -> None:
    load_content(write_pipe("Baker", "Miller", FULL), captured_on=DAY)
    outcome = load_content(
        write_pipe("Baker", "Miller", {"Yearly salary": ("$1,000", "$2,000")}), captured_on=DAY + YEAR
    )

    assert outcome.changes == ()
    assert find_role("Baker").salary.annual_average == 31200


@pytest.mark.django_db
def test_a_page_a_year_newer_is_current_whatever_it_lacks() -> None:
    load_content(write_pipe("Baker", "Miller", FULL), captured_on=DAY)
    later = DAY + YEAR + timedelta(days=1)
    outcome = load_content(write_pipe("Baker", "Miller", {"Yearly salary": ("$33,000", "$2,000")}), captured_on=later)

    assert find_role("Baker").salary.annual_average == 33000
    assert find_role("Baker").salary.hourly_average is None
    assert {(change.field, change.after) for change in outcome.changes if change.role == "baker"} == {
        ("salary.annual_average", 33000),
        ("salary.hourly_average", None),
    }


@pytest.mark.django_db
def test_an_old_page_that_comes_late_stays_history() -> None:
    load_content(write_pipe("Baker", "Miller", {"Yearly salary": ("$33,000", "$2,000")}), captured_on=DAY + 2 * YEAR)
    outcome = load_content(write_pipe("Baker", "Miller", FULL), captured_on=DAY)

    assert outcome.status == "unchanged"
    assert find_role("Baker").salary.annual_average == 33000
    assert find_role("Baker").salarystats_rows.count() == 2


@pytest.mark.django_db
def test_a_group_that_a_page_lacks_stays_as_it_was() -> None:
    load_content(write_pipe("Baker", "Miller", FULL | {"Average age": ("42", "40")}), captured_on=DAY)
    load_content(write_pipe("Baker", "Miller", FULL, prose="Later."), captured_on=DAY + 3 * YEAR)

    assert find_role("Baker").demographics.average_age == 42


@pytest.mark.django_db
def test_a_page_without_a_date_counts_from_the_day_it_was_first_loaded() -> None:
    load_content(write_pipe("Baker", "Miller", {"Yearly salary": ("$33,000", "$2,000")}), captured_on=DAY)
    load_content(write_pipe("Baker", "Miller"), captured_on=None, loaded_at=make_moment(DAY + timedelta(days=1)))

    assert find_role("Baker").salary.annual_average == 31200


@pytest.mark.django_db
def test_the_smallest_digest_breaks_a_tie() -> None:
    texts = [write_pipe("Baker", "Miller", {"Yearly salary": (f"$3{number},000", "$2,000")}) for number in range(5)]
    for text in texts:
        load_content(text)

    least = min(texts, key=Page.compute_digest)
    assert find_role("Baker").salary.citation.digest == Page.compute_digest(least)


@pytest.mark.django_db
def test_for_lists_the_number_of_entries_counts() -> None:
    def duties(*texts: str) -> RoleFacts:
        facts = tuple(DutyFact(text, Evidence(1, text, "listed")) for text in texts)
        return RoleFacts(title="Baker", titled_by="table", duties=facts)

    longer = store_facts(duties("Bake.", "Sell."))
    store_facts(duties("Sleep."), captured_on=DAY + timedelta(days=9))

    assert find_role("Baker").duties_citation == longer.page.citation


@pytest.mark.django_db
def test_an_unclear_value_alone_is_current_only_where_there_is_nothing_else() -> None:
    unclear = {"outlook.job_count": Evidence(3, "123456", "unread", ("123", "456"))}
    store_facts(RoleFacts(title="Baker", titled_by="table", evidence=unclear), captured_on=DAY + 3 * YEAR)
    assert find_role("Baker").outlook.job_count is None

    values, clear = {"outlook.job_count": 123}, {"outlook.job_count": Evidence(3, "123", "cell")}
    store_facts(RoleFacts(title="Baker", titled_by="table", values=values, evidence=clear), captured_on=DAY)
    assert find_role("Baker").outlook.job_count == 123


@pytest.mark.django_db
def test_pointers_are_null_only_where_there_is_nothing() -> None:
    for number, rows in enumerate([FULL, FULL | {"Average age": ("42", "-")}, {"Growth rate": ("1%", "2%")}]):
        load_content(write_pipe("Baker", "Miller", rows, prose=f"Number {number}."), captured_on=DAY + number * YEAR)

    for saved in Role.objects.all():
        before = {group: getattr(saved, f"{group}_id") for group in ONE_ROW_GROUPS}
        choose_current([saved])
        saved.refresh_from_db()
        assert {group: getattr(saved, f"{group}_id") for group in ONE_ROW_GROUPS} == before
    assert find_role("Baker").demographics is not None
    assert find_role("Miller").demographics is None


@pytest.mark.django_db
def test_a_row_that_is_no_longer_current_says_nothing_of_the_others() -> None:
    load_content(write_pipe("Baker", "Miller"), captured_on=DAY)
    load_content(write_pipe("Baker", "Miller", prose="Again."), captured_on=DAY + timedelta(days=1))
    load_content(write_pipe("Baker", "Miller", FULL), captured_on=DAY + timedelta(days=2))

    telling = [row for row in find_role("Baker").salarystats_rows.all() if "agrees" in row.evidence["annual_average"]]
    assert telling == [find_role("Baker").salary]


def test_a_year_before_the_first_day_is_the_first_day() -> None:
    assert subtract_year(date(1, 5, 1)) == date.min
