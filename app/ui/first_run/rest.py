"""The last pages of the wizard, which all have a safe default: programmes, copies, users."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import numbers
from app.errors import InputError
from app.terms import Role
from app.ui import theme
from app.ui.buttons import button, set_text
from app.ui.first_run.folder_field import FolderField
from app.ui.first_run.forms import Step, Values
from app.ui.labels import Card, label
from app.ui.settings import drives
from app.ui.settings.account_dialogs import account_dialog
from app.ui.settings.account_section import ALONE_TEXT, PASSWORD_NOTE
from app.ui.settings.second_place import refuse_useless

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.accounts import AccountForm

_COPIES = "Không phải làm gì: chương trình tự sao lưu mỗi lần đóng, và mỗi 30 phút khi có thay đổi."
_WHY_SECOND = (
    "Bản sao cùng máy mất theo máy. Chọn thêm USB, ổ khác hoặc thư mục mạng thì mỗi bản sao được "
    "chép sang đó. Bỏ trống thì chỉ có bản sao ở máy này."
)
_COLUMNS = 2


class ProgrammeStep(Step):
    """The catalogue with its programmes ticked that are offered when a class is opened."""

    def __init__(self) -> None:
        super().__init__()
        from app.services import setup

        grid = QGridLayout()
        grid.setVerticalSpacing(theme.u(9))
        self.boxes: dict[str, QCheckBox] = {}
        for at, each in enumerate(setup.catalogue()):
            box = self.boxes[each.code] = QCheckBox(each.short_name)
            box.setChecked(each.is_active)
            box.setToolTip(f"{each.name}: {each.periods} tiết, {each.sessions} buổi")
            box.toggled.connect(self._show)
            grid.addWidget(box, at // _COLUMNS, at % _COLUMNS)
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self.count = label("", "strong")
        for part in (holder, self.count):
            self.add(part)
        self.add_stretch()
        self._show()

    def entry(self) -> QWidget:
        """The first programme."""
        return next(iter(self.boxes.values()))

    def offered(self) -> frozenset[str]:
        """The codes of the ticked programmes."""
        return frozenset(code for code, box in self.boxes.items() if box.isChecked())

    def _show(self) -> None:
        count = numbers.grouped(len(self.offered()))
        self.count.setText(f"Khi mở lớp sẽ chọn trong {count} chương trình.")


class BackupStep(Step):
    """What is copied by itself, and a second place for it."""

    def __init__(self, file: Callable[[], Path]) -> None:
        super().__init__(self._check)
        self._file = file
        self._field = FolderField("second_place", "Nơi sao lưu thứ hai (nếu có)")
        self.add(label(_COPIES, "strong", wrap=True))
        self.add_row(self._field)
        self._drives = QVBoxLayout()
        self._drives.setSpacing(theme.u(4))
        holder = QWidget()
        holder.setLayout(self._drives)
        self._drives.setContentsMargins(0, 0, 0, 0)
        self.add(holder)
        self.add(label(_WHY_SECOND, "note", wrap=True))
        card = Card("Bản sao sẽ nằm ở")
        self.places = label("", wrap=True)
        self.places.setObjectName("copy_places")
        card.add(self.places)
        self.add(card)
        self.add_stretch()
        self.load({})
        self._field.settled.connect(self._show)

    def entry(self) -> QWidget:
        """The folder."""
        return self._field.editor

    def renew(self) -> None:
        """Look at what is plugged in now."""
        while item := self._drives.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for drive in drives.removable_drives():
            use = button(f"Dùng USB {drive.words}", "quiet", "usb", name="use_drive")
            use.clicked.connect(lambda _on=False, root=drive.root: self._field.fill(root))
            self._drives.addWidget(use)
        self._show()

    def place(self) -> str:
        """The chosen folder, "" for none."""
        return "" if self._field.problem() else str(self._field.value() or "")

    def _show(self) -> None:
        from app import backups

        here = f"{backups.folder(self._file())} (máy này)"
        self.places.setText("\n".join([here, *filter(None, [self.place()])]))

    def _check(self, values: Values) -> None:
        place = values["second_place"]
        if isinstance(place, Path):
            refuse_useless(place, self._file())


class AccountStep(Step):
    """One user without a password, or the first account by the form of the settings."""

    def __init__(self) -> None:
        super().__init__()
        self.account: AccountForm | None = None
        self.password = ""
        for line in ALONE_TEXT.splitlines():
            self.add(label(line, wrap=True))
        self._set = button("", "", "user-plus", name="first_account")
        self._set.clicked.connect(self.ask)
        self._drop = button("Bỏ, để không mật khẩu", "quiet", name="drop_account")
        self._drop.clicked.connect(lambda: self.keep(None, ""))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for each in (self._set, self._drop):
            row.addWidget(each)
        row.addStretch(1)
        buttons = QWidget()
        buttons.setLayout(row)
        self.add(buttons)
        card = Card("Khi mở chương trình")
        self.outcome = label("", "strong", wrap=True)
        self.outcome.setObjectName("login_outcome")
        card.add(self.outcome)
        self.add(card)
        self.add(label(PASSWORD_NOTE, "note", wrap=True))
        self.add_stretch()
        self.keep(None, "")

    def ask(self) -> None:
        """Ask for the first user; it is written with everything else."""
        account_dialog(self, None, [], self._take, is_first=True).exec()

    def _take(self, account: "AccountForm", password: str) -> None:
        from app.services import accounts

        if Role.LECTURER in account.roles:
            raise InputError(
                "Chưa có danh sách giảng viên. Thêm vai trò này sau, ở Cài đặt.", "roles"
            )
        accounts.refuse_short(password)
        self.keep(account, password)

    def keep(self, account: "AccountForm | None", password: str) -> None:
        """Remember who the first user is; None: nobody is asked."""
        self.account, self.password = account, password
        set_text(self._set, "Đổi…" if account else "Đặt người dùng và mật khẩu…")
        self._drop.setVisible(bool(account))
        self.outcome.setText(
            f"Hỏi mật khẩu của {account.full_name}."
            if account
            else "Không hỏi gì: một người dùng, không mật khẩu."
        )
