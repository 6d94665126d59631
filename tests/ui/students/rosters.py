"""Small workbooks as units send them."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from app.database import Database
from app.services import students

HEADINGS = ("TT", "Họ và tên", "Ngày sinh", "Giới tính", "Số CCCD", "Đơn vị")
Line = tuple[object, ...]


def write_roster(path: Path, people: Sequence[Line], headings: Sequence[str] = HEADINGS) -> Path:
    """A roster with a title; `people` begin with the name."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["DANH SÁCH HỌC VIÊN"])
    sheet.append([])
    sheet.append(list(headings))
    for number, person in enumerate(people, start=1):
        sheet.append([number, *person])
    book.save(path)
    book.close()
    return path


def doubtful_people(database: Database) -> list[Line]:
    """New people, known ones, wrong dates, a missing name, and a number of somebody else."""
    with database.reading() as db:
        known = [students.student_detail(db, row.id).form for row in students.student_list(db)]
    numbered = [form for form in known if form.identity_number and form.born and form.born.is_exact]
    first, second = numbered[:2]
    assert first.born
    return [
        ("Đỗ Quỳnh Anh", "17/02/1985", "Nữ", "019185000523", "Chi bộ thôn Đồng Tâm"),
        ("Hoàng Trọng Ẩn", "31/02/1997", "Nam", "019097000665", "Trường Mầm non Hoa Mai"),
        (first.full_name, first.born.grid, "", first.identity_number, first.unit),
        ("", "05/02/1982", "Nam", "019082000256", "Trạm Y tế xã An Bình"),
        ("Lương Quỳnh Anh", "1985", "Nữ", "", "Chi bộ thôn Nà Lừa"),
        ("Vũ Tiến Dũng", "23/03/1987", "Nam", second.identity_number, "Trường Mầm non Hoa Mai"),
        ("Phạm Tiến Dũng", "4/4/1996", "Nam", "019096000115", "HTX Nông nghiệp Phú Lộc"),
    ]
