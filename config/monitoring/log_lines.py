"""How log lines look: for people, or as JSON for programs. Each line names the request that caused it."""

import json
import logging
from datetime import UTC, datetime

from config.monitoring.request_ids import current_id

ORDINARY_ATTRIBUTES = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}
# Django attaches these to its records; the request is an object, and the status is in the message.
ATTRIBUTES_OF_DJANGO = {"request", "status_code", "server_time"}


class NoTracebackForRefusals(logging.Filter):
    """Drops the traceback of a refused request, such as one for an unknown host: Rolewise is not at fault."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info = record.exc_text = None
        return True


class NothingOfClients(logging.Filter):
    """Keeps addresses of clients, and what they type into a query, out of the lines of the application server.

    It quotes a request that it refuses, with the address that it came from. The access log has its status.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name != "gunicorn.error":
            return True
        if isinstance(record.args, tuple):
            record.args = tuple(value.partition("?")[0] if isinstance(value, str) else value for value in record.args)
        return not str(record.msg).startswith("Invalid request from ip=")


class PlainFormatter(logging.Formatter):
    """2026-11-26 08:30:00,123 ERROR config.outages [4f1c…]: what happened"""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(request_label)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - named by logging
        request_id = current_id.get()
        record.request_label = f" [{request_id}]" if request_id else ""
        record.message = escape_controls(record.message)
        return super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """One JSON object in each line, with the attributes that the record carries beside its message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := current_id.get():
            line["request_id"] = request_id
        for name, value in vars(record).items():
            if name not in ORDINARY_ATTRIBUTES and name not in ATTRIBUTES_OF_DJANGO:
                line[name] = value
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)  # escapes line ends and every letter that is not ASCII


def escape_controls(text: str) -> str:
    """The text in one line: whoever chooses an address cannot forge a line of the log.

    >>> escape_controls("Not Found: /a\\nERROR\\x1b[2J")
    'Not Found: /a\\\\nERROR\\\\x1b[2J'
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)
