"""The command that changes a module in one place at a time finds what tests do not hold."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MODULE = '''
from functools import cache

class Shop:
    @property
    def limit(self) -> int:
        """Not changed: 7."""
        return 10

@cache
def is_cheap(price: int) -> bool:
    return price < Shop().limit
'''
TESTS = """
from shop import Shop, is_cheap

def test_what_is_cheap():
    assert is_cheap(5)
    assert not is_cheap(11)
"""


def test_changes_that_no_test_notices_are_printed(tmp_path: Path) -> None:
    (tmp_path / "shop.py").write_text(MODULE)
    (tmp_path / "test_shop.py").write_text(TESTS)
    done = subprocess.run(
        [sys.executable, "-m", "bench.mutants", "shop", "test_shop.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{tmp_path}"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line for line in done.stdout.splitlines() if "changes passed" in line or " -> " in line] == [
        "8: 10  ->  11",
        "8: 10  ->  9",
        "12: price < Shop().limit  ->  price <= Shop().limit",
        "3 of 6 changes passed the tests.",
    ]
