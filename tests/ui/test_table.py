"""The one table model and its view."""

from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.dates import PartialDate
from app.ui.chips import ChipLook
from app.ui.columns import Column, date_column, name_column, number_column
from app.ui.messages import EmptyState
from app.ui.table import ROW_ROLE, TableModel
from app.ui.table_view import TableView


@dataclass(frozen=True)
class Person:
    id: int
    full_name: str
    born: PartialDate | None = None
    unit: str = ""
    mark: int | None = None


NAMES = ("Trần Thị Đào", "Nguyễn Văn Ánh", "Hà Trọng Ẩn", "Lê Văn Dũng", "Mai Quỳnh Anh", "Đỗ Hòa")
PEOPLE = tuple(
    Person(at, name, PartialDate(1980 + at, 3, 1), "UBND xã Tân Hòa")
    for at, name in enumerate(NAMES)
)
Model = TableModel[Person]


def make_model(*, tickable: bool = False) -> Model:
    model = Model(
        [
            name_column(lambda person: person.full_name),
            date_column("Ngày sinh", lambda person: person.born),
            Column("Đơn vị", lambda person: person.unit, stretch=True),
            number_column("Điểm", lambda person: person.mark),
        ],
        key=lambda person: person.id,
        tickable=tickable,
    )
    model.set_rows(PEOPLE)
    return model


def names(model: Model) -> list[str]:
    return [person.full_name for person in model.shown]


@pytest.fixture
def view(qtbot: QtBot) -> TableView[Person]:
    made = TableView(make_model(tickable=True), "people")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def model_of(view: TableView[Person]) -> Model:
    model = view.model()
    assert isinstance(model, TableModel)
    return model


@pytest.mark.parametrize("tickable", [False, True])
def test_the_model_keeps_the_contract_of_qt(tickable: bool) -> None:
    model = make_model(tickable=tickable)
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(model, mode)
    model.set_filter("hoa")
    model.sort(0)
    model.set_rows(PEOPLE[:2])
    model.set_ticked(PEOPLE[:1], True)
    model.set_rows([])
    assert tester.model() is model


def test_people_are_sorted_by_given_name_in_vietnamese_order() -> None:
    model = make_model()
    model.sort(0)
    assert names(model) == [
        "Mai Quỳnh Anh", "Nguyễn Văn Ánh", "Hà Trọng Ẩn", "Lê Văn Dũng", "Trần Thị Đào", "Đỗ Hòa",
    ]  # fmt: skip


def test_descending_order_turns_the_names_round() -> None:
    model = make_model()
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert names(model)[0] == "Đỗ Hòa"


@pytest.mark.parametrize("order", list(Qt.SortOrder))
def test_empty_values_come_last_in_both_directions(order: Qt.SortOrder) -> None:
    model = make_model()
    model.set_rows([Person(1, "A", mark=None), Person(2, "B", mark=7), Person(3, "C", mark=9)])
    model.sort(3, order)
    assert names(model)[-1] == "A"


def test_equal_rows_keep_the_order_they_were_loaded_in() -> None:
    model = make_model()
    model.sort(2)
    assert names(model) == list(NAMES)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert names(model) == list(NAMES)


def test_a_year_only_birth_sorts_before_the_dates_of_its_year() -> None:
    model = make_model()
    exact, year = PartialDate.of(date(1985, 2, 1)), PartialDate(1985)
    model.set_rows([Person(1, "A", exact), Person(2, "B", year)])
    model.sort(1)
    assert names(model) == ["B", "A"]


def test_the_filter_needs_neither_accents_nor_case() -> None:
    model = make_model()
    model.set_filter("dao")
    assert names(model) == ["Trần Thị Đào"]
    model.set_filter("hoa TAN")
    assert len(model.shown) == len(PEOPLE)
    model.set_filter("zzz")
    assert not model.shown


def test_filter_by_words_and_by_choice_work_together() -> None:
    model = make_model()
    model.set_accept(lambda person: person.id < 3)
    model.set_filter("an")
    assert names(model) == ["Trần Thị Đào", "Nguyễn Văn Ánh", "Hà Trọng Ẩn"]


def test_the_row_itself_is_reached_through_its_role() -> None:
    model = make_model()
    assert model.index(2, 0).data(int(ROW_ROLE)) is PEOPLE[2]
    assert QModelIndex().data(int(ROW_ROLE)) is None


def test_a_chip_is_read_out() -> None:
    column = Column[Person]("Trạng thái", lambda _p: "", chip=lambda _p: ChipLook("Đang học", "ok"))
    model = Model([column])
    model.set_rows(PEOPLE[:1])
    assert model.index(0, 0).data(int(Qt.ItemDataRole.AccessibleTextRole)) == "Đang học"


def test_ticks_survive_filtering_and_are_counted_when_hidden() -> None:
    model = make_model(tickable=True)
    model.set_ticked(PEOPLE[:3], True)
    model.set_filter("dao")
    assert [person.id for person in model.ticked_rows()] == [0, 1, 2]
    assert model.hidden_ticks() == 2
    model.set_rows(PEOPLE[1:])
    assert [person.id for person in model.ticked_rows()] == [1, 2]


def test_copying_gives_tabs_and_lines_for_excel(view: TableView[Person]) -> None:
    view.selectAll()
    view.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Trần Thị Đào\t01/03/1980\tUBND xã Tân Hòa\t"
    assert len(lines) == len(PEOPLE)


def test_headings_are_copied_on_wish_and_hidden_columns_never(view: TableView[Person]) -> None:
    view.setColumnHidden(2, True)
    view.selectRow(0)
    assert view.as_text(headings=True).split("\n") == [
        "Họ và tên\tĐơn vị\tĐiểm", "Trần Thị Đào\tUBND xã Tân Hòa\t",
    ]  # fmt: skip


def test_ctrl_c_copies(view: TableView[Person], qtbot: QtBot) -> None:
    view.selectRow(3)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().startswith("Lê Văn Dũng\t")


def test_space_ticks_and_a_false_backspace_changes_nothing(
    view: TableView[Person], qtbot: QtBot
) -> None:
    view.selectRow(1)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert model_of(view).is_ticked(PEOPLE[1])
    event = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "\b"
    )
    QApplication.sendEvent(view, event)
    assert model_of(view).is_ticked(PEOPLE[1])
    assert view.current_row() is PEOPLE[1]
    assert len(model_of(view).shown) == len(PEOPLE)


def test_home_and_end_go_to_the_first_and_the_last_row(view: TableView[Person]) -> None:
    view.setCurrentIndex(view.model().index(2, 1))
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.current_row() == PEOPLE[-1]
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current_row() == PEOPLE[0]
    assert view.selected_rows() == [PEOPLE[0]]


def test_letters_go_to_the_next_given_name(view: TableView[Person]) -> None:
    view.selectRow(0)
    view.keyboardSearch("a")
    first = view.current_row()
    view.keyboardSearch("n")
    assert first is PEOPLE[1]
    assert view.current_row() is PEOPLE[1]


def test_cursor_and_selection_stay_on_their_rows(view: TableView[Person]) -> None:
    view.select_key(3)
    model_of(view).sort(0)
    assert view.current_row() is PEOPLE[3]
    model_of(view).set_rows(reversed(PEOPLE))
    assert view.selected_rows() == [PEOPLE[3]]


def test_everything_selected_stays_selected_after_sorting(view: TableView[Person]) -> None:
    view.selectAll()
    model_of(view).sort(0)
    assert len(view.selected_rows()) == len(PEOPLE)


def test_widths_order_and_sorting_are_remembered(view: TableView[Person], qtbot: QtBot) -> None:
    view.horizontalHeader().resizeSection(1, 333)
    view.horizontalHeader().moveSection(4, 2)
    view.columns.show_column(2, False)
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    view.columns.save()
    again = TableView(make_model(tickable=True), "people")
    qtbot.addWidget(again)
    assert again.horizontalHeader().sectionSize(1) == 333
    assert again.horizontalHeader().visualIndex(4) == 2
    assert again.isColumnHidden(2)
    assert names(model_of(again))[0] == "Đỗ Hòa"
    again.columns.reset()
    assert again.horizontalHeader().sectionSize(1) == 210
    assert names(model_of(again)) == list(NAMES)


def test_the_empty_state_covers_only_an_empty_list(view: TableView[Person]) -> None:
    empty = EmptyState("users", "Lớp chưa có học viên")
    view.set_empty(empty)
    assert not empty.isVisible()
    model_of(view).set_filter("zzz")
    assert empty.isVisible()
    assert empty.geometry() == view.viewport().rect()


def test_rows_are_high_enough_for_every_mark(view: TableView[Person]) -> None:
    assert view.rowHeight(0) >= view.fontMetrics().height() + 8


def test_the_cursor_stays_on_its_row_without_a_selection(
    qtbot: QtBot, view: TableView[Person]
) -> None:
    with qtbot.waitActive(view):
        view.show()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    view.clearSelection()
    before = view.current_row()
    assert before == PEOPLE[1]
    model_of(view).set_rows(PEOPLE)
    assert view.current_row() == before


def test_enter_works_at_once_in_a_list_that_is_filled_later(
    qtbot: QtBot, view: TableView[Person]
) -> None:
    with qtbot.waitActive(view):
        view.show()
    view.setFocus()
    model = model_of(view)
    model.set_rows([])
    model.set_rows(PEOPLE)
    with qtbot.waitSignal(view.opened) as caught:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert caught.args == [model.shown[0]]


@pytest.mark.parametrize(("counts", "shown"), [(True, "1.418"), (False, "1418")])
def test_a_count_is_grouped_and_a_number_that_names_a_row_is_not(counts: bool, shown: str) -> None:
    column: Column[int] = number_column("Số", lambda row: row, counts=counts)
    assert column.text(1418) == shown
