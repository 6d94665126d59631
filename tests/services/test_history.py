"""History in words, undo and redo, and what they refuse."""

import datetime
from dataclasses import replace

import pytest
from sqlalchemy import select

from app import journal
from app.database import Database
from app.errors import PermissionDenied, RuleError
from app.journal import Act
from app.models import Base, JournalAct, Student, TrainingClass
from app.rules.permissions import User
from app.services import attendance, enrolment, history, lecturers, students
from app.services import history_words as words
from app.services.attendance import Mark
from app.services.history import ActFilter, ActLine
from app.services.history_records import TABLES_OF
from app.services.lecturers import LecturerForm
from app.services.students import StudentForm
from app.terms import ActKind, AttendanceStatus, ClassStatus, RecordKind, Role
from tests.conftest import raw_writing

MAI = StudentForm("Lò Thị Mai", identity_number="019184003412", unit="Chi bộ Nà Lừa")


def register(database: Database, form: StudentForm = MAI, student_id: int | None = None) -> int:
    with database.writing(f"Ghi {form.full_name}") as db:
        return students.save_student(db, form, student_id)


def newest(database: Database) -> ActLine:
    with database.reading() as db:
        return history.act_list(db, ActFilter(limit=1))[0]


def undo(database: Database, act: ActLine | None = None) -> None:
    act = act or newest(database)
    with database.writing(Act(f"Hoàn tác: {act.name}", ActKind.UNDO, undoes=act.id)) as db:
        history.undo(db, act.id)


def redo(database: Database) -> None:
    with database.reading() as db:
        act = history.next_redo(db, 0)
    assert act is not None
    with database.writing(Act(act.name, ActKind.REDO, undoes=act.id)) as db:
        history.redo(db, act.id)


def names(database: Database) -> list[str]:
    with database.reading() as db:
        return sorted(db.scalars(select(Student.full_name)))


def test_every_column_of_the_journal_has_a_word_or_is_hidden() -> None:
    for table in journal.tables().values():
        assert table.name in words.TABLES
        for column in table.columns:
            if words.is_shown(column):
                assert words.word(table.name, column.name)
    assert not {name.partition(".")[0] for name in words.COLUMNS if "." in name} - set(
        Base.metadata.tables
    )


def test_a_change_is_told_in_words_with_numbers_masked(database: Database) -> None:
    student_id = register(database)
    register(database, replace(MAI, identity_number="019184003999", position="Bí thư"), student_id)
    with database.reading() as db:
        lines = history.record_history(db, "student", student_id)
    told = {
        (line.field, line.before, line.after) for line in lines if line.act.id == lines[0].act.id
    }
    assert told == {
        ("Số định danh", "0191•••••412", "0191•••••999"),
        ("Chức vụ", "", "Bí thư"),
    }
    assert lines[0].record == "Học viên Lò Thị Mai"
    assert lines[0].act.actor == "Người thử"
    assert any(line.after == "Lò Thị Mai" for line in lines)


def test_undo_and_redo_give_back_what_was(database: Database) -> None:
    register(database)
    undo(database)
    assert names(database) == []
    redo(database)
    assert names(database) == ["Lò Thị Mai"]
    with database.reading() as db:
        assert list(journal.findings(db)) == []
        assert list(journal.disagreements(db)) == []
        done = history.next_undo(db, 0)
        assert done is not None
        assert done.name == "Ghi Lò Thị Mai"
        assert history.next_redo(db, 0) is None


def test_steps_are_undone_and_redone_in_turn(database: Database) -> None:
    student_id = register(database)
    for name in ("Lò Thị Mây", "Lò Thị Mơ"):
        register(database, replace(MAI, full_name=name), student_id)
    undo_next(database)
    undo_next(database)
    assert names(database) == ["Lò Thị Mai"]
    redo(database)
    assert names(database) == ["Lò Thị Mây"]
    redo(database)
    assert names(database) == ["Lò Thị Mơ"]
    undo_next(database)
    assert names(database) == ["Lò Thị Mây"]


def undo_next(database: Database) -> None:
    with database.reading() as db:
        act = history.next_undo(db, 0)
    assert act is not None
    undo(database, act)


def test_something_new_ends_what_can_be_redone(database: Database) -> None:
    register(database)
    undo(database)
    register(database, replace(MAI, full_name="Lò Thị Mây"))
    with database.reading() as db:
        assert history.next_redo(db, 0) is None


def test_an_older_act_under_a_newer_one_names_it_and_stays(database: Database) -> None:
    student_id = register(database)
    first = newest(database)
    register(database, replace(MAI, position="Bí thư"), student_id)
    with pytest.raises(RuleError, match=r"Chưa hoàn tác được “Ghi Lò Thị Mai”.*“Ghi Lò Thị Mai”"):
        undo(database, first)
    assert names(database) == ["Lò Thị Mai"]


def test_a_person_on_whom_something_hangs_is_not_undone(database: Database, class_id: int) -> None:
    student_id = register(database, replace(MAI, full_name="Lò Thị Mây", identity_number=""))
    act = newest(database)
    with database.writing("Ghi danh Mây") as db:
        enrolment.enrol_student(db, class_id, student_id)
    with pytest.raises(RuleError, match="“Ghi danh Mây”"):
        undo(database, act)
    undo(database)
    undo(database, act)
    assert "Lò Thị Mây" not in names(database)


def test_whoever_may_not_do_it_may_not_undo_it(database: Database) -> None:
    register(database)
    act = newest(database)
    database.sign_in(User("Hoàng Văn Tuấn", frozenset({Role.DIRECTOR}), 3))
    with pytest.raises(PermissionDenied):
        undo(database, act)
    with database.reading() as db:
        assert history.next_undo(db, 0) is None
    assert names(database) == ["Lò Thị Mai"]


def test_what_took_numbers_is_not_undone(demo: Database) -> None:
    with demo.reading() as db:
        (act,) = history.act_list(db, ActFilter(query="lap trung tam minh hoa"))
    with pytest.raises(RuleError, match="Số đã vào sổ không thu lại"):
        undo(demo, act)


def test_a_mark_is_told_and_not_undone_once_the_results_are_final(
    database: Database, class_id: int
) -> None:
    with database.writing("Điểm danh buổi 1") as db:
        shown = attendance.grid(db, class_id)
        one = shown.learners[0].enrolment_id
        attendance.mark(db, class_id, [Mark(one, shown.sessions[0].id, AttendanceStatus.ABSENT)])
    act = newest(database)
    with database.reading() as db:
        told = history.act_changes(db, act.id)
    assert told[0].record.startswith("Điểm danh của ")
    assert ", buổi 1, lớp " in told[0].record
    assert [(line.field, line.before, line.after) for line in told] == [
        ("Trạng thái", "", "vắng không phép")
    ]
    with raw_writing(database) as db:
        db.get_one(TrainingClass, class_id).status = ClassStatus.FINALISED
    with pytest.raises(RuleError, match="đã chốt kết quả"):
        undo(database, act)
    with raw_writing(database) as db:
        db.get_one(TrainingClass, class_id).status = ClassStatus.CLOSED
    with pytest.raises(RuleError, match="đã bế giảng"):
        undo(database, act)


def test_acts_are_found_by_the_kind_of_record_they_changed(database: Database) -> None:
    register(database)
    with database.writing("Thêm giảng viên") as db:
        lecturers.save_lecturer(db, LecturerForm("Đỗ Thị Lan"))
    with database.reading() as db:
        found = {
            kind: [act.name for act in history.act_list(db, ActFilter(record=kind))]
            for kind in (RecordKind.STUDENT, RecordKind.LECTURER, RecordKind.CERTIFICATE)
        }
    assert found == {
        RecordKind.STUDENT: ["Ghi Lò Thị Mai"],
        RecordKind.LECTURER: ["Thêm giảng viên"],
        RecordKind.CERTIFICATE: [],
    }


def test_every_table_of_the_journal_belongs_to_one_kind_of_record() -> None:
    of_a_kind = [table for tables in TABLES_OF.values() for table in tables]
    assert sorted(of_a_kind) == sorted(journal.tables())


def test_acts_are_found_by_actor_day_and_words_without_marks(database: Database) -> None:
    register(database)
    today = datetime.datetime.now().astimezone().date()
    with database.reading() as db:
        found = history.act_list(db, ActFilter(query="lo thi", since=today, until=today))
        assert [line.name for line in found] == ["Ghi Lò Thị Mai"]
        assert history.act_list(db, ActFilter(actor="Ai đó")) == []
        assert history.act_list(db, ActFilter(until=today - datetime.timedelta(days=1))) == []
        assert "Người thử" in history.actors(db)


def test_an_act_is_not_undone_twice(database: Database) -> None:
    register(database)
    act = newest(database)
    undo(database, act)
    with pytest.raises(RuleError, match="đã được hoàn tác rồi"):
        undo(database, act)


def test_the_first_setting_up_stays(database: Database) -> None:
    with database.reading() as db:
        first = history.act_list(db, ActFilter(query="thiet lap"))[-1]
    with pytest.raises(RuleError):
        undo(database, first)
    with database.reading() as db:
        assert db.scalars(select(JournalAct.id)).all()


def test_a_deleted_enrolment_stays_in_the_history_of_the_person(
    database: Database, class_id: int
) -> None:
    student_id = register(database, replace(MAI, full_name="Lò Thị Mây", identity_number=""))
    with database.writing("Ghi danh Mây") as db:
        one = enrolment.enrol_student(db, class_id, student_id)
    with database.writing("Xóa Mây khỏi lớp") as db:
        enrolment.withdraw(db, class_id, [one])
    with database.reading() as db:
        lines = history.record_history(db, "student", student_id)
    assert {line.act.name for line in lines} >= {"Xóa Mây khỏi lớp", "Ghi danh Mây"}


def test_a_mark_taken_back_stays_in_the_history_of_the_learner_alone(
    database: Database, class_id: int
) -> None:
    with database.reading() as db:
        shown = attendance.grid(db, class_id)
    first, second = shown.learners[0].enrolment_id, shown.learners[1].enrolment_id
    for status in (AttendanceStatus.ABSENT, None):
        with database.writing("Điểm danh buổi 1") as db:
            attendance.mark(db, class_id, [Mark(first, shown.sessions[0].id, status)])
    with database.reading() as db:
        told = history.record_history(db, "enrolment", first)
        of_other = history.record_history(db, "enrolment", second)
    assert [(line.before, line.after) for line in told if line.field == "Trạng thái"][:2] == [
        ("vắng không phép", ""),
        ("", "vắng không phép"),
    ]
    assert not any(line.field == "Trạng thái" for line in of_other)


def test_an_act_tells_the_class_it_is_about_and_so_does_its_undoing(
    database: Database, class_id: int
) -> None:
    with database.writing("Điểm danh buổi 1") as db:
        shown = attendance.grid(db, class_id)
        attendance.mark_rest_present(db, class_id, shown.sessions[0].id)
        title = db.get_one(TrainingClass, class_id).title
    assert newest(database).subject == title
    undo(database)
    assert newest(database).subject == title
    with database.reading() as db:
        found = history.act_list(db, ActFilter(query=title))
    assert {line.subject for line in found} == {title}
