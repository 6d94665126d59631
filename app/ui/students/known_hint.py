"""Who is known by the name and birth that are being typed, told before anything is saved."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app import text
from app.dates import PartialDate
from app.errors import InputError
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.form import Form
from app.ui.messages import Banner

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.finding import StudentRow

_SETTLE_MS = 250


class KnownHint(QWidget):
    """A banner under the form for the likeliest person; `used` carries the row."""

    used = Signal(object)

    def __init__(self, context: Context, form: Form, action: str) -> None:
        super().__init__()
        self.setObjectName("known_hint")
        self._context, self._form, self._action = context, form, action
        self.people: list[StudentRow] = []
        self._asked: tuple[str, PartialDate | None] | None = None
        self._banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.look)
        form.changed.connect(self._settle.start)
        self.hide()

    def look(self) -> None:
        """Ask who is known by what is typed so far."""
        from app.services import finding

        typed = self._typed()
        if typed == self._asked:
            return
        self._asked = typed
        with self._context.refusals(self), self._context.database.reading() as db:
            self.people = finding.namesakes(db, *typed)
        self._show()

    def _typed(self) -> tuple[str, PartialDate | None]:
        """Name and birth; one that cannot be read yet is none."""
        name = str(self._form.field("full_name").read())
        try:
            born = self._form.field("born").read()
        except InputError:
            born = None
        return text.fold(name), born

    def _show(self) -> None:
        """Tell of the likeliest, and how many more there are."""
        if self._banner:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        self.setVisible(bool(self.people))
        if not self.people:
            return
        first, others = self.people[0], len(self.people) - 1
        use = button(self._action, name="use_known")
        use.clicked.connect(lambda: self.used.emit(first))
        more = f" Còn {others} người cùng tên nữa." if others else ""
        self._banner = Banner(
            "warn", "Có thể đã có trong sổ.", told(first) + more, [use] if self._action else []
        )
        self._column.addWidget(self._banner)


def told(row: "StudentRow") -> str:
    """ "Nguyễn Thị Hạnh, sinh 22/02/1986, Quân sự xã Phú Lộc, 2 lớp."."""
    born = f"sinh {row.born.grid}" if row.born else "chưa rõ ngày sinh"
    unit = [row.unit] if row.unit else []
    return ", ".join([row.full_name, born, *unit, f"{row.classes} lớp"]) + "."
