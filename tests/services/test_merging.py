"""Two records become one: nothing earned is lost, and one step takes it back."""

from dataclasses import fields, replace

import pytest
from sqlalchemy import func, select

from app.database import Database
from app.dates import PartialDate
from app.errors import RuleError
from app.models import Certificate, DifferentPeople, Enrolment, KnownAs, Student, TrainingClass
from app.services import enrolment, history, matching, merging, results, students
from app.services.matching import Match
from app.services.merging import Take
from app.services.students import StudentForm
from app.spreadsheets.rows import RosterRow
from app.terms import ClassStatus
from tests.conftest import raw_writing
from tests.journal.undoing import content, do_again, head, take_back

CLOSED_CLASS, RUNNING_CLASS, PLANNED_CLASS = 1, 2, 4
TWIN = StudentForm(
    "Lò Thị Twin", PartialDate(1990), identity_number="090012345", phone="0912345678",
    unit="Trạm Y tế", note="Sổ 2019",
)  # fmt: skip


def with_certificate(demo: Database) -> int:
    with demo.reading() as db:
        query = select(Enrolment.student_id).join(
            Certificate, Certificate.enrolment_id == Enrolment.id
        )
        return db.scalars(query.order_by(Enrolment.id)).first() or 0


@pytest.fixture
def twin(demo: Database) -> int:
    """A second record with nothing on it."""
    with demo.writing("Thêm") as db:
        return students.save_student(db, TWIN)


def test_everything_earned_comes_over_and_one_step_takes_it_back(demo: Database, twin: int) -> None:
    gone = with_certificate(demo)
    with demo.writing("Chuẩn bị") as db:
        matching.remember_different(db, gone, twin)
        matching.remember_different(db, gone, next(one for one in (1, 2) if one != gone))
        row = RosterRow(3, "Lò Thị Tuyn", PartialDate(1991))
        matching.remember_same(db, gone, row)
        papers = db.scalar(select(func.count()).select_from(Certificate))
        had = db.scalar(select(func.count()).where(Enrolment.student_id == gone))
        moved = {word: count for count, word in merging.plan(db, twin, gone).moved}
    before = content(demo)
    with demo.writing("Gộp người") as db:
        merging.merge(db, twin, gone, {"full_name": Take.OTHER})
    with demo.reading() as db:
        assert db.get(Student, gone) is None
        assert db.scalar(select(func.count()).where(Enrolment.student_id == twin)) == had
        assert db.scalar(select(func.count()).select_from(Certificate)) == papers
        assert moved["lượt học"] == had
        assert moved["giấy chứng nhận"] == 1
        spellings = {row.full_name for row in db.scalars(select(KnownAs))}
        assert {"Lò Thị Tuyn", TWIN.full_name} <= spellings
        pairs = [(row.first_id, row.second_id) for row in db.scalars(select(DifferentPeople))]
        assert len(pairs) == 1
        assert twin in pairs[0]
        step = history.next_undo(db, 0)
    assert step is not None
    assert (step.name, step.final_reason) == ("Gộp người", "")
    undone = take_back(demo, step.id)
    assert content(demo) == before
    do_again(demo, undone)
    with demo.reading() as db:
        assert db.get(Student, gone) is None


def test_fields_are_taken_as_chosen(demo: Database, twin: int) -> None:
    other = StudentForm(
        "Lò Thị Tuyn", PartialDate(1990, 2, 3), identity_number="020190000001",
        phone="0987654321", note="Sổ 2024", ethnicity="Thái",
    )  # fmt: skip
    with demo.writing("Thêm") as db:
        gone = students.save_student(db, other)
        proposed = {one.name: one for one in merging.plan(db, twin, gone).choices}
        merging.merge(
            db, twin, gone,
            {"identity_number": Take.OTHER, "full_name": Take.KEPT, "phone": Take.BOTH},
        )  # fmt: skip
        form = students.student_detail(db, twin).form
        (owner,) = matching.match_roster(
            db, PLANNED_CLASS, [RosterRow(5, "Lò Thị Tuyn", identity_number="090012345")]
        )
    assert (proposed["born"].take, proposed["note"].take) == (Take.OTHER, Take.BOTH)
    assert proposed["full_name"].differs
    assert not proposed["ethnicity"].differs
    assert form == StudentForm(
        "Lò Thị Twin", PartialDate(1990, 2, 3), identity_number="020190000001",
        phone="0912345678; 0987654321", unit="Trạm Y tế", note="Sổ 2019; Sổ 2024",
        ethnicity="Thái",
    )  # fmt: skip
    assert owner.student_id == twin


def test_a_roster_with_the_old_spelling_finds_the_one_record(demo: Database, twin: int) -> None:
    row = RosterRow(5, "Lò Thị Tuyn", PartialDate(1990, 2, 3))
    with demo.writing("Thêm") as db:
        gone = students.save_student(db, StudentForm(row.full_name, row.born))
        merging.merge(db, twin, gone, {"full_name": Take.KEPT, "born": Take.KEPT})
        (found,) = matching.match_roster(db, PLANNED_CLASS, [row])
    assert (found.match, found.student_id) == (Match.KNOWN, twin)


def test_an_empty_enrolment_gives_way_where_both_are_in_one_class(
    demo: Database, twin: int
) -> None:
    with demo.writing("Ghi danh") as db:
        known = enrolment.class_roll(db, RUNNING_CLASS)[0].student_id
        enrolment.enrol_student(db, RUNNING_CLASS, twin)
        plan = merging.plan(db, twin, known)
        merging.merge(db, twin, known)
        roll = enrolment.class_roll(db, RUNNING_CLASS)
    assert len(plan.shared) == 1
    assert [row.student_id for row in roll].count(twin) == 1
    assert known not in {row.student_id for row in roll}


def test_two_records_that_both_earned_in_one_class_are_refused(demo: Database) -> None:
    with demo.writing("Gộp") as db:
        first, second, *_ = enrolment.class_roll(db, RUNNING_CLASS)
        for row in (first, second):
            results.save_mark(db, RUNNING_CLASS, row.enrolment_id, None, "Đã nộp bài")
    before = content(demo)
    with pytest.raises(RuleError, match="Cả hai hồ sơ đều có"), demo.writing("Gộp") as db:
        merging.merge(db, first.student_id, second.student_id)
    assert content(demo) == before


def test_a_class_that_is_final_loses_no_line(demo: Database, twin: int) -> None:
    with demo.writing("Ghi danh") as db:
        other = students.save_student(db, replace(TWIN, identity_number="", full_name="Lò Tuyn"))
        for one in (twin, other):
            enrolment.enrol_student(db, PLANNED_CLASS, one)
    with raw_writing(demo) as db:
        db.get_one(TrainingClass, PLANNED_CLASS).status = ClassStatus.FINALISED
    with pytest.raises(RuleError, match="đã chốt kết quả"), demo.writing("Gộp") as db:
        merging.merge(db, other, twin)


def test_the_merge_of_learners_of_a_closed_class_can_be_taken_back(
    demo: Database, twin: int
) -> None:
    with demo.writing("Gộp") as db:
        learner = enrolment.class_roll(db, CLOSED_CLASS)[0].student_id
    before = content(demo)
    with demo.writing("Gộp") as db:
        merging.merge(db, twin, learner)
    take_back(demo, head(demo))
    assert content(demo) == before


def test_a_record_is_not_merged_with_itself(demo: Database, twin: int) -> None:
    with pytest.raises(RuleError, match="cùng một hồ sơ"), demo.writing("Gộp") as db:
        merging.merge(db, twin, twin)


def test_every_column_that_refers_to_a_person_is_covered() -> None:
    covered = sorted(name for names in merging.MOVES for name in names)
    known = sorted(f"{table.name}.{column.name}" for table, column in merging.references())
    assert covered == known, "a new table refers to a person: say in merging.MOVES what moves"


def test_every_fact_about_a_person_can_be_chosen() -> None:
    offered = {field.name for field in fields(StudentForm)}
    computed = {"id", "sort_key", "fold", "created_at"}
    columns = {column.name for column in Student.__table__.columns} - computed
    assert columns - offered == {"workplace_id", "staff_group"}, "merge the new column as well"
