"""The grid of an import: typing begins at once, F2 edits, a block from Excel is pasted."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QLineEdit,
    QStyleOptionViewItem,
    QWidget,
)

from app.spreadsheets.fields import Field
from app.terms import Sex
from app.ui.combo import Combo
from app.ui.delegates import ListDelegate
from app.ui.imports.lines import ImportLine, columns
from app.ui.imports.work import ImportWork
from app.ui.keyboard import is_enter
from app.ui.table import Index, TableModel
from app.ui.table_view import TableView

_ONLY_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
_MOVES = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
_SEXES = [("", "–"), *((sex.label, sex.label) for sex in Sex)]
Cell = tuple[int, int, str]
"""Screen line, section, text."""
_FIXED = {"row", "standing", "problem"}


class ImportModel(TableModel[ImportLine]):
    """Lines of a file; ticked lines are imported."""

    def __init__(self) -> None:
        super().__init__(columns(), key=lambda line: line.row.row, tickable=True)
        self.work: ImportWork | None = None

    def show_work(self, work: ImportWork) -> None:
        """Show another file from its first line."""
        self.work = work
        self.set_rows(work.lines)
        self._ticked = {line.row.row for line in work.lines if not line.left_out}

    def renew(self) -> None:
        """Show what became of the lines without moving anything on the screen."""
        if self.work is None:
            return
        fresh = {line.row.row: line for line in self.work.lines}
        self._rows = list(self.work.lines)
        self._shown = [fresh[line.row.row] for line in self._shown if line.row.row in fresh]
        self._folded = None
        if self._shown:
            last = self.index(len(self._shown) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def field_at(self, section: int) -> str:
        """The code of the field a section edits, empty where nothing is typed."""
        column = self.column_at(section)
        return "" if column is None or column.key in _FIXED else column.key

    def field_of(self, section: int) -> Field | None:
        """The field of the file a section edits."""
        return self.work.field_of(self.field_at(section)) if self.work else None

    def raw(self, index: Index) -> str:
        """The text of a cell as it stands in the file, or as it was typed."""
        field = self.field_of(index.column())
        return self.work.raw(self.row_at(index).row.row, field) if self.work and field else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Fields of people can be typed."""
        flags = super().flags(index)
        if self.field_at(index.column()):
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags


class ImportDelegate(ListDelegate):
    """An editor per column over the raw text of the cell."""

    def __init__(self, view: "ImportView") -> None:
        super().__init__(view, cell_focus=True)
        self._grid = view
        self.editor: QWidget | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A choice for the sex, a plain line for everything else."""
        name = self._grid.lines.field_at(index.column())
        made: QWidget = Combo(_SEXES, parent) if name == "sex" else _line(parent)
        if isinstance(made, Combo):
            made.activated.connect(lambda _at: self._take(made))
        made.setObjectName("import_editor")
        made.setAccessibleName(Field(name).label)
        self.editor = made
        return made

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the raw text, selected."""
        raw = self._grid.lines.raw(index)
        if isinstance(editor, Combo):
            editor.set_key(raw)
        elif isinstance(editor, QLineEdit):
            editor.setText(raw)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QObject, index: Index) -> None:
        """Hand the typed text on; the row is read again."""
        typed = str(editor.key()) if isinstance(editor, Combo) else _typed(editor)
        if typed != self._grid.lines.raw(index):
            self._grid.change([(index.row(), index.column(), typed)])

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Exactly over the cell."""
        editor.setGeometry(option.rect)

    def _take(self, editor: QWidget) -> None:
        """Take what is typed and close the editor."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter, Tab and arrows take what is typed and go on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            move = _MOVES.get(Qt.Key(event.key()))
            arrows = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            if move and not (isinstance(editor, QComboBox) and arrows):
                self._take(cast(QWidget, editor))
                self._grid.step(*move)
                return True
        return super().eventFilter(editor, event)


def _line(parent: QWidget) -> QLineEdit:
    made = QLineEdit(parent)
    made.setFrame(False)
    made.setStyleSheet("min-height: 0; border-radius: 0;")  # the cell is the frame
    return made


def _typed(editor: QWidget) -> str:
    return editor.text() if isinstance(editor, QLineEdit) else ""


class ImportView(TableView[ImportLine]):
    """The lines of a file, typed into as in Excel."""

    typed = Signal(object, int)  # texts by row and field, how many cells of a block had no place
    undone = Signal()

    def __init__(self, model: ImportModel) -> None:
        super().__init__(model, "import_grid", cell_focus=True)
        self.lines = model
        self.editing = ImportDelegate(self)
        self.setItemDelegate(self.editing)
        self.setAccessibleName("Các dòng của tệp")

    # moving ----------------------------------------------------------------------
    def fields(self) -> list[int]:
        """Sections that can be typed into and are shown, in screen order."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [at for at in order if self.lines.field_at(at) and not self.isColumnHidden(at)]

    def section(self, field: str) -> int:
        """The section of a field, shown or not."""
        count = self.lines.columnCount()
        return next(at for at in range(count) if self.lines.field_at(at) == field)

    def go_to(self, line: int, section: int) -> None:
        """Put the keyboard onto a cell."""
        index = self.lines.index(line, section)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, _ONLY_ROW)
            self.scrollTo(index)

    def step(self, down: int, right: int) -> None:
        """To the next cell below or beside that can be typed into."""
        here, sections = self.currentIndex(), self.fields()
        section = here.column()
        if right and section in sections:
            at = sections.index(section) + right
            section = sections[min(max(at, 0), len(sections) - 1)]
        self.go_to(here.row() + down, section)

    def edit_cell(self, typed: str = "") -> None:
        """Open the current cell, with the first letter typed; elsewhere the first wrong one."""
        index: QModelIndex = self.currentIndex()
        if not index.isValid():
            return
        if not self.lines.field_at(index.column()):
            self.go_to(index.row(), self.wrong_section(self.lines.row_at(index)))
            index = self.currentIndex()
        self.scrollTo(index)
        self.edit(index)
        if typed and isinstance(self.editing.editor, QLineEdit):
            self.editing.editor.setText(typed)

    def wrong_section(self, line: ImportLine) -> int:
        """Where a line has to be put right: its first wrong or doubtful cell, else the name."""
        sections = self.fields()
        wanted = line.wrong or line.doubts
        return next((at for at in sections if self.lines.field_at(at) in wanted), sections[0])

    # clipboard -------------------------------------------------------------------
    def change(self, cells: Iterable[Cell], lost: int = 0) -> None:
        """Tell about typed texts, many as one step."""
        found: dict[int, dict[Field, str]] = {}
        for line, section, text in cells:
            number = self.lines.row_at(line).row.row
            if self.lines.work and (
                field := self.lines.work.field_of(self.lines.field_at(section))
            ):
                found.setdefault(number, {})[field] = text
        self.typed.emit(found, lost)

    def paste(self) -> None:
        """Take a block from the clipboard, downwards and to the right from the current cell."""
        rows, here = block(QGuiApplication.clipboard().text()), self.currentIndex()
        if not rows or not self.lines.field_at(here.column()):
            return
        sections = self.fields()
        sections = sections[sections.index(here.column()) :]
        fitting = [
            (line, section, text)
            for line, row in enumerate(rows[: self.lines.rowCount() - here.row()], here.row())
            for section, text in zip(sections, row, strict=False)
        ]
        self.change(fitting, sum(map(len, rows)) - len(fitting))

    def clear(self) -> None:
        """Empty the current cell of every selected line."""
        section = self.currentIndex().column()
        lines = sorted(one.row() for one in self.selectionModel().selectedRows())
        if lines and self.lines.field_at(section):
            self.change((line, section, "") for line in lines)

    # what Qt asks ------------------------------------------------------------------
    def event(self, event: QEvent) -> bool:
        """Ctrl+Z takes typing back here before it takes back what was written."""
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if undo and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters type, Enter goes down, Del clears, Ctrl+V pastes, Ctrl+Z takes back."""
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        types = event.text().isprintable() and event.text().strip()
        in_field = bool(self.lines.field_at(self.currentIndex().column()))
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # steps of the wizard
        elif plain and types and in_field:
            self.edit_cell(event.text())
        elif is_enter(event):
            self.step(1, 0)
        elif event.key() == Qt.Key.Key_F2:
            self.edit_cell()
        elif event.key() == Qt.Key.Key_Delete:
            self.clear()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undone.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click edits the cell under the pointer."""
        if self.lines.field_at(self.indexAt(event.position().toPoint()).column()):
            self.edit_cell()


def block(text: str) -> list[list[str]]:
    """Rows of cells as Excel puts them onto the clipboard; its last line break says nothing."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    return [line.split("\t") for line in lines] if text.strip() else []
