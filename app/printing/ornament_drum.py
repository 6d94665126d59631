"""The bronze drum of Đông Sơn as a pale watermark: star, rings of motifs, flying Lạc birds."""

from math import acos, cos, pi, sin
from typing import TYPE_CHECKING

from app.printing.document import rgb

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

RAYS = 14
BIRDS = 16
TIP, VALLEY = 0.95, 0.34  # of the star, in shares of its ring
Point = tuple[float, float]

# A Lạc bird flying to the right, about 1.2 units from tail to beak; a pair is a straight edge,
# six numbers are a Bézier curve.
BIRD: tuple[tuple[float, ...], ...] = (
    (0.62, 0.03),  # beak, forehead, crest, nape
    (0.52, 0.055, 0.44, 0.06, 0.40, 0.085),
    (0.385, 0.115, 0.35, 0.12, 0.32, 0.115),
    (0.25, 0.13, 0.15, 0.18, 0.08, 0.255),
    (0.12, 0.15, 0.18, 0.09, 0.27, 0.06),
    (0.20, 0.045, 0.14, 0.05, 0.08, 0.065),
    (0.05, 0.20, -0.05, 0.34, -0.21, 0.42),  # upper wing and its feathers
    (-0.25, 0.36),
    (-0.215, 0.325),
    (-0.275, 0.265),
    (-0.235, 0.23),
    (-0.285, 0.17),
    (-0.20, 0.075),
    (-0.30, 0.05),
    (-0.40, 0.08, -0.50, 0.12, -0.60, 0.175),  # tail
    (-0.565, 0.085),
    (-0.63, 0.06),
    (-0.58, 0.0),
    (-0.62, -0.05),
    (-0.54, -0.07),
    (-0.45, -0.03, -0.38, -0.02, -0.30, -0.025),
    (-0.21, -0.045),
    (-0.275, -0.125),  # lower wing
    (-0.235, -0.16),
    (-0.285, -0.225),
    (-0.24, -0.30),
    (-0.12, -0.25, -0.02, -0.15, 0.04, -0.05),
    (0.14, -0.05, 0.26, 0.0, 0.35, 0.025),
    (0.44, 0.03, 0.54, 0.03, 0.62, 0.03),
)
EYE = (0.345, 0.075, 0.017)


def draw_drum(canvas: "Canvas", centre: Point, radius: float, colour: str) -> None:
    """Draw the drum face as lines and fills of one colour, in the units of the canvas."""
    canvas.saveState()
    scale = radius / 60
    canvas.transform(scale, 0, 0, scale, *centre)
    canvas.setFillColor(rgb(colour))
    canvas.setStrokeColor(rgb(colour))
    canvas.setLineWidth(0.22)
    for ring in (60, 58.9, 55.6, 50.4, 47.4, 46.6, 34.6, 33.8, 31.0, 26.2, 23.4, 22.6):
        canvas.circle(0, 0, ring)
    _teeth(canvas, 55.6, 58.9, 168)
    _linked_circles(canvas, 53.0, 72)
    _teeth(canvas, 47.4, 50.4, 144)
    _birds(canvas, 40.5)
    _teeth(canvas, 31.0, 33.8, 96)
    _linked_circles(canvas, 28.6, 40)
    _sawteeth(canvas, 23.4, 26.2, 56)
    _star(canvas, 21.6)
    canvas.restoreState()


def _polar(radius: float, angle: float) -> Point:
    return radius * cos(angle), radius * sin(angle)


def _teeth(canvas: "Canvas", inner: float, outer: float, count: int) -> None:
    path = canvas.beginPath()
    for index in range(count):
        angle = 2 * pi * index / count
        path.moveTo(*_polar(inner, angle))
        path.lineTo(*_polar(outer, angle))
    canvas.drawPath(path)


def _linked_circles(canvas: "Canvas", radius: float, count: int) -> None:
    """Dotted circles, each joined to the next by the tangent that crosses between them."""
    distance = 2 * radius * sin(pi / count)
    size = 0.33 * distance
    lean = acos(2 * size / distance)
    rings, dots = canvas.beginPath(), canvas.beginPath()
    for index in range(count):
        angle = 2 * pi * index / count
        x, y = _polar(radius, angle)
        rings.circle(x, y, size)
        dots.circle(x, y, size * 0.36)
        next_x, next_y = _polar(radius, angle + 2 * pi / count)
        out_x, out_y = _polar(size, angle + pi / 2 + pi / count + lean)
        rings.moveTo(x + out_x, y + out_y)
        rings.lineTo(next_x - out_x, next_y - out_y)
    canvas.drawPath(rings)
    canvas.drawPath(dots, stroke=0, fill=1)


def _sawteeth(canvas: "Canvas", inner: float, outer: float, count: int) -> None:
    half = pi / count
    path = canvas.beginPath()
    for index in range(count):
        angle = 2 * half * index
        path.moveTo(*_polar(inner, angle - half))
        path.lineTo(*_polar(outer, angle))
        path.lineTo(*_polar(inner, angle + half))
        path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _birds(canvas: "Canvas", radius: float) -> None:
    """Birds flying anticlockwise, as on the drums, each with an open eye."""
    for index in range(BIRDS):
        canvas.saveState()
        canvas.rotate(360 * index / BIRDS)
        canvas.translate(0, -radius)
        canvas.scale(-12.6, -12.6)
        path = canvas.beginPath()
        path.moveTo(*BIRD[0])
        for step in BIRD[1:]:
            (path.lineTo if len(step) == 2 else path.curveTo)(*step)
        path.close()
        path.circle(*EYE)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.restoreState()


def _star(canvas: "Canvas", reach: float) -> None:
    """A sun of pointed rays with nested feather chevrons between them."""
    step = pi / RAYS
    path = canvas.beginPath()
    path.moveTo(*_polar(reach * TIP, -pi / 2))
    for index in range(1, 2 * RAYS):
        share = VALLEY if index % 2 else TIP
        path.lineTo(*_polar(reach * share, step * index - pi / 2))
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.circle(0, 0, reach)
    chevrons = canvas.beginPath()
    for index in range(RAYS):
        _chevrons(chevrons, reach, step * (2 * index + 1) - pi / 2, step)
    canvas.drawPath(chevrons)


def _chevrons(path: "PDFPathObject", reach: float, middle: float, step: float) -> None:
    """Three nested angles in the gap between two rays, parallel to their sides."""
    for depth in (0.50, 0.62, 0.74):
        spread = step * (TIP - depth) / (TIP - VALLEY)
        path.moveTo(*_polar(reach * 0.95, middle - spread))
        path.lineTo(*_polar(reach * depth, middle))
        path.lineTo(*_polar(reach * 0.95, middle + spread))
