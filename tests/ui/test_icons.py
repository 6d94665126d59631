"""Icons are of one set, recoloured, licensed."""

import re
from pathlib import Path

from app import paths
from app.ui import icons, theme


def test_an_icon_takes_the_colour_of_its_token() -> None:
    image = icons.pixmap("circle", "bad", 28).toImage()
    colours = {
        image.pixelColor(x, y).name().upper()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {theme.tokens()["bad"]}


def test_an_icon_is_made_once() -> None:
    assert icons.icon("printer") is icons.icon("printer")


def test_the_licence_of_the_icons_is_there() -> None:
    text = (paths.resources() / "icons" / "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in text
    assert "Lucide" in text


def test_every_icon_named_in_the_program_exists() -> None:
    known = {file.stem for file in (paths.resources() / "icons").glob("*.svg")}
    source = "\n".join(file.read_text(encoding="utf-8") for file in Path("app/ui").rglob("*.py"))
    named = set(
        re.findall(r'(?:icon|pixmap|icon_label|icon_button|EmptyState)\(\s*"([a-z0-9-]+)"', source)
    )
    assert named <= known
