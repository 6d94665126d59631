"""The preview of a paper: look, save as PDF, print."""

from PySide6.QtCore import QMarginsF, QSizeF, Qt, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.errors import AppError, FileError
from app.ui import dialogs, files, shortcuts, theme
from app.ui.buttons import button, icon_button
from app.ui.dialogs import Dialog
from app.ui.labels import label
from app.ui.paper_view import PaperView, render

_PRINT_DPI = 300


class PagerBar(QWidget):
    """Previous, "3 / 41", next, zoom: the tools above a PaperView."""

    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self._view = view
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(6))
        self._where = label("", "muted")
        self._where.setMinimumWidth(theme.u(62))  # "188 / 200" without moving the buttons
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._previous = icon_button("chevron-left", "Trang trước", name="previous_page")
        self._next = icon_button("chevron-right", "Trang sau", name="next_page")
        smaller = icon_button("zoom-out", "Thu nhỏ", shortcut="zoom_out", name="zoom_out")
        larger = icon_button("zoom-in", "Phóng to", shortcut="zoom_in", name="zoom_in")
        self._previous.clicked.connect(lambda: view.go_to(view.page() - 1))
        self._next.clicked.connect(lambda: view.go_to(view.page() + 1))
        smaller.clicked.connect(view.zoom_out)
        larger.clicked.connect(view.zoom_in)
        for each in (self._previous, self._where, self._next, smaller, larger):
            row.addWidget(each)
        view.page_changed.connect(self._show_page)
        self._show_page(view.page(), view.pages())

    def _show_page(self, page: int, pages: int) -> None:
        """Show where the reader is."""
        self._where.setText(f"{page + 1} / {pages}" if pages else "")
        self._previous.setEnabled(page > 0)
        self._next.setEnabled(page + 1 < pages)


class PrintPreview(Dialog):
    """The PDF itself, "Lưu PDF…" and "In…"."""

    kept = Signal()  # saved as a file or printed

    def __init__(self, parent: QWidget | None, title: str, pdf: bytes, file_name: str) -> None:
        super().__init__(parent, title, 900, resizable=True)
        self._title, self._pdf, self._file_name = title, pdf, file_name
        room = parent.window().height() if parent else theme.u(640)
        self.resize(theme.u(900), min(theme.u(640), room))
        self.view = PaperView("page")
        self.view.set_pdf(pdf)
        head = QHBoxLayout()
        head.addWidget(label(title, "h2"), 1)
        head.addWidget(PagerBar(self.view))
        self.box.addLayout(head)
        self.box.addWidget(self.view, 1)
        save = button("Lưu PDF…", icon="download", name="save_pdf", shortcut="save")
        save.clicked.connect(self.save)
        act = button("In…", "primary", "printer", name="print", shortcut="print")
        act.clicked.connect(self.print)
        self.set_actions(act, "Đóng", save)
        for name, handler in (
            ("save", self.save),
            ("print", self.print),
            ("zoom_in", self.view.zoom_in),
            ("zoom_out", self.view.zoom_out),
            ("fit", lambda: self.view.set_fit("page")),
        ):
            shortcuts.bind(self, name, handler)
        self.view.setFocus()

    def save(self) -> None:
        """Write the PDF where the user says."""
        try:
            if files.save_bytes(self, "Lưu PDF", self._file_name, "PDF (*.pdf)", self._pdf):
                self.kept.emit()
        except AppError as error:
            dialogs.show_error(self, error)

    def print(self) -> None:
        """Print the pages that are shown."""
        try:
            if print_pdf(self, self._title, self._pdf):
                self.kept.emit()
        except AppError as error:
            dialogs.show_error(self, error)


def print_pdf(parent: QWidget | None, title: str, pdf: bytes) -> bool:
    """Ask for a printer and print; False when the user turned back."""
    if not QPrinterInfo.availablePrinterNames():
        # Without a printer QPrinter would silently write a file.
        raise FileError(
            "Máy tính chưa có máy in nào. Cài máy in rồi bấm In lại, hoặc lưu PDF để in nơi khác."
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    printer.setResolution(_PRINT_DPI)
    asked = QPrintDialog(printer, parent)
    asked.setWindowTitle("In")
    if not asked.exec():
        return False
    paint_pages(printer, pdf)
    return True


def paint_pages(printer: QPrinter, pdf: bytes) -> None:
    """Put each chosen page as a picture of 300 dpi onto its own sheet, in its own orientation."""
    # PDFium is needed only where paper is shown, not at start.
    from app.printing import preview

    sizes = preview.page_sizes(pdf)
    first = printer.fromPage() or 1
    last = min(printer.toPage() or len(sizes), len(sizes))
    painter = QPainter()
    for page in range(first - 1, last):
        _set_sheet(printer, *sizes[page])
        if not painter.isActive():
            if not painter.begin(printer):
                raise FileError("Máy in không trả lời. Kiểm tra máy in rồi bấm In lại.")
        elif not printer.newPage():
            painter.end()
            raise FileError(
                f"Máy in dừng sau tờ {page - first + 1}. Kiểm tra giấy rồi in tiếp từ tờ"
                f" {page - first + 2}."
            )
        sheet = printer.pageLayout().fullRectPixels(printer.resolution())
        picture = render(pdf, page, round(sizes[page][0] / 72 * _PRINT_DPI))
        painter.drawPixmap(sheet, picture)
    painter.end()


def _set_sheet(printer: QPrinter, width: float, height: float) -> None:
    """Paper of the page's own size and orientation, without margins."""
    wide = width > height
    short, long = sorted((width, height))
    fuzzy = QPageSize.SizeMatchPolicy.FuzzyMatch
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point, "", fuzzy)
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    printer.setPageLayout(QPageLayout(size, orientation, QMarginsF()))
