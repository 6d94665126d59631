"""Ways to damage a file that a roster is read from, and to make up odd ones."""

import datetime
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook

Damage = Callable[[bytes, random.Random, Sequence[bytes]], bytes]

ODD_CELLS: tuple[object, ...] = (
    *(None, "", " ", "x", "nt", '"', "1", "I. Xã Hồng Thái", "Tổng cộng: 5", "Người lập", "Nam"),
    *(
        0,
        -1,
        1e300,
        1.5,
        45123,
        20191641747,
        10**14,
        True,
        "#REF!",
        "=A1",
        "31/02/1990",
        "00/00/0000",
    ),
    *("Nông Văn An", "Lý Thị Bình", "STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Số CCCD"),
    *("\u200b", "e\u0301" * 50, "😀", "NguyÔn V¨n", "Nguyeãn Vaên", "Đ" * 4000, "\u202eabc", "٣٤٥"),
    *(
        datetime.date(1905, 5, 29),
        datetime.datetime.fromisoformat("1980-02-03 04:05"),
        datetime.time(4, 5),
    ),
)


def flip_bytes(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """A few bytes are others."""
    damaged = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def truncate(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(1, len(data))]


def splice(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """The beginning of one file, the rest of another."""
    place = chance.randrange(len(data))
    return data[:place] + chance.choice(others)[place:]


def repeat(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """A piece stands there many times."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.randint(2, 200) + data[start:]


def swap_parts(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """One part of an archive is a part of another archive."""
    other = parts_of(chance.choice(others))
    return _with_part(data, chance, lambda _old: chance.choice(list(other.values()) or [b""]))


def scratch_part(data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """Marks of XML in one part of an archive are others."""

    def scratched(old: bytes) -> bytes:
        damaged = bytearray(old or b" ")
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.choice(b'<>"/=0179aZ \xff')
        return bytes(damaged)

    return _with_part(data, chance, scratched)


def odd_workbook(_data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """A workbook of cells that make no sense together."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in odd_rows(chance):
        sheet.append(row)
    for _ in range(chance.randint(0, 3)):
        top, left = chance.randint(1, 10), chance.randint(1, 5)
        sheet.merge_cells(None, top, left, top + chance.randint(0, 4), left + chance.randint(0, 3))
    buffer = io.BytesIO()
    book.save(buffer)
    book.close()
    return buffer.getvalue()


def odd_text(_data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """A text file of such cells in any encoding."""
    delimiter = chance.choice(";,\t|")
    lines = [delimiter.join(map(str, row)) for row in odd_rows(chance)]
    encoding = chance.choice(("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258", "latin-1"))
    return chance.choice(("\n", "\r\n", "\r")).join(lines).encode(encoding, "replace")


def odd_page(_data: bytes, chance: random.Random, _others: Sequence[bytes]) -> bytes:
    """An HTML table of such cells with tags that are not closed."""
    tags = ("</td>", "", "<table>", "</table>", "<br>", '<td rowspan="9999">', "<td colspan=-1>")
    rows = [
        "<tr>" + "".join(f"<td>{cell}{chance.choice(tags)}" for cell in row)
        for row in odd_rows(chance)
    ]
    return ("<html><table>" + "".join(rows)).encode("utf-8", "replace")


def odd_rows(chance: random.Random) -> list[list[object]]:
    """Rows with or without a heading."""
    width = chance.randint(1, 12)
    rows = [[chance.choice(ODD_CELLS) for _ in range(width)] for _ in range(chance.randint(0, 40))]
    if chance.random() < 0.7:
        rows.insert(chance.randint(0, len(rows)), ["STT", "Họ và tên", "Ngày sinh", "Đơn vị"])
    return rows


ANY: tuple[Damage, ...] = (flip_bytes, truncate, splice, repeat)
ARCHIVES: tuple[Damage, ...] = (*ANY, swap_parts, scratch_part, scratch_part, scratch_part)
MADE_UP: tuple[Damage, ...] = (odd_workbook, odd_workbook, odd_text, odd_page)


def damaged(stock: Sequence[bytes], chance: random.Random) -> tuple[str, bytes]:
    """A damaged or made-up file and what was done."""
    data = chance.choice(stock)
    ways = chance.choice((ARCHIVES if data.startswith(b"PK") else ANY, MADE_UP))
    way = chance.choice(ways)
    return way.__name__, way(data, chance, stock)


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of an archive; of what is none, nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError):
        return {}


def _with_part(data: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """An archive with one part changed."""
    parts = parts_of(data) or {"xl/workbook.xml": data}
    name = chance.choice(sorted(parts))
    parts[name] = change(parts[name])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return buffer.getvalue()


def stock(folder: Path, largest: int) -> list[bytes]:
    """The sample rosters of every kind."""
    kinds = {".xlsx", ".xls", ".ods", ".csv"}
    files = [file for file in sorted(folder.rglob("*.*")) if file.suffix in kinds]
    return [data for file in files if 0 < len(data := file.read_bytes()) < largest]
