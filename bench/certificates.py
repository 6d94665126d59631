"""How fast certificates are printed, against the plain ways of using the same library.

    python -m bench.certificates [pages] [rounds]

All ways draw the same background and the same words at the same places, in one process, by turns.
"form only" keeps the background as one form but measures and draws every text anew; "naive"
also draws the background again on every page. The slow ways print a tenth of the pages; times are
per 1,000 pages, and the ratio of the medians counts.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from statistics import median

from reportlab.pdfgen.canvas import Canvas

from app.printing import document
from app.printing.certificate import CertificateSheet, load_layout, render
from app.printing.document import MM
from app.printing.fitting import Composer, Placed
from app.printing.ornament import draw_background

ROOT = Path(__file__).resolve().parent.parent
A4 = load_layout("a4")
SHEET = CertificateSheet(
    **json.loads((ROOT / "tests" / "data" / "certificate_sheet.json").read_text("utf-8"))
)


def main() -> None:
    """Print by turns and show the medians and their ratios."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    few = max(pages // 10, 1)
    ways: dict[str, tuple[Callable[[list[CertificateSheet]], bytes], int]] = {
        "ours": (lambda sheets: render(sheets, A4), pages),
        "form only": (lambda sheets: plain(sheets, form=True), few),
        "naive": (lambda sheets: plain(sheets, form=False), few),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    sizes: dict[str, float] = {}
    for _ in range(rounds + 1):
        for name, (draw, count) in ways.items():
            sheets = people(count)
            begun = time.perf_counter()
            sizes[name] = len(draw(sheets)) / count
            spent[name].append((time.perf_counter() - begun) * 1000 / count)
    best = median(spent["ours"][1:])
    print(f"{'':10}{'min':>9}{'median':>9}{'max':>9}  s/1,000 pages   bytes/page   times ours")
    for name, times in spent.items():
        warm = times[1:]  # the first round loads the fonts
        print(
            f"{name:10}{min(warm):9.3f}{median(warm):9.3f}{max(warm):9.3f}{'':17}"
            f"{sizes[name]:9.0f}{median(warm) / best:13.1f}"
        )


def people(count: int) -> list[CertificateSheet]:
    """Learners who differ in what differs in a real class."""
    return [
        replace(
            SHEET,
            full_name=f"Nguyễn Thị Ánh Tuyết {number}",
            born=f"Sinh ngày {1 + number % 28:02} tháng 9 năm {1960 + number % 40}",
            unit=f"Chi bộ thôn {number % 30}, Đảng bộ xã An Bình",
            certificate_number=f"Số {number:03}-GCN/TTCT",
            register_number=f"Số vào sổ: {number:03}/2026",
        )
        for number in range(count)
    ]


def plain(sheets: list[CertificateSheet], form: bool) -> bytes:
    """The same pages by drawing every text separately; without a form, the background too."""
    buffer = BytesIO()
    canvas = document.new_canvas(buffer, document.A4_LANDSCAPE, "Giấy chứng nhận")
    if form:
        canvas.beginForm("background")
        draw_background(canvas, A4.width, A4.height, A4.colours)
        canvas.endForm()
    for sheet in sheets:
        if form:
            canvas.doForm("background")
        else:
            draw_background(canvas, A4.width, A4.height, A4.colours)
        values = {**vars(sheet), "party": "party", "state": ""}
        for placed in Composer(A4).compose(values):
            draw(canvas, placed)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def draw(canvas: Canvas, placed: Placed) -> None:
    """Draw the lines of one box with the library's own calls."""
    box = placed.box
    for number, line in enumerate(placed.fitted.lines):
        shift = sum(run.width for run in line) / 2 if box.align == "center" else 0
        x, y = box.x * MM - shift, placed.y + number * placed.fitted.leading
        for run in line:
            canvas.setFont(run.font, run.size)
            canvas.setFillColor(document.rgb(A4.colours.of(box.colour)))
            canvas.drawString(x, (A4.height - y) * MM, run.text, charSpace=box.tracking)
            x += run.width


if __name__ == "__main__":
    main()
