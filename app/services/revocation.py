"""What is taken back on paper: certificates are revoked, closed classes opened again."""

import datetime

from sqlalchemy.orm import Session

from app import dates, text
from app.errors import InputError, RuleError
from app.models import AssessmentResult, Certificate, ClosingReport
from app.services import guard, results
from app.terms import CertificateStatus, ClassStatus, Permission


def revoke(
    db: Session, certificate_id: int, reason: str, decision: str, revoked_on: datetime.date
) -> None:
    """Take a certificate back: its line and number stay, the result waits to be judged again.

    A closed class does not stand in the way: what it printed at closing stays as it was.
    """
    guard.permit(db, Permission.REVOKE)
    row = revocable(db, certificate_id, revoked_on)
    row.revocation_reason = guard.required(reason, "lý do thu hồi", "reason")
    row.revocation_decision = text.clean(decision)
    row.status, row.revoked_on = CertificateStatus.REVOKED, revoked_on
    if result := db.get(AssessmentResult, row.enrolment_id):
        results.forget(result)
    db.flush()


def revocable(db: Session, certificate_id: int, revoked_on: datetime.date) -> Certificate:
    """Return the certificate, or refuse one that is not valid or was issued after that day."""
    guard.read(db, Permission.READ)
    row = guard.existing(db, Certificate, certificate_id, "giấy chứng nhận")
    guard.existing_class(db, row.enrolment.training_class_id)
    if not row.status.is_live:
        raise RuleError(
            f"Giấy {row.number} không còn hiệu lực ({row.status.label.lower()}). "
            "Tải lại màn hình (F5)."
        )
    if revoked_on < row.issued_on:
        raise InputError(
            f"Giấy {row.number} cấp ngày {dates.grid(row.issued_on)}, sau ngày thu hồi này. "
            "Sửa ngày thu hồi.",
            "revoked_on",
        )
    return row


def reopen_class(db: Session, class_id: int, reason: str) -> None:
    """Open a closed class again; issued certificates stay, the frozen report goes to the journal.

    The act under way carries the reason.
    """
    guard.permit(db, Permission.CLOSE_CLASS)
    guard.required(reason, "lý do mở lại lớp", "reason")
    row = guard.existing_class(db, class_id)
    if row.status is not ClassStatus.CLOSED:
        raise RuleError(f"Lớp đang ở bước “{row.status.label}”, không cần mở lại.")
    if stored := db.get(ClosingReport, class_id):
        stored.frozen_sheet = None
    row.closed_on, row.status = None, ClassStatus.FINALISED
    db.flush()
