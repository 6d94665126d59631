"""The panel under the check: one line of the file in full, and the question it raises."""

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.spreadsheets.fields import LABELS as FIELD_LABELS
from app.ui import icons, shortcuts, theme
from app.ui.buttons import button
from app.ui.chips import Chip, ChipLook
from app.ui.imports.lines import ImportLine, Standing
from app.ui.labels import ElidedLabel, icon_label, label, rich
from app.ui.students.masked import masked, masked_in

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.matching import RosterMatch
    from app.services.students import StudentForm
    from app.spreadsheets.rows import RosterRow

LABELS: dict[str, str] = {one.value: name for one, name in FIELD_LABELS.items()}
_HEADINGS = ("Họ và tên", "Ngày sinh", "Giới", "Đơn vị", "Chức vụ", "Số định danh")
_LOOKS = {  # banner kind, icon, colour of the icon
    Standing.ERROR: ("bad", "circle-alert", "bad"),
    Standing.CONFLICT: ("warn", "users", "warn"),
}
_ERRORS_SHOWN = 3


class ImportDock(QFrame):
    """Shows a line; `decided` carries the match with the answer of the user."""

    decided = Signal(object)
    unit_chosen = Signal(int, bool)  # row, whether its unit replaces the known one
    rewriting_wanted = Signal()  # every name in capitals or small letters

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setFixedHeight(theme.u(116))
        self._line: ImportLine | None = None
        self._icon, self._title = icon_label("info", "primary"), label("", "h2")
        self._why = Chip(ChipLook(""))
        self._known = button("Dùng người đã có", "", "user-check", name="use_known")
        self._known.setToolTip(shortcuts.tooltip("Dùng người đã có", "use_known"))
        self._known.clicked.connect(self.use_known)
        self._new = button("Đây là người khác", name="is_new")
        self._new.clicked.connect(self.is_new)
        self._unit = QCheckBox("Cập nhật đơn vị theo tệp")
        self._unit.setObjectName("take_unit")
        self._unit.clicked.connect(self._choose_unit)
        self._names = button("", name="rewrite_names")
        self._names.clicked.connect(self.rewriting_wanted)
        self._body = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.u(14), theme.u(7), theme.u(12), theme.u(7))
        self._column.setSpacing(theme.u(5))
        self._column.addLayout(self._head())
        self._column.addWidget(self._body)
        self._column.addStretch(1)
        self.show_line(None)

    def _head(self) -> QHBoxLayout:
        """Title, what speaks against it, and the two answers."""
        row = QHBoxLayout()
        row.setSpacing(theme.u(8))
        for widget in (self._icon, self._title, self._why):
            row.addWidget(widget)
        self._reason = ElidedLabel("", "caption")
        row.addWidget(self._reason, 1)
        for answer in (self._names, self._unit, self._known, self._new):
            row.addWidget(answer)
        return row

    def show_line(
        self, line: ImportLine | None, takes_unit: bool = False, odd_names: int = 0
    ) -> None:
        """Show another line; `takes_unit` is whether its unit replaces the known one.

        `odd_names` is how many names of the file are in capitals or small letters.
        """
        self._line = line
        kind, icon, token = _look(line)
        self._names.setText(f"Viết lại {odd_names} họ tên")
        self._names.setVisible(odd_names > 0)
        theme.repolish(self, b=kind)
        self.setAccessibleName(_title(line))
        self._icon.setPixmap(icons.pixmap(icon, token, 18))
        self._title.setText(_title(line))
        match, question = line.match if line else None, self._question()
        alike = _likeness(match) if match else ""
        self._why.setVisible(bool(alike))
        self._why.set_look(ChipLook(alike, "outline"))
        self._reason.setText(match.explanation if match and match.known else "")
        self._known.setVisible(bool(question and question.match.name != "KNOWN"))
        self._new.setVisible(bool(question and question.match.name != "NEW"))
        self._unit.setVisible(_moved(line))
        self._unit.setChecked(takes_unit)
        self._show_body(line)

    def _show_body(self, line: ImportLine | None) -> None:
        """Both people side by side, or what is wrong with the line."""
        body = QWidget()
        if line and line.match and line.match.known:
            body.setLayout(_side_by_side(line.row, line.match.known))
        elif line:
            body.setLayout(_reasons(line))
        if inner := body.layout():
            inner.setContentsMargins(0, 0, 0, 0)
        self._column.replaceWidget(self._body, body)
        self._body.hide()
        self._body.deleteLater()
        self._body = body

    def _choose_unit(self, on: bool) -> None:
        """The unit of the file replaces the known one, or not."""
        if self._line:
            self.unit_chosen.emit(self._line.row.row, on)

    def use_known(self) -> None:
        """The row is the person found."""
        from app.services import matching

        if match := self._question():
            self.decided.emit(matching.as_known(match))

    def is_new(self) -> None:
        """The row is somebody else."""
        from app.services import matching

        if match := self._question():
            self.decided.emit(matching.as_new(match))

    def _question(self) -> "RosterMatch | None":
        """The match of the line, if there is a person to compare with."""
        match = self._line.match if self._line else None
        return match if match and match.known and match.match.name != "ENROLLED" else None


_QUIET = ("info", "info", "primary")
_DOUBTFUL = ("warn", "triangle-alert", "warn")


def _look(line: ImportLine | None) -> tuple[str, str, str]:
    """Kind, icon and colour of what is said about a line."""
    if line is None:
        return _QUIET
    return _DOUBTFUL if line.is_doubtful else _LOOKS.get(line.standing, _QUIET)


def _title(line: ImportLine | None) -> str:
    """The line, and the question where there is one."""
    if line is None:
        return "Chọn một dòng để xem chi tiết"
    if line.standing is Standing.CONFLICT:
        return f"Dòng {line.row.row}: có phải là người đã có?"
    return f"Dòng {line.row.row}: {line.row.full_name or 'chưa rõ họ tên'}"


def _likeness(match: "RosterMatch") -> str:
    """How alike the two are, where that is the question."""
    asked = match.known and match.percent and match.match.name == "CONFLICT"
    return f"giống {match.percent} %" if asked else ""


def _moved(line: ImportLine | None) -> bool:
    """Whether the file has another unit than the register."""
    known = line.match.known if line and line.match else None
    return bool(line and known and known.unit and line.unit and known.unit != line.unit)


def _reasons(line: ImportLine) -> QVBoxLayout:
    """Field, reason and way out of each problem."""
    column = QVBoxLayout()
    column.setSpacing(theme.u(2))
    for problem in line.told[:_ERRORS_SHOWN]:
        sentence = f"{LABELS.get(problem.field, 'Dòng')}: {masked_in(problem.text)}"
        column.addWidget(label(sentence, wrap=True))
    if line.standing is Standing.ERROR:
        advice = "Dòng này chưa nhập được. Sửa ngay trong bảng (F2), hoặc bỏ dấu ở đầu dòng."
        column.addWidget(label(advice, "note"))
    elif line.is_doubtful:
        advice = "Dòng này vẫn được nhập. Sửa ngay trong bảng (F2), hoặc bỏ dấu ở đầu dòng."
        column.addWidget(label(advice, "note"))
    elif not line.problems:
        column.addWidget(label("Không có gì phải xem lại: lập hồ sơ mới.", "muted"))
    return column


def _side_by_side(row: "RosterRow", known: "StudentForm") -> QGridLayout:
    """The row above the person on record, differences marked."""
    here = _cells(row, row.stated_unit, row.stated_position)
    there = _cells(known, known.unit, known.position)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.u(22))
    grid.setVerticalSpacing(theme.u(2))
    grid.addWidget(label(f"Trong tệp, dòng {row.row}", "strong"), 1, 0)
    grid.addWidget(label("Đã có trong sổ", "strong"), 2, 0)
    for at, heading in enumerate(_HEADINGS):
        grid.addWidget(label(heading, "caption"), 0, at + 1)
        for line, cells in ((1, here), (2, there)):
            grid.addWidget(_cell(cells[at], differs=here[at] != there[at]), line, at + 1)
    grid.setColumnStretch(len(_HEADINGS) + 1, 1)
    return grid


def _cells(who: "RosterRow | StudentForm", unit: str, position: str) -> tuple[str, ...]:
    """What tells two people apart."""
    born = who.born.grid if who.born else ""
    sex = who.sex.label if who.sex else ""
    number = masked(who.identity_number)
    return tuple(text or "(trống)" for text in (who.full_name, born, sex, unit, position, number))


def _cell(text: str, *, differs: bool) -> QLabel:
    """A value, marked where the two people differ."""
    colour = theme.colour("warn").name()
    made = (
        rich(f'<b style="color:{colour}">{escape(text)}</b>', wrap=False)
        if differs
        else label(text)
    )
    made.setMaximumWidth(theme.u(240))
    made.setToolTip(text)
    return made
