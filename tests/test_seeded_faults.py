"""The command `check`: one line for one fault of any kind, not a word on a sound file."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app import cli
from app import database as database_room
from app.services import students
from app.services.students import StudentForm

JOURNAL = {
    "an act renamed": ("UPDATE journal_act SET name = 'Việc khác' WHERE id = 4", "bị sửa"),
    "an actor changed": ("UPDATE journal_act SET actor = 'Người khác' WHERE id = 4", "bị sửa"),
    "an act moved in time": (
        "UPDATE journal_act SET happened_at = '2026-01-01T00:00:00.000Z' WHERE id = 4",
        "bị sửa",
    ),
    "an act deleted with its changes": (
        "DELETE FROM journal_change WHERE act_id = 4; DELETE FROM journal_act WHERE id = 4",
        "thiếu mục 4",
    ),
    "an act deleted alone": ("DELETE FROM journal_act WHERE id = 4", "thiếu mục 4"),
    "a change edited": (
        "UPDATE journal_change SET after = replace(after, 'Mai', 'Mây') WHERE act_id = 4",
        "bị sửa",
    ),
    "a change deleted": (
        "DELETE FROM journal_change WHERE act_id = 4 AND position = 0",
        "bị sửa",
    ),
    "a change forged": (
        "INSERT INTO journal_change (act_id, position, table_name, row_key, before, after)"
        " VALUES (4, 99, 'student', '1', NULL, '{}')",
        "bị sửa",
    ),
    "the tail cut": (
        "DELETE FROM journal_change WHERE act_id > 5; DELETE FROM journal_act WHERE id > 5",
        "phần cuối bị cắt",
    ),
    "the tail cut, and the count of entries with it": (
        "DELETE FROM journal_change WHERE act_id > 5; DELETE FROM journal_act WHERE id > 5;"
        "UPDATE sqlite_sequence SET seq = 5 WHERE name = 'journal_act'",
        "không như nhật ký",
    ),
    "everything deleted": (
        "DELETE FROM journal_change; DELETE FROM journal_act",
        "phần cuối bị cắt",
    ),
    "everything deleted, and the count of entries with it": (
        "DELETE FROM journal_change; DELETE FROM journal_act;"
        "DELETE FROM sqlite_sequence WHERE name = 'journal_act'",
        "không còn mục ấy",
    ),
}
NUMBERS = {
    "a number gone": ("DELETE FROM certificate WHERE register_sequence = 30", "thiếu ở giữa"),
    "a number moved": (
        "UPDATE certificate SET register_sequence = 90 WHERE register_sequence = 30",
        "thiếu ở giữa",
    ),
    "a frozen sheet changed": (
        "UPDATE certificate SET sheet = replace(sheet, 'Đồng chí', 'Ông') WHERE id = 2",
        "đã bị sửa",
    ),
    "a frozen report changed": (
        "UPDATE closing_report SET frozen_sheet = replace(frozen_sheet, 'BÁO CÁO', 'Báo cáo')",
        "không như nhật ký",
    ),
    "a frozen report made unreadable": (
        "UPDATE closing_report SET frozen_sheet = substr(frozen_sheet, 9)",
        "không đọc được",
    ),
}
ORPHANS = {
    "a person gone": ("DELETE FROM student WHERE id = 1", "không còn dòng tương ứng"),
    "a session gone": ("DELETE FROM class_session WHERE id = 1", "không còn dòng tương ứng"),
    "a lecturer gone": ("DELETE FROM lecturer WHERE id = 1", "không còn dòng tương ứng"),
    "a programme gone": ("DELETE FROM programme WHERE id = 1", "không còn dòng tương ứng"),
}
RULES = {
    "a certificate older than its decision": (
        "UPDATE certificate SET issued_on = '2026-01-01' WHERE id = 1",
        "trước ngày quyết định",
    ),
    "a certificate without the result for it": (
        "UPDATE assessment_result SET verdict = 'failed' WHERE enrolment_id ="
        " (SELECT enrolment_id FROM certificate WHERE id = 1)",
        "không đủ điều kiện cấp",
    ),
    "attendance in another class": (
        "UPDATE attendance_record SET class_session_id = (SELECT max(id) FROM class_session)"
        " WHERE enrolment_id = 1 AND class_session_id = 1",
        "thuộc lớp khác",
    ),
    "final results without their rules": (
        "UPDATE training_class SET frozen_rules = NULL WHERE id = 1",
        "không lưu quy tắc xét",
    ),
    "a mark beyond ten": (
        "PRAGMA ignore_check_constraints = ON;"
        "UPDATE assessment_result SET mark = 1100 WHERE enrolment_id = 1",
        "Ô Điểm có giá trị không hợp lệ: Kết quả của",
    ),
}
WITHOUT_CHECKS = "PRAGMA ignore_check_constraints = ON;"
UNREADABLE = {
    "an unknown status": (
        WITHOUT_CHECKS + "UPDATE certificate SET status = 'lost' WHERE id = 1",
        "Ô Trạng thái có giá trị không hợp lệ: Giấy chứng nhận 027/2026",
    ),
    "an unknown kind of act": (
        WITHOUT_CHECKS + "UPDATE journal_act SET kind = 'lost' WHERE id = 4",
        "bị sửa",
    ),
    "bytes in the journal": ("UPDATE journal_act SET name = x'ff00' WHERE id = 4", "bị sửa"),
    "a day that is none": (
        "UPDATE certificate SET issued_on = '2026-13-45' WHERE id = 1",
        "Ô Ngày cấp có giá trị không hợp lệ",
    ),
    "a birth that is none": (
        "UPDATE student SET born = '1990-02-30' WHERE id = 1",
        "Ô Ngày sinh có giá trị không hợp lệ: Học viên Triệu Thị Đào",
    ),
    "a mark in letters": (
        WITHOUT_CHECKS + "UPDATE assessment_result SET mark = 'tám' WHERE enrolment_id = 1",
        "Ô Điểm có giá trị không hợp lệ",
    ),
    "frozen rules made unreadable": (
        "UPDATE training_class SET frozen_rules = '{' WHERE id = 1",
        "quy tắc xét đã lưu không đọc được",
    ),
}
STRUCTURE = {
    "a table dropped": ("DROP TABLE known_as", "thiếu bảng known_as"),
    "an index dropped": ("DROP INDEX uq_certificate_live", "thiếu chỉ mục uq_certificate_live"),
    "a trigger added": (
        "CREATE TRIGGER wipe AFTER UPDATE ON student BEGIN DELETE FROM certificate; END",
        "lệnh tự chạy wipe",
    ),
    "a column added": ("ALTER TABLE student ADD COLUMN more TEXT", "cột lạ more"),
    "a column renamed": (
        "ALTER TABLE student RENAME COLUMN note TO more",
        "bảng student thiếu cột note, có cột lạ more",
    ),
}
SHOWN_BY_MANY_ROWS = {
    "neighbours that changed places": (
        "UPDATE journal_change SET act_id = -act_id WHERE act_id IN (4, 5);"
        "UPDATE journal_change SET act_id = 9 + act_id WHERE act_id < 0;"
        "UPDATE journal_act SET id = -id WHERE id IN (4, 5);"
        "UPDATE journal_act SET id = 9 + id WHERE id < 0",
        "mục 4 đến 6 đã bị sửa hoặc đổi chỗ",
    ),
    "a hash edited": ("UPDATE journal_act SET hash = '00' WHERE id = 4", "mục 4 "),
    "an act forged at the end": (
        "INSERT INTO journal_act (name, subject, kind, actor, machine, reason, happened_at,"
        " permissions, previous_hash, hash) VALUES ('Việc giả', '', 'change', '', '', '',"
        " '2026-11-22T08:12:03.125Z', '', 'aa', 'bb')",
        "bị sửa",
    ),
    "the count of entries set back": (
        "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'journal_act'",
        "bộ đếm mục bị sửa",
    ),
    "a decision of a later day": (
        "UPDATE decision SET signed_on = '2026-12-31'"
        " WHERE kind = 'recognition' AND training_class_id = 1",
        "Cùng lỗi này còn 62 dòng",
    ),
    "an enrolment moved to another class": (
        "UPDATE enrolment SET training_class_id = 4 WHERE id = 2",
        "thuộc lớp khác",
    ),
    "a reference to a person who never was": (
        "UPDATE enrolment SET student_id = 99999 WHERE id = 1",
        "Học viên số 99999: không còn dòng tương ứng, mà Ghi danh",
    ),
    "a lesson given to a lecturer who never was": (
        "UPDATE teaching_assignment SET lecturer_id = 99999 WHERE class_session_id = 1",
        "Giảng viên số 99999: không còn dòng tương ứng",
    ),
    "a final result emptied": (
        "UPDATE assessment_result SET verdict = NULL WHERE enrolment_id ="
        " (SELECT min(id) FROM enrolment WHERE training_class_id = 3)",
        "còn để trống",
    ),
    "a result moved to an enrolment that never was": (
        "UPDATE assessment_result SET enrolment_id = 99999 WHERE enrolment_id = 1",
        "Ghi danh số 99999: không còn dòng tương ứng, mà Kết quả",
    ),
    "an impossible number in the register": (
        WITHOUT_CHECKS + "UPDATE certificate SET register_sequence = 0"
        " WHERE register_sequence = 30",
        "có giá trị không hợp lệ: Giấy chứng nhận 030/2026",
    ),
    "letters for the year of a number": (
        "UPDATE certificate SET register_year = 'abc' WHERE register_sequence = 30",
        "có giá trị không hợp lệ: Giấy chứng nhận 030/2026",
    ),
    "a number moved far away": (
        "UPDATE certificate SET register_sequence = 500 WHERE register_sequence = 30",
        "sau số 29 là số 31, thiếu ở giữa",
    ),
    "other numbers said to be taken on paper": (
        "UPDATE centre SET numbers_used = 10",
        "sau số 10 là số 27, thiếu ở giữa",
    ),
    "a reference in letters": (
        "UPDATE enrolment SET student_id = 'abc' WHERE id = 1",
        "có giá trị không hợp lệ: Ghi danh",
    ),
    "a learner who entered after being there": (
        "UPDATE enrolment SET entered_on = '2026-12-01' WHERE id = 1",
        "đã được điểm danh có mặt",
    ),
    "a mark under a final result": (
        "UPDATE assessment_result SET mark = 100 WHERE enrolment_id = 2",
        "không khớp điểm",
    ),
}
BEHIND = {
    "a name changed": (
        "UPDATE student SET full_name = 'Ai đó' WHERE id = 1",
        "1 dòng không như nhật ký ghi (Học viên Ai đó)",
    ),
    "a mark of attendance changed": (
        "UPDATE attendance_record SET status = 'excused' WHERE enrolment_id = 1 AND"
        " class_session_id = (SELECT min(class_session_id) FROM attendance_record"
        " WHERE enrolment_id = 1 AND status = 'present')",
        "1 dòng",
    ),
    "a mark of attendance deleted": (
        "DELETE FROM attendance_record WHERE enrolment_id = 1 AND class_session_id = 1",
        "1 dòng",
    ),
    "a person added": (
        "INSERT INTO workplace (id, name, fold) VALUES (9000, 'Chi bộ lạ', 'chi bo la')",
        "1 dòng",
    ),
    "a right given": (
        "INSERT INTO setting (name, value) VALUES ('idle_minutes', '0')",
        "1 dòng",
    ),
}
FAULTS = JOURNAL | NUMBERS | ORPHANS | RULES | UNREADABLE | STRUCTURE | SHOWN_BY_MANY_ROWS | BEHIND


@pytest.fixture(scope="module")
def busy_file(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo centre after a few more acts."""
    path = tmp_path_factory.mktemp("busy") / cli.DEMO_DATABASE
    shutil.copy(demo_folder / cli.DEMO_DATABASE, path)
    opened = database_room.open_existing(path)
    for name in ("Lò Thị Mai", "Lò Thị Mai Anh", "Lý Thị Bình", "Đặng Hữu Đường", "Ngô Thị Lan"):
        with opened.writing(f"Thêm {name}") as db:
            students.save_student(db, StudentForm(name))
    opened.close()
    return path


@pytest.fixture
def busy(busy_file: Path, tmp_path: Path) -> Path:
    """A copy of it for one fault."""
    shutil.copy(busy_file, tmp_path)
    return tmp_path / busy_file.name


def checked(path: Path, code: int) -> list[str]:
    """What the command finds, sure of how it ended."""
    report = path.with_name("findings.json")
    assert cli.main(["check", "--database", str(path), "--json", str(report)]) == code
    findings: list[str] = json.loads(report.read_text(encoding="utf-8"))["findings"]
    return findings


def test_a_sound_file_gives_not_a_word(busy: Path) -> None:
    assert checked(busy, cli.DONE) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_one_fault_gives_one_line(
    busy: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    statements, words = FAULTS[fault]
    with closing(sqlite3.connect(busy)) as raw, raw:
        before = list(raw.iterdump())
        raw.executescript(statements)
        assert list(raw.iterdump()) != before
    (finding,) = checked(busy, cli.REFUSED)
    assert words in finding
    assert capsys.readouterr().out.splitlines() == [finding, "1 lỗi."]


def test_a_presence_outside_the_time_in_the_class_needs_no_journal(busy: Path) -> None:
    with closing(sqlite3.connect(busy)) as raw, raw:
        raw.executescript(
            "DELETE FROM journal_act WHERE id = 4;"
            "UPDATE enrolment SET left_on = '2026-01-01' WHERE id = 1"
        )
    torn, outside = checked(busy, cli.REFUSED)
    assert "mục 4" in torn
    assert "ngoài thời gian học" in outside


def test_faults_of_every_kind_at_once_are_told_in_one_line_each(busy: Path) -> None:
    with closing(sqlite3.connect(busy)) as raw, raw:
        raw.executescript(
            "UPDATE journal_act SET actor = 'Người khác' WHERE id = 4;"
            "DELETE FROM certificate WHERE register_sequence = 60;"
            "UPDATE enrolment SET student_id = 99999 WHERE training_class_id = 2 AND id ="
            " (SELECT min(id) FROM enrolment WHERE training_class_id = 2);"
            "UPDATE assessment_result SET mark = 100 WHERE enrolment_id = 2"
        )
    found = checked(busy, cli.REFUSED)
    signs = ("Nhật ký: mục 4", "Học viên số 99999", "sau số 59 là số 61", "không khớp điểm")
    assert [sign in line for sign, line in zip(signs, found, strict=True)] == [True] * 4
