"""Old registers in the file: what is stored, linked, refused; nothing by halves."""

import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import database as database_room
from app.database import Database
from app.dates import PartialDate
from app.errors import Cancelled, PermissionDenied, RuleError
from app.journal import Act
from app.models import (
    AssessmentResult,
    AttendanceRecord,
    Base,
    Centre,
    Certificate,
    Decision,
    Enrolment,
    JournalAct,
    Programme,
    Student,
    TrainingClass,
    Workplace,
)
from app.rules.permissions import User
from app.services import (
    attendance,
    centre,
    certificates,
    checks,
    class_tasks,
    classes,
    enrolment,
    history,
    merging,
    programmes,
    registers,
    reports,
    results,
    setup,
    students,
    timetable,
)
from app.services import demo as demo_service
from app.services.merging import Take
from app.services.registers import LoadReport
from app.services.students import StudentForm
from app.spreadsheets.registers.reading import read_registers
from app.terms import ActKind, AttendanceStatus, ClassStatus, Role, StaffGroup, Verdict
from tests.registers import CENTRE, CENTRE_LATER, add, change, load, write

OLD_CLASS = 7
MODELS: tuple[type[Base], ...] = (
    Student,
    TrainingClass,
    Enrolment,
    AssessmentResult,
    AttendanceRecord,
    Certificate,
    Workplace,
    Programme,
    Centre,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "so-cu")


@pytest.fixture
def loaded(database: Database, folder: Path) -> Database:
    """A centre of today with its old registers."""
    load(database, folder)
    return database


def counts(opened: Database) -> dict[str, int]:
    with opened.reading() as db:
        return {
            model.__tablename__: db.scalar(select(func.count()).select_from(model)) or 0
            for model in MODELS
        }


def refused(report: LoadReport) -> list[str]:
    return [one.sentence for one in report.problems]


def test_everything_of_the_set_is_in_the_file_and_nothing_is_wrong_with_it(
    loaded: Database,
) -> None:
    found = counts(loaded)
    assert found["student"] == 4
    assert found["training_class"] == 2
    assert found["enrolment"] == found["assessment_result"] == 5
    assert (found["attendance_record"], found["certificate"]) == (3, 3)
    with loaded.reading() as db:
        assert checks.findings(db) == []


def test_an_old_class_is_closed_with_the_facts_of_the_register(loaded: Database) -> None:
    with loaded.reading() as db:
        detail = classes.class_detail(db, OLD_CLASS)
        rows = {row.full_name: row for row in results.result_list(db, OLD_CLASS)}
    assert detail.status is ClassStatus.CLOSED
    assert detail.closed_on == datetime.date(2018, 1, 23)
    assert detail.title == "Bồi dưỡng công tác Hội Liên hiệp Phụ nữ, khóa 1/2018"
    assert detail.printed_title.endswith("Hội Liên hiệp Phụ nữ, khóa 1 năm 2018")
    assert detail.opening_decision is not None
    assert detail.opening_decision.number == "127-QĐ/HU"
    assert detail.recognition_decision is None
    assert detail.manager == "Hoàng Huy"
    hien, lan = rows["Triệu Thị Hiền"], rows["Lương Thị Lan"]
    assert (hien.outcome.verdict, hien.outcome.band) == (Verdict.QUALIFIED, "Giỏi")
    assert lan.outcome.verdict is Verdict.TOO_ABSENT
    assert lan.outcome.reason == "Sổ cũ ghi không hoàn thành"
    with loaded.reading() as db:
        assert results.rule_text(db, OLD_CLASS) == "sổ cũ không ghi; kết quả giữ như trong sổ"
        assert [words for _, words in results.rule_lines(db, OLD_CLASS)] == [
            "Sổ cũ không ghi; kết quả giữ như trong sổ"
        ]
    with loaded.reading() as db:
        verdicts = {row.full_name: row.outcome.verdict for row in results.result_list(db, 9)}
    assert verdicts == {"Lương Thị Lan": Verdict.FAILED, "Lý Văn Đại": Verdict.QUALIFIED}


def test_who_is_not_noted_as_absent_was_there(loaded: Database) -> None:
    with loaded.reading() as db:
        grid = attendance.grid(db, OLD_CLASS)
        sessions = timetable.session_list(db, OLD_CLASS)
        shown = {row.id: row for row in class_tasks.class_list(db)}[OLD_CLASS]
    by_name = {row.full_name: row.attended for row in grid.learners}
    hien, phay = by_name["Triệu Thị Hiền"], by_name["Dương Mùi Phậy"]
    lan = by_name["Lương Thị Lan"]
    assert (hien.sessions_attended, hien.late, hien.unmarked) == (2, 1, 0)
    assert (phay.sessions_attended, phay.unmarked) == (2, 0)
    assert (lan.sessions_attended, lan.excused, lan.absent) == (0, 1, 1)
    assert [row.marked for row in sessions] == [3, 3]
    assert (shown.sessions_marked, shown.task) == (2, None)


def test_without_the_file_of_absences_nobody_is_taken_as_present(
    database: Database, folder: Path
) -> None:
    (folder / "diem_danh_vang.csv").unlink()
    load(database, folder)
    with database.reading() as db:
        learners = attendance.grid(db, OLD_CLASS).learners
    assert [row.attended.unmarked for row in learners] == [2, 2, 2]


def test_nothing_the_registers_do_not_say_is_filled_in(loaded: Database) -> None:
    with loaded.reading() as db:
        people = {row.full_name: row for row in db.scalars(select(Student))}
        enrolments = db.scalars(select(Enrolment)).all()
        decisions = db.scalars(select(Decision)).all()
        units = {row.name: row.kind for row in db.scalars(select(Workplace))}
    dai = people["Lý Văn Đại"]
    assert dai.born == PartialDate(1990)
    assert (dai.phone, dai.education, dai.party_joined, dai.party_status) == ("", "", None, None)
    assert people["Dương Mùi Phậy"].staff_group is StaffGroup.COMMUNE_SERVANT
    assert {row.party_status for row in enrolments} == {None}
    assert len(decisions) == 2
    assert {kind.label for kind in units.values() if kind} == {
        "Xã, phường, thị trấn",
        "Cơ quan, đơn vị",
    }


def test_an_old_certificate_keeps_its_number_and_cannot_be_printed_here(loaded: Database) -> None:
    with loaded.reading() as db:
        rows = {row.full_name: row for row in certificates.certificate_list(db, OLD_CLASS)}
        assert certificates.class_certificates(db, OLD_CLASS) == []
        ids = [row.certificate_id for row in rows.values() if row.certificate_id]
        with pytest.raises(RuleError, match="cấp theo sổ cũ"):
            certificates.sheets(db, ids)
        stored = db.get_one(Certificate, rows["Triệu Thị Hiền"].certificate_id)
        sheet = certificates.sheet_of(stored)
    hien = rows["Triệu Thị Hiền"]
    assert (hien.number, hien.register_number) == ("0001/2018", "0001/2018")
    assert hien.issued_on == datetime.date(2018, 1, 23)
    assert (sheet.full_name, sheet.classification) == ("Triệu Thị Hiền", "Giỏi")
    assert sheet.unit == "Xã Hưng Đạo"
    assert (sheet.signer_name, sheet.decision, sheet.parent_name) == ("", "", "")


def test_numbers_of_old_registers_are_not_taken_again(loaded: Database) -> None:
    with loaded.reading() as db:
        taken = certificates._next_sequence(db, datetime.date(2018, 12, 1))
    assert taken == 3


def test_a_gap_in_an_old_register_is_not_the_fault_of_the_file(
    database: Database, folder: Path
) -> None:
    change(folder, "chung_nhan.csv", 3, so_gcn="0009/2018", so_vao_so="9")
    change(folder, "dang_ky.csv", 3, so_gcn="0009/2018")
    load(database, folder)
    with database.reading() as db:
        assert checks.findings(db) == []


def test_a_closed_old_class_refuses_what_every_closed_class_refuses(loaded: Database) -> None:
    with loaded.reading() as db:
        person = db.scalars(select(Student.id).where(Student.code == "HV04")).one()
    with pytest.raises(RuleError, match="đã bế giảng"), loaded.writing("Ghi danh") as db:
        enrolment.enrol_student(db, OLD_CLASS, person)


def test_a_class_with_an_unknown_result_stays_open(database: Database, folder: Path) -> None:
    change(folder, "dang_ky.csv", 6, ket_qua="", so_gcn="", xep_loai="")
    change(folder, "chung_nhan.csv", 4, lop_id="7", hoc_vien_id="13")
    load(database, folder)
    with database.reading() as db:
        detail = classes.class_detail(db, 9)
        shown = {row.id: row for row in class_tasks.class_list(db)}[9]
    assert detail.status is ClassStatus.RUNNING
    assert (detail.closed_on, shown.sessions_marked) == (None, 2)


def test_programmes_get_a_version_below_todays(loaded: Database) -> None:
    with loaded.reading() as db:
        rows = {row.code: row for row in programmes.programme_list(db)}
    candidates, women = rows["NTVD"], rows["PN"]
    assert [version.number for version in candidates.versions] == [0, 1]
    assert candidates.name == "Bồi dưỡng nhận thức về Đảng"
    assert candidates.current.number == 1
    assert not women.is_active
    assert [(topic.title, topic.periods) for topic in women.current.topics] == [
        ("Chuyên đề 1", 5),
        ("Chuyên đề 2", 4),
    ]
    assert "sổ cũ không ghi" in women.current.assumptions


def test_loading_again_doubles_nothing(loaded: Database, folder: Path) -> None:
    before = counts(loaded)
    with loaded.reading() as db:
        acts = db.scalar(select(func.count()).select_from(JournalAct))
    report = load(loaded, folder)
    assert (report.new, report.refused, report.problems) == (0, 0, ())
    assert sum(part.known for part in report.parts) == 27
    assert counts(loaded) == before
    with loaded.reading() as db:
        assert db.scalar(select(func.count()).select_from(JournalAct)) == acts


def test_a_corrected_line_comes_in_at_the_second_loading(database: Database, folder: Path) -> None:
    change(folder, "hoc_vien.csv", 2, ho_ten="", ngay_sinh="")
    first = load(database, folder)
    assert first.refused == 4
    change(folder, "hoc_vien.csv", 2, ho_ten="Triệu Thị Hiền")
    second = load(database, folder)
    assert (second.refused, second.new) == (0, 4)
    change(folder, "hoc_vien.csv", 2, ngay_sinh="1983-08-06")
    load(database, folder)
    with database.reading() as db:
        row = db.scalars(select(Student).where(Student.code == "HV01")).one()
        assert row.born == PartialDate(1983, 8, 6)
        assert checks.findings(db) == []
    assert counts(database)["student"] == 4


def test_a_person_known_today_is_linked_and_keeps_what_is_known(
    database: Database, folder: Path
) -> None:
    form = StudentForm("Triệu Thị Hiền", identity_number="020183262675", position="Chủ tịch")
    with database.writing("Ghi") as db:
        known = students.save_student(db, form)
    report = load(database, folder)
    with database.reading() as db:
        row = db.get_one(Student, known)
        held = [one.class_id for one in students.student_detail(db, known).history]
    assert (row.position, row.born) == ("Chủ tịch", PartialDate(1983, 8, 6))
    assert len(held) == 1
    part = next(one for one in report.parts if one.file == "hoc_vien.csv")
    assert (part.new, part.known) == (3, 1)


def test_a_record_merged_into_another_does_not_come_back(loaded: Database, folder: Path) -> None:
    with loaded.writing("Gộp hồ sơ") as db:
        gone, *_ = db.scalars(select(Student.id).order_by(Student.id))
        kept = students.save_student(db, StudentForm("Lò Thị Mới", PartialDate(1971, 2, 3)))
        merging.merge(db, kept, gone, {"full_name": Take.KEPT, "born": Take.KEPT})
        people = db.scalar(select(func.count()).select_from(Student))
        taken = db.scalar(select(func.count()).select_from(Enrolment))
    load(loaded, folder)
    with loaded.reading() as db:
        assert db.scalar(select(func.count()).select_from(Student)) == people
        assert db.scalar(select(func.count()).select_from(Enrolment)) == taken


def test_a_number_of_somebody_else_is_left_out(database: Database, folder: Path) -> None:
    with database.writing("Ghi") as db:
        students.save_student(db, StudentForm("Lò Thị Mai", identity_number="020183262675"))
    report = load(database, folder)
    (said,) = refused(report)
    assert said.startswith("hoc_vien.csv, dòng 2: Cột cccd: số định danh này là của người khác")
    assert counts(database)["student"] == 5


def test_two_people_of_one_name_and_birth_are_a_question(database: Database, folder: Path) -> None:
    change(folder, "hoc_vien.csv", 2, cccd="", ma_hv="")
    twice = StudentForm("Triệu Thị Hiền", born=PartialDate(1983, 8, 6))
    with database.writing("Ghi") as db:
        students.stored_many(db, [twice, twice])
    report = load(database, folder)
    assert refused(report)[0] == (
        "hoc_vien.csv, dòng 2: Có 2 người trùng tên, ngày sinh. Ghi số định danh rồi nạp lại. "
        "Chưa nạp dòng này."
    )
    assert report.refused == 4


def test_a_class_opened_in_the_program_is_not_touched(database: Database, folder: Path) -> None:
    with database.writing("Mở lớp") as db:
        row = programmes.programme_list(db)[0]
        day = datetime.date(2026, 3, 2)
        form = classes.ClassForm(row.current.id, row.name, "khóa I", day, day, code="PN01-2018")
        classes.open_class(db, form)
    report = load(database, folder)
    parts = {part.file: part for part in report.parts}
    assert parts["lop.csv"].refused == 1
    assert parts["dang_ky.csv"].refused == 3
    assert parts["chung_nhan.csv"].refused == 2
    assert any("là của một lớp mở trong chương trình" in said for said in refused(report))


def test_a_number_the_program_has_given_is_not_given_up(loaded: Database, folder: Path) -> None:
    change(folder, "lop.csv", 3, ma_lop="NTVD77-2020")
    report = load(loaded, folder)
    assert "chung_nhan.csv, dòng 4: Số 0001/2020 (số vào sổ 1) đã cấp cho người khác. " in [
        said.removesuffix("Chưa nạp dòng này.") for said in refused(report)
    ]


def test_the_check_says_what_loading_does_and_writes_nothing(
    database: Database, folder: Path
) -> None:
    change(folder, "dang_ky.csv", 2, lop_id="99")
    before = counts(database)
    found = read_registers(folder)
    with database.reading() as db:
        checked = registers.check(db, found)
    assert counts(database) == before
    assert checked == load(database, folder)
    assert checked.refused == 3


def test_a_stopped_loading_leaves_nothing(database: Database, folder: Path) -> None:
    before = counts(database)
    found = read_registers(folder)
    steps: list[tuple[int, int]] = []

    def stop_late(done: int, total: int) -> bool:
        steps.append((done, total))
        return done < total - 4

    with (
        pytest.raises(Cancelled, match="Chưa ghi gì"),
        database.writing("Nạp sổ cũ") as db,
    ):
        registers.load(db, found, stop_late)
    assert counts(database) == before
    assert len({total for _, total in steps}) == 1
    assert steps[-1][0] > 10


def test_loading_is_one_act_that_is_final(loaded: Database) -> None:
    with loaded.reading() as db:
        act = history.act_list(db, history.ActFilter(limit=1))[0]
    assert (act.name, act.kind) == ("Nạp sổ cũ", ActKind.CHANGE)
    undoing = Act("Hoàn tác", ActKind.UNDO, undoes=act.id)
    with pytest.raises(RuleError, match="Số đã vào sổ"), loaded.writing(undoing) as db:
        history.undo(db, act.id)


def test_people_alone_can_be_taken_back(database: Database, folder: Path) -> None:
    before = counts(database)
    for path in folder.iterdir():
        if path.name not in ("don_vi.csv", "hoc_vien.csv"):
            path.unlink()
    load(database, folder)
    assert counts(database)["student"] == 4
    with database.reading() as db:
        act = history.act_list(db, history.ActFilter(limit=1))[0]
    with database.writing(Act("Hoàn tác", ActKind.UNDO, undoes=act.id)) as db:
        history.undo(db, act.id)
    assert counts(database) == before


@pytest.mark.parametrize("role", [Role.LECTURER, Role.DIRECTOR, Role.ADMIN])
def test_only_who_keeps_the_books_may_load(database: Database, folder: Path, role: Role) -> None:
    database.sign_in(User("Người khác", frozenset({role}), 1))
    with pytest.raises(PermissionDenied):
        load(database, folder)


def test_a_new_file_knows_the_old_names_and_still_asks_for_the_centre(
    tmp_path: Path, folder: Path
) -> None:
    opened = database_room.create(tmp_path / "moi.sqlite")
    load(opened, folder)
    with opened.reading() as db:
        names = [(row.name, row.valid_from) for row in reversed(centre.identities(db))]
        assert not centre.is_set_up(db)
    with opened.writing("Thiết lập lần đầu") as db:
        setup.set_up(db, demo_service.CENTRE, demo_service.DIRECTOR)
    with opened.reading() as db:
        assert centre.is_set_up(db)
        assert centre.latest(db).name == demo_service.CENTRE.name
        assert centre.identity(db, datetime.date(2019, 5, 1)).name == CENTRE
        assert checks.findings(db) == []
    opened.close()
    assert names == [
        (CENTRE, datetime.date(2018, 1, 23)),
        (CENTRE_LATER, datetime.date(2020, 3, 16)),
    ]


def test_the_report_of_an_old_class_asks_who_signed(loaded: Database) -> None:
    with loaded.reading() as db, pytest.raises(RuleError, match="Chưa có người ký cho ngày này"):
        reports.closing_report_sheet(db, OLD_CLASS)


def test_a_second_learner_line_is_refused_and_the_rest_is_taken(
    database: Database, folder: Path
) -> None:
    add(folder, "dang_ky.csv", "9,14,3,Xã Hưng Đạo,Thôn đội,2,0,0,0,7,Khá,hoan_thanh,0001/2020")
    report = load(database, folder)
    assert report.refused == 1
    assert counts(database)["enrolment"] == 5
    with database.reading() as db:
        marked = db.scalars(select(AttendanceRecord.status)).all()
    assert AttendanceStatus.PRESENT not in marked
