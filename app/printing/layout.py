"""How a certificate is laid out: boxes in mm filled from named fields, read from a TOML file."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import MISSING, Field, dataclass, fields
from functools import cached_property
from pathlib import Path
from string import Formatter
from typing import Literal, TypeVar, cast, get_args

from app.errors import FileError
from app.printing import fonts
from app.terms import DocumentFamily

FONTS: dict[str, str] = {
    "regular": fonts.SERIF,
    "bold": fonts.SERIF_BOLD,
    "italic": fonts.SERIF_ITALIC,
    "bold_italic": fonts.SERIF_BOLD_ITALIC,
    "title": fonts.TITLE,
}
FAMILIES = tuple(family.value for family in DocumentFamily)
FontName = Literal["regular", "bold", "italic", "bold_italic", "title"]
T = TypeVar("T")


class LayoutError(FileError):
    """A layout file cannot be used; the text says which entry is wrong."""


@dataclass(frozen=True)
class Colours:
    """The four colours of a certificate, as #RRGGBB."""

    red: str
    gold: str
    watermark: str
    text: str

    def of(self, word: Literal["text", "red"]) -> str:
        """The colour that a box calls by its word."""
        return self.red if word == "red" else self.text


@dataclass(frozen=True)
class Stack:
    """Boxes under one another: lowest baseline, and which gaps give way first, by how much (mm)."""

    bottom: float
    gives_until: float
    gives: float


@dataclass(frozen=True)
class Box:
    """One printed line of a certificate; lengths in mm, font sizes in points."""

    text: str
    x: float
    y: float
    size: float
    font: FontName = "regular"
    align: Literal["left", "center", "right"] = "center"
    width: float = 0.0  # 0: never measured
    min_size: float = 0.0  # 0: never smaller
    lines: int = 1
    last_resort_lines: int = 0
    breaking: Literal["balanced", "last_two_words"] = "balanced"
    label: str = ""
    label_font: FontName = "regular"
    label_size: float = 0.0
    upper: bool = False
    tracking: float = 0.0
    colour: Literal["text", "red"] = "text"
    rule: float = 0.0  # length of the rule below, as a share of the text
    rule_drop: float = 0.0
    rule_points: float = 0.0
    stack: str = ""
    when: str = ""
    unless: str = ""
    heading: str = ""
    required: bool = False

    @cached_property
    def field(self) -> str:
        """The field whose emptiness hides the box; empty for fixed text."""
        return next((name for _, name, _, _ in Formatter().parse(self.text) if name), "")


@dataclass(frozen=True)
class CertificateLayout:
    """A whole certificate; `key` is the name of its file."""

    key: str
    title: str
    width: float
    height: float
    ornament: Literal["", "lotus_and_drum"]
    colours: Colours
    stacks: Mapping[str, Stack]
    boxes: Mapping[str, Box]


def read_layout(path: Path, known_fields: Set[str]) -> CertificateLayout:
    """Read and check a layout file; LayoutError says in Vietnamese what is wrong."""
    try:
        table = tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
    except OSError as error:
        raise LayoutError(f"Không đọc được mẫu in {path.name}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LayoutError(f"Mẫu in {path.name} không đúng dạng TOML: {error}.") from error
    try:
        layout = _layout(table, path.stem)
        _check(layout, known_fields)
    except _EntryError as error:
        raise LayoutError(f"Mẫu in {path.name}: {error}.") from error
    return layout


class _EntryError(ValueError):
    """What is wrong with one entry, and where."""


def _layout(table: dict[str, object], key: str) -> CertificateLayout:
    nested: dict[str, object] = {
        "key": key,
        "colours": _record(Colours, table.get("colours"), "colours"),
        "stacks": {
            name: _record(Stack, entry, f"stacks.{name}")
            for name, entry in _table(table.get("stacks", {}), "stacks").items()
        },
        "boxes": {
            name: _record(Box, entry, f"boxes.{name}")
            for name, entry in _table(table.get("boxes"), "boxes").items()
        },
    }
    return _record(CertificateLayout, {**table, **nested}, "đầu tệp")


def _table(entry: object, where: str) -> dict[str, object]:
    if not isinstance(entry, dict):
        raise _EntryError(f"thiếu bảng [{where}]")
    return entry


def _record(kind: type[T], entry: object, where: str) -> T:
    """A dataclass from a table whose keys and types must be the dataclass's own."""
    table = _table(entry, where)
    known: dict[str, Field[object]] = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]  # every kind is a dataclass
    if unknown := sorted(table.keys() - known.keys()):
        raise _EntryError(f"mục lạ “{unknown[0]}” ở [{where}]")
    for name, field in known.items():
        if field.default is MISSING and name not in table:
            raise _EntryError(f"thiếu “{name}” ở [{where}]")
    values = {name: _value(known[name].type, value, where, name) for name, value in table.items()}
    return cast(Callable[..., T], kind)(**values)


def _value(kind: object, value: object, where: str, name: str) -> object:
    if choices := get_args(kind) if not isinstance(value, dict) else ():
        if value not in choices:
            allowed = ", ".join(f"“{choice}”" for choice in choices)
            raise _EntryError(f"“{name}” ở [{where}] phải là một trong {allowed}")
    elif kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    elif isinstance(kind, type) and type(value) is not kind:
        raise _EntryError(f"“{name}” ở [{where}] sai kiểu giá trị")
    return value


def _check(layout: CertificateLayout, known_fields: Set[str]) -> None:
    """Raise _EntryError at the first colour, box or stack that cannot be drawn."""
    for field in fields(Colours):
        if not re.fullmatch("#[0-9A-Fa-f]{6}", getattr(layout.colours, field.name)):
            raise _EntryError(f"màu “{field.name}” phải có dạng #RRGGBB")
    for name, box in layout.boxes.items():
        for complaint in _complaints(box, layout, known_fields):
            raise _EntryError(f"{complaint} ở [boxes.{name}]")


def _complaints(box: Box, layout: CertificateLayout, known_fields: Set[str]) -> Iterator[str]:
    if not (0 <= box.x <= layout.width and 0 <= box.y <= layout.height):
        yield "vị trí nằm ngoài trang"
    if box.size <= 0 or box.min_size > box.size or (box.label and box.label_size <= 0):
        yield "cỡ chữ không hợp lệ"
    if box.lines < 1 or (box.lines > 1 and not box.width):
        yield "nhiều dòng thì phải có “width”"
    if box.stack and box.stack not in layout.stacks:
        yield f"không có nhóm “{box.stack}”"
    conditions = {box.when, box.unless} - {"", *FAMILIES}
    try:
        used = {*_names(box.text), *_names(box.label), *conditions}
    except ValueError:
        yield "dấu ngoặc { } không cân"
    else:
        yield from (f"không có trường “{name}”" for name in sorted(used - known_fields))


def _names(template: str) -> Iterator[str]:
    for _, name, form, conversion in Formatter().parse(template):
        if name is not None:
            yield f"{name}:{form}" if form or conversion else name
