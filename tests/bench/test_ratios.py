"""What pages cost is compared with the best that was recorded, and a worse page is found."""

import pytest

from bench.gate import WHOLE_OCCUPATIONS, list_pages
from bench.ratios import Cost, counted_instructions, find_worse_pages, list_left_out, read_record

BEST = {"home": Cost(python=10.0, sqlite=1000, bytes=3000, time=12.0)}


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, []),
        ({"python": 11.4, "sqlite": 1140, "bytes": 3400, "time": 17.0}, []),
        ({"python": 5.0, "sqlite": 100, "bytes": 300, "time": 1.0}, []),
        ({"python": 11.6}, ["home, python: 11.6 instead of 10.0, 16 % more"]),
        ({"sqlite": 1160}, ["home, sqlite: 1,160 instead of 1,000, 16 % more"]),
        ({"bytes": 3600}, ["home, bytes: 3,600 instead of 3,000, 20 % more"]),
        ({"time": 19.0}, ["home, time: 19.0 instead of 12.0, 58 % more"]),
    ],
)
def test_a_page_that_is_worse_than_it_may_be_is_found(changed: dict[str, float], faults: list[str]) -> None:
    assert find_worse_pages(BEST, {"home": BEST["home"]._replace(**changed)}) == faults  # type: ignore[arg-type]


def test_pages_that_are_new_or_gone_are_named() -> None:
    assert find_worse_pages(BEST, {"roles": BEST["home"]}) == ["home was not measured", "roles was never recorded"]


def test_a_measure_of_another_version_does_not_count(capsys: pytest.CaptureFixture[str]) -> None:
    _, versions = read_record()
    without = list_left_out(versions | {"python": "2.7"})
    assert "python" in without
    assert "recorded with version 2.7" in capsys.readouterr().out
    assert find_worse_pages(BEST, {"home": BEST["home"]._replace(python=99.0)}, without) == []


def test_every_page_of_the_gate_is_recorded() -> None:
    best, _ = read_record()
    assert best.keys() == list_pages(list("abcd")).keys() | WHOLE_OCCUPATIONS.keys()


def work(times: int) -> int:
    total = 0
    for number in range(times):
        total += number
    return total


def count(times: int) -> int:
    with counted_instructions() as counter:
        work(times)
    return counter.count


def test_instructions_are_counted_alike_each_time_and_more_work_has_more() -> None:
    count(100)
    once, again, more = count(100), count(100), count(200)
    assert once == again
    assert more > 1.8 * once
