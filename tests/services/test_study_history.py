"""What a person learnt here: classes, valid and lost certificates, the paper that tells it."""

import datetime

from app.database import Database
from app.models import Certificate
from app.printing import study_record
from app.services import revocation, students, study_history
from app.services.study_history import HistoryRow

DAY = datetime.date(2026, 11, 20)


def rows_of(opened: Database, query: str) -> tuple[int, list[HistoryRow]]:
    with opened.reading() as db:
        person = students.student_list(db, query)[0].id
        return person, study_history.classes_of(db, person)


def test_a_revoked_certificate_is_told_with_its_day(demo: Database) -> None:
    person, rows = rows_of(demo, "hoang hai an")
    (old,) = [row for row in rows if row.certificate_number]
    with demo.writing("Thu hồi") as db:
        row = next(each for each in db.query(Certificate) if each.number == old.certificate_number)
        revocation.revoke(db, row.id, "Ghi sai ngày sinh", "15-QĐ/TTCT", DAY)
    _, rows = rows_of(demo, "hoang hai an")
    (now,) = [each for each in rows if each.class_id == old.class_id]
    assert now.certificate_number == ""
    assert [paper.told for paper in now.lost] == [f"{old.certificate_number} thu hồi 20/11/2026"]
    with demo.reading() as db:
        sheet = study_history.record_sheet(db, person, DAY)
    assert f"{old.certificate_number} thu hồi 20/11/2026" in [row.certificate for row in sheet.rows]


def test_the_paper_begins_with_the_oldest_class_and_names_the_person(demo: Database) -> None:
    person, rows = rows_of(demo, "hoang hai an")
    with demo.reading() as db:
        sheet = study_history.record_sheet(db, person, DAY)
    assert [row.class_title for row in sheet.rows] == [row.title for row in reversed(rows)]
    assert sheet.header.class_title == "Hoàng Hải An"
    assert sheet.closing.startswith(f"({len(rows)} lượt học, 1 giấy chứng nhận còn hiệu lực")
    assert study_record.render(sheet).startswith(b"%PDF")
