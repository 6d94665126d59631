"""A copy made by SQLite itself while the program goes on, and what a sound file holds."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import quote

from app.backups.manifest import Facts, JournalHead
from app.backups.storage import Damaged
from app.backups.watch import STOPPED, WHOLE, Watch
from app.database import APPLICATION_ID
from app.errors import Cancelled

STEP = 128  # pages of one step; the lock on the source is held that long only
TRIES = 2  # while somebody writes; after them the source is held for one whole copy
PATIENCE = 5.0  # seconds to wait for a program that is just committing
CHECKED = 80  # percent of examining when the pages are looked at and the rows are counted
CHECK_EVERY = 50_000  # steps of SQLite's machine between two questions whether to go on
TARGET_PRAGMAS = ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE")
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


class _ChangedMeanwhile(Exception):  # noqa: N818 - a signal to start again, never seen outside
    """Another act was committed while the copy was made."""


@contextlib.contextmanager
def opened(
    path: Path, options: str = "mode=rw", timeout: float = PATIENCE
) -> Iterator[sqlite3.Connection]:
    """Give a connection that changes nothing.

    `mode=rw` lets SQLite undo what a crashed program left; it falls back to reading by itself.
    """
    uri = f"{uri_of(path.absolute())}?{options}"
    with contextlib.closing(
        sqlite3.connect(uri, uri=True, isolation_level=None, timeout=timeout)
    ) as connection:
        for pragma in ("query_only=ON", "trusted_schema=OFF", "cell_size_check=ON"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection


def uri_of(path: PurePath) -> str:
    """Name a file as SQLite wants it: of a Windows share too, which `as_uri` takes for a host."""
    name = quote(path.as_posix(), safe="/:")
    return f"file://{name}" if name.startswith("/") else f"file:///{name}"


def copy_pages(source: Path, target: Path, watch: Watch) -> dict[str, int]:
    """Copy the database into the empty file `target`; return its rows per table at that moment.

    The source is let go after every step, so that a program which writes waits for a moment
    only. When an act comes in between, the copy starts again; the last try holds it throughout.
    """
    with opened(source) as reader, contextlib.closing(sqlite3.connect(target)) as writer:
        for pragma in TARGET_PRAGMAS:
            writer.execute(f"PRAGMA {pragma}")
        for _ in range(TRIES):
            with contextlib.suppress(_ChangedMeanwhile):
                return _copy_of_one_moment(reader, writer, watch)
        # An unfinished SELECT keeps its moment: nobody commits until its cursor is closed.
        with contextlib.closing(reader.execute("SELECT name FROM sqlite_master")) as held:
            held.fetchone()
            return _copy_of_one_moment(reader, writer, watch)


def _copy_of_one_moment(
    reader: sqlite3.Connection, writer: sqlite3.Connection, watch: Watch
) -> dict[str, int]:
    before = _version(reader)
    rows = row_counts(reader)
    left = [0]

    def told(status: int, remaining: int, total: int) -> None:
        if status == sqlite3.SQLITE_BUSY or remaining > left[0] > 0:
            raise _ChangedMeanwhile
        left[0] = remaining
        watch.tell(total - remaining, total)

    reader.backup(writer, pages=STEP, progress=told, sleep=0.01)
    if _version(reader) != before:
        raise _ChangedMeanwhile
    return rows


def _version(reader: sqlite3.Connection) -> int:
    """A number that changes whenever another connection commits."""
    return int(reader.execute("PRAGMA data_version").fetchone()[0])


def row_counts(reader: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        name: int(reader.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0])
        for name in table_names(reader)
    }


def table_names(reader: sqlite3.Connection) -> list[str]:
    """Return the names of all tables but SQLite's own, in order."""
    return sorted(str(name) for (name,) in reader.execute(TABLES).fetchall())


def quoted(name: str) -> str:
    """Return a name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def examine(path: Path, watch: Watch, refusal: Damaged) -> Facts:
    """Return what a closed copy holds; raise the refusal unless it is a sound centre file."""
    with opened(path, "mode=ro&immutable=1") as reader:
        _check(reader, watch, refusal)
        watch.tell(CHECKED, WHOLE)
        head = journal_head_of(reader)
        return Facts(
            rows=row_counts(reader),
            orphans=len(reader.execute("PRAGMA foreign_key_check").fetchall()),
            revision=revision_of(reader),
            journal_number=head.number,
            journal_hash=head.hash,
        )


def _check(reader: sqlite3.Connection, watch: Watch, refusal: Damaged) -> None:
    """Let SQLite look at every page; the user may stop it."""
    reader.set_progress_handler(lambda: not watch.goes_on(), CHECK_EVERY)
    try:
        answers = [reader.execute("PRAGMA application_id").fetchone()[0]]
        answers += [row[0] for row in reader.execute("PRAGMA integrity_check(1)")]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise Cancelled(STOPPED) from error
        raise
    finally:
        reader.set_progress_handler(None, 0)
    if answers != [APPLICATION_ID, "ok"]:
        raise refusal


def has_table(reader: sqlite3.Connection, name: str) -> bool:
    """Tell whether the file has this table."""
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return reader.execute(query, (name,)).fetchone() is not None


def revision_of(reader: sqlite3.Connection) -> str:
    """Return the schema step of the file; "" where it has none."""
    if not has_table(reader, "alembic_version"):
        return ""
    row = reader.execute("SELECT max(version_num) FROM alembic_version").fetchone()
    return str(row[0] or "")


def journal_head_of(reader: sqlite3.Connection) -> JournalHead:
    """Return the last act of the journal; an older file has none."""
    if not has_table(reader, "journal_act"):
        return JournalHead()
    query = "SELECT id, hash FROM journal_act ORDER BY id DESC LIMIT 1"
    row = reader.execute(query).fetchone()
    return JournalHead(int(row[0]), str(row[1])) if row else JournalHead()
