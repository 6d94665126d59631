"""How long it takes to read and check a roster of 5,000 people, against plain openpyxl.

    python -m bench.roster [people] [rounds] [columns]

By turns, in one process: the program reads a workbook it has not seen (kind, sheet, heading,
columns, every person with every problem, duplicates), and openpyxl in its fastest mode (read-only,
values only) walks over the cells of the same file. The same people as .csv are read as well, and
one row is edited and checked again; these have no peer.
"""

import io
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from openpyxl import Workbook, load_workbook

from app.spreadsheets.fields import Field
from app.spreadsheets.recheck import read_again
from app.spreadsheets.roster import read_roster

HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Số CCCD", "Điện thoại", "Chức vụ",
    "Đơn vị", "Ngày vào Đảng", "Trình độ chuyên môn", "LLCT", "Ghi chú",
)  # fmt: skip
FAMILIES = ("Nông", "Hoàng", "Lý", "Vi", "Nguyễn", "Triệu", "Bế", "Lương", "Hà", "Đàm")
MIDDLES = ("Văn", "Thị", "Minh", "Thị Thu", "Đức", "Quốc", "Thanh")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh", "Lan", "Minh", "Ngọc", "Ửng")
UNITS = tuple(f"Xã {name}" for name in ("Tân Văn", "Hồng Thái", "Bình La", "Quý Hòa", "Hoa Thám"))


def main() -> None:
    """Write the file, run by turns, print the medians."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 7
    columns = int(sys.argv[3]) if len(sys.argv) > 3 else len(HEADINGS)
    with tempfile.TemporaryDirectory() as folder:
        workbook, text = write(Path(folder), people, columns)
        sides: dict[str, Callable[[], object]] = {
            "program": lambda: read_roster(workbook),
            "openpyxl": lambda: walk(workbook),
            "csv": lambda: read_roster(text),
        }
        took: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(rounds):
            for name, side in sides.items():
                took[name].append(seconds(side))
        middle = {name: median(times) for name, times in took.items()}
        ratio = median(a / b for a, b in zip(took["program"], took["openpyxl"], strict=True))
        roster = read_roster(workbook)
    typed = {roster.rows[-1].row: {Field.BORN: "1985"}}
    edit = seconds(lambda: read_again(roster, roster, typed, typed))
    print(f"{people} people, {columns} columns, {rounds} rounds by turns")
    print(f"  read and checked    {middle['program']:.2f} s, {len(roster.rows)} accepted")
    print(f"  plain openpyxl      {middle['openpyxl']:.2f} s")
    print(f"  ratio               {ratio:.2f} (wanted <= 1.3)")
    print(f"  the same as .csv    {middle['csv']:.2f} s")
    print(f"  one row edited      {edit * 1000:.0f} ms")
    print(f"  most memory         {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def write(folder: Path, people: int, columns: int) -> tuple[Path, Path]:
    """The same invented people as .xlsx and as .csv."""
    chance = random.Random(5)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    lines = io.StringIO()
    head: list[object] = [
        *HEADINGS,
        *(f"Cột thêm {number}" for number in range(len(HEADINGS), columns)),
    ]
    rows = (person(chance, place, columns) for place in range(1, people + 1))
    for row in (head[:columns], *rows):
        sheet.append(row)
        lines.write(";".join(map(str, row)) + "\n")
    workbook, text = folder / "danh sách.xlsx", folder / "danh sách.csv"
    book.save(workbook)
    text.write_text(lines.getvalue(), encoding="utf-8")
    return workbook, text


def person(chance: random.Random, place: int, columns: int) -> list[object]:
    """One invented person; a few cells are odd."""
    name = f"{chance.choice(FAMILIES)} {chance.choice(MIDDLES)} {chance.choice(GIVEN)}"
    born = f"{chance.randint(1, 28):02d}/{chance.randint(1, 12):02d}/{chance.randint(1960, 2000)}"
    cells: list[object] = [
        place, name, born if place % 50 else 1975, chance.choice(("Nam", "Nữ")),
        chance.choice(("Nùng", "Tày", "Kinh", "Dao")), f"0200{place:08d}", f"09{place:08d}",
        "Trưởng thôn", chance.choice(UNITS), f"03/02/{chance.randint(2000, 2024)}", "Đại học",
        "Sơ cấp", "",
    ]  # fmt: skip
    return [*cells, *(f"ghi thêm {number}" for number in range(len(cells), columns))][:columns]


def walk(path: Path) -> int:
    """What reading costs at least."""
    book = load_workbook(path, read_only=True, data_only=True)
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    cells = sum(len(row) for row in sheet.iter_rows(values_only=True))
    book.close()
    return cells


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
