"""Layout files are data: what is wrong in one is said in Vietnamese."""

from pathlib import Path

import pytest

from app.printing.certificate import FIELDS, load_layout
from app.printing.layout import CertificateLayout, LayoutError, read_layout

HEAD = """
title = "Thử"
width = 297
height = 210
ornament = ""
[colours]
red = "#A8141B"
gold = "#B08A3C"
watermark = "#F5ECD8"
text = "#1A1A1A"
"""
BOX = """
[boxes.name]
text = "{full_name}"
x = 148.5
y = 93
size = 23
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "thu.toml"


def read(path: Path, text: str) -> CertificateLayout:
    path.write_text(text, encoding="utf-8")
    return read_layout(path, frozenset(FIELDS))


def test_a_small_layout_takes_its_defaults(path: Path) -> None:
    layout = read(path, HEAD + BOX)
    box = layout.boxes["name"]
    assert (layout.key, layout.width, box.field) == ("thu", 297.0, "full_name")
    assert (box.font, box.align, box.lines, box.stack) == ("regular", "center", 1, "")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("width = ", "không đúng dạng TOML"),
        (BOX, r"thiếu bảng \[colours\]"),
        (HEAD, r"thiếu bảng \[boxes\]"),
        (HEAD.replace("height = 210", "") + BOX, "thiếu “height” ở"),
        (HEAD + BOX.replace("y = 93", ""), r"thiếu “y” ở \[boxes.name\]"),
        (HEAD + BOX + "colr = 1", "mục lạ “colr”"),
        (HEAD + BOX + 'font = "arial"', "“font” ở .* phải là một trong “regular”"),
        (HEAD + BOX.replace("23", '"to"'), "“size” ở .* sai kiểu giá trị"),
        (HEAD + BOX + "upper = 1", "“upper” ở .* sai kiểu giá trị"),
        (HEAD.replace("#A8141B", "red") + BOX, "màu “red” phải có dạng"),
        (HEAD + BOX.replace("148.5", "300"), "nằm ngoài trang"),
        (HEAD + BOX.replace("23", "0"), "cỡ chữ không hợp lệ"),
        (HEAD + BOX + "lines = 2", "phải có “width”"),
        (HEAD + BOX + 'stack = "body"', "không có nhóm “body”"),
        (HEAD + BOX.replace("full_name", "ten"), "không có trường “ten”"),
        (HEAD + BOX.replace("{full_name}", "{full_name"), "dấu ngoặc"),
        (HEAD + BOX.replace("{full_name}", "{full_name!r:>9}"), "không có trường “full_name:>9”"),
        (HEAD + BOX + 'when = "sunday"', "không có trường “sunday”"),
    ],
    ids=lambda value: value[-12:].strip(),
)
def test_a_wrong_entry_is_named(path: Path, text: str, complaint: str) -> None:
    with pytest.raises(LayoutError, match=f"Mẫu in thu.toml.*{complaint}"):
        read(path, text)


def test_a_missing_file_is_refused_in_words() -> None:
    with pytest.raises(LayoutError, match=r"Không đọc được mẫu in a9\.toml"):
        load_layout("a9")


@pytest.mark.parametrize("name", ["../a4", "a4/../a4", "", "a4.toml"])
def test_a_name_never_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(LayoutError, match="Tên mẫu in không hợp lệ"):
        load_layout(name)


def test_every_delivered_layout_can_be_read() -> None:
    folder = Path(__file__).parents[2] / "resources" / "certificate_layouts"
    keys = [path.stem for path in sorted(folder.glob("*.toml"))]
    assert "a4" in keys
    assert all(load_layout(key).key == key for key in keys)
