"""What is counted, as plain values."""

import datetime
from dataclasses import dataclass

from app.terms import HalfDay


@dataclass(frozen=True)
class ClassFigures:
    """One class; `turns` are learners in class sessions that are marked, or known to be."""

    id: int
    code: str
    title: str
    year: int
    sessions: int
    learners: int
    women: int
    minorities: int
    party_members: int
    completed: int
    not_completed: int
    bands: dict[str, int]
    excused: int
    absent: int
    late: int
    turns: int
    units: dict[str, int]
    ethnicities: dict[str, int]

    @property
    def share_attended(self) -> float | None:
        """Percent of the turns in which the learner was there, one decimal."""
        if not self.turns:
            return None
        return round(100 * (self.turns - self.excused - self.absent) / self.turns, 1)


@dataclass(frozen=True)
class YearFigures:
    """One year by the intake year of its classes; certificates by the year of their numbers."""

    year: int
    classes: int
    learners: int
    people: int
    completed: int
    certificates: int
    women: int
    programmes: dict[str, int]
    periods: dict[str, int]  # by code of the lecturer


@dataclass(frozen=True)
class Clash:
    """A lecturer in several class sessions at a time: (class, number of the session)."""

    lecturer_id: int
    lecturer: str
    held_on: datetime.date
    half_day: HalfDay
    sessions: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Totals:
    """The whole, or the one year that was asked for."""

    classes: int
    learners: int
    people: int
    registered: int
    part_time_lecturers: int
    commune_staff: int
    commune_staff_taught: int
    certificates: int
    sessions: int
    absence_records: int
    turns: int


@dataclass(frozen=True)
class Statistics:
    """Everything that is counted."""

    totals: Totals
    classes: tuple[ClassFigures, ...]
    years: tuple[YearFigures, ...]
    clashes: tuple[Clash, ...]
