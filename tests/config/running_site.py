"""The real application server, for tests of what only it does."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.config.test_make_run import free_port

PROJECT = Path(__file__).parent.parent.parent


@contextmanager
def running_site(database_url: str, log: Path, config: str = "config/gunicorn.py", **environment: str) -> Iterator[int]:
    """Yields the port of a server with two worker processes; its errors go to the log."""
    port = free_port()
    variables = os.environ | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",  # static files need not be collected
        "PORT": str(port),
        "WEB_CONCURRENCY": "2",
        **environment,
    }
    gunicorn = [str(Path(sys.executable).parent / "gunicorn"), "--config", config, "config.wsgi"]
    with log.open("w") as errors:
        server = subprocess.Popen(
            gunicorn, cwd=PROJECT, env=variables, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            assert server.stdout
            assert server.stdout.readline().startswith("Rolewise is at "), log.read_text()
            yield port
        finally:
            server.terminate()
            server.communicate(timeout=20)
