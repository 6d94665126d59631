"""Programmes of old registers: each gets a version 0 with what was taught, below today's."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Programme, ProgrammeVersion, Topic
from app.rules.attendance import AttendanceRule
from app.rules.eligibility import ResultRule
from app.services import guard, learning_rules
from app.services.registers.plan import OLD_VERSION
from app.spreadsheets.registers.rows import ProgrammeLine, Registers, SessionLine
from app.terms import CompletionDocument, CountingUnit, Permission, SessionKind

NOT_NOTED = "tỷ lệ dự học; mức điểm đạt; thang xếp loại (sổ cũ không ghi)"
RULE = ResultRule(attendance=AttendanceRule(unit=CountingUnit.SESSIONS))
"""The program's own default: results of old registers are facts and never judged by it."""


def versions(db: Session, registers: Registers) -> dict[str, ProgrammeVersion]:
    """Return the old version of every programme by its code; makes those not there yet."""
    guard.permit(db, Permission.EDIT_PROGRAMMES)
    known = {row.code: row for row in db.scalars(select(Programme))}
    position = db.scalar(select(func.max(Programme.position))) or 0
    found = {}
    for offset, row in enumerate(registers.programmes, 1):
        programme = known.get(row.code) or _programme(row, position + offset)
        programme.audience = programme.audience or row.audience
        old = next((one for one in programme.versions if one.number == OLD_VERSION), None)
        found[row.code] = old or _version(programme, registers)
        db.add(programme)
    db.flush()
    return found


def _programme(row: ProgrammeLine, position: int) -> Programme:
    """A programme of its own is switched off until somebody wants to open a class of it."""
    return Programme(
        code=row.code,
        name=row.name,
        short_name=row.name,
        certificate_title=row.name,
        document=CompletionDocument.CERTIFICATE,
        is_active=False,
        position=position,
    )


def _version(programme: Programme, registers: Registers) -> ProgrammeVersion:
    version = ProgrammeVersion(programme=programme, number=OLD_VERSION, assumptions=NOT_NOTED)
    learning_rules.put(version, RULE)
    latest = max(
        (row for row in registers.classes if row.programme == programme.code),
        key=lambda row: row.starts_on,
        default=None,
    )
    if latest:
        held = [row for row in registers.sessions if row.class_key == latest.key]
        version.topics.extend(_topics(held))
    return version


def _topics(sessions: Iterable[SessionLine]) -> list[Topic]:
    """What was taught in the latest class: sessions that follow each other under one title."""
    ordered = sorted(sessions, key=lambda row: row.number)
    blocks = [list(block) for _, block in groupby(ordered, key=lambda row: row.title)]
    return [
        Topic(
            position=position,
            title=block[0].title,
            kind=SessionKind.LECTURE,
            periods=sum(row.periods for row in block),
            sessions=len(block),
        )
        for position, block in enumerate(blocks, 1)
    ]
