"""Processes that stop themselves in the middle of a transaction, so that a test can end them at exactly this point.

`python -m tests.ingest.stopping_process STATEMENT NUMBER COMMAND …` runs `manage.py COMMAND …` and stops when the
SQL statement that begins with STATEMENT has run NUMBER times. No test has to guess how long that takes.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from manage import main


@contextmanager
def stop_after(statement: str, number: int) -> Iterator[None]:
    """Send SIGSTOP to this process when a statement with this beginning has run this many times."""
    count = 0

    def run(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal count
        result = execute(sql, *rest)
        if sql.startswith(statement):
            count += 1
            if count == number:
                os.kill(os.getpid(), signal.SIGSTOP)
        return result

    with connection.execute_wrapper(run):
        yield


def wait_until_stopped(process: "subprocess.Popen[str]") -> None:
    state = os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    assert state is not None
    assert state.si_code == os.CLD_STOPPED, "The process ended before it came to the statement."


def end_when_stopped(process: "subprocess.Popen[str]", end: signal.Signals) -> tuple[str, str]:
    """Wait until a process has stopped itself, end it by a signal, and return what it wrote."""
    wait_until_stopped(process)
    process.send_signal(end)
    process.send_signal(signal.SIGCONT)
    return process.communicate()


if __name__ == "__main__":
    import django

    django.setup()
    # A shell starts its background processes with interrupts ignored, and their children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    statement, number, *command = sys.argv[1:]
    sys.argv = ["manage.py", *command]
    with stop_after(statement, int(number)):
        main()
