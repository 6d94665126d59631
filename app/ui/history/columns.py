"""Columns of acts and of changed values."""

from typing import TYPE_CHECKING

from app import numbers
from app.terms import ActKind
from app.ui.chips import ChipLook
from app.ui.columns import RIGHT, Column

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.history import ActLine, ChangeLine

_KIND_LOOKS = {
    ActKind.UNDO: ("info", "undo-2"),
    ActKind.REDO: ("info", "redo-2"),
    ActKind.LOOK: ("neutral", "eye"),
    ActKind.SIGN_IN: ("neutral", "user-check"),
    ActKind.RESTORE: ("warn", "archive-restore"),
}
NOTHING = "–"


def moment(act: "ActLine") -> str:
    """ "22/11/2026 08:12"."""
    return f"{act.happened_at:%d/%m/%Y %H:%M}"


def state(act: "ActLine") -> ChipLook | None:
    """Whether the act was taken back, or what it is when it is no ordinary change."""
    if act.is_undone and act.kind is ActKind.CHANGE:
        return ChipLook("Đã hoàn tác", "done", "undo-2")
    kind, icon = _KIND_LOOKS.get(act.kind, ("", ""))
    words = "Xem" if act.kind is ActKind.LOOK else act.kind.label
    return ChipLook(words, kind, icon) if kind else None


def act_columns() -> list[Column["ActLine"]]:
    """When, who, on which machine, what, how much, and whether it still holds."""
    return [
        Column("Lúc", moment, lambda act: act.id, width=128),
        Column("Người làm", lambda act: act.actor or NOTHING, width=120),
        Column("Máy", lambda act: act.machine or NOTHING, width=84),
        Column(
            "Việc",
            lambda act: act.name,
            stretch=True,
            strong=lambda act: act.kind is ActKind.CHANGE and not act.is_undone,
            colour=lambda act: "text2" if act.is_undone else "text",
            tooltip=lambda act: act.name,
        ),
        Column("Lớp", lambda act: act.subject, width=190, tooltip=lambda act: act.subject),
        Column(
            "Số dòng",
            lambda act: numbers.grouped(act.changes) if act.changes else "",
            lambda act: act.changes,
            align=RIGHT,
            width=76,
        ),
        Column("Trạng thái", lambda _act: "", chip=state, width=138),
    ]


def value_columns() -> list[Column["ChangeLine"]]:
    """Which record, which of its values, before and after."""
    return [
        Column(
            "Bản ghi",
            lambda line: line.record,
            stretch=True,
            tooltip=lambda line: line.record,
        ),
        Column("Mục", lambda line: line.field, width=190),
        Column(
            "Trước",
            lambda line: line.before or NOTHING,
            width=132,
            colour=lambda _line: "text2",
            tooltip=lambda line: line.before,
        ),
        Column(
            "Sau",
            lambda line: line.after or NOTHING,
            width=132,
            strong=lambda line: bool(line.after),
            tooltip=lambda line: line.after,
        ),
    ]


def record_columns() -> list[Column["ChangeLine"]]:
    """When and who, then the changed value of the record."""
    record, *rest = value_columns()
    return [
        Column(
            "Lúc, người làm",
            lambda line: moment(line.act),
            lambda line: line.act.id,
            width=132,
            second=lambda line: line.act.actor or NOTHING,
        ),
        Column(
            "Bản ghi, việc",
            record.text,
            stretch=True,
            second=lambda line: line.act.name,
            tooltip=lambda line: f"{line.record}\n{line.act.name}",
        ),
        *rest,
    ]
