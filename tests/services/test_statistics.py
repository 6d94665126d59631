"""The figures of the centre: of a small set counted by hand, of one year, of an open class."""

from pathlib import Path

import pytest

from app.database import Database
from app.services import registers, statistics
from app.services.statistics import Statistics
from app.spreadsheets.registers.reading import read_registers
from app.terms import ClassStatus
from tests.registers import change, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "so-cu")


def figures(opened: Database, year: int | None = None) -> Statistics:
    with opened.reading() as db:
        return statistics.statistics(db, year)


def load(opened: Database, folder: Path) -> None:
    with opened.writing("Nạp sổ cũ") as db:
        registers.load(db, read_registers(folder))


def test_the_small_set_is_counted_as_by_hand(database: Database, folder: Path) -> None:
    load(database, folder)
    found = statistics.as_json(figures(database))
    assert found["totals"] == {
        "so_lop": 2,
        "luot_hoc_vien": 5,
        "so_nguoi": 4,
        "hoc_vien_trong_danh_ba": 4,
        "giang_vien_kiem_chuc": 1,
        "cbcc_cap_xa": 2,
        "cbcc_co_hoc": 2,
        "gcn": 3,
        "buoi_hoc": 4,
        "ban_ghi_vang": 3,
        "luot_diem_danh": 10,
    }
    per_class = found["per_class"]
    assert isinstance(per_class, list)
    assert per_class[0] == {
        "lop_id": 7,
        "ma_lop": "PN01-2018",
        "si_so": 3,
        "nu": 3,
        "dan_toc_thieu_so": 2,
        "dang_vien": 1,  # the second joined the day after the class began
        "hoan_thanh": 2,
        "khong_hoan_thanh": 1,
        "xep_loai": {"Giỏi": 1, "Trung bình": 1},
        "vang_co_phep": 1,
        "vang_khong_phep": 1,
        "di_muon": 1,
        "theo_don_vi": {"Xã Hưng Đạo": 2, "Phòng Nội vụ": 1},
        "dan_toc": {"Nùng": 1, "Dao": 1, "Kinh": 1},
        "ty_le_chuyen_can_phan_tram": 66.7,
    }
    per_year = found["per_year"]
    assert isinstance(per_year, dict)
    assert per_year["2018"]["gio_giang"] == {"GV01": 5, "GV02": 4}
    assert per_year["2020"]["theo_chuong_trinh"] == {"NTVD": 1}
    assert per_year["2020"]["gcn"] == 1


def test_one_year_counts_only_its_classes(database: Database, folder: Path) -> None:
    load(database, folder)
    found = figures(database, 2020)
    assert [one.code for one in found.classes] == ["NTVD01-2020"]
    assert [one.year for one in found.years] == [2020]
    totals = found.totals
    assert (totals.classes, totals.learners, totals.certificates, totals.turns) == (1, 2, 1, 4)
    assert (totals.registered, totals.commune_staff_taught) == (4, 0)


def test_a_year_without_classes_is_empty(database: Database, folder: Path) -> None:
    load(database, folder)
    found = figures(database, 1999)
    assert (found.classes, found.years, found.clashes) == ((), (), ())
    assert found.totals.learners == 0


def test_a_lecturer_in_two_places_is_named(database: Database, folder: Path) -> None:
    change(folder, "lich_hoc.csv", 3, ca="Sáng", giang_vien_id="1")
    load(database, folder)
    found = figures(database)
    (clash,) = found.clashes
    assert (clash.lecturer, clash.sessions) == ("Hoàng Huy", ((7, 1), (7, 2)))
    (said,) = [line for line in statistics.lines(found) if line.startswith("Trùng")]
    assert "Hoàng Huy, sáng 23/01/2018" in said


def test_classes_of_today_are_counted_by_their_marks(demo: Database) -> None:
    found = figures(demo)
    closed, running = found.classes[0], found.classes[1]
    assert closed.completed + closed.not_completed == closed.learners
    assert closed.turns == closed.learners * closed.sessions
    assert closed.share_attended is not None
    assert 80 < closed.share_attended <= 100
    assert (running.completed, running.not_completed) == (0, 0)
    assert 0 < running.turns < running.learners * running.sessions
    assert found.classes[3].share_attended is None
    (year,) = found.years
    assert year.certificates == found.totals.certificates == closed.completed
    assert "Hoàng Văn Tuấn (1)" in year.periods


def test_people_read_the_figures_in_words(demo: Database) -> None:
    lines = list(statistics.lines(figures(demo)))
    assert lines[0].startswith("Toàn bộ: 4 lớp, ")
    assert any(line.startswith("Năm 2026: 4 lớp, ") for line in lines)
    assert any("chuyên cần – " in line.replace(".", " ") for line in lines)
    assert ClassStatus.PLANNED.label not in " ".join(lines)
