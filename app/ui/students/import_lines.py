"""Lines of an import: a row of the file, who it is, what is wrong with it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from app.ui.chips import ChipLook
from app.ui.columns import Column, date_column, name_column, number_column
from app.ui.students.masked import masked

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.matching import RosterMatch
    from app.spreadsheets.rows import Roster, RosterProblem, RosterRow


class Standing(Enum):
    """What will become of a line."""

    NEW = "Mới"
    KNOWN = "Đã có"
    CONFLICT = "Cần xem"
    ERROR = "Lỗi"
    ENROLLED = "Đã trong lớp"


FIELDS = {
    "number": "Số thứ tự",
    "full_name": "Họ và tên",
    "family_middle": "Họ đệm",
    "middle": "Tên đệm",
    "given": "Tên",
    "born": "Ngày sinh",
    "birth_year": "Năm sinh",
    "birth_month": "Tháng sinh",
    "birth_day": "Ngày sinh (ngày)",
    "born_male": "Ngày sinh của nam",
    "born_female": "Ngày sinh của nữ",
    "sex": "Giới tính",
    "male_mark": "Đánh dấu nam",
    "female_mark": "Đánh dấu nữ",
    "ethnicity": "Dân tộc",
    "religion": "Tôn giáo",
    "identity_number": "Số định danh",
    "phone": "Điện thoại",
    "email": "Thư điện tử",
    "code": "Mã học viên",
    "position_and_unit": "Chức vụ, đơn vị",
    "position": "Chức vụ",
    "unit": "Đơn vị / chi bộ",
    "class_name": "Lớp",
    "home": "Quê quán, nơi ở",
    "party_confirmed": "Ngày vào Đảng chính thức",
    "party_joined": "Ngày vào Đảng",
    "general_education": "Trình độ văn hóa",
    "political_education": "Lý luận chính trị",
    "education": "Trình độ chuyên môn",
    "note": "Ghi chú",
}


@dataclass(frozen=True)
class ImportLine:
    """One row of the file with its match; a row with errors has none."""

    row: "RosterRow"
    match: "RosterMatch | None"
    problems: tuple["RosterProblem", ...] = ()

    @property
    def standing(self) -> Standing:
        """What will become of the line."""
        return Standing[self.match.match.name] if self.match else Standing.ERROR

    @property
    def is_open(self) -> bool:
        """Whether somebody should look at it."""
        return self.standing in (Standing.ERROR, Standing.CONFLICT)

    @property
    def is_valid(self) -> bool:
        """Whether it would be written."""
        return self.standing in (Standing.NEW, Standing.KNOWN)

    @property
    def words(self) -> str:
        """Everything there is to say, errors first."""
        told = sorted(self.problems, key=lambda problem: not problem.is_error)
        said = [problem.text for problem in told]
        if self.match and self.match.explanation:
            said.insert(0, self.match.explanation)
        return " ".join(said)


@dataclass(frozen=True)
class ImportFile:
    """A file as read and matched with the people known."""

    roster: "Roster"
    lines: tuple[ImportLine, ...]

    def counts(self) -> Counter[Standing]:
        """Lines of each standing."""
        return Counter(line.standing for line in self.lines)

    def decide(self, match: "RosterMatch") -> "ImportFile":
        """The file with another answer for one row."""
        changed = (
            replace(line, match=match) if line.row.row == match.row.row else line
            for line in self.lines
        )
        return replace(self, lines=tuple(changed))


def lines_of(roster: "Roster", matches: Sequence["RosterMatch"]) -> ImportFile:
    """Put rows, matches and problems together in the order of the file."""
    problems: dict[int, list[RosterProblem]] = {}
    for problem in roster.problems:
        problems.setdefault(problem.row, []).append(problem)
    pairs = [(match.row, match) for match in matches]
    both = [*pairs, *((row, None) for row in roster.rejected)]
    lines = (
        ImportLine(row, match, tuple(problems.get(row.row, ())))
        for row, match in sorted(both, key=lambda pair: pair[0].row)
    )
    return ImportFile(roster, tuple(lines))


def bad_lines_workbook(file: ImportFile, name: str) -> bytes:
    """The lines that cannot be imported, with what was read of them and the reason."""
    from app.spreadsheets.lists import write_list  # openpyxl: only when it is asked for

    headings = ("Dòng trong tệp", "Họ và tên", "Ngày sinh", "Giới tính", "Số định danh")
    rows = [
        (
            line.row.row,
            line.row.full_name,
            line.row.born,
            line.row.sex.label if line.row.sex else "",
            line.row.identity_number,
            line.row.unit or line.row.position_and_unit,
            " ".join(problem.text for problem in line.problems if problem.is_error),
        )
        for line in file.lines
        if line.standing is Standing.ERROR
    ]
    title = f"Dòng lỗi của {name}"
    return write_list(None, title, (*headings, "Đơn vị", "Lý do, việc cần làm"), rows)


def columns() -> list[Column[ImportLine]]:
    """Columns of the check."""
    return [
        number_column("Dòng", lambda line: line.row.row, searched=True),
        Column("Kết luận", _word, _rank, width=130, chip=_chip, icon=_icon, searched=False),
        name_column(lambda line: line.row.full_name, width=180, ground=_wrong("full_name")),
        date_column("Ngày sinh", lambda line: line.row.born, ground=_wrong("born")),
        Column(
            "Giới",
            lambda line: line.row.sex.label if line.row.sex else "",
            width=54,
            ground=_wrong("sex"),
        ),
        Column(
            "Số định danh",
            lambda line: masked(line.row.identity_number),
            width=130,
            ground=_wrong("identity_number"),
        ),
        Column(
            "Đơn vị / chi bộ",
            lambda line: line.row.unit or line.row.position_and_unit,
            width=170,
            ground=_wrong("unit"),
        ),
        Column(
            "Vấn đề",
            lambda line: line.words,
            stretch=True,
            searched=False,
            colour=lambda line: "bad" if line.standing is Standing.ERROR else "text2",
            tooltip=lambda line: line.words,
        ),
    ]


def _word(line: ImportLine) -> str:
    """The word of the standing."""
    return line.standing.value


def _rank(line: ImportLine) -> int:
    """What needs eyes comes first when sorted."""
    order = (Standing.ERROR, Standing.CONFLICT, Standing.NEW, Standing.KNOWN, Standing.ENROLLED)
    return order.index(line.standing)


def _chip(line: ImportLine) -> ChipLook | None:
    """A chip for what needs eyes or stays out."""
    looks = {
        Standing.ERROR: ChipLook("Lỗi", "bad", "circle-alert"),
        Standing.CONFLICT: ChipLook("Cần xem", "warn", "users"),
        Standing.ENROLLED: ChipLook("Đã trong lớp", "neutral"),
    }
    return looks.get(line.standing)


def _icon(line: ImportLine) -> tuple[str, str] | None:
    """A quiet shape for what is in order."""
    shapes = {Standing.NEW: ("plus", "text2"), Standing.KNOWN: ("user-check", "ok")}
    return shapes.get(line.standing)


def _wrong(*fields: str) -> Callable[[ImportLine], str]:
    """The ground of a cell that keeps the line out."""

    def ground(line: ImportLine) -> str:
        wrong = any(problem.is_error and problem.field in fields for problem in line.problems)
        return "cell_bad" if wrong else ""

    return ground
