"""Tìm người trùng: every pair of records that may be one person, the most alike first."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app import numbers
from app.terms import Permission
from app.ui import theme
from app.ui.buttons import button
from app.ui.context import Context
from app.ui.duplicates import looks, merge_dialog, work
from app.ui.history import taking_back
from app.ui.labels import label
from app.ui.messages import EmptyState
from app.ui.page import Page
from app.ui.table import TableModel
from app.ui.table_view import TableView

if TYPE_CHECKING:
    # Services import SQLAlchemy, which takes longer than the window to paint.
    from app.services.duplicates import Suspicion, Suspicions
    from app.services.merging import MergePlan


class DuplicatesPage(Page):
    """The list of pairs above, the pair of the cursor in full below."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setObjectName("duplicates_page")
        self._person: int | None = None  # only this one's pairs
        self._name = ""
        self._wanted = ""  # the pair to show
        self.model: TableModel[Suspicion] = TableModel(looks.columns(), key=lambda row: row.key)
        self.view = TableView(self.model, "duplicate_list", height=38)
        self._empty = EmptyState("user-check", "Không còn cặp nào phải xem")
        self.view.set_empty(self._empty)
        self._count = label("", "caption")
        self._count.setObjectName("duplicate_count")
        self.everybody = button("Tìm cả sổ", "", "search", name="search_everybody")
        self.everybody.clicked.connect(self.search_everybody)
        self.card = looks.PairCard()
        self.card.merge.clicked.connect(self.merge)
        self.card.apart.clicked.connect(self.tell_apart)
        for each in (self.card.merge, self.card.apart):
            context.gate(each, Permission.EDIT_PEOPLE)
        self.view.selection_changed.connect(self._show_current)
        self.view.opened.connect(lambda _row: self.card.merge.setFocus())
        self._build()
        self.land_on(self.view)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.u(10))
        head.addWidget(label("Người có thể trùng", "h1"))
        head.addWidget(self._count, 1)
        head.addWidget(self.everybody)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.u(16), theme.u(10), theme.u(16), theme.u(8))
        column.setSpacing(theme.u(8))
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.card)
        note = (
            "Không trùng: nhớ là hai người, không hỏi lại. Gộp: sao lưu trước, hoàn tác được. "
            "Số định danh, điện thoại được che."
        )
        column.addWidget(label(note, "note"))

    # showing -----------------------------------------------------------------
    def show_for(self, *args: object) -> None:
        """Nothing for everybody, or a person and whom that person is compared with."""
        self._person = args[0] if args and isinstance(args[0], int) else None
        self._wanted = "/".join(str(one) for one in sorted(int(str(one)) for one in args))

    def crumb(self) -> str:
        """Whose pairs are shown."""
        return self._name if self._person is not None else ""

    def reload(self) -> None:
        """Search again."""
        self.everybody.setVisible(self._person is not None)
        if self._person is not None:
            self._search_person(self._person)
            return
        self._empty.say("Đang tìm…", "So từng người với những người có thể trùng.")
        database = self.context.database
        self.context.runner.run(
            self,
            "Tìm người trùng",
            lambda task: work.find(database, task.progress),
            self._show_found,
            cancel="Hủy tìm",
            ended=self._stopped,
        )

    def search_everybody(self) -> None:
        """Leave the one person."""
        self._person = None
        self._wanted = ""
        self.crumbs_changed.emit()
        self.reload()

    def _search_person(self, student_id: int) -> None:
        from app.services import duplicates, students

        with self.context.refusals(self), self.context.database.reading() as db:
            self._name = students.student_detail(db, student_id).form.full_name
            self._show_rows(duplicates.of_person(db, student_id))
        count = len(self.model.rows)
        self._count.setText(f"{count} người giống {self._name}")
        self._empty.say(f"Không ai giống {self._name}", "Tìm cả sổ để xem những cặp khác.")
        self.crumbs_changed.emit()

    def _stopped(self) -> None:
        if not self.model.rows:
            self._empty.say("Không còn cặp nào phải xem", "Ai cũng chỉ có một hồ sơ.")

    def _show_found(self, found: "Suspicions | None") -> None:
        if found is None:
            self._count.setText("Đã dừng, chưa tìm hết")
            return
        self._show_rows(found.shown)
        more = found.count - len(found.shown)
        shown = f" · hiện {numbers.grouped(len(found.shown))} cặp giống nhất" if more else ""
        self._count.setText(f"{numbers.grouped(found.count)} cặp{shown}")

    def _show_rows(self, rows: "list[Suspicion] | tuple[Suspicion, ...]") -> None:
        self.model.set_rows(rows)
        wanted, self._wanted = self._wanted, ""
        if rows and not (wanted and self.view.select_key(wanted)) and not self._current():
            self.view.select_key(rows[0].key)
        self._show_current()

    def _current(self) -> "Suspicion | None":
        chosen = self.view.selected_rows()
        return chosen[0] if chosen else None

    def _show_current(self) -> None:
        """Show the pair of the cursor."""
        self.card.show_pair(self._current())
        for each in (self.card.merge, self.card.apart):
            self.context.gate(each, Permission.EDIT_PEOPLE)

    # acts --------------------------------------------------------------------
    def tell_apart(self) -> None:
        """Keep that the two are two."""
        pair = self._current()
        if pair is None or not self.context.may(Permission.EDIT_PEOPLE):
            return
        with self.context.refusals(self):
            work.mark_different(self.context.database, pair)
            self.context.saved()
            self._drop(pair)
            names = f"{pair.first.form.full_name} và {pair.second.form.full_name}"
            taking_back.tell_done(self.context, f"Đã nhớ: {names} là hai người.")

    def _drop(self, pair: "Suspicion") -> None:
        """Take a pair off the list and go on with the next."""
        rows = list(self.model.shown)
        at = next((place for place, row in enumerate(rows) if row.key == pair.key), 0)
        left = [row for row in self.model.rows if row.key != pair.key]
        following = [row for row in rows if row.key != pair.key][at : at + 1]
        self._wanted = following[0].key if following else ""
        self._show_rows(left)
        self._count.setText(f"Còn {numbers.grouped(len(left))} cặp")
        self._stopped()

    def merge(self) -> None:
        """Ask what to keep, then copy the data and merge."""
        pair = self._current()
        if pair is None or not self.context.may(Permission.EDIT_PEOPLE):
            return
        with self.context.refusals(self):
            plan = work.plan(self.context.database, pair)
            if plan.shows_numbers:
                names = " và ".join(dict.fromkeys((plan.kept.full_name, plan.gone.full_name)))
                self.context.look(f"Xem số định danh, điện thoại của {names} khi gộp")
            takes = merge_dialog.ask(self, plan)
            if takes is None:
                return
            database = self.context.database
            self.context.runner.run(
                self,
                "Đang gộp hồ sơ",
                lambda task: work.merge(database, plan, takes, task.progress),
                lambda _done: self._merged(plan),
                cancel="",
                steps=work.MERGING,
            )

    def _merged(self, plan: "MergePlan") -> None:
        """The two are one."""
        self.context.saved()
        self.context.frame.renew_copies()
        if self._person == plan.gone_id:
            self._person = plan.kept_id
        self.reload()
        taking_back.tell_done(self.context, f"Đã gộp hai hồ sơ của {plan.kept.full_name}.")
