"""Old registers as CSV: what is read, and one line for everything that is not."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.dates import PartialDate
from app.errors import Cancelled, FileError
from app.spreadsheets.registers.reading import read_registers
from app.spreadsheets.registers.rows import Registers
from app.terms import AttendanceStatus, Employment, HalfDay, StaffGroup, WorkplaceKind
from tests.registers import add, change, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "so-cu")


def sentences(found: Registers) -> list[str]:
    return [problem.sentence for problem in found.problems]


def test_a_sound_set_is_read_without_a_word(folder: Path) -> None:
    found = read_registers(folder)
    assert found.problems == ()
    assert [row.kind for row in found.units] == [WorkplaceKind.COMMUNE, WorkplaceKind.AGENCY]
    assert found.lecturers[1].employment is Employment.INVITED
    assert found.classes[0].starts_on == datetime.date(2018, 1, 23)
    assert found.sessions[1].half_day is HalfDay.AFTERNOON
    assert found.students[3].born == PartialDate(1990)
    assert found.students[0].staff_group is StaffGroup.COMMUNE_CADRE
    assert found.enrolments[0].mark == Decimal("8.5")
    assert [row.status for row in found.absences] == [
        AttendanceStatus.LATE,
        AttendanceStatus.ABSENT,
        AttendanceStatus.EXCUSED,
    ]
    assert (found.certificates[2].year, found.certificates[2].sequence) == (2020, 1)


# file, line, cells put there, what is said, whether the line is refused
SPOILT = [
    ("lop.csv", 2, {"ma_chuong_trinh": "XX"}, "Chương trình XX không có trong", True),
    ("lop.csv", 2, {"khai_giang": "2018-02-30"}, "không có trong lịch", True),
    ("lop.csv", 2, {"be_giang": "2018-01-22"}, "Bế giảng trước khai giảng", True),
    ("lop.csv", 3, {"ma_lop": "PN01-2018"}, "Mã lớp PN01-2018 đã có ở dòng 2", True),
    ("lop.csv", 2, {"chu_nhiem_id": "55"}, "giảng viên 55 không có trong", False),
    ("lop.csv", 2, {"si_so": "86"}, "Cột si_so ghi 86, dang_ky.csv có 3", False),
    ("lich_hoc.csv", 2, {"lop_id": "99"}, "Lớp 99 không có", True),
    ("lich_hoc.csv", 2, {"ca": "Đêm"}, "Không hiểu “Đêm”", True),
    ("hoc_vien.csv", 2, {"ngay_sinh": "31/02/1990"}, "Cột ngay_sinh", False),
    ("hoc_vien.csv", 2, {"ngay_sinh": "2090-01-01"}, "Năm sinh 2090 không hợp lý", False),
    ("hoc_vien.csv", 2, {"cccd": "02018326267"}, "Số định danh có 11 chữ số", False),
    ("hoc_vien.csv", 2, {"ho_ten": ""}, "Cột ho_ten: còn trống", True),
    ("hoc_vien.csv", 3, {"cccd": "020183262675"}, "trùng với Triệu Thị Hiền ở dòng 2", False),
    ("dang_ky.csv", 2, {"lop_id": "99"}, "Lớp 99 không có", True),
    ("dang_ky.csv", 2, {"hoc_vien_id": "99"}, "Học viên 99 không có", True),
    ("dang_ky.csv", 2, {"hoc_vien_id": "12"}, "Cột so_gcn ghi 0001/2018", False),
    ("dang_ky.csv", 3, {"hoc_vien_id": "11"}, "đã có ở dòng 2", True),
    ("dang_ky.csv", 2, {"di_muon": "3"}, "Cột di_muon ghi 3, diem_danh_vang.csv có 1", False),
    ("dang_ky.csv", 2, {"diem": "11"}, "ngoài thang 10", False),
    ("lop.csv", 2, {"ngay_quyet_dinh": ""}, "Quyết định thiếu ngày", False),
    ("lop.csv", 2, {"so_quyet_dinh": ""}, "Quyết định thiếu số", False),
    ("chung_nhan.csv", 2, {"xep_loai": "Khá"}, "Xếp loại Khá, dang_ky.csv ghi Giỏi", False),
    ("diem_danh_vang.csv", 2, {"buoi": "9"}, "Buổi 9 của lớp 7 không có", True),
    ("diem_danh_vang.csv", 2, {"ma": "Q"}, "Không hiểu “Q”", True),
    ("chung_nhan.csv", 3, {"so_gcn": "0001/2018"}, "Số giấy 0001/2018 đã có ở dòng 2", True),
    ("chung_nhan.csv", 3, {"so_vao_so": "1"}, "Số vào sổ 1 năm 2018 đã có ở dòng 2", True),
    ("chung_nhan.csv", 2, {"hoc_vien_id": "13"}, "chưa hoàn thành mà có giấy", True),
    ("chung_nhan.csv", 2, {"hoc_vien_id": "14"}, "không có trong lớp theo dang_ky.csv", True),
    ("chung_nhan.csv", 2, {"ngay_cap": "2018"}, "thiếu ngày hoặc tháng", True),
]


@pytest.mark.parametrize(("name", "line", "cells", "said", "is_refused"), SPOILT)
def test_a_spoilt_line_is_told_once_with_its_place(
    folder: Path, name: str, line: int, cells: dict[str, str], said: str, is_refused: bool
) -> None:
    change(folder, name, line, **cells)
    found = read_registers(folder)
    told = [one for one in found.problems if (one.file, one.line) == (name, line)]
    (problem,) = [one for one in told if said in one.text]
    assert problem.is_refused is is_refused
    assert problem.sentence.startswith(f"{name}, dòng {line}: ")


def test_a_person_without_a_day_of_birth_is_kept(folder: Path) -> None:
    change(folder, "hoc_vien.csv", 2, ngay_sinh="31/02/1990")
    found = read_registers(folder)
    assert (found.students[0].full_name, found.students[0].born) == ("Triệu Thị Hiền", None)
    assert len(found.enrolments) == 5


def test_lines_that_hang_on_a_refused_one_are_each_told(folder: Path) -> None:
    change(folder, "hoc_vien.csv", 2, ho_ten="")
    found = read_registers(folder)
    refused = [(one.file, one.line) for one in found.problems if one.is_refused]
    assert refused == [
        ("hoc_vien.csv", 2),
        ("dang_ky.csv", 2),
        ("diem_danh_vang.csv", 2),
        ("chung_nhan.csv", 2),
    ]


def test_one_person_under_two_keys_is_one_person(folder: Path) -> None:
    change(folder, "hoc_vien.csv", 5, ho_ten="LƯƠNG THỊ LAN", cccd="020077186363")
    found = read_registers(folder)
    assert [row.key for row in found.students] == [11, 12, 13]
    assert any("cùng số định danh với dòng 4" in said for said in sentences(found))
    assert any("đã có ở dòng 5" in said for said in sentences(found))


def test_a_later_line_of_a_person_adds_what_it_knows_and_tells_another_birth(
    folder: Path,
) -> None:
    add(folder, "hoc_vien.csv", "19,,Triệu Thị Hiền,1983-08-09,,,020183262675,,,,,,,Cao cấp")
    add(folder, "hoc_vien.csv", "20,,Dương Mùi Phậy,,,,020164635769,0912345678,,,,,,")
    found = read_registers(folder)
    people = {row.full_name: row for row in found.students}
    assert (len(people), found.repeated) == (4, 2)
    assert people["Triệu Thị Hiền"].political_education == "Sơ cấp"
    assert people["Dương Mùi Phậy"].phone == "0912345678"
    assert sentences(found) == [
        "hoc_vien.csv, dòng 6: Cùng tên, cùng số định danh với dòng 2: một người, gộp vào dòng "
        "đó. Dòng này ghi sinh 09/08/1983, đã giữ 06/08/1983.",
        "hoc_vien.csv, dòng 7: Cùng tên, cùng số định danh với dòng 3: một người, gộp vào dòng đó.",
    ]


def test_namesakes_of_one_birth_date_stay_two_and_are_told(folder: Path) -> None:
    add(folder, "hoc_vien.csv", "19,,Triệu Thị Hiền,1983-08-06,,,,,,,,,,")
    add(folder, "hoc_vien.csv", "20,,Dương Mùi Phậy,1964-03-04,,,020164000000,,,,,,,")
    found = read_registers(folder)
    assert len(found.students) == 6
    assert sentences(found) == [
        "hoc_vien.csv, dòng 6: Cùng tên, cùng ngày sinh với dòng 2, không đủ số định danh. "
        "Đã lập hai hồ sơ; xem trang Người trùng."
    ]


def test_absences_that_cannot_be_read_make_nobody_present(folder: Path) -> None:
    change(folder, "diem_danh_vang.csv", 1, ma="dau")
    assert not read_registers(folder).has_absences


def test_a_column_that_stands_twice_is_not_chosen_from(folder: Path) -> None:
    change(folder, "don_vi.csv", 1, loai="ten")
    found = read_registers(folder)
    assert found.units == ()
    assert "don_vi.csv: có hai cột ten, không nạp tệp này. Bỏ bớt cột." in sentences(found)


def test_a_line_that_names_the_separator_is_no_header(folder: Path) -> None:
    path = folder / "don_vi.csv"
    text = path.read_text("utf-8").replace(",", ";").replace(";co_quan", ";?")
    path.write_text(f"sep=;\n{text}", "utf-8")
    found = read_registers(folder)
    assert [row.name for row in found.units] == ["Xã Hưng Đạo", "Phòng Nội vụ"]
    assert sentences(found)[0].startswith("don_vi.csv, dòng 4: Cột loai: Không hiểu “?”")


def test_an_unknown_result_is_not_called_a_failed_one(folder: Path) -> None:
    change(folder, "dang_ky.csv", 2, ket_qua="")
    said = "chung_nhan.csv, dòng 2: Cột ket_qua trong dang_ky.csv chưa rõ mà có giấy chứng nhận."
    assert any(one.startswith(said) for one in sentences(read_registers(folder)))


@pytest.mark.parametrize("number", ["1/0000", "1/9999", "1/GCN"])
def test_a_number_without_a_year_belongs_to_the_year_of_its_day(folder: Path, number: str) -> None:
    change(folder, "chung_nhan.csv", 2, so_gcn=number)
    assert read_registers(folder).certificates[0].year == 2018


def test_a_missing_file_a_missing_column_and_a_strange_one_are_told(folder: Path) -> None:
    (folder / "diem_danh_vang.csv").unlink()
    change(folder, "don_vi.csv", 1, loai="kieu")
    found = read_registers(folder)
    assert not found.has_absences
    assert sentences(found) == [
        "don_vi.csv: không có cột loai, mục này để trống.",
        "don_vi.csv: không hiểu cột “kieu”, không nạp cột này.",
        "Không có tệp diem_danh_vang.csv: không nạp lượt vắng, muộn nào. Thêm tệp rồi nạp lại.",
    ]


def test_a_file_without_a_needed_column_is_not_read(folder: Path) -> None:
    change(folder, "chung_nhan.csv", 1, ngay_cap="ngay")
    found = read_registers(folder)
    assert found.certificates == ()
    assert "chung_nhan.csv: thiếu cột ngay_cap, không nạp tệp này. Thêm cột." in sentences(found)


def test_semicolons_windows_ends_and_a_mark_of_utf8_are_read(folder: Path) -> None:
    path = folder / "don_vi.csv"
    text = path.read_text("utf-8").replace(",", ";").replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    assert [row.name for row in read_registers(folder).units] == ["Xã Hưng Đạo", "Phòng Nội vụ"]


def test_another_encoding_and_a_comma_too_many_are_told(folder: Path) -> None:
    (folder / "don_vi.csv").write_bytes("id,ten,loai\n1,Xã Hưng Đạo,xa".encode("cp1258", "replace"))
    add(folder, "chuong_trinh.csv", "DV,Công tác dân vận, Mặt trận,2,4,tat_ca")
    said = sentences(read_registers(folder))
    assert "don_vi.csv: Tệp không phải UTF-8. Lưu lại dạng “CSV UTF-8” rồi nạp lại." in said
    assert (
        "chuong_trinh.csv, dòng 4: Có 6 ô, tiêu đề có 5: thừa hoặc thiếu dấu phẩy. "
        "Chưa nạp dòng này; sửa rồi nạp lại."
    ) in said


def test_a_folder_without_registers_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="Không thấy sổ cũ"):
        read_registers(tmp_path)


def test_reading_can_be_stopped(folder: Path) -> None:
    with pytest.raises(Cancelled):
        read_registers(folder, lambda done, total: done < 3)


def test_a_line_with_several_faults_is_told_once(folder: Path) -> None:
    change(folder, "lich_hoc.csv", 2, buoi="x", ngay="", ca="Đêm")
    (problem,) = [one for one in read_registers(folder).problems if one.file == "lich_hoc.csv"]
    assert problem.text == (
        "Cột buoi: “x” không phải số nguyên. Cột ngay: còn trống. Cột ca: Không hiểu “Đêm”. "
        "Dùng một trong: Sáng, Chiều, Tối. Chưa nạp dòng này; sửa rồi nạp lại."
    )
