"""One programme: its versions, what they contain, the rules they carry."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app import dates
from app.ui import theme
from app.ui.buttons import SegmentedFilter, button
from app.ui.columns import Column, number_column
from app.ui.labels import Card, ElidedLabel, label, rich
from app.ui.messages import Banner
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.programmes import ProgrammeRow, TopicForm, VersionRow

Gate = Callable[[QPushButton], QPushButton]
_NAMED_WHOLE = 2  # more versions than this are named by their number only
_KEPT = "Lớp đã chốt kết quả giữ nguyên quy tắc lúc chốt; bản đã có lớp dùng thì không đổi nữa."


class ProgrammeDetail(QWidget):
    """The right half; what is asked for is told by signals."""

    names_asked = Signal()
    contents_asked = Signal()
    version_asked = Signal()
    rules_asked = Signal()
    confirm_asked = Signal()

    def __init__(self, gate: Gate = lambda writer: writer) -> None:
        """`gate` hides or disables what this user may not use."""
        super().__init__()
        self.setObjectName("programme_detail")
        self._gate = gate
        self._programme: ProgrammeRow | None = None
        self._version: VersionRow | None = None
        self._name, self._basis = ElidedLabel("", "h1"), ElidedLabel("", "muted")
        self._uses = label("", "muted")
        self._versions = SegmentedFilter([(0, "Bản 1")])
        self._chips = QHBoxLayout()
        self.model: TableModel[tuple[int, TopicForm]] = TableModel(
            _columns(), key=lambda row: row[0]
        )
        self.view = TableView(self.model, "topic_list")
        self._total = label("", "strong")
        self._total.setObjectName("programme_total")
        self._rules_place = QVBoxLayout()
        self._rules = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(8))
        self.head = names = QHBoxLayout()
        names.setSpacing(theme.u(8))
        names.addWidget(self._name, 1)
        names.addWidget(self._button("Sửa tên…", "", "edit_names", self.names_asked))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(names)
        words.addWidget(self._basis)
        column.addLayout(words)
        self._chips.setSpacing(theme.u(8))
        self._chips.addWidget(self._versions)
        self._chips.addStretch(1)
        self._chips.addWidget(
            self._button("Tạo bản mới…", "copy", "new_version", self.version_asked)
        )
        self._chips.addWidget(
            self._button("Sửa nội dung…", "pencil", "edit_contents", self.contents_asked)
        )
        column.addLayout(self._chips)
        column.addWidget(self.view, 1)
        sums = QHBoxLayout()
        sums.addWidget(self._total, 1)
        sums.addWidget(self._uses)
        column.addLayout(sums)
        self._rules_place.addWidget(self._rules)
        column.addLayout(self._rules_place)

    def _button(self, text: str, icon: str, name: str, signal: SignalInstance) -> QPushButton:
        made = button(text, "" if icon else "quiet", icon, name=name)
        made.clicked.connect(signal)
        return self._gate(made)

    # what is shown -----------------------------------------------------------------
    def programme(self) -> "ProgrammeRow | None":
        """The programme that is shown."""
        return self._programme

    def version(self) -> "VersionRow | None":
        """The version that is shown."""
        return self._version

    def show_programme(self, row: "ProgrammeRow", version_id: int = 0) -> None:
        """Show a programme at one of its versions, the newest unless told."""
        same = self._programme and self._programme.id == row.id and self._version
        wanted = version_id or (same.id if same else 0)
        self._programme = row
        self._name.setText(row.name)
        found = [version for version in row.versions if version.id == wanted]
        self._offer_versions(row, (found or [row.current])[0])
        self.show_version((found or [row.current])[0])

    def _offer_versions(self, row: "ProgrammeRow", chosen: "VersionRow") -> None:
        """One button per version, the newest first."""
        newest_first = tuple(reversed(row.versions))
        whole = len(newest_first) <= _NAMED_WHOLE
        fresh = SegmentedFilter(
            [
                (one.id, version_words(one) if whole or not at else f"Bản {one.number}")
                for at, one in enumerate(newest_first)
            ]
        )
        fresh.setAccessibleName("Các bản của chương trình")
        fresh.choose(chosen.id)
        fresh.chosen.connect(self._choose)
        self._chips.replaceWidget(self._versions, fresh)
        self._versions.hide()
        self._versions.deleteLater()
        self._versions = fresh

    def _choose(self, version_id: object) -> None:
        assert self._programme is not None
        self.show_version(next(one for one in self._programme.versions if one.id == version_id))

    def show_version(self, version: "VersionRow") -> None:
        """Show basis, topics and rules of a version."""
        self._version = version
        self._basis.setText(version.legal_basis or "Chưa ghi căn cứ")
        used = f"{version.classes} lớp đang dùng bản {version.number}"
        self._uses.setText(used if version.classes else "Chưa có lớp nào dùng bản này")
        self.model.set_rows(list(enumerate(version.topics, 1)))
        count = len(version.topics)
        self._total.setText(
            f"Tổng cộng: {count} nội dung · {version.periods} tiết · {version.sessions} buổi"
        )
        card = self._rules_card(version)
        self._rules_place.replaceWidget(self._rules, card)
        self._rules.hide()
        self._rules.deleteLater()
        self._rules = card

    def _rules_card(self, version: "VersionRow") -> Card:
        """The rules in words, and what is still to be confirmed."""
        from app.services import learning_rules

        card = Card()
        head = QHBoxLayout()
        head.addWidget(label("Điều kiện và xếp loại", "h2"), 1)
        change = button("Sửa điều kiện…", "", "pencil", name="edit_rules")
        change.clicked.connect(self.rules_asked)
        head.addWidget(self._gate(change))
        card.add(head)
        lines = [
            f"{escape(caption)}: <b>{escape(words)}</b>"
            for caption, words in learning_rules.describe(version.rule)
        ]
        card.add(rich(" · ".join(lines[:-1] or lines)))
        if lines[1:]:
            card.add(rich(lines[-1]))
        if version.assumptions and not version.is_confirmed:
            card.add(self._banner(version))
        elif version.is_confirmed:
            card.add(label(f"Trung tâm đã xác nhận ({version.confirmed_by}).", "note"))
        card.add(label(_KEPT, "note", wrap=True))
        return card

    def _banner(self, version: "VersionRow") -> Banner:
        confirm = button("Xác nhận", name="confirm_defaults")
        confirm.clicked.connect(self.confirm_asked)
        what = "Giá trị mặc định, cần Trung tâm xác nhận."
        words = version.assumptions
        return Banner("warn", what, f"{words[:1].upper()}{words[1:]}.", [self._gate(confirm)])


def version_words(version: "VersionRow") -> str:
    """ "Bản 2: từ 16/06/2022"."""
    since = f": từ {dates.grid(version.valid_from)}" if version.valid_from else ""
    return f"Bản {version.number}{since}" if version.number else "Bản 0: theo sổ cũ"


def _columns() -> list[Column["tuple[int, TopicForm]"]]:
    """Order, title, kind, periods, sessions."""
    return [
        number_column("TT", lambda row: row[0], width=40),
        Column("Nội dung", lambda row: row[1].title, stretch=True, tooltip=lambda r: r[1].title),
        Column("Loại", lambda row: row[1].kind.label, width=150),
        number_column("Tiết", lambda row: row[1].periods, width=52),
        number_column("Buổi", lambda row: row[1].sessions, width=52),
    ]
