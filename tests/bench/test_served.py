"""What is measured of the processes of the site."""

import os
import subprocess
import sys

from bench import served


def test_a_process_that_was_started_is_found_with_its_memory() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", "print(flush=True); input()"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in served.children(os.getpid())
        memory = served.read_memory(child.pid)
        child.terminate()
    assert 1 < memory.proportional <= memory.resident < 100
