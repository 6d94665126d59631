"""The list where marks are typed: digits start at once, Enter goes down, a column is pasted."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.delegates import ListDelegate
from app.ui.keyboard import is_enter, is_plain
from app.ui.results.model import ResultsModel
from app.ui.table import Index
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.results import ResultRow  # noqa: F401 - named in the base of MarksView

_ONLY_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
_STARTS = "0123456789,."
_MOVES = {
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
}


class MarkDelegate(ListDelegate):
    """Gives the mark cell a plain line: no spin box turns 8.5 into 8 behind one's back."""

    def __init__(self, view: "MarksView", model: ResultsModel) -> None:
        super().__init__(view, cell_focus=True)
        self._marks = view
        self._model = model
        self.editor: QLineEdit | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """One line of text over the cell."""
        self.editor = QLineEdit(parent)
        self.editor.setObjectName("mark_editor")
        self.editor.setAccessibleName("Điểm, từ 0 đến 10")
        self.editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editor.setFrame(False)
        self.editor.setStyleSheet("min-height: 0; border-radius: 0;")  # the cell is the frame
        return self.editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands there, selected."""
        if isinstance(editor, QLineEdit):
            editor.setText(self._model.typed(self._model.row_at(index)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """Hand the typed text on; the page writes it."""
        if isinstance(editor, QLineEdit):
            row = self._model.row_at(index)
            if editor.text() != self._model.typed(row):
                self._marks.mark_typed.emit(row, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Exactly over the cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and arrows take what is typed and go on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = _MOVES.get(Qt.Key(event.key()))
            if step and isinstance(editor, QLineEdit):
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                self._marks.step(step)
                return True
        return super().eventFilter(editor, event)


class MarksView(TableView["ResultRow"]):
    """A list whose mark column takes digits as they are typed."""

    mark_typed = Signal(object, str)  # row, text
    pasted = Signal(int, str)  # first line, text of the clipboard
    cleared = Signal(list)  # rows

    def __init__(self, model: ResultsModel) -> None:
        super().__init__(model, "result_list", cell_focus=True)
        self._results = model
        self.marks = MarkDelegate(self, model)
        self.setItemDelegate(self.marks)
        self.setAccessibleName("Kết quả của học viên")
        self.doubleClicked.connect(lambda _index: self.edit_mark())

    def go_to(self, line: int) -> None:
        """Put the keyboard onto the mark of a line."""
        index = self._results.index(line, self._results.mark_section)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _ONLY_ROW)
            self.scrollTo(index)

    def step(self, by: int) -> None:
        """To the mark of the next or previous person."""
        self.go_to(self.currentIndex().row() + by)

    def edit_mark(self, typed: str = "") -> None:
        """Open the mark of the current person, with the first character typed."""
        if self._results.read_only or self.isColumnHidden(self._results.mark_section):
            return
        self.go_to(max(self.currentIndex().row(), 0))
        index: QModelIndex = self.currentIndex()
        if not index.isValid():
            return
        self.edit(index)
        if typed and self.marks.editor:
            self.marks.editor.setText(typed)

    def paste(self) -> None:
        """Take a column from the clipboard, downwards from the current person."""
        text = QGuiApplication.clipboard().text()
        if text.strip() and not self._results.read_only:
            self.pasted.emit(max(self.currentIndex().row(), 0), text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits type, Enter goes down, Del clears, Ctrl+V pastes; letters find a name."""
        if is_plain(event) and event.text() and event.text() in _STARTS:
            self.edit_mark(event.text())
        elif is_enter(event):
            self.step(1)
        elif event.key() == Qt.Key.Key_F2:
            self.edit_mark()
        elif event.key() == Qt.Key.Key_Delete and not self._results.read_only:
            self.cleared.emit(self.selected_rows())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)
