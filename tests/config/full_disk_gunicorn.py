"""The real configuration of the server, on a machine where no file can grow."""

import resource
import signal

from config.gunicorn import *  # noqa: F403 - all of it is the point

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # whoever writes gets an error, as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
