"""Parts of papers drawn by the printing room itself, for live previews beside a form."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from app.errors import AppError
from app.ui import theme
from app.ui.labels import label

if TYPE_CHECKING:
    # ReportLab and SQLAlchemy take longer to import than the window to paint.
    from app.printing.flow import Panel
    from app.printing.letterhead import Letterhead, Signer
    from app.printing.pages import Frame

_WAIT_MS = 150  # after the last key


def heading_pdf(head: "Letterhead") -> bytes:
    """The heading of an official paper, alone on a low page as wide as its text."""
    from app.printing import letterhead, pages
    from app.printing.closing_report import FRAME
    from app.printing.document import MM

    panel = letterhead.heading(head, FRAME.width)
    margin = 8 * MM
    size = (FRAME.width + 2 * margin, panel.height + margin)
    frame = pages.Frame(size, margin, margin, margin, 0)
    return _write(frame, panel)


def signing_pdf(head: "Letterhead", signer: "Signer") -> bytes:
    """The right half of a signing block, alone on a small page."""
    from app.printing import letterhead, pages
    from app.printing.closing_report import FRAME
    from app.printing.document import MM

    panel = letterhead.signing(head.family, signer, (), FRAME.width)
    left, margin = 80 * MM, 5 * MM  # the left half of the block is empty without recipients
    size = (FRAME.width - left + margin, panel.height + 2 * margin)
    return _write(pages.Frame(size, -left, margin, margin, margin), panel)


def _write(frame: "Frame", panel: "Panel") -> bytes:
    from app.printing import pages

    placed = [[pages.Placed(0.0, panel)]]
    return pages.write(frame, placed, lambda _canvas, _index, _pages: None, "Xem trước", "", "")


class PartView(QFrame):
    """Shows a small PDF that `draw` makes, again a moment after `refresh`."""

    def __init__(self, draw: Callable[[], bytes], width: float) -> None:
        super().__init__()
        self.setObjectName("card")
        self._draw = draw
        self._width = theme.u(width)
        self.picture = QLabel()
        self.picture.setAccessibleName("Xem trước bản in")
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.picture)
        column.addWidget(self.problem)
        self.setFixedWidth(self._width + 2)
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self.show_now)

    def refresh(self) -> None:
        """Draw again when the typing pauses."""
        self._timer.start()

    def show_now(self) -> None:
        """Draw; what cannot be printed is said instead."""
        from app.ui import paper_view

        self._timer.stop()
        try:
            pdf = self._draw()
        except AppError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.problem.hide()
        drawn = paper_view.render(pdf, 0, self._width, self.devicePixelRatioF())
        self.picture.setPixmap(drawn)
        self.picture.setFixedHeight(round(drawn.deviceIndependentSize().height()))
