"""Hostile pages: the work of reading them grows in step with their size, and the measurement can fail."""

import pytest

from bench import hostile

pytestmark = pytest.mark.without_coverage


@pytest.mark.parametrize("shape", hostile.SHAPES.values(), ids=hostile.SHAPES.keys())
def test_the_work_of_reading_a_hostile_page_grows_in_step_with_its_size(shape: hostile.Growing) -> None:
    assert hostile.measure_growth(shape) <= hostile.MOST_GROWTH


@pytest.mark.parametrize("name", hostile.WITHIN_LINES)
def test_what_patterns_and_the_parser_do_within_a_line_grows_in_step_too(name: str) -> None:
    assert hostile.measure_growth_of_time(hostile.SHAPES[name]) <= hostile.MOST_GROWTH_OF_TIME


def test_work_that_grows_with_the_square_is_reported() -> None:
    def compare_all_pairs(size: int) -> int:
        lines = range(size // 400)

        def run() -> None:
            for _ in lines:
                for _ in lines:
                    pass

        return hostile.count_lines(run)

    assert hostile.compare_sizes(compare_all_pairs) > hostile.MOST_GROWTH
