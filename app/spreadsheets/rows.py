"""What a roster says, as plain values: rows, problems and the whole."""

from dataclasses import dataclass, field

from app.dates import PartialDate
from app.spreadsheets import positions
from app.spreadsheets.findings import shown
from app.spreadsheets.guesses import ColumnGuess
from app.spreadsheets.legacy import LegacyQuestion
from app.spreadsheets.sheets import SheetName
from app.spreadsheets.source import Source
from app.terms import Sex

__all__ = ["Roster", "RosterProblem", "RosterRow", "shown"]


_FOR_PEOPLE = frozenset(
    {
        "invalid_id",
        "id_unreadable",
        "two_ids",
        "two_phones",
        "possible_duplicate",
        "hidden_row",
        "struck_through",
        "birth_date_uncertain",
    }
)


@dataclass(frozen=True)
class RosterProblem:
    """One thing to look at: where (row 0 is the file itself), what it is and what to do."""

    row: int
    field: str
    text: str
    code: str
    is_error: bool = False

    @property
    def needs_look(self) -> bool:
        """Whether somebody has to decide; the rest is only said."""
        return self.is_error or self.code in _FOR_PEOPLE


@dataclass(frozen=True)
class RosterRow:
    """One person of a roster; `row` is the 1-based row of the sheet."""

    row: int
    full_name: str = ""
    born: PartialDate | None = None
    sex: Sex | None = None
    ethnicity: str = ""
    religion: str = ""
    identity_number: str = ""
    phone: str = ""
    email: str = ""
    code: str = ""
    position: str = ""
    unit: str = ""
    position_and_unit: str = ""
    class_name: str = ""
    home: str = ""
    party_joined: PartialDate | None = None
    party_confirmed: PartialDate | None = None
    general_education: str = ""
    education: str = ""
    political_education: str = ""
    note: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def stated_unit(self) -> str:
        """The unit, from its own column or from the one that holds the position too."""
        return self.unit or positions.split(self.position_and_unit)[1]

    @property
    def stated_position(self) -> str:
        """The position, from its own column or from the one that holds the unit too."""
        return self.position or (
            self.position_and_unit if self.unit else positions.split(self.position_and_unit)[0]
        )


@dataclass(frozen=True)
class Roster:
    """A roster as read: who would be imported, who would not, and every problem."""

    sheet: str
    rows: tuple[RosterRow, ...]
    rejected: tuple[RosterRow, ...] = ()
    problems: tuple[RosterProblem, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    header_rows: tuple[int, ...] = ()
    other_sheets: tuple[str, ...] = ()
    sheets: tuple[SheetName, ...] = ()
    guesses: tuple[ColumnGuess, ...] = ()
    signature: str = ""
    legacy_question: LegacyQuestion | None = None
    source: Source = field(default=Source(), repr=False, compare=False)

    @property
    def all_rows(self) -> tuple[RosterRow, ...]:
        """Every person in the order of the file."""
        return tuple(sorted((*self.rows, *self.rejected), key=lambda row: row.row))

    @property
    def errors(self) -> tuple[RosterProblem, ...]:
        """The problems that keep a row out."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[RosterProblem, ...]:
        """The problems that do not keep a row out."""
        return tuple(problem for problem in self.problems if not problem.is_error)
