"""A private PostgreSQL server in a temporary folder, reached by a socket there and removed after the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def find_binaries() -> Path | None:
    """The folder that holds initdb and postgres, the newest version first; Debian keeps them outside PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    for folder in folders:
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    return None


def find_unprivileged_account() -> str | None:
    """The account to run the server as, for root only: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    accounts = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in accounts else "nobody"


@contextmanager
def run_server(*, on_network: bool = False) -> Iterator[str]:
    """Yields the DATABASE_URL of an empty server that trusts everyone who reaches its socket.

    `on_network`: also whoever reaches it by TCP, for servers in a network namespace of their own.
    """
    binaries = find_binaries()
    if binaries is None:
        raise FileNotFoundError("No PostgreSQL server is installed.")
    account = find_unprivileged_account()
    with tempfile.TemporaryDirectory(prefix="rolewise-postgresql-") as name:
        folder = Path(name)
        if account:
            shutil.chown(folder, account)

        def run(*command: str | Path) -> None:
            # pg_ctl leaves the server running in the background, so nothing may wait for the end of its output.
            subprocess.run(command, user=account, cwd=folder, check=True, stdout=subprocess.DEVNULL)

        data = folder / "data"
        run(binaries / "initdb", "-D", data, "-U", "rolewise", "--auth=trust", "--encoding=UTF8", "--no-sync")
        if on_network:
            with (data / "pg_hba.conf").open("a") as access:
                access.write("host all all samenet trust\n")
        # Autovacuum would count what a long test has not committed as nothing, at a moment that differs between runs.
        unlike_production = "-c fsync=off -c full_page_writes=off -c autovacuum=off"
        addresses = "*" if on_network else ""
        options = f"-c listen_addresses={addresses} -c unix_socket_directories={folder} {unlike_production}"
        run(binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            yield f"postgresql://rolewise@/rolewise?host={folder}"
        finally:
            run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
