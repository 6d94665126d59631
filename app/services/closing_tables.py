"""The tables of the closing report; partitions add up to 100,0 (FORMATS §3.3, §8.3)."""

from app import dates, numbers
from app.printing.closing_report import Annex, DataTable
from app.rules.profile import UNKNOWN
from app.services.closing_figures import ClosingFigures

WIDTHS = (12.0, 88.0, 30.0, 30.0)

Row = tuple[str, int, str]


def composition(figures: ClosingFigures) -> DataTable:
    """Bảng 1: single shares of all learners, and partitions that add up to a hundred."""
    whole = figures.learners
    single = (
        *_known("Học viên nữ", figures.women, "giới tính", figures.sexes_unknown, whole),
        *_known(
            "Học viên là người dân tộc thiểu số",
            figures.minorities,
            "dân tộc",
            figures.groups_unknown,
            whole,
        ),
    )
    rows = [(name, count, numbers.percent(count, whole)) for name, count in single]
    for title, partition in (
        ("Độ tuổi", figures.ages),
        ("Đảng viên", figures.parties),
        ("Trình độ chuyên môn", figures.educations),
    ):
        rows += _partition(title, partition)
    numbered = [
        (str(number), name, str(count), share)
        for number, (name, count, share) in enumerate(rows, 1)
    ]
    total = ("", "Tổng số học viên tham gia", str(whole), "100,0" if whole else "–")
    return DataTable(
        caption="Bảng 1. Cơ cấu học viên tham gia lớp học",
        headings=("TT", "Nội dung", "Số lượng", "Tỷ lệ (%)"),
        rows=(total, *numbered),
        widths_mm=WIDTHS,
        bold_rows=(0,),
    )


def classification(figures: ClosingFigures) -> DataTable:
    """Bảng 2: every learner is in one line, and the column adds up."""
    counts = [count for _, count in figures.outcomes]
    shares = numbers.shares(counts)
    rows = [
        (str(number), name, str(count), share)
        for number, ((name, count), share) in enumerate(
            zip(figures.outcomes, shares, strict=True), 1
        )
    ]
    whole = figures.learners
    total = ("", "Cộng", str(whole), "100,0" if whole else "–")
    return DataTable(
        caption="Bảng 2. Kết quả xếp loại",
        headings=("TT", "Xếp loại", "Số lượng", "Tỷ lệ (%)"),
        rows=(*rows, total),
        widths_mm=WIDTHS,
        bold_rows=(len(rows),),
    )


def annexes(figures: ClosingFigures) -> tuple[Annex, ...]:
    """Results by sending unit, and what was taught by whom."""
    tables = []
    if len(figures.units) > 1:
        tables.append(_by_unit(figures))
    if figures.sessions:
        tables.append(_taught(figures, number=3 + len(tables)))
    return (Annex(("PHỤ LỤC", "kèm theo báo cáo"), tuple(tables)),) if tables else ()


def _known(
    name: str, count: int, what: str, unknown: int, whole: int
) -> tuple[tuple[str, int], ...]:
    """A count beside how many are unknown; none where nothing is known of anybody."""
    if whole and unknown == whole:
        return ()
    counted = (name, count)
    return (counted, (f"Học viên chưa rõ {what}", unknown)) if unknown else (counted,)


def _partition(title: str, partition: list[tuple[str, int]]) -> list[Row]:
    """Give the rows of a partition, or none where nothing is known of anybody."""
    if all(name == UNKNOWN or not count for name, count in partition):
        return []
    shares = numbers.shares([count for _, count in partition])
    return [
        (f"{title}: {name[0].lower()}{name[1:]}", count, share)
        for (name, count), share in zip(partition, shares, strict=True)
    ]


def _by_unit(figures: ClosingFigures) -> DataTable:
    names = [name for name, _ in figures.outcomes]
    rows = [
        (
            str(number),
            unit.unit,
            str(unit.learners),
            *(str(unit.outcomes.get(name, 0)) for name in names),
        )
        for number, unit in enumerate(figures.units, 1)
    ]
    total = ("", "Cộng", str(figures.learners), *(str(count) for _, count in figures.outcomes))
    rest = 165.0 - 12 - 62 - 17
    return DataTable(
        caption="Bảng 3. Kết quả theo đơn vị cử học viên",
        headings=("TT", "Đơn vị", "Tham gia", *names),
        rows=(*rows, total),
        widths_mm=(12.0, 62.0, 17.0, *([rest / len(names)] * len(names))),
        bold_rows=(len(rows),),
    )


def _taught(figures: ClosingFigures, number: int) -> DataTable:
    rows = [
        (
            str(line),
            session.title,
            session.lecturers,
            f"{session.half_day} {dates.short(session.held_on)}",
            str(session.periods),
            f"{session.present}/{session.learners}",
        )
        for line, session in enumerate(figures.sessions, 1)
    ]
    return DataTable(
        caption=f"Bảng {number}. Nội dung, giảng viên",
        headings=("TT", "Chuyên đề", "Giảng viên", "Buổi, ngày", "Số tiết", "Có mặt"),
        rows=tuple(rows),
        widths_mm=(11.0, 66.0, 36.0, 25.0, 13.0, 18.0),
        align=("center", "left", "left", "center", "center", "center"),
    )
