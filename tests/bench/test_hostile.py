"""Hostile pages: the work of reading them grows in step with their size, and the measurement can fail."""

import pytest

from bench.hostile import (
    MOST_GROWTH,
    MOST_GROWTH_OF_TIME,
    SHAPES,
    WITHIN_LINES,
    Growing,
    compare_sizes,
    count_lines,
    measure_growth,
    measure_growth_of_time,
)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_the_work_of_reading_a_hostile_page_grows_in_step_with_its_size(shape: Growing) -> None:
    assert measure_growth(shape) <= MOST_GROWTH


@pytest.mark.parametrize("name", WITHIN_LINES)
def test_what_patterns_and_the_parser_do_within_a_line_grows_in_step_too(name: str) -> None:
    assert measure_growth_of_time(SHAPES[name]) <= MOST_GROWTH_OF_TIME


def test_work_that_grows_with_the_square_is_reported() -> None:
    def compare_all_pairs(size: int) -> int:
        lines = range(size // 400)

        def run() -> None:
            for _ in lines:
                for _ in lines:
                    pass

        return count_lines(run)

    assert compare_sizes(compare_all_pairs) > MOST_GROWTH
