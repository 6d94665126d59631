"""How fast the closing report is drawn, against the plain platypus way with a Paragraph per cell.

    python -m bench.closing_report [rounds] [learners]

Both draw the same text and the same table of learners with the same fonts, in one process, one
after the other in every round. The ratio of the medians counts; the peer has no letterhead, no
signature and no page numbers, so it does less.
"""

import sys
import time
from collections.abc import Callable
from io import BytesIO
from statistics import median
from xml.sax.saxutils import escape

from app.printing import closing_report, fonts
from app.printing.closing_report import Annex, Body, ClosingReportSheet, DataTable, Heading, Item
from app.printing.document import A4, MM
from app.printing.letterhead import Letterhead, Signer
from app.terms import DocumentFamily

TEXT = (
    "Lớp học được tổ chức đúng kế hoạch, đúng đối tượng, bảo đảm nội dung, chương trình và thời "
    "gian theo quy định. Đội ngũ giảng viên chuẩn bị bài giảng chu đáo, gắn lý luận với thực tiễn."
)
HEADINGS = ("TT", "Họ và tên", "Nữ", "Ngày sinh", "Đơn vị", "Điểm", "Xếp loại")
WIDTHS = (10.0, 45.0, 10.0, 24.0, 40.0, 15.0, 20.0)
PARAGRAPHS = 12


def main() -> None:
    """Draw by turns and print the medians and their ratio."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    learners = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    rows = tuple(row(number) for number in range(1, learners + 1))
    ways: dict[str, Callable[[], bytes]] = {
        "ours": lambda: ours(rows),
        "platypus": lambda: platypus(rows),
    }
    spent: dict[str, list[float]] = {name: [] for name in ways}
    sizes: dict[str, int] = {}
    for _ in range(rounds + 1):
        for name, draw in ways.items():
            begun = time.perf_counter()
            sizes[name] = len(draw())
            spent[name].append((time.perf_counter() - begun) * 1000)
    for name, times in spent.items():
        warm = times[1:]  # the first round imports and fills the caches
        print(
            f"{name:9} {min(warm):8.1f} {median(warm):8.1f} {max(warm):8.1f} ms"
            f" {sizes[name] / 1024:7.0f} KB"
        )
    ratio = median(spent["ours"][1:]) / median(spent["platypus"][1:])
    print(f"ratio     {ratio:8.3f}   ({learners} learners, {rounds} rounds)")


def row(number: int) -> tuple[str, ...]:
    """One learner of the table."""
    born = f"{1 + number % 28:02d}/9/{1970 + number % 35}"
    unit = f"Chi bộ Thôn {number % 17}"
    name = f"Nguyễn Thị Thanh {chr(65 + number % 26)}"
    return (str(number), name, "x" if number % 2 else "", born, unit, "8,5", "Giỏi")


def ours(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The report as the program draws it."""
    head = Letterhead(
        DocumentFamily.PARTY,
        "ĐẢNG ỦY XÃ AN BÌNH",
        "TRUNG TÂM CHÍNH TRỊ",
        "Số 15-BC/TTCT",
        "An Bình, ngày 16 tháng 3 năm 2026",
    )
    table = DataTable("Danh sách học viên", HEADINGS, rows, WIDTHS)
    items: tuple[Item, ...] = (Heading("I- QUÁ TRÌNH"), *(Body(TEXT) for _ in range(PARAGRAPHS)))
    return closing_report.render(
        ClosingReportSheet(
            letterhead=head,
            title="BÁO CÁO",
            subject_lines=("tổng kết Lớp bồi dưỡng",),
            opening=TEXT,
            items=items,
            closing=TEXT,
            recipients=("- Lưu Trung tâm Chính trị.",),
            signer=Signer("GIÁM ĐỐC", "Hoàng Văn Tuấn"),
            annexes=(Annex(("PHỤ LỤC",), (table,)),),
        )
    )


def platypus(rows: tuple[tuple[str, ...], ...]) -> bytes:
    """The same text and table the usual way: everything is a Paragraph."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Table

    fonts.register()
    body = ParagraphStyle(
        "body",
        fontName=fonts.SERIF,
        fontSize=14,
        leading=19,
        firstLineIndent=10 * MM,
        spaceBefore=6,
        alignment=4,
    )
    cell = ParagraphStyle("cell", fontName=fonts.SERIF, fontSize=12.5, leading=15.5)
    bold = ParagraphStyle("bold", cell, fontName=fonts.SERIF_BOLD, alignment=1)
    story: list[Flowable] = [Paragraph(TEXT, body) for _ in range(PARAGRAPHS + 2)]
    cells = [[Paragraph(escape(text), bold) for text in HEADINGS]]
    cells += [[Paragraph(escape(text), cell) for text in line] for line in rows]
    table = Table(cells, colWidths=[width * MM for width in WIDTHS], repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    story.append(table)
    buffer = BytesIO()
    SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=30 * MM,
        rightMargin=15 * MM,
        topMargin=20 * MM,
        bottomMargin=20 * MM,
    ).build(story)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
