"""The list of people as its page reads it: columns, pages of rows, the order asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.ui.columns import Column, date_column, name_column, number_column
from app.ui.paged_table import PagedModel

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.database import Database
    from app.services.finding import StudentRow

_OTHER_ORDERS = ("born", "unit", "classes")  # column keys and values of people_order.Order


class PeopleModel(PagedModel["StudentRow"]):
    """Reads the rows that are seen."""

    def __init__(self, database: "Database") -> None:
        super().__init__(_columns(), lambda row: row.id, self._read, self._named)
        self._database = database

    def order(self) -> tuple[str, bool]:
        """What the heading asks for, and whether downwards."""
        key, is_descending = self.asked_order()
        return key if key in _OTHER_ORDERS else "name", is_descending

    def _read(self, ids: Sequence[int]) -> "Sequence[StudentRow]":
        """A page of rows; who was deleted meanwhile keeps a line until the list is read again."""
        from app.services import finding

        with self._database.reading() as db:
            rows = finding.rows(db, ids)
        if len(rows) == len(ids):
            return rows
        known = {row.id: row for row in rows}
        return [known.get(one) or finding.gone(one) for one in ids]

    def _named(self, typed: str) -> set[int]:
        """For letters typed into the list."""
        from app.services import finding

        with self._database.reading() as db:
            return set(finding.by_given_name(db, typed))


def _columns() -> list[Column["StudentRow"]]:
    """Name, birth, unit, number of classes."""
    return [
        name_column(lambda row: row.full_name, sort_key=lambda row: row.sort_key, width=176),
        date_column("Ngày sinh", lambda row: row.born, width=92, id="born"),
        Column("Đơn vị / chi bộ", lambda row: row.unit, stretch=True, id="unit"),
        number_column("Lớp", lambda row: row.classes, width=46, id="classes"),
    ]
