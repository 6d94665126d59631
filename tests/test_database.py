"""The centre's file: opened with care, one act one transaction, older files upgraded."""

import datetime
import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, select
from sqlalchemy.exc import IntegrityError, OperationalError

from app import backups, database, migrations
from app.errors import RuleError, StorageError
from app.models import AttendanceRecord, Base, Certificate, Signatory, Student

DAY = datetime.date(2026, 1, 1)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_new_file_has_the_newest_schema_and_our_mark(tmp_path: Path) -> None:
    opened = database.create(tmp_path / "a.sqlite")
    assert opened.revision() == database.SCHEMA_REVISION == migrations.head()
    opened.close()
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (database.APPLICATION_ID,)


def test_the_steps_build_exactly_what_the_models_say(tmp_path: Path) -> None:
    database.create(tmp_path / "a.sqlite").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'a.sqlite'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_every_rule_of_the_models_is_in_the_file(tmp_path: Path) -> None:
    database.create(tmp_path / "a.sqlite").close()
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as raw:
        built = " ".join(row[0] for row in raw.execute("SELECT sql FROM sqlite_master") if row[0])
    for table in Base.metadata.sorted_tables:
        for constraint in table.constraints - {table.primary_key}:
            assert str(constraint.name) in built
        for index in table.indexes:
            assert str(index.name) in built


def test_connections_keep_every_safety_setting(tmp_path: Path) -> None:
    opened = database.create(tmp_path / "a.sqlite")
    with opened.reading() as db:
        connection = db.connection()
        answers = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "journal_mode", "synchronous", "secure_delete")
        }
    opened.close()
    assert answers == {
        "foreign_keys": 1,
        "journal_mode": "delete",
        "synchronous": 3,
        "secure_delete": 1,
    }


def test_an_act_that_fails_leaves_nothing(database: database.Database) -> None:
    def fail_half_way() -> None:
        with database.writing("Thử") as db:
            db.add(Signatory(name="Nông Thị Hiền", title="PHÓ GIÁM ĐỐC", valid_from=DAY))
            db.flush()
            raise RuleError("Dừng.")

    with pytest.raises(RuleError):
        fail_half_way()
    with database.reading() as db:
        names = db.scalars(select(Signatory.name)).all()
    assert names == ["Hoàng Văn Tuấn"]


def test_reading_can_write_nothing(database: database.Database) -> None:
    with database.reading() as db:
        db.add(Signatory(name="Nông Thị Hiền", title="PHÓ GIÁM ĐỐC", valid_from=DAY))
        with pytest.raises(OperationalError, match="readonly"):
            db.flush()


def test_a_missing_file_is_not_silently_a_new_one(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Không thấy tệp"):
        database.open_existing(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", b"SQLite format 3\x00" + b"\0" * 84])
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.sqlite"
    path.write_bytes(content)
    with pytest.raises(StorageError, match="không phải dữ liệu của Sổ Lớp"):
        database.open_existing(path)
    assert path.read_bytes() == content


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"kept")
    with pytest.raises(StorageError, match="đã có"):
        database.create(path)
    assert path.read_bytes() == b"kept"


def test_a_newer_file_is_refused_and_left_byte_identical(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    database.create(path).close()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    before = digest(path)
    with pytest.raises(StorageError, match="bản Sổ Lớp mới hơn"):
        database.open_existing(path)
    assert digest(path) == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_file_is_backed_up_then_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    shutil.copy(Path(__file__).parent / "data" / "schema" / "0001.sqlite", path)
    opened = database.open_existing(path)
    assert opened.revision() == database.SCHEMA_REVISION
    with opened.reading() as db:
        assert db.scalars(select(Signatory.name)).all() == ["Hoàng Văn Tuấn"]
    opened.close()
    (copy,) = backups.copies(path)
    assert copy.kind is backups.BackupKind.BEFORE_UPGRADE
    with closing(sqlite3.connect(copy.path)) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_a_step_that_fails_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.sqlite"
    shutil.copy(Path(__file__).parent / "data" / "schema" / "0001.sqlite", path)
    before = digest(path)

    def half_a_step(connection: object) -> None:
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")  # type: ignore[attr-defined]
        raise OSError("mất điện")

    monkeypatch.setattr(migrations, "upgrade", half_a_step)
    with pytest.raises(OSError, match="mất điện"):
        database.open_existing(path)
    assert digest(path) == before


def test_the_schema_itself_refuses_a_second_live_certificate(demo: database.Database) -> None:
    with demo.reading() as db:
        first = db.scalars(select(Certificate)).first()
        assert first is not None
        columns = {
            column.key: getattr(first, column.key)
            for column in Certificate.__table__.columns
            if column.key != "id"
        }
    columns |= {"register_sequence": 9000, "register_number": "9000/2026"}
    with pytest.raises(IntegrityError, match="enrolment_id"), demo.writing("Thử") as db:
        db.add(Certificate(**columns))


def test_the_schema_itself_refuses_a_second_mark_of_a_session(demo: database.Database) -> None:
    with demo.reading() as db:
        mark = db.scalars(select(AttendanceRecord)).first()
        assert mark is not None
        key = {"enrolment_id": mark.enrolment_id, "class_session_id": mark.class_session_id}
        status = mark.status
    with pytest.raises(IntegrityError), demo.writing("Thử") as db:
        db.add(AttendanceRecord(**key, status=status))


def test_a_text_whose_bytes_are_spoilt_is_damage_said_in_words(demo: database.Database) -> None:
    with closing(sqlite3.connect(demo.path)) as raw, raw:
        raw.execute("UPDATE student SET full_name = CAST(x'c328' AS TEXT) WHERE id = 1")
    with pytest.raises(StorageError, match="đã hỏng"), demo.reading() as db:
        db.scalars(select(Student.full_name)).all()
