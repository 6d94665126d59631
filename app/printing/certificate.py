"""Giấy chứng nhận: one page per person, the art behind them drawn once (FORMATS §2)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from app import paths
from app.errors import Cancelled, InputError
from app.printing import document
from app.printing.document import MM, rgb
from app.printing.fitting import Composer, DoesNotFit, Fitted, Placed, Run, is_shown
from app.printing.fonts import MissingGlyph
from app.printing.layout import FAMILIES, CertificateLayout, LayoutError, read_layout
from app.printing.ornament import draw_background
from app.text import clean

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

BACKGROUND = "background"
REPORT_EVERY = 25  # pages between two calls of progress


@dataclass(frozen=True)
class CertificateSheet:
    """Everything printed on one certificate, as final text; an empty optional text hides its line.

    `unit` and `classification` are the bare values: “Đơn vị:” and “Xếp loại:” belong to the layout.
    """

    parent_name: str
    centre_name: str
    family: str
    issuer: str
    salutation: str
    full_name: str
    born: str
    unit: str
    course_title: str
    period: str
    classification: str
    certificate_number: str
    decision: str
    register_number: str
    place_and_date: str
    authority: str
    signer_title: str
    signer_name: str

    def __post_init__(self) -> None:
        """Refuse a family without a heading: the paper would come out without one."""
        if self.family not in FAMILIES:
            raise ValueError(self.family)


FIELDS = tuple(field.name for field in fields(CertificateSheet))


@dataclass(frozen=True)
class Problem:
    """Why the sheet at `index` cannot be printed as it is; `field` is the box's heading."""

    index: int
    full_name: str
    field: str
    text: str


@cache
def load_layout(name: str = "a4") -> CertificateLayout:
    """The layout of resources/certificate_layouts/<name>.toml, checked."""
    if not name.replace("_", "").replace("-", "").isalnum():
        raise LayoutError(f"Tên mẫu in không hợp lệ: “{name}”.")
    path = paths.resources() / "certificate_layouts" / f"{name}.toml"
    return read_layout(path, frozenset(FIELDS))


def render(
    sheets: Sequence[CertificateSheet],
    layout: CertificateLayout,
    progress: Callable[[int, int], bool] | None = None,
) -> bytes:
    """All certificates as one PDF; `progress(done, total)` returning False raises Cancelled.

    A sheet that cannot be printed whole raises AppError naming the person: see `preflight`.
    """
    if not sheets:
        raise InputError("Chưa chọn giấy chứng nhận nào để in.")
    buffer = BytesIO()
    first = sheets[0]
    subject = first.course_title if len({sheet.course_title for sheet in sheets}) == 1 else ""
    title = f"Giấy chứng nhận – {first.full_name}" if len(sheets) == 1 else "Giấy chứng nhận"
    size = (layout.width * MM, layout.height * MM)
    canvas = document.new_canvas(buffer, size, title, first.centre_name, subject)
    press = _Press(canvas, layout)
    for done, sheet in enumerate(sheets, start=1):
        press.print(sheet)
        due = done % REPORT_EVERY == 0 or done == len(sheets)
        if progress and due and progress(done, len(sheets)) is False:
            raise Cancelled("Đã dừng in theo yêu cầu.")
    canvas.save()
    return buffer.getvalue()


def preflight(sheets: Sequence[CertificateSheet], layout: CertificateLayout) -> tuple[Problem, ...]:
    """What would keep sheets from being printed: empty, too long or undrawable texts, by person."""
    composer = Composer(layout)
    return tuple(
        Problem(index, clean(sheet.full_name), heading, text)
        for index, sheet in enumerate(sheets)
        for heading, text in _problems(composer, layout, _values(sheet))
    )


def _problems(
    composer: Composer, layout: CertificateLayout, values: dict[str, str]
) -> Iterator[tuple[str, str]]:
    yield from _empty(layout, values)
    yield from composer.problems(values)


def _empty(layout: CertificateLayout, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    for box in layout.boxes.values():
        if box.required and not values[box.field] and is_shown(box, {**values, box.field: "?"}):
            yield box.heading, f"Còn thiếu {box.heading[0].lower()}{box.heading[1:]}."


def _values(sheet: CertificateSheet) -> dict[str, str]:
    """The cleaned texts by field, and under "party" or "state" whether it is that family."""
    values = {name: clean(getattr(sheet, name)) for name in FIELDS}
    families = {family: family if family == sheet.family else "" for family in FAMILIES}
    return {**values, **families}


class _Press:
    """Prints pages on one canvas; what repeats from page to page is made only once."""

    def __init__(self, canvas: "Canvas", layout: CertificateLayout) -> None:
        self._canvas = canvas
        self._layout = layout
        self._composer = Composer(layout)
        self._code: dict[tuple[str, float, Fitted], str] = {}
        if layout.ornament:
            canvas.beginForm(BACKGROUND)
            draw_background(canvas, layout.width, layout.height, layout.colours)
            canvas.endForm()

    def print(self, sheet: CertificateSheet) -> None:
        """Print one certificate on its own page."""
        try:
            placed = self._composer.compose(_values(sheet))
        except (DoesNotFit, MissingGlyph) as error:
            error.args = (f"Giấy chứng nhận của {clean(sheet.full_name)}: {error}",)
            raise
        if self._layout.ornament:
            self._canvas.doForm(BACKGROUND)
        for box in placed:
            key = (box.name, box.y, box.fitted)
            if key not in self._code:
                self._code[key] = self._drawn(box)
            self._canvas.addLiteral(self._code[key])
        self._canvas.showPage()

    def _drawn(self, placed: Placed) -> str:
        """The page operators of one box."""
        box = placed.box
        words = self._canvas.beginText()
        words.setFillColor(rgb(self._layout.colours.of(box.colour)))
        for number, line in enumerate(placed.fitted.lines):
            y = placed.y + number * placed.fitted.leading
            x = box.x * MM - _ALIGNED[box.align] * sum(run.width for run in line)
            words.setTextOrigin(x, (self._layout.height - y) * MM)
            _write(words, line, box.tracking)
        return words.getCode() + self._rule(placed)

    def _rule(self, placed: Placed) -> str:
        """The rule below the last line of a box, if it has one."""
        box, fitted = placed.box, placed.fitted
        if not box.rule:
            return ""
        length = box.rule * sum(run.width for run in fitted.lines[-1])
        x = box.x * MM - _ALIGNED[box.align] * length
        y = (self._layout.height - placed.y - fitted.extra - box.rule_drop) * MM
        red, green, blue = rgb(self._layout.colours.of(box.colour))
        return (
            f"\n{red:.4f} {green:.4f} {blue:.4f} RG {box.rule_points:g} w "
            f"{x:.3f} {y:.3f} m {x + length:.3f} {y:.3f} l S"
        )


_ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}  # share of the width before x


def _write(words: "PDFTextObject", line: tuple[Run, ...], tracking: float) -> None:
    if tracking:
        words.setCharSpace(tracking)
    for run in line:
        words.setFont(run.font, run.size)
        words.textOut(run.text)
    if tracking:
        words.setCharSpace(0)
