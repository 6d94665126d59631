"""Who teaches: a list of lecturers with ticks, free ones first, filtered by name."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui import theme
from app.ui.columns import Column, name_column, number_column
from app.ui.field import Field
from app.ui.search import SearchField
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.lecturers import LecturerRow


@dataclass(frozen=True)
class Candidate:
    """A lecturer as the list shows them; `busy` names where they teach at that time."""

    id: int
    full_name: str
    kind: str
    periods: int
    busy: str


def candidates(rows: "Sequence[LecturerRow]", busy: Mapping[int, str]) -> list[Candidate]:
    """Free lecturers first, those with fewer periods before the others."""
    made = [
        Candidate(row.id, row.full_name, row.employment.label, row.periods, busy.get(row.id, ""))
        for row in rows
    ]
    return sorted(made, key=lambda one: (bool(one.busy), one.periods))


class LecturerField(Field):
    """Any number of lecturers; the value is the tuple of their ids."""

    def __init__(self, name: str, caption: str, *, height: int = 190) -> None:
        self.model: TableModel[Candidate] = TableModel(
            [
                name_column(lambda one: one.full_name, "Giảng viên", width=190),
                Column("Loại", lambda one: one.kind, id="kind", width=112, searched=False),
                number_column("Tiết năm nay", lambda one: one.periods, id="periods", width=112),
                Column(
                    "Lịch",
                    lambda one: f"Bận: {one.busy}" if one.busy else "Rảnh",
                    id="busy",
                    stretch=True,
                    searched=False,
                    colour=lambda one: "bad" if one.busy else "text2",
                    icon=lambda one: ("triangle-alert", "bad") if one.busy else None,
                    tooltip=lambda one: one.busy,
                ),
            ],
            key=lambda one: one.id,
            tickable=True,
        )
        self.view = TableView(self.model, "lecturer_choice")
        self.view.setFixedHeight(theme.u(height))
        self.search = SearchField("Tìm tên, không cần dấu…")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.u(4))
        column.addWidget(self.search)
        column.addWidget(self.view)
        super().__init__(name, caption, box, note="Dấu cách để chọn, chọn được nhiều người.")
        box.setFocusProxy(self.search)
        self.view.setAccessibleName(caption)
        self.search.searched.connect(self.model.set_filter)
        self.search.left_downwards.connect(self._into_list)
        self.view.opened.connect(self._toggle)
        self.model.ticks_changed.connect(self._was_changed)

    def offer(self, rows: Sequence[Candidate]) -> None:
        """Lecturers to choose from; ticks stay, ticked ones come first the first time."""
        self.model.set_rows(rows)

    def _into_list(self) -> None:
        """Down or Enter in the search field goes to the first match."""
        self.view.setFocus()
        if self.model.shown:
            self.view.selectRow(0)

    def _toggle(self, one: Candidate) -> None:
        """Enter or a double click ticks."""
        self.model.set_ticked([one], not self.model.is_ticked(one))

    def state(self) -> object:
        """The ticked ids."""
        return frozenset(self.read())

    def read(self) -> tuple[int, ...]:
        """The ticked ids, filtered out or not."""
        return tuple(one.id for one in self.model.ticked_rows())

    def fill(self, value: Any) -> None:
        """Tick these ids and bring them to the top."""
        ids: Collection[int] = value or ()
        rows = sorted(self.model.rows, key=lambda one: one.id not in ids)
        self.model.clear_ticks()
        self.model.set_rows(rows)
        self.model.set_ticked([one for one in rows if one.id in ids], True)
