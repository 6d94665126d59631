"""Sao lưu, phục hồi: how old the newest copy is, making one, the list, putting one back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from app.errors import StorageError
from app.terms import Permission
from app.ui import dialogs, files, theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.labels import label
from app.ui.messages import Banner, EmptyState
from app.ui.progress import Steps
from app.ui.settings import backup_work as work
from app.ui.settings.backup_cards import AutomaticCard, UsbCard
from app.ui.settings.copy_reading import contents, newest_news, since
from app.ui.settings.copy_rows import Said, columns, restored_words
from app.ui.settings.restore_dialog import RestoreDialog
from app.ui.settings.section import Section
from app.ui.table import TableModel
from app.ui.table_view import TableView
from app.ui.tasks import Task

if TYPE_CHECKING:
    # The room of copies imports SQLAlchemy, which takes longer than the window to paint.
    from app.backups import Copy
    from app.ui.settings.backup_work import Made, Tried

_NOTE = (
    "Trước khi phục hồi, chương trình tự sao lưu dữ liệu đang dùng. "
    "Tự giữ mọi bản của 2 ngày, rồi mỗi kỳ một bản: 12 ngày, 10 tuần, 9 tháng."
)
_COPY_FILES = "Bản sao Sổ Lớp (*.sqlite)"


class BackupSection(Section):
    """The copies of the file, and what can be done with them."""

    title = "Sao lưu, phục hồi"
    needs = (Permission.BACK_UP, Permission.RESTORE)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("backup_section")
        self._path = context.database.path
        self._tried: dict[Path, str] = {}
        self._here: list[Copy] = []
        self._there: list[Copy] = []
        self._banner: Banner | None = None
        self._is_working = False
        self.model: TableModel[Copy] = TableModel(
            columns(self._tried, self._folder()), key=lambda copy: copy.path
        )
        self.view = TableView(self.model, "copy_list", height=28)
        self.view.set_empty(
            EmptyState("database-backup", "Chưa có bản sao nào", "Bấm Sao lưu ngay để có bản đầu.")
        )
        self.view.selection_changed.connect(self._follow)
        self.automatic, self.usb = AutomaticCard(context), UsbCard(context)
        self.automatic.changed.connect(self.reload)
        self.usb.wanted.connect(self.carry)
        self._make_buttons()
        self._build()

    def _folder(self) -> Path:
        from app import backups

        return backups.folder(self._path)

    def _make_buttons(self) -> None:
        self._now = button("Sao lưu ngay", "primary", "database-backup", name="back_up_now")
        self._now.clicked.connect(self.back_up)
        self._file = button("Phục hồi từ tệp khác…", "quiet", name="restore_file")
        self._file.clicked.connect(self.restore_file)
        self._check = button("Kiểm tra bản sao", "", "circle-check", name="verify_copy")
        self._check.clicked.connect(self.verify)
        self._back = button(
            "Phục hồi từ bản này…", "dangerline", "archive-restore", name="restore_copy"
        )
        self._back.clicked.connect(self.restore)
        self.context.gate(self._now, Permission.BACK_UP)
        for each in (self._back, self._file):
            self.context.gate(each, Permission.RESTORE)

    def _build(self) -> None:
        head, cards, middle = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(label(self.title, "h1"), 1)
        head.addWidget(self._now)
        cards.setSpacing(theme.u(12))
        cards.addWidget(self.automatic, 13)
        cards.addWidget(self.usb, 7)
        middle.setSpacing(theme.u(8))
        middle.addWidget(label("Các bản sao", "h2"), 1)
        for each in (self._file, self._check, self._back):
            middle.addWidget(each)
        self._place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(18), theme.u(10), theme.u(16), theme.u(10))
        column.setSpacing(theme.u(8))
        for part in (head, self._place, cards, middle):
            column.addLayout(part)
        column.addWidget(self.view, 1)
        column.addWidget(label(_NOTE, "note", wrap=True))

    # showing -----------------------------------------------------------------------
    def reload(self) -> None:
        """Read settings, disks and copies; the second place may answer late."""
        from app import backups

        with self.context.refusals(self):
            self.automatic.reload()
            self.usb.reload()
            self._here = backups.copies(self._path)
            self._show()
            self._look_at_second_place()

    def _look_at_second_place(self) -> None:
        """A place on a network may take its time, so the window does not wait for it."""
        from app import backups

        place, path = self.automatic.second_place(), self._path
        self._there = [copy for copy in self._there if str(copy.path.parent) == place]
        if place:
            self.context.runner.run(
                self,
                "Xem nơi sao lưu thứ hai…",
                lambda _task: backups.copies(path, Path(place)),
                self._show_there,
                is_quiet=True,
            )

    def _show_there(self, copies: "list[Copy]") -> None:
        self._there = copies
        self._show()

    def _show(self) -> None:
        """The list, with its sentence above."""
        had_row = self.view.current_row() is not None
        rows = sorted([*self._here, *self._there], key=lambda c: (c.made_at, c.sequence))
        self.model.set_rows(reversed(rows))
        if rows and not had_row:
            self.view.select_key(rows[-1].path)
        self._say(newest_news(self.context.database, [*self._here, *self._there]))
        self._follow()

    def _say(self, said: Said) -> None:
        """Put one line under the title."""
        if self._banner:
            self._banner.hide()
            self._banner.deleteLater()
        self._banner = Banner(said.kind, said.what, said.advice)
        self._place.addWidget(self._banner)

    def _follow(self) -> None:
        """Buttons follow the cursor."""
        row, selected = self.view.current_row(), self.view.selected_rows()
        self._check.setEnabled(any(copy.sha256 for copy in selected))
        usable = row is not None and not row.problem and not self._tried.get(row.path)
        self._back.setEnabled(usable and self.context.may(Permission.RESTORE))
        self._file.setEnabled(self.context.may(Permission.RESTORE))

    # making --------------------------------------------------------------------------
    def back_up(self) -> None:
        """Make a copy now, and one in the second place."""
        place, path = self.automatic.second_place(), self._path
        self._run(
            "Đang sao lưu",
            lambda task: work.make(path, place, task.progress),
            self._made,
            work.make_steps("nơi thứ hai" if place else ""),
            "Hủy sao lưu",
        )

    def carry(self, folder: Path) -> None:
        """Make a copy and bring it to a USB disk."""
        path = self._path
        self._run(
            "Đang chép ra USB",
            lambda task: work.carry(path, folder, task.progress),
            lambda made: self._made(made, folder),
            work.make_steps(str(folder)),
            "Hủy chép",
        )

    def _run(
        self,
        title: str,
        act: Callable[[Task], object],
        done: Callable[..., object],
        steps: Steps,
        cancel: str,
    ) -> None:
        """Work with copies on the lane; whatever came of it, the list is read again."""
        if self._is_working:
            return  # a second click
        self._is_working = True
        task = self.context.runner.run(
            self, title, act, done, cancel=cancel, steps=steps, ended=lambda: self._after(task)
        )

    def _after(self, task: Task) -> None:
        from app import backups

        self._is_working = False
        self._here = backups.copies(self._path)
        self._show()
        self.context.frame.renew_copies()
        if task.cancelled:
            self.context.toast("Đã dừng. Dữ liệu và các bản sao giữ nguyên.")

    def _made(self, made: "Made", folder: Path | None = None) -> None:
        self._tried[made.copy.path] = ""
        if made.refusal:
            dialogs.show_error(self, StorageError(made.refusal))
        place = f" vào {folder}" if folder else ""
        self.context.toast(f"Đã sao lưu{place}, đã thử mở, khớp.")
        self._look_at_second_place()

    def verify(self) -> None:
        """Read the selected copies through."""
        paths = [copy.path for copy in self.view.selected_rows() if copy.sha256]
        self._run(
            "Đang kiểm tra bản sao",
            lambda task: work.verify(paths, task.progress),
            self._verified,
            work.VERIFY if len(paths) == 1 else work.many_steps(paths),
            "Hủy kiểm tra",
        )

    def _verified(self, found: "list[Tried]") -> None:
        self._tried.update({each.path: each.problem for each in found})
        bad = [each for each in found if each.problem]
        if bad:
            dialogs.show_error(self, StorageError(bad[0].problem))
        else:
            self.context.toast(f"Đã thử mở {len(found)} bản sao, khớp.")

    # putting back ----------------------------------------------------------------------
    def restore(self) -> None:
        """Ask, then let the copy of the cursor take the place of the data."""
        if copy := self.view.current_row():
            with self.context.refusals(self):
                self._ask_about(copy)

    def restore_file(self) -> None:
        """Choose a copy that lies elsewhere; it is read through before anything is asked."""
        from app import backups

        path = files.open_file(self, "Chọn bản sao để phục hồi", _COPY_FILES)
        if path:
            self._run(
                "Đang kiểm tra bản sao",
                lambda task: backups.verify(path, task.progress),
                self._ask_about,
                work.VERIFY,
                "Hủy kiểm tra",
            )

    def _ask_about(self, copy: "Copy") -> None:
        if self.restore_dialog(copy).exec() == QDialog.DialogCode.Accepted:
            self._put_back(copy)

    def _put_back(self, copy: "Copy") -> None:
        """Nothing of this page is there any more when the file is open again."""
        from app.restoring import put_back
        from app.ui.recovery.steps import STEPS

        path, user, toast = self._path, self.context.user, self.context.toast
        self.context.replace_file(
            "Đang phục hồi",
            lambda task: put_back(copy.path, path, user, task.progress),
            lambda restored: toast(restored_words(restored)),
            STEPS,
        )

    def restore_dialog(self, copy: "Copy") -> RestoreDialog:
        """The dialog with what is in the copy and what would be lost."""
        try:
            database = self.context.database
            return RestoreDialog(self, copy, contents(database), since(database, copy))
        except StorageError:  # what cannot be read any more can still be replaced
            return RestoreDialog(self, copy, None, None)
