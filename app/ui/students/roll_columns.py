"""Columns of the class roll."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.terms import ClassStatus
from app.ui.chips import ChipLook
from app.ui.columns import CENTRE, Column, date_column, name_column
from app.ui.students.masked import masked

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.enrolment import RollRow


def columns(
    number: Callable[["RollRow"], int],
    status: Callable[[], ClassStatus],
) -> list[Column["RollRow"]]:
    """The columns; `number` is the place in the whole roll, sensitive columns start hidden."""
    shown = [
        Column["RollRow"](
            "TT",
            lambda row: str(number(row)),
            number,
            align=CENTRE,
            width=44,
            searched=False,
            value=number,
        ),
        name_column(lambda row: row.full_name, sort_key=lambda row: row.sort_key),
        Column("Giới", lambda row: row.sex.label if row.sex else "", width=56),
        date_column("Ngày sinh", lambda row: row.born),
        Column("Đơn vị / chi bộ", lambda row: row.unit, stretch=True),
        Column("Chức vụ", lambda row: row.position, width=150, hidden=True),
        Column("Đảng viên", lambda row: row.party_status.label if row.party_status else ""),
        Column(
            "Tình trạng",
            lambda row: standing(row, status()),
            width=168,
            chip=_chip,
            colour=lambda _row: "text2",
            tooltip=lambda row: row.note,
        ),
    ]
    return [*shown, *_sensitive()]


def standing(row: "RollRow", status: ClassStatus) -> str:
    """Whether the learner is in the class now, came later or left."""
    if row.left_on:
        return f"Thôi học {row.left_on:%d/%m}"
    if row.entered_on:
        return f"Vào học từ {row.entered_on:%d/%m}"
    if status.step < ClassStatus.RUNNING.step:
        return "Đã ghi danh"
    return "Đang học" if status is ClassStatus.RUNNING else "Đã học"


def _chip(row: "RollRow") -> ChipLook | None:
    """A chip for whoever was not there the whole time."""
    if row.left_on:
        return ChipLook(standing(row, ClassStatus.RUNNING), "neutral", "ban")
    if row.entered_on:
        return ChipLook(standing(row, ClassStatus.RUNNING), "info")
    return None


def _sensitive() -> list[Column["RollRow"]]:
    """Columns that are off until they are asked for in the column chooser."""
    return [
        Column("Dân tộc", lambda row: row.ethnicity, hidden=True, searched=False, sensitive=True),
        Column("Tôn giáo", lambda row: row.religion, hidden=True, searched=False, sensitive=True),
        Column(
            "Số định danh",
            lambda row: masked(row.identity_number),
            hidden=True,
            searched=False,
            sensitive=True,
            value=lambda row: row.identity_number,
        ),
        Column(
            "Điện thoại",
            lambda row: masked(row.phone),
            hidden=True,
            searched=False,
            sensitive=True,
            value=lambda row: row.phone,
        ),
    ]
