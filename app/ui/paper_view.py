"""Shows the pages of a PDF as they will be printed; only visible pages are drawn."""

from bisect import bisect_right
from collections import OrderedDict
from itertools import accumulate

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.ui import theme
from app.ui.delegates import cosmetic

_KEPT = 8  # pages kept as pictures
_ZOOM_STEP = 1.25
_LEAST, _MOST = 0.2, 4.0
_POINTS_TO_PIXELS = 96 / 72


class PaperView(QAbstractScrollArea):
    """Pages below each other, fitted to the frame (`fit` "page" or "width") or zoomed."""

    page_changed = Signal(int, int)  # page from 0, pages

    def __init__(self, fit: str = "width", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._fit = fit
        self._zoom = self._scale = 1.0
        self._boxes: list[QSize] = []
        self._tops = [0]
        self._page = 0
        self._pictures: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setObjectName("paper_view")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self._follow_scrolling)
        self._name()

    # pages -------------------------------------------------------------------
    def set_pdf(self, pdf: bytes) -> None:
        """Show another PDF from its first page."""
        # PDFium is needed only where paper is shown, not at start.
        from app.printing import preview

        self._pdf = pdf
        self._sizes = preview.page_sizes(pdf) if pdf else ()
        self._pictures.clear()
        self._page = 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._tell_page()

    def pages(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    def page(self) -> int:
        """The page at the top, from 0."""
        return self._page

    def go_to(self, page: int) -> None:
        """Scroll to a page."""
        if 0 <= page < self.pages():
            self.verticalScrollBar().setValue(self._tops[page] - self._margin())
            self._set_page(page)

    def _set_page(self, page: int) -> None:
        """Note the current page and tell."""
        if page != self._page:
            self._page = page
            self._tell_page()

    def _tell_page(self) -> None:
        """Tell where the reader is."""
        self._name()
        self.page_changed.emit(self._page, self.pages())

    def _name(self) -> None:
        """Say to screen readers what is painted."""
        where = f", trang {self._page + 1}/{self.pages()}" if self.pages() else ""
        self.setAccessibleName(f"Xem trước bản in{where}")

    # zoom --------------------------------------------------------------------
    def zoom_in(self) -> None:
        """Larger."""
        self._set_zoom(self._scale * _ZOOM_STEP)

    def zoom_out(self) -> None:
        """Smaller."""
        self._set_zoom(self._scale / _ZOOM_STEP)

    def set_fit(self, fit: str) -> None:
        """Fit the "width" or the whole "page" into the frame."""
        self._fit = fit
        self._relayout()

    def _set_zoom(self, zoom: float) -> None:
        """Leave fitting and show at a fixed size."""
        self._fit, self._zoom = "", min(max(zoom, _LEAST), _MOST)
        self._relayout()

    def _relayout(self) -> None:
        """Lay out anew and stay on the page."""
        page = self._page
        self._lay_out()
        self.go_to(page)

    # geometry ------------------------------------------------------------------
    def _margin(self) -> int:
        """Desk around the paper."""
        return theme.u(10)

    def _fitting_scale(self) -> float:
        """The zoom that fits the largest page into the frame; 1 is real size at 96 dpi."""
        if not self._fit or not self._sizes:
            return self._zoom
        room = self.viewport().size()
        margin = 2 * self._margin()
        widest = max(width for width, _ in self._sizes) * _POINTS_TO_PIXELS
        scale = (room.width() - margin) / widest
        if self._fit == "page":
            tallest = max(height for _, height in self._sizes) * _POINTS_TO_PIXELS
            scale = min(scale, (room.height() - margin) / tallest)
        return max(scale, _LEAST)

    def _lay_out(self) -> None:
        """Work out where each page lies, and set the scroll bars."""
        self._scale = self._fitting_scale()
        factor = self._scale * _POINTS_TO_PIXELS
        self._boxes = [
            QSize(round(width * factor), round(height * factor)) for width, height in self._sizes
        ]
        gap = self._margin()
        steps = (box.height() + gap for box in self._boxes)
        self._tops = list(accumulate(steps, initial=gap))
        room = self.viewport().size()
        width = max((box.width() for box in self._boxes), default=0) + 2 * gap
        for bar, whole, seen in (
            (self.verticalScrollBar(), self._tops[-1], room.height()),
            (self.horizontalScrollBar(), width, room.width()),
        ):
            bar.setRange(0, max(whole - seen, 0))
            bar.setPageStep(seen)
            bar.setSingleStep(theme.u(40))
        self.viewport().update()

    def _place(self, page: int) -> QRect:
        """Where a page lies in the viewport."""
        size, top = self._boxes[page], self._tops[page]
        left = max((self.viewport().width() - size.width()) // 2, self._margin())
        left -= self.horizontalScrollBar().value()
        return QRect(left, top - self.verticalScrollBar().value(), size.width(), size.height())

    def _page_at(self, line: int) -> int:
        """The page at a height of the whole strip of paper."""
        return min(max(bisect_right(self._tops, line) - 1, 0), max(self.pages() - 1, 0))

    def _follow_scrolling(self, value: int) -> None:
        """The page in the upper third is the current one."""
        self._set_page(self._page_at(value + self.viewport().height() // 3))

    # painting ------------------------------------------------------------------
    def _picture(self, page: int, width: int) -> QPixmap:
        """A page as a picture; the last few are kept."""
        key = (page, width)
        if key not in self._pictures:
            self._pictures[key] = render(self._pdf, page, width, self.devicePixelRatioF())
            if len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the visible pages."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.colour("sunken"))
        top = self.verticalScrollBar().value()
        last = self._page_at(top + self.viewport().height())
        for page in range(self._page_at(top), last + 1 if self._boxes else 0):
            place = self._place(page)
            painter.drawPixmap(place, self._picture(page, place.width()))
            painter.setPen(cosmetic("line"))
            painter.drawRect(place.adjusted(-1, -1, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        self._relayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page up and down turn pages."""
        turn = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
        if turn:
            self.go_to(self._page + turn)
        else:
            super().keyPressEvent(event)


def render(pdf: bytes, page: int, width: int, ratio: float = 1.0) -> QPixmap:
    """Draw one page `width` logical pixels wide."""
    # PDFium is needed only where paper is shown, not at start.
    from app.printing import preview

    drawn = preview.render_page(pdf, page, round(width * ratio))
    stride = len(drawn.pixels) // drawn.height
    image = QImage(drawn.pixels, drawn.width, drawn.height, stride, QImage.Format.Format_RGBX8888)
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)
