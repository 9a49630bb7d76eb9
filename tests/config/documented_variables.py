"""The table of environment variables in the documentation for operators."""

import re
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
ROW = re.compile(r"^\| `([A-Z_]+)` \| ([^|]+) \| ", re.MULTILINE)


def read_documented() -> dict[str, str]:
    """The default of each variable, as the table has it."""
    return dict(ROW.findall((PROJECT / "docs" / "operations.md").read_text()))
