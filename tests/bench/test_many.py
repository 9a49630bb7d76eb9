"""The measurement of pages over many roles can fail."""

from bench.many import find_faults, pages


def make_good_costs() -> dict[int, dict[str, list[float]]]:
    return {size: {name: [20.0, 4.0] for name in pages(size)} for size in (1_000, 100_000)}


def test_even_costs_are_good() -> None:
    assert find_faults(make_good_costs()) == []


def test_a_page_that_costs_more_with_more_roles_is_found() -> None:
    costs = make_good_costs()
    costs[100_000]["role"] = [30.0, 4.0]
    assert find_faults(costs) == ["role costs 1.5 times as much at 100000 roles"]


def test_a_list_that_is_slow_everywhere_is_found() -> None:
    costs = {size: pages | {"list": [60.0, 4.0]} for size, pages in make_good_costs().items()}
    assert [fault.split(",")[0] for fault in find_faults(costs)] == [
        "list costs 60 empty views at 1000 roles",
        "list costs 60 empty views at 100000 roles",
    ]


def test_each_page_has_its_own_limit_of_queries() -> None:
    costs = make_good_costs()
    costs[1_000] |= {"list by pay": [20.0, 6.0], "role": [20.0, 6.0]}
    assert find_faults(costs) == ["list by pay takes 6 queries at 1000 roles, more than 5"]
