"""The server with gunicorn's own worker, which reads headers in the threads that answer: a planted fault."""

from typing import Any

from gunicorn.workers import gthread

own_connection = gthread.TConn

from config.gunicorn import *  # noqa: E402, F403 - all the rest is as it is served

gthread.TConn = own_connection
worker_class: Any = gthread.ThreadWorker  # type: ignore[no-redef]


def pre_request(worker: Any, request: Any) -> None:  # type: ignore[no-redef]
    """Nothing: the hook of our worker gives the body its time."""
