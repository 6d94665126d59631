"""What is done about a centre file that cannot be opened: the dialog of the start."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app import backups, numbers
from app.backups import Copy
from app.backups.storage import Damaged
from app.errors import AppError
from app.opening import Diagnosis, FileState
from app.ui import files, theme
from app.ui.buttons import button, set_text
from app.ui.dialogs import Dialog
from app.ui.labels import Card, icon_label, label, rich
from app.ui.recovery.copies_dialog import COPY_FILES, CopiesDialog
from app.ui.recovery.putting_back import put_back
from app.ui.settings.copy_rows import age_words, moment, now
from app.ui.tasks import TaskRunner

_GONE = (FileState.MISSING, FileState.NEW)
DATA_FILES = "Dữ liệu Sổ Lớp (*.sqlite);;Mọi tệp (*)"
_PLUG_IN = "Tệp để ở ổ cắm rời hay ổ mạng thì cắm ổ, nối mạng rồi bấm Thử lại."
_KEPT = "Tệp này không bị xóa: khi phục hồi, nó được đổi tên kèm ngày và để lại bên cạnh."


@dataclass(frozen=True)
class Way:
    """How the start goes on: with which file, or with a new one; no path: the user leaves."""

    path: Path | None = None
    is_new: bool = False


def ask(parent: QWidget | None, found: Diagnosis, who: str) -> Way:
    """Say what is wrong and let the user choose; a copy is put back before this returns."""
    dialog = RescueDialog(parent, found, who)
    dialog.exec()
    dialog.deleteLater()
    return dialog.way


class RescueDialog(Dialog):
    """What happened, that nothing is lost by it, and the newest copy to go on with."""

    def __init__(self, parent: QWidget | None, found: Diagnosis, who: str) -> None:
        super().__init__(parent, _title(found.state), 620, closable=False)
        self.setObjectName("rescue_dialog")
        self.way = Way()
        self._found, self._who = found, who
        self._may_restore = found.state.may_be_replaced or found.state is FileState.NEW
        self._refused: set[Path] = set()
        self._runner = TaskRunner(self)
        self._card = Card(sunken=True)
        self._about = rich("")
        self._card.add(self._about)
        self._problem = label("", "problem", wrap=True)
        self._main = button("", "primary", "archive-restore", name="restore_newest")
        self._main.clicked.connect(self._restore_newest)
        self._build()
        self._offer()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.u(14))
        row.addWidget(icon_label("circle-alert", "bad", 28), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(rich(self._sentence()), 1)
        self.box.addLayout(row)
        self.box.addWidget(self._card)
        self.box.addWidget(self._problem)
        self._problem.hide()
        self._card.setVisible(self._may_restore)
        if self._found.state.may_be_replaced and self._found.state not in _GONE:
            self.box.addWidget(label(_KEPT, "note", wrap=True))
        leave = self.set_actions(self._main, "Thoát", self._links())
        leave.setObjectName("leave")
        self._main.setVisible(self._may_restore)
        (self._main if self._may_restore else leave).setFocus()

    def _sentence(self) -> str:
        """What happened, in bold, then where the file lies."""
        state, path = self._found.state, self._found.path
        if not self._may_restore:
            return escape(self._found.sentence)
        words = FileState.MISSING.label if state in _GONE else state.label
        place = escape(str(path.parent))
        if self._is_place_gone():
            place = f"Không thấy thư mục {place}. {_PLUG_IN}"
        return f"<b>Tệp {escape(path.name)} {words}.</b><br>{place}"

    def _is_place_gone(self) -> bool:
        """Whether the disk or folder of the file is away, which may be put right at once."""
        return self._found.state in _GONE and not self._found.path.parent.is_dir()

    def _links(self) -> QWidget:
        """The other ways out, at the left of the footer."""
        links: list[QPushButton] = []
        if self._may_restore and self._usable():
            links.append(self._link("Chọn bản khác…", "other_copy", self._choose_copy))
        if not self._may_restore or self._is_place_gone():
            links.append(self._link("Thử lại", "try_again", self._try_again))
        links.append(self._link("Mở tệp khác…", "other_file", self._choose_file))
        if self._found.state is FileState.NEW:
            links.append(self._link("Lập sổ mới", "new_file", self._begin_new))
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        for each in links:
            row.addWidget(each)
        return made

    def _link(self, words: str, name: str, act: Callable[[], object]) -> QPushButton:
        made = button(words, "quiet", name=name)
        made.clicked.connect(act)
        return made

    # copies --------------------------------------------------------------------------
    def _usable(self) -> list[Copy]:
        """Copies that are whole as far as a look at them tells, newest first."""
        found = backups.copies(self._found.path)
        return [copy for copy in found if not copy.problem and copy.path not in self._refused]

    def _offer(self) -> None:
        """Name the newest copy on the button, or ask for one that lies elsewhere."""
        newest = next(iter(self._usable()), None)
        if newest is None:
            set_text(self._main, "Chọn bản sao…")
            place = backups.folder(self._found.path)
            self._about.setText(
                f"Không thấy bản sao dùng được trong {escape(str(place))}.<br>"
                "Chọn bản sao ở USB hay thư mục khác."
            )
            return
        set_text(self._main, f"Phục hồi bản {moment(newest.made_at)}")
        self._about.setText(
            f"<b>Bản sao gần nhất: {moment(newest.made_at)}</b> "
            f"({age_words(newest.age_days(now()))})<br>{_counts(newest)}"
        )

    def _restore_newest(self) -> None:
        newest = next(iter(self._usable()), None)
        path = newest.path if newest else files.open_file(self, "Chọn bản sao", COPY_FILES)
        if path:
            self.restore(path)

    def _choose_copy(self) -> None:
        dialog = CopiesDialog(self, backups.copies(self._found.path), self._found.path)
        dialog.exec()
        dialog.deleteLater()
        if dialog.chosen:
            self.restore(dialog.chosen)

    def restore(self, copy: Path) -> None:
        """Put a copy in the place of the file, read through before."""
        self._foot.setEnabled(False)  # one at a time
        put_back(
            self,
            self._runner,
            copy,
            self._found.path,
            self._who,
            done=lambda: self._leave_with(Way(self._found.path)),
            refused=lambda error: self._refuse(copy, error),
            ended=self._go_on,
        )

    def _go_on(self) -> None:
        self._foot.setEnabled(True)
        self._main.setFocus()

    def _refuse(self, copy: Path, error: AppError) -> None:
        """Say why that copy was not taken, and offer the next one."""
        if isinstance(error, Damaged):
            self._refused.add(copy)
        self._problem.setText(str(error))
        self._problem.show()
        self._offer()

    # other ways ------------------------------------------------------------------------
    def _choose_file(self) -> None:
        if path := files.open_file(self, "Mở tệp dữ liệu", DATA_FILES):
            self._leave_with(Way(path))

    def _try_again(self) -> None:
        self._leave_with(Way(self._found.path))

    def _begin_new(self) -> None:
        self._leave_with(Way(self._found.path, is_new=True))

    def _leave_with(self, way: Way) -> None:
        self.way = way
        self.accept()

    def reject(self) -> None:
        """Leave, but not in the middle of putting a copy back."""
        if not self._runner.is_busy:
            super().reject()


def _title(state: FileState) -> str:
    if state in _GONE:
        return "Không thấy tệp dữ liệu"
    return "Tệp dữ liệu không mở được"


def _counts(copy: Copy) -> str:
    """What the copy holds."""
    return (
        f"{numbers.grouped(copy.classes)} lớp, {numbers.grouped(copy.learners)} học viên, "
        f"{numbers.grouped(copy.certificates)} giấy chứng nhận"
    )
