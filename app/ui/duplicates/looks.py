"""What a pair of people looks like: columns of the list, and the two lines beside each other."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app import dates
from app.ui import theme
from app.ui.buttons import button
from app.ui.chips import Chip, ChipLook
from app.ui.columns import Column, name_column
from app.ui.labels import Card, ElidedLabel, label
from app.ui.students.masked import masked

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.duplicates import Side, Suspicion
    from app.services.students import StudentForm

SURE_FROM = 90  # percent from which the chip warns
_CLASSES = "Đã học"
_LONG = ("Đơn vị", "Chức vụ")
_SIDES = ("Hồ sơ A", "Hồ sơ B")
Fact = tuple[str, str, str]
"""Caption and what the two records say."""


def columns() -> list[Column["Suspicion"]]:
    """How alike, the two people, and why."""
    return [
        Column(
            "Giống", lambda _row: "", lambda row: row.likeness.points, id="share", width=76,
            chip=share_chip, searched=False,
        ),
        name_column(
            lambda row: row.first.form.full_name, "Hồ sơ A", id="first", width=250,
            second=lambda row: about(row.first),
        ),
        name_column(
            lambda row: row.second.form.full_name, "Hồ sơ B", id="second", width=250,
            second=lambda row: about(row.second),
        ),
        Column(
            "Vì sao", lambda row: sentence(row.likeness.reasons), id="why", stretch=True,
            tooltip=lambda row: sentence(row.likeness.reasons),
        ),
    ]  # fmt: skip


def share_chip(row: "Suspicion") -> ChipLook:
    """ "92 %"."""
    share = row.likeness.percent
    return ChipLook(f"{share} %", "warn" if share >= SURE_FROM else "neutral")


def sentence(reasons: str) -> str:
    """The reasons with a capital."""
    return reasons[:1].upper() + reasons[1:]


def about(side: "Side") -> str:
    """ "22/02/1986 · Quân sự xã Phú Lộc · 2 lớp"."""
    born = side.form.born.grid if side.form.born else "chưa rõ ngày sinh"
    parts = (born, side.form.unit or "chưa rõ đơn vị", f"{side.classes} lớp")
    return " · ".join(parts)


def in_words(side: "Side") -> str:
    """ "Nguyễn Thị Hạnh, sinh năm 1986, Chi bộ thôn Nà Lừa"."""
    born = side.form.born
    told = ("sinh năm " if born and not born.month else "sinh ") + born.grid if born else ""
    return ", ".join(part for part in (side.form.full_name, told, side.form.unit) if part)


def facts(pair: "Suspicion") -> list[Fact]:
    """What tells two people apart, side by side; what neither says is left out."""
    (a, b), (one, other) = (pair.first, pair.second), (pair.first.form, pair.second.form)
    said = [
        ("Họ và tên", one.full_name, other.full_name),
        ("Ngày sinh", _born(one), _born(other)),
        ("Giới", one.sex.label if one.sex else "", other.sex.label if other.sex else ""),
        ("Đơn vị", one.unit, other.unit),
        ("Chức vụ", one.position, other.position),
        ("Số định danh", masked(one.identity_number), masked(other.identity_number)),
        ("Điện thoại", masked(one.phone), masked(other.phone)),
        (_CLASSES, _classes(a), _classes(b)),
    ]
    return [fact for fact in said if fact[1] or fact[2]]


def _born(form: "StudentForm") -> str:
    return form.born.grid if form.born else ""


def _classes(side: "Side") -> str:
    if not side.classes:
        return "chưa học lớp nào"
    last = f", gần nhất {dates.grid(side.last_day)[3:]}" if side.last_day else ""
    return f"{side.classes} lớp{last}"


class PairCard(Card):
    """One pair in full, with the two answers."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Hai hồ sơ của cặp đang chọn")
        self.setFixedHeight(theme.u(126))
        self.share = Chip(ChipLook(""))
        self.title = ElidedLabel("", "h2")
        self.merge: QPushButton = button("Gộp…", "dangerline", "users", name="merge_people")
        self.apart: QPushButton = button("Không trùng", "", "user-check", name="not_the_same")
        self.apart.setToolTip("Hai người khác nhau; nhớ, không hỏi lại")
        head = QHBoxLayout()
        head.setSpacing(theme.u(9))
        head.addWidget(self.share)
        head.addWidget(self.title, 1)
        head.addWidget(self.apart)
        head.addWidget(self.merge)
        self.add(head)
        self._place = QVBoxLayout()
        self._facts = QWidget()
        self._place.addWidget(self._facts)
        self.add(self._place)
        self.box.addStretch(1)

    def show_pair(self, pair: "Suspicion | None") -> None:
        """Show a pair, or that none is chosen."""
        for widget in (self.share, self.merge, self.apart):
            widget.setVisible(pair is not None)
        self.title.setText(
            sentence(pair.likeness.reasons) if pair else "Chọn một cặp để so sánh hai hồ sơ."
        )
        if pair:
            self.share.set_look(ChipLook(f"giống {pair.likeness.percent} %", "outline"))
        made = _grid(facts(pair)) if pair else QWidget()
        self._place.replaceWidget(self._facts, made)
        self._facts.hide()
        self._facts.deleteLater()
        self._facts = made


def _grid(shown: list[Fact]) -> QWidget:
    """Captions on top, one line for each record; what differs stands out."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.u(18))
    grid.setVerticalSpacing(theme.u(3))
    for line, words in enumerate(_SIDES, start=1):
        grid.addWidget(label(words, "strong"), line, 0)
    for at, (caption, *values) in enumerate(shown, start=1):
        grid.addWidget(label(caption, "caption"), 0, at)
        differs = all(values) and values[0] != values[1] and caption != _CLASSES
        for line, said in enumerate(values, start=1):
            cell = _cell(caption, said, "differs" if differs else "" if said else "muted")
            cell.setAccessibleName(f"{_SIDES[line - 1]}, {caption}: {said}")
            grid.addWidget(cell, line, at)
    grid.setColumnStretch(len(shown) + 1, 1)
    return made


def _cell(caption: str, said: str, role: str) -> QLabel:
    """One value; only what may be long gives way in a narrow window."""
    shown = said or "(trống)"
    if caption not in _LONG:
        return label(shown, role)
    cell = ElidedLabel(shown, role)
    cell.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return cell
