"""The head of the class workspace: title, facts, steps, tabs and what stands beside them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTabBar, QVBoxLayout, QWidget

from app import dates
from app.numbers import grouped
from app.terms import ClassStatus
from app.ui import theme
from app.ui.labels import ElidedLabel
from app.ui.stepper import Stepper

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.classes import ClassDetail

TABS = {
    "info": "Thông tin",
    "timetable": "Lịch học",
    "roll": "Học viên",
    "attendance": "Điểm danh",
    "results": "Kết quả",
    "certificates": "Chứng nhận",
    "dossier": "Hồ sơ lớp",
}


def facts(detail: "ClassDetail") -> str:
    """The line under the title: days, length, learners, place, who manages."""
    learners = f"{grouped(detail.learners)} học viên" if detail.learners else "chưa có học viên"
    length = f"{detail.sessions} buổi, {detail.periods} tiết"
    parts = [
        dates.span(detail.starts_on, detail.ends_on),
        length if detail.sessions else "chưa có lịch học",
        learners,
        detail.venue,
        f"Chủ nhiệm: {detail.manager}" if detail.manager else "",
    ]
    return " · ".join(part for part in parts if part)


class ClassHead(QFrame):
    """Title and steps above the tabs; 92 high."""

    tab_asked = Signal(str)

    def __init__(self, keys: Sequence[str] = tuple(TABS)) -> None:
        super().__init__()
        self.setObjectName("page_head")
        self._keys = list(keys)
        self.title = ElidedLabel("", "class_title")
        self.facts = ElidedLabel("", "caption")
        self.stepper = Stepper([status.label for status in ClassStatus])
        self.stepper.setObjectName("class_steps")
        self._build()

    def _build(self) -> None:
        """Words and steps above, tabs below."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(theme.u(6), theme.u(8), theme.u(16), 0)
        outer.setSpacing(0)
        words = QVBoxLayout()
        words.setContentsMargins(theme.u(10), 0, 0, 0)
        words.setSpacing(theme.u(2))
        words.addWidget(self.title)
        words.addWidget(self.facts)
        top = QHBoxLayout()
        top.setSpacing(theme.u(16))
        top.addLayout(words, 1)
        top.addWidget(self.stepper, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(top)
        self._beside = QHBoxLayout()
        self._beside.setSpacing(theme.u(8))
        self._beside.addWidget(self._tab_bar())
        self._beside.addStretch(1)
        outer.addStretch(1)
        outer.addLayout(self._beside)
        self.setFixedHeight(theme.u(92))

    def _tab_bar(self) -> QTabBar:
        """The tabs in the order of work."""
        self._bar = QTabBar()
        self._bar.setObjectName("class_tabs")
        self._bar.setAccessibleName("Các thẻ của lớp")
        self._bar.setExpanding(False)
        self._bar.setDrawBase(False)
        self._bar.setUsesScrollButtons(True)
        for key in self._keys:
            self._bar.addTab(TABS[key])
        self._bar.currentChanged.connect(lambda at: self.tab_asked.emit(self._keys[at]))
        return self._bar

    def add_action(self, widget: QWidget) -> None:
        """Put a quiet button to the right of the tabs."""
        self._beside.addWidget(widget)

    def show_detail(self, detail: "ClassDetail") -> None:
        """Show the facts and the step of a class."""
        self.title.setText(detail.title)
        self.facts.setText(facts(detail))
        closed = detail.status is ClassStatus.CLOSED
        self.stepper.set_current(detail.status.step, finished=closed)
        self.stepper.updateGeometry()  # the chip of a narrow window is as wide as its word

    def key(self) -> str:
        """Key of the current tab."""
        return self._keys[self._bar.currentIndex()]

    def mark_tab(self, key: str) -> None:
        """Show which tab is open, without asking for it."""
        self._bar.blockSignals(True)
        self._bar.setCurrentIndex(self._keys.index(key))
        self._bar.blockSignals(False)
        self._bar.update()

    def has_keyboard(self) -> bool:
        """Whether the user walks along the tabs themselves."""
        return self._bar.hasFocus()

    def neighbour(self, step: int) -> str:
        """Key of the tab after (1) or before (-1) the current one, going round."""
        return self._keys[(self._bar.currentIndex() + step) % len(self._keys)]

    def set_badge(self, key: str, badge: str) -> None:
        """Show a count behind a tab's word: "Kết quả (3)"."""
        words = f"{TABS[key]} ({badge})" if badge else TABS[key]
        self._bar.setTabText(self._keys.index(key), words)

    def set_compact(self, on: bool) -> None:
        """Steps as one chip."""
        self.stepper.set_compact(on)
