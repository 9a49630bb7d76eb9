"""A PostgreSQL server of our own, in a temporary folder and on a socket there; gone when the tests are done."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_binaries() -> Path | None:
    """The folder that holds initdb and postgres; Debian keeps each version's outside the path."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    return next((folder for folder in folders if (folder / "postgres").exists() and (folder / "initdb").exists()), None)


def other_account() -> str | None:
    """PostgreSQL refuses to run as root, so root runs it as somebody who is nobody else."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@contextmanager
def running_server() -> Iterator[str]:
    """Yields the DATABASE_URL of an empty server that trusts whoever reaches its socket."""
    binaries = find_binaries()
    if binaries is None:
        raise FileNotFoundError("No PostgreSQL server is installed.")
    account = other_account()
    with tempfile.TemporaryDirectory(prefix="rolewise-postgresql-") as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, account)

        def run(*command: str | Path) -> None:
            # Started by pg_ctl, the server lives on in the background, so nothing may wait for its output to end.
            subprocess.run(command, user=account, cwd=folder, check=True, stdout=subprocess.DEVNULL)

        data = folder / "data"
        run(binaries / "initdb", "-D", data, "-U", "rolewise", "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
        run(binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield f"postgresql://rolewise@/rolewise?host={folder}"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
