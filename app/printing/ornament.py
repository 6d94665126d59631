"""The certificate's own background, in mm from the top left: frame, meander, lotus corners."""

from collections.abc import Iterable, Sequence
from math import cos, radians, sin
from typing import TYPE_CHECKING

from app.printing.document import MM, rgb
from app.printing.layout import Colours
from app.printing.ornament_drum import draw_drum

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

POINT = 1 / MM
CORNER = 10.6
BAND_TOP, BAND_BOTTOM = 10.7, 15.7
KEY = ((0, 0), (0, 4), (4, 4), (4, 1), (2, 1), (2, 2), (3, 2), (3, 3), (1, 3), (1, 0))
KEY_PITCH = 5
PETALS = ((78, 0.74, 0.115), (52, 0.88, 0.14), (26, 0.98, 0.165), (0, 1.04, 0.19))

Point = tuple[float, float]


def draw_background(canvas: "Canvas", width: float, height: float, colours: Colours) -> None:
    """Draw all that is the same on every certificate of a page of width x height mm.

    Designed for A4 (297 mm wide); other widths are drawn to the same scale.
    """
    scale = width / 297
    canvas.saveState()
    canvas.transform(MM * scale, 0, 0, -MM * scale, 0, height * MM)
    canvas.setMiterLimit(4)
    draw_drum(canvas, (148.5, 108), 60, colours.watermark)
    _frame(canvas, 297, height / scale, colours)
    canvas.restoreState()


def _frame(canvas: "Canvas", width: float, height: float, colours: Colours) -> None:
    _pen(canvas, colours.red, 1.7)
    _rectangle(canvas, 8.0, 8.0, width - 8.0, height - 8.0)
    _pen(canvas, colours.gold, 0.5)
    _rectangle(canvas, 9.5, 9.5, width - 9.5, height - 9.5)
    _notched(canvas, 16.8, 9.5 + CORNER, width, height)
    _pen(canvas, colours.red, 0.9)
    _notched(canvas, 17.8, 10.5 + CORNER, width, height)
    _meanders(canvas, width, height, colours.gold)
    for right in (False, True):
        for bottom in (False, True):
            _corner(canvas, (width, height), (right, bottom), colours)


def _notched(canvas: "Canvas", inset: float, notch: float, width: float, height: float) -> None:
    """Outline a rectangle whose corners step back around the lotus squares."""
    points: list[Point] = []
    for x_edge, y_edge in ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height)):
        x_sign, y_sign = (1 if x_edge == 0 else -1), (1 if y_edge == 0 else -1)
        step = [
            (x_edge + x_sign * inset, y_edge + y_sign * notch),
            (x_edge + x_sign * notch, y_edge + y_sign * notch),
            (x_edge + x_sign * notch, y_edge + y_sign * inset),
        ]
        points += step if x_sign == y_sign else reversed(step)
    _outline(canvas, points, closed=True)


def _meanders(canvas: "Canvas", width: float, height: float, gold: str) -> None:
    """The key pattern on the four sides, each mirrored about its middle so that corners match."""
    first = 9.5 + CORNER + 1.35
    _pen(canvas, gold, 1.2)
    canvas.setLineJoin(0)
    canvas.setLineCap(2)
    for across, down in ((width, height), (height, width)):
        near = list(_key_points(first, across - first))
        far = [(along, down - depth) for along, depth in near]
        for side in (near, far):
            _outline(canvas, side if across == width else [(y, x) for x, y in side])
    canvas.setLineCap(0)


def _key_points(start: float, end: float) -> Iterable[Point]:
    """Points (along, depth) of one side's continuous key line; its back runs along the outside."""
    half = round((end - start) / (2 * KEY_PITCH * 1.13) + 0.05)
    step = (end - start) / (2 * KEY_PITCH * half - 1)
    rise = (BAND_BOTTOM - BAND_TOP) / 4
    left = [
        (start + (unit * KEY_PITCH + x) * step, BAND_TOP + y * rise)
        for unit in range(half)
        for x, y in KEY
    ]
    right = [(start + end - x, y) for x, y in reversed(left)]
    return [*left, *right]


def _corner(canvas: "Canvas", page: Point, side: tuple[bool, bool], colours: Colours) -> None:
    """A square with a lotus that opens towards the middle of the page."""
    canvas.saveState()
    canvas.transform(
        -1 if side[0] else 1, 0, 0, -1 if side[1] else 1, page[0] * side[0], page[1] * side[1]
    )
    _pen(canvas, colours.gold, 0.5)
    _rectangle(canvas, 9.5, 9.5, 9.5 + CORNER, 9.5 + CORNER)
    _pen(canvas, colours.red, 0.9)
    _rectangle(canvas, 10.4, 10.4, 8.6 + CORNER, 8.6 + CORNER)
    _lotus(canvas, 13.2, 13.2, 5.9, colours.red)
    canvas.restoreState()


def _lotus(canvas: "Canvas", x: float, y: float, length: float, colour: str) -> None:
    """A flower of seven petals from its base at (x, y), pointing down and right."""
    canvas.saveState()
    canvas.transform(length * 0.7071, length * 0.7071, -length * 0.7071, length * 0.7071, x, y)
    canvas.setFillColor(rgb(colour))
    canvas.setStrokeColor(rgb("#FFFFFF"))
    canvas.setLineWidth(0.045)
    for angle, reach, breadth in PETALS:
        for sign in (1, -1) if angle else (1,):
            _petal(canvas, sign * angle, reach, breadth)
    canvas.circle(0, 0, 0.08, stroke=1, fill=1)
    canvas.restoreState()


def _petal(canvas: "Canvas", angle: float, reach: float, breadth: float) -> None:
    turn = radians(angle)

    def at(along: float, aside: float) -> Point:
        return (along * cos(turn) - aside * sin(turn), along * sin(turn) + aside * cos(turn))

    path = canvas.beginPath()
    path.moveTo(*at(0, 0))
    path.curveTo(*at(0.2 * reach, breadth * 0.9), *at(0.7 * reach, breadth * 1.9), *at(reach, 0))
    path.curveTo(*at(0.7 * reach, -breadth * 1.9), *at(0.2 * reach, -breadth * 0.9), *at(0, 0))
    path.close()
    canvas.drawPath(path, stroke=1, fill=1)


def _pen(canvas: "Canvas", colour: str, points: float) -> None:
    canvas.setStrokeColor(rgb(colour))
    canvas.setLineWidth(points * POINT)


def _rectangle(canvas: "Canvas", left: float, top: float, right: float, bottom: float) -> None:
    canvas.rect(left, top, right - left, bottom - top)


def _outline(canvas: "Canvas", points: Sequence[Point], closed: bool = False) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    canvas.drawPath(path)
