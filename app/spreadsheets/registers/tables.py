"""The nine files and their columns; `field` empty: known, and found again in other figures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.spreadsheets.registers import cells, rows


@dataclass(frozen=True)
class Column:
    """A column by its header, the field it fills, and whether a line is nothing without it."""

    header: str
    field: str = ""
    read: Callable[[str], object] = cells.words
    is_required: bool = False


@dataclass(frozen=True)
class Table:
    """One file of the set."""

    file: str
    part: str  # the field of Registers
    what: str
    row: Callable[..., Any]
    columns: tuple[Column, ...]


def _key(header: str, field: str) -> Column:
    return Column(header, field, cells.positive, True)


TABLES = (
    Table(
        rows.UNITS, "units", "đơn vị", rows.UnitLine,
        (
            Column("id"),
            Column("ten", "name", is_required=True),
            Column("loai", "kind", cells.unit_kind),
        ),
    ),
    Table(
        rows.LECTURERS, "lecturers", "giảng viên", rows.LecturerLine,
        (
            _key("id", "key"),
            Column("ma", "code"),
            Column("ho_ten", "full_name", is_required=True),
            Column("gioi_tinh", "sex", cells.sex),
            Column("ngay_sinh", "born", cells.birth),
            Column("dan_toc", "ethnicity"),
            Column("chuc_vu", "position"),
            Column("hoc_vi", "academic_title"),
            Column("ly_luan", "political_education"),
            Column("loai", "employment", cells.employment),
            Column("dien_thoai", "phone", cells.phone),
        ),
    ),
    Table(
        rows.PROGRAMMES, "programmes", "chương trình", rows.ProgrammeLine,
        (
            Column("ma", "code", is_required=True),
            Column("ten", "name", is_required=True),
            Column("so_ngay"),
            Column("so_buoi"),
            Column("doi_tuong", "audience", cells.audience),
        ),
    ),
    Table(
        rows.CLASSES, "classes", "lớp", rows.ClassLine,
        (
            _key("id", "key"),
            Column("ma_lop", "code", is_required=True),
            Column("ten_lop", "name", is_required=True),
            Column("ma_chuong_trinh", "programme", is_required=True),
            Column("nam", "year", cells.year, True),
            Column("so_quyet_dinh", "decision"),
            Column("ngay_quyet_dinh", "decided_on", cells.day),
            Column("khai_giang", "starts_on", cells.day, True),
            Column("be_giang", "ends_on", cells.day, True),
            Column("so_buoi", "sessions", cells.whole),
            Column("dia_diem", "venue"),
            Column("ten_trung_tam", "centre"),
            Column("chu_nhiem_id", "manager", cells.positive),
            Column("si_so", "learners", cells.whole),
        ),
    ),
    Table(
        rows.SESSIONS, "sessions", "buổi học", rows.SessionLine,
        (
            _key("lop_id", "class_key"),
            _key("buoi", "number"),
            Column("ngay", "held_on", cells.day, True),
            Column("ca", "half_day", cells.half_day, True),
            Column("chuyen_de", "title"),
            Column("giang_vien_id", "lecturer", cells.positive),
            Column("so_tiet", "periods", cells.positive, True),
        ),
    ),
    Table(
        rows.STUDENTS, "students", "học viên", rows.StudentLine,
        (
            _key("id", "key"),
            Column("ma_hv", "code"),
            Column("ho_ten", "full_name", is_required=True),
            Column("ngay_sinh", "born", cells.birth),
            Column("gioi_tinh", "sex", cells.sex),
            Column("dan_toc", "ethnicity"),
            Column("cccd", "identity_number", cells.identity),
            Column("dien_thoai", "phone", cells.phone),
            Column("don_vi", "unit"),
            Column("chuc_vu", "position"),
            Column("loai", "staff_group", cells.staff_group),
            Column("ngay_vao_dang", "party_joined", cells.partial),
            Column("trinh_do_cm", "education"),
            Column("trinh_do_ll", "political_education"),
        ),
    ),
    Table(
        rows.ENROLMENTS, "enrolments", "lượt ghi danh", rows.EnrolmentLine,
        (
            _key("lop_id", "class_key"),
            _key("hoc_vien_id", "student_key"),
            Column("stt"),
            Column("don_vi_luc_hoc", "unit"),
            Column("chuc_vu_luc_hoc", "position"),
            Column("so_buoi"),
            Column("vang_co_phep", "excused", cells.whole),
            Column("vang_khong_phep", "absent", cells.whole),
            Column("di_muon", "late", cells.whole),
            Column("diem", "mark", cells.mark),
            Column("xep_loai", "classification"),
            Column("ket_qua", "has_completed", cells.completed),
            Column("so_gcn", "certificate"),
        ),
    ),
    Table(
        rows.ABSENCES, "absences", "lượt vắng, muộn", rows.AbsenceLine,
        (
            _key("lop_id", "class_key"),
            _key("buoi", "session"),
            _key("hoc_vien_id", "student_key"),
            Column("ma", "status", cells.absence, True),
        ),
    ),
    Table(
        rows.CERTIFICATES, "certificates", "giấy chứng nhận", rows.CertificateLine,
        (
            Column("so_gcn", "number", is_required=True),
            _key("so_vao_so", "sequence"),
            _key("lop_id", "class_key"),
            _key("hoc_vien_id", "student_key"),
            Column("ngay_cap", "issued_on", cells.day, True),
            Column("xep_loai", "classification"),
        ),
    ),
)  # fmt: skip
