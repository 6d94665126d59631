"""The dossier of a class: which papers belong to it and how far each one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from app import dates
from app.services import attendance, certificates, classes, guard, reports, results
from app.services.attendance import Grid
from app.services.certificates import CertificateRow
from app.services.classes import ClassDetail, DecisionForm
from app.services.results import ResultRow
from app.terms import ClassStatus, CompletionDocument, Permission, Verdict


class ItemState(StrEnum):
    """How far a paper of the dossier is."""

    READY = "ready"
    DRAFT = "draft"
    WAITING = "waiting"  # something else has to come first
    MISSING = "missing"


@dataclass(frozen=True)
class DossierItem:
    """A paper of the dossier; `tab` is where it is worked on (English code word)."""

    key: str
    title: str
    detail: str
    state: ItemState
    tab: str
    can_be_printed: bool = False


def dossier(db: Session, class_id: int) -> list[DossierItem]:
    """Return the papers of a class in the order of a dossier."""
    guard.read(db, Permission.READ)
    row = guard.existing_class(db, class_id)
    detail = classes.class_detail(db, class_id)
    shown = attendance.grid(db, class_id)
    judged = results.result_list(db, class_id)
    items = [
        _decision("opening_decision", "Quyết định mở lớp", detail.opening_decision, "info", True),
        _roll(detail),
        _timetable(detail),
        _attendance(shown),
        _results(detail, judged),
    ]
    if row.version.programme.document is CompletionDocument.CERTIFICATE:
        items += _certificates(detail, certificates.certificate_list(db, class_id))
    return [*items, _report(db, class_id)]


def _decision(
    key: str, title: str, known: DecisionForm | None, tab: str, is_due: bool
) -> DossierItem:
    if known is not None:
        said = f"{known.number}, {dates.grid(known.signed_on)}"
        return DossierItem(key, title, said, ItemState.READY, tab)
    if not is_due:
        return DossierItem(key, title, "Chưa chốt kết quả", ItemState.WAITING, tab)
    return DossierItem(key, title, "Chưa ghi số và ngày", ItemState.MISSING, tab)


def _roll(detail: ClassDetail) -> DossierItem:
    there = detail.learners > 0
    state = ItemState.READY if there else ItemState.MISSING
    said = f"{detail.learners} học viên"
    return DossierItem("class_list", "Danh sách học viên", said, state, "roll", there)


def _timetable(detail: ClassDetail) -> DossierItem:
    state = ItemState.READY if detail.sessions else ItemState.MISSING
    said = f"{detail.sessions} buổi, {detail.periods} tiết"
    return DossierItem("timetable", "Lịch học", said, state, "timetable")


def _attendance(shown: Grid) -> DossierItem:
    whole = sum(
        all(
            session.id in learner.outside or (learner.enrolment_id, session.id) in shown.marks
            for learner in shown.learners
        )
        for session in shown.sessions
    )
    there = bool(shown.learners and shown.sessions)
    complete = there and whole == len(shown.sessions)
    said = f"{whole if there else 0}/{len(shown.sessions)} buổi đã ghi đủ"
    state = ItemState.READY if complete else ItemState.MISSING
    return DossierItem("attendance", "Bảng điểm danh", said, state, "attendance", there)


def _results(detail: ClassDetail, rows: Sequence[ResultRow]) -> DossierItem:
    missing = sum(row.outcome.verdict is Verdict.MARK_MISSING for row in rows)
    qualified = sum(row.outcome.qualifies for row in rows)
    if detail.status.step >= ClassStatus.FINALISED.step:
        said, state = f"{qualified}/{len(rows)} học viên đủ điều kiện", ItemState.READY
    elif missing:
        said, state = f"{missing} học viên thiếu điểm", ItemState.MISSING
    else:
        said, state = "Chưa chốt kết quả", ItemState.WAITING
    return DossierItem("results", "Bảng kết quả", said, state, "results")


def _certificates(detail: ClassDetail, rows: Sequence[CertificateRow]) -> list[DossierItem]:
    """The decision, the lines of the register, the certificates themselves."""
    final = detail.status.step >= ClassStatus.FINALISED.step
    known = detail.recognition_decision
    title = "Quyết định công nhận kết quả"
    numbers = [row.register_number for row in rows if row.certificate_id is not None]
    due = len(numbers) + sum(row.waits for row in rows) if final else 0
    state = _issued_state(len(numbers), due, has_decision=known is not None)
    span = f"số {numbers[0]} – {numbers[-1]}" if numbers else "Chưa cấp số"
    printed = sum(row.printed_at is not None for row in rows)
    said = f"{len(numbers)}/{due} giấy đã cấp, {printed} đã in" if due else "Chưa cấp số"
    there = bool(numbers)
    return [
        _decision("recognition_decision", title, known, "certificates", final),
        DossierItem("register", "Sổ cấp giấy chứng nhận", span, state, "certificates", there),
        DossierItem("certificates", "Giấy chứng nhận", said, state, "certificates", there),
    ]


def _issued_state(issued: int, due: int, *, has_decision: bool) -> ItemState:
    if due and issued >= due:
        return ItemState.READY
    return ItemState.MISSING if has_decision else ItemState.WAITING


def _report(db: Session, class_id: int) -> DossierItem:
    form = reports.report_form(db, class_id)
    title = "Báo cáo tổng kết"
    if form.number:
        day = f", {dates.grid(form.signed_on)}" if form.signed_on else ", chưa ghi ngày"
        said = f"Số {form.number}{day}"
        return DossierItem("closing_report", title, said, ItemState.READY, "dossier", True)
    return DossierItem(
        "closing_report", title, "Bản nháp, chưa có số", ItemState.DRAFT, "dossier", True
    )
