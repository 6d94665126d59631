"""The list of papers of a dossier."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal

from app.ui.chips import ChipLook
from app.ui.columns import CENTRE, Column
from app.ui.reports import papers
from app.ui.reports.papers import Paper
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # The services bring SQLAlchemy, which takes longer to import than the window to paint.
    from app.services.dossier import DossierItem

PAPERS: dict[str, Paper] = {
    "class_list": papers.CLASS_LIST,
    "attendance": papers.ATTENDANCE,
    "register": papers.REGISTER,
    "certificates": papers.CERTIFICATES,
    "closing_report": papers.CLOSING_REPORT,
}
_CHIPS = {
    "ready": ChipLook("Đủ", "ok", "check"),
    "draft": ChipLook("Nháp", "warn", "pencil"),
    "waiting": ChipLook("Chờ", "neutral", "clock"),
    "missing": ChipLook("Thiếu", "bad", "circle-alert"),
}


class DocumentsModel(TableModel["DossierItem"]):
    """Papers in the order of the dossier."""

    def __init__(self) -> None:
        super().__init__(
            [
                Column("TT", self._number, id="number", width=40, align=CENTRE, searched=False),
                Column(
                    "Tài liệu", lambda item: item.title, stretch=True,
                    strong=lambda _item: True, second=lambda item: item.detail,
                ),
                Column(
                    "Tình trạng", lambda item: chip(item).text, id="state", width=110, chip=chip
                ),
                Column("Nguồn", _source, width=130, colour=lambda _item: "text2"),
                Column(
                    "", _action, id="action", width=130, colour=lambda _item: "primary",
                    searched=False,
                ),
            ],
            key=lambda item: item.key,
        )  # fmt: skip

    def _number(self, item: "DossierItem") -> str:
        return str(next(at for at, one in enumerate(self.rows, 1) if one.key == item.key))


class DocumentsView(TableView["DossierItem"]):
    """Enter, a double click or a click on "Mở" opens."""

    acted = Signal(object)  # item

    def __init__(self, model: DocumentsModel) -> None:
        super().__init__(model, "dossier_list", height=38)
        self.setAccessibleName("Tài liệu của lớp")
        self._last = len(model.columns) - 1
        self._documents = model
        self.opened.connect(self.acted)
        self.clicked.connect(self._click)

    def _click(self, index: QModelIndex) -> None:
        if index.column() == self._last:
            self.acted.emit(self._documents.row_at(index))


def chip(item: "DossierItem") -> ChipLook:
    """How far a paper is, as a word and a shape."""
    return _CHIPS[item.state.value]


def _source(item: "DossierItem") -> str:
    if item.key in PAPERS:
        return "Tự lập"
    return "Bản giấy" if item.key.endswith("decision") else "Số liệu lớp"


def _action(item: "DossierItem") -> str:
    if item.can_be_printed:
        return "Mở"
    return "Đến chỗ thiếu" if item.state.value == "missing" else "Xem"
