"""A PostgreSQL server of one's own, on a socket that only this machine sees, gone when it is done with.

    with running() as url: ...        postgresql://sayso@/postgres?host=/dev/shm/sayso-pg-…
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

NUMBERS = itertools.count()


class NoServer(Exception):
    """PostgreSQL cannot be started here; the message says why."""


def programs() -> Path | None:
    """The folder of PostgreSQL's own programs, the newest."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def running() -> Iterator[str]:
    """Raises `NoServer` where it is not installed, or cannot run."""
    own = programs()
    if own is None:
        raise NoServer("PostgreSQL is not installed (no initdb); apt-get install postgresql")
    user = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
    if user and user not in {entry.pw_name for entry in pwd.getpwall()}:
        raise NoServer("PostgreSQL does not run as root, and there is no user postgres to run it as")
    memory = Path("/dev/shm")  # thousands of small files, gone in a moment
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-", dir=memory if memory.is_dir() and shutil.disk_usage(memory).free > 2**30 else "/tmp"))
    if user:
        shutil.chown(folder, user)
    folder.chmod(0o755)
    data = folder / "data"
    quick = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"

    def run(*command: str | Path) -> None:
        done = subprocess.run([str(c) for c in command], user=user, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {done.stderr}")

    run(own / "initdb", "-D", data, "-U", "sayso", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    run(own / "pg_ctl", "-D", data, "-l", folder / "log", "-o", quick, "-w", "start")
    try:
        yield f"postgresql://sayso@/postgres?host={folder}"
    finally:
        run(own / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def new_place(url: str) -> str:
    """A new and empty schema there; a hundred times cheaper than a database."""
    name = f"news{os.getpid()}_{next(NUMBERS)}"
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine.dispose()
    return f"{url}&options=-csearch_path%3D{name}"
