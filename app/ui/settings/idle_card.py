"""After how many minutes without a key the screen is locked."""

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout

from app.terms import Permission
from app.ui import theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.fields import NumberField
from app.ui.form import Form
from app.ui.labels import Card, label

_NOTE = "Khóa rồi phải gõ mật khẩu mới làm tiếp; việc đang làm dở vẫn nguyên. Ghi 0 là không khóa."


class IdleCard(Card):
    """One number, saved by its own button."""

    def __init__(self, context: Context) -> None:
        super().__init__("Khóa màn hình")
        self._context = context
        self.form = Form(self._save)
        self.minutes = NumberField(
            "idle_minutes", "Khóa sau số phút không dùng", required=True, most=24 * 60
        )
        self.minutes.setFixedWidth(theme.u(200))
        self.form.add_row(self.minutes)
        self._keep = button("Lưu thay đổi", name="save_idle")
        self._keep.clicked.connect(self.form.submit)
        self.form.changed.connect(self._follow)
        row = QHBoxLayout()
        row.setSpacing(theme.u(12))
        row.addWidget(self.form)
        row.addWidget(label(_NOTE, "note", wrap=True), 1)
        row.addWidget(self._keep)
        self.add(row)

    def reload(self) -> None:
        """Show what is set, unless something typed would be lost."""
        from app.services import settings

        if self.form.is_dirty and self.minutes.state():
            return
        with self._context.database.reading() as db:
            self.form.load({"idle_minutes": settings.load(db).idle_minutes})

    def _follow(self) -> None:
        """There is something to save only after a change."""
        allowed = self._context.may(Permission.MANAGE_ACCOUNTS)
        self._keep.setEnabled(allowed and self.form.is_dirty)

    def _save(self, values: dict[str, object]) -> None:
        from app.services import settings

        minutes = values["idle_minutes"]
        assert isinstance(minutes, int)
        with self._context.database.writing("Đặt số phút khóa màn hình") as db:
            settings.save(db, replace(settings.load(db), idle_minutes=minutes))
        self._context.saved()

    def may_leave(self) -> bool:
        """Ask about unsaved minutes; dropped input is taken back."""
        if not self.form.ask_to_leave():
            return False
        if self.form.is_dirty:
            self.form.load({})
            self.reload()
        return True
