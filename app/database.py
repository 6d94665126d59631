"""The one file of the centre: open, migrate, and the only BEGIN and COMMIT of the program."""

import contextlib
import os
import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from app import journal, paths
from app.errors import StorageError
from app.journal import Act
from app.rules.permissions import User, alone
from app.terms import ActKind

APPLICATION_ID = 0x536F4C70  # "SoLp"
FIRST_REVISION = "0001"
SCHEMA_REVISION = "0005"  # the newest step in app/migrations/versions (a test compares)
PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=DELETE",
    "synchronous=EXTRA",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
)
DAMAGE = ("malformed", "not a database", "unsupported file format", "Could not decode")
STORAGE_FAULTS = (*DAMAGE, "locked", "readonly", "is full", "unable to open", "disk I/O")
STARTED = "Bắt đầu ghi nhật ký"
REPLACED = "Tệp {path} đã bị thay hoặc dời đi khi đang mở. Đóng chương trình rồi mở lại."
SQLITE_HEADER = b"SQLite format 3\x00"


class Database:
    """An open centre file; `reading()` and `writing(act)` are the only ways in."""

    def __init__(self, path: Path, *, user: User | None = None, read_only: str = "") -> None:
        """Open `path`; `read_only` is the sentence that says why nothing may be written."""
        self.path = path
        self.user = user or alone()
        self.read_only = read_only
        self._engine = _engine(path, "ro" if read_only else "rw")
        self._file: tuple[int, int] | None = None  # the one that was opened

    def sign_in(self, user: User) -> None:
        """Let all further acts be this user's."""
        self.user = user

    @contextlib.contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment and can write nothing."""
        with self._session() as (connection, db):
            try:
                connection.exec_driver_sql("PRAGMA query_only=ON")
                connection.exec_driver_sql("BEGIN")
                yield db
            finally:
                connection.rollback()
                connection.exec_driver_sql("PRAGMA query_only=OFF")

    @contextlib.contextmanager
    def writing(self, act: Act | str) -> Iterator[Session]:
        """Run one act: everything it writes is kept, or nothing if anything raises."""
        if self.read_only:
            raise StorageError(self.read_only)
        act = Act(act) if isinstance(act, str) else act
        with self._session() as (connection, db):
            _begin_writing(connection)
            journal.begin(db, act, self.user.name, self.user.account_id)
            try:
                yield db
                db.flush()
                journal.store(db)
                connection.commit()
            except BaseException:
                connection.rollback()
                raise

    @contextlib.contextmanager
    def _session(self) -> Iterator[tuple[Connection, Session]]:
        """Give a session whose storage faults are said in words wherever they come up."""
        self._refuse_another_file()
        with (
            _plain_sentences(self.path),
            self._engine.connect() as connection,
            Session(connection, info={"user": self.user}) as db,
        ):
            yield connection, db

    def _refuse_another_file(self) -> None:
        """What took the name of the open file is not read as if it were that one."""
        found = _identity(self.path)
        self._file = self._file or found
        if found != self._file:
            raise StorageError(REPLACED.format(path=self.path))

    def revision(self) -> str:
        """Return the revision of the schema the file has."""
        with _plain_sentences(self.path), self._engine.connect() as connection:
            query = "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
            if connection.exec_driver_sql(query).scalar_one_or_none() is None:
                raise StorageError(_sentence(self.path, "malformed"))
            query = "SELECT max(version_num) FROM alembic_version"
            return str(connection.exec_driver_sql(query).scalar_one() or "")

    def upgrade(self) -> None:
        """Run every schema step that is due, all in one transaction."""
        from app import migrations  # only when a step is due: Alembic is slow to import

        with _plain_sentences(self.path), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                migrations.upgrade(connection)
                _refuse_orphans(connection)
                self._begin_journal(connection)
                connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
                connection.commit()
            except BaseException:
                connection.rollback()
                raise
            finally:
                connection.exec_driver_sql("PRAGMA foreign_keys=ON")

    def _begin_journal(self, connection: Connection) -> None:
        """Journal what a file without a journal holds, in the transaction that gives it one."""
        with Session(connection) as db:
            journal.begin(db, Act(STARTED, ActKind.START), self.user.name, None)
            if journal.adopt(db):
                journal.store(db)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
        self._file = None


def _begin_writing(connection: Connection) -> None:
    """Wait for another program's act as long as the connection may, asking every few ms.

    SQLite itself asks ever more seldom: a program that writes act after act would starve us.
    """
    patience = int(connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one())
    end = time.monotonic() + patience / 1000
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        while not _has_begun(connection, is_last_try=time.monotonic() >= end):
            time.sleep(random.uniform(0.001, 0.005))
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")


def _has_begun(connection: Connection, *, is_last_try: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except DatabaseError as error:
        if is_last_try or "locked" not in str(error.orig):
            raise
        return False
    return True


def _refuse_orphans(connection: Connection) -> None:
    """Let no schema step leave a row that refers to nothing."""
    orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if orphan is not None:
        raise StorageError(
            f"Dữ liệu cũ có dòng lạc ở bảng {orphan[0]}, chưa nâng cấp được. "
            "Tệp giữ nguyên như cũ; gửi tệp cho người hỗ trợ."
        )


def create(path: Path, *, user: User | None = None) -> Database:
    """Make a new, empty centre file at `path`; an existing file is refused, never overwritten."""
    try:
        paths.make_private(path.parent)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        if os.access(path, os.F_OK):  # False too for a name that cannot be
            raise StorageError(f"Tệp {path} đã có. Chọn tên khác, hoặc mở tệp đó.") from error
        raise StorageError(f"Không tạo được tệp {path}. Kiểm tra quyền ghi thư mục.") from error
    database = Database(path, user=user)
    try:
        database.upgrade()
    except BaseException:
        database.close()
        path.unlink()
        raise
    return database


def open_existing(path: Path, *, user: User | None = None, read_only: str = "") -> Database:
    """Open a centre file, upgrading an older one after a backup; a newer one is refused."""
    _check_header(path)
    database = Database(path, user=user, read_only=read_only)
    try:
        _bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return database


def _bring_up_to_date(database: Database) -> None:
    revision = database.revision()
    if revision == SCHEMA_REVISION:
        return
    from app import backups, migrations  # only when a step is due: Alembic is slow to import

    if revision < FIRST_REVISION:
        raise StorageError(
            f"Tệp {database.path} có cấu trúc mà bản này không biết. "
            "Phục hồi từ bản sao lưu; tệp này được giữ nguyên."
        )
    if revision not in migrations.known_revisions():
        raise StorageError(
            f"Tệp {database.path} do bản Sổ Lớp mới hơn ghi, bản này không đọc được. "
            "Cài bản mới rồi mở lại. Tệp này được giữ nguyên."
        )
    if database.read_only:
        raise StorageError(
            f"Tệp {database.path} do bản Sổ Lớp cũ ghi, cần nâng cấp trước khi xem. "
            "Mở ở nơi ghi được một lần rồi thử lại."
        )
    backups.copy_before_upgrade(database.path, revision)
    database.upgrade()


def _check_header(path: Path) -> None:
    """Refuse what is not a centre file; an empty file is never silently a new database."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as error:
        raise StorageError(f"Không thấy tệp dữ liệu {path}. Tìm lại tệp, hoặc lập mới.") from error
    except OSError as error:
        raise StorageError(f"Không đọc được tệp dữ liệu {path}. Kiểm tra quyền đọc.") from error
    is_ours = int.from_bytes(header[68:72], "big") == APPLICATION_ID
    if not header.startswith(SQLITE_HEADER) or not is_ours:
        raise StorageError(
            f"Tệp {path} không phải dữ liệu của Sổ Lớp, hoặc đã hỏng. "
            "Chọn tệp khác, hoặc phục hồi từ bản sao lưu. Tệp này được giữ nguyên."
        )


def _engine(path: Path, mode: str) -> Engine:
    def connect() -> sqlite3.Connection:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)
    event.listen(engine, "connect", _set_pragmas)
    return engine


def _identity(path: Path) -> tuple[int, int] | None:
    """Tell one file from another that took its name; Windows lets none do so while it is open."""
    with contextlib.suppress(OSError):
        if os.name == "posix":
            found = path.stat()
            return found.st_dev, found.st_ino
    return None


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@contextlib.contextmanager
def _plain_sentences(path: Path) -> Iterator[None]:
    """Say storage faults in words; anything else is a bug and passes through as it is."""
    try:
        yield
    except DatabaseError as error:
        fault = str(error.orig)
        if not any(sign in fault for sign in STORAGE_FAULTS):
            raise
        raise StorageError(_sentence(path, fault)) from error


def _sentence(path: Path, fault: str) -> str:
    if any(sign in fault for sign in DAMAGE):
        return f"Tệp {path} đã hỏng. Phục hồi từ bản sao lưu; tệp này được giữ nguyên."
    if "locked" in fault:
        return f"Tệp {path} đang được chương trình khác ghi. Đợi giây lát rồi thử lại."
    if "readonly" in fault:
        return f"Tệp {path} chỉ cho đọc. Chép sang nơi ghi được rồi mở lại."
    if "full" in fault:
        return f"Ổ đĩa chứa {path} đã đầy, chưa ghi được gì. Dọn bớt rồi làm lại."
    if "unable to open" in fault:
        return f"Không mở được tệp {path}, hoặc thư mục không ghi được. Kiểm tra rồi thử lại."
    return f"Không dùng được tệp {path} ({fault}). Kiểm tra ổ đĩa rồi thử lại."
