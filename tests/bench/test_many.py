"""The measurement of pages with many roles can fail."""

from bench.many import faults, pages


def good() -> dict[int, dict[str, list[float]]]:
    return {size: {name: [20.0, 4.0] for name in pages(size)} for size in (1_000, 100_000)}


def test_even_costs_are_good() -> None:
    assert faults(good()) == []


def test_a_page_that_costs_more_with_more_roles_is_found() -> None:
    found = good()
    found[100_000]["role"] = [30.0, 4.0]
    assert faults(found) == ["role costs 1.5 times as much at 100000 roles"]


def test_a_list_that_is_slow_everywhere_is_found() -> None:
    found = {size: costs | {"list": [60.0, 4.0]} for size, costs in good().items()}
    assert [fault.split(",")[0] for fault in faults(found)] == [
        "list costs 60 empty views at 1000 roles",
        "list costs 60 empty views at 100000 roles",
    ]


def test_queries_are_counted_against_each_pages_own_limit() -> None:
    found = good()
    found[1_000] |= {"list by pay": [20.0, 6.0], "role": [20.0, 6.0]}
    assert faults(found) == ["list by pay takes 6 queries at 1000 roles, more than 5"]
