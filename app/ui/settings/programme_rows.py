"""Lines of the programme dialogs: topics of a version, bands of a classification."""

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QCheckBox, QLineEdit

from app import numbers
from app.errors import InputError
from app.terms import SessionKind
from app.text import clean
from app.ui import theme
from app.ui.combo import Combo
from app.ui.settings.rows_field import Line, RowsField

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.programmes import TopicForm

BandValue = tuple[str, Decimal, bool, bool]
_KINDS = [(kind, kind.label) for kind in SessionKind]
_KIND_WIDTH, _NUMBER_WIDTH, _MARK_WIDTH, _TICK_WIDTH = 172, 56, 72, 104
_PERIODS_A_SESSION = "5"


def _line_edit(words: str, name: str, typed: str, width: int = 0) -> QLineEdit:
    made = QLineEdit(typed)
    made.setObjectName(name)
    made.setAccessibleName(words)
    made.setCursorPosition(0)
    if width:
        made.setFixedWidth(theme.u(width))
    return made


class TopicLine(Line):
    """Title, kind, periods, sessions."""

    def __init__(self, changed: Callable[[], object], value: "TopicForm | None") -> None:
        super().__init__(changed)
        periods = str(value.periods) if value else _PERIODS_A_SESSION
        sessions = str(value.sessions) if value else "1"
        self.title = _line_edit("Tên nội dung", "topic_title", value.title if value else "")
        self.setFocusProxy(self.title)
        self.kind = Combo(_KINDS)
        self.kind.setAccessibleName("Loại")
        self.kind.setFixedWidth(theme.u(_KIND_WIDTH))
        self.kind.set_key(value.kind if value else SessionKind.LECTURE)
        self.periods = _line_edit("Số tiết", "topic_periods", periods, _NUMBER_WIDTH)
        self.sessions = _line_edit("Số buổi", "topic_sessions", sessions, _NUMBER_WIDTH)
        self.row.addWidget(self.title, 1)
        self.row.addWidget(self.kind)
        for each in (self.periods, self.sessions):
            self.row.addWidget(each)
        for each in (self.title, self.periods, self.sessions):
            each.textChanged.connect(lambda _text: changed())
        self.kind.chosen.connect(lambda _key: changed())

    def state(self) -> tuple[object, ...]:
        """Texts and kind."""
        edits = (self.title, self.periods, self.sessions)
        return (*(clean(edit.text()) for edit in edits), self.kind.key())

    def read(self, number: int) -> "TopicForm":
        """The topic; its numbers are whole and from 1."""
        from app.services.programmes import TopicForm

        title = clean(self.title.text())
        if not title:
            raise InputError(f"Nội dung thứ {number} chưa có tên. Ghi tên hoặc bỏ dòng đó.")
        kind = cast(SessionKind, self.kind.key())
        periods = _whole(self.periods, f"Nội dung thứ {number}: số tiết")
        sessions = _whole(self.sessions, f"Nội dung thứ {number}: số buổi")
        return TopicForm(title, kind, periods, sessions)


def _whole(edit: QLineEdit, what: str) -> int:
    typed = clean(edit.text())
    if not typed.isdecimal() or not 1 <= int(typed) <= 999:
        raise InputError(f"{what} phải là số từ 1 đến 999. Ghi lại bằng chữ số.")
    return int(typed)


class BandLine(Line):
    """Name, lower bound, whether it passes, whether it counts as good."""

    def __init__(self, changed: Callable[[], object], value: "BandValue | None") -> None:
        super().__init__(changed)
        name, lower, passes, good = value or ("", None, True, False)
        shown = "" if lower is None else numbers.mark(lower, 1)
        self.name = _line_edit("Tên mức", "band_name", name)
        self.setFocusProxy(self.name)
        self.mark = _line_edit("Từ điểm", "band_lower", shown, _MARK_WIDTH)
        self.passes = _tick("Đạt", passes)
        self.good = _tick("Khá trở lên", good)
        self.row.addWidget(self.name, 1)
        for each in (self.mark, self.passes, self.good):
            self.row.addWidget(each)
        for edit in (self.name, self.mark):
            edit.textChanged.connect(lambda _text: changed())
        for tick in (self.passes, self.good):
            tick.checkStateChanged.connect(lambda _state: changed())

    def state(self) -> tuple[object, ...]:
        """Texts and ticks."""
        texts = (clean(self.name.text()), clean(self.mark.text()))
        return (*texts, self.passes.isChecked(), self.good.isChecked())

    def read(self, number: int) -> BandValue:
        """The band; its mark is read as any mark."""
        name, typed = clean(self.name.text()), clean(self.mark.text())
        if not name:
            raise InputError(f"Mức thứ {number} chưa có tên. Ghi tên hoặc bỏ dòng đó.")
        if not typed:
            raise InputError(f"Mức “{name}” chưa có điểm. Ghi điểm thấp nhất của mức.")
        return name, numbers.parse_mark(typed), self.passes.isChecked(), self.good.isChecked()


def _tick(words: str, on: bool) -> QCheckBox:
    made = QCheckBox(words)
    made.setChecked(on)
    made.setFixedWidth(theme.u(_TICK_WIDTH))
    return made


def topics_field(height: float) -> RowsField:
    """The topics of a version, in their order."""
    return RowsField(
        "topics",
        "Nội dung",
        (("Tên bài, chuyên đề", 0), ("Loại", _KIND_WIDTH), ("Tiết", _NUMBER_WIDTH), ("Buổi", 56)),
        TopicLine,
        add_text="Thêm nội dung",
        height=height,
        movable=True,
    )


def bands_field(height: float) -> RowsField:
    """The bands of a classification."""
    return RowsField(
        "bands",
        "Thang xếp loại",
        (("Tên mức", 0), ("Từ điểm", _MARK_WIDTH), ("", _TICK_WIDTH), ("", _TICK_WIDTH)),
        BandLine,
        add_text="Thêm mức",
        height=height,
    )
