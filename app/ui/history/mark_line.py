"""The mark of the newest entry, and comparing one that was printed on a paper."""

import re
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app import numbers
from app.ui import theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.labels import Card, label

if TYPE_CHECKING:
    # Comes with SQLAlchemy, which takes longer to import than the window to paint.
    from app.journal import Head

_PRINTED = re.compile(r"([\d.\s]*\d)\W+([0-9A-F]{4})\W?([0-9A-F]{4})\W?([0-9A-F]{4})\W*", re.I)
_ABOUT = "Số và dấu của mục mới nhất được in ở chân sổ cấp giấy và báo cáo tổng kết."
_TYPE_IT = "Ghi đủ số mục và 12 ký tự như trên giấy."


class MarkLine(Card):
    """The newest mark at the left, the field for a printed one at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__(sunken=True)
        self._context = context
        self._head = label("", "strong")
        self._head.setObjectName("journal_mark")
        self.field = QLineEdit()
        self.field.setObjectName("printed_mark")
        self.field.setPlaceholderText("Dấu in trên giấy")
        self.field.setAccessibleName("Dấu in trên giấy")
        self.field.setFixedWidth(theme.u(210))
        self.field.returnPressed.connect(self.compare)
        compare = button("Đối chiếu", name="compare_mark")
        compare.clicked.connect(self.compare)
        self.answer = label(_ABOUT, "note", wrap=True)
        self.answer.setObjectName("mark_answer")
        row = QHBoxLayout()
        row.setSpacing(theme.u(10))
        row.addWidget(self._head)
        row.addWidget(self.answer, 1)
        row.addWidget(self.field)
        row.addWidget(compare)
        self.add(row)
        self.answer.setMinimumHeight(2 * self.answer.fontMetrics().lineSpacing())

    def show_head(self, head: "Head") -> None:
        """Show the newest entry's mark."""
        self._head.setText(f"Mục mới nhất: {head.mark}")

    def compare(self) -> None:
        """Say whether the entry with this mark is still there as it was."""
        from app import journal

        typed = _PRINTED.fullmatch(self.field.text().strip())
        if typed is None:
            self._say(_TYPE_IT if self.field.text().strip() else _ABOUT, "note")
            return
        number = "".join(sign for sign in typed[1] if sign.isdigit())
        with self._context.database.reading() as db:
            is_there = journal.knows(db, f"{number} · {'-'.join(typed.groups()[1:])}")
        shown = numbers.grouped(int(number))
        if is_there:
            self._say(f"Khớp: mục {shown} vẫn như lúc in giấy.", "good")
        else:
            self._say(f"Không thấy mục {shown} với dấu này: nhật ký đã bị cắt hoặc sửa.", "problem")

    def _say(self, words: str, role: str) -> None:
        """Show the answer."""
        self.answer.setText(words)
        theme.repolish(self.answer, role=role)
