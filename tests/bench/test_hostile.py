"""Hostile pages: the work of reading them grows in step with their size, and the measurement can fail."""

import pytest

from bench.hostile import MOST_GROWTH, SHAPES, Growing, count_lines, growth, growth_of


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_the_work_of_reading_a_hostile_page_grows_in_step_with_its_size(shape: Growing) -> None:
    assert growth_of(shape) <= MOST_GROWTH


def test_work_that_grows_with_the_square_is_reported() -> None:
    def compare_all_pairs(size: int) -> int:
        lines = range(size // 400)

        def run() -> None:
            for _ in lines:
                for _ in lines:
                    pass

        return count_lines(run)

    assert growth(compare_all_pairs) > MOST_GROWTH
