"""Lines of an import: a row of the file, who it is, what is wrong with it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from app.ui.chips import ChipLook
from app.ui.columns import Column, name_column, number_column
from app.ui.students.masked import masked, masked_in

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.matching import RosterMatch
    from app.spreadsheets.rows import RosterProblem, RosterRow


class Standing(Enum):
    """What will become of a line."""

    NEW = "Mới"
    KNOWN = "Đã có"
    CONFLICT = "Nghi trùng"
    ERROR = "Lỗi"
    SKIPPED = "Bỏ qua"


_GOOD = (Standing.NEW, Standing.KNOWN)
_ODD_CASE = ("name_all_caps", "name_case")


@dataclass(frozen=True)
class ImportLine:
    """One row of the file with its match; a row with errors has none."""

    row: "RosterRow"
    match: "RosterMatch | None" = None
    problems: tuple["RosterProblem", ...] = ()
    left_out: bool = False
    wrong: Mapping[str, str] = field(default_factory=dict)  # the text that was not understood
    is_refused: bool = False

    @property
    def standing(self) -> Standing:
        """What will become of the line."""
        if self.left_out or self.is_enrolled:
            return Standing.SKIPPED
        if self.is_refused:
            return Standing.ERROR
        name = self.match.match.name if self.match else "NEW"
        return Standing[name] if name in Standing.__members__ else Standing.CONFLICT

    @property
    def is_enrolled(self) -> bool:
        """Whether the person is in the class already."""
        return bool(self.match and self.match.match.name == "ENROLLED" and not self.is_refused)

    @property
    def is_pending(self) -> bool:
        """Whether it is still to be found out who this is."""
        return self.match is None and not self.is_refused

    @property
    def is_open(self) -> bool:
        """Whether somebody should look at it."""
        return self.standing in (Standing.ERROR, Standing.CONFLICT) or self.is_doubtful

    @property
    def is_doubtful(self) -> bool:
        """Whether it would be written though something about it is for people to decide."""
        return self.standing in _GOOD and any(one.needs_look for one in self.problems)

    @property
    def doubts(self) -> set[str]:
        """The fields somebody has to decide about."""
        return {one.field for one in self.problems if one.needs_look}

    @property
    def is_name_cased_oddly(self) -> bool:
        """Whether the name is in capitals or in small letters."""
        return not self.left_out and any(one.code in _ODD_CASE for one in self.problems)

    @property
    def is_valid(self) -> bool:
        """Whether it would be written."""
        return self.standing in _GOOD and not self.is_pending

    @property
    def told(self) -> "list[RosterProblem]":
        """What was found, errors first, then what is for people to decide."""
        return sorted(self.problems, key=lambda one: (not one.is_error, not one.needs_look))

    @property
    def words(self) -> str:
        """Everything there is to say, errors first."""
        if self.left_out:
            return "Không nhập dòng này."
        said = [masked_in(problem.text) for problem in self.told]
        if self.is_pending:
            said.insert(0, "Đang đối chiếu với hồ sơ đã có…")
        elif self.match and self.match.explanation and not self.is_refused:
            said.insert(0, self.match.explanation)
        return " ".join(said)

    @property
    def unit(self) -> str:
        """The unit, from whichever column holds it."""
        return self.row.stated_unit

    @property
    def position(self) -> str:
        """The position, from whichever column holds it."""
        return self.row.stated_position


Lines = Column[ImportLine]


_HIDDEN = (
    ("Chức vụ", "position", 130),
    ("Điện thoại", "phone", 110),
    ("Dân tộc", "ethnicity", 80),
    ("Tôn giáo", "religion", 80),
    ("Văn hóa", "general_education", 80),
    ("Trình độ", "education", 96),
    ("Lý luận CT", "political_education", 96),
    ("Vào Đảng", "party_joined", 92),
    ("Chính thức", "party_confirmed", 92),
    ("Ghi chú", "note", 120),
)
"""Columns that can be shown: heading, field, width."""


def columns() -> list[Lines]:
    """Columns of the check; those of a field have the code of the field as their id."""
    return [
        number_column(
            "Dòng", lambda line: line.row.row, id="row", counts=False, width=58, searched=True
        ),
        Column(
            "Kết luận",
            _word,
            _rank,
            id="standing",
            width=112,
            chip=_chip,
            icon=_icon,
            colour=_colour,
        ),
        name_column(
            _text("full_name"), width=172, ground=_ground("full_name"), tooltip=_tip("full_name")
        ),
        _field("Ngày sinh", "born", 92, sort_key=_birth),
        _field("Giới", "sex", 48),
        _field("Số định danh", "identity_number", 126),
        _field("Đơn vị / chi bộ", "unit", 168),
        *(_field(heading, name, width, hidden=True) for heading, name, width in _HIDDEN),
        Column(
            "Vấn đề",
            lambda line: line.words,
            id="problem",
            stretch=True,
            searched=False,
            colour=_problem_colour,
            tooltip=lambda line: line.words,
        ),
    ]


def _field(heading: str, name: str, width: int, **more: Any) -> Lines:
    """A column of one field."""
    options: dict[str, Any] = {
        "id": name,
        "width": width,
        "ground": _ground(name),
        "tooltip": _tip(name),
    }
    return Column(heading, _text(name), **(options | more))


def _birth(line: ImportLine) -> str:
    """Births in their order."""
    return line.row.born.iso if line.row.born else ""


def _text(name: str) -> Callable[[ImportLine], str]:
    """What a cell shows: the value as read, or the text nobody could read."""

    def shown(line: ImportLine) -> str:
        if name in line.wrong:
            return line.wrong[name]
        value = getattr(line if name in ("unit", "position") else line.row, name)
        if name in ("identity_number", "phone"):
            return masked(value)
        return str(getattr(value, "label", "") or getattr(value, "grid", "") or value or "")

    return shown


def _ground(name: str) -> Callable[[ImportLine], str]:
    """The ground of a cell that keeps the line out, or is for people to decide."""

    def ground(line: ImportLine) -> str:
        if line.left_out:
            return ""
        return "cell_bad" if name in line.wrong else "warn_t" if name in line.doubts else ""

    return ground


def _tip(name: str) -> Callable[[ImportLine], str]:
    """What is said about a cell, else its whole text."""
    shown = _text(name)

    def tip(line: ImportLine) -> str:
        said = [masked_in(problem.text) for problem in line.problems if problem.field == name]
        return " ".join(said) or shown(line)

    return tip


def _word(line: ImportLine) -> str:
    """The word of the standing."""
    return "Đã trong lớp" if line.is_enrolled and not line.left_out else line.standing.value


def _rank(line: ImportLine) -> int:
    """What needs eyes comes first when sorted."""
    order = (Standing.ERROR, Standing.CONFLICT, Standing.NEW, Standing.KNOWN, Standing.SKIPPED)
    return order.index(line.standing)


def _colour(line: ImportLine) -> str:
    """The colour of the word."""
    if line.is_doubtful:
        return "warn"
    return "ok" if line.standing is Standing.KNOWN else "text2"


def _problem_colour(line: ImportLine) -> str:
    """The colour of what is said about a line."""
    if line.standing is Standing.ERROR:
        return "bad"
    return "warn" if line.is_doubtful else "text2"


def _chip(line: ImportLine) -> ChipLook | None:
    """A chip for what needs eyes or stays out."""
    looks = {
        Standing.ERROR: ChipLook("Lỗi", "bad", "circle-alert"),
        Standing.CONFLICT: ChipLook("Nghi trùng", "warn", "users"),
        Standing.SKIPPED: ChipLook(_word(line), "neutral"),
    }
    return looks.get(line.standing)


def _icon(line: ImportLine) -> tuple[str, str] | None:
    """A quiet shape for what is in order, a warning for what is not sure."""
    if line.is_pending:
        return ("clock", "text2")
    if line.is_doubtful:
        return ("triangle-alert", "warn")
    shapes = {Standing.NEW: ("plus", "text2"), Standing.KNOWN: ("user-check", "ok")}
    return shapes.get(line.standing)
