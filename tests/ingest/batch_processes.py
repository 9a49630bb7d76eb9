"""Processes that load batches on a database of their own."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

UNDONE_AT_ONCE = 20  # pages in one step of `tests.ingest.batch_process`
ROOT = Path(__file__).parents[2]
# A function that starts a process with some arguments, and one that gives a process a command and returns its answer.
Start = Callable[..., subprocess.Popen[str]]
Ask = Callable[..., str]


def count_stored(ask: Ask, batch: int) -> dict[str, Any]:
    counts: dict[str, Any] = json.loads(ask("count", batch))
    return counts
