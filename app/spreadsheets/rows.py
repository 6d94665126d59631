"""What a roster says, as plain values: rows, problems and the whole."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from app.dates import PartialDate
from app.terms import Sex

T = TypeVar("T")


def shown(text: str, longest: int = 60) -> str:
    """A value in quotes for a sentence, cut when it is long."""
    return f"“{text}”" if len(text) <= longest else f"“{text[:longest]}…”"


@dataclass(frozen=True)
class Finding:
    """Something to say about a value: a code for programs, a Vietnamese sentence for people."""

    code: str
    text: str
    is_error: bool = False


@dataclass(frozen=True)
class Reading(Generic[T]):
    """A value as understood, and what was found on the way."""

    value: T
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class RosterProblem:
    """One thing to look at: where (row 0 is the file itself), what it is and what to do."""

    row: int
    field: str
    text: str
    code: str
    is_error: bool = False


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

    @property
    def errors(self) -> tuple[RosterProblem, ...]:
        """The problems that keep a row out."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[RosterProblem, ...]:
        """The problems that do not keep a row out."""
        return tuple(problem for problem in self.problems if not problem.is_error)
