"""The columns of a file, each with what it was taken for and why; any of it can be corrected."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.spreadsheets.fields import Field
from app.spreadsheets.guesses import Certainty, ColumnGuess
from app.ui import theme
from app.ui.chips import Chip, ChipLook
from app.ui.combo import Combo
from app.ui.labels import ElidedLabel, icon_label

LEAVE_OUT = "— Bỏ qua —"
_CHOICES: list[tuple[object, str]] = [
    (None, LEAVE_OUT),
    *((one, one.label) for one in Field if one is not Field.NUMBER),
]
_NUMBERS = {Field.IDENTITY_NUMBER, Field.OLD_IDENTITY_NUMBER, Field.PHONE}
_PRIVATE = {Field.ETHNICITY, Field.RELIGION, *_NUMBERS}
_LOOKS = {
    Certainty.SURE: ChipLook("Chắc chắn", "ok"),
    Certainty.LIKELY: ChipLook("Mời xem lại", "outline"),
    Certainty.DOUBTFUL: ChipLook("Chưa chắc, hãy chọn", "outline"),
    Certainty.CHOSEN: ChipLook("Đã chọn", "info"),
    Certainty.UNUSED: ChipLook("Không nhập", "neutral"),
}
_WIDTHS = {0: 26, 1: 110, 2: 84, 3: 18, 4: 184, 5: 150}
_HEADINGS = ("Cột", "Tiêu đề trong tệp", "Ví dụ", "", "Đưa vào trường", "Nhận định")
_SAMPLES = 3


class ColumnList(QFrame):
    """One line per column with a choice of fields; `chosen` tells letter and field."""

    chosen = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.choices: dict[str, Combo] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QFrame()
        head.setObjectName("column_head")
        head.setFixedHeight(theme.u(30))
        grid = _grid(head)
        for at, heading in enumerate(_HEADINGS):
            grid.addWidget(ElidedLabel(heading, "strong"), 0, at)
        column.addWidget(head)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._area, 1)

    def show_guesses(self, guesses: Sequence[ColumnGuess]) -> None:
        """Show the columns of a file; the keyboard and the place stay where they were."""
        had = next((at for at, one in self.choices.items() if one.hasFocus()), "")
        place = self._area.verticalScrollBar().value()
        body = QWidget()
        body.setObjectName("scroll_body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.choices = {}
        for guess in guesses:
            column.addWidget(self._line(guess))
        column.addStretch(1)
        self._area.setWidget(body)
        self._area.verticalScrollBar().setValue(place)
        if had in self.choices:
            self.choices[had].setFocus()

    def _line(self, guess: ColumnGuess) -> QFrame:
        """Letter, heading, first values, choice, and how sure it is."""
        line = QFrame()
        line.setObjectName("column_row")
        line.setProperty("look", guess.certainty.needs_look)
        line.setFixedHeight(theme.u(50 if guess.certainty.needs_look else 40))
        grid = _grid(line)
        choice = Combo(_CHOICES)
        choice.setObjectName(f"column_{guess.letter}")
        choice.setAccessibleName(f"Cột {guess.letter}, {guess.heading or 'không tiêu đề'}")
        choice.set_key(guess.field)
        choice.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.chosen.connect(partial(self.chosen.emit, guess.letter))
        self.choices[guess.letter] = choice
        grid.addWidget(ElidedLabel(guess.letter), 0, 0)
        grid.addWidget(_heading(guess), 0, 1)
        grid.addWidget(_samples(guess), 0, 2)
        grid.addWidget(icon_label("arrow-right", "text2", 14), 0, 3)
        grid.addWidget(choice, 0, 4)
        grid.addWidget(_judgement(guess), 0, 5)
        return line


def _grid(parent: QWidget) -> QGridLayout:
    """The places of one line, the same in every line."""
    grid = QGridLayout(parent)
    grid.setContentsMargins(theme.u(12), 0, theme.u(8), 0)
    grid.setHorizontalSpacing(theme.u(8))
    for at, width in _WIDTHS.items():
        grid.setColumnMinimumWidth(at, theme.u(width))
    grid.setColumnStretch(1, 4)
    grid.setColumnStretch(2, 3)
    grid.setColumnStretch(5, 5)
    return grid


def _heading(guess: ColumnGuess) -> ElidedLabel:
    """The heading; a group of headings differs at its end."""
    made = ElidedLabel(guess.heading or "(không có)", "strong", keeps_end=True)
    made.setObjectName(f"heading_{guess.letter}")
    return made


def _samples(guess: ColumnGuess) -> ElidedLabel:
    """The first values of the column."""
    shown = list(guess.samples)
    if guess.field in _NUMBERS:
        shown = [text[:7] + "•" * max(len(text) - 7, 0) for text in shown]
    made = ElidedLabel(" · ".join(shown[:_SAMPLES]) or "(trống)", "muted")
    made.setToolTip("\n".join(shown))
    return made


def _judgement(guess: ColumnGuess) -> QWidget:
    """How sure it is; where somebody should look, also why."""
    made = QWidget()
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    look = _LOOKS[guess.certainty]
    if guess.certainty is Certainty.SURE and guess.field in _PRIVATE:
        look = ChipLook("Nhạy cảm", "info")
    chip = Chip(look)
    hidden = " Cột đang ẩn trong Excel." if guess.is_hidden else ""
    said = f"{'' if guess.certainty is Certainty.CHOSEN else guess.reason}{hidden}".strip()
    chip.setToolTip(said)
    column.addStretch(1)
    column.addWidget(chip)
    if guess.certainty.needs_look or hidden:
        why = ElidedLabel(said, "caption")
        why.setToolTip(said)
        column.addWidget(why)
    column.addStretch(1)
    return made
