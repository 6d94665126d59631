"""What a click on a step of the class does: the conditions, then the act or the tab of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from app.terms import ClassStatus, Permission
from app.ui import dialogs, theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.labels import icon_label, label

_TAB_OF = {ClassStatus.FINALISED: "results", ClassStatus.CLOSED: "dossier"}
_MEANING = {
    ClassStatus.PLANNED: "Lớp mới có trong dự kiến.",
    ClassStatus.RECRUITING: "Các đơn vị gửi danh sách học viên.",
    ClassStatus.RUNNING: "Lớp đã khai giảng, điểm danh từng buổi.",
}


class StepDialog(dialogs.Dialog):
    """Asks before a class moves a step, with the conditions that should hold."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        wanted: ClassStatus,
        conditions: list[tuple[bool, str, str]],
    ) -> None:
        super().__init__(parent, f"Chuyển lớp “{title}” sang {wanted.label}?")
        self.box.addWidget(label(_MEANING[wanted], wrap=True))
        for met, text, advice in conditions:
            self.box.addLayout(_condition(met, text, advice))
        if not all(met for met, *_ in conditions):
            self.box.addWidget(label("Vẫn chuyển được; việc còn thiếu làm sau.", "note"))
        act = button(f"Chuyển sang {wanted.label}", "primary", name="action")
        act.clicked.connect(self.accept)
        self.set_actions(act, "Chưa, để sau")
        act.setFocus()


def _condition(met: bool, text: str, advice: str) -> QHBoxLayout:
    """One condition: done, or what to do about it."""
    row = QHBoxLayout()
    row.setSpacing(theme.u(8))
    row.addWidget(
        icon_label("circle-check" if met else "triangle-alert", "ok" if met else "warn", 16)
    )
    row.addWidget(label(f"{text}. {advice}" if advice else text, wrap=True), 1)
    return row


class Steps:
    """Moves one class along its steps for the workspace page."""

    def __init__(
        self,
        page: QWidget,
        context: Context,
        open_tab: Callable[[str], object],
        moved: Callable[[], object],
    ) -> None:
        self._page = page
        self._context = context
        self._open_tab = open_tab
        self._moved = moved

    def asked(self, class_id: int, title: str, status: ClassStatus, at: int) -> None:
        """A step was clicked: go one step towards it; the current one asks for the next.

        Results and closing have their own tabs, the steps before are asked here.
        """
        steps = list(ClassStatus)
        towards = -1 if at < status.step else 1
        wanted = steps[min(status.step + towards, len(steps) - 1)]
        clicked = steps[max(at, wanted.step, status.step)]
        if tab := _TAB_OF.get(clicked):
            self._open_tab(tab)
        elif self._context.may(Permission.EDIT_CLASSES) and self._confirmed(
            class_id, title, wanted
        ):
            self._move(class_id, wanted)

    def _confirmed(self, class_id: int, title: str, wanted: ClassStatus) -> bool:
        """Ask, with the conditions before the first day of learning."""
        from app.services import classes

        conditions: list[tuple[bool, str, str]] = []
        if wanted is ClassStatus.RUNNING:
            with self._context.database.reading() as db:
                found = classes.conditions_to_run(db, class_id)
            conditions = [(each.met, each.text, each.detail) for each in found]
        dialog = StepDialog(self._page, title, wanted, conditions)
        return dialog.exec() == QDialog.DialogCode.Accepted

    def _move(self, class_id: int, wanted: ClassStatus) -> None:
        """Write the step."""
        from app.services import classes

        with self._context.refusals(self._page):
            with self._context.database.writing(f"Chuyển bước lớp: {wanted.label}") as db:
                classes.set_status(db, class_id, wanted)
            self._context.saved()
            self._moved()
