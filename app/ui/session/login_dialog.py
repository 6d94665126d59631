"""Who is there: a user, the password, and patience after too many wrong ones."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import AppError
from app.ui import dialogs, memory, theme
from app.ui.buttons import button
from app.ui.dialogs import Dialog
from app.ui.fields import Choice
from app.ui.keyboard import is_enter
from app.ui.labels import icon_label, label
from app.ui.password_field import PasswordField
from app.ui.session import signing_in

if TYPE_CHECKING:
    from app.database import Database
    from app.services.accounts import AccountRow, SignIn, User
    from app.ui.tasks import TaskRunner

_LAST = "login/last"  # whoever signed in last on this machine, by the number of the account
_WRONG = "Mật khẩu chưa đúng. Kiểm tra phím CapsLock và Unikey (chọn E)."
_NONE_SET = "Chưa đặt mật khẩu: bấm Đăng nhập rồi đặt ở tên người dùng, góc trên bên phải."
_FORGOTTEN = (
    "Không ai đọc lại được mật khẩu cũ. Nhờ người dùng có vai trò Quản trị vào Cài đặt, Người dùng"
    " và đặt mật khẩu mới. Dữ liệu và nhật ký giữ nguyên."
)


class LoginDialog(Dialog):
    """Ends with `user` signed in, or without one: the user leaves."""

    def __init__(
        self,
        parent: QWidget | None,
        database: "Database",
        runner: "TaskRunner",
        rows: Sequence["AccountRow"],
        *,
        title: str = "Đăng nhập",
        cancel: str = "Thoát",
        chosen: int | None = None,
    ) -> None:
        super().__init__(parent, title, 420, closable=False)
        self.setObjectName("login")
        self.user: User | None = None
        self._database, self._runner = database, runner
        self._rows = {row.id: row for row in rows}
        self._is_trying, self._wait = False, 0
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._count_down)
        self.account = Choice("account", "Người dùng", [(row.id, row.title) for row in rows])
        self.password = PasswordField("password", "Mật khẩu")
        self._build(cancel)
        self.account.load(self._last() if chosen is None else chosen)
        self.account.changed.connect(self._choose)
        self._choose()

    def _build(self, cancel: str) -> None:
        """Brand, two fields, the action."""
        self.box.addLayout(_brand(*signing_in.brand(self._database)))
        self.box.addWidget(self.account)
        self.box.addWidget(self.password)
        show = QCheckBox("Hiện mật khẩu")
        show.setObjectName("show_password")
        show.toggled.connect(self._show_password)
        self.box.addWidget(show)
        forgotten = button("Quên mật khẩu", "link", name="forgotten")
        forgotten.clicked.connect(lambda: dialogs.tell(self, "Quên mật khẩu", _FORGOTTEN))
        self.action = button("Đăng nhập", "primary", name="action")
        self.action.clicked.connect(self.try_password)
        self._cancel = self.set_actions(self.action, cancel, forgotten)
        self.password.line.returnPressed.connect(self.try_password)

    def _show_password(self, on: bool) -> None:
        """Letters or dots."""
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.password.line.setEchoMode(mode)

    def _row(self) -> "AccountRow | None":
        """The chosen user."""
        key = self.account.read()
        return self._rows.get(key) if isinstance(key, int) else None

    def _last(self) -> int | None:
        """Whoever signed in last here, while that user may."""
        last = memory.recall(_LAST)
        return next((key for key in self._rows if str(key) == last), None)

    def _choose(self) -> None:
        """Another user, another password, no patience asked yet."""
        self.password.fill("")
        self._wait = 0
        self._clock.stop()
        row = self._row()
        has_one = row is not None and row.has_password
        self.password.line.setEnabled(has_one)
        self.password.line.setPlaceholderText("" if has_one else "không có mật khẩu")
        self.password.show_problem("" if has_one else _NONE_SET)
        self.action.setEnabled(row is not None)
        if not self.account.combo.is_stepping:
            self._go_on()

    def _go_on(self) -> None:
        """The keyboard goes to what the chosen user does next."""
        (self.password.line if self.password.line.isEnabled() else self.action).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list of users goes on."""
        if is_enter(event) and self.account.combo.hasFocus():
            self._go_on()
        else:
            super().keyPressEvent(event)

    # trying ------------------------------------------------------------------
    def try_password(self) -> None:
        """Compare the password away from the GUI thread: that is made to take time."""
        row = self._row()
        if row is None or self._is_trying or self._wait:
            return
        self._set_trying(True)
        typed = self.password.read()
        self._runner.run(
            self,
            "Đăng nhập…",
            lambda _task: signing_in.answer(self._database, row, typed),
            self._take,
            refused=self._refuse,
            is_quiet=True,
        )

    def _set_trying(self, on: bool) -> None:
        """Nothing can be changed while the answer is on its way."""
        self._is_trying = on
        for each in (self.action, self._cancel, self.account.combo):
            each.setEnabled(not on)
        self.password.line.setReadOnly(on)

    def _take(self, answer: "SignIn") -> None:
        """Let the user in, or say why not."""
        self._set_trying(False)
        if answer.user:
            self.user = answer.user
            memory.remember(_LAST, answer.user.account_id)
            self.accept()
        elif answer.wait_seconds:
            self._wait = answer.wait_seconds + 1
            self._clock.start()
            self._count_down()
        else:
            self._say(_WRONG)

    def _refuse(self, error: AppError) -> None:
        """Say under the field what hinders."""
        self._set_trying(False)
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        """Put a sentence under the password, which can be typed over at once."""
        self.password.line.selectAll()
        self.password.line.setFocus()
        self.password.show_problem(sentence)

    def _count_down(self) -> None:
        """Tell how long to wait."""
        self._wait -= 1
        self.action.setEnabled(not self._wait)
        if self._wait:
            self._say(f"Sai nhiều lần. Đợi {self._wait} giây rồi thử lại.")
        else:
            self._clock.stop()
            self._say("Thử lại được rồi.")

    def reject(self) -> None:
        """Leave, but not while the answer is on its way."""
        if not self._is_trying:
            super().reject()


def _brand(name: str, place: str) -> QHBoxLayout:
    """Whose program this is."""
    row, column = QHBoxLayout(), QVBoxLayout()
    row.setContentsMargins(0, theme.u(4), 0, theme.u(6))
    row.setSpacing(theme.u(14))
    row.addWidget(icon_label("landmark", "brand", 36))
    column.setSpacing(0)
    for text, kind in ((name, "brand_name"), (place, "brand_place")):
        line = label(text)
        line.setObjectName(kind)
        column.addWidget(line)
    row.addLayout(column, 1)
    return row


def ask(
    parent: QWidget,
    database: "Database",
    runner: "TaskRunner",
    *,
    title: str = "Đăng nhập",
    cancel: str = "Thoát",
    chosen: int | None = None,
) -> "User | None":
    """Ask who is there until somebody is, or leaves."""
    rows = signing_in.users(database)
    make = partial(LoginDialog, parent, database, runner, rows)
    dialog = make(title=title, cancel=cancel, chosen=chosen)
    dialog.exec()
    dialog.deleteLater()
    return dialog.user
