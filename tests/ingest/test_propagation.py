"""Pages answer the questions of other pages, and the order of loading never matters."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest.loading.load import fetch_reports, load_pages
from ingest.loading.propagation import count_pending, propagate, propagate_chunk
from ingest.models import KnownName, Page
from tests.ingest.small_pages import (
    DAY,
    enter_page,
    find_evidence,
    find_role,
    load_content,
    load_page,
    read_state,
    read_stored_page,
    run_together,
    undo_page,
    write_guide,
    write_pipe,
)

pytestmark = pytest.mark.django_db

UNCLEAR = run_together("Baker", "Miller", {"Best paying company": "IBMPayPal"})
NAMED = write_pipe("Cook", "Waiter", {"Best paying company": ("IBM", "PayPal")})
BY_SPELLING = run_together("Baker", "Miller", {"Best paying company": "MandiantAdobe"})
SMALL_COUNTS = run_together("Baker", "Miller", {"Number of jobs": "12345"})
COUNTED = write_pipe("Baker", "Waiter", {"Number of jobs": ("123", "9,000")})


def is_waiting(content: bytes) -> bool:
    return Page.objects.get(digest=Page.compute_digest(content)).waiting


def test_an_unclear_value_is_kept_raw_with_its_candidates_and_the_rest_loads() -> None:
    outcome = load_content(UNCLEAR)

    assert outcome.report is not None
    assert [(question["field"], question["role"], question["raw"]) for question in outcome.report.ambiguous] == [
        ("salary.top_company", "baker", "IBMPayPal"),
        ("salary.top_company", "miller", "IBMPayPal"),
    ]
    assert find_role("Baker").salary.annual_average == 31200
    assert find_role("Baker").salary.top_company is None
    assert find_evidence("Baker", "salary", "top_company")["how"] == "unread"
    assert is_waiting(UNCLEAR)


def test_names_learned_later_resolve_what_was_unclear() -> None:
    load_content(UNCLEAR)
    load_content(NAMED)

    assert (find_role("Baker").salary.top_company, find_role("Miller").salary.top_company) == ("IBM", "PayPal")
    assert find_evidence("Baker", "salary", "top_company")["how"] == "known-name"
    assert not is_waiting(UNCLEAR)


@pytest.mark.parametrize("names", [("IBM", "PayPal"), ("PayPal", "IBM")])
def test_names_learned_one_after_the_other_resolve_it_too(names: tuple[str, str]) -> None:
    load_content(UNCLEAR)
    for name in names:
        load_content(write_pipe("Cook", "Waiter", {"Best paying company": (name, "-")}))

    assert (find_role("Baker").salary.top_company, find_role("Miller").salary.top_company) == ("IBM", "PayPal")


def test_names_learned_before_resolve_it_at_once() -> None:
    load_content(NAMED)
    outcome = load_content(UNCLEAR)

    assert outcome.report is not None
    assert outcome.report.ambiguous == []
    assert find_role("Baker").salary.top_company == "IBM"


def test_a_value_split_by_spelling_waits_until_its_halves_are_known_names() -> None:
    load_content(BY_SPELLING)
    assert find_evidence("Baker", "salary", "top_company")["warnings"] == ["split-by-spelling"]
    assert is_waiting(BY_SPELLING)

    load_content(write_pipe("Cook", "Waiter", {"Best paying company": ("Adobe", "Mandiant")}))

    assert find_evidence("Baker", "salary", "top_company") == {"line": 9, "raw": "Mandiant", "how": "known-name"}
    assert not is_waiting(BY_SPELLING)


def test_a_name_that_speaks_against_a_reading_makes_it_unclear_again() -> None:
    load_content(BY_SPELLING)
    load_content(write_pipe("Cook", "Waiter", {"Best paying company": ("Mandi", "antAdobe")}))
    load_content(write_pipe("Cook", "Waiter", {"Best paying company": ("Mandiant", "Adobe")}))

    assert find_role("Baker").salary.top_company is None
    assert is_waiting(BY_SPELLING)


def test_a_figure_from_another_page_resolves_what_was_unclear() -> None:
    load_content(SMALL_COUNTS)
    assert find_role("Baker").outlook.job_count is None

    load_content(COUNTED, captured_on=DAY - timedelta(days=800))

    assert (find_role("Baker").outlook.job_count, find_role("Miller").outlook.job_count) == (123, 45)
    assert find_evidence("Baker", "outlook", "job_count")["how"] == "cross-reference"


def test_a_figure_of_another_publisher_resolves_nothing() -> None:
    load_content(SMALL_COUNTS)
    load_content(COUNTED, publisher="Someone Else", captured_on=DAY - timedelta(days=800))

    assert find_role("Miller").outlook.job_count is None


def test_a_figure_of_another_title_of_the_role_resolves_nothing() -> None:
    load_content(write_pipe("Baker", "Grinder", {"Yearly salary": ("$31,200", "-")}))
    find_role("Baker").aliases.create(title="Bread Maker", slug="bread-maker")
    load_content(SMALL_COUNTS)

    load_content(write_pipe("Bread Maker", "Waiter", {"Number of jobs": ("123", "9,000")}))

    assert find_role("Miller").outlook.job_count is None


def test_figures_that_speak_for_two_readings_resolve_nothing_whatever_came_first() -> None:
    load_content(SMALL_COUNTS)
    load_content(COUNTED)
    row = find_role("Miller").outlook_rows.get(citation__digest=Page.compute_digest(SMALL_COUNTS))
    assert row.job_count == 45

    load_content(write_pipe("Miller", "Waiter", {"Number of jobs": ("345", "-")}))

    row.refresh_from_db()
    assert row.job_count is None
    assert row.evidence["job_count"]["how"] == "unread"
    assert is_waiting(SMALL_COUNTS)


def test_what_a_person_chose_is_applied_on_every_reading() -> None:
    chosen = {"by": "ann", "on": "2026-03-02"}
    choices = {
        "baker": {"salary.top_company": chosen | {"text": "IBM"}},
        "miller": {"salary.top_company": chosen | {"text": None}},
    }
    load_content(UNCLEAR, choices=choices)
    assert (find_role("Baker").salary.top_company, find_role("Miller").salary.top_company) == ("IBM", None)
    chosen_evidence = find_evidence("Baker", "salary", "top_company")
    assert (chosen_evidence["how"], chosen_evidence["on"]) == ("chosen", "2026-03-02")

    undo_page(Page.objects.get())
    load_content(UNCLEAR)

    assert find_role("Baker").salary.top_company == "IBM"


def test_within_a_batch_later_pages_resolve_earlier_ones_once_it_is_through() -> None:
    asking, *_ = [result.page or 0 for result in load_pages([enter_page(UNCLEAR), enter_page(SMALL_COUNTS)])]
    list(load_pages([enter_page(NAMED), enter_page(COUNTED)]))
    assert Page.objects.filter(waiting=True).count() == 2

    changed = propagate()

    assert not Page.objects.filter(waiting=True).exists()
    assert {(change.role, change.field, change.after) for change in changed[asking].values()} == {
        ("baker", "salary.top_company", "IBM"),
        ("miller", "salary.top_company", "PayPal"),
    }
    assert fetch_reports([asking])[asking].ambiguous == []


def test_what_a_broken_off_run_left_is_propagated_by_the_next_load() -> None:
    list(load_pages(enter_page(content) for content in (UNCLEAR, NAMED)))
    propagate()
    list(
        load_pages(
            [
                enter_page(BY_SPELLING),
                enter_page(write_pipe("Cook", "Waiter", {"Best paying company": ("Adobe", "Mandiant")})),
            ]
        )
    )
    assert Page.objects.filter(propagated=False).count() == 2

    load_content(write_guide("Waiter"))

    assert not is_waiting(BY_SPELLING)
    assert not Page.objects.filter(propagated=False).exists()
    assert not KnownName.objects.filter(propagated=False).exists()


def test_what_is_left_to_propagate_is_counted() -> None:
    list(load_pages(enter_page(content) for content in (UNCLEAR, NAMED)))
    counts = [count_pending()]
    while propagate_chunk() is not None:
        counts.append(count_pending())

    names = KnownName.objects.count()
    # The names, then the pages are done. A page that asked about a name is read again, which leaves its two roles.
    assert counts == [names + 2, 2 + 1, 1, 2, 0]


def test_only_pages_that_a_new_name_can_concern_are_read_again() -> None:
    load_content(UNCLEAR)
    page_before = Page.objects.get()
    Page.objects.update(layout="untouched")

    load_content(write_pipe("Cook", "Waiter", {"Best paying company": ("Oracle", "Intel")}))
    assert Page.objects.get(pk=page_before.pk).layout == "untouched"
    load_content(NAMED)
    assert Page.objects.get(pk=page_before.pk).layout == "run-together"


# -- undoing ---------------------------------------------------------------------------------


def test_undoing_reopens_what_the_page_had_resolved() -> None:
    load_content(SMALL_COUNTS)
    figure = load_content(COUNTED, captured_on=DAY - timedelta(days=800))
    assert find_role("Miller").outlook.job_count == 45

    undo_page(read_stored_page(figure))

    assert find_role("Miller").outlook.job_count is None
    assert is_waiting(SMALL_COUNTS)


POOL = [
    UNCLEAR,
    NAMED,
    BY_SPELLING,
    SMALL_COUNTS,
    COUNTED,
    write_pipe("BAKER", "cook", {"Yearly salary": ("$32,000", "$20,000"), "Growth rate": ("-", "4%")}),
    write_pipe("baker", "Miller", {"Yearly salary": ("$31,200", "$41,600")}),
    write_pipe("Miller", "Waiter", {"Number of jobs": ("45", "8,000"), "Best paying company": ("Adobe", "Mandiant")}),
    run_together("Cook", "Waiter", {"Best paying company": "AdobeIBM", "Number of jobs": "1234"}),
    write_guide("baker", skills=("SQL", "data entry")),
    write_guide("Baker", skills=("sql", "Data Entry", "bread"), slug="again"),
    run_together("Baker", "Cook", {"Years of experience": "1212", "Average age": "4240"}),
]
DAYS = [DAY - timedelta(days=number % 5 * 190) for number in range(len(POOL))]
ENTERED = [{"captured_on": day, "name": f"{number}.txt"} for number, day in enumerate(DAYS)]
PLACES = list(range(len(POOL)))
# Each example rolls the database back itself. A failing one is short enough as it is found.
QUICK = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@contextmanager
def put_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_page_at(place: int) -> Page:
    return enter_page(POOL[place], **ENTERED[place])  # type: ignore[arg-type] # each by its name


def load_in(order: list[int], at_once: int) -> None:
    """Load one by one, or this many at once."""
    if at_once == 1:
        for place in order:
            load_page(make_page_at(place), commit=True)
        return
    for start in range(0, len(order), at_once):
        list(load_pages(make_page_at(place) for place in order[start : start + at_once]))
        propagate()


@pytest.mark.without_coverage
@settings(QUICK, max_examples=12)
@given(
    chosen=st.lists(st.sampled_from(PLACES), min_size=2, unique=True),
    seed=st.integers(0, 10_000),
    at_once=st.sampled_from([1, 1, 1, 2, 3, 5, 8, 12]),
    twice=st.booleans(),
)
def test_any_order_one_by_one_or_at_once_and_once_or_twice_gives_the_same_state(
    chosen: list[int], seed: int, at_once: int, twice: bool
) -> None:
    with put_back():
        load_in(sorted(chosen), at_once=12)
        expected = read_state()
    order = chosen * (2 if twice else 1)
    Random(seed).shuffle(order)  # noqa: S311 - nothing secret
    with put_back():
        load_in(order, at_once)
        assert read_state() == expected


@pytest.mark.without_coverage
@settings(QUICK, max_examples=8)
@given(
    chosen=st.lists(st.sampled_from(PLACES), min_size=2, unique=True),
    undone_places=st.lists(st.sampled_from(PLACES), min_size=1, max_size=3, unique=True),
)
def test_undoing_pages_and_loading_them_again_gives_the_same_state(chosen: list[int], undone_places: list[int]) -> None:
    with put_back():
        load_in(chosen, at_once=12)
        expected = read_state()
        for place in undone_places:
            for stored in Page.objects.filter(digest=Page.compute_digest(POOL[place])):
                undo_page(stored)
        load_in([place for place in undone_places if place in chosen], at_once=1)
        assert read_state() == expected


@pytest.mark.without_coverage
@settings(QUICK, max_examples=8)
@given(
    kept=st.lists(st.sampled_from(PLACES), unique=True, max_size=6),
    seed=st.integers(0, 10_000),
    gone=st.integers(0, 11),
)
def test_a_page_that_was_undone_is_as_if_it_had_never_been_but_for_the_names(
    kept: list[int], seed: int, gone: int
) -> None:
    kept = [place for place in kept if place != gone]
    order = [*kept, gone]
    Random(seed).shuffle(order)  # noqa: S311 - nothing secret
    with put_back():
        load_in(order, at_once=1)
        undo_page(Page.objects.get(digest=Page.compute_digest(POOL[gone])))
        state_after_undo = read_state()
        names = list(KnownName.objects.values_list("kind", "name"))
    with put_back():
        KnownName.objects.bulk_create(KnownName(kind=kind, name=name) for kind, name in names)
        load_in(sorted(kept), at_once=12)
        assert read_state() == state_after_undo
