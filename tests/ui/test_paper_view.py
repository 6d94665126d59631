"""The preview shows the PDF itself; printing needs a printer."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSize, Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from app.ui import dialogs, files, paper_view
from app.ui.paper_view import PaperView
from app.ui.print_preview import PagerBar, PrintPreview, paint_pages

A4 = (595.2756, 841.8898)
COLOURS = ("#ff0000", "#00ff00", "#0000ff", "#ffff00")


@pytest.fixture(scope="module")
def pdf() -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    for colour in COLOURS:
        canvas.setFillColor(colour)
        canvas.rect(0, 0, *A4, fill=1, stroke=0)
        canvas.showPage()
    canvas.setPageSize((A4[1], A4[0]))
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def view(qtbot: QtBot, pdf: bytes) -> PaperView:
    made = PaperView()
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    made.set_pdf(pdf)
    return made


def middle(view: PaperView) -> str:
    picture = view.grab().toImage()
    return picture.pixelColor(picture.width() // 2, picture.height() // 2).name()


def test_the_pages_of_the_pdf_are_painted(view: PaperView) -> None:
    assert view.pages() == 5
    for page, colour in enumerate(COLOURS):
        view.go_to(page)
        assert middle(view) == colour


def test_only_visible_pages_are_drawn(
    view: PaperView, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    real = paper_view.render

    def watched(data: bytes, page: int, width: int, ratio: float = 1.0) -> object:
        drawn.append(page)
        return real(data, page, width, ratio)

    monkeypatch.setattr(paper_view, "render", watched)
    view.set_pdf(pdf)
    view.grab()
    assert set(drawn) <= {0, 1}
    drawn.clear()
    view.grab()
    assert drawn == []


def test_page_keys_turn_pages_and_say_where(view: PaperView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.page_changed) as told:
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert told.args == [1, 5]
    assert view.accessibleName() == "Xem trước bản in, trang 2/5"
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.page() == 0


def test_zooming_keeps_the_page(view: PaperView) -> None:
    view.go_to(2)
    for act in (view.zoom_in, view.zoom_in, view.zoom_out):
        act()
    assert view.page() == 2
    view.set_fit("page")
    assert view.page() == 2
    assert view.horizontalScrollBar().maximum() == 0


def test_the_last_page_can_be_reached(view: PaperView) -> None:
    view.go_to(4)
    assert view.page() == 4
    assert PagerBar(view).findChild(QPushButton) is None


def test_an_empty_view_paints_nothing(qtbot: QtBot) -> None:
    made = PaperView()
    qtbot.addWidget(made)
    made.set_pdf(b"")
    made.resize(QSize(200, 200))
    made.grab()
    assert made.pages() == 0


@pytest.fixture
def preview(qtbot: QtBot, pdf: bytes) -> PrintPreview:
    made = PrintPreview(None, "Danh sách lớp", pdf, "danh-sach.pdf")
    qtbot.addWidget(made)
    made.open()
    return made


def test_the_pdf_is_saved_byte_by_byte(
    preview: PrintPreview, pdf: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "danh-sach.pdf"
    monkeypatch.setattr(files, "save_file", lambda *_args: target)
    save = preview.findChild(QPushButton, "save_pdf")
    assert isinstance(save, QPushButton)
    save.click()
    assert target.read_bytes() == pdf


def test_without_a_printer_a_sentence_says_so(
    preview: PrintPreview, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, error: said.append(str(error)))
    preview.print()
    assert said[0].startswith("Máy tính chưa có máy in nào.")


def test_printed_sheets_keep_size_and_orientation(pdf: bytes, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    printer.setResolution(300)
    printer.setFullPage(True)
    paint_pages(printer, pdf)
    QApplication.processEvents()
    sizes = [
        (round(float(page.mediabox.width)), round(float(page.mediabox.height)))
        for page in PdfReader(tmp_path / "out.pdf").pages
    ]
    assert sizes == [(595, 842)] * 4 + [(842, 595)]
