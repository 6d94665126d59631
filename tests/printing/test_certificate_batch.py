"""Many certificates in one file: one page each, one background, small and repeatable."""

import json
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from app.printing.certificate import CertificateSheet, load_layout, render

DATA = Path(__file__).parents[1] / "data"
SHEET = CertificateSheet(**json.loads((DATA / "certificate_sheet.json").read_text("utf-8")))
A4 = load_layout("a4")


def sheets(count: int) -> list[CertificateSheet]:
    """People who differ in everything that differs in a real class."""
    return [
        replace(
            SHEET,
            full_name=f"Nguyễn Thị Ánh {chr(65 + number % 26)} {number}",
            born=f"Sinh ngày {number % 28 + 1:02} tháng 9 năm {1960 + number % 40}",
            unit=f"Chi bộ thôn {number % 30}, Đảng bộ xã An Bình",
            certificate_number=f"Số {number:03}-GCN/TTCT",
            register_number=f"Số vào sổ: {number:03}/2026",
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def batch() -> bytes:
    return render(sheets(200), A4)


@pytest.fixture(scope="module")
def reader(batch: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(batch))


def resources(page: pypdf.PageObject, kind: str) -> Iterator[tuple[str, DictionaryObject]]:
    """Name and object of each font or form that a page uses."""
    entry = page["/Resources"]
    assert isinstance(entry, DictionaryObject)
    table = entry[kind].get_object()
    assert isinstance(table, DictionaryObject)
    for name, item in table.items():
        found = item.get_object()
        assert isinstance(found, DictionaryObject)
        yield name, found


def test_each_person_has_one_page_in_the_order_given(reader: pypdf.PdfReader) -> None:
    assert len(reader.pages) == 200
    for number in (0, 57, 199):
        text = reader.pages[number].extract_text()
        assert f"Số {number:03}-GCN/TTCT" in text
        assert text.count("GIẤY CHỨNG NHẬN") == 1


def test_pages_are_exactly_a4_landscape(reader: pypdf.PdfReader) -> None:
    boxes = {(float(page.mediabox.width), float(page.mediabox.height)) for page in reader.pages}
    ((width, height),) = boxes
    assert (width, height) == pytest.approx((841.89, 595.276), abs=0.01)


def test_one_background_is_shared_by_all_pages(reader: pypdf.PdfReader) -> None:
    forms = [list(resources(page, "/XObject")) for page in reader.pages]
    assert {len(found) for found in forms} == {1}
    assert len({id(form) for ((_, form),) in forms}) == 1
    assert str(forms[0][0][1]["/Subtype"]) == "/Form"


def test_fonts_are_embedded_subsets_and_only_ours(batch: bytes, reader: pypdf.PdfReader) -> None:
    fonts = dict(resources(reader.pages[0], "/Font"))
    names = set()
    for font in fonts.values():
        subset, _, name = str(font["/BaseFont"]).removeprefix("/").partition("+")
        descriptor = font["/FontDescriptor"].get_object()
        assert isinstance(descriptor, DictionaryObject)
        assert len(subset) == 6
        assert "/FontFile2" in descriptor
        assert "/ToUnicode" in font
        names.add(name)
    assert names <= {
        "LiberationSerif",
        "LiberationSerif-Bold",
        "LiberationSerif-Italic",
        "PlayfairDisplay-Bold",
    }
    assert b"Helvetica" not in batch


def test_a_page_costs_less_than_two_and_a_half_kilobytes(batch: bytes) -> None:
    first = render(sheets(1), A4)
    assert (len(batch) - len(first)) / 199 < 2500
    assert len(first) < 150_000


def test_a_page_repeats_nothing_of_the_background(reader: pypdf.PdfReader) -> None:
    contents = reader.pages[150].get_contents()
    assert contents is not None
    operators = [operator for _, operator in contents.operations]
    assert operators.count(b"Do") == 1
    assert b"c" not in operators
    assert len(operators) < 250


def test_the_same_sheets_give_the_same_bytes(batch: bytes) -> None:
    assert render(sheets(200), A4) == batch


def test_the_title_names_the_person_only_when_there_is_one(reader: pypdf.PdfReader) -> None:
    single = pypdf.PdfReader(BytesIO(render([SHEET], A4)))
    assert single.metadata
    assert single.metadata.title == "Giấy chứng nhận – Nguyễn Thị Ánh Tuyết"
    assert reader.metadata
    assert reader.metadata.title == "Giấy chứng nhận"
    assert reader.metadata.subject == SHEET.course_title


def test_the_whole_alphabet_comes_back_from_one_file() -> None:
    letters = json.loads((DATA / "render_cases.json").read_text("utf-8"))["alphabet"]
    parts = [" ".join(letters[start : start + 40]) for start in range(0, len(letters), 40)]
    pdf = render([replace(SHEET, full_name=part, unit=part) for part in parts], A4)
    for part, page in zip(parts, pypdf.PdfReader(BytesIO(pdf)).pages, strict=True):
        text = " ".join(page.extract_text().split())
        assert f"Đồng chí {part}" in text
        assert f"Đơn vị: {part}" in text
