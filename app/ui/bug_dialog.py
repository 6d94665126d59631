"""The dialog about a fault of the program."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.ui import dialogs
from app.ui.buttons import button

_SENTENCE = (
    "Chương trình gặp lỗi, dữ liệu đã ghi vẫn nguyên. Chép chi tiết gửi người hỗ trợ, rồi mở lại."
)


def show_bug(parent: QWidget | None, details: str, log_folder: Path) -> None:
    """Tell about a fault, with details to copy and the way to the log."""
    title = "Chương trình gặp lỗi"
    dialog = dialogs.message_dialog(parent, title, _SENTENCE, "circle-alert", "bad")
    dialog.setObjectName("bug_dialog")
    shown = QPlainTextEdit(details)
    shown.setReadOnly(True)
    shown.setAccessibleName("Chi tiết lỗi")
    dialog.box.addWidget(shown)
    copy = button("Chép chi tiết", "primary", "copy", name="copy_details")
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    folder = button("Mở thư mục nhật ký", "link", name="open_log_folder")
    where = QUrl.fromLocalFile(str(log_folder))
    folder.clicked.connect(lambda: QDesktopServices.openUrl(where))
    dialog.set_actions(copy, link=folder)
    dialog.exec()
