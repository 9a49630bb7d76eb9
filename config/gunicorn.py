"""How the application server runs: gunicorn --config config/gunicorn.py config.wsgi"""

import os

bind = f"127.0.0.1:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
threads = 4
workers = int(os.environ.get("WEB_CONCURRENCY") or "2")
preload_app = True  # loaded once and shared, so a worker starts at once and costs little memory
loglevel = "warning"
control_socket_disable = True  # it would stand in the home folder, one for all servers of a person


def when_ready(server: object) -> None:
    print(f"Rolewise is at http://{bind}/ (Ctrl+C stops it)", flush=True)  # noqa: T201 - this is what make run says
