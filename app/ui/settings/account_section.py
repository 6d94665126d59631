"""Người dùng: who signs in, with which roles; none at all is the usual state of one person."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.errors import RuleError
from app.terms import Permission
from app.ui import days, dialogs, shortcuts, theme
from app.ui.buttons import button, set_text
from app.ui.chips import ChipLook
from app.ui.columns import Column, name_column
from app.ui.context import Context
from app.ui.form import FormDialog
from app.ui.history.record_dialog import Subject, offer_history
from app.ui.labels import label
from app.ui.messages import Banner, EmptyState
from app.ui.settings.account_dialogs import account_dialog, password_dialog
from app.ui.settings.idle_card import IdleCard
from app.ui.settings.section import Section
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.accounts import AccountForm, AccountRow

_ALONE = "Chưa có người dùng: mở chương trình là làm việc được"
ALONE_TEXT = (
    "Trung tâm một người làm thì để như vậy: không mật khẩu, ai mở máy đều làm được mọi việc.\n"
    "Thêm người dùng khi nhiều người dùng chung máy: nhật ký ghi đúng tên, mỗi người làm việc "
    "của mình.\n"
    "Người thứ nhất là Quản trị và đặt mật khẩu ngay; từ đó mở chương trình phải gõ mật khẩu."
)
PASSWORD_NOTE = (
    "Mật khẩu ngăn nhầm lẫn giữa những người dùng chung máy; ai chép được tệp dữ liệu vẫn đọc được."
)


class AccountSection(Section):
    """The list of users, and after how many minutes the screen is locked."""

    title = "Người dùng"
    needs = (Permission.MANAGE_ACCOUNTS,)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("account_section")
        self._lecturers: dict[int, str] = {}
        self.model: TableModel[AccountRow] = TableModel(
            _columns(self._lecturers), key=lambda row: row.id
        )
        self.model.row_tint = lambda row: "" if row.is_active else "zebra"
        self.view = TableView(self.model, "account_list", height=30)
        self.view.opened.connect(self.edit)
        self.view.edit_requested.connect(self.edit)
        self.view.selection_changed.connect(self._follow)
        offer_history(self.view, context, self._subject)
        self._banner: Banner | None = None
        self._place = QVBoxLayout()
        self.idle = IdleCard(context)
        self._make_buttons()
        self._build()

    def _make_buttons(self) -> None:
        self._add = button("Thêm người dùng…", "primary", "user-plus", name="new_account")
        self._add.setToolTip(shortcuts.tooltip("Thêm người dùng", "new"))
        self._add.clicked.connect(lambda: self.edit(None))
        shortcuts.bind(self, "new", self._add.click)
        self._change = button("Sửa…", "", "pencil", name="edit_account")
        self._change.clicked.connect(lambda: self.edit(self.view.current_row()))
        self._password = button("Đặt mật khẩu…", "", "lock", name="set_password")
        self._password.clicked.connect(self.set_password)
        self._state = button("Ngừng dùng…", "", "ban", name="account_state")
        self._state.clicked.connect(self.change_state)
        for each in (self._add, self._change, self._password, self._state):
            self.context.gate(each, Permission.MANAGE_ACCOUNTS)

    def _build(self) -> None:
        first = button("Thêm người dùng đầu tiên…", "primary", "user-plus", name="first_account")
        first.clicked.connect(lambda: self.edit(None))
        self.context.gate(first, Permission.MANAGE_ACCOUNTS)
        self.view.set_empty(EmptyState("users", _ALONE, ALONE_TEXT, [first]))
        head = QHBoxLayout()
        head.setSpacing(theme.u(8))
        head.addWidget(label("Người dùng", "h1"), 1)
        for each in (self._state, self._password, self._change, self._add):
            head.addWidget(each)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(18), theme.u(10), theme.u(16), theme.u(10))
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addLayout(self._place)
        column.addWidget(self.view, 1)
        column.addWidget(self.idle)
        column.addWidget(label(PASSWORD_NOTE, "note", wrap=True))

    # showing -----------------------------------------------------------------------
    def reload(self) -> None:
        """Read the users and the setting."""
        from app.services import accounts, lecturers

        with self.context.database.reading() as db:
            rows = accounts.account_list(db)
            people = lecturers.lecturer_list(db, days.today().year)
        self._lecturers.update({row.id: row.full_name for row in people})
        self.model.set_rows(rows)
        if rows and self.view.current_row() is None:
            self.view.select_key(rows[0].id)
        self._warn(sum(row.is_active and not row.has_password for row in rows))
        self.idle.reload()
        for each in (self._add, self._change, self._password, self._state, self.idle):
            each.setVisible(bool(rows))
        self._follow()

    def _warn(self, open_doors: int) -> None:
        """Say how many users have no password."""
        if self._banner:
            self._place.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None
        if open_doors:
            self._banner = Banner(
                "warn",
                f"{open_doors} người dùng chưa có mật khẩu.",
                "Ai cũng vào được dưới tên họ. Chọn người rồi bấm Đặt mật khẩu.",
            )
            self._place.addWidget(self._banner)

    def _follow(self) -> None:
        """Buttons follow the cursor."""
        row = self.view.current_row()
        allowed = row is not None and self.context.may(Permission.MANAGE_ACCOUNTS)
        for each in (self._change, self._password, self._state):
            each.setEnabled(allowed)
        set_text(self._state, "Ngừng dùng…" if row is None or row.is_active else "Cho dùng lại")

    def may_leave(self) -> bool:
        """Ask about unsaved minutes."""
        return self.idle.may_leave()

    def _subject(self) -> Subject | None:
        """The user whose history of changes is asked for."""
        row = self.view.current_row()
        return ("account", row.id, row.full_name) if row else None

    # acts ----------------------------------------------------------------------------
    def edit(self, row: "AccountRow | None") -> None:
        """Add somebody, or change the row."""
        if self.context.may(Permission.MANAGE_ACCOUNTS):
            self.dialog(row).exec()
            self.settle_user()

    def dialog(self, row: "AccountRow | None") -> FormDialog:
        """The dialog; saving it reloads the list."""
        is_first = not any(each.is_active for each in self.model.rows)

        def save(form: "AccountForm", password: str) -> None:
            self._save(row, form, password)

        lecturers = sorted(self._lecturers.items(), key=lambda one: one[1])
        return account_dialog(self, row, lecturers, save, is_first=is_first and row is None)

    def _save(self, row: "AccountRow | None", form: "AccountForm", password: str = "") -> None:
        """Write a user, with the password in the same act."""
        from app.services import accounts

        if row and row.is_active and not form.is_active:
            self._refuse_oneself(row)
        act = "Sửa người dùng" if row else "Thêm người dùng"
        with self.context.database.writing(f"{act} {form.full_name}") as db:
            saved = accounts.save_account(db, form, row.id if row else None)
            if password:
                accounts.set_password(db, saved, password)
        self._done(saved)

    def set_password(self) -> None:
        """Give the user of the cursor a new password."""
        if row := self.view.current_row():
            self.password_dialog(row).exec()

    def password_dialog(self, row: "AccountRow") -> FormDialog:
        """The dialog that sets a password."""
        from app.services import accounts

        def save(password: str) -> None:
            with self.context.database.writing(f"Đặt mật khẩu cho {row.full_name}") as db:
                accounts.set_password(db, row.id, password)
            self._done(row.id)

        return password_dialog(self, row, save)

    def change_state(self) -> None:
        """Let a user in no more, or again."""
        from app.services.accounts import AccountForm

        row = self.view.current_row()
        if row is None:
            return
        form = AccountForm(row.full_name, row.roles, row.lecturer_id, not row.is_active)
        with self.context.refusals(self):
            if not row.is_active or self._confirm_end(row):
                self._save(row, form)
        self.settle_user()

    def _confirm_end(self, row: "AccountRow") -> bool:
        """Ask before somebody is kept out; what the last one means is said."""
        others = [each for each in self.model.rows if each.is_active and each.id != row.id]
        words = "Người này không vào chương trình được nữa; nhật ký vẫn giữ tên."
        if not others:
            words = "Đây là người dùng cuối cùng: từ nay chương trình không hỏi mật khẩu nữa."
        title = f"Ngừng người dùng {row.full_name}?"
        return dialogs.confirm(self, title, words, action="Ngừng dùng")

    def _refuse_oneself(self, row: "AccountRow") -> None:
        """Nobody locks oneself out while others remain."""
        others = [each for each in self.model.rows if each.is_active and each.id != row.id]
        if others and row.id == self.context.user.account_id:
            raise RuleError(
                "Không ngừng được chính người đang dùng. Đổi sang người quản trị khác rồi làm."
            )

    def _done(self, account_id: int) -> None:
        """Show what is stored."""
        self.context.saved()
        self.reload()
        self.view.select_key(account_id)

    def settle_user(self) -> None:
        """Let the first user, or whoever changed the own account, go on as who they are now."""
        from app.services import accounts
        from app.ui.session.entrance import computer_user

        here = self.context.user
        active = [row for row in self.model.rows if row.is_active]
        own = [row for row in active if row.id == here.account_id] or active[:1]
        with self.context.database.reading() as db:
            now = (
                accounts.user_of(db, own[0].id)
                if active
                else accounts.without_account(computer_user())
            )
        if (now.account_id, now.roles) == (here.account_id, here.roles):
            return
        self.context.frame.sign_in(now)
        if active:
            words = f"{now.title} đang làm việc. Lần sau mở chương trình phải gõ mật khẩu."
            self.context.toast(words if here.account_id is None else f"Từ nay là {now.title}.")
        else:
            self.context.toast("Từ nay chương trình không hỏi mật khẩu.")


def _columns(lecturers: dict[int, str]) -> list[Column["AccountRow"]]:
    """Name, roles, lecturer, password, state."""
    return [
        name_column(lambda row: row.full_name, width=200),
        Column("Vai trò", lambda row: ", ".join(role.label for role in row.roles), stretch=True),
        Column(
            "Là giảng viên",
            lambda row: lecturers.get(row.lecturer_id or 0, ""),
            width=180,
        ),
        Column(
            "Mật khẩu",
            lambda _row: "",
            chip=lambda row: (
                ChipLook("Đã đặt", "ok", "check")
                if row.has_password
                else ChipLook("Chưa có", "warn", "triangle-alert")
            ),
            width=110,
        ),
        Column(
            "Tình trạng",
            lambda _row: "",
            chip=lambda row: (
                ChipLook("Đang dùng", "info") if row.is_active else ChipLook("Ngừng dùng", "done")
            ),
            width=116,
        ),
    ]
