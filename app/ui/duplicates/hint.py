"""The line on a person's page: this may be the same person as another one."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.terms import Permission
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.duplicates import looks
from app.ui.messages import Banner

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.duplicates import Suspicion

_SETTLE_MS = 250  # nobody is asked about while the cursor runs through the list


class DuplicateHint(QWidget):
    """A banner while the person shown may have a second record, nothing otherwise."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("duplicate_hint")
        self._context = context
        self._person: int | None = None
        self._banner: Banner | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.look)
        self.hide()

    def show_for(self, student_id: int | None) -> None:
        """Soon look for the person's doubles; who may not merge is not told of any."""
        self._person = student_id
        self._clear()
        if student_id is not None and self._context.user.may(Permission.EDIT_PEOPLE):
            self._settle.start()

    def look(self) -> None:
        """Look for the doubles of the person now."""
        from app.services import duplicates

        if self._person is None:
            return
        with self._context.refusals(self), self._context.database.reading() as db:
            found = duplicates.of_person(db, self._person)
            if found:
                self._tell(self._person, found)

    def _tell(self, student_id: int, found: "list[Suspicion]") -> None:
        """Name the one most alike."""
        best = found[0]
        other = best.second if best.first.id == student_id else best.first
        compare = button("So sánh", name="compare_people")
        compare.clicked.connect(lambda: self._context.open("duplicates", student_id, other.id))
        what = f"Có thể trùng với {len(found)} người khác."
        self._clear()
        self._banner = Banner("warn", what, looks.in_words(other), [compare])
        self._column.addWidget(self._banner)
        self.show()

    def _clear(self) -> None:
        self._settle.stop()
        if self._banner:
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        self.hide()
