"""Number series over years and settings, and values the schema could not keep as given."""

import datetime
import unicodedata
from dataclasses import replace
from decimal import Decimal

import pytest

from app.database import Database
from app.errors import InputError
from app.rules.attendance import AttendanceRule
from app.rules.classification import Band
from app.rules.eligibility import ResultRule
from app.services import (
    attendance,
    centre,
    certificates,
    checks,
    classes,
    programmes,
    results,
    timetable,
)
from app.services.classes import DecisionForm
from app.services.programmes import ProgrammeForm, VersionForm
from app.terms import DecisionKind

DECIDED = datetime.date(2026, 3, 14)


@pytest.fixture
def learners(database: Database, class_id: int) -> list[int]:
    """Three learners who wait for their certificates."""
    with database.writing("Chốt") as db:
        for session in timetable.session_list(db, class_id):
            attendance.mark_rest_present(db, class_id, session.id)
        for row in results.result_list(db, class_id):
            results.save_mark(db, class_id, row.enrolment_id, Decimal(8))
        results.finalise(db, class_id)
        decision = DecisionForm("12-QĐ/TTCT", DECIDED)
        classes.record_decision(db, class_id, DecisionKind.RECOGNITION, decision)
        return [row.enrolment_id for row in certificates.certificate_list(db, class_id)]


def state(database: Database, used: int, year: int, **changes: object) -> None:
    with database.writing("Đổi sổ") as db:
        form = replace(centre.latest(db), numbers_used=used, numbers_used_year=year)
        centre.save(db, replace(form, **changes))  # type: ignore[arg-type]  # names of fields


def issue(database: Database, class_id: int, learner: int, day: datetime.date) -> str:
    with database.writing("Cấp số") as db:
        certificates.issue(db, class_id, [learner], day)
        rows = certificates.certificate_list(db, class_id)
    return next(row.register_number for row in rows if row.enrolment_id == learner)


def findings(database: Database) -> list[str]:
    with database.reading() as db:
        return checks.findings(db)


def test_a_new_year_of_the_paper_register_leaves_the_old_one_in_order(
    database: Database, class_id: int, learners: list[int]
) -> None:
    assert issue(database, class_id, learners[0], DECIDED) == "027/2026"
    state(database, 5, 2027)
    assert issue(database, class_id, learners[1], datetime.date(2027, 1, 4)) == "006/2027"
    assert issue(database, class_id, learners[2], DECIDED) == "028/2026"
    assert findings(database) == []


def test_numbers_taken_on_paper_beside_the_program_are_no_gap(
    database: Database, class_id: int, learners: list[int]
) -> None:
    issue(database, class_id, learners[0], DECIDED)
    state(database, 40, 2026)
    assert issue(database, class_id, learners[1], DECIDED) == "041/2026"
    assert findings(database) == []


def test_a_smaller_number_on_paper_is_refused_and_repeats_nothing(
    database: Database, class_id: int, learners: list[int]
) -> None:
    issue(database, class_id, learners[0], DECIDED)
    with pytest.raises(InputError, match="đã cấp từ số 27"):
        state(database, 0, 2026)
    assert issue(database, class_id, learners[1], DECIDED) == "028/2026"


def test_a_new_name_of_the_centre_keeps_the_paper_numbers_of_each_year(
    database: Database, class_id: int, learners: list[int]
) -> None:
    state(database, 3, 2027, valid_from=datetime.date(2027, 1, 1))
    assert issue(database, class_id, learners[0], DECIDED) == "027/2026"
    assert issue(database, class_id, learners[1], datetime.date(2027, 1, 4)) == "004/2027"


def test_another_pattern_goes_on_with_the_series(
    database: Database, class_id: int, learners: list[int]
) -> None:
    issue(database, class_id, learners[0], DECIDED)
    state(database, 26, 2026, register_pattern="{yy}.{seq:04d}", certificate_pattern="{seq}")
    assert issue(database, class_id, learners[1], DECIDED) == "26.0028"
    assert findings(database) == []


def test_texts_of_the_centre_are_stored_in_one_form(database: Database) -> None:
    decomposed = unicodedata.normalize("NFD", "Ông/Bà ")
    state(database, 26, 2026, salutation=decomposed, report_recipients=f"{decomposed}\n Lưu ")
    with database.reading() as db:
        form = centre.latest(db)
    assert (form.salutation, form.report_recipients) == ("Ông/Bà", "Ông/Bà\nLưu")


@pytest.mark.parametrize("mark", ["10.01", "-1", "8.555"])
def test_a_mark_that_would_be_changed_is_refused(
    database: Database, class_id: int, mark: str
) -> None:
    with database.reading() as db:
        learner = results.result_list(db, class_id)[0].enrolment_id
    with pytest.raises(InputError, match="hai số lẻ"), database.writing("Nhập điểm") as db:
        results.save_mark(db, class_id, learner, Decimal(mark))


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (ResultRule(AttendanceRule(minimum_share=Decimal("66.666"))), "minimum_share"),
        (ResultRule(AttendanceRule(minimum_share=Decimal(101))), "minimum_share"),
        (ResultRule(AttendanceRule(absent_limit=-1)), "absent_limit"),
        (ResultRule(pass_mark=Decimal(11)), "pass_mark"),
        (ResultRule(mark_places=-1), "mark_places"),
        (
            ResultRule(bands=(Band("Đạt", Decimal("5.005"), passes=True, counts_as_good=False),)),
            "bands",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_limits_that_would_be_changed_are_refused(
    database: Database, rule: ResultRule, field: str
) -> None:
    with database.reading() as db:
        programme = programmes.programme_list(db)[0]
    form = VersionForm("", None, programme.current.topics, rule)
    with pytest.raises(InputError) as refused, database.writing("Thêm") as db:
        programmes.add_version(db, programme.id, form)
    assert refused.value.field == field


def test_a_code_of_a_programme_is_used_once(database: Database) -> None:
    with database.reading() as db:
        known = programmes.programme_list(db)[0]
    form = ProgrammeForm("Tên khác", "", "", code=known.code)
    version = VersionForm("", None, known.current.topics)
    with pytest.raises(InputError, match="đã dùng"), database.writing("Thêm") as db:
        programmes.add_programme(db, form, version)
