"""Classes of old registers: held, finished, and closed where every result is known."""

import re

from app.models import (
    ClassSession,
    Decision,
    ProgrammeVersion,
    TeachingAssignment,
    TrainingClass,
)
from app.services import learning_rules
from app.services.registers.plan import Plan
from app.services.registers.programmes import RULE
from app.spreadsheets.registers.rows import ClassLine, Registers, SessionLine
from app.terms import ClassStatus, DecisionKind, SessionKind

_NAMED = re.compile(r"(?P<name>.+?),? (?P<intake>(?:khóa|đợt|lớp) \S+) năm (?P<year>\d{4})")


def new_class(row: ClassLine, version: ProgrammeVersion, registers: Registers) -> TrainingClass:
    """Return a class; "… khóa 1 năm 2018" is its name, its intake and its year."""
    named = _NAMED.fullmatch(row.name)
    is_split = named is not None and int(named["year"]) == row.year
    results = [one.has_completed for one in registers.enrolments if one.class_key == row.key]
    made = TrainingClass(
        code=row.code,
        version=version,
        name=named["name"] if named and is_split else row.name,
        intake=named["intake"] if named and is_split else "",
        year=row.year,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        venue=row.venue,
        manager=_name(row.manager, registers),
        status=ClassStatus.RUNNING,
        is_from_register=True,
        is_absences_only=registers.has_absences,
    )
    if results and None not in results:
        close(made)
    _add_decision(made, row)
    return made


def close(held: TrainingClass) -> None:
    """Close a class whose results are all known."""
    held.status, held.closed_on = ClassStatus.CLOSED, held.ends_on
    held.frozen_rules = learning_rules.freeze(RULE)


def fill(held: TrainingClass, row: ClassLine, registers: Registers) -> None:
    """Add what a class that is known has nothing of."""
    held.venue = held.venue or row.venue
    held.manager = held.manager or _name(row.manager, registers)
    if not held.decisions:
        _add_decision(held, row)


def _add_decision(held: TrainingClass, row: ClassLine) -> None:
    if row.decision and row.decided_on:
        held.decisions.append(
            Decision(kind=DecisionKind.OPENING, number=row.decision, signed_on=row.decided_on)
        )


def _name(lecturer: int | None, registers: Registers) -> str:
    found = (one.full_name for one in registers.lecturers if one.key == lecturer)
    return next(found, "")


def new_session(row: SessionLine, made: Plan) -> ClassSession:
    """Return a class session with who taught it."""
    session = ClassSession(
        training_class_id=made.class_ids[row.class_key],
        number=row.number,
        held_on=row.held_on,
        half_day=row.half_day,
        title=row.title,
        kind=SessionKind.LECTURE,
        periods=row.periods,
    )
    if lecturer_id := made.lecturer_ids.get(row.lecturer or 0):
        session.assignments.append(TeachingAssignment(lecturer_id=lecturer_id))
    return session
