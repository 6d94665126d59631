"""The questions about units: another name, which unit stays, which mergers of 2025 are meant."""

import datetime
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app import numbers
from app.ui import theme
from app.ui.buttons import button, set_text
from app.ui.columns import Column, number_column
from app.ui.dialogs import Dialog
from app.ui.fields import Choice, DateField, TextField
from app.ui.form import Form, FormDialog
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.communes import Offer
    from app.services.units import UnitRow

_LAST_DAY = "Ngày cuối của tên cũ; bỏ trống nếu chỉ sửa cách viết."
_PAPERS = "Danh sách lớp và giấy tờ đã lập giữ tên của lúc ấy. Tên cũ vẫn tìm được."
NameGiven = Callable[[str, datetime.date | None], object]


def rename_dialog(parent: QWidget, unit: "UnitRow", save: NameGiven) -> FormDialog:
    """Another name for the unit itself."""
    form = Form(lambda values: _give(save, values))
    form.add(label(_PAPERS, "note", wrap=True))
    form.add_row(TextField("name", "Tên đơn vị", required=True))
    form.add_row(DateField("valid_to", "Tên cũ dùng đến hết ngày", note=_LAST_DAY))
    form.load({"name": unit.name})
    return FormDialog(parent, f"Đổi tên {unit.name}", form, action="Đổi tên")


def name_dialog(parent: QWidget, unit: "UnitRow", save: NameGiven) -> FormDialog:
    """A name the unit is also found by."""
    form = Form(lambda values: _give(save, values))
    said = f"Danh sách ghi tên này thì được hiểu là {unit.name}."
    form.add(label(said, "note", wrap=True))
    form.add_row(TextField("name", "Tên khác, tên cũ hoặc tên viết tắt", required=True))
    form.add_row(
        DateField("valid_to", "Dùng đến hết ngày", note="Chỉ ghi cho tên cũ đã thôi dùng.")
    )
    return FormDialog(parent, f"Thêm tên khác của {unit.name}", form, action="Thêm tên")


def merge_dialog(
    parent: QWidget,
    chosen: "Sequence[UnitRow]",
    save: Callable[[int, datetime.date | None], object],
) -> FormDialog:
    """Which of the units stays."""

    def merge(values: dict[str, object]) -> None:
        save(cast(int, values["into"]), cast("datetime.date | None", values["valid_to"]))

    form = Form(merge)
    people = numbers.grouped(sum(row.people for row in chosen))
    said = f"{people} người của {len(chosen)} đơn vị về một đơn vị. {_PAPERS}"
    form.add(label(said, wrap=True))
    most = max(chosen, key=lambda row: row.people)
    form.add_row(
        Choice("into", "Đơn vị còn lại", [(row.id, f"{row.name} ({row.people})") for row in chosen])
    )
    form.add_row(DateField("valid_to", "Sáp nhập, tên cũ dùng đến hết ngày", note=_LAST_DAY))
    form.load({"into": most.id})
    return FormDialog(parent, f"Gộp {len(chosen)} đơn vị?", form, action="Gộp đơn vị")


def _give(save: NameGiven, values: dict[str, object]) -> None:
    save(str(values["name"]), cast("datetime.date | None", values["valid_to"]))


class MergersDialog(Dialog):
    """What the reference says about the units there are; nothing is ticked beforehand."""

    def __init__(self, parent: QWidget, offers: "Sequence[Offer]", area: str) -> None:
        super().__init__(parent, "Xã sáp nhập từ 01/07/2025", 800)
        self.setObjectName("mergers_dialog")
        said = (
            f"Theo danh mục xã cũ, xã mới của {area}. Đánh dấu (phím cách) những dòng đúng là xã "
            "đó; nơi khác có thể có xã trùng tên. Làm xong vẫn hoàn tác được."
        )
        self.box.addWidget(label(said, wrap=True))
        self.model: TableModel[Offer] = TableModel(
            _columns(), key=lambda row: (row.unit_id, row.old_name), tickable=True
        )
        self.view = TableView(self.model, "mergers", height=30)
        self.view.setFixedHeight(theme.u(320))
        self.view.set_empty(EmptyState("landmark", "Không có tên xã cũ nào phải xem"))
        self.model.set_rows(offers)
        self.box.addWidget(self.view)
        self.action = button("Áp dụng", "primary", name="action")
        self.action.clicked.connect(self.accept)
        self.model.ticks_changed.connect(self._renew)
        self.set_actions(self.action, "Chưa, để sau")
        self._renew()

    def _renew(self) -> None:
        """Name how many would be done."""
        count = len(self.model.ticked_rows())
        set_text(self.action, f"Áp dụng ({count})")
        self.action.setEnabled(count > 0)


def _columns() -> "list[Column[Offer]]":
    """Old, new, what would be done, for how many."""
    return [
        Column("Tên cũ", lambda row: row.old_name, width=250, strong=lambda _row: True),
        Column("Nay là", lambda row: row.new_name, stretch=True),
        Column("Việc sẽ làm", lambda row: row.act, width=110),
        number_column("Người", lambda row: row.people or None, width=70),
    ]
