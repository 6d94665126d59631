"""Runs SQL with a library of its own and keeps a log of every write, sync and unlink.

    python -m tests.torture.write_log JOB LOG

A separate program: two SQLite libraries in one process lose each other's locks. It knows nothing
of the program; JOB is a pickled `Job`.
"""

import pickle
import sys
from dataclasses import dataclass
from pathlib import Path

import apsw

from tests.torture.job import ACK, Job

LOGGED = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_MAIN_JOURNAL


@dataclass(frozen=True)
class Event:
    """One thing that reached the system; `name` is that of the file, without its folder."""

    kind: str  # open, write, truncate, sync, unlink, ack
    name: str = ""
    offset: int = 0  # for a truncation the new size; for an unlink 1 when the folder is synced
    data: bytes = b""


class LoggedFile(apsw.VFSFile):
    """A file whose writes are logged before they are done."""

    def __init__(
        self, name: str, path: apsw.URIFilename | str | None, flags: list[int], log: list[Event]
    ) -> None:
        super().__init__("", path, flags)
        self._name, self._log = name, log
        log.append(Event("open", name))

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's names
        self._log.append(Event("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._log.append(Event("truncate", self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._log.append(Event("sync", self._name))
        super().xSync(flags)


class LoggedSystem(apsw.VFS):
    """The file system, with a log of what the database and its rollback journal do."""

    def __init__(self) -> None:
        super().__init__("logged", "")
        self.log: list[Event] = []

    def xOpen(self, path: apsw.URIFilename | str | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        if path is None or not flags[0] & LOGGED:
            return apsw.VFSFile("", path, flags)
        full = path if isinstance(path, str) else path.filename()
        return LoggedFile(Path(full).name, path, flags, self.log)

    def xDelete(self, path: str, sync_folder: bool) -> None:  # noqa: N802
        self.log.append(Event("unlink", Path(path).name, int(sync_folder)))
        super().xDelete(path, sync_folder)


def run(job: Job) -> list[Event]:
    """Run the statements; return what reached the system."""
    system = LoggedSystem()
    connection = apsw.Connection(str(job.path), vfs="logged")
    for pragma in job.pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    for statement in job.statements:
        if statement == ACK:
            system.log.append(Event("ack"))
        else:
            connection.execute(statement).fetchall()
    connection.close()
    return system.log


if __name__ == "__main__":
    asked: Job = pickle.loads(Path(sys.argv[1]).read_bytes())
    events = [(one.kind, one.name, one.offset, one.data) for one in run(asked)]
    Path(sys.argv[2]).write_bytes(pickle.dumps(events))
