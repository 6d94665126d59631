"""The lists of the section of old registers: its files, and what is wrong in them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app import numbers
from app.ui.chips import ChipLook
from app.ui.columns import Column, number_column

if TYPE_CHECKING:
    # The room of files and the services take longer to import than the window to paint.
    from app.services.registers import LoadReport
    from app.spreadsheets.registers.rows import RegisterProblem

NAMES = {
    "don_vi.csv": "Đơn vị",
    "giang_vien.csv": "Giảng viên",
    "chuong_trinh.csv": "Chương trình",
    "lop.csv": "Lớp",
    "lich_hoc.csv": "Buổi học",
    "hoc_vien.csv": "Học viên",
    "dang_ky.csv": "Lượt ghi danh",
    "diem_danh_vang.csv": "Lượt vắng, muộn",
    "chung_nhan.csv": "Giấy chứng nhận",
}


@dataclass(frozen=True)
class FileRow:
    """One file of the set; without counts it is not in the folder."""

    file: str
    place: int
    read: int | None = None
    new: int | None = None
    known: int | None = None
    refused: int | None = None


@dataclass(frozen=True)
class ProblemRow:
    """One thing to look at."""

    key: int
    problem: "RegisterProblem"


def file_rows(report: "LoadReport") -> list[FileRow]:
    """The nine files in their order, with what was found in them."""
    found = {part.file: part for part in report.parts}
    return [
        FileRow(file, place, part.read, part.new, part.known, part.refused)
        if (part := found.get(file))
        else FileRow(file, place)
        for place, file in enumerate(NAMES)
    ]


def problem_rows(report: "LoadReport") -> list[ProblemRow]:
    """Everything to look at, in the order of files and lines."""
    return [ProblemRow(key, problem) for key, problem in enumerate(report.problems)]


def file_columns() -> list[Column[FileRow]]:
    """What is in the folder and what becomes of it."""
    return [
        Column(
            "Sổ",
            lambda row: NAMES[row.file],
            lambda row: row.place,
            stretch=True,
            strong=lambda row: row.read is not None,
            tooltip=lambda row: row.file if row.read is not None else f"Không có {row.file}",
        ),
        number_column("Dòng", lambda row: row.read, width=62),
        number_column("Mới", lambda row: row.new, width=62),
        number_column("Đã có", lambda row: row.known, width=62),
        number_column(
            "Không nạp",
            lambda row: row.refused,
            width=84,
        ),
    ]


def problem_columns() -> list[Column[ProblemRow]]:
    """Whether the line is lost, why, and where it is."""
    return [
        Column(
            "Dòng này",
            lambda _row: "",
            lambda row: (not row.problem.is_refused, row.key),
            chip=lambda row: look(row.problem),
            width=112,
        ),
        Column(
            "Vì sao",
            lambda row: row.problem.text,
            lambda row: row.key,
            stretch=True,
            second=lambda row: place(row.problem),
        ),
    ]


def place(problem: "RegisterProblem") -> str:
    """Where it stands: "hoc_vien.csv, dòng 12"."""
    return f"{problem.file}, dòng {problem.line}" if problem.line else problem.file


def look(problem: "RegisterProblem") -> ChipLook:
    """Whether the line is lost."""
    if problem.is_refused:
        return ChipLook("Không nạp", "bad", "circle-alert")
    return ChipLook("Xem lại" if problem.line else "Cả tệp", "warn", "triangle-alert")


def counted(report: "LoadReport") -> str:
    """The sentence above the lists before anything is written."""
    read = sum(part.read for part in report.parts)
    known = sum(part.known for part in report.parts)
    parts = [f"{numbers.grouped(report.new)} dòng mới"]
    if known:
        parts.append(f"{numbers.grouped(known)} dòng đã có trong dữ liệu, không nạp lại")
    return f"Đọc {numbers.grouped(read)} dòng trong {len(report.parts)} tệp: {', '.join(parts)}."
