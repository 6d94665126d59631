"""Reading a roster for the wizard: where it comes from, what was said about it, what came of it."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.text import clean, fold
from app.ui.tasks import Task

if TYPE_CHECKING:
    # Workbook libraries are imported when a file is read.
    from app.spreadsheets.fields import Field
    from app.spreadsheets.legacy import LegacyChoice
    from app.spreadsheets.rows import Roster

KINDS = "Danh sách (*.xlsx *.xlsm *.xls *.ods *.csv *.txt *.htm *.html)"
PASTED = "Dán từ Excel"
_SENDERS = (
    "dang uy", "dang bo", "chi bo", "ubnd", "uy ban", "hoi ", "doan ", "truong ", "cong an",
    "ban chi huy", "tram y te", "hop tac xa", "htx", "cong ty",
)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """A file, or a block of cells from the clipboard."""

    path: Path | None = None
    text: str = ""

    @property
    def name(self) -> str:
        """What it is called on the screen and in the journal."""
        return self.path.name if self.path else PASTED

    @property
    def stem(self) -> str:
        """The name for files made of it."""
        return self.path.stem if self.path else "dan tu Excel"


@dataclass(frozen=True)
class Wish:
    """What the user says about a file; whatever is not said is found."""

    sheet: str | None = None
    columns: "dict[str, Field | None]" = field(default_factory=dict)
    header_row: int | None = None
    legacy: "LegacyChoice | None" = None

    def with_column(self, letter: str, wanted: "Field | None") -> "Wish":
        """Another meaning for one column; two columns cannot be the same field."""
        columns = {
            at: one for at, one in self.columns.items() if wanted is None or one is not wanted
        }
        return replace(self, columns={**columns, letter: wanted})


@dataclass(frozen=True)
class Reading:
    """A roster as read; `fault` says why its columns have to be mapped first."""

    origin: Origin
    wish: Wish
    roster: "Roster"
    fault: str = ""


def read(origin: Origin, wish: Wish, task: Task) -> Reading:
    """Read a roster after the user's wishes; runs off the GUI thread."""
    from app.spreadsheets.roster import UndecidedColumns, read_pasted, read_roster

    def progress(done: int, size: int) -> bool:
        return task.progress(100 * done // max(size, 1), 100, "Đọc tệp, %")

    columns, header, legacy = wish.columns, wish.header_row, wish.legacy
    try:
        if origin.path is None:
            pasted = read_pasted(origin.text, columns=columns, header_row=header, legacy=legacy)
            return Reading(origin, wish, pasted)
        roster = read_roster(
            origin.path, wish.sheet, progress, columns=columns, header_row=header, legacy=legacy
        )
        return Reading(origin, wish, roster)
    except UndecidedColumns as undecided:
        return Reading(origin, wish, undecided.draft, str(undecided))


def sender_of(roster: "Roster") -> str:
    """The unit named above the table, the last one where a parent body stands first."""
    first = min(roster.header_rows, default=1)
    found = ""
    for line in roster.source.preview(12):
        if line.row >= first:
            break
        for text in map(clean, line.texts):
            folded = fold(text)
            if len(text) < 80 and any(folded.startswith(one) for one in _SENDERS):
                found = text
                break
    return found
