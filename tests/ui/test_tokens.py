"""The colours keep the contrast that UI.md §3.1 and §14 ask for."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from app import paths
from app.ui import theme


def luminance(token: str) -> float:
    colour = QColor(theme.tokens()[token])
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *[("text", ground) for ground in ("surface", "window", "header", "zebra", "sel", "sunken")],
    *[("text", ground) for ground in ("cell_bad", "done", "edit_t", "neutral_t")],
    *[
        ("text2", ground)
        for ground in ("surface", "window", "sel", "warn_t", "neutral_t", "sunken")
    ],
    *[("text3", ground) for ground in ("surface", "window", "sunken")],
    *[("primary", ground) for ground in ("surface", "window", "primary_t", "sel")],
    *[("primary_p", ground) for ground in ("surface", "primary_t")],
    *[("on_primary", ground) for ground in ("primary", "primary_h", "primary_p", "bad")],
    *[("ok", ground) for ground in ("surface", "ok_t", "window")],
    *[("warn", ground) for ground in ("surface", "warn_t", "window")],
    *[("bad", ground) for ground in ("surface", "bad_t", "cell_bad", "window")],
    ("brand", "surface"),
    ("surface", "toast"),
    ("toast_link", "toast"),
]


@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", ["surface", "window"])
@pytest.mark.parametrize("line", ["line_strong", "focus", "primary"])
def test_borders_of_inputs_and_focus_are_seen(line: str, ground: str) -> None:
    assert contrast(line, ground) >= 3


def test_focus_of_a_primary_button_is_seen() -> None:
    assert contrast("primary_l", "primary_h") >= 3


def test_the_sheet_is_filled_completely() -> None:
    sheet = theme.style_sheet()
    assert "$" not in sheet
    assert "@icons" not in sheet
    assert not re.search(r"\b(u|pt)\(", sheet)


def test_the_sheet_names_no_colour_of_its_own() -> None:
    template = (paths.resources() / "theme.qss").read_text(encoding="utf-8")
    assert not re.search(r":\s*[^;{}]*#[0-9A-Fa-f]{3,8}\b", template)


@pytest.mark.parametrize(
    ("name", "token"), [("check", "on_primary"), ("chevron-down", "text2"), ("chevron-up", "text2")]
)
def test_pictures_of_the_sheet_have_the_colour_of_their_token(name: str, token: str) -> None:
    svg = (paths.resources() / "icons" / "sheet" / f"{name}.svg").read_text(encoding="utf-8")
    assert f'stroke="{theme.tokens()[token]}"' in svg


def test_the_placeholder_colour_is_a_token(themed: QApplication) -> None:
    placeholder = themed.palette().color(QPalette.ColorRole.PlaceholderText)
    assert placeholder.name().upper() == theme.tokens()["text3"]


def test_noto_sans_is_the_font_and_holds_vietnamese_marks(themed: QApplication) -> None:
    from PySide6.QtGui import QFontInfo, QFontMetrics

    font = theme.font("body")
    assert QFontInfo(font).family() == "Noto Sans"
    letters = "ẪỄỔỮợệĐđƠơƯưĂăÂâÊêÔô"
    assert all(QFontMetrics(font).inFontUcs4(ord(letter)) for letter in letters)


def test_digits_of_the_font_have_one_width(themed: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.font("body"))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
