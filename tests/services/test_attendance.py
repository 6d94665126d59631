"""Attendance: marks, what follows from them, and who may be marked when."""

import datetime
from dataclasses import replace

import pytest

from app.database import Database
from app.errors import InputError, RuleError
from app.services import attendance, enrolment, results, timetable
from app.services.attendance import Mark
from app.terms import AttendanceStatus as Status
from app.terms import Verdict


def test_a_mark_replaces_the_one_before_and_none_clears_it(
    database: Database, class_id: int
) -> None:
    with database.reading() as db:
        shown = attendance.grid(db, class_id)
    cell = (shown.learners[0].enrolment_id, shown.sessions[0].id)
    for status in (Status.ABSENT, Status.LATE, Status.PRESENT):
        with database.writing("Điểm danh") as db:
            attendance.mark(db, class_id, [Mark(*cell, status)])
            assert attendance.grid(db, class_id).marks[cell].status is status
    with database.writing("Xóa") as db:
        attendance.mark(db, class_id, [Mark(*cell, None)])
        assert cell not in attendance.grid(db, class_id).marks


def test_the_rest_is_present_touches_only_unmarked_learners(
    database: Database, class_id: int
) -> None:
    with database.writing("Điểm danh") as db:
        shown = attendance.grid(db, class_id)
        first, session = shown.learners[0].enrolment_id, shown.sessions[0].id
        attendance.mark(db, class_id, [Mark(first, session, Status.EXCUSED)])
        assert attendance.mark_rest_present(db, class_id, session) == 2
        marks = attendance.grid(db, class_id).marks
    assert marks[first, session].status is Status.EXCUSED


def test_sessions_before_a_late_entry_do_not_count_as_absence(
    database: Database, class_id: int
) -> None:
    with database.writing("Vào học muộn") as db:
        shown = attendance.grid(db, class_id)
        late = shown.learners[0].enrolment_id
        enrolment.change_period(db, late, datetime.date(2026, 3, 10), None, "đi công tác")
        for session in shown.sessions:
            attendance.mark_rest_present(db, class_id, session.id)
        row = attendance.grid(db, class_id).learners[0]
    assert len(row.outside) == 2
    assert (row.attended.sessions_attended, row.attended.unmarked) == (8, 0)


def test_marks_of_another_class_are_refused(database: Database, class_id: int) -> None:
    with pytest.raises(RuleError, match="Tải lại"), database.writing("Điểm danh") as db:
        attendance.mark(db, class_id, [Mark(99_999, 1, Status.PRESENT)])


@pytest.mark.parametrize("minutes", [0, -5, 300])
def test_odd_minutes_are_refused(database: Database, class_id: int, minutes: int) -> None:
    with database.reading() as db:
        shown = attendance.grid(db, class_id)
    cell = (shown.learners[0].enrolment_id, shown.sessions[0].id)
    with pytest.raises(InputError, match="phút"), database.writing("Điểm danh") as db:
        attendance.mark(db, class_id, [Mark(*cell, Status.LATE, minutes)])


def test_a_closed_class_refuses_every_change(demo: Database) -> None:
    with demo.reading() as db:
        shown = attendance.grid(db, 1)
    mark = Mark(shown.learners[0].enrolment_id, shown.sessions[0].id, Status.ABSENT)
    with pytest.raises(RuleError, match="đã bế giảng"), demo.writing("Sửa") as db:
        attendance.mark(db, 1, [mark])


def test_who_came_for_the_last_day_has_not_attended_the_class(
    database: Database, class_id: int
) -> None:
    with database.writing("Vào học muộn") as db:
        shown = attendance.grid(db, class_id)
        late = shown.learners[0].enrolment_id
        enrolment.change_period(db, late, shown.sessions[-1].held_on, None, "")
        for session in shown.sessions:
            attendance.mark_rest_present(db, class_id, session.id)
        row = results.result_list(db, class_id)[0]
    assert row.outcome.verdict is Verdict.TOO_ABSENT
    assert row.outcome.reason == "Dự 10/50 tiết (20 %), quy định từ 80 %"


def test_who_left_early_has_not_attended_the_class(database: Database, class_id: int) -> None:
    with database.writing("Thôi học") as db:
        shown = attendance.grid(db, class_id)
        gone = shown.learners[0].enrolment_id
        enrolment.change_period(db, gone, None, shown.sessions[0].held_on, "")
        for session in shown.sessions:
            attendance.mark_rest_present(db, class_id, session.id)
        row = results.result_list(db, class_id)[0]
    assert row.outcome.verdict is Verdict.TOO_ABSENT


def test_who_never_came_has_attended_nothing(database: Database, class_id: int) -> None:
    with database.writing("Thôi học") as db:
        never = attendance.grid(db, class_id).learners[0].enrolment_id
        enrolment.change_period(db, never, None, datetime.date(2026, 3, 1), "không đến")
        row = results.result_list(db, class_id)[0]
    assert row.outcome.verdict is Verdict.TOO_ABSENT
    assert row.outcome.reason.startswith("Dự 0/50 tiết")


def test_a_learner_is_not_marked_outside_the_time_in_the_class(
    database: Database, class_id: int
) -> None:
    with database.writing("Thôi học") as db:
        shown = attendance.grid(db, class_id)
        gone, last = shown.learners[0].enrolment_id, shown.sessions[-1].id
        enrolment.change_period(db, gone, None, shown.sessions[0].held_on, "")
    with pytest.raises(RuleError, match="không học ngày"), database.writing("Điểm danh") as db:
        attendance.mark(db, class_id, [Mark(gone, last, Status.PRESENT)])
    with database.writing("Xóa điểm danh") as db:
        attendance.mark(db, class_id, [Mark(gone, last, None)])


def test_a_session_is_not_moved_to_a_day_when_somebody_who_was_there_had_left(
    database: Database, class_id: int
) -> None:
    with database.writing("Điểm danh, thôi học") as db:
        held, second = timetable.session_list(db, class_id)[:2]
        one = attendance.grid(db, class_id).learners[0].enrolment_id
        attendance.mark(db, class_id, [Mark(one, held.id, Status.PRESENT)])
        enrolment.change_period(db, one, None, second.held_on, "")
    later = replace(held, held_on=second.held_on + datetime.timedelta(days=1))
    with pytest.raises(RuleError, match="ngoài thời gian học"), database.writing("Dời") as db:
        timetable.save_session(db, class_id, later, held.id)


def test_the_time_in_the_class_never_hides_a_presence(database: Database, class_id: int) -> None:
    with database.writing("Điểm danh") as db:
        shown = attendance.grid(db, class_id)
        one = shown.learners[0].enrolment_id
        attendance.mark(db, class_id, [Mark(one, shown.sessions[-1].id, Status.LATE, 10)])
    with pytest.raises(RuleError, match="có mặt ngày"), database.writing("Thôi học") as db:
        enrolment.change_period(db, one, None, shown.sessions[0].held_on, "")
