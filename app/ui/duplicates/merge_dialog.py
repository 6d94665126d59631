"""Gộp: what is kept of two records, field by field, and what comes over."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import numbers
from app.ui import theme
from app.ui.buttons import button
from app.ui.dialogs import Dialog
from app.ui.labels import Card, label
from app.ui.students.masked import masked

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.merging import FieldChoice, MergePlan, Take

_ROWS_SHOWN = 7
_LONGEST, _HEAD = 34, 18  # letters on a button; the middle of a longer text is left out
_BOTH = "Cả hai"


class MergeDialog(Dialog):
    """Asks what to take; red, because one of the two records is gone afterwards."""

    def __init__(self, parent: QWidget, plan: "MergePlan") -> None:
        super().__init__(parent, "Gộp hai hồ sơ thành một?", 800)
        self.setObjectName("merge_dialog")
        self._groups: dict[str, QButtonGroup] = {}
        self._takes: dict[str, list[Take]] = {}
        differing = [choice for choice in plan.choices if choice.differs]
        self.box.addWidget(label(_message(plan), wrap=True))
        if differing:
            self.box.addWidget(label("Hai hồ sơ ghi khác nhau. Chọn cách ghi được giữ:", "strong"))
            self.box.addWidget(self._fields(differing))
        if filled := _filled(plan.choices):
            self.box.addWidget(label(f"Lấy theo hồ sơ có ghi: {filled}.", "note", wrap=True))
        self.box.addWidget(_facts(plan))
        self.action = button("Gộp thành một hồ sơ", "danger", "users", name="action")
        self.action.clicked.connect(self.accept)
        safe = self.set_actions(self.action, "Chưa, để sau")
        safe.setDefault(True)
        safe.setFocus()

    def takes(self) -> "dict[str, Take]":
        """What was chosen for each field that differs."""
        return {name: self._takes[name][group.checkedId()] for name, group in self._groups.items()}

    def _fields(self, choices: "Sequence[FieldChoice]") -> QWidget:
        """One line for each field; long lists scroll."""
        inside = QWidget()
        inside.setObjectName("scroll_body")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.u(8))
        grid.setVerticalSpacing(theme.u(5))
        for at, words in enumerate(("Mục", "Hồ sơ A", "Hồ sơ B", "")):
            grid.addWidget(label(words, "caption"), 0, at)
        for line, choice in enumerate(choices, start=1):
            self._add_choice(grid, line, choice)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        if len(choices) <= _ROWS_SHOWN:
            return inside
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFixedHeight(theme.u(37) * _ROWS_SHOWN)
        return area

    def _add_choice(self, grid: QGridLayout, line: int, choice: "FieldChoice") -> None:
        """A, B and, where it makes sense, both."""
        from app.services.merging import Take

        offered = [(Take.KEPT, choice.kept), (Take.OTHER, choice.other)]
        if choice.can_combine:
            offered.append((Take.BOTH, _BOTH))
        group = QButtonGroup(self)
        grid.addWidget(label(choice.label), line, 0)
        for at, (take, said) in enumerate(offered):
            part = _part(choice, take.value, said)
            group.addButton(part, at)
            part.setChecked(take is choice.take)
            grid.addWidget(part, line, at + 1)
        self._groups[choice.name] = group
        self._takes[choice.name] = [take for take, _ in offered]


def ask(parent: QWidget, plan: "MergePlan") -> "dict[str, Take] | None":
    """Return what is chosen, or None when it is left for later."""
    dialog = MergeDialog(parent, plan)
    return dialog.takes() if dialog.exec() == QDialog.DialogCode.Accepted else None


def _part(choice: "FieldChoice", code: str, said: str) -> QPushButton:
    """One answer as a button that stays down."""
    short = said if len(said) <= _LONGEST else f"{said[:_HEAD]}…{said[_HEAD - _LONGEST :]}"
    made = button(short.replace("&", "&&"), name=f"{choice.name}_{code}")
    made.setCheckable(True)
    made.setProperty("seg", True)
    made.setProperty("end", "only")
    made.setToolTip(said)
    made.setAccessibleName(f"{choice.label}: {said}")
    return made


def _message(plan: "MergePlan") -> str:
    """Whose records they are, and what happens to them."""
    both = plan.kept.full_name
    if plan.gone.full_name != both:
        both = f"{both} và {plan.gone.full_name}"
    shared = ""
    if plan.shared:
        shared = f" Ghi danh để trống ở lớp {', '.join(plan.shared)} được bỏ."
    return (
        f"Hai hồ sơ của {both} thành một; lượt học, điểm, điểm danh và giấy chứng nhận của hồ sơ "
        f"B chuyển sang hồ sơ A.{shared} Chương trình sao lưu trước khi gộp. Gộp nhầm thì bấm "
        "Hoàn tác (Ctrl+Z)."
    )


def _filled(choices: "Sequence[FieldChoice]") -> str:
    """The fields only one record knows: "Dân tộc (Thái)"."""
    said = [
        (choice, choice.kept or choice.other)
        for choice in choices
        if bool(choice.kept) != bool(choice.other)
    ]
    return ", ".join(
        f"{_inside(choice.label)} ({masked(value) if choice.is_private else value})"
        for choice, value in said
    )


def _inside(name: str) -> str:
    """A name of a field inside a sentence: "ngày vào Đảng"."""
    return name[:1].lower() + name[1:]


def _facts(plan: "MergePlan") -> QWidget:
    """How much of record B comes over."""
    card = Card(sunken=True)
    row = QHBoxLayout()
    row.setSpacing(theme.u(28))
    moved = [(count, words) for count, words in plan.moved if count]
    for count, words in moved:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(numbers.grouped(count), "figure"))
        column.addWidget(label(f"{words} chuyển sang", "caption"))
        row.addLayout(column)
    if not moved:
        row.addWidget(label("Hồ sơ B chưa có lượt học nào, không có gì phải chuyển.", "muted"))
    row.addStretch(1)
    card.add(row)
    return card
