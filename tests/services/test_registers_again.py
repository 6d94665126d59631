"""Registers loaded a second time: what was put right comes in, what is there stays."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from app.database import Database
from app.dates import PartialDate
from app.models import AssessmentResult, Decision, Student, TrainingClass
from app.services import checks, duplicates, statistics, students, units
from app.services.registers import LoadReport
from app.services.students import StudentForm
from app.terms import ClassStatus
from tests.registers import add, change, load, write

KEPT = "Đã giữ như trong chương trình."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "so-cu")


def figures(opened: Database) -> dict[str, object]:
    with opened.reading() as db:
        assert checks.findings(db) == []
        return statistics.as_json(statistics.statistics(db))


def told(report: LoadReport) -> list[str]:
    return [one.sentence for one in report.problems]


@pytest.mark.parametrize(
    "late", ["giang_vien.csv", "lich_hoc.csv", "dang_ky.csv", "diem_danh_vang.csv"]
)
def test_a_file_that_comes_later_gives_the_figures_of_the_whole_set(
    database: Database, folder: Path, tmp_path: Path, late: str
) -> None:
    (folder / late).rename(tmp_path / late)
    load(database, folder)
    (tmp_path / late).rename(folder / late)
    load(database, folder)
    found = figures(database)
    assert found["totals"] == {
        "so_lop": 2, "luot_hoc_vien": 5, "so_nguoi": 4, "hoc_vien_trong_danh_ba": 4,
        "giang_vien_kiem_chuc": 1, "cbcc_cap_xa": 2, "cbcc_co_hoc": 2, "gcn": 3, "buoi_hoc": 4,
        "ban_ghi_vang": 3, "luot_diem_danh": 10,
    }  # fmt: skip
    years = found["per_year"]
    assert isinstance(years, dict)
    assert years["2018"]["gio_giang"] == {"GV01": 5, "GV02": 4}
    with database.reading() as db:
        assert set(db.scalars(select(TrainingClass.status))) == {ClassStatus.CLOSED}


def test_a_cell_left_out_comes_in_once_it_is_put_right(database: Database, folder: Path) -> None:
    change(folder, "dang_ky.csv", 2, diem="88")
    change(folder, "dang_ky.csv", 6, ket_qua="?", xep_loai="")
    change(folder, "lop.csv", 2, ngay_quyet_dinh="31/02/2018")
    load(database, folder)
    write(folder)
    assert told(load(database, folder)) == []
    with database.reading() as db:
        marks = db.scalars(select(AssessmentResult.mark)).all()
        bands = set(db.scalars(select(AssessmentResult.classification)))
        decisions = set(db.scalars(select(Decision.number)))
        assert set(db.scalars(select(TrainingClass.status))) == {ClassStatus.CLOSED}
    assert (Decimal("8.5") in marks, bands) == (True, {"Giỏi", "Trung bình", "Khá", ""})
    assert decisions == {"127-QĐ/HU", "155-QĐ/HU"}


def test_what_stands_otherwise_by_now_is_told_and_stays(database: Database, folder: Path) -> None:
    load(database, folder)
    before = figures(database)
    change(folder, "dang_ky.csv", 2, diem="9,25", xep_loai="Xuất sắc")
    change(folder, "chung_nhan.csv", 2, xep_loai="Xuất sắc")
    change(folder, "dang_ky.csv", 4, ket_qua="hoan_thanh")
    report = load(database, folder)
    place = "dang_ky.csv, dòng"
    assert told(report) == [
        f"{place} 2: Điểm 9,25, trong chương trình là 8,5. {KEPT}",
        f"{place} 2: Xếp loại Xuất sắc, trong chương trình là Giỏi. {KEPT}",
        f"{place} 4: Cột ket_qua khác với kết quả trong chương trình. {KEPT}",
    ]
    assert (report.new, figures(database)) == (0, before)


def test_a_unit_renamed_since_is_the_unit_it_was(database: Database, folder: Path) -> None:
    load(database, folder)
    with database.writing("Đổi tên") as db:
        (unit,) = [one for one in units.unit_list(db) if one.name == "Xã Hưng Đạo"]
        units.rename(db, unit.id, "Xã Bình Gia")
    assert load(database, folder).new == 0


@pytest.mark.parametrize("unit", ["Xã Hưng Đạo", ""])
@pytest.mark.parametrize("born", ["1990", "05/1990", ""])
def test_a_person_without_number_code_and_whole_birth_is_not_doubled(
    database: Database, folder: Path, born: str, unit: str
) -> None:
    change(folder, "hoc_vien.csv", 5, ma_hv="", cccd="", ngay_sinh=born, don_vi=unit)
    load(database, folder)
    before = figures(database)
    assert load(database, folder).new == 0
    assert figures(database) == before


def test_a_day_of_birth_added_since_is_the_same_person_of_the_same_unit(
    database: Database, folder: Path
) -> None:
    change(folder, "hoc_vien.csv", 5, ma_hv="", cccd="")
    load(database, folder)
    change(folder, "hoc_vien.csv", 5, ngay_sinh="1990-07-02")
    assert told(load(database, folder)) == []
    with database.reading() as db:
        dai = db.scalars(select(Student).where(Student.full_name == "Lý Văn Đại")).one()
    assert dai.born == PartialDate(1990, 7, 2)


def test_another_birth_of_a_person_who_is_linked_is_told_and_stays(
    database: Database, folder: Path
) -> None:
    load(database, folder)
    change(folder, "hoc_vien.csv", 2, ngay_sinh="1983-08-09")
    said = f"hoc_vien.csv, dòng 2: Sinh 09/08/1983, trong chương trình ghi 06/08/1983. {KEPT}"
    assert told(load(database, folder)) == [said]
    with database.reading() as db:
        hien = db.scalars(select(Student).where(Student.code == "HV01")).one()
    assert hien.born == PartialDate(1983, 8, 6)


def test_a_number_of_the_old_kind_beside_the_new_one_is_told_not_linked(
    database: Database, folder: Path
) -> None:
    known = StudentForm("Triệu Thị Hiền", PartialDate(1983, 8, 6), identity_number="012345678")
    with database.writing("Ghi") as db:
        students.save_student(db, known)
    (said,) = told(load(database, folder))
    assert "một bên ghi CMND, một bên ghi CCCD. Đã lập hồ sơ mới" in said
    with database.reading() as db:
        row = db.scalars(select(Student).where(Student.code == "HV01")).one()
        assert len(duplicates.of_person(db, row.id)) == 1


def test_lecturers_of_one_name_and_other_births_are_two(database: Database, folder: Path) -> None:
    change(folder, "giang_vien.csv", 2, ma="")
    load(database, folder)
    add(folder, "giang_vien.csv", "3,GV03,Hoàng Huy,Nam,1960-01-01,,,,,giang_vien_kiem_chuc,")
    report = load(database, folder)
    assert [part.new for part in report.parts if part.new] == [1]


def test_a_line_of_somebody_who_has_an_earlier_one_is_not_new(
    database: Database, folder: Path
) -> None:
    add(folder, "hoc_vien.csv", "19,,Triệu Thị Hiền,,,,020183262675,,,,,,,")
    parts = {part.file: part for part in load(database, folder).parts}
    assert (parts["hoc_vien.csv"].read, parts["hoc_vien.csv"].new) == (5, 4)
