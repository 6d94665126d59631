"""Faults of the disk and of other programs: one Vietnamese sentence, and nothing half written."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from app import database
from app.errors import StorageError
from app.models import Centre, Workplace
from app.services import centre, students
from app.services.students import StudentForm


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch, centre_file: Path, tmp_path: Path) -> Path:
    """A centre file whose connections wait only an instant for other programs."""
    pragmas = [one for one in database.PRAGMAS if "busy_timeout" not in one]
    monkeypatch.setattr(database, "PRAGMAS", (*pragmas, "busy_timeout=20"))
    path = tmp_path / "centre.sqlite"
    path.write_bytes(centre_file.read_bytes())
    return path


@contextmanager
def held_by_another_program(path: Path, lock: str) -> Iterator[None]:
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"BEGIN {lock}")
        yield


def test_a_file_locked_by_another_program_is_one_sentence_when_writing(impatient: Path) -> None:
    with (
        closing(database.open_existing(impatient)) as opened,
        held_by_another_program(impatient, "IMMEDIATE"),
        pytest.raises(StorageError, match="chương trình khác ghi"),
        opened.writing("Thử"),
    ):
        pass


def test_a_file_locked_by_another_program_is_one_sentence_when_reading(impatient: Path) -> None:
    with closing(database.open_existing(impatient)) as opened:
        with (
            held_by_another_program(impatient, "EXCLUSIVE"),
            pytest.raises(StorageError, match="chương trình khác ghi"),
            opened.reading() as db,
        ):
            centre.latest(db)
        with opened.writing("Sau đó") as db:
            students.save_student(db, StudentForm("Lý Thị Bình"))


def test_a_writing_inside_a_writing_is_refused_and_the_first_is_kept(impatient: Path) -> None:
    with closing(database.open_existing(impatient)) as opened, opened.writing("Ngoài") as db:
        with pytest.raises(StorageError, match="chương trình khác ghi"), opened.writing("Trong"):
            pass
        students.save_student(db, StudentForm("Lý Thị Bình"))


def test_a_full_disk_met_inside_a_service_is_one_sentence(opened: database.Database) -> None:
    def fill_the_disk() -> None:
        with opened.writing("Nhập") as db:
            pages = db.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
            db.connection().exec_driver_sql(f"PRAGMA max_page_count={pages}")
            students.save_student(db, StudentForm("Lý Thị Bình", note="đầy " * 200_000))

    with pytest.raises(StorageError, match="đã đầy"):
        fill_the_disk()
    with opened.reading() as db:
        assert db.scalars(select(Workplace)).all() == []
        assert students.student_count(db) == 0


def test_a_file_that_vanished_is_one_sentence(opened: database.Database) -> None:
    opened.close()
    opened.path.unlink()
    with pytest.raises(StorageError, match="Không mở được"), opened.reading() as db:
        db.scalar(select(Centre.id))


@pytest.mark.parametrize("way", ["read", "write"])
def test_a_file_replaced_under_the_open_program_is_one_sentence_and_not_read_on(
    opened: database.Database, tmp_path: Path, way: str
) -> None:
    with opened.reading() as db:
        assert students.student_count(db) == 0
    Path(shutil.copy(opened.path, tmp_path / "copy.sqlite")).replace(opened.path)
    for _ in range(2):
        with pytest.raises(StorageError, match="đã bị thay"):
            open_once(opened, way)
    opened.close()
    with opened.reading() as db:
        assert students.student_count(db) == 0


def open_once(opened: database.Database, way: str) -> None:
    """Enter a transaction of one kind."""
    with opened.reading() if way == "read" else opened.writing("Ghi"):
        pass


def test_a_file_damaged_under_the_open_program_is_one_sentence(opened: database.Database) -> None:
    pages = opened.path.read_bytes()
    opened.close()
    opened.path.write_bytes(pages[:4096] + b"\xff" * (len(pages) - 4096))
    with pytest.raises(StorageError, match="đã hỏng"), opened.reading() as db:
        centre.latest(db)


def test_our_mark_on_a_file_without_tables_is_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={database.APPLICATION_ID}")
        connection.execute("CREATE TABLE something (id INTEGER)")
    with pytest.raises(StorageError, match="đã hỏng"):
        database.open_existing(path)


@pytest.fixture
def opened(impatient: Path) -> Iterator[database.Database]:
    with closing(database.open_existing(impatient)) as one:
        yield one
