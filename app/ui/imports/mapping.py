"""Ghép cột: what each column means, where the heading is, which sheet, which old font."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui import theme
from app.ui.buttons import button
from app.ui.combo import Combo
from app.ui.imports.columns import ColumnList
from app.ui.imports.file_look import FileLook
from app.ui.imports.reading import Reading, Wish
from app.ui.labels import Card, label
from app.ui.messages import Banner

if TYPE_CHECKING:
    # Services import SQLAlchemy, workbook libraries are imported when a file is read.
    from app.services.column_choices import Remembered
    from app.spreadsheets.rows import Roster

_SIDE = 320
_COMPACT_SIDE = 270
_WIDEST_SIDE = 520
_SHOWN_SAMPLES = 3


class MappingPage(QWidget):
    """Shows how a file was understood; every correction reads it again."""

    wished = Signal(object)  # Wish

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mapping_page")
        self.reading: Reading | None = None
        self._wish = Wish()  # with what was asked for and is not read yet
        self._asked = 0
        self._again: Callable[[], object] = lambda: None
        self._said = label("", "muted")
        self.remember = QCheckBox("Nhớ cách ghép này")
        self.remember.setObjectName("remember_columns")
        self.remember.setChecked(True)
        self.columns = ColumnList()
        self.columns.chosen.connect(self._choose)
        self.sheet = Combo()
        self.sheet.setObjectName("sheet")
        self.sheet.setAccessibleName("Trang tính")
        self.sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.sheet.chosen.connect(lambda name: self._ask(Wish(sheet=str(name))))
        self.header = QLineEdit()
        self.header.setObjectName("header_row")
        self.header.setAccessibleName("Tiêu đề ở dòng, 0 là không có")
        self.header.setValidator(QIntValidator(0, 9999, self))
        self.header.setFixedWidth(theme.u(56))
        self.header.editingFinished.connect(self._move_header)
        self.look = FileLook()
        self._notes = QWidget()
        self._build()

    def _build(self) -> None:
        """The columns at the left, the file itself at the right."""
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(10))
        row.setSpacing(theme.u(12))
        left, top = QVBoxLayout(), QHBoxLayout()
        top.addWidget(self._said, 1)
        top.addWidget(self.remember)
        left.addLayout(top)
        left.addWidget(self.columns, 1)
        row.addLayout(left, 3)
        side, self._side = QWidget(), QScrollArea()
        side.setObjectName("scroll_body")
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_compact(False)
        self._column = QVBoxLayout(side)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.u(10))
        card, below = Card("Trong tệp"), QHBoxLayout()
        card.add(self.look)
        below.addWidget(label("Tiêu đề ở dòng"))
        below.addWidget(self.header)
        below.addStretch(1)
        card.add(self.sheet)
        card.add(below)
        self._column.addWidget(card)
        self._column.addWidget(self._notes)
        self._column.addStretch(1)
        self._side.setWidget(side)
        row.addWidget(self._side, 1)

    def set_compact(self, on: bool) -> None:
        """Give the columns the room in a narrow window."""
        self._side.setMinimumWidth(theme.u(_COMPACT_SIDE if on else _SIDE))
        self._side.setMaximumWidth(theme.u(_COMPACT_SIDE if on else _WIDEST_SIDE))

    # showing -------------------------------------------------------------------
    def show_reading(
        self,
        reading: Reading,
        known: "Remembered | None" = None,
        forget: Callable[[], object] | None = None,
    ) -> None:
        """Show how a file was read; `known` is the earlier way that was applied."""
        self.reading, roster = reading, reading.roster
        self._again = lambda: self.show_reading(reading, known, forget)
        self.columns.show_guesses(roster.guesses)
        self._said.setText(_summary(roster))
        hidden = {one.name for one in roster.sheets if one.hidden}
        names = [roster.sheet, *roster.other_sheets]
        self.sheet.set_choices(
            [(name, f"{name} (đang ẩn)" if name in hidden else name) for name in names]
        )
        self.sheet.set_key(roster.sheet)
        self.sheet.setEnabled(len(names) > 1)
        self.header.setText(str(max(roster.header_rows, default=0)))
        self.look.show_lines(roster.source.preview())
        self._show_notes(reading, known, forget)

    def _show_notes(
        self,
        reading: Reading,
        known: "Remembered | None",
        forget: Callable[[], object] | None,
    ) -> None:
        """The fault first, then the question about the font, then what was remembered."""
        notes = QWidget()
        column = QVBoxLayout(notes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(8))
        if reading.fault:
            column.addWidget(Banner("bad", reading.fault))
        if reading.roster.legacy_question or reading.wish.legacy:
            column.addWidget(self._font_card(reading))
        if known and forget:
            again = button("Đoán lại", name="forget_columns")
            again.clicked.connect(forget)
            said = f"Đã dùng cách ghép nhớ từ lần nhập {known.chosen_on:%d/%m/%Y}."
            column.addWidget(Banner("info", said, "", [again]))
        for problem in reading.roster.problems:
            if problem.row == 0 and not problem.code.startswith("legacy"):
                column.addWidget(label(problem.text, "caption", wrap=True))
        self._column.replaceWidget(self._notes, notes)
        self._notes.hide()
        self._notes.deleteLater()
        self._notes = notes

    def _font_card(self, reading: Reading) -> Card:
        """The question about an old font, with texts as they are and as they would be."""
        from app.spreadsheets.legacy import OFFERED

        card = Card("Phông chữ cũ")
        question = reading.roster.legacy_question
        self.legacy = Combo([(None, "Chọn bảng mã…"), *((one, one.label) for one in OFFERED)])
        self.legacy.setObjectName("legacy_font")
        self.legacy.setAccessibleName("Bảng mã của chữ trong tệp")
        self.legacy.set_key(reading.wish.legacy)
        self.legacy.chosen.connect(self._choose_font)
        if question:
            for sample in question.samples[:_SHOWN_SAMPLES]:
                after = sample.after.get(question.proposed, "")
                card.add(label(f"{sample.before} → {after}", wrap=True))
            said = f"{question.texts} ô như vậy. Đoán là {question.proposed.label}."
            card.add(label(said, "caption", wrap=True))
        card.add(self.legacy)
        return card

    def question(self) -> str:
        """What has to be answered before the lines can be checked."""
        if self.reading and self.reading.fault:
            return "Chọn lại cột trước khi kiểm tra."
        asks = self.reading and self.reading.roster.legacy_question
        return "Chọn bảng mã của chữ trong tệp trước khi kiểm tra." if asks else ""

    def place_to_answer(self) -> QWidget:
        """Where the question is answered."""
        assert self.reading
        if not self.reading.fault:
            return self.legacy
        unsure = [one.letter for one in self.reading.roster.guesses if one.certainty.needs_look]
        letters = unsure or list(self.columns.choices)
        return self.columns.choices[letters[0]] if letters else self.header

    # correcting ------------------------------------------------------------------
    def _ask(self, wish: Wish) -> None:
        """Ask for another reading; the next correction adds to this one."""
        self._wish, self._asked = wish, self._asked + 1
        self.wished.emit(wish)

    def settle(self) -> None:
        """A reading has ended; when the last one was stopped or refused, show what holds."""
        self._asked = max(self._asked - 1, 0)
        if self.reading and not self._asked:
            is_shown = self._wish in (self.reading.wish, Wish())
            self._wish = self.reading.wish
            if not is_shown:
                self._again()

    def _choose(self, letter: str, field: object) -> None:
        """Another meaning for one column; the other corrections stay."""
        from app.spreadsheets.fields import Field

        wanted = field if isinstance(field, Field) else None
        self._ask(self._wish.with_column(letter, wanted))

    def _choose_font(self, choice: object) -> None:
        """The text is of this old font, or of none."""
        from app.spreadsheets.legacy import LegacyChoice

        if isinstance(choice, LegacyChoice):
            self._ask(replace(self._wish, legacy=choice))

    def _move_header(self) -> None:
        """The heading ends in another row; what was said about columns does not hold there."""
        assert self.reading
        typed, shown = self.header.text(), max(self.reading.roster.header_rows, default=0)
        if typed and int(typed) != shown:
            self._ask(replace(self._wish, header_row=int(typed), columns={}))


def _summary(roster: "Roster") -> str:
    """How much was guessed, and what is left to look at."""
    guessed = sum(guess.field is not None for guess in roster.guesses)
    unsure = sum(guess.certainty.needs_look for guess in roster.guesses)
    said = f"Đã đoán {guessed}/{len(roster.guesses)} cột."
    return f"{said} Chỉ cần xem {unsure} dòng màu vàng." if unsure else f"{said} Đều rõ ràng."
