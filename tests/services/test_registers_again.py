"""Registers loaded a second time: what was put right comes in, what is there stays."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from app.database import Database
from app.models import AssessmentResult, Decision, TrainingClass
from app.services import checks, statistics, units
from app.services.registers import LoadReport
from app.terms import ClassStatus
from tests.registers import change, load, write

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
