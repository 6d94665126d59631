"""The dossier of a class, and the small questions the class tabs ask."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from app.rules.attendance import AttendanceRule, Attended
from app.services import attendance, dossier, results
from app.services.dossier import ItemState
from app.terms import AttendanceStatus, CountingUnit
from tests.ui import classroom


def states(db: Session) -> dict[str, ItemState]:
    return {item.key: item.state for item in dossier.dossier(db, classroom.CLASS_ID)}


@pytest.mark.parametrize(
    ("stage", "key", "expected"),
    [
        ("running", "attendance", ItemState.MISSING),
        ("marked", "attendance", ItemState.READY),
        ("marked", "results", ItemState.MISSING),
        ("graded", "results", ItemState.WAITING),
        ("final", "results", ItemState.READY),
        ("final", "recognition_decision", ItemState.MISSING),
        ("final", "certificates", ItemState.WAITING),
        ("decided", "certificates", ItemState.MISSING),
        ("issued", "certificates", ItemState.READY),
        ("issued", "closing_report", ItemState.DRAFT),
    ],
)
def test_each_paper_is_as_far_as_the_class(
    tmp_path: Path, stage: str, key: str, expected: ItemState
) -> None:
    opened = classroom.opened(classroom.build(tmp_path / "lop.sqlite", stage, learners=12))
    with opened.reading() as db:
        found = states(db)[key]
    opened.close()
    assert found is expected


def test_figures_of_some_learners_are_those_of_the_whole_grid(tmp_path: Path) -> None:
    opened = classroom.opened(classroom.build(tmp_path / "lop.sqlite", "marked", learners=12))
    with opened.reading() as db:
        whole = attendance.grid(db, classroom.CLASS_ID)
        chosen = {whole.learners[at].enrolment_id for at in (0, 6)}
        part = attendance.grid(db, classroom.CLASS_ID, chosen)
        rule_text = results.rule_text(db, classroom.CLASS_ID)
    opened.close()
    assert part.learners == (whole.learners[0], whole.learners[6])
    assert part.marks == {key: mark for key, mark in whole.marks.items() if key[0] in chosen}
    assert {mark.status for mark in part.marks.values()} == {
        AttendanceStatus.PRESENT,
        AttendanceStatus.ABSENT,
    }
    assert rule_text.startswith("dự từ 80 % số tiết và điểm từ 5,0 · xếp loại Xuất sắc từ 9,0")
    assert rule_text.endswith("làm tròn 0,1")


def test_a_share_is_cut_off_and_never_rounded_up() -> None:
    by_sessions = AttendanceRule(unit=CountingUnit.SESSIONS)
    almost = Attended(sessions_attended=799, sessions_held=1000)
    assert attendance.share_text(almost, by_sessions) == "79 %"
    assert attendance.share_text(Attended(), by_sessions) == "–"
