"""Lớp học: all classes with the next thing to do in each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.numbers import grouped
from app.terms import ClassStatus, Permission
from app.ui import days, shortcuts, theme
from app.ui.buttons import SegmentedFilter, button, icon_button
from app.ui.classes import class_columns
from app.ui.combo import Combo
from app.ui.context import Context
from app.ui.history import taking_back
from app.ui.labels import label
from app.ui.list_export import ListExport
from app.ui.messages import EmptyState, way_card
from app.ui.page import Page
from app.ui.search import SearchField
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.class_tasks import ClassRow


class ClassListPage(Page):
    """The list, its filters, and the way to open a new class."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("class_list_page")
        self._year_chosen = False
        self.model: TableModel[ClassRow] = TableModel(
            class_columns.columns(), key=lambda row: row.id
        )
        self.view = TableView(self.model, "class_list", height=30)
        self.view.setAccessibleName("Danh sách lớp")
        self._build()
        self._connect()

    def _build(self) -> None:
        """Title, filters, list, line below."""
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(6))
        column.setSpacing(theme.u(8))
        column.addLayout(self._title_row())
        self._filters = self._filter_row()
        column.addWidget(self._filters)
        self._nothing_found = EmptyState("search", "Không có lớp nào khớp", "", [self._clear()])
        self.view.set_empty(self._nothing_found)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._first_class())
        column.addWidget(self._stack, 1)
        column.addLayout(self._foot_row())
        self.land_on(self.view)

    def _title_row(self) -> QHBoxLayout:
        """Title, counts, the one primary act."""
        row = QHBoxLayout()
        row.setSpacing(theme.u(12))
        row.addWidget(label("Lớp học", "h1"))
        self._counts = label("", "muted")
        row.addWidget(self._counts)
        row.addStretch(1)
        self._new = button("Mở lớp mới", "primary", "plus", name="new_class", shortcut="new")
        self._new.clicked.connect(self.open_new)
        self.context.gate(self._new, Permission.EDIT_CLASSES)
        self._out = ListExport(self, self.view, self.context, lambda: "Danh sách lớp học")
        row.addWidget(self._out.button)
        row.addWidget(self._new)
        return row

    def _filter_row(self) -> QWidget:
        """Text, year, programme, status, columns."""
        self.search = SearchField("Lọc theo tên lớp, địa điểm, chủ nhiệm…", icon="funnel")
        self.search.setMinimumWidth(theme.u(160))
        self.search.setMaximumWidth(theme.u(270))
        self.year, self.programme = Combo([(None, "Mọi năm")]), Combo()
        self.year.setAccessibleName("Năm")
        self.programme.setAccessibleName("Chương trình")
        self.programme.setFixedWidth(theme.u(156))
        self.status = SegmentedFilter(
            [(None, "Tất cả"), *((each, each.label) for each in ClassStatus)]
        )
        columns = icon_button("columns-3", "Chọn cột", name="choose_columns")
        columns.clicked.connect(
            lambda: self.view.columns.menu().popup(columns.mapToGlobal(QPoint(0, columns.height())))
        )
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.u(8))
        row.addWidget(self.search, 8)
        for widget in (self.year, self.programme, self.status):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(columns)
        return made

    def _foot_row(self) -> QHBoxLayout:
        """What is selected, which keys work."""
        row = QHBoxLayout()
        self._selected = label("", "caption")
        self._keys = label("Enter mở lớp · Ctrl+C chép sang Excel · Ctrl+F lọc", "caption")
        row.addWidget(self._selected)
        row.addStretch(1)
        row.addWidget(self._keys)
        return row

    def _first_class(self) -> EmptyState:
        """What stands here before there is any class."""
        self._first = new = button("Mở lớp mới…", "primary", name="new_first_class")
        new.clicked.connect(self.open_new)
        self.context.gate(new, Permission.EDIT_CLASSES)
        settings = button("Xem chương trình…", name="see_programmes")
        settings.clicked.connect(lambda: self.context.open("settings"))
        return EmptyState(
            "school",
            "Chưa có lớp nào",
            "Mở lớp rồi mới có danh sách học viên, điểm danh và giấy chứng nhận.",
            [
                way_card(
                    "school",
                    "Mở lớp mới",
                    "Chọn chương trình, ngày khai giảng; lịch học lập sẵn theo chương trình.",
                    new,
                ),
                way_card(
                    "settings",
                    "Xem chương trình",
                    "Danh mục chương trình có sẵn, sửa được ở mục Cài đặt.",
                    settings,
                ),
            ],
        )

    def _clear(self) -> QWidget:
        """The way out of an empty filter."""
        made = button("Bỏ lọc", name="clear_filters")
        made.clicked.connect(self.clear_filters)
        return made

    def _connect(self) -> None:
        """Filters and keys."""
        self.search.searched.connect(self._search)
        self.search.left_downwards.connect(self._into_list)
        self.year.chosen.connect(self._choose_year)
        self.programme.chosen.connect(lambda _key: self._apply())
        self.status.chosen.connect(lambda _key: self._apply())
        self.view.opened.connect(self._open)
        self.view.selection_changed.connect(self._show_foot)
        if self.context.may(Permission.EDIT_CLASSES):
            shortcuts.bind(self, "new", self.open_new)
        shortcuts.bind(self, "find", self._find)

    # filters ---------------------------------------------------------------------
    def _find(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _into_list(self) -> None:
        """Down from the search field."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.view.current_row() is None and self.model.shown:
            self.view.selectRow(0)

    def _search(self, query: str) -> None:
        """Filter by text."""
        self.model.set_filter(query)
        self._show_counts()

    def _choose_year(self) -> None:
        """The user chose a year; it stays."""
        self._year_chosen = True
        self._apply()

    def clear_filters(self) -> None:
        """Show every class."""
        self.search.clear()
        self.model.set_filter("")
        self.year.set_key(None)
        self.programme.set_key(None)
        self._year_chosen = True
        self.status.choose(None)

    def _in_scope(self, row: "ClassRow") -> bool:
        """Whether a class passes year and programme."""
        year, programme = self.year.key(), self.programme.key()
        return year in (None, row.year) and programme in (None, row.programme)

    def _apply(self) -> None:
        """Filter the rows and count them."""
        status = self.status.key()
        self.model.set_accept(lambda row: self._in_scope(row) and status in (None, row.status))
        self._show_counts()

    def _show_counts(self) -> None:
        """Counts beside the title, in the status filter, and what was not found."""
        scope = [row for row in self.model.rows if self._in_scope(row)]
        learners = sum(row.learners for row in scope)
        self._counts.setText(f"{len(scope)} lớp · {grouped(learners)} lượt học viên")
        per_status = [sum(row.status is each for row in scope) for each in ClassStatus]
        self.status.set_counts([len(scope), *per_status])
        query = self.search.query().strip()
        self._nothing_found.say(
            f"Không có lớp nào khớp “{query}”" if query else "Không có lớp nào khớp",
            "Thử bỏ bớt chữ, chọn năm khác hoặc bỏ lọc.",
        )
        self._show_foot()

    def _show_foot(self) -> None:
        """How many classes are selected or shown."""
        selected = len(self.view.selected_rows())
        shown = f"{len(self.model.shown)} lớp trong danh sách"
        self._selected.setText(f"{selected} lớp đang chọn" if selected else shown)

    # acts --------------------------------------------------------------------------
    def _open(self, row: "ClassRow") -> None:
        """Enter goes to where the next task is done."""
        self.context.open("class", row.id, row.task.tab if row.task else "dossier")

    def open_new(self) -> None:
        """Open a class, then go to its first task."""
        from app.ui.classes.open_dialog import OpenClassDialog

        dialog = OpenClassDialog(self, self.context)
        if dialog.exec() and dialog.class_id:
            self.context.saved()
            self.context.open("class", dialog.class_id, dialog.next_tab)
            taking_back.tell_done(self.context, f"Đã mở lớp {dialog.title}.")

    # page --------------------------------------------------------------------------
    def reload(self) -> None:
        """Read every class."""
        from app.services import class_tasks

        with self.context.database.reading() as db:
            rows = class_tasks.class_list(db)
        self._offer_choices(rows)
        self.model.set_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.land_on(self.view if rows else self._first)
        for each in (self._filters, self._keys, self._selected, self._counts):
            each.setVisible(bool(rows))
        self._new.setVisible(bool(rows) and self.context.user.may(Permission.EDIT_CLASSES))
        self._apply()

    def _offer_choices(self, rows: "list[ClassRow]") -> None:
        """Years and programmes that have classes; at first this year, or the newest."""
        years = sorted({row.year for row in rows}, reverse=True)
        programmes = dict.fromkeys(row.programme for row in rows)
        self.year.set_choices([(None, "Mọi năm"), *((year, f"Năm {year}") for year in years)])
        self.programme.set_choices(
            [(None, "Mọi chương trình"), *((each, each) for each in sorted(programmes))]
        )
        if years and not self._year_chosen:
            this_year = days.today().year
            self.year.set_key(this_year if this_year in years else years[0])

    def set_compact(self, on: bool) -> None:
        """A narrow window drops the words about keys and the programme."""
        self._keys.setVisible(not on and bool(self.model.rows))
        self.programme.setVisible(not on)
        at = next(at for at, each in enumerate(self.model.columns) if each.key == "programme")
        self.view.setColumnHidden(at, on)
