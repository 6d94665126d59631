"""Where the file lies: the first page of the wizard, with two ways in for who has data already."""

import os
from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import backups, opening
from app.backups.manifest import path_of
from app.errors import AppError, InputError
from app.opening import Diagnosis
from app.ui import dialogs, files
from app.ui.buttons import button
from app.ui.first_run.folder_field import FolderField
from app.ui.first_run.forms import Step, Values
from app.ui.labels import Card, label, rich
from app.ui.recovery.copies_dialog import COPY_FILES, CopiesDialog
from app.ui.recovery.putting_back import put_back
from app.ui.recovery.rescue import DATA_FILES
from app.ui.settings import drives
from app.ui.settings.backup_work import USB_FOLDER
from app.ui.tasks import TaskRunner

_HAS_DATA = (
    "Tệp của máy cũ thì mở; bản sao ở USB thì phục hồi: chương trình đọc lại từng byte rồi chép "
    "vào thư mục ở trên, bản sao giữ nguyên. Cả hai cách đều không hỏi thêm bước nào."
)
_IS_COPY = (
    "{name} là bản sao: mở thẳng thì việc ghi mới làm hỏng bản sao. "
    "Bấm “Phục hồi từ bản sao…” để chép về máy này rồi làm việc."
)
_OTHER = "Tệp {name} {state}. Chọn tệp khác, hoặc bấm “Phục hồi từ bản sao…”. Tệp được giữ nguyên."


class PlaceStep(Step):
    """A folder for the new file; `go_on` gets the file of who opened or restored one instead."""

    def __init__(self, path: Path, who: str, go_on: Callable[[Path], object]) -> None:
        super().__init__(self._check)
        self._name, self._who, self._go_on = path.name, who, go_on
        self._runner = TaskRunner(self)
        folder = FolderField("folder", "Thư mục để dữ liệu", required=True)
        self.add_row(folder)
        self.about = rich("", "muted")
        self.warning = label("", "warning", wrap=True)
        self.problem = label("", "problem", wrap=True)
        for part in (self.about, self.warning, self._ways(), self.problem):
            self.add(part)
        self.add_stretch()
        self.load({"folder": path.absolute().parent})
        folder.settled.connect(self._show)
        self._show()

    def _ways(self) -> Card:
        """What to press where there are data already."""
        card = Card("Đã có dữ liệu, từ máy cũ hay bản sao?")
        card.add(label(_HAS_DATA, "muted", wrap=True))
        existing = button("Mở tệp dữ liệu đã có…", name="open_existing")
        existing.clicked.connect(self.open_existing)
        copy = button("Phục hồi từ bản sao…", "", "archive-restore", name="restore_first")
        copy.clicked.connect(self.restore)
        row = QHBoxLayout()
        for each in (existing, copy):
            row.addWidget(each)
        row.addStretch(1)
        card.add(row)
        return card

    def entry(self) -> QWidget:
        """The folder."""
        return self.field("folder").editor

    @property
    def is_busy(self) -> bool:
        """Whether a copy is being put in place."""
        return self._runner.is_busy

    def file(self) -> Path:
        """The file that is made there."""
        folder = self.field("folder").value()
        assert isinstance(folder, Path)
        return folder / self._name

    def _show(self) -> None:
        """Say which files come to be, and what speaks against the place."""
        file = None if self.field("folder").problem() else self.file()
        self.about.setText(_about(file) if file else "")
        words = opening.warning_of_place(file) if file else ""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))
        self._say("")

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def _check(self, _values: Values) -> None:
        """Refuse a place that has a file, or can have none."""
        file = self.file()
        if _is_there(file):
            raise InputError(
                f"Thư mục này đã có tệp {file.name}. Bấm “Mở tệp dữ liệu đã có…” để dùng tệp đó, "
                "hoặc chọn thư mục khác.",
                "folder",
            )
        there = next(filter(_is_there, file.parents), None)
        if there is None or not there.is_dir() or not os.access(there, os.W_OK):
            raise InputError(
                "Không lập được tệp ở thư mục này: không thấy ổ hoặc không có quyền ghi. "
                "Chọn thư mục khác.",
                "folder",
            )

    # data that are there already -----------------------------------------------------
    def open_existing(self) -> None:
        """Choose a file to go on with; it stays where it lies."""
        path = files.open_file(self, "Mở tệp dữ liệu đã có", DATA_FILES)
        if path is None:
            return
        problem = _problem(opening.diagnose(path))
        self._say(problem)
        if not problem and self._is_wanted_there(path):
            self._go_on(path)

    def _is_wanted_there(self, path: Path) -> bool:
        """Ask before a file is used where files break."""
        warning = opening.warning_of_place(path)
        return not warning or dialogs.confirm(
            self, f"Dùng tệp {path.name} ở nơi này?", warning, action="Dùng tệp ở đó"
        )

    def restore(self) -> None:
        """Choose a copy and put it at the place above, read through before."""
        self._say("")
        if self.is_busy or not self.submit():
            return
        if copy := self._chosen_copy():
            self._put_back(copy)

    def _chosen_copy(self) -> Path | None:
        """From a list of those on plugged-in disks; where there are none, any file."""
        found = copies_at_hand(self.file())
        if not found:
            return files.open_file(self, "Chọn bản sao để phục hồi", COPY_FILES)
        dialog = CopiesDialog(self, found, self.file())
        dialog.exec()
        dialog.deleteLater()
        return dialog.chosen

    def _put_back(self, copy: Path) -> None:
        file = self.file()
        put_back(
            self,
            self._runner,
            copy,
            file,
            self._who,
            done=lambda: self._go_on(file),
            refused=self._refuse,
            ended=lambda: None,
        )

    def _refuse(self, error: AppError) -> None:
        self._say(str(error))


def _is_there(path: Path) -> bool:
    """Whether something lies there, no for an answer where nobody may look."""
    return os.access(path, os.F_OK)


def copies_at_hand(file: Path) -> list[backups.Copy]:
    """Copies of a centre file on the disks that are plugged in, newest first."""
    places = [place for drive in drives.removable_drives() for place in _places(drive.root)]
    found = [copy for place in places for copy in backups.copies(file, place)]
    return sorted(found, key=lambda copy: copy.made_at, reverse=True)


def _places(root: Path) -> tuple[Path, Path]:
    return root / USB_FOLDER, root


def _about(file: Path) -> str:
    """The file and where its copies go."""
    copies = escape(str(backups.folder(file)))
    return f"Tệp dữ liệu: <b>{escape(str(file))}</b><br>Bản sao tự động: {copies}"


def _problem(found: Diagnosis) -> str:
    """Why a file is not gone on with; "" for one that can be."""
    if path_of(found.path).exists():
        return _IS_COPY.format(name=found.path.name)
    if found.may_open:
        return ""
    if found.state.may_be_replaced:
        return _OTHER.format(name=found.path.name, state=found.state.label)
    return found.sentence
