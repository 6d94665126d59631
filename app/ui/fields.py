"""The kinds of form fields: text, name, date, mark, number, memo, choice, check box."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit

from app import dates, numbers, text
from app.dates import PartialDate
from app.errors import InputError
from app.ui import theme
from app.ui.buttons import button
from app.ui.combo import Combo
from app.ui.field import Field


class TextField(Field):
    """One line of text, cleaned (NFC, single spaces) when it is left."""

    def __init__(
        self,
        name: str,
        caption: str,
        *,
        required: bool = False,
        note: str = "",
        placeholder: str = "",
        width: int = 0,
    ) -> None:
        self.line = QLineEdit()
        super().__init__(name, caption, self.line, required=required, note=note)
        self.line.setPlaceholderText(placeholder)
        if width:
            self.line.setFixedWidth(theme.u(width))
        self.line.textChanged.connect(lambda _text: self._was_changed())
        self.line.editingFinished.connect(self.leave)

    def leave(self) -> None:
        """Check the typed text and write the value in its usual form."""
        if not self.is_dirty:
            return
        if self.check():
            shown = self.shown(self.read())
            if shown != self.line.text():
                self.line.setText(shown)

    def shown(self, value: Any) -> str:
        """How a value is written."""
        return value or ""

    def parse(self, typed: str) -> Any:
        """The value of a non-empty text."""
        return typed

    def state(self) -> object:
        """The cleaned text."""
        return text.clean(self.line.text())

    def read(self) -> Any:
        """The parsed text, or the empty value."""
        typed = text.clean(self.line.text())
        return self.parse(typed) if typed else self.empty()

    def empty(self) -> Any:
        """The value of an empty field."""
        return ""

    def fill(self, value: Any) -> None:
        """Write a value."""
        self.line.setText(self.shown(value))
        self.line.setCursorPosition(0)


def typed(field: Field) -> str:
    """What stands in a text field now, whether or not it can be saved."""
    assert isinstance(field, TextField)
    return field.line.text().strip()


class NameField(TextField):
    """A person's name; offers "Nguyễn Văn An" for "nguyễn văn an" and changes nothing itself."""

    def __init__(self, name: str, caption: str, *, required: bool = False) -> None:
        super().__init__(name, caption, required=required)
        self._offer = button("", "link", name=f"{name}_offer")
        self._offer.clicked.connect(self._take_offer)
        self._offer.hide()
        self.column.insertWidget(2, self._offer)

    def leave(self) -> None:
        """Offer usual capitals where all letters are small or all are capitals."""
        super().leave()
        typed = text.clean(self.line.text())
        offered = text.proper_case(typed)
        odd = typed and typed in (typed.lower(), typed.upper()) and typed != offered
        self._offer.setText(f"Dùng “{offered}”")
        self._offer.setProperty("offered", offered)
        self._offer.setVisible(bool(odd))

    def _take_offer(self) -> None:
        """Take the offered name."""
        self.line.setText(str(self._offer.property("offered")))
        self._offer.hide()


class DateField(TextField):
    """A date typed in any usual form, shown as dd/mm/yyyy when left.

    `year_only` also takes "1985" and "3/1998" (PartialDate); otherwise the value is a date.
    """

    def __init__(
        self,
        name: str,
        caption: str,
        *,
        required: bool = False,
        year_only: bool = False,
        note: str = "",
    ) -> None:
        hint = "ngày, hoặc chỉ năm" if year_only else "ngày/tháng/năm"
        super().__init__(name, caption, required=required, note=note, placeholder=hint)
        self._year_only = year_only

    def parse(self, typed: str) -> PartialDate | date:
        """Any form of dates.parse; never swaps day and month."""
        return dates.parse(typed) if self._year_only else dates.parse_exact(typed)

    def shown(self, value: PartialDate | date | None) -> str:
        """dd/mm/yyyy, mm/yyyy or yyyy."""
        if value is None:
            return ""
        return value.grid if isinstance(value, PartialDate) else dates.grid(value)

    def empty(self) -> None:
        """No date."""
        return


class MarkField(TextField):
    """A mark from 0 to 10; comma or dot in, comma out."""

    def parse(self, typed: str) -> Decimal:
        """A mark with at most two decimals."""
        return numbers.parse_mark(typed)

    def shown(self, value: Decimal | None) -> str:
        """With a comma."""
        return "" if value is None else numbers.mark(value)

    def empty(self) -> None:
        """No mark."""
        return


class NumberField(TextField):
    """A whole number between two limits."""

    def __init__(
        self,
        name: str,
        caption: str,
        *,
        required: bool = False,
        note: str = "",
        least: int = 0,
        most: int = 999_999,
    ) -> None:
        super().__init__(name, caption, required=required, note=note)
        self._least, self._most = least, most

    def parse(self, typed: str) -> int:
        """Digits, with or without dots between thousands; survives composed text."""
        digits = typed.replace(".", "").replace(" ", "")
        if not digits.isdecimal() or not self._least <= int(digits) <= self._most:
            limits = f"{numbers.grouped(self._least)} đến {numbers.grouped(self._most)}"
            raise InputError(f"“{typed}” không phải số từ {limits}. Ghi lại bằng chữ số.")
        return int(digits)

    def shown(self, value: int | None) -> str:
        """Plain digits."""
        return "" if value is None else str(value)

    def empty(self) -> None:
        """No number."""
        return


class MemoField(Field):
    """Several lines of text."""

    def __init__(
        self, name: str, caption: str, *, required: bool = False, note: str = "", lines: int = 3
    ) -> None:
        self.box = QPlainTextEdit()
        super().__init__(name, caption, self.box, required=required, note=note)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * lines + theme.u(12))
        self.box.textChanged.connect(self._was_changed)

    def state(self) -> object:
        """The text without outer blanks."""
        return self.read()

    def read(self) -> str:
        """Lines, each cleaned."""
        lines = (text.clean(line) for line in self.box.toPlainText().splitlines())
        return "\n".join(lines).strip()

    def fill(self, value: Any) -> None:
        """Show a text."""
        self.box.setPlainText(value or "")


class Choice(Field):
    """One of some choices by key."""

    def __init__(
        self,
        name: str,
        caption: str,
        choices: Iterable[tuple[object, str]] = (),
        *,
        required: bool = False,
        note: str = "",
    ) -> None:
        self.combo = Combo(choices)
        super().__init__(name, caption, self.combo, required=required, note=note)
        self.combo.chosen.connect(lambda _key: self._was_changed())

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        """Offer other choices."""
        self.combo.set_choices(choices)

    def state(self) -> object:
        """The key."""
        return self.combo.key()

    def read(self) -> object:
        """The key."""
        return self.combo.key()

    def fill(self, value: Any) -> None:
        """Choose a key."""
        self.combo.set_key(value)


class CheckField(Field):
    """Yes or no; its caption stands beside the box."""

    def __init__(self, name: str, caption: str, *, note: str = "") -> None:
        self.check_box = QCheckBox(caption)
        super().__init__(name, "", self.check_box, note=note)
        self.caption = caption
        self.check_box.setAccessibleName(caption)
        self.check_box.checkStateChanged.connect(lambda _state: self._was_changed())

    def state(self) -> object:
        """On or off."""
        return self.check_box.isChecked()

    def read(self) -> bool:
        """On or off."""
        return self.check_box.isChecked()

    def fill(self, value: Any) -> None:
        """Set on or off."""
        self.check_box.setChecked(bool(value))
