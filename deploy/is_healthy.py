"""Exits with 0 if the site answers on this machine: the health check of the container."""

import os
import sys
from http.client import HTTPConnection, HTTPException


def main() -> int:
    connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT") or 8000), timeout=4)
    try:
        connection.request("GET", "/healthz")
        return int(connection.getresponse().status != 200)
    except (OSError, HTTPException) as error:
        print(f"not healthy: {error}")  # noqa: T201 - shown by docker inspect
        return 1
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
